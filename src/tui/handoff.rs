//! The handoff: its stages, each with the keys.

mod draw;
mod state;
mod update;

pub(crate) use state::HandoffState;
