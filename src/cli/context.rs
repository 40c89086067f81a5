//! What a subcommand works with: flags, environment and configuration merged, in that order of strength.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{Common, Output, subcommands};
use super::exit::{Exit, Failed};
use crate::checklist::{Checklist, Lang, SIZE_MAX, UnknownLang, builtin, nearest, read};
use crate::config::{self, Color, Config, ThemeName};
use crate::journal::disk::read_within;
use crate::plain::Out;
use crate::run::Mode;
use crate::shell::Shell;
use crate::shell::powershell::{self, PowerShell};
use crate::shell::rehearsal::{self, Rehearsal};
use crate::text::Text;
use crate::tui::{KeyMap, ThemeKind};

/// Flags, environment and configuration, merged.
#[derive(Debug)]
pub(super) struct Context {
    pub text: Text,
    /// Where runs are kept.
    pub data_dir: PathBuf,
    /// The PowerShell that was named, if one was.
    pub powershell: Option<PathBuf>,
    /// The scenario, in a rehearsal.
    pub rehearse: Option<String>,
    pub inputs: Vec<(String, String)>,
    /// Accept a file's content without asking.
    pub trust: bool,
    /// How results are printed.
    pub output: Output,
    /// Lines instead of screens.
    pub plain: bool,
    /// Only ASCII signs.
    pub ascii: bool,
    pub color: Color,
    /// The background, if it was named.
    pub theme: Option<ThemeName>,
    pub attention: config::AttentionConfig,
}

/// A checklist with the bytes that it was read from.
#[derive(Debug)]
pub(super) struct LoadedChecklist {
    pub checklist: Arc<Checklist>,
    /// The very bytes.
    pub bytes: Vec<u8>,
}

impl Context {
    /// Merges the flags with the configuration file.
    pub(super) fn new(common: Common) -> Result<Self, Failed> {
        let config = match config::path() {
            Some(path) => Config::read(&path).map_err(|error| {
                Failed::new(Exit::Usage, error.words(Text::new(common.lang.unwrap_or_else(default_lang))))
            })?,
            None => Config::default(),
        };
        let variable_lang = match variable("GREENLIGHT_LANG").and_then(|value| value.into_string().ok()) {
            Some(code) => Some(code.parse().map_err(|UnknownLang| {
                let why = Text::new(common.lang.unwrap_or_else(system_lang)).no_such_lang(&code);
                Failed::new(Exit::Usage, format!("GREENLIGHT_LANG: {why}"))
            })?),
            None => None,
        };
        let lang = common.lang.or(variable_lang).or(config.lang).unwrap_or_else(system_lang);
        let text = Text::new(lang);
        let data_dir = common
            .data_dir
            .or_else(|| variable("GREENLIGHT_DATA_DIR").map(PathBuf::from))
            .or(config.data_dir)
            .or_else(config::default_data_dir)
            .ok_or_else(|| Failed::new(Exit::Usage, text.no_data_dir()))?;
        let ascii = common.ascii || config.ascii.unwrap_or(false);
        if ascii {
            Out::ascii_only();
        }
        Ok(Self {
            text,
            data_dir,
            powershell: common
                .powershell
                .or_else(|| variable("GREENLIGHT_POWERSHELL").map(PathBuf::from))
                .or(config.powershell),
            rehearse: common.rehearse,
            inputs: common.inputs,
            trust: common.trust,
            output: common.output,
            plain: common.plain || config.plain.unwrap_or(false),
            ascii,
            color: common.color.or(config.color).unwrap_or_default(),
            theme: common.theme.or(config.theme),
            attention: config.attention,
        })
    }

    /// The keys of the screens: the program's, with a person's own where there are some.
    pub(super) fn keys(&self) -> Result<KeyMap, Failed> {
        Ok(self.own_keys()?.map_or_else(KeyMap::built_in, |(_, keys)| keys))
    }

    /// The same where there is a file with a person's own, and that file's name.
    pub(super) fn own_keys(&self) -> Result<Option<(String, KeyMap)>, Failed> {
        let wrong = |why| Failed::new(Exit::Usage, why);
        let Some(path) = config::keymap() else { return Ok(None) };
        let read = config::read_text(&path).map_err(|error| wrong(error.words(self.text)))?;
        let Some(text) = read else { return Ok(None) };
        let name = path.display().to_string();
        let keys = KeyMap::with(&name, &text).map_err(|mistake| wrong(mistake.words(self.text)))?;
        Ok(Some((name, keys)))
    }

