//! Where things are and how they should look: the configuration file, and the folders of the system.
//!
//! Owns the file `config.toml` and nothing that runs. A flag wins over the environment, which wins over the file.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::checklist::Lang;
use crate::journal::disk::read_within;
use crate::text::Text;

/// The largest configuration file that is read, in bytes.
const SIZE_MAX: usize = 64 * 1024;

/// What the configuration file may say; every key is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
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
    #[serde(default)]
    pub attention: AttentionConfig,
}

/// How whoever looked away is told, and what else a terminal may do; each is on where the terminal can do it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
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
    /// What the parser says of it, with line and column.
    Wrong(Box<toml::de::Error>),
}

impl ConfigError {
    pub(crate) fn words(&self, text: Text) -> String {
        let path = self.path.display();
        match &self.why {
            ConfigFault::Unreadable(error) => text.unreadable(path, text.io(error)),
            ConfigFault::TooLarge => text.config_too_large(path, SIZE_MAX),
            ConfigFault::NotText(error) => text.config_wrong(path, error),
            ConfigFault::Wrong(error) => text.config_wrong(path, error.to_string().trim_end()),
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
        let wrong =
            |error| ConfigError { path: path.to_path_buf(), why: ConfigFault::Wrong(Box::new(error)) };
        read_text(path)?.map_or_else(|| Ok(Self::default()), |text| Self::parse(&text).map_err(wrong))
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
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
    fn an_unknown_key_is_named_with_its_line() {
        let wrong = Config::parse("lang = \"es\"\ncolour = \"never\"\n").unwrap_err().to_string();
        assert!(wrong.contains("line 2") && wrong.contains("colour"), "{wrong}");
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
