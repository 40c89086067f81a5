//! A change beyond the session is confirmed, by a name or word, once all of it was in sight.

mod draw;
mod state;
mod update;

pub(in crate::tui) use state::ConfirmForm;