    /// Whether the flags, or else the environment, want colour.
    pub(super) fn wants_colour(&self) -> bool {
        match self.color {
            Color::Never => false,
            Color::Always => true,
            Color::Auto => ThemeKind::detect(|name| std::env::var(name).ok()) != ThemeKind::Mono,
        }
    }

    /// Reads a built-in checklist, or a file; without a name the first built-in one.
    pub(super) fn checklist(&self, name: Option<&str>) -> Result<LoadedChecklist, Failed> {
        let ids: Vec<&str> = builtin::all().iter().map(|builtin| builtin.id).collect();
        let name = name.or_else(|| ids.first().copied()).unwrap_or_default();
        if let Some(bytes) = builtin::find(name) {
            return self.read(name, bytes.to_vec());
        }
        match read_within(Path::new(name), SIZE_MAX) {
            Ok(bytes) => self.read(name, bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let subcommands = subcommands();
                let words: Vec<&str> =
                    ids.iter().copied().chain(subcommands.iter().map(String::as_str)).collect();
                let hint = nearest(name, &words).map(|near| self.text.did_you_mean(near)).unwrap_or_default();
                Err(Failed::new(Exit::Usage, self.text.no_checklist(name, ids.join(", "), hint)))
            }
            Err(error) => Err(Failed::new(Exit::Usage, self.text.unreadable(name, self.text.io(&error)))),
        }
    }

    fn read(&self, name: &str, bytes: Vec<u8>) -> Result<LoadedChecklist, Failed> {
        match read(&bytes) {
            Ok(checklist) => Ok(LoadedChecklist { checklist: Arc::new(checklist), bytes }),
            Err(mistakes) => Err(self.mistaken(name, &bytes, &mistakes)),
        }
    }

    /// The shell that was asked for, and whether it is the real one.
    pub(super) fn shell(&self, checklist: &Checklist) -> Result<(Box<dyn Shell>, Mode), Failed> {
        if let Some(name) = &self.rehearse {
            self.rehearsal(name, checklist)
        } else {
            let program = powershell::locate(self.powershell.as_deref()).map_err(|error| {
                Failed::new(
                    Exit::NoPowerShell,
                    self.text.no_usable_powershell(self.text.powershell_missing(&error)),
                )
            })?;
            Ok((Box::new(PowerShell::new(program)), Mode::Live))
        }
    }

    /// The rehearsal of a built-in scenario, or of one in a file, which goes by the name of the file.
    pub(super) fn rehearsal(
        &self,
        name: &str,
        checklist: &Checklist,
    ) -> Result<(Box<dyn Shell>, Mode), Failed> {
        let bad = |why| Failed::new(Exit::Usage, why);
        if !rehearsal::is_path(name) {
            let scenario = rehearsal::find(name)
                .and_then(|scenario| scenario.of_checklist(checklist))
                .map_err(|error| bad(self.text.scenario_error(&error)))?;
            return Ok((Box::new(scenario), Mode::Rehearsal(name.to_owned())));
        }
        let bytes = read_within(Path::new(name), SIZE_MAX)
            .map_err(|error| bad(self.text.unreadable(name, self.text.io(&error))))?;
        let scenario = Rehearsal::read(&bytes)
            .and_then(|scenario| scenario.of_checklist(checklist))
            .map_err(|error| bad(format!("{name}: {}", self.text.scenario_error(&error))))?;
        Ok((Box::new(scenario), Mode::Rehearsal(file_name(name))))
    }

    /// The rehearsal that a run of this scenario goes on with: of a file it keeps the name alone.
    pub(super) fn rehearsal_again(
        &self,
        scenario: &str,
        checklist: &Checklist,
    ) -> Result<Box<dyn Shell>, Failed> {
        let named = self.rehearse.as_deref().filter(|name| rehearsal::is_path(name));
        if let Some(path) = named.filter(|path| file_name(path) == scenario) {
            return Ok(self.rehearsal(path, checklist)?.0);
        }
        if rehearsal::names().any(|name| name == scenario) {
            return Ok(self.rehearsal(scenario, checklist)?.0);
        }
        Err(Failed::new(Exit::Usage, self.text.rehearse_again(scenario)))
    }
}

fn file_name(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// An environment variable; one that is empty says nothing.
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The language where no flag names one and no configuration was read.
pub(super) fn default_lang() -> Lang {
    let named = variable("GREENLIGHT_LANG").and_then(|value| value.into_string().ok()?.parse().ok());
    named.unwrap_or_else(system_lang)
}

/// The language of the system, or English.
fn system_lang() -> Lang {
    sys_locale::get_locale().and_then(|locale| Lang::of_locale(&locale)).unwrap_or_default()
}

/// Whether a person can read and type here.
pub(super) fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}
