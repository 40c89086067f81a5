//! What a key leads to, where it is chosen what to open.

use crossterm::event::KeyEvent;

use super::state::{ChooseView, Chooser, Chosen, Help};
use crate::tui::keymap::{self, Action, KeyContext};

impl Chooser {
    /// What a key leads to.
    pub fn on_key(&mut self, event: KeyEvent, view: &ChooseView<'_>) -> Option<Chosen> {
        let context = self.context();
        let last = view.entries.len().saturating_sub(1);
        let action = view.keys.action(context, keymap::normalise(event)?, view.text.lang())?;
        match action {
            Action::Quit => return Some(Chosen::Quit),
            Action::Go if !view.entries.is_empty() => return Some(Chosen::Entry(self.selected.min(last))),
            Action::Next if context == KeyContext::Choose => self.selected = (self.selected + 1).min(last),
            Action::Previous if context == KeyContext::Choose => {
                self.selected = self.selected.saturating_sub(1);
            }
            Action::First => self.selected = 0,
            Action::Last => self.selected = last,
            Action::Help => self.help = Help::Open,
            Action::Close => self.help = Help::Closed,
            _ => {}
        }
        None
    }
}
