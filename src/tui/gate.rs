//! The gate, and the steps that keep it locked.

mod draw;
mod state;
mod update;

pub(crate) use state::GateState;
