//! Whether everything that the server sent has arrived.
//!
//! A pipe loses nothing, but a native program may write into the middle of a line of the server, and then that line is
//! noise. The engine numbers its messages one after another, for the whole process; where there was noise *and* a
//! number is missing, a message was lost. Both are asked for because the specification wants numbers only to differ.

use std::collections::BTreeSet;

/// More missing numbers than this are not counted: no process loses so many, and a wild number costs no memory.
const COUNTED: u64 = 10_000;

#[derive(Debug, Default)]
pub(super) struct Continuity {
    last: u64,
    missing: BTreeSet<u64>,
    noise: bool,
}

impl Continuity {
    pub(super) fn message(&mut self, object: u64) {
        if object <= self.last {
            self.missing.remove(&object);
            return;
        }
        let from = object.saturating_sub(COUNTED).max(self.last + 1);
        self.missing.extend(from..object);
        self.last = object;
    }

    pub(super) fn noise(&mut self) {
        self.noise = true;
    }

    /// How many messages were lost since this was asked last.
    pub(super) fn lost(&mut self) -> usize {
        let missing = std::mem::take(&mut self.missing).len();
        if std::mem::take(&mut self.noise) { missing } else { 0 }
    }
}
