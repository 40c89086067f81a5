//! The steps: their list, the selected one, and the output of its command.

mod commands;
mod detail;
mod draw;
mod list;
mod output;
mod output_view;
mod pane;
mod sift;
mod state;
mod transcript_view;
mod update;

pub(super) use detail::docs;
pub use output_view::Follow;
pub(crate) use output_view::OutputView;
pub(crate) use state::StepsState;
