//! What PowerShell asks for a command.

mod draw;
mod state;
mod update;

pub(in crate::tui) use state::PromptForm;
