//! Who holds a run.

use serde::{Deserialize, Serialize};

use crate::run::Who;

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
