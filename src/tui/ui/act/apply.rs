//! Apply: the selected step.

use super::super::{Dialog, Intent, Ui, apply_command};
use crate::checklist::Changes;
use crate::checklist::StepKind;
use crate::run::Confirmed;
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::form::ConfirmForm;

impl Ui {
    /// Applies the selected step, after a question where more than the session changes.
    pub(super) fn apply(&mut self, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected)?;
        match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } if apply.changes != Changes::Session => {
                self.scroll = 0;
                let form = ConfirmForm { step: step.id.clone(), typed: TextField::default() };
                self.dialog = Some(Dialog::Confirm(form));
                None
            }
            StepKind::Measured { .. } | StepKind::Attested { .. } => {
                Some(apply_command(step.id.clone(), Confirmed::NotAsked))
            }
        }
    }
}
