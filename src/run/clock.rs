//! How much time a run has lived through: what either clock shows to have passed, and never less than that.
//!
//! Within a process the monotonic clock counts, and the wall clock where it shows more (a computer that slept); from
//! one process to the next only the wall clock can. A wall clock set back takes nothing away.

use super::Moment;

/// Time lived, as of the last event; it begins anywhere, only differences mean something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ElapsedClock {
    seen: Moment,
    lived: u64,
}

/// What the wall clock says between two processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    WentOn,
    /// It shows a time before the last event, so nobody knows how long it was.
    SetBack,
}

impl ElapsedClock {
    /// The time lived at `now`, in milliseconds.
    pub(super) fn elapsed(self, now: Moment) -> u64 {
        let wall = u64::try_from(now.wall.saturating_sub(self.seen.wall)).unwrap_or(0);
        let mono = now.mono.saturating_sub(self.seen.mono);
        self.lived.saturating_add(wall.max(mono))
    }

    /// What the wall clock says to another process.
    pub(super) const fn between(self, at: Moment) -> Between {
        if at.wall < self.seen.wall { Between::SetBack } else { Between::WentOn }
    }

    /// Something happened in this process.
    pub(super) fn pass(&mut self, at: Moment) {
        self.lived = self.elapsed(at);
        self.seen = at;
    }

    /// Another process goes on, whose monotonic clock has nothing to do with the last one's.
    pub(super) fn reopen(&mut self, at: Moment) -> Between {
        let between = self.between(at);
        self.seen.mono = at.mono;
        self.pass(at);
        between
    }
}
