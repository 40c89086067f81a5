//! Attest: a statement in the name of a person.

use super::super::{Dialog, Intent, Ui, Watch};
use super::commands;
use crate::checklist::StepKind;
use crate::run::Command;
use crate::tui::View;
use crate::tui::body::ROWS_ABOVE_FORM;
use crate::tui::form::AttestForm;
use crate::tui::keymap::Action;

impl Ui {
    pub(super) fn on_attest(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Some(Dialog::Attest(form)) = &mut self.dialog else { return None };
        match action {
            Action::Next => form.focus = (form.focus + 1) % AttestForm::PLACES,
            Action::Previous => form.focus = (form.focus + AttestForm::PLACES - 1) % AttestForm::PLACES,
            Action::Go if form.focus + 1 < AttestForm::PLACES => form.focus += 1,
            Action::PageUp => self.scroll = self.scroll.saturating_sub(ROWS_ABOVE_FORM),
            Action::PageDown => self.read_on(),
            Action::Go if form.name.text().trim().is_empty() => {
                form.focus = 0;
                self.refuse(view.text.attest_name_missing());
            }
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
                    seen: form.seen,
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
}
