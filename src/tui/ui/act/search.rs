//! Search: for words in the output.

use super::super::{Intent, Ui};
use crate::tui::View;
use crate::tui::keymap::Action;

impl Ui {
    pub(super) fn on_search(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        match action {
            Action::Go => {
                let missing = self.output_view.search(view.live, &self.viewport);
                self.not_found(missing, view);
            }
            _ => self.output_view.leave(),
        }
        None
    }

    pub(super) fn not_found(&mut self, words: Option<String>, view: &View<'_>) {
        self.notice = words.map(|words| view.text.found_none(words));
    }
}
