//! Answer: what PowerShell asks.

use super::super::{Intent, Ui};
use crate::shell::Answer;
use crate::tui::View;
use crate::tui::form::PromptBody;
use crate::tui::keymap::Action;

impl Ui {
    pub(super) fn on_prompt(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let form = self.prompt.as_mut()?;
        let places = form.places().max(1);
        match action {
            Action::Next => form.focus = (form.focus + 1) % places,
            Action::Previous => form.focus = (form.focus + places - 1) % places,
            Action::Toggle => form.toggle(),
            // A choice is made where it stands; fields are filled to the last.
            Action::Go if matches!(form.body, PromptBody::Fields(_)) && form.focus + 1 < places => {
                form.focus += 1;
            }
            Action::Go => return self.answer(view),
            Action::Close => return self.decline(),
            _ => {}
        }
        None
    }

    /// Gives the answer away; the form is made anew if the question should still stand.
    fn answer(&mut self, view: &View<'_>) -> Option<Intent> {
        let mut form = self.prompt.take()?;
        let asking = view.run.running()?.asking.as_ref()?;
        Some(Intent::Answer(form.answer(&asking.prompt)))
    }

    fn decline(&mut self) -> Option<Intent> {
        self.prompt.take().map(|_| Intent::Answer(Answer::Declined))
    }
}
