//! What a value may be at least or at most: a number, a version or a time, both of one kind.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::super::value::Value;
use super::version::Version;
use super::{equal, number};
use crate::checklist::{SignedSpan, time as time_of, version as version_of};

/// What a value is held against.
#[derive(Clone, Copy)]
pub(super) enum Bound<'a> {
    Number(f64),
    /// A text of the file, of which is known what it is.
    Written(&'a str),
    /// A text of the operator's.
    Given(&'a str),
    /// What stands in another property of the row.
    Found(&'a Value),
}

impl<'a> Bound<'a> {
    /// As what it is read where one value is held against another.
    fn value(self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Found(value) => return Cow::Borrowed(value),
            Self::Number(number) => number::literal(number),
            Self::Written(text) => version_of(text)
                .map(Value::Version)
                .or_else(|| time_of(text).map(Value::Time))
                .unwrap_or(Value::Unread),
            Self::Given(text) => text.parse().map_or_else(|_| Value::text(text), Value::Int),
        })
    }
}

/// How a value compares with a bound.
pub(super) fn order(value: &Value, bound: Bound<'_>) -> Option<Ordering> {
    use Value::{Bool, Decimal, Float, Int, List, Null, Object, Text, Time, Unread, Version};
    let bound = bound.value();
    match (value, bound.as_ref()) {
        (Null | Bool(_) | List(_) | Unread, _) | (_, Null | Bool(_) | List(_) | Unread) => None,
        (Int(_) | Decimal(_) | Float(_), _) | (_, Int(_) | Decimal(_) | Float(_)) => {
            number::compare(value, &bound)
        }
        (Time(_), _) | (_, Time(_)) => Some(time(value)?.cmp(&time(&bound)?)),
        (Version(_) | Object(_), Version(_) | Object(_) | Text(_)) | (Text(_), Version(_) | Object(_)) => {
            versions(value, &bound)
        }
        (Text(own), Text(wanted)) => match (time(value), time(&bound)) {
            (Some(own), Some(wanted)) => Some(own.cmp(&wanted)),
            (None, None) if is_but_a_version(own) || is_but_a_version(wanted) => versions(value, &bound),
            (None, None) => {
                // `5.9` and `5.10`: what they are nobody can tell.
                let order = number::compare(value, &bound)?;
                versions(value, &bound).is_none_or(|other| other == order).then_some(order)
            }
            (Some(_), None) | (None, Some(_)) => None,
        },
    }
}

fn versions(value: &Value, bound: &Value) -> Option<Ordering> {
    let may_be = |value: &Value| match value {
        // A number alone is none to PowerShell.
        Value::Text(text) => text.contains('.'),
        // Another that is shown as a version may be anything, an address too.
        Value::Object(object) => equal::is_version(object),
        Value::Version(_) => true,
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Decimal(_)
        | Value::Float(_)
        | Value::Time(_)
        | Value::List(_)
        | Value::Unread => false,
    };
    (may_be(value) && may_be(bound)).then_some(Version::of(value)?.compare(&Version::of(bound)?)).flatten()
}

/// Whether a text is a version, and could be no number.
fn is_but_a_version(text: &str) -> bool {
    Version::parse(text).is_some() && (text.matches('.').count() > 1 || text.contains(['-', '+']))
}

/// A point in time, milliseconds since the Unix epoch.
pub(super) fn time(value: &Value) -> Option<i64> {
    match value {
        Value::Time(millis) => Some(*millis),
        Value::Text(text) => time_of(text.trim()),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Decimal(_)
        | Value::Float(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unread => None,
    }
}

/// The version that a bound is.
pub(super) fn version(bound: Bound<'_>) -> Option<Version> {
    match bound {
        Bound::Number(_) => None,
        Bound::Written(text) | Bound::Given(text) => Version::parse(text),
        Bound::Found(value) => Version::of(value),
    }
}

/// A length of time from now on, in milliseconds: as the file writes one, or a span of .NET.
pub(super) fn lead(bound: Bound<'_>) -> Option<i64> {
    let written = |text: &str| text.parse().ok().map(SignedSpan::millis);
    match bound {
        Bound::Written(text) | Bound::Given(text) => written(text),
        Bound::Found(Value::Text(text)) => written(text),
        Bound::Found(Value::Object(object)) if equal::is_span(object) => {
            let span: jiff::Span = object.text.parse().ok()?;
            let days = jiff::SpanRelativeTo::days_are_24_hours();
            span.to_duration(days).ok().and_then(|span| i64::try_from(span.as_millis()).ok())
        }
        Bound::Found(_) | Bound::Number(_) => None,
    }
}
