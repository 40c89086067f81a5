//! The shell: starting it, having sessions back, looking after them, and its end.

use super::super::state::{HandoffStage, ShellState};
use super::{Draft, next};
use crate::run::{
    AbandonCause, Effect, Event, Expiry, Purpose, Refusal, Session, ShellEnd, ShellGone, Timer, Trigger,
};

impl Draft<'_> {
    pub(super) fn open_shell(&mut self) -> Result<(), Refusal> {
        match self.run.shell {
            ShellState::Opening(_) | ShellState::Open(..) => Err(Refusal::Busy),
            ShellState::Absent => {
                let session = Session(next(self.run.sessions));
                self.event(Event::ShellStarting { session });
                self.effect(Effect::OpenShell(session));
                Ok(())
            }
        }
    }

    pub(super) fn reconnect(&mut self) -> Result<(), Refusal> {
        self.idle()?;
        let steps = self.run.lived_on_sessions(self.at);
        match self.run.shell {
            ShellState::Opening(_) => return Err(Refusal::Busy),
            ShellState::Open(..) if steps.is_empty() => return Err(Refusal::Nothing),
            ShellState::Open(..) => {
                self.event(Event::Queued { steps, trigger: Trigger::Reconnect });
                self.advance();
            }
            ShellState::Absent => {
                self.open_shell()?;
                // They are worked off when it has opened, and forgotten if it does not.
                if !steps.is_empty() {
                    self.event(Event::Queued { steps, trigger: Trigger::Reconnect });
                }
            }
        }
        Ok(())
    }

    /// Sets the time at which a session is to be looked after, whenever that time may have changed.
    pub(super) fn schedule_keep_alive(&mut self) {
        if !self.has_events() {
            return;
        }
        if let Some(after) = self.run.keep_alive_after(self.at) {
            self.effect(Effect::StartTimer(Timer::KeepAlive, after));
        }
        self.schedule_poll();
        self.wake();
    }

    /// Records what has become too old: what is read later, by a clock that moved, is not green again.
    pub(super) fn expire(&mut self) {
        let steps = self.run.too_old(self.at);
        if !steps.is_empty() {
            self.event(Event::Expired { steps, why: Expiry::Age });
        }
    }

    /// Records what has become known of whether steps apply.
    pub(super) fn note_applicability(&mut self) {
        let steps = self.run.unrecorded_applicability(self.at);
        if !steps.is_empty() {
            self.event(Event::ApplicabilityKnown { steps });
        }
    }

    /// Has the next green that becomes too old noticed when it does.
    pub(super) fn wake(&mut self) {
        let lived = self.run.clock.elapsed(self.at);
        // What was known of it may be of a green that has ended otherwise.
        let known = Some(self.run.expires).filter(|expires| *expires > lived);
        let next = known.unwrap_or_else(|| self.run.next_expiry(self.at));
        if next > lived && next != u64::MAX {
            self.effect(Effect::StartTimer(Timer::Expiry, next - lived));
        }
    }

    /// Starts the next check that looks after a session, where one waits, or is due before the run goes on. What is due while
    /// nothing waits has its own time.
    pub(super) fn look_after(&mut self) -> bool {
        if self.run.keep_alives.is_empty() && (!self.run.queue.is_empty() || self.run.going.is_some()) {
            let steps = self.run.keep_alive_due(self.at);
            if !steps.is_empty() {
                self.event(Event::Queued { steps, trigger: Trigger::KeepAlive });
            }
        }
        let waiting = self.run.keep_alives.clone();
        if waiting.iter().any(|step| self.start(step, Purpose::Check, Trigger::KeepAlive).is_ok()) {
            return true;
        }
        self.drop_keep_alives();
        false
    }

    /// Checks the sessions whose time has come; sets the time again where it has not.
    pub(super) fn keep_alive(&mut self) {
        match self.run.keep_alive_after(self.at) {
            None => {}
            Some(0) => {
                let steps = self.run.keep_alive_due(self.at);
                self.event(Event::Queued { steps, trigger: Trigger::KeepAlive });
                self.advance();
            }
            Some(after) => self.effect(Effect::StartTimer(Timer::KeepAlive, after)),
        }
    }

    pub(super) fn shell_open(&self) -> Result<Session, Refusal> {
        match &self.run.shell {
            ShellState::Open(session, _) => Ok(*session),
            ShellState::Absent | ShellState::Opening(_) => Err(Refusal::NoShell),
        }
    }

    pub(super) fn shell_ended(&mut self, gone: ShellGone) {
        let session = match &self.run.shell {
            ShellState::Absent => return,
            ShellState::Opening(session) | ShellState::Open(session, _) => *session,
        };
        let end = match gone {
            ShellGone::AsAsked if self.run.kill_asked => ShellEnd::Killed,
            ShellGone::AsAsked => ShellEnd::Closed,
            ShellGone::Died { detail } => ShellEnd::Died { detail },
            ShellGone::StartFailed { detail } => ShellEnd::StartFailed { detail },
        };
        let subjects = self.run.found_subjects();
        self.event(Event::ShellEnded { session, end, subjects });
        match self.run.handoff {
            HandoffStage::Rechecking { .. } | HandoffStage::Confirming => {
                self.abandon(AbandonCause::NotGreen);
            }
            HandoffStage::Idle | HandoffStage::Writing | HandoffStage::Sealed { .. } => {}
        }
        self.release();
    }
}
