//! Where things are and how they should look: the configuration file, and the folders of the system.
//!
//! Owns the file `config.toml` and nothing that runs. A flag wins over the environment, which wins over the file.

use std::path::{Path, PathBuf};

use crate::checklist::mistake::{TablePlace, Word};
use crate::checklist::{Fields, Lang, Mistake, read_other};
use crate::journal::disk::read_within;
use crate::text::Text;

/// The largest configuration file that is read, in bytes.
const SIZE_MAX: usize = 64 * 1024;

/// What the configuration file may say; every key is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    /// Where runs are kept.
    pub data_dir: Option<PathBuf>,
    /// The PowerShell to use.
    pub powershell: Option<PathBuf>,
    /// The language.
    pub lang: Option<Lang>,
    /// When to use colour.
    pub color: Option<Color>,
    /// Whether the terminal is dark or light.
    pub theme: Option<ThemeName>,
    /// Only ASCII signs.
    pub ascii: Option<bool>,
    /// Lines instead of screens.
    pub plain: Option<bool>,
    pub attention: AttentionConfig,
}

/// How whoever looked away is told, and what else a terminal may do; each is on where the terminal can do it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AttentionConfig {
    pub bell: Option<bool>,
    /// The window's title.
    pub title: Option<bool>,
    pub taskbar: Option<bool>,
    pub notification: Option<bool>,
    /// What is copied by a key goes to the terminal's clipboard.
    pub clipboard: Option<bool>,
    /// Addresses are links.
    pub links: Option<bool>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// Where the terminal has it and `NO_COLOR` is not set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The background that the colours are chosen for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ThemeName {
    /// Light text on dark.
    #[default]
    Dark,
    /// Dark text on light.
    Light,
}

/// Why the configuration file cannot be used.
#[derive(Debug)]
pub(crate) struct ConfigError {
    path: PathBuf,
    why: ConfigFault,
}

/// What is wrong with the configuration file.
#[derive(Debug)]
enum ConfigFault {
    Unreadable(std::io::Error),
    TooLarge,
    NotText(std::str::Utf8Error),
    Wrong(Vec<Mistake>),
}

