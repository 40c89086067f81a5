//! The gate, and the steps that keep it locked.

mod draw;
mod state;
mod update;

pub(super) use draw::advisory;
pub(crate) use state::GateState;
