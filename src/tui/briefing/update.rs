//! What the operator gives before the checks.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::{choosing_keys, draw};
use super::state::{InputForm, NotTyped, Visit};
use crate::run::{Command, ShellState};
use crate::tui::View;
use crate::tui::field::Edit;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::Viewport;

impl Layered for InputForm {
    fn context(&self, view: &View<'_>) -> KeyContext {
        if self.chooses(view.run.checklist()) { KeyContext::Choosing } else { KeyContext::Form }
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let view = seat.view;
        let places = self.fields.len() + 1;
        match action {
            Action::Next => self.move_to((self.focus + 1) % places),
            Action::Previous => self.move_to((self.focus + places - 1) % places),
            // What is typed next would land in another field.
            Action::Go if self.problem(view.run.checklist(), self.focus).is_some() => {
                self.move_to(self.focus);
            }
            Action::Go if self.focus + 1 < places => self.move_to(self.focus + 1),
            Action::Go => return self.give(view),
            Action::Left => return self.edit(Edit::Left, view),
            Action::Right => return self.edit(Edit::Right, view),
            Action::Close if self.may_be_left(view.run) => return Turn::to(To::Closed),
            Action::Close => {
                let [give, leave] = [Action::Go, Action::Close]
                    .map(|action| view.keys.name_of(self.context(view), action, view.text));
                return Turn::says(Some(view.text.inputs_not_given(give, leave)));
            }
            _ => {}
        }
        Turn::default()
    }

    /// Changes the field that takes the keys, or says why that went nowhere.
    fn edit(&mut self, edit: Edit, view: &View<'_>) -> Turn {
        let text = view.text;
        let [back, on] = choosing_keys(view);
        Turn::says(self.change(view.run.checklist(), edit).map(|why| match why {
            NotTyped::AtChoices => text.letters_do_not_choose(back, on),
            NotTyped::NoField => text.nowhere_to_type(),
        }))
    }

    fn between(&self, view: &View<'_>) -> &'static str {
        if self.takes_several(view.run.checklist()) { ", " } else { " " }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, _: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self)
    }
}

impl InputForm {
    /// Gives what was changed, and opens the shell; or goes to what does not fit.
    fn give(&mut self, view: &View<'_>) -> Turn {
        if let Some(wrong) = self.first_problem(view.run.checklist()) {
            for field in &mut self.fields {
                field.visit = Visit::Seen;
            }
            self.focus = wrong;
            return Turn::default();
        }
        let changed = |id, value: &str| view.run.inputs().get(id).is_none_or(|known| known.joined() != value);
        let mut given: Vec<Command> = self
            .fields
            .iter()
            .filter(|field| changed(&field.input, &field.field.text()))
            .map(|field| Command::Give { input: field.input.clone(), typed: vec![field.field.text()] })
            .collect();
        if *view.run.shell() == ShellState::Absent && !view.run.is_sealed() {
            given.push(Command::OpenShell);
        }
        Turn::to(To::OpenStep).and((!given.is_empty()).then_some(Intent::Commands(given)))
    }
}
