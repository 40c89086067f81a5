//! Objects as a scenario writes them.
//!
//! A text, number or Boolean is itself, a list a list, a table an object. A table with one of these as its only word
//! is something else: `version = "5.1"`, `time = "2026-01-31T08:00:00Z"`, `from_now = "30d"` (a time, which may lie
//! behind us: `"-5m"`), and `variable = "name"` (the value of a variable that the command was given, or that an answer
//! was kept in; as a row of its own, one row for each element). In any other table, `"@type"` and `"@text"` are the
//! type's name and the object's text, and `"@each"` names a variable: one object for each of its values, which is `{each}` there.
//! Any text may hold variables as `{name}`.

use std::collections::BTreeMap;

use jiff::{SpanRelativeTo, Timestamp};
use serde::{Deserialize, Deserializer};

use crate::run::value::{Object, Value};

/// One object of a scenario.
#[derive(Clone, Debug)]
pub(super) enum Scripted {
    /// The same each time.
    Fixed(Value),
    /// Milliseconds from now.
    FromNow(i64),
    /// The variable of this name.
    Variable(String),
    List(Vec<Self>),
    Object {
        /// The variable of many values that it is made for; empty where it is one.
        each: String,
        type_name: String,
        text: String,
        properties: Vec<(String, Self)>,
    },
}

/// A value that does not fit. `toml` takes words, not data, and puts its own English around them: only those who write a
/// scenario read it.
#[derive(Debug, thiserror::Error)]
pub(super) enum ValueFault {
    #[error("`{0}` is a text")]
    NotAText(String),
    #[error("`{0}` is not two to four whole numbers joined by dots")]
    NotAVersion(String),
    #[error("`{0}` is not a point in time: {1}")]
    NotATime(String, jiff::Error),
    #[error("`{0}` is not a length of time such as \"30d\": {1}")]
    NotASpan(String, jiff::Error),
    #[error("`{0}` is not a length of time such as \"300ms\"")]
    NotAShortTime(String),
    #[error("`{0}` is too far away")]
    TooFar(String),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a text, a number, true or false, a list, or a table")]
enum RawValue {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Scripted>),
    Table(BTreeMap<String, Scripted>),
}

impl<'de> Deserialize<'de> for Scripted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match RawValue::deserialize(deserializer)? {
            RawValue::Bool(flag) => Self::Fixed(Value::Bool(flag)),
            RawValue::Int(number) => Self::Fixed(Value::Int(number)),
            RawValue::Float(number) => Self::Fixed(Value::Float(number)),
            RawValue::Text(text) => Self::Fixed(Value::Text(text)),
            RawValue::List(items) => Self::List(items),
            RawValue::Table(table) => Self::of_table(table).map_err(serde::de::Error::custom)?,
        })
    }
}

impl Scripted {
    fn of_table(mut table: BTreeMap<String, Self>) -> Result<Self, ValueFault> {
        if table.len() == 1
            && let Some((word, Self::Fixed(Value::Text(text)))) = table.first_key_value()
        {
            match word.as_str() {
                "version" => return version(text).map(Self::Fixed),
                "time" => return time(text).map(Self::Fixed),
                "from_now" => return from_now(text).map(Self::FromNow),
                "variable" => return Ok(Self::Variable(text.clone())),
                _ => {}
            }
        }
        let mut word = |name: &str| match table.remove(name) {
            None => Ok(String::new()),
            Some(Self::Fixed(Value::Text(text))) => Ok(text),
            Some(_) => Err(ValueFault::NotAText(name.to_owned())),
        };
        let (type_name, text, each) = (word("@type")?, word("@text")?, word("@each")?);
        Ok(Self::Object { each, type_name, text, properties: table.into_iter().collect() })
    }

    /// What it is as a row, or as several.
    pub(super) fn rows(&self, variables: &[(String, Value)]) -> Vec<Value> {
        match (self, self.value(variables)) {
            (Self::Variable(_), Value::List(items)) => items,
            (Self::Object { each, .. }, _) if !each.is_empty() => {
                let of = |value| {
                    let one = [(EACH.to_owned(), value)];
                    self.value(&[&one, variables].concat())
                };
                match look_up(variables, each) {
                    Value::List(items) => items.into_iter().map(of).collect(),
                    one => vec![of(one)],
                }
            }
            (_, value) => vec![value],
        }
    }

    /// The names that its texts put in.
    pub(super) fn names(&self) -> Vec<&str> {
        match self {
            Self::Fixed(Value::Text(text)) => placeholders(text).collect(),
            Self::Fixed(_) | Self::FromNow(_) | Self::Variable(_) => Vec::new(),
            Self::List(items) => items.iter().flat_map(Self::names).collect(),
            Self::Object { each, text, properties, .. } => {
                let named = properties.iter().flat_map(|(_, value)| value.names()).chain(placeholders(text));
                let own = Some(each.as_str()).filter(|each| !each.is_empty());
                named.filter(|name| own.is_none() || *name != EACH).chain(own).collect()
            }
        }
    }

    fn value(&self, variables: &[(String, Value)]) -> Value {
        match self {
            Self::Fixed(Value::Text(text)) => Value::Text(fill(text, variables)),
            Self::Fixed(value) => value.clone(),
            Self::FromNow(millis) => Value::Time(Timestamp::now().as_millisecond().saturating_add(*millis)),
            Self::Variable(wanted) => look_up(variables, wanted),
            Self::List(items) => Value::List(items.iter().map(|item| item.value(variables)).collect()),
            Self::Object { type_name, text, properties, .. } => Value::Object(Object {
                type_names: Some(type_name.clone()).filter(|name| !name.is_empty()).into_iter().collect(),
                text: text.clone(),
                properties: properties
                    .iter()
                    .map(|(name, value)| (name.clone(), value.value(variables)))
                    .collect(),
            }),
        }
    }
}

/// The variable of what a row is made for.
const EACH: &str = "each";

fn look_up(variables: &[(String, Value)], wanted: &str) -> Value {
    let named = variables.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    named.map_or(Value::Null, |(_, value)| value.clone())
}

/// The names that stand in braces.
pub(super) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).filter(is_name)
}

/// Puts variables into a text, each where its name stands in braces.
pub(super) fn fill(text: &str, variables: &[(String, Value)]) -> String {
    variables
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), &value.display()))
}

fn version(text: &str) -> Result<Value, ValueFault> {
    let parts: Result<Vec<u32>, _> = text.split('.').map(str::parse).collect();
    match parts {
        Ok(parts) if (2..=4).contains(&parts.len()) => Ok(Value::Version(parts)),
        Ok(_) | Err(_) => Err(ValueFault::NotAVersion(text.to_owned())),
    }
}

fn time(text: &str) -> Result<Value, ValueFault> {
    let time: Timestamp = text.parse().map_err(|error| ValueFault::NotATime(text.to_owned(), error))?;
    Ok(Value::Time(time.as_millisecond()))
}

fn from_now(text: &str) -> Result<i64, ValueFault> {
    let wrong = |error| ValueFault::NotASpan(text.to_owned(), error);
    let span: jiff::Span = text.parse().map_err(wrong)?;
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(wrong)?;
    i64::try_from(duration.as_millis()).map_err(|_far| ValueFault::TooFar(text.to_owned()))
}
