//! Who holds a run.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::run::Who;
use crate::sanitize::escape_controls;

/// Who holds a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The account and the computer.
    #[serde(flatten)]
    pub who: Who,
    pub pid: u32,
    /// Since when: milliseconds since the Unix epoch, UTC.
    pub since: i64,
}

impl Holder {
    /// This process, at the hands of `who`, since `since`.
    pub fn this_process(who: Who, since: i64) -> Self {
        Self { who, pid: std::process::id(), since }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who: Who { user, host, .. }, pid, since } = self;
        write!(f, "{} on {}, process {pid}", escape_controls(user), escape_controls(host))?;
        match jiff::Timestamp::from_millisecond(*since) {
            Ok(since) => write!(f, ", since {}", since.strftime("%Y-%m-%d %H:%M UTC")),
            Err(_) => Ok(()),
        }
    }
}
