//! What other steps take from a step's check: the values of a property in all its rows, kept with its finding.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::equal::TYPES_TOLD_APART;
use crate::run::value::{Member, Object, Value, is_same};

/// How many values a finding keeps; each element of a list is one.
pub const KEPT_MAX: usize = 100_000;
/// How many bytes of text they have together: a record has an end.
const TEXT_MAX: usize = 8 << 20;

/// What the rows of a check have for a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptValues {
    pub property: String,
    /// One for each row.
    pub values: Vec<KeptValue>,
}

/// What a row has for a property, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum KeptValue {
    Null,
    Bool(bool),
    Int(i64),
    /// As it is written, for JSON has no such number.
    Decimal(String),
    /// As it is written: JSON has not all of them.
    Float(String),
    Text(String),
    /// Milliseconds since the Unix epoch.
    Time(i64),
    Version(Vec<u32>),
    List(Vec<Self>),
    /// An object, which is its text here.
    Object {
        text: String,
        /// Those of its types by which it is compared.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        types: Vec<String>,
    },
    /// The row has no such property.
    Absent,
    /// It has one that could not be read, or an object without a text.
    Unread,
}

/// What is kept while the rows come.
#[derive(Clone, Debug, Default)]
pub(super) struct Keeper {
    kept: Vec<KeptValues>,
    values: usize,
    bytes: usize,
    /// There were more than may be kept: nothing is.
    is_full: bool,
}

impl Keeper {
    pub(super) fn of(properties: &[String]) -> Self {
        let none = |property: &String| KeptValues { property: property.clone(), values: Vec::new() };
        Self { kept: properties.iter().map(none).collect(), ..Self::default() }
    }

    /// Keeps what is asked of a row.
    pub(super) fn row(&mut self, row: &Value) {
        let Self { kept, values, bytes, is_full } = self;
        for of in kept.iter_mut() {
            let value = KeptValue::of(row.member(&of.property));
            *values += value.count();
            *bytes += value.bytes();
            of.values.push(value);
        }
        *is_full |= *values > KEPT_MAX || *bytes > TEXT_MAX;
        if *is_full {
            kept.clear();
        }
    }

    pub(super) const fn is_full(&self) -> bool {
        self.is_full
    }

    pub(super) fn take(&mut self) -> Vec<KeptValues> {
        std::mem::take(&mut self.kept)
    }
}

impl KeptValues {
    pub(super) fn is_of(&self, property: &str) -> bool {
        is_same(&self.property, property)
    }
}

impl KeptValue {
    fn of(member: Member<'_>) -> Self {
        match member {
            Member::Absent => Self::Absent,
            Member::Unread => Self::Unread,
            Member::Here(value) => Self::of_value(value),
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Int(number) => Self::Int(*number),
            Value::Decimal(number) => Self::Decimal(number.to_string()),
            Value::Float(number) => Self::Float(number.to_string()),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Time(millis) => Self::Time(*millis),
            Value::Version(parts) => Self::Version(parts.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::of_value).collect()),
            Value::Object(object) if object.text.is_empty() => Self::Unread,
            Value::Object(object) => {
                let known = |name: &&String| TYPES_TOLD_APART.contains(&name.as_str());
                let types = object.type_names.iter().filter(known).cloned().collect();
                Self::Object { text: object.text.clone(), types }
            }
            Value::Unread => Self::Unread,
        }
    }

    /// The value, to be judged; nothing where the row has no such property.
    pub fn value(&self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Int(number) => Value::Int(*number),
            Self::Decimal(written) => written.parse().map_or(Value::Unread, Value::Decimal),
            Self::Float(written) => written.parse().map_or(Value::Unread, Value::Float),
            Self::Text(text) => Value::Text(text.clone()),
            Self::Time(millis) => Value::Time(*millis),
            Self::Version(parts) => Value::Version(parts.clone()),
            Self::List(items) => {
                Value::List(items.iter().map(|item| item.value().unwrap_or(Value::Unread)).collect())
            }
            Self::Object { text, types } => Value::Object(Object {
                type_names: types.clone(),
                text: text.clone(),
                properties: Vec::new(),
            }),
            Self::Absent => return None,
            Self::Unread => Value::Unread,
        })
    }

    /// The text that it is, if it is one value with a text.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) | Self::Object { text, .. } | Self::Decimal(text) | Self::Float(text) => {
                Some(Cow::Borrowed(text))
            }
            Self::Bool(_) | Self::Int(_) | Self::Time(_) | Self::Version(_) => {
                self.value().map(|value| Cow::Owned(value.display()))
            }
            Self::Null | Self::List(_) | Self::Absent | Self::Unread => None,
        }
    }

    /// How many values it is; an empty list takes room too.
    fn count(&self) -> usize {
        self.items().map_or(1, |items| items.iter().map(Self::count).sum::<usize>().max(1))
    }

    fn bytes(&self) -> usize {
        match self.items() {
            Some(items) => items.iter().map(Self::bytes).sum(),
            None => self.text().map_or(0, |text| text.len()),
        }
    }

    /// The elements of a list.
    fn items(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Decimal(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Time(_)
            | Self::Version(_)
            | Self::Object { .. }
            | Self::Absent
            | Self::Unread => None,
        }
    }
}
