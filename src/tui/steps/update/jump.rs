//! Jump: to a step by its number, typed into a field that a digit opens.

use super::super::state::StepsState;
use crate::tui::View;
use crate::tui::field::{Edit, TextField};
use crate::tui::keymap::Action;
use crate::tui::turn::Turn;

impl StepsState {
    pub(super) fn jump(&mut self, action: Action, view: &View<'_>) -> Turn {
        let typed = self.jump.take().map(|field| field.text()).unwrap_or_default();
        if action != Action::Go || typed.is_empty() {
            return Turn::default();
        }
        let last = view.run.checklist().steps.len();
        match typed.parse::<usize>().ok().filter(|number| (1..=last).contains(number)) {
            Some(number) => {
                self.select_at(number - 1);
                Turn::default()
            }
            None => Turn::says(view.text.no_such_step(typed, last)),
        }
    }

    /// Whether a change is one of the number, which a digit begins.
    pub(super) fn edit_jump(&mut self, edit: Edit) -> bool {
        match (&mut self.jump, edit) {
            (Some(_), Edit::Insert(c)) if !c.is_ascii_digit() => true,
            (Some(field), edit) => {
                field.edit(edit);
                true
            }
            (None, Edit::Insert(c)) if c.is_ascii_digit() && self.output_view.typed().is_none() => {
                self.jump = Some(TextField::new(&c.to_string()));
                true
            }
            (None, _) => false,
        }
    }
}
