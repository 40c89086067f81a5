//! Greens that become too old: when, and that it stays so once it was recorded.

use std::time::Duration;

use super::state::{Run, StepState};
use super::status::StaleCause;
use crate::checklist::{Span, Step, StepId};
use crate::run::{Expiry, Moment};

impl Run {
    /// Too old, if it is, or was recorded to be: it dates from when the run had lived through `since`.
    pub(super) fn aged(&self, expired: bool, since: u64, limit: Duration, now: Moment) -> Option<StaleCause> {
        let age = Duration::from_millis(self.clock.elapsed(now).saturating_sub(since));
        (expired || age >= limit).then_some(StaleCause::Expired { limit: Span(limit) })
    }

    /// Whether a green may have become too old, unrecorded: cheap, for it is asked before everything is read.
    pub fn may_be_too_old(&self, now: Moment) -> bool {
        !self.is_sealed() && self.clock.elapsed(now) >= self.expires
    }

    /// The steps whose green is too old at `now`, which is not recorded yet.
    pub(super) fn too_old(&self, now: Moment) -> Vec<StepId> {
        if !self.may_be_too_old(now) {
            return Vec::new();
        }
        let expired = |cause| matches!(cause, Some(StaleCause::Expired { .. }));
        let is_too_old = |step: &&Step| {
            self.state(&step.id).is_some_and(|state| {
                let found = state.found.as_ref().filter(|found| !found.expired && found.is_green());
                let stated = state.statement.as_ref().filter(|stated| !stated.expired);
                found.is_some_and(|found| expired(self.ended(step, found, now)))
                    || stated.is_some_and(|stated| expired(self.unsaid(step, stated, now)))
            })
        };
        self.checklist.steps.iter().filter(is_too_old).map(|step| step.id.clone()).collect()
    }

    /// The steps whose statement nothing has ended.
    pub(super) fn stated(&self) -> Vec<StepId> {
        let stands =
            |state: &StepState| state.statement.as_ref().is_some_and(|stated| stated.ended.is_none());
        let steps = self.checklist.steps.iter().filter(|step| self.state(&step.id).is_some_and(stands));
        steps.map(|step| step.id.clone()).collect()
    }

    /// The time lived at which the next green becomes too old, as seen at `now`; [`u64::MAX`] for none.
    pub(super) fn next_expiry(&self, now: Moment) -> u64 {
        let by_age_alone = |cause| matches!(cause, None | Some(StaleCause::Expired { .. }));
        let of = |step: &Step| {
            let state = self.state(&step.id)?;
            let found = state.found.as_ref().filter(|found| found.is_green() && !found.expired);
            let found = found.filter(|found| by_age_alone(self.ended(step, found, now)));
            let stated = state.statement.as_ref().filter(|stated| stated.ended.is_none() && !stated.expired);
            let since =
                found.map(|found| found.lived).into_iter().chain(stated.map(|stated| stated.lived)).min()?;
            Some(since.saturating_add(millis(step.fresh_for)))
        };
        self.checklist.steps.iter().filter_map(of).min().unwrap_or(u64::MAX)
    }

    /// Greens came to their end by age or by a clock: that stays, whatever a clock says later.
    pub(super) fn expired(&mut self, at: Moment, steps: &[StepId], why: Expiry) {
        for step in steps {
            match why {
                Expiry::Clock => self.end_green(step, &StaleCause::ClockSetBack),
                Expiry::Age => {
                    let Some(StepState { found, statement, .. }) = self.change_known(step) else { continue };
                    if let Some(found) = found {
                        found.expired = true;
                    }
                    if let Some(statement) = statement {
                        statement.expired = true;
                    }
                }
            }
        }
        self.expires = self.next_expiry(at);
    }

    /// A step was found or stated as of then: its green may be the next that becomes too old.
    pub(super) fn may_expire(&mut self, at: Moment, step: &StepId, lived: u64) {
        let Some(limit) = self.step(step).map(|step| step.fresh_for) else { return };
        self.expires = self.expires.min(lived.saturating_add(millis(limit)));
        // Most greens are found again before they are too old; then the time is another.
        if self.expires <= self.clock.elapsed(at) {
            self.expires = self.next_expiry(at);
        }
    }
}

pub(super) fn millis(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
}
