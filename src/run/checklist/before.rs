//! What was found before an apply beyond the session changed it, so that a person can put it back.

use super::assessment::Assessment;
use super::running::Running;
use super::state::{CheckRecord, Run};
use crate::checklist::Changes;
use crate::run::{Fact, FailingRow, Verdict};

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
    fn of(record: &CheckRecord) -> Option<Self> {
        let finding = &record.finding;
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

impl Assessment<'_> {
    /// What an apply beyond the session would change, as it was found last.
    pub fn would_change(&self) -> Option<FoundBefore> {
        self.step.changes().filter(|changes| *changes != Changes::Session)?;
        FoundBefore::of(self.found?)
    }
}

impl Run {
    /// What was found before an apply that runs.
    pub(super) fn found_before(&self, apply: &Running) -> Option<FoundBefore> {
        FoundBefore::of(self.check_record(&apply.step, apply.before?)?)
    }
}
