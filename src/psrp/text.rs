//! Text as .NET has it: a sequence of UTF-16 code units that need not be valid.

use std::borrow::Cow;
use std::fmt;

/// A .NET string, kept without loss.
///
/// Almost every string is valid Unicode and is held as a Rust `String`; one with a lone surrogate is held as its
/// UTF-16 code units. The two forms never overlap, so equality is equality of the code units.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Utf16Text(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Utf8(String),
    /// Holds at least one lone surrogate.
    Wide(Box<[u16]>),
}

impl Utf16Text {
    /// The text of these UTF-16 code units.
    pub fn from_utf16(units: &[u16]) -> Self {
        String::from_utf16(units)
            .map_or_else(|_| Self(Repr::Wide(units.into())), |text| Self(Repr::Utf8(text)))
    }

    /// The text, if it is valid Unicode.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Repr::Utf8(text) => Some(text),
            Repr::Wide(_) => None,
        }
    }

    /// The text with U+FFFD in the place of lone surrogates.
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Utf8(text) => Cow::Borrowed(text),
            Repr::Wide(units) => Cow::Owned(String::from_utf16_lossy(units)),
        }
    }

    /// Its UTF-16 code units.
    pub fn to_utf16(&self) -> Vec<u16> {
        match &self.0 {
            Repr::Utf8(text) => text.encode_utf16().collect(),
            Repr::Wide(units) => units.to_vec(),
        }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Repr::Utf8(text) if text.is_empty())
    }

    /// The text as a `String`, with U+FFFD in the place of lone surrogates.
    pub fn into_string_lossy(self) -> String {
        match self.0 {
            Repr::Utf8(text) => text,
            Repr::Wide(units) => String::from_utf16_lossy(&units),
        }
    }
}

impl Default for Utf16Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl From<&str> for Utf16Text {
    fn from(text: &str) -> Self {
        Self(Repr::Utf8(text.to_owned()))
    }
}

impl From<String> for Utf16Text {
    fn from(text: String) -> Self {
        Self(Repr::Utf8(text))
    }
}

impl From<Cow<'_, str>> for Utf16Text {
    fn from(text: Cow<'_, str>) -> Self {
        Self(Repr::Utf8(text.into_owned()))
    }
}

impl PartialEq<str> for Utf16Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Utf16Text {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for Utf16Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_string_lossy())
    }
}

impl fmt::Debug for Utf16Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Utf8(text) => fmt::Debug::fmt(text, f),
            Repr::Wide(units) => write!(f, "Wide({units:x?})"),
        }
    }
}
