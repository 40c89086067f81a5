//! All rows by which a step is not green.

mod draw;
mod state;
mod update;

pub(crate) use state::RowsView;
pub(super) use update::first_step_with_rows;
