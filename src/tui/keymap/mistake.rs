//! What may be wrong with a person's key map.

use std::fmt;

use super::{Key, names};
use crate::text::Text;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    file: String,
    line: usize,
}

impl Place {
    pub(super) fn new(file: &str, line: usize) -> Self {
        Self { file: file.to_owned(), line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

#[derive(Debug)]
pub enum KeymapMistake {
    /// What the parser says of it, with line and column.
    Wrong(String, String),
    /// A context has no such action.
    NoSuchRow(Place),
    NoSuchKey(Place, String),
    /// Ctrl and Alt together type characters.
    AltGr(Place, String),
    /// It is typed where text is, or changes it.
    TypedThere(Place, String),
    /// An action by which one comes out has no key.
    NoWayOut(Place),
    /// The same action in two rows.
    Twice(Place, Place),
    /// One key for two actions.
    Clash(Place, Place, Key),
}

impl KeymapMistake {
    pub(super) fn wrong(file: &str, error: &toml::de::Error) -> Self {
        Self::Wrong(file.to_owned(), error.to_string().trim_end().to_owned())
    }

    pub fn words(&self, text: Text) -> String {
        match self {
            Self::Wrong(file, why) => text.config_wrong(file, why),
            Self::NoSuchRow(place) => text.keymap_no_such_row(place),
            Self::NoSuchKey(place, key) => text.keymap_no_such_key(place, key),
            Self::AltGr(place, key) => text.keymap_alt_gr(place, key),
            Self::TypedThere(place, key) => text.keymap_typed_there(place, key),
            Self::NoWayOut(place) => text.keymap_no_way_out(place),
            Self::Twice(first, second) => text.keymap_twice(first, second),
            Self::Clash(first, second, key) => text.keymap_clash(first, second, names::name(*key, text)),
        }
    }
}
