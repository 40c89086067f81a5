//! What a command returned, as neutral data: the same from PowerShell, from the rehearsal and in the journal.

use serde::{Deserialize, Serialize};

/// One object of the output stream, or a part of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Value {
    /// `$null`.
    Null,
    /// A Boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A text, and every scalar without a kind of its own (GUID, URI, enum name…).
    Text(String),
    /// A point in time, milliseconds since the Unix epoch.
    Time(i64),
    /// A version: two to four whole numbers.
    Version(Vec<u32>),
    /// A list.
    List(Vec<Self>),
    /// An object with properties, or a dictionary.
    Object(Object),
}

/// An object with properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Its type names, the most derived first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub type_names: Vec<String>,
    /// What its `ToString` gave.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Its properties in order.
    pub properties: Vec<(String, Value)>,
}

impl Value {
    /// A text value.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The property at `path` (names joined by dots, without regard to case), if each part of the way exists.
    pub fn property(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |value, name| match value {
            Self::Object(object) => object
                .properties
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value),
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Time(_)
            | Self::Version(_)
            | Self::List(_) => None,
        })
    }

    /// The value in one line, as PowerShell would print it; a null is empty.
    pub fn display(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Int(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Time(millis) => jiff::Timestamp::from_millisecond(*millis)
                .map_or_else(|_| millis.to_string(), |time| time.to_string()),
            Self::Version(parts) => parts.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
            Self::List(items) => items.iter().map(Self::display).collect::<Vec<_>>().join(", "),
            Self::Object(object) if object.text.is_empty() => {
                let property = |(name, value): &(String, Self)| format!("{name}={}", value.display());
                format!("@{{{}}}", object.properties.iter().map(property).collect::<Vec<_>>().join("; "))
            }
            Self::Object(object) => object.text.clone(),
        }
    }
}
