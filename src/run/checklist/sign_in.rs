//! Credentials that were given, and the sign-ins with them: who is wrong about a password again and again is locked out.

use super::credential::Credential;
use super::running::Running;
use super::state::Run;
use crate::checklist::{Changes, Step, StepId};
use crate::run::verdict::NOT_BOUND;
use crate::run::{ApplyEnd, Failure};

impl Run {
    /// The step whose apply asked for the credential with which the apply of `place` signs in, and how it fared.
    fn signs_in_with(&self, place: usize) -> Option<(&Step, &Credential)> {
        let of = |place: usize| {
            let credential = self.state_at(place)?.credential.as_ref()?;
            let lives = credential.session.0.get() == self.sessions;
            Some((self.checklist.steps.get(place)?, credential)).filter(|_| lives)
        };
        let step = self.checklist.steps.get(place)?;
        let below = self.graph.prerequisites([place]);
        let below = below.into_iter().filter(|root| self.is_sign_in(place, step, *root)).filter_map(of);
        of(place).into_iter().chain(below).max_by_key(|(_, credential)| credential.given)
    }

    /// Whether the apply of `place` is taken to sign in with what that of `root` asked for: it has one of its variables, or
    /// changes only the session while nothing in between was applied on the strength of it.
    fn is_sign_in(&self, place: usize, step: &Step, root: usize) -> bool {
        let Some(asks) = self.checklist.steps.get(root) else { return false };
        let given = self.state_at(root).and_then(|state| state.credential.as_ref()).map(|known| known.given);
        let was_good = |between: &usize| {
            let applied = self.state_at(*between).and_then(|state| state.applied.as_ref());
            applied.is_some_and(|applied| applied.end == ApplyEnd::Done && Some(applied.attempt) > given)
        };
        let between = || {
            let below = self.graph.prerequisites([place]);
            self.graph.above([root]).into_iter().any(|between| below.contains(&between) && was_good(&between))
        };
        given.is_some()
            && (self.checklist.share_variable(step, asks) || (step.applies_to_session() && !between()))
    }

    /// The step to be applied before, or in place of, `place`: the credential that its apply would sign in with was refused.
    pub(super) fn refused_credential(&self, place: usize) -> Option<(&StepId, Changes)> {
        let (step, credential) = self.signs_in_with(place)?;
        let changes = step.changes().filter(|_| credential.is_refused)?;
        Some((&step.id, changes))
    }

    /// How many sign-ins have failed in a row with the credential that the apply of this step would sign in with once more: one
    /// that was refused, and that it does not ask for anew.
    pub fn would_try_again(&self, step: &StepId) -> Option<u32> {
        let place = self.graph.place(step)?;
        let (asks, _) = self.refused_credential(place)?;
        (asks != step).then(|| self.failed_sign_ins(place))
    }

    /// How many sign-ins have failed in a row with what the apply of `place` signs in with, or asks for.
    pub(super) fn failed_sign_ins(&self, place: usize) -> u32 {
        self.signs_in_with(place).map_or(0, |(_, credential)| credential.failed)
    }

    /// An apply ended: what that says of the credential that it signed in with.
    pub(super) fn signed_in(
        &mut self,
        running: &Running,
        end: ApplyEnd,
        failures: &[Failure],
        remedies: &[usize],
    ) {
        let Some(place) = self.graph.place(&running.step) else { return };
        if running.was_given_credential
            && let Some(state) = self.change(&running.step)
        {
            let before = state.credential.take();
            state.credential = Some(Credential {
                given: running.attempt,
                session: running.session,
                is_refused: false,
                failed: before.as_ref().map_or(0, |known| known.failed),
                failed_at: before.and_then(|known| known.failed_at),
            });
        }
        let Some((asks, credential)) = self.signs_in_with(place) else { return };
        let own = asks.id == running.step;
        // What only asks, or does something else, says nothing by its good end.
        let uses = || self.step(&running.step).is_some_and(|step| self.checklist.share_variable(step, asks));
        let was_good = credential.failed_at.as_ref() == Some(&running.step) || (!own && uses());
        // What was not answered has not signed in.
        let answered = running.unanswered.is_none() && own == running.was_given_credential;
        let may_have_failed = answered
            && failures.iter().any(may_be_a_sign_in)
            && !self.is_cured_elsewhere(&running.step, &asks.id, remedies);
        let asks = asks.id.clone();
        let Some(credential) = self.change(&asks).and_then(|state| state.credential.as_mut()) else { return };
        match end {
            ApplyEnd::Done if was_good => {
                credential.is_refused = false;
                credential.failed = 0;
            }
            ApplyEnd::Failed if may_have_failed => {
                credential.is_refused = true;
                credential.failed = credential.failed.saturating_add(1);
                credential.failed_at = Some(running.step.clone());
            }
            ApplyEnd::Done | ApplyEnd::Failed | ApplyEnd::Interrupted => {}
        }
    }

    /// Whether the first of the remedies for this very failure leads to another step than these: then it came to no sign-in.
    fn is_cured_elsewhere(&self, step: &StepId, asks: &StepId, remedies: &[usize]) -> bool {
        let Some(step) = self.step(step) else { return false };
        let known = remedies.iter().filter_map(|position| step.remedies.get(*position));
        let first = known.filter(|remedy| !remedy.fits_always()).find_map(|remedy| remedy.go.as_ref());
        first.is_some_and(|go| go.step != *asks && go.step != step.id)
    }
}

/// A command that was not there, or was not run, has not signed in.
fn may_be_a_sign_in(failure: &Failure) -> bool {
    let id = failure.error_id.split(',').next().unwrap_or_default();
    id != NOT_BOUND && !id.eq_ignore_ascii_case("CommandNotFoundException")
}
