//! What was found before an apply beyond the session changed it, so that a person can put it back.

use crate::run::{Fact, FailingRow, Finding, Verdict};

/// How many rows are kept; the records have all of them.
const ROWS: usize = 20;

/// What a check found other than wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundBefore {
    /// The facts that were not met, where no rows say more.
    pub facts: Vec<Fact>,
    /// The first of the rows that failed.
    pub rows: Vec<FailingRow>,
    /// How many more times one failed.
    pub more: u64,
}

impl FoundBefore {
    /// Nothing where it was as wanted, or where it could not be found out.
    pub(super) fn of(finding: &Finding) -> Option<Self> {
        let rows: Vec<FailingRow> = finding.failing.iter().take(ROWS).cloned().collect();
        let more = finding.more_failing + (finding.failing.len() - rows.len()) as u64;
        let is_unmet = |fact: &&Fact| !fact.met && !fact.is_of_covers();
        let facts = if rows.is_empty() {
            finding.facts.iter().filter(is_unmet).cloned().collect()
        } else {
            Vec::new()
        };
        (finding.verdict == Verdict::Red).then_some(Self { facts, rows, more })
    }
}
