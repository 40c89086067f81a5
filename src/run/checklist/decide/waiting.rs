//! What the operator wants while a session is only looked after: it waits, in order, until nothing runs any more.

use super::super::wish::Wish;
use super::Draft;
use crate::run::Event;

impl Draft<'_> {
    /// Whether what runs is nobody's command, but looks after a session.
    pub(super) fn looks_after(&self) -> bool {
        self.run.running.is_some() && self.run.foreground_command().is_none()
    }

    /// Holds a wish back; one that waits already is not wanted twice.
    pub(super) fn hold(&mut self, wish: Wish) {
        if !self.run.held.contains(&wish) {
            self.event(Event::Held { wish });
        }
    }

    /// Decides what was held back, one after another, until one of them runs.
    pub(super) fn release(&mut self) {
        while self.is_sound()
            && self.run.running.is_none()
            && let Some(wish) = self.run.held.front().cloned()
        {
            self.event(Event::Released {});
            if let Err(refusal) = self.decide(wish.into()) {
                self.refuse(refusal);
            }
        }
    }
}
