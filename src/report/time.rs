//! Times and lengths of time as the exports show them.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::run::Moment;

/// A point in time; shown as `2026-11-23 02:15:00 UTC`, written to JSON as in RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(i64);

impl From<Moment> for Time {
    fn from(at: Moment) -> Self {
        Self(at.wall)
    }
}

impl Time {
    fn timestamp(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.0).ok()
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(time) => write!(f, "{}", time.strftime("%Y-%m-%d %H:%M:%S UTC")),
            None => write!(f, "{} ms", self.0),
        }
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.timestamp() {
            Some(time) => serializer.collect_str(&time),
            None => serializer.collect_str(&self.0),
        }
    }
}

/// Milliseconds in seconds, with one digit: `12.3 s`.
pub(super) fn seconds(ms: u64) -> String {
    format!("{}.{} s", ms / 1000, ms % 1000 / 100)
}
