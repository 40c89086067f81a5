//! The judge of one command: made when it starts, told what comes from it, asked what that means when it has ended.

use std::sync::Arc;

use super::covers::{Coverage, ToCover};
use super::remedy::{asks_failure, failure_fits, remedies};
use super::subject::SubjectReader;
use super::table::{Table, TableFound};
use super::tally::Met;
use super::{
    FAILURES_KEPT, Fact, FailingRow, Failure, Finding, Inputs, MoreErrors, OutcomeEnd, Verdict, VerdictReason,
};
use crate::checklist::{Check, RemedyWhen, Step, StepKind, Warnings};
use crate::run::value::Value;
use crate::run::{FileDigest, Moment, Purpose};

/// How many errors are kept whole; each is in the transcript.
const ERRORS_KEPT: usize = 50;
/// Of how many what they were done to is kept.
const TARGETS_KEPT: usize = 100_000;
/// How many warnings a finding keeps; each is in the transcript too.
const WARNINGS_KEPT: usize = 5;

/// What is known of a command's output while it runs, bounded in memory.
#[derive(Clone, Debug)]
pub struct Judge {
    step: Step,
    purpose: Purpose,
    inputs: Arc<Inputs>,
    to_cover: ToCover,
    /// When the command started: what it gives is judged as of then.
    at: Moment,
    /// When something came from it last, or it was answered.
    heard: Moment,
    table: Table,
    subject: SubjectReader,
    failures: Vec<Failure>,
    /// The last failure so far: what was thrown comes last.
    last: Option<Failure>,
    /// The failures of ours that came, which count once.
    own: Vec<String>,
    /// The kinds of errors that a remedy is for, as far as none came.
    awaited: Vec<RemedyWhen>,
    warnings: Vec<String>,
    more_warnings: u64,
}

/// What a command came to, as far as its own output says.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub end: OutcomeEnd,
    /// What a check found; nothing is expected of an apply.
    pub finding: Option<Finding>,
    /// The failing rows that a finding does not keep.
    pub rows_file: Option<FileDigest>,
    /// Its first errors, as many as a finding keeps.
    pub failures: Vec<Failure>,
    /// The step's remedies for its errors, by position.
    pub remedies: Vec<usize>,
    /// For how long nothing had come from it when it ended, milliseconds.
    pub silent_ms: u64,
    /// How long it took, milliseconds.
    pub elapsed_ms: u64,
}

impl Judge {
    /// The judge of a command that starts at `at`; `to_cover` is what the step's check must speak of then.
    pub fn new(step: Step, purpose: Purpose, inputs: Arc<Inputs>, to_cover: ToCover, at: Moment) -> Self {
        // Of what nobody says it can be covered by nothing.
        let to_cover = match (step.covers(), to_cover) {
            (Some(_), ToCover::Nothing) => ToCover::Unread { property: String::new() },
            (_, to_cover) => to_cover,
        };
        let awaited = step.remedies.iter().flat_map(|remedy| &remedy.when).filter(|when| asks_failure(when));
        let table = match (&step.kind, purpose) {
            (StepKind::Measured { check, .. }, Purpose::Check) => Table::of(check, &to_cover),
            (StepKind::Measured { .. }, Purpose::Apply) | (StepKind::Attested { .. }, _) => Table::default(),
        };
        let subject = step.subject.as_ref().filter(|_| purpose == Purpose::Check);
        Self {
            subject: SubjectReader::of(subject),
            awaited: awaited.cloned().collect(),
            step,
            purpose,
            inputs,
            to_cover,
            at,
            heard: at,
            table,
            failures: Vec::new(),
            last: None,
            own: Vec::new(),
            warnings: Vec::new(),
            more_warnings: 0,
        }
    }

    /// An object of its output stream, judged and let go.
    pub fn row(&mut self, value: &Value) {
        self.table.row(value, &self.inputs, self.at);
        self.subject.row(value);
    }

