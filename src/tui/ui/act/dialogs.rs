//! What an action does to a dialog: a change to confirm, a question of ours, a choice of PowerShell.

use super::super::{Dialog, Intent, Ui, apply_command};
use crate::run::{Confirmed, Refusal};
use crate::shell::Answer;
use crate::tui::View;
use crate::tui::keymap::Action;

impl Ui {
    /// A change beyond the session is confirmed by its word and Enter; a letter or Enter alone does nothing.
    pub(super) fn on_change(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Some(Dialog::Confirm(form)) = &self.dialog else { return None };
        match action {
            Action::Next => self.scroll = self.scroll.saturating_add(1).min(self.viewport.page),
            Action::Previous => self.scroll = self.scroll.saturating_sub(1),
            Action::Go => {
                let expected = view.text.confirm_word();
                if form.typed.text().trim() == expected {
                    let step = form.step.clone();
                    self.scroll = 0;
                    self.dialog = None;
                    return Some(apply_command(step, Confirmed::Yes));
                }
                let refusal = Refusal::Confirmation { expected };
                self.refuse(view.text.refusal(&refusal, &|id| view.name(id)));
            }
            _ => {
                self.scroll = 0;
                self.dialog = None;
            }
        }
        None
    }

    pub(super) fn on_question(&mut self, action: Action) -> Option<Intent> {
        self.scroll = 0;
        match (self.dialog.take(), action) {
            (Some(Dialog::Quit), Action::Yes) => Some(Intent::Quit),
            (Some(Dialog::Quit | Dialog::Confirm(_) | Dialog::Attest(_)) | None, _) => None,
        }
    }

    pub(super) fn on_choice(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let form = self.prompt.as_mut()?;
        let places = form.places().max(1);
        match action {
            Action::Next => form.focus = (form.focus + 1) % places,
            Action::Previous => form.focus = (form.focus + places - 1) % places,
            Action::Toggle => form.toggle(),
            Action::Go => return self.answer(view),
            Action::Close => return self.decline(),
            _ => {}
        }
        None
    }

    /// Gives the answer away; the form is made anew if the question should still stand.
    pub(super) fn answer(&mut self, view: &View<'_>) -> Option<Intent> {
        let mut form = self.prompt.take()?;
        let asking = view.run.running()?.asking.as_ref()?;
        Some(Intent::Answer(form.answer(&asking.prompt)))
    }

    pub(super) fn decline(&mut self) -> Option<Intent> {
        self.prompt.take().map(|_| Intent::Answer(Answer::Declined))
    }
}
