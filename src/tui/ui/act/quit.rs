//! Quit: at once, or after a question where something would be cut off.

use super::super::{Dialog, Intent, Ui, is_at_work};
use crate::tui::View;
use crate::tui::keymap::Action;

impl Ui {
    /// Leaves at once, or asks where something would be cut off; asked again it leaves.
    pub(super) fn quit(&mut self, view: &View<'_>) -> Option<Intent> {
        if !is_at_work(view) || self.halted.is_some() || matches!(self.dialog, Some(Dialog::Quit)) {
            return Some(Intent::Quit);
        }
        self.help = None;
        self.dialog = Some(Dialog::Quit);
        None
    }

    pub(super) fn on_question(&mut self, action: Action) -> Option<Intent> {
        self.scroll = 0;
        match (self.dialog.take(), action) {
            (Some(Dialog::Quit), Action::Yes) => Some(Intent::Quit),
            (Some(Dialog::Quit | Dialog::Confirm(_) | Dialog::Attest(_)) | None, _) => None,
        }
    }
}
