//! Where a remedy leads, and a sign-in that failed: to a command that is not the step's own next one.

use super::next_action::NextAction;
use super::state::Run;
use super::status::StepStatus;
use crate::checklist::explain::CommandPurpose;
use crate::checklist::{Act, Changes, Remedy, StepKind};
use crate::run::{Attempt, Moment};

impl Run {
    /// What comes before the own next command of the step at `place`: another step that the first of the remedies that leads to
    /// what may be done now names, or else, where a sign-in has failed, its credential. `statuses` are those of all steps.
    pub(super) fn leads_to(
        &self,
        place: usize,
        statuses: &[StepStatus],
        remedies: &[&Remedy],
        now: Moment,
    ) -> Option<NextAction> {
        if !statuses.get(place).is_some_and(is_wanting) {
            return None;
        }
        let go = remedies.iter().find_map(|remedy| self.go(place, statuses, remedy, now));
        match go {
            Some(NextAction::Other { .. }) => go,
            // Nothing is tried again with a password that was refused.
            own => self.instead(place).or(own),
        }
    }

    /// The apply of the credential that was refused, in place of the apply of `place`.
    pub(super) fn instead(&self, place: usize) -> Option<NextAction> {
        let (asks, changes) = self.refused_credential(place)?;
        let own = self.checklist.steps.get(place).is_some_and(|step| step.id == *asks);
        Some(if own {
            NextAction::Apply(changes)
        } else {
            NextAction::Other { step: asks.clone(), does: CommandPurpose::Apply(changes) }
        })
    }

    fn go(&self, place: usize, statuses: &[StepStatus], remedy: &Remedy, now: Moment) -> Option<NextAction> {
        let go = remedy.go.as_ref()?;
        let named = self.graph.place(&go.step)?;
        let step = self.checklist.steps.get(named)?;
        let StepKind::Measured { apply, .. } = &step.kind else { return None };
        let status = statuses.get(named)?;
        let does = match (go.act, apply.as_ref().map(|apply| apply.changes)) {
            (Act::Check, _) => CommandPurpose::Check,
            // What is green beyond the session is not changed again.
            (Act::Apply, Some(changes)) if changes == Changes::Session || *status != StepStatus::Green => {
                CommandPurpose::Apply(changes)
            }
            (Act::Apply, _) => return None,
        };
        self.may_run(step, now, || statuses).ok()?;
        if named == place {
            return Some(match does {
                CommandPurpose::Check => NextAction::Check,
                CommandPurpose::Apply(changes) => NextAction::Apply(changes),
            });
        }
        let state = self.state_at(named);
        let done = match go.act {
            Act::Check => state.and_then(|state| state.found.as_ref()).map(|found| found.attempt),
            Act::Apply => state.and_then(|state| state.applied.as_ref()).map(|applied| applied.attempt),
        };
        if done > self.said_at(place, remedy) {
            return None;
        }
        let refused = (go.act == Act::Apply).then(|| self.instead(named)).flatten();
        match refused {
            Some(other @ NextAction::Other { .. }) => Some(other),
            Some(_) | None => Some(NextAction::Other { step: step.id.clone(), does }),
        }
    }

    /// The last command of the step at `place` for which the remedy is: a check that finds no more than an apply that failed
    /// has left says nothing new of it.
    fn said_at(&self, place: usize, remedy: &Remedy) -> Option<Attempt> {
        let state = self.state_at(place)?;
        let position =
            self.checklist.steps.get(place)?.remedies.iter().position(|own| std::ptr::eq(own, remedy))?;
        let found = state.found.as_ref().filter(|found| found.finding.remedies.contains(&position));
        let applied = state.applied.as_ref().filter(|applied| applied.remedies.contains(&position));
        found.map(|found| found.attempt).max(applied.map(|applied| applied.attempt))
    }
}

/// Whether something was found that a remedy is for, or its command is to be run again.
fn is_wanting(status: &StepStatus) -> bool {
    matches!(status, StepStatus::Red | StepStatus::ToDo | StepStatus::Undetermined | StepStatus::Interrupted)
}
