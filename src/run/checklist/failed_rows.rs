//! The rows of a check by which its step is not green.

use crate::run::{FailingRow, FileDigest, Finding};

/// The rows by which a step is not green.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailedRows<'a> {
    /// How many rows fail.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// What they fail by, the first ones.
    pub shown: &'a [FailingRow],
    /// How many more times one fails.
    pub more: u64,
    /// The file with those, as far as there is one.
    pub file: Option<&'a FileDigest>,
}

impl<'a> FailedRows<'a> {
    pub(crate) fn of(finding: &'a Finding) -> Option<Self> {
        (finding.failing_rows > 0).then(|| Self {
            count: finding.failing_rows,
            of: finding.facts.iter().filter_map(|fact| fact.rows).max().unwrap_or_default(),
            shown: &finding.failing,
            more: finding.more_failing,
            file: finding.rows_file.as_deref(),
        })
    }
}
