//! The applies beyond the session as they are folded, the last of each step.

use std::collections::{BTreeMap, VecDeque};

use super::super::check::{facts_in_words, rows_in_words};
use super::super::{ApplyReport, FindingReport};
use super::ATTEMPTS_KEPT;
use crate::checklist::{Changes, Step, StepId};
use crate::run::{
    ApplyEnd, ApplyGivenUp, Attempt, FailedRows, Finding, FoundSubject, Moment, Run, Trigger, Verdict, Who,
    verdict,
};
use crate::text::Text;

#[derive(Debug, Default)]
pub(super) struct Applies {
    /// The one that was confirmed, until it runs or is given up.
    planned: Option<Planned>,
    /// On whose wish the check runs that runs now.
    trigger: Trigger,
    of: BTreeMap<StepId, VecDeque<Apply>>,
}

#[derive(Debug)]
struct Planned {
    step: StepId,
    subject: Option<FoundSubject>,
    before: Option<Found>,
}

/// One that was confirmed.
#[derive(Debug)]
struct Apply {
    at: Moment,
    by: Option<Who>,
    changes: Changes,
    subject: Option<FoundSubject>,
    state: ApplyState,
    before: Option<Found>,
    after: Option<Found>,
}

#[derive(Debug)]
enum ApplyState {
    Running(Attempt),
    Ended(Attempt, ApplyEnd),
    GivenUp(ApplyGivenUp),
}

#[derive(Debug)]
struct Found {
    attempt: Attempt,
    at: Moment,
    /// But for what other steps take from it.
    finding: Finding,
}

impl Found {
    /// What the last check of a step found, if it was that one.
    fn of(run: &Run, step: &StepId, attempt: Attempt) -> Option<Self> {
        let found = run.check_record(step, attempt)?;
        let Finding { verdict, reason, facts, failing, rows_file, covered, .. } = &found.finding;
        let finding = Finding {
            facts: facts.clone(),
            failing: failing.clone(),
            failing_rows: found.finding.failing_rows,
            more_failing: found.finding.more_failing,
            rows_file: rows_file.clone(),
            covered: covered.clone(),
            ..verdict::cut_off(*verdict, reason.clone(), Vec::new(), found.finding.elapsed_ms)
        };
        Some(Self { attempt, at: found.at, finding })
    }
}

impl Applies {
    pub(super) fn planned(
        &mut self,
        run: &Run,
        step: &StepId,
        subject: Option<&FoundSubject>,
        before: Option<Attempt>,
    ) {
        let before = before.and_then(|attempt| Found::of(run, step, attempt));
        self.planned = Some(Planned { step: step.clone(), subject: subject.cloned(), before });
    }

    pub(super) fn given_up(
        &mut self,
        run: &Run,
        at: Moment,
        by: Option<&Who>,
        step: &StepId,
        why: &ApplyGivenUp,
    ) {
        self.keep(run, at, by, step, ApplyState::GivenUp(why.clone()));
    }

    pub(super) fn check_begun(&mut self, trigger: Trigger) {
        self.trigger = trigger;
    }

    pub(super) fn begun(&mut self, run: &Run, at: Moment, by: Option<&Who>, step: &StepId, attempt: Attempt) {
        self.keep(run, at, by, step, ApplyState::Running(attempt));
    }

    fn keep(&mut self, run: &Run, at: Moment, by: Option<&Who>, step: &StepId, state: ApplyState) {
        let changes = run.step(step).and_then(Step::changes);
        let Some(changes) = changes.filter(|changes| *changes != Changes::Session) else {
            return;
        };
        let planned = self.planned.take().filter(|planned| planned.step == *step);
        let (subject, before) = planned.map_or((None, None), |planned| (planned.subject, planned.before));
        let kept = self.of.entry(step.clone()).or_default();
        if kept.len() == ATTEMPTS_KEPT {
            kept.pop_front();
        }
        kept.push_back(Apply { at, by: by.cloned(), changes, subject, state, before, after: None });
    }

    pub(super) fn ended(&mut self, attempt: Attempt, end: ApplyEnd) {
        for apply in self.of.values_mut().filter_map(VecDeque::back_mut) {
            if let ApplyState::Running(own) = apply.state
                && own == attempt
            {
                apply.state = ApplyState::Ended(own, end);
            }
        }
    }

    /// What ran is interrupted.
    pub(super) fn cut_off(&mut self) {
        self.planned = None;
        for apply in self.of.values_mut().filter_map(VecDeque::back_mut) {
            if let ApplyState::Running(own) = apply.state {
                apply.state = ApplyState::Ended(own, ApplyEnd::Interrupted);
            }
        }
    }

    /// A check came to its end: it is the *before* of what is planned, and the *after* of what was applied last.
    pub(super) fn checked(&mut self, run: &Run, step: &StepId, attempt: Attempt) {
        if let Some(planned) = self.planned.as_mut().filter(|planned| planned.step == *step) {
            planned.before = Found::of(run, step, attempt);
        }
        let applied = self.of.get_mut(step).into_iter().flatten().rev();
        let mut applied = applied.filter(|apply| matches!(apply.state, ApplyState::Ended(..)));
        let Some(apply) = applied.next() else { return };
        // What is looked at days later is no more what came of it.
        if !apply.after.as_ref().is_some_and(Found::came_to_its_end) || self.trigger == Trigger::Poll {
            apply.after = Found::of(run, step, attempt);
        }
    }

    /// Those of a step, the oldest first.
    pub(super) fn report(&self, step: &Step, text: Text) -> Vec<ApplyReport> {
        self.of.get(&step.id).into_iter().flatten().map(|apply| apply.report(step, text)).collect()
    }
}

impl Apply {
    fn report(&self, step: &Step, text: Text) -> ApplyReport {
        let (number, outcome, not_run) = match &self.state {
            ApplyState::Running(attempt) => (Some(attempt), None, None),
            ApplyState::Ended(attempt, end) => (Some(attempt), Some(*end), None),
            ApplyState::GivenUp(why) => (None, None, Some(text.apply_given_up(why))),
        };
        ApplyReport {
            number: number.map(|attempt| attempt.0.get()),
            at: self.at.into(),
            by: self.by.clone(),
            changes: self.changes,
            subject: self.subject.clone(),
            outcome,
            not_run,
            before: self.before.as_ref().map(|found| found.report(step, text)),
            after: self.after.as_ref().map(|found| found.report(step, text)),
        }
    }
}

impl Found {
    fn came_to_its_end(&self) -> bool {
        let Finding { verdict, .. } = &self.finding;
        *verdict != Verdict::Interrupted
    }

    fn report(&self, step: &Step, text: Text) -> FindingReport {
        let finding = &self.finding;
        let rows = FailedRows::of(finding);
        FindingReport {
            number: self.attempt.0.get(),
            at: self.at.into(),
            verdict: finding.verdict,
            reason: text.finding_reason(&finding.reason, rows.as_ref(), finding.covered.as_deref()),
            facts: facts_in_words(&finding.facts, step, text),
            failing: rows_in_words(&finding.failing, step, text),
            failing_rows: finding.failing_rows,
            more_failing: finding.more_failing,
            more_rows: rows.and_then(|rows| text.more_failing(&rows, rows.shown.len())),
        }
    }
}
