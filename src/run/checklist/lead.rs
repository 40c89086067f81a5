//! Where a remedy leads, and a sign-in that failed: to a command that is not the step's own next one.

use super::next_action::NextAction;
use super::state::Run;
use super::status::StepStatus;
use crate::checklist::explain::CommandPurpose;
use crate::checklist::{Act, Changes, Remedy, StepKind};
use crate::run::Moment;

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
        let go = remedies.iter().find_map(|remedy| match self.is_followed(place, remedy) {
            // What is known of this failure was done: what always fits is for where nothing is known.
            Some(own) if !remedy.fits_always() => Some(own),
            Some(_) => None,
            None => self.go(place, statuses, remedy, now).map(Some),
        });
        match go.flatten() {
            Some(other @ NextAction::Other { .. }) => Some(other),
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
        let refused = (go.act == Act::Apply).then(|| self.instead(named)).flatten();
        match refused {
            Some(other @ NextAction::Other { .. }) => Some(other),
            Some(_) | None => Some(NextAction::Other { step: step.id.clone(), does }),
        }
    }

    /// Where the remedy leads to another step, and its command was run since: the step's own command that comes now, if it is
    /// known. A check that finds no more than a failed apply has left says nothing new of it.
    fn is_followed(&self, place: usize, remedy: &Remedy) -> Option<Option<NextAction>> {
        let go = remedy.go.as_ref()?;
        let named = self.graph.place(&go.step).filter(|named| *named != place)?;
        let named = self.state_at(named)?;
        let done = match go.act {
            Act::Check => named.found.as_ref()?.attempt,
            Act::Apply => named.applied.as_ref()?.attempt,
        };
        let (step, state) = (self.checklist.steps.get(place)?, self.state_at(place)?);
        let position = step.remedies.iter().position(|own| std::ptr::eq(own, remedy))?;
        let found = state.found.as_ref().filter(|found| found.finding.remedies.contains(&position));
        let applied = state.applied.as_ref().filter(|applied| applied.remedies.contains(&position));
        let (found, applied) = (found.map(|found| found.attempt), applied.map(|applied| applied.attempt));
        // What a check has found is checked again; what an apply came to grief with is applied again.
        (Some(done) > found.max(applied)).then(|| (found >= applied).then_some(NextAction::Check))
    }
}

/// Whether something was found that a remedy is for, or its command is to be run again.
fn is_wanting(status: &StepStatus) -> bool {
    matches!(status, StepStatus::Red | StepStatus::ToDo | StepStatus::Undetermined | StepStatus::Interrupted)
}
