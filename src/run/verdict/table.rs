//! The rows of a check, judged as they come; none is kept.

use super::fact::RowJudge;
use super::tally::{Met, Tally};
use super::{Fact, Inputs};
use crate::checklist::Check;
use crate::run::Moment;
use crate::run::value::{Member, Value};

/// What the rows so far say of each expectation.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    rows: u64,
    tallies: Vec<Tally>,
}

impl Table {
    pub(super) fn of(check: &Check) -> Self {
        Self { rows: 0, tallies: check.expect.iter().cloned().map(Tally::new).collect() }
    }

    /// Judges a row; a null is none.
    pub(super) fn row(&mut self, row: &Value, inputs: &Inputs, now: Moment) {
        if *row == Value::Null {
            return;
        }
        self.rows += 1;
        for tally in &mut self.tallies {
            let member = match &tally.expectation.property {
                Some(path) => row.member(path),
                None => Member::Here(row),
            };
            let judge = RowJudge { rows: tally.expectation.rows, row, inputs, now };
            let answer = judge.answer(&tally.expectation.test, member);
            tally.add(answer, row, member, None);
        }
    }

    /// The property that could not be read, where an expectation hangs on one.
    pub(super) fn hangs_on(&self) -> Option<&String> {
        self.tallies.iter().find_map(Tally::hangs_on)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Each expectation with what was found.
    pub(super) fn facts(&self) -> impl Iterator<Item = (Fact, Met)> {
        self.tallies.iter().map(Tally::fact)
    }
}
