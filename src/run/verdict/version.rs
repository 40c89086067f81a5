//! Versions.

use std::cmp::Ordering;

use super::super::value::Value;

/// Whole numbers joined by dots, and a label (`7.6.0-preview.1`), by which it comes before the version of these numbers.
pub(super) struct Version {
    /// Missing ones count as zero.
    parts: [u32; 4],
    label: Option<String>,
}

impl Version {
    /// The version that a value is.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let plain = |parts: &[u32]| Some(Self { parts: four(parts)?, label: None });
        match value {
            Value::Version(parts) => plain(parts),
            Value::Text(text) => Self::parse(text),
            Value::Int(major) => plain(&[u32::try_from(*major).ok()?]),
            Value::Object(object) => Self::parse(&object.text),
            Value::Null
            | Value::Bool(_)
            | Value::Decimal(_)
            | Value::Float(_)
            | Value::Time(_)
            | Value::List(_)
            | Value::Unread => None,
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split_once('+').map_or(text, |(version, _build)| version);
        let (numbers, label) = match text.split_once('-') {
            Some((numbers, label)) => (numbers, Some(label.to_owned())),
            None => (text, None),
        };
        let parts = numbers.split('.').map(part).collect::<Option<Vec<u32>>>()?;
        // A date has hyphens as well, and no dot before them.
        let is_version = label.is_none() || parts.len() > 1;
        is_version.then_some(Self { parts: four(&parts)?, label })
    }

    /// Two labels of the same numbers are not judged.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.parts.cmp(&other.parts), &self.label, &other.label) {
            (Ordering::Equal, Some(_), None) => Some(Ordering::Less),
            (Ordering::Equal, None, Some(_)) => Some(Ordering::Greater),
            (Ordering::Equal, Some(own), Some(others)) => (own == others).then_some(Ordering::Equal),
            (order, _, _) => Some(order),
        }
    }
}

/// Whether a `[version]` is that text: where it is written so. PowerShell reads the text as a version, and that as it likes
/// (`01.2`).
pub(super) fn is_text(value: &Value, parts: &[u32], wanted: &str) -> Option<bool> {
    if value.display() == wanted {
        return Some(true);
    }
    let is_word = !wanted.contains(|c: char| c.is_ascii_digit());
    let is_other = || {
        let numbers: Option<Vec<u32>> = wanted.split('.').map(part).collect();
        numbers.is_some_and(|numbers| (2..=4).contains(&numbers.len()) && numbers != parts)
    };
    (is_word || is_other()).then_some(false)
}

fn four(parts: &[u32]) -> Option<[u32; 4]> {
    let mut four = [0; 4];
    four.get_mut(..parts.len())?.copy_from_slice(parts);
    Some(four)
}

/// Digits only: `u32` would read a sign as well.
fn part(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