    /// An object in which something was masked: it cannot be judged, and `why` is an error of the command.
    pub fn masked_row(&mut self, value: &Value, why: Failure) {
        self.row(value);
        self.once(why);
    }

    /// Output that nobody can read whole is an error of the command, however often it comes.
    pub fn once(&mut self, why: Failure) {
        if !self.own.contains(&why.error_id) {
            self.own.push(why.error_id.clone());
            self.failure(why);
        }
    }

    /// An error: the first and the last are kept whole, and each that is the first of a kind that a remedy is for.
    pub fn failure(&mut self, failure: Failure) {
        let Some(earlier) = self.last.replace(failure) else { return };
        let before = self.awaited.len();
        self.awaited.retain(|when| !failure_fits(when, &earlier));
        if self.failures.len() < ERRORS_KEPT || self.awaited.len() < before {
            self.failures.push(earlier);
        } else if self.failures.len() < TARGETS_KEPT {
            self.failures.push(Failure { target: earlier.target, ..Failure::default() });
        }
    }

    pub fn warning(&mut self, text: &str) {
        if self.warnings.len() < WARNINGS_KEPT {
            self.warnings.push(text.to_owned());
        } else {
            self.more_warnings += 1;
        }
    }

    /// Takes the failing rows that its finding does not keep; the caller keeps them elsewhere.
    pub fn take_failing(&mut self) -> Vec<FailingRow> {
        self.table.take_others()
    }

    /// No more rows come: those of which it was in doubt whether they fail are decided.
    pub fn end_rows(&mut self) {
        self.table.end();
    }

    /// Something came from it, or it was answered.
    pub fn heard(&mut self, at: Moment) {
        self.heard = at;
    }

    /// What it came to, now that it has ended.
    pub fn finish(mut self, end: OutcomeEnd, at: Moment) -> Judged {
        self.failures.extend(self.last.take());
        let elapsed_ms = at.mono.saturating_sub(self.at.mono);
        let kept = self.table.take_kept();
        let table = self.table.found();
        let finding = match (&self.step.kind, self.purpose) {
            (StepKind::Measured { check, .. }, Purpose::Check) => {
                Some(Finding { kept, ..self.finding(check, table, end, elapsed_ms) })
            }
            (StepKind::Measured { .. }, Purpose::Apply) | (StepKind::Attested { .. }, _) => None,
        };
        Judged {
            end,
            finding,
            rows_file: None,
            remedies: remedies(&self.step.remedies, &[&self.failures], &[]),
            failures: self.first_failures(),
            silent_ms: at.mono.saturating_sub(self.heard.mono),
            elapsed_ms,
        }
    }

    /// Why nobody can tell whose the finding is, where it should say so.
    fn unclear(&self) -> Option<VerdictReason> {
        let names = self.subject.unclear()?;
        if self.table.is_empty() {
            return Some(VerdictReason::NoRows);
        }
        Some(VerdictReason::SubjectUnclear { scope: self.step.subject.as_ref()?.scope, names })
    }

    fn first_failures(&self) -> Vec<Failure> {
        self.failures.iter().take(FAILURES_KEPT).cloned().collect()
    }

