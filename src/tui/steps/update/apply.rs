//! Apply: a step, after a question where more than the session changes.

use crate::checklist::{Changes, StepId, StepKind};
use crate::run::{Confirmed, KnownSubject};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::steps::state::StepsState;
use crate::tui::turn::{Intent, To, Turn};

impl StepsState {
    /// A password that was refused is tried again only by who was told so: accounts are locked after a few.
    pub(super) fn apply(&mut self, view: &View<'_>, step: &StepId) -> Turn {
        let failed = view.run.would_try_again(step).map(|count| (step.clone(), count));
        if failed.is_some() && self.told != failed {
            self.told = failed;
            let key = |action| view.keys.name_of(KeyContext::Steps, action, view.text);
            return Turn::says(view.text.same_password_again(key(Action::Apply), key(Action::Go)));
        }
        apply(view, step)
    }
}

pub(super) fn apply(view: &View<'_>, step: &StepId) -> Turn {
    let Some(step) = view.run.step(step) else { return Turn::default() };
    match &step.kind {
        StepKind::Measured { apply: Some(apply), .. } if apply.changes != Changes::Session => {
            let known = view.run.subject_of(apply.changes, view.now);
            match known.map(KnownSubject::sure).transpose() {
                Ok(subject) => Turn::to(To::Confirm(step.id.clone(), subject.cloned())),
                Err(refusal) => Turn::says(view.text.refusal(&refusal, &|id| view.name(id))),
            }
        }
        StepKind::Measured { .. } | StepKind::Attested { .. } => {
            Turn::intends(Intent::apply(step.id.clone(), Confirmed::NotAsked))
        }
    }
}
