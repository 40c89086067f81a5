//! Inputs: what the operator gives before the checks.

use super::super::{Intent, Screen, Ui};
use crate::run::Command;
use crate::run::ShellState;
use crate::tui::View;
use crate::tui::form::Visit;
use crate::tui::keymap::Action;

impl Ui {
    pub(super) fn on_inputs(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Screen::Briefing(form) = &mut self.screen else { return None };
        let places = form.fields.len() + 1;
        match action {
            Action::Next => form.move_to((form.focus + 1) % places),
            Action::Previous => form.move_to((form.focus + places - 1) % places),
            // What is typed next would land in another field.
            Action::Go if form.problem(view.run.checklist(), form.focus).is_some() => {
                form.move_to(form.focus);
            }
            Action::Go if form.focus + 1 < places => form.move_to(form.focus + 1),
            Action::Go => {
                if let Some(wrong) = form.first_problem(view.run.checklist()) {
                    for field in &mut form.fields {
                        field.visit = Visit::Seen;
                    }
                    form.focus = wrong;
                    return None;
                }
                let changed =
                    |id, value: &str| view.run.inputs().get(id).is_none_or(|known| known.joined() != value);
                let mut given: Vec<Command> = form
                    .fields
                    .iter()
                    .filter(|field| changed(&field.input, &field.field.text()))
                    .map(|field| Command::Give {
                        input: field.input.clone(),
                        typed: vec![field.field.text()],
                    })
                    .collect();
                if *view.run.shell() == ShellState::Absent && !view.run.is_sealed() {
                    given.push(Command::OpenShell);
                }
                self.screen = Screen::Steps;
                self.select_first(view);
                return (!given.is_empty()).then_some(Intent::Commands(given));
            }
            Action::Close => self.screen = Screen::Steps,
            _ => {}
        }
        None
    }
}
