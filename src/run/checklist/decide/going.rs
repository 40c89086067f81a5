//! Going on by itself: its beginning, what it starts, its end.

use super::super::going::NextOfGo;
use super::super::state::ShellState;
use super::Draft;
use crate::run::{Event, GoEnd, Refusal, Trigger, Who};

impl Draft<'_> {
    /// Goes on until a person is needed, and again from there.
    pub(super) fn begin_going(&mut self, by: Who) -> Result<(), Refusal> {
        self.idle()?;
        if let NextOfGo::End = self.run.next_of_go(self.at) {
            return Err(Refusal::Nothing);
        }
        self.event(Event::GoBegun { by });
        match self.run.shell {
            ShellState::Absent => self.open_shell(),
            ShellState::Opening(_) | ShellState::Open(..) => Ok(()),
        }
    }

    /// Does what comes next where nothing else is to be done.
    pub(super) fn go_on_by_itself(&mut self) {
        let free = self.run.running.is_none() && self.run.may_go_on();
        if self.run.going.is_none() || !free || self.look_after() {
            return;
        }
        match self.run.next_of_go(self.at) {
            NextOfGo::Start(step, purpose) => {
                let step = step.clone();
                if self.start(&step, purpose, Trigger::Go).is_err() {
                    tracing::debug!(%step, "what comes next by itself may not run now");
                }
            }
            NextOfGo::Held(..) => {}
            NextOfGo::End => {
                self.end_going(GoEnd::Done);
            }
        }
    }

    /// Ends it; false where there is nothing to end.
    pub(super) fn end_going(&mut self, why: GoEnd) -> bool {
        let goes = self.run.going.is_some();
        if goes {
            self.event(Event::GoEnded { why });
        }
        goes
    }
}
