//! Lengths of time as the file format writes them.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A length of time; written as `1h 30m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(pub Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let parts = [
            (seconds / 86_400, "d"),
            (seconds / 3600 % 24, "h"),
            (seconds / 60 % 60, "m"),
            (seconds % 60, "s"),
        ];
        let shown: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, unit)| format!("{count}{unit}"))
            .collect();
        if shown.is_empty() { f.write_str("0s") } else { f.write_str(&shown.join(" ")) }
    }
}

/// A length of time from now on, or back with a minus before it: `-2h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SignedSpan {
    pub(crate) is_back: bool,
    pub(crate) span: Span,
}

impl SignedSpan {
    pub(crate) fn millis(self) -> i64 {
        let millis = i64::try_from(self.span.0.as_millis()).unwrap_or(i64::MAX);
        if self.is_back { -millis } else { millis }
    }
}

impl fmt::Display for SignedSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_back { "-" } else { "" })?;
        self.span.fmt(f)
    }
}

impl FromStr for SignedSpan {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let back = text.trim_start().strip_prefix('-');
        Ok(Self { is_back: back.is_some(), span: back.unwrap_or(text).parse()? })
    }
}

/// The units, from the longest to the shortest, with their seconds.
const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3600), ('m', 60), ('s', 1)];
/// The longest that is read: ten years.
const LONGEST: u64 = 3650 * 86_400;

/// A text that is no length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASpan;

impl FromStr for Span {
    type Err = NotASpan;

    /// Reads `30m`, `1h 30m` or `30d`: whole numbers, each with its unit, the longest first.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut units = UNITS.iter();
        let mut seconds: u64 = 0;
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(NotASpan);
        }
        while !rest.is_empty() {
            let (at, letter) = rest.char_indices().find(|(_, c)| !c.is_ascii_digit()).ok_or(NotASpan)?;
            let (digits, after) = rest.split_at_checked(at).ok_or(NotASpan)?;
            let count: u64 = digits.parse().map_err(|_digits| NotASpan)?;
            let (_, length) = units.find(|(unit, _)| *unit == letter).ok_or(NotASpan)?;
            seconds =
                count.checked_mul(*length).and_then(|part| seconds.checked_add(part)).ok_or(NotASpan)?;
            rest = after.strip_prefix(letter).ok_or(NotASpan)?.trim_start();
        }
        if seconds > LONGEST {
            return Err(NotASpan);
        }
        Ok(Self(Duration::from_secs(seconds)))
    }
}
