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
        let go = remedies.iter().find_map(|remedy| match self.standing(place, remedy) {
            RemedyStanding::Open => self.go(place, statuses, remedy, now).map(Some),
            // What always fits is for where nothing is known: what is known of this failure was done.
            _ if remedy.fits_always() => None,
            RemedyStanding::CheckNext => Some(Some(NextAction::Check)),
            RemedyStanding::ApplyNext => Some(None),
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

    /// A check that finds no more than a failed apply has left says nothing new of the remedy of that.
    fn standing(&self, place: usize, remedy: &Remedy) -> RemedyStanding {
        let named = remedy.go.as_ref().and_then(|go| Some((go.act, self.graph.place(&go.step)?)));
        let Some((act, named)) = named.filter(|(_, named)| *named != place) else {
            return RemedyStanding::Open;
        };
        let done = self.state_at(named).and_then(|named| match act {
            Act::Check => named.found.as_ref().map(|found| found.attempt),
            Act::Apply => named.applied.as_ref().map(|applied| applied.attempt),
        });
        let (Some(step), Some(state)) = (self.checklist.steps.get(place), self.state_at(place)) else {
            return RemedyStanding::Open;
        };
        let position = step.remedies.iter().position(|own| std::ptr::eq(own, remedy));
        let is_of = |remedies: &[usize]| position.is_some_and(|position| remedies.contains(&position));
        let found = state.found.as_ref().filter(|found| is_of(&found.finding.remedies));
        let applied = state.applied.as_ref().filter(|applied| is_of(&applied.remedies));
        let (found, applied) = (found.map(|found| found.attempt), applied.map(|applied| applied.attempt));
        if done <= found.max(applied) {
            RemedyStanding::Open
        } else if found >= applied {
            RemedyStanding::CheckNext
        } else {
            RemedyStanding::ApplyNext
        }
    }
}

/// How a remedy that leads to another step stands.
enum RemedyStanding {
    /// The command there was not run since it was said.
    Open,
    /// It was: what a check has found is checked again.
    CheckNext,
    /// It was: what an apply came to grief with is applied again.
    ApplyNext,
}

/// Whether something was found that a remedy is for, or its command is to be run again.
fn is_wanting(status: &StepStatus) -> bool {
    matches!(status, StepStatus::Red | StepStatus::ToDo | StepStatus::Undetermined | StepStatus::Interrupted)
}
