//! Go: the next sensible thing for the selected step.

use super::super::state::StepsState;
use super::apply::apply;
use crate::checklist::explain::CommandPurpose;
use crate::run::{Command, NextAction};
use crate::tui::View;
use crate::tui::turn::{To, Turn};

impl StepsState {
    pub(super) fn go(&mut self, view: &View<'_>) -> Turn {
        let step = view.step(self.selected()).map(|step| &step.id);
        let Some(assessment) = step.and_then(|step| view.run.assess(step, view.now)) else {
            return Turn::default();
        };
        if view.run.begins_by_going(&assessment.next) {
            return Turn::intends(Command::Go { by: view.who.clone() });
        }
        let step = assessment.step.id.clone();
        match assessment.next {
            NextAction::Wait => {}
            NextAction::OpenShell => return Turn::intends(Command::OpenShell),
            NextAction::NeedsFirst(need) => self.select(view, &need),
            NextAction::Other { step: other, does } => {
                self.led = Some((step, other.clone()));
                return match does {
                    CommandPurpose::Check => Turn::intends(Command::Check(other)),
                    CommandPurpose::Apply(_) => apply(view, &other),
                };
            }
            NextAction::Check => return Turn::intends(Command::Check(step)),
            NextAction::Apply(_) => return apply(view, &step),
            NextAction::GiveInput => return Turn::to(To::Briefing),
            NextAction::Attest => return Turn::to(To::Attest(step)),
            NextAction::Gate => return Turn::to(To::Gate),
            NextAction::Onward => self.select_next(view),
        }
        Turn::default()
    }
}
