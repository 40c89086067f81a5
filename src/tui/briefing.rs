//! The briefing: what the run is of, and the inputs that it needs.

mod draw;
mod state;
mod update;

pub(crate) use state::InputForm;
