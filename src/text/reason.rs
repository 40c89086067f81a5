//! Why a step is not green, in one clause that follows its title.

use super::Text;
use crate::checklist::{Step, StepId};
use crate::run::{
    AgainCause, Assessment, Coverage, Fact, FailedRows, FailingRow, Failure, Purpose, StaleCause,
    StatusReason, StepStatus, VerdictReason,
};

/// So much of an error stands in a clause; all of it stands below.
const ERROR: usize = 160;

/// So many of what deviates stand in a clause.
const DEVIATIONS: usize = 2;

/// How the rows of a reason are told.
type ToldRows<'a> = &'a dyn Fn(&FailedRows<'_>) -> String;

sentences! {
    reason_apply_error(error) {
        en "the apply failed: {error}",
        es "la aplicación falló: {error}",
        fr "l’application a échoué : {error}",
    }
    reason_check_error(error) {
        en "the command reported an error: {error}",
        es "el comando informó de un error: {error}",
        fr "la commande a signalé une erreur : {error}",
    }
    /// What does not hold, and by what.
    reason_by(reason, deviations) {
        en "{reason}: {deviations}",
        es "{reason}: {deviations}",
        fr "{reason} : {deviations}",
    }
}

/// An error as a clause.
fn clause(failure: &Failure) -> String {
    within(&failure.told()).trim_end_matches('.').to_owned()
}

/// A text in one line, of at most so many characters.
fn within(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(ERROR) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

impl Text {
    /// Why a step is not green, and what it waits for, as a clause that follows the step's title; nothing of a green one.
    /// `name` gives the title of a step or input from its id.
    pub fn why_not_green(self, assessment: &Assessment<'_>, name: &dyn Fn(&str) -> String) -> Option<String> {
        self.why(assessment, name, &|rows| self.failed_rows(rows))
    }

    /// The same where nothing of what was found stands beside it: with what was expected and what was found.
    pub fn why_locked(self, assessment: &Assessment<'_>, name: &dyn Fn(&str) -> String) -> Option<String> {
        let why = self.why_not_green(assessment, name)?;
        let Some(StatusReason::Verdict(VerdictReason::Unmet { .. })) = assessment.reason else {
            return Some(why);
        };
        Some(match (&assessment.status, assessment.rows.filter(|rows| rows.of > 1)) {
            // It says why that does not count any more.
            (StepStatus::Stale(_), _) => why,
            (_, Some(rows)) => match rows.shown.first() {
                Some(row) => self.clauses(why, self.deviation_of(assessment.step, row, &rows)),
                None => why,
            },
            (_, None) => match self.deviations(assessment) {
                deviations if deviations.is_empty() => why,
                deviations if assessment.waits_for.is_empty() => self.reason_by(why, deviations),
                deviations => self.clauses(why, deviations),
            },
        })
    }

    /// The first of what a row fails by, and which row it is where others fail as well.
    fn deviation_of(self, step: &Step, row: &FailingRow, rows: &FailedRows<'_>) -> String {
        let told = self.deviation(&row.property, self.row_expected(step, row), &row.found);
        if rows.count > 1 { self.rows_named(self.row_name(row), told) } else { told }
    }

    /// The first facts that are not met.
    fn deviations(self, assessment: &Assessment<'_>) -> String {
        let facts = assessment.found.iter().flat_map(|found| &found.finding.facts);
        let unmet: Vec<&Fact> = facts.filter(|fact| !fact.met).collect();
        let told = unmet.iter().take(DEVIATIONS).map(|fact| {
            self.deviation(&fact.property, self.expected(assessment.step, fact), &self.found(fact))
        });
        let more = unmet.len().saturating_sub(DEVIATIONS);
        let more = (more > 0).then(|| self.more_rows(more));
        told.chain(more).reduce(|first, second| self.clauses(first, second)).unwrap_or_default()
    }

    fn deviation(self, property: &str, expected: String, found: &str) -> String {
        let property = if property.is_empty() { self.the_object() } else { property.to_owned() };
        let found = if found.is_empty() { self.found_nothing() } else { within(found) };
        self.fact_line(property, expected, found)
    }

    /// The same where the rows that fail stand below, by name.
    pub fn why_beside_rows(
        self,
        assessment: &Assessment<'_>,
        name: &dyn Fn(&str) -> String,
    ) -> Option<String> {
        self.why(assessment, name, &|rows| self.rows_of(rows.count, rows.of))
    }

    fn why(
        self,
        assessment: &Assessment<'_>,
        name: &dyn Fn(&str) -> String,
        told: ToldRows<'_>,
    ) -> Option<String> {
        let own = match (&assessment.status, assessment.reason) {
            // What it waits for says so, of all.
            (StepStatus::Stale(StaleCause::Needs { .. }), _) => None,
            (StepStatus::Stale(cause), _) => Some(self.stale(cause, name)),
            (_, Some(StatusReason::DoesNotApply | StatusReason::NotKnownToApply)) => {
                self.applicability(&assessment.applies, name)
            }
            (_, reason) => reason.map(|reason| self.reason_with_rows(reason, assessment, name, told)),
        };
        let parts: Vec<String> = own.into_iter().chain(self.waits(assessment, name)).collect();
        parts.into_iter().reduce(|first, second| self.clauses(first, second))
    }

    /// What a step waits for, if it does.
    pub fn waits(self, assessment: &Assessment<'_>, name: &dyn Fn(&str) -> String) -> Option<String> {
        let waits_for = &assessment.waits_for;
        (!waits_for.is_empty()).then(|| self.waits_for(self.quoted_steps(waits_for, name)))
    }

    /// The titles of steps, in a row.
    fn quoted_steps(self, steps: &[&StepId], name: &dyn Fn(&str) -> String) -> String {
        let quoted: Vec<String> = steps.iter().map(|step| self.quoted_step(name(step.as_str()))).collect();
        quoted.join(", ")
    }

    /// Why, and in which rows where it is rows.
    fn reason_with_rows(
        self,
        reason: StatusReason<'_>,
        assessment: &Assessment<'_>,
        name: &dyn Fn(&str) -> String,
        told: ToldRows<'_>,
    ) -> String {
        match reason {
            StatusReason::Verdict(reason) => {
                self.reason_told(reason, assessment.rows.as_ref(), assessment.covered, told)
            }
            reason => self.status_reason(reason, name),
        }
    }

    /// What a check came to, and in which rows where it is rows.
    pub fn finding_reason(
        self,
        reason: &VerdictReason,
        rows: Option<&FailedRows<'_>>,
        covered: Option<&Coverage>,
    ) -> String {
        self.reason_told(reason, rows, covered, &|rows| self.failed_rows(rows))
    }

    fn reason_told(
        self,
        reason: &VerdictReason,
        rows: Option<&FailedRows<'_>>,
        covered: Option<&Coverage>,
        told: ToldRows<'_>,
    ) -> String {
        match (reason, rows, covered) {
            (VerdictReason::NotCovered, Some(rows), Some(covered)) => {
                self.clauses(self.missing(covered), self.rows_besides(told(rows)))
            }
            (VerdictReason::NotCovered, None, Some(covered)) => self.missing(covered),
            (VerdictReason::Unmet { .. } | VerdictReason::Unread { .. }, Some(rows), _) if rows.of > 1 => {
                self.reason_in_rows(self.verdict_reason(reason), told(rows))
            }
            _ => self.verdict_reason(reason),
        }
    }

    fn status_reason(self, reason: StatusReason<'_>, name: &dyn Fn(&str) -> String) -> String {
        match reason {
            StatusReason::NotChecked => self.why_not_run(),
            StatusReason::NotStated(statement) => self.attestation_missing(statement.get(self.lang())),
            StatusReason::Running(_) => self.why_running(),
            StatusReason::DoesNotApply => self.word_does_not_apply(),
            StatusReason::NotKnownToApply => self.not_known_to_apply(),
            StatusReason::Polling(progress) => self.why_polling(self.wait_progress(progress)),
            StatusReason::NotApplied => self.why_to_do(),
            StatusReason::ToApplyAgain(AgainCause::NeedApplied { step }) => {
                self.why_apply_again(name(step.as_str()))
            }
            StatusReason::ToApplyAgain(AgainCause::Failed) => self.why_apply_failed_again(),
            StatusReason::Verdict(reason) => self.verdict_reason(reason),
            StatusReason::Error(Purpose::Apply, failure) => self.reason_apply_error(clause(failure)),
            StatusReason::Error(Purpose::Check, failure) => self.reason_check_error(clause(failure)),
            StatusReason::ApplyCut => self.apply_cut(),
        }
    }
}
