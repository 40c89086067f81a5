//! What can be opened, and which of it is selected.

use crate::text::Text;
use crate::tui::keymap::{KeyContext, KeyMap};
use crate::tui::viewport::TerminalSize;
use crate::tui::{Glyphs, Theme};

/// What can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub title: String,
    /// What tells it from the others.
    pub detail: String,
    /// What opening it does.
    pub kind: EntryKind,
}

/// What opening an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Goes on with a run.
    Resume,
    New,
    Rehearse,
    /// Shows a sealed run.
    Sealed,
}

/// What the screen is drawn from.
#[derive(Clone, Copy)]
pub struct ChooseView<'a> {
    /// What can be opened; entries of one kind stand together.
    pub entries: &'a [Entry],
    /// What the operator should know first, such as that no PowerShell was found.
    pub notice: Option<&'a str>,
    pub text: Text,
    pub theme: Theme,
    pub glyphs: &'a Glyphs,
    pub keys: &'a KeyMap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The entry at this position.
    Entry(usize),
    Quit,
}

/// Which entry is selected.
#[derive(Clone, Debug)]
pub struct Chooser {
    pub(super) selected: usize,
    pub(super) help: Help,
    size: TerminalSize,
}

/// Whether the help is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Help {
    Open,
    Closed,
}

impl Chooser {
    /// The first entry is selected.
    pub const fn new(size: TerminalSize) -> Self {
        Self { selected: 0, help: Help::Closed, size }
    }

    /// The terminal has another size.
    pub const fn resize(&mut self, size: TerminalSize) {
        self.size = size;
    }

    /// Where a key is pressed now.
    pub(super) const fn context(&self) -> KeyContext {
        match (self.size.fits(), self.help) {
            (false, _) => KeyContext::Small,
            (true, Help::Open) => KeyContext::Help,
            (true, Help::Closed) => KeyContext::Choose,
        }
    }
}