impl ConfigError {
    pub(crate) fn words(&self, text: Text) -> String {
        let path = self.path.display();
        match &self.why {
            ConfigFault::Unreadable(error) => text.unreadable(path, text.io(error)),
            ConfigFault::TooLarge => text.config_too_large(path, SIZE_MAX),
            ConfigFault::NotText(error) => text.config_wrong(path, error),
            ConfigFault::Wrong(mistakes) => {
                let lines = mistakes.iter().map(|mistake| text.config_wrong(&path, text.mistake(mistake)));
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// The configuration file's path, where the system has a place for one.
pub(crate) fn path() -> Option<PathBuf> {
    folders().map(|(config, _)| config.join("config.toml"))
}

/// Where a person's own keys are, if they are anywhere.
pub(crate) fn keymap() -> Option<PathBuf> {
    folders().map(|(config, _)| config.join("keymap.toml"))
}

/// Where it is remembered which checklists this person has accepted; never in a folder of runs, which others may share.
pub(crate) fn trusted() -> Option<PathBuf> {
    folders().map(|(config, _)| config.join("trusted.txt"))
}

/// The folder for runs where nothing else is said.
pub(crate) fn default_data_dir() -> Option<PathBuf> {
    folders().map(|(_, data)| data)
}

/// The folders for configuration and for data.
#[cfg(unix)]
fn folders() -> Option<(PathBuf, PathBuf)> {
    let dirs = directories::ProjectDirs::from("", "", "greenlight")?;
    Some((dirs.config_dir().to_path_buf(), dirs.data_local_dir().to_path_buf()))
}

/// The folders for configuration and for data, where the `directories` crate would put them.
#[cfg(windows)]
fn folders() -> Option<(PathBuf, PathBuf)> {
    let roaming = std::env::var_os("APPDATA").map(PathBuf::from)?;
    let local = std::env::var_os("LOCALAPPDATA").map(PathBuf::from)?;
    Some((roaming.join("greenlight").join("config"), local.join("greenlight").join("data")))
}

impl Config {
    /// Reads the file at `path`; one that is not there says nothing.
    ///
    /// # Errors
    /// That it cannot be read, or what is wrong in it.
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        let wrong = |mistakes| ConfigError { path: path.to_path_buf(), why: ConfigFault::Wrong(mistakes) };
        read_text(path)?.map_or_else(|| Ok(Self::default()), |text| Self::parse(&text).map_err(wrong))
    }

    fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        let known = ["data-dir", "powershell", "lang", "color", "theme", "ascii", "plain", "attention"];
        let colors = [("auto", Color::Auto), ("always", Color::Always), ("never", Color::Never)];
        let themes = [("dark", ThemeName::Dark), ("light", ThemeName::Light)];
        let langs = Lang::ALL.map(|lang| (lang.code(), lang));
        read_other(text, TablePlace::Under("config.toml"), &known, |fields| {
            let path = |key| fields.optional(key)?.text().map(PathBuf::from);
            Self {
                data_dir: path("data-dir"),
                powershell: path("powershell"),
                lang: fields.optional("lang").and_then(|item| item.word(&langs)),
                color: fields.optional("color").and_then(|item| item.word(&colors)),
                theme: fields.optional("theme").and_then(|item| item.word(&themes)),
                ascii: switch(fields, "ascii"),
                plain: switch(fields, "plain"),
                attention: attention(fields).unwrap_or_default(),
            }
        })
    }
}

fn attention(fields: &Fields<'_>) -> Option<AttentionConfig> {
    let known = ["bell", "title", "taskbar", "notification", "clipboard", "links"];
    let fields = fields.optional("attention")?.table(TablePlace::Under("[attention]"), &known)?;
    Some(AttentionConfig {
        bell: switch(&fields, "bell"),
        title: switch(&fields, "title"),
        taskbar: switch(&fields, "taskbar"),
        notification: switch(&fields, "notification"),
        clipboard: switch(&fields, "clipboard"),
        links: switch(&fields, "links"),
    })
}

fn switch(fields: &Fields<'_>, key: Word) -> Option<bool> {
    fields.optional(key)?.boolean()
}

/// The text of a file of the configuration, if it is there.
///
/// # Errors
/// That it cannot be read.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, ConfigError> {
    let wrong = |why| ConfigError { path: path.to_path_buf(), why };
    match read_within(path, SIZE_MAX) {
        Ok(bytes) if bytes.len() > SIZE_MAX => Err(wrong(ConfigFault::TooLarge)),
        Ok(bytes) => match str::from_utf8(&bytes) {
            Ok(text) => Ok(Some(text.to_owned())),
            Err(error) => Err(wrong(ConfigFault::NotText(error))),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(wrong(ConfigFault::Unreadable(error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_told_at_once_with_line_key_and_what_is_expected() {
        let text = "lang = \"sp\"\ncolour = \"never\"\nascii = \"yes\"\n[attention]\nbel = true\n";
        let wrong = Config::parse(text).unwrap_err();
        let words: Vec<String> = wrong.iter().map(|mistake| Text::default().mistake(mistake)).collect();
        let keys = "data-dir, powershell, lang, color, theme, ascii, plain, attention";
        assert_eq!(
            words,
            [
                "line 1, column 8: unknown word \"sp\" for \"lang\" in config.toml; expected one of en, es, fr".to_owned(),
                format!("line 2, column 1: unknown key \"colour\" in config.toml; expected one of {keys}; did you mean \"color\"?"),
                "line 3, column 9: \"ascii\" in config.toml is a text; expected true or false".to_owned(),
                "line 5, column 1: unknown key \"bel\" in [attention]; expected one of bell, title, taskbar, notification, clipboard, links; did you mean \"bell\"?".to_owned(),
            ]
        );
        let no_toml = Config::parse("lang = \n").unwrap_err();
        assert_eq!(no_toml.first().map(|mistake| mistake.line), Some(1));
    }

    #[test]
    fn every_key_is_read() {
        let text = "data-dir = \"d\"\npowershell = \"p\"\nlang = \"fr\"\ncolor = \"never\"\ntheme = \"light\"\nascii = true\nplain = true\n";
        let config = Config::parse(text).unwrap();
        assert_eq!(config.lang, Some(Lang::Fr));
        assert_eq!(config.theme, Some(ThemeName::Light));
        assert_eq!((config.ascii, config.plain), (Some(true), Some(true)));
    }
}
