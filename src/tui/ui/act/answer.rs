//! Answer: what PowerShell asks.

use super::super::{Intent, Ui};
use crate::shell::Answer;
use crate::tui::View;
use crate::tui::field::Edit;
use crate::tui::form::{NotYet, PromptBody};
use crate::tui::keymap::{self, Action, KeyContext};

impl Ui {
    pub(super) fn on_prompt(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let form = self.prompt.as_mut()?;
        let places = form.places().max(1);
        match action {
            Action::Next => form.go_on(1),
            Action::Previous => form.go_on(places - 1),
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

    /// Gives the answer away, or says what is missing; the form is made anew if the question should still stand.
    fn answer(&mut self, view: &View<'_>) -> Option<Intent> {
        let asking = view.run.running()?.asking.as_ref()?;
        if let Some(why) = self.prompt.as_mut()?.not_yet(&asking.prompt) {
            self.refuse(not_yet(why, view));
            return None;
        }
        let mut form = self.prompt.take()?;
        Some(Intent::Answer(form.answer(&asking.prompt)))
    }

    fn decline(&mut self) -> Option<Intent> {
        self.prompt.take().map(|_| Intent::Answer(Answer::Declined))
    }
}

/// Why Enter does not answer yet, with the keys that do.
fn not_yet(why: NotYet, view: &View<'_>) -> String {
    let text = view.text;
    let key = |action| keymap::name_of(KeyContext::Choice, action, text);
    let enter = key(Action::Go);
    match why {
        NotYet::NotChosen => {
            text.not_chosen(enter, key(Action::Previous), key(Action::Next), key(Action::Toggle))
        }
        NotYet::NoUserName => text.user_name_missing(),
        NotYet::Empty => text.nothing_typed(keymap::edit_name(Edit::Backspace, text), enter),
    }
}
