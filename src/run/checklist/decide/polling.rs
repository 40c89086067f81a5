//! Steps that wait after their apply: their next check, and the end of that.

use super::Draft;
use crate::run::{Effect, Event, Purpose, Refusal, Timer, Trigger, WaitEnd};

impl Draft<'_> {
    /// Records which waits are over.
    pub(super) fn end_waits(&mut self) {
        for (step, why) in self.run.waits_over(self.at) {
            self.event(Event::WaitEnded { step, why });
        }
    }

    /// Ends all waits, as the operator wants.
    pub(super) fn stop_waiting(&mut self) -> Result<(), Refusal> {
        if !self.run.has_waits() {
            return Err(Refusal::Nothing);
        }
        for wait in self.run.waits.clone() {
            self.event(Event::WaitEnded { step: wait.step, why: WaitEnd::Stopped });
        }
        Ok(())
    }

    /// Starts the check that has been due for longest, if one is due.
    pub(super) fn poll(&mut self) -> bool {
        let due = self.run.polls_due(self.at);
        due.iter().any(|step| self.start(step, Purpose::Check, Trigger::Poll).is_ok())
    }

    /// Starts one that is due; sets the time again where none is.
    pub(super) fn poll_or_wait(&mut self) {
        if !self.poll() {
            self.schedule_poll();
        }
    }

    /// Sets the time at which something is to be done about a step that waits.
    pub(super) fn schedule_poll(&mut self) {
        if let Some(after) = self.run.wait_after(self.at) {
            self.effect(Effect::StartTimer(Timer::Poll, after));
        }
    }
}
