//! Before there is a run: which checklist to begin, or which run to go on with.

mod draw;
mod state;
mod update;

pub use draw::draw;
pub use state::{ChooseView, Chooser, Chosen, Entry, EntryKind};
