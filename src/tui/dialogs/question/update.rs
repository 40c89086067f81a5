//! Answer: what PowerShell asks.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::draw;
use super::state::{NotYet, PromptBody, PromptForm};
use crate::run::Prompt;
use crate::run::prompt::Pick;
use crate::shell::Answer;
use crate::tui::View;
use crate::tui::field::{Edit, SecretField};
use crate::tui::keymap::{self, Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::Viewport;

impl Layered for PromptForm {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        match &self.body {
            PromptBody::Fields(_) => KeyContext::Form,
            PromptBody::Choices(..) => KeyContext::Choice,
        }
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let places = self.places().max(1);
        match action {
            Action::Next => self.go_on(1),
            Action::Previous => self.go_on(places - 1),
            Action::Toggle => self.toggle(),
            // A choice is made where it stands; fields are filled to the last.
            Action::Go if matches!(self.body, PromptBody::Fields(_)) && self.focus + 1 < places => {
                self.focus += 1;
            }
            Action::Go => return self.give(seat.view),
            Action::Close => return Turn::to(To::Closed).and(Intent::Answer(Answer::Declined)),
            _ => {}
        }
        Turn::default()
    }

    /// Changes the field that takes the keys. At choices a letter moves to the one whose label marks it with `&`: Enter is
    /// still needed, a letter alone never answers.
    fn edit(&mut self, edit: Edit, view: &View<'_>) -> Turn {
        match (&self.body, edit, asked(view)) {
            (PromptBody::Fields(_), _, _) => self.change(edit),
            (PromptBody::Choices(..), Edit::Insert(letter), Some(Prompt::Choice { choices, .. })) => {
                let marked = |label: &str| label.split_once('&').and_then(|(_, after)| after.chars().next());
                let same = |c: char| c.to_lowercase().eq(letter.to_lowercase());
                let position = choices.iter().position(|choice| marked(&choice.label).is_some_and(same));
                match position {
                    Some(position) => self.choose(position),
                    None => return Turn::says(view.text.no_such_letter(letter)),
                }
            }
            (PromptBody::Choices(..), _, _) => {}
        }
        Turn::default()
    }

    fn hidden(&mut self) -> Option<&mut SecretField> {
        self.hidden_field()
    }

    fn offers(&self, action: Action, _seat: &Seat<'_>) -> bool {
        match action {
            Action::Toggle => matches!(self.body, PromptBody::Choices(Pick::Many, _)),
            _ => true,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self, shown.offers).unwrap_or_default()
    }
}

impl PromptForm {
    /// Gives the answer away, or says what is missing; the form is made anew if the question should still stand.
    fn give(&mut self, view: &View<'_>) -> Turn {
        let Some(prompt) = asked(view) else { return Turn::default() };
        match self.not_yet(prompt) {
            Some(why) => Turn::says(not_yet(why, view)),
            None => Turn::to(To::Closed).and(Intent::Answer(self.answer(prompt))),
        }
    }
}

/// The question that stands.
fn asked<'a>(view: &View<'a>) -> Option<&'a Prompt> {
    Some(&view.run.running()?.asking.as_ref()?.prompt)
}

/// Why Enter does not answer yet, with the keys that do.
fn not_yet(why: NotYet, view: &View<'_>) -> String {
    let text = view.text;
    let key = |action| view.keys.name_of(KeyContext::Choice, action, text);
    let enter = key(Action::Go);
    match why {
        NotYet::NotChosen => {
            text.not_chosen(enter, key(Action::Previous), key(Action::Next), key(Action::Toggle))
        }
        NotYet::NoUserName => text.user_name_missing(),
        NotYet::UserNameAsPassword => text.user_name_as_password(),
        NotYet::Empty => text.nothing_typed(keymap::edit_name(Edit::Backspace, text), enter),
    }
}