    fn finding(&self, check: &Check, table: TableFound, end: OutcomeEnd, elapsed_ms: u64) -> Finding {
        // Of a command that was not run nothing was looked at.
        let table = if end == OutcomeEnd::Unbound { TableFound::default() } else { table };
        let TableFound { facts, failing, failing_rows, more_failing } = table;
        let (facts, met): (Vec<Fact>, Vec<Met>) = facts.into_iter().unzip();
        let unmet = met.iter().filter(|met| **met == Met::No).count();
        let covered = self.table.coverage(&self.failures).filter(|_| end != OutcomeEnd::Unbound);
        let warned = match check.warnings {
            Warnings::Fail => self.warnings.as_slice(),
            Warnings::Keep => &[],
        };
        let (verdict, reason) = self.verdict(end, unmet, !facts.is_empty(), covered.as_ref(), warned.first());
        let of_cover = covered.as_ref().zip(check.covers.as_deref());
        let facts: Vec<Fact> =
            facts.into_iter().chain(of_cover.map(|(found, covers)| found.fact(check, covers))).collect();
        let remedies = match verdict {
            Verdict::Green => Vec::new(),
            Verdict::Red | Verdict::Undetermined | Verdict::Interrupted => {
                let as_failure =
                    |warning: &String| Failure { message: warning.clone(), ..Failure::default() };
                let warned: Vec<Failure> = warned.iter().map(as_failure).collect();
                // Of what failed, was cut off or could not be read nothing was measured.
                let measured = if verdict == Verdict::Red { facts.as_slice() } else { &[] };
                remedies(&self.step.remedies, &[&self.failures, &warned], measured)
            }
        };
        let ran = matches!(end, OutcomeEnd::Completed | OutcomeEnd::Threw);
        let (failures, more_errors) = (self.first_failures(), MoreErrors::of(&self.failures));
        let (warnings, more_warnings) = (self.warnings.clone(), self.more_warnings);
        Finding {
            verdict,
            reason,
            facts,
            failing,
            failing_rows,
            more_failing,
            rows_file: None,
            failures,
            more_errors,
            warnings,
            more_warnings,
            covered: covered.map(Box::new),
            kept: Vec::new(),
            subject: self.subject.found().filter(|_| ran).cloned().map(Box::new),
            remedies,
            elapsed_ms,
        }
    }

    /// What it means, and why; `unmet` are the expectations that are not met, of those that there are.
    fn verdict(
        &self,
        end: OutcomeEnd,
        unmet: usize,
        is_asked: bool,
        covered: Option<&Coverage>,
        warned: Option<&String>,
    ) -> (Verdict, VerdictReason) {
        use Verdict::{Green, Interrupted, Red, Undetermined};
        match end {
            OutcomeEnd::Stopped => return (Interrupted, VerdictReason::Stopped),
            OutcomeEnd::Lost => return (Interrupted, VerdictReason::ShellLost),
            OutcomeEnd::Unbound => {
                let id = self.failures.last().map_or("", |failure| failure.error_id.as_str());
                let variable = id.split_once(',').map_or(id, |(_, name)| name).to_owned();
                return (Undetermined, VerdictReason::Unbound { variable });
            }
            // It did not come to its end, so its rows may be missing for that alone.
            OutcomeEnd::Threw => return (Undetermined, VerdictReason::Failed),
            OutcomeEnd::Completed => {}
        }
        if self.failures.is_empty()
            && let Some(unclear) = self.unclear()
        {
            return (Undetermined, unclear);
        }
        match covered {
            // Whatever its errors say: they are shown beside it.
            Some(covered) if !covered.is_whole() => return (Red, VerdictReason::NotCovered),
            _ if !self.failures.is_empty() => return (Undetermined, VerdictReason::Failed),
            Some(Coverage { names: 0, .. }) => return (Red, VerdictReason::NothingToCover),
            Some(_) | None => {}
        }
        if let Some(warning) = warned {
            return (Red, VerdictReason::Warned { warning: warning.clone() });
        }
        if unmet > 0 || !is_asked {
            let reason = if self.table.is_empty() {
                VerdictReason::NoRows
            } else {
                VerdictReason::Unmet { count: unmet }
            };
            return (Red, reason);
        }
        match (self.table.hangs_on(), &self.to_cover) {
            (Some(property), _) => (Undetermined, VerdictReason::Unread { property: property.clone() }),
            (None, ToCover::Unread { property }) => {
                (Undetermined, VerdictReason::CoversUnread { property: property.clone() })
            }
            (None, _) if self.table.is_too_much() => (Undetermined, VerdictReason::TooMuchKept),
            (None, ToCover::Nothing | ToCover::Names(_)) => (Green, VerdictReason::Met),
        }
    }
}
