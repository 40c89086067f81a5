//! What happens when a record or a transcript cannot be written: the run stands still until the disk is back.
//!
//! The run in memory never holds more than the journal, so nothing is lost but what was being found out just then: a
//! command that ran is interrupted and its shell is ended, because nobody could have recorded what it did. A shell that
//! only waits stays.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Trouble, Wizard, recorded};
use crate::journal::{self, JournalError};
use crate::run::{Command, Event, FileDigest, HandoffStage, ShellEnd, ShellState, Stamped, Timer, Trigger};

impl Wizard {
    /// Why the run stands still, if it does.
    pub fn halted(&self) -> Option<&JournalError> {
        self.halted.as_deref()
    }

    /// Tries to go on: repairs the journal, and records that the run stood still and what was cut off by it.
    ///
    /// # Errors
    /// Why it still stands still; it may be called again.
    pub fn retry(&mut self) -> Result<(), Trouble> {
        let Some(why) = self.halted.take() else { return Ok(()) };
        if let Err(error) = self.journal.repair() {
            return Err(self.halt(error));
        }
        let why = recorded::not_written(&why);
        self.record(Event::WriteFailed { why: why.clone() })?;
        self.quarantine_now()?;
        if self.port.is_none() && *self.run.shell() != ShellState::Absent {
            self.shell_end = Some(ShellEnd::Closed);
            self.command(Command::ShellEnded(ShellEnd::Closed))?;
        }
        // The next check of the sweep was refused its record: it was never started, and its end will not come to go on from.
        if matches!(self.run.handoff(), HandoffStage::Rechecking { .. }) {
            self.command(Command::AbandonHandoff)?;
        }
        if !self.run.queue().is_empty() {
            self.record(Event::Queued { steps: Vec::new(), trigger: Trigger::Asked })?;
        }
        // The timer may have fired while nothing could be recorded.
        self.command(Command::Fired(Timer::Expiry))?;
        // Has an effect only while the files of the handoff are being written: their seal did not reach the disk.
        self.command(Command::HandoffWritten(Err(why)))
    }

    /// Records the torn ends of the journal that no event names yet: this opening's, or those of one that died before it.
    pub(super) fn note_quarantined(&mut self, events: &[Stamped]) -> Result<(), Trouble> {
        let known = |file: &FileDigest| {
            events.iter().any(|stamped| matches!(&stamped.event, Event::Quarantined { torn } if torn == file))
        };
        let all = self.journal.folder().quarantined().map_err(|error| self.halt(error))?;
        all.into_iter()
            .filter(|torn| !known(torn))
            .try_for_each(|torn| self.record(Event::Quarantined { torn }))
    }

    /// The same as [`Self::quarantine`], with the events that the journal holds now.
    pub(super) fn quarantine_now(&mut self) -> Result<(), Trouble> {
        let read = journal::read::<Stamped>(self.journal.folder()).map_err(|error| self.halt(error))?;
        self.quarantine(&read.events)
    }

    /// Puts the files of a seal that never came aside, and records them and what a command that was cut off had put out,
    /// unless one of these events vouches for them.
    pub(super) fn quarantine(&mut self, events: &[Stamped]) -> Result<(), Trouble> {
        self.journal.folder().set_handoff_aside().map_err(|error| self.halt(error))?;
        let known: BTreeSet<String> =
            events.iter().flat_map(|stamped| stamped.event.files()).map(|digest| digest.file).collect();
        let left = journal::left_behind(self.journal.folder(), |file| known.contains(file));
        let left = left.map_err(|error| self.halt(error))?;
        left.into_iter().try_for_each(|file| self.record(Event::OrphanFile { file }))
    }

    pub(super) fn halt(&mut self, error: JournalError) -> Trouble {
        tracing::error!(?error, "the run stands still");
        let opening = matches!(self.run.shell(), ShellState::Opening(_));
        if self.run.running().is_some() || opening {
            // Dropping the sender ends the process: what nobody can record must not go on.
            self.port = None;
        }
        self.live.end();
        self.collector = None;
        self.ended = None;
        self.timers.clear();
        self.answer = None;
        let error = Arc::new(error);
        self.halted = Some(Arc::clone(&error));
        Trouble::Halted(error)
    }
}
