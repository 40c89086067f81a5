//! The rows of a check, judged as they come. None is kept; of those that fail what is to be shown is.

use super::covers::{Cover, Coverage, ToCover};
use super::fact::RowJudge;
use super::kept::{Keeper, KeptValues};
use super::tally::{Candidate, Met, Tally, found, shortened};
use super::{FAILING_KEPT, Fact, FailingRow, Failure, Inputs};
use crate::checklist::Check;
use crate::run::Moment;
use crate::run::value::{Member, Value};

/// What the rows so far say of each expectation.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    key: Option<String>,
    rows: u64,
    tallies: Vec<Tally>,
    kept: Vec<FailingRow>,
    /// Those that a finding does not keep, until somebody takes them.
    others: Vec<FailingRow>,
    /// How many rows fail, whatever of.
    failing_rows: u64,
    /// What was still in doubt has been decided.
    ended: bool,
    keeper: Keeper,
    cover: Option<Cover>,
}

/// What the table of a check that has ended comes to.
#[derive(Default)]
pub(super) struct TableFound {
    pub(super) facts: Vec<(Fact, Met)>,
    pub(super) failing: Vec<FailingRow>,
    pub(super) failing_rows: u64,
    pub(super) more_failing: u64,
}

impl Table {
    pub(super) fn of(check: &Check, to_cover: &ToCover) -> Self {
        let tallies = check.expect.iter().cloned().map(Tally::new).collect();
        let cover = match to_cover {
            ToCover::Nothing | ToCover::Unread { .. } => None,
            ToCover::Names(names) => Some(Cover::of(names)),
        };
        Self { key: check.key.clone(), tallies, keeper: Keeper::of(&check.keeps), cover, ..Self::default() }
    }

    /// Judges a row; a null is none.
    pub(super) fn row(&mut self, row: &Value, inputs: &Inputs, now: Moment) {
        if *row == Value::Null {
            return;
        }
        self.rows += 1;
        self.keeper.row(row);
        let name = self.key.as_deref().and_then(|path| name_of(row, path));
        if let (Some(cover), Some(name)) = (&mut self.cover, &name) {
            cover.row(name);
        }
        let key = name.as_deref().map(shortened);
        let (mut fails, mut found_late) = (false, Vec::new());
        for tally in &mut self.tallies {
            let member = match &tally.expectation.property {
                Some(path) => row.member(path),
                None => Member::Here(row),
            };
            let judge = RowJudge { rows: tally.expectation.rows, row, inputs, now };
            let answer = judge.answer(&tally.expectation.test, member);
            tally.add(answer, row, member, key.as_deref());
            let candidate = tally.candidate(answer);
            if candidate == Candidate::Passes || candidate == Candidate::InDoubt && !tally.has_room() {
                continue;
            }
            let failing = FailingRow {
                row: self.rows,
                key: key.clone(),
                // A thousand of them stand in one record.
                property: shortened(tally.expectation.property.as_deref().unwrap_or_default()),
                expected: shortened(&tally.expectation.to_string()),
                found: found(&tally.expectation.test, row, member, answer),
            };
            if candidate == Candidate::InDoubt {
                tally.wait(answer, failing);
            } else {
                fails = true;
                found_late.extend(tally.decided());
                keep(&mut self.kept, &mut self.others, failing);
            }
        }
        if fails {
            self.failing_rows += 1;
            self.tallies.iter_mut().for_each(|tally| tally.counted(self.rows));
        }
        self.late(found_late);
    }

    /// Rows of which it is only now known that they fail, and whether they are counted already.
    fn late(&mut self, mut rows: Vec<(FailingRow, bool)>) {
        let mut uncounted: Vec<u64> =
            rows.iter().filter(|(_, counted)| !counted).map(|(row, _)| row.row).collect();
        uncounted.sort_unstable();
        uncounted.dedup();
        self.failing_rows += uncounted.len() as u64;
        for number in uncounted {
            self.tallies.iter_mut().for_each(|tally| tally.counted(number));
        }
        rows.drain(..).for_each(|(row, _)| keep(&mut self.kept, &mut self.others, row));
    }

    /// Takes the failing rows that a finding does not keep.
    pub(super) fn take_others(&mut self) -> Vec<FailingRow> {
        std::mem::take(&mut self.others)
    }

    /// No more rows come.
    pub(super) fn end(&mut self) {
        if !self.ended {
            self.ended = true;
            let late = self.tallies.iter_mut().flat_map(Tally::decided).collect();
            self.late(late);
        }
    }

    /// The property that could not be read, where an expectation hangs on one.
    pub(super) fn hangs_on(&self) -> Option<&String> {
        self.tallies.iter().find_map(Tally::hangs_on)
    }

    /// Of which of the names that it must speak of it does, where it must; `failures` are the errors of the check.
    pub(super) fn coverage(&self, failures: &[Failure]) -> Option<Coverage> {
        self.cover.as_ref().map(|cover| cover.found(failures))
    }

    /// Whether other steps take more from the rows than is kept.
    pub(super) const fn is_too_much(&self) -> bool {
        self.keeper.is_full()
    }

    pub(super) fn take_kept(&mut self) -> Vec<KeptValues> {
        self.keeper.take()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Each expectation with what was found, and the rows that fail, in their order.
    pub(super) fn found(&mut self) -> TableFound {
        self.end();
        let facts = self.tallies.iter().map(Tally::fact).collect();
        let mut failing = std::mem::take(&mut self.kept);
        failing.sort_by_key(|row| row.row);
        if self.rows == 1 && self.key.is_none() {
            // The facts say it all.
            return TableFound { facts, failing: Vec::new(), failing_rows: 0, more_failing: 0 };
        }
        let all: u64 = self.tallies.iter().map(Tally::failing_rows).sum();
        // Of a large number of rows not all that are one too many were looked at again.
        let most = self.tallies.iter().map(Tally::failing_rows).max().unwrap_or_default();
        let more_failing = all.saturating_sub(failing.len() as u64);
        TableFound { facts, failing, failing_rows: self.failing_rows.max(most), more_failing }
    }
}

fn keep(kept: &mut Vec<FailingRow>, others: &mut Vec<FailingRow>, row: FailingRow) {
    let place = if kept.len() < FAILING_KEPT { kept } else { others };
    place.push(row);
}

/// What names a row.
fn name_of(row: &Value, path: &str) -> Option<String> {
    text_at(row, path).map(|name| shortened(&name))
}

/// The text at that path, but for one that names nothing.
pub(super) fn text_at(row: &Value, path: &str) -> Option<String> {
    let text = match row.member(path) {
        Member::Here(Value::Null | Value::List(_) | Value::Unread) | Member::Absent | Member::Unread => {
            return None;
        }
        // What has no text of its own says its type, which every other of it says too.
        Member::Here(Value::Object(object)) if object.type_names.contains(&object.text) => return None,
        Member::Here(Value::Object(object)) => object.text.clone(),
        Member::Here(value) => value.display(),
    };
    let name = text.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
