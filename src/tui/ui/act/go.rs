//! Go: the next sensible thing for the selected step.

use super::super::{Dialog, Intent, Screen, Ui};
use super::commands;
use crate::checklist::explain::CommandPurpose;
use crate::run::{Command, NextAction};
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::form::AttestForm;
use crate::tui::form::InputForm;

impl Ui {
    pub(super) fn go(&mut self, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected)?.id.clone();
        match view.run.assess(&step, view.now)?.next {
            NextAction::Wait => None,
            NextAction::OpenShell => commands(Command::OpenShell),
            NextAction::NeedsFirst(need) => {
                self.select(view, &need);
                None
            }
            NextAction::Other { step, does: CommandPurpose::Check } => commands(Command::Check(step)),
            NextAction::Other { step, does: CommandPurpose::Apply(_) } => self.apply_step(view, &step),
            NextAction::GiveInput => {
                self.screen = Screen::Briefing(InputForm::new(view.run));
                None
            }
            NextAction::Check => commands(Command::Check(step)),
            NextAction::Apply(_) => self.apply(view),
            NextAction::Attest => {
                self.scroll = 0;
                self.dialog = Some(Dialog::Attest(AttestForm {
                    step,
                    name: TextField::default(),
                    note: TextField::default(),
                    focus: 0,
                    seen: view.run.found_subjects(),
                }));
                None
            }
            NextAction::Gate => {
                self.open_gate();
                None
            }
            NextAction::Onward => {
                self.select_next(view);
                None
            }
        }
    }
}
