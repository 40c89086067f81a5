//! Go: the next sensible thing for the selected step.

use super::super::{Dialog, Intent, NextStep, Screen, Ui, next_step};
use super::commands;
use crate::run::Command;
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::form::AttestForm;
use crate::tui::form::InputForm;

impl Ui {
    pub(super) fn go(&mut self, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected)?.id.clone();
        match next_step(view, self.selected) {
            NextStep::Wait => None,
            NextStep::Reconnect => commands(Command::OpenShell),
            NextStep::NeedsFirst(need) => {
                self.select(view, &need);
                None
            }
            NextStep::Input => {
                self.screen = Screen::Briefing(InputForm::new(view.run));
                None
            }
            NextStep::Check => commands(Command::Check(step)),
            NextStep::Apply(_) => self.apply(view),
            NextStep::Attest => {
                self.scroll = 0;
                self.dialog = Some(Dialog::Attest(AttestForm {
                    step,
                    name: TextField::default(),
                    note: TextField::default(),
                    focus: 0,
                }));
                None
            }
            NextStep::Gate => {
                self.open_gate();
                None
            }
            NextStep::Onward => {
                self.select_next(view);
                None
            }
        }
    }
}
