//! What an action does to a form of fields: the answers to PowerShell, a statement, the inputs.

use super::super::{Dialog, Intent, Screen, Ui, Watch};
use super::commands;
use crate::checklist::StepKind;
use crate::run::{Command, ShellState};
use crate::tui::View;
use crate::tui::form::{AttestForm, ROWS_ABOVE_FORM, Visit};
use crate::tui::keymap::Action;

impl Ui {
    pub(super) fn on_form(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        if let Some(form) = &mut self.prompt {
            let places = form.places().max(1);
            match action {
                Action::Next => form.focus = (form.focus + 1) % places,
                Action::Previous => form.focus = (form.focus + places - 1) % places,
                Action::Go if form.focus + 1 < places => form.focus += 1,
                Action::Go => return self.answer(view),
                Action::Close => return self.decline(),
                _ => {}
            }
            return None;
        }
        match &mut self.dialog {
            Some(Dialog::Attest(_)) => self.on_attest(action, view),
            Some(Dialog::Confirm(_) | Dialog::Quit) | None => self.on_inputs(action, view),
        }
    }

    fn on_attest(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Some(Dialog::Attest(form)) = &mut self.dialog else { return None };
        match action {
            Action::Next => form.focus = (form.focus + 1) % AttestForm::PLACES,
            Action::Previous => form.focus = (form.focus + AttestForm::PLACES - 1) % AttestForm::PLACES,
            Action::Go if form.focus + 1 < AttestForm::PLACES => form.focus += 1,
            Action::PageUp => self.scroll = self.scroll.saturating_sub(ROWS_ABOVE_FORM),
            Action::PageDown => self.read_on(),
            Action::Go if form.name.text().trim().is_empty() => form.focus = 0,
            // What was not shown to its end cannot be signed: Enter shows more of it first.
            Action::Go if self.scroll < self.viewport.page => self.read_on(),
            Action::Go => {
                self.scroll = 0;
                let Some(Dialog::Attest(form)) = self.dialog.take() else { return None };
                let step = view.run.checklist().step(&form.step)?;
                let StepKind::Attested { statement } = &step.kind else { return None };
                self.watch = Watch::Statement(form.step.clone());
                return commands(Command::Attest {
                    step: form.step,
                    statement: statement.get(view.text.lang()).to_owned(),
                    name: form.name.text(),
                    note: form.note.text(),
                    by: view.who.clone(),
                });
            }
            Action::Close => {
                self.scroll = 0;
                self.dialog = None;
            }
            _ => {}
        }
        None
    }

    /// Shows the next rows of what stands above a form, none left out.
    fn read_on(&mut self) {
        self.scroll = self.scroll.saturating_add(ROWS_ABOVE_FORM).min(self.viewport.page);
    }

    fn on_inputs(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Screen::Briefing(form) = &mut self.screen else { return None };
        let places = form.fields.len() + 1;
        match action {
            Action::Next => form.move_to((form.focus + 1) % places),
            Action::Previous => form.move_to((form.focus + places - 1) % places),
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
