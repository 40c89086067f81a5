//! Both clocks.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::run::Moment;

/// Both clocks, and when this process opened the run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    opened: Instant,
}

impl Clock {
    pub(super) fn opened_now() -> Self {
        Self { opened: Instant::now() }
    }

    pub(super) fn now(self) -> Moment {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment {
            wall: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
            mono: u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }
}
