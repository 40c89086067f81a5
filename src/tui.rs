//! The screens: pure functions from a [`View`] of the run to a frame, what they remember ([`Ui`]), and the loop that
//! draws them.
//!
//! Never decides: keys become actions, actions become [`Intent`]s, and the wizard hands those to the run. Colours are
//! only in [`theme`], signs only in [`glyphs`], keys only in [`keymap`], sentences only in [`crate::text`].

pub(crate) mod app;
mod attention;
mod body;
mod briefing;
mod channel;
mod choose;
mod chrome;
mod confirmation;
mod dialogs;
pub(crate) mod driver;
mod facts;
pub(crate) mod field;
mod gate;
pub(crate) mod glyphs;
mod handoff;
pub(crate) mod keymap;
mod layered;
mod links;
mod page;
mod progress;
mod rows;
mod steps;
pub(crate) mod terminal;
pub(crate) mod theme;
mod too_small;
mod turn;
mod ui;
mod view;
mod viewport;
mod visible;

pub use attention::{Attention, Signal, Taskbar};
pub use channel::{Channel, Notification};
pub use choose::{ChooseView, Chooser, Chosen, Entry, EntryKind, draw as draw_choose};
pub use driver::Driver;
pub use glyphs::{GlyphSet, Glyphs};
pub use keymap::KeyMap;
pub use steps::Follow;
pub use theme::{Theme, ThemeKind};
pub use turn::Intent;
pub use ui::{Layer, Screen, Ui, draw};
pub use view::View;
pub(crate) use view::meaning;
pub use viewport::{TerminalSize, Viewport};
