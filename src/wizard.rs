//! The loop: owns a run, its journal and its shell; turns commands into events, events into records, effects into deeds.

mod live;

pub use live::{LINES_KEPT, Live};
