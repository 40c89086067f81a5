//! Apply: the selected step.

use super::super::{Dialog, Intent, Ui, apply_command};
use crate::checklist::Changes;
use crate::checklist::{StepId, StepKind};
use crate::run::{Confirmed, KnownSubject};
use crate::tui::View;
use crate::tui::confirmation::Confirmation;
use crate::tui::form::ConfirmForm;

impl Ui {
    /// Applies the selected step, after a question where more than the session changes.
    pub(super) fn apply(&mut self, view: &View<'_>) -> Option<Intent> {
        self.apply_step(view, &view.step(self.selected)?.id)
    }

    /// The same of another one.
    pub(super) fn apply_step(&mut self, view: &View<'_>, step: &StepId) -> Option<Intent> {
        let step = view.run.step(step)?;
        match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } if apply.changes != Changes::Session => {
                let known = view.run.subject_of(apply.changes, view.now);
                let subject = match known.map(KnownSubject::sure).transpose() {
                    Ok(subject) => subject.cloned(),
                    Err(refusal) => {
                        self.refuse(view.text.refusal(&refusal, &|id| view.name(id)));
                        return None;
                    }
                };
                let confirmation = Confirmation::default();
                let form = ConfirmForm { step: step.id.clone(), subject, confirmation };
                self.dialog = Some(Dialog::Confirm(form));
                None
            }
            StepKind::Measured { .. } | StepKind::Attested { .. } => {
                Some(apply_command(step.id.clone(), Confirmed::NotAsked))
            }
        }
    }
}
