//! What the work is done to: the subject of each scope as it was found last, and what rests on it.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::applicability::Applicability;
use super::state::Run;
use super::status::StaleCause;
use crate::checklist::{Changes, Step, StepId};
use crate::run::{FoundSubject, Moment, Refusal};

/// The farthest first: what a handoff is named after.
const SCOPES: [Changes; 3] = [Changes::Tenant, Changes::Forest, Changes::Computer];

/// What is known of the subject of a scope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownSubject<'a> {
    pub scope: Changes,
    /// The step whose check finds it.
    pub step: &'a StepId,
    /// As it was found last.
    pub found: Option<&'a FoundSubject>,
    /// Whether it still is that one, as far as may be said now.
    pub is_sure: bool,
}

impl<'a> KnownSubject<'a> {
    /// Which it is; a refusal where nobody can say so now.
    pub(crate) fn sure(self) -> Result<&'a FoundSubject, Refusal> {
        self.found.filter(|_| self.is_sure).ok_or_else(|| self.unknown())
    }

    /// The refusal of what it would be asked for.
    pub(super) fn unknown(self) -> Refusal {
        Refusal::SubjectUnknown { scope: self.scope, step: self.step.clone() }
    }
}

impl Run {
    /// What is known of each subject that the checklist declares, the farthest first.
    pub fn subjects(&self, now: Moment) -> Vec<KnownSubject<'_>> {
        SCOPES.into_iter().filter_map(|scope| self.subject_of(scope, now)).collect()
    }

    /// What is known of the subject of a scope; nothing where no step declares one.
    pub fn subject_of(&self, scope: Changes, now: Moment) -> Option<KnownSubject<'_>> {
        let step = self.subject_step(scope).filter(|step| !self.says_nothing(step, now))?;
        let found = self.subjects.iter().find(|subject| subject.scope == scope);
        Some(KnownSubject { scope, step: &step.id, found, is_sure: self.says_its_subject(step, now) })
    }

    /// The one that a handoff is confirmed by: the farthest.
    pub fn handoff_subject(&self, now: Moment) -> Option<KnownSubject<'_>> {
        SCOPES.into_iter().find_map(|scope| self.subject_of(scope, now))
    }

    /// As they were found last, of the scopes that apply, to be kept with a record that ends or begins something.
    pub fn found_subjects(&self) -> Vec<FoundSubject> {
        let applies = |subject: &&FoundSubject| {
            self.subject_step(subject.scope).is_some_and(|step| !self.was_told_not_to_apply(step))
        };
        self.subjects.iter().filter(applies).cloned().collect()
    }

    /// The subject that is another one than whoever saw these knows of.
    pub fn changed_subject(&self, seen: &[FoundSubject]) -> Option<FoundSubject> {
        let is_seen = |found: &FoundSubject| seen.iter().any(|seen| seen.is(found));
        self.found_subjects().into_iter().find(|found| !is_seen(found))
    }

    /// The steps that find subjects.
    pub(super) fn subject_steps(&self) -> impl Iterator<Item = &Step> {
        self.checklist.steps.iter().filter(|step| step.subject.is_some())
    }

    fn subject_step(&self, scope: Changes) -> Option<&Step> {
        let of = |step: &&Step| step.subject.as_ref().is_some_and(|subject| subject.scope == scope);
        self.subject_steps().find(of)
    }

    fn was_told_not_to_apply(&self, step: &Step) -> bool {
        self.graph.place(&step.id).is_some_and(|place| self.is_known_not_to_apply(place))
    }

    /// Whether it does not apply here, by a value that still counts.
    fn says_nothing(&self, step: &Step, now: Moment) -> bool {
        let counts =
            |place| matches!(self.applicability(place, &self.statuses(now), now), Applicability::DoesNot(_));
        self.was_told_not_to_apply(step) && self.graph.place(&step.id).is_some_and(counts)
    }

    /// Whether the last check of the step said which one it is, and nothing that it hangs on has ended since. What the verdict
    /// was is of no account.
    fn says_its_subject(&self, step: &Step, now: Moment) -> bool {
        let Some(state) = self.state(&step.id) else { return false };
        let said = state.found.as_ref().filter(|found| found.finding.subject.is_some());
        state.unread_apply().is_none()
            && self.apply_again(state).is_none()
            && said.is_some_and(|found| self.ended(step, found, now).is_none())
            && self.could_be_asked(step, now)
    }

    /// Whether its check could be run now, but for what runs: what it needs is held.
    fn could_be_asked(&self, step: &Step, now: Moment) -> bool {
        let statuses = OnceCell::new();
        let runs = |need: &StepId| self.running.as_ref().is_some_and(|running| running.step == *need);
        step.needs.iter().any(runs)
            || self.may_be_done(step, now, || statuses.get_or_init(|| self.statuses(now))).is_ok()
    }

    /// Keeps what was found, and ends what rests on another, or was found of nobody knows which.
    pub(super) fn subject_found(&mut self, step: &StepId, found: &FoundSubject) {
        let known = self.subjects.iter().position(|subject| subject.scope == found.scope);
        let is_same = known.and_then(|known| self.subjects.get(known)).is_some_and(|known| known.is(found));
        match known.and_then(|known| self.subjects.get_mut(known)) {
            Some(known) => *known = found.clone(),
            None => self.subjects.push(found.clone()),
        }
        if !is_same {
            let checklist = Arc::clone(&self.checklist);
            let cause = StaleCause::SubjectChanged { scope: found.scope };
            for place in self.rests_on_subject(step, found.scope) {
                // What was just found is of the new one.
                if let Some(resting) = checklist.steps.get(place).filter(|resting| resting.id != *step) {
                    self.end_green(&resting.id, &cause);
                    // What was applied to the other one is not waited for in this one.
                    self.end_wait(&resting.id);
                }
            }
        }
    }

    /// The places of the steps that need the one that finds it, or change its scope, or need one of these.
    fn rests_on_subject(&self, step: &StepId, scope: Changes) -> BTreeSet<usize> {
        let steps = self.checklist.steps.iter().enumerate();
        let changing: Vec<usize> =
            steps.filter(|(_, step)| step.changes() == Some(scope)).map(|(place, _)| place).collect();
        let roots = changing.iter().copied().chain(self.graph.place(step));
        self.graph.above(roots).into_iter().chain(changing.iter().copied()).collect()
    }
}
