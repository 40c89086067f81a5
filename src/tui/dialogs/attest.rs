//! A statement in the name of a person.

mod draw;
mod state;
mod update;

pub(in crate::tui) use state::AttestForm;
