//! When a record or a transcript cannot be written: the run stands still until the disk is back.
//!
//! The run in memory never holds more than the journal. What a failed write means is for the run to say; here is only what
//! has to do with the disk: that it failed, that it is repaired, and which files lie there that no record vouches for.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Trouble, Wizard, recorded};
use crate::journal::{self, JournalError};
use crate::run::{Command, FileDigest, Stamped, Unvouched};

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
        let repaired = self.journal.repair().and_then(|()| self.left_now());
        let left = repaired.map_err(|error| self.halt(error))?;
        let why = recorded::not_written(&why);
        self.command(Command::WriteRecovered { why, left, shell_lost: self.port.is_none() })
    }

    /// As [`Self::left`], with the events that the journal holds now.
    pub(super) fn left_now(&self) -> Result<Unvouched, JournalError> {
        self.left(&journal::read::<Stamped>(self.folder())?.events)
    }

    /// The files that none of these events vouches for; those of a seal that never came are put aside.
    pub(super) fn left(&self, events: &[Stamped]) -> Result<Unvouched, JournalError> {
        let folder = self.journal.folder();
        folder.set_handoff_aside()?;
        let known: Vec<FileDigest> = events.iter().flat_map(|stamped| stamped.event.files()).collect();
        let names: BTreeSet<&str> = known.iter().map(|known| known.file.as_str()).collect();
        let mut torn = folder.quarantined()?;
        torn.retain(|file| !known.contains(file));
        Ok(Unvouched { torn, orphans: journal::left_behind(folder, |file| names.contains(file))? })
    }

    pub(super) fn halt(&mut self, error: JournalError) -> Trouble {
        tracing::error!(?error, "the run stands still");
        let error = Arc::new(error);
        self.halted = Some(Arc::clone(&error));
        // It leads to effects alone: nothing is written now.
        if let Err(trouble) = self.obey(Command::WriteFailed) {
            tracing::error!(?trouble, "the run does not stand still");
        }
        Trouble::Halted(error)
    }
}
