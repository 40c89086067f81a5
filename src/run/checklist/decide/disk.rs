//! A disk that failed: what may not go on meanwhile, and what it cut off once it works again.

use super::super::state::{HandoffStage, ShellState};
use super::Draft;
use crate::run::{AbandonCause, Effect, Event, ShellGone, Unvouched};

impl Draft<'_> {
    /// Nothing is written. What runs cannot be recorded, so its shell must not go on; one that only waits stays.
    pub(super) fn write_failed(&mut self) {
        if self.is_at_work() {
            self.effect(Effect::DropShell);
        }
        self.effect(Effect::ForgetTimers);
    }

    /// Something runs in the shell, or it is being started.
    fn is_at_work(&self) -> bool {
        self.run.running.is_some() || matches!(self.run.shell, ShellState::Opening(_))
    }

    /// What was being done when a record could not be written is over: nobody would go on with it.
    pub(super) fn write_recovered(&mut self, why: &str, left: Unvouched, shell_lost: bool) {
        self.event(Event::WriteFailed { why: why.to_owned() });
        self.vouch(left);
        match self.run.handoff {
            HandoffStage::Rechecking { .. } | HandoffStage::Confirming | HandoffStage::Writing => {
                self.abandon(AbandonCause::WriteFailed { detail: why.to_owned() });
            }
            HandoffStage::Idle | HandoffStage::Sealed { .. } => {}
        }
        if shell_lost || self.is_at_work() {
            self.shell_ended(ShellGone::AsAsked);
        }
        self.drop_queue();
    }

    /// Records the files that nothing vouched for.
    pub(super) fn vouch(&mut self, left: Unvouched) {
        for torn in left.torn {
            self.event(Event::Quarantined { torn });
        }
        for file in left.orphans {
            self.event(Event::OrphanFile { file });
        }
    }
}
