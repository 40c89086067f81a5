//! What a key leads to beyond the layer that had it.

use super::View;
use crate::checklist::StepId;
use crate::run::{Command, Confirmed, FoundSubject};
use crate::shell::Answer;

/// What the operator wants of the wizard.
#[derive(Debug)]
pub enum Intent {
    /// These, one after another; the first refusal ends it.
    Commands(Vec<Command>),
    /// Answer the pending question.
    Answer(Answer),
    /// Try to go on after the run stood still.
    Retry,
    Quit,
}

impl From<Command> for Intent {
    fn from(command: Command) -> Self {
        Self::Commands(vec![command])
    }
}

impl Intent {
    /// Check every step, from the first.
    pub(super) fn check_all(view: &View<'_>) -> Self {
        let steps = view.run.checklist().steps.iter().map(|step| step.id.clone()).collect();
        Command::CheckAll(steps).into()
    }

    pub(super) fn apply(step: StepId, confirmed: Confirmed) -> Self {
        Command::Apply { step, confirmed }.into()
    }
}

/// Where a key leads the operator.
#[derive(Debug)]
pub(super) enum To {
    Briefing,
    /// To the first step that is not green.
    OpenStep,
    Step(StepId),
    /// To the rows by which a step is not green.
    Rows(StepId),
    Gate,
    /// To the steps of a sealed run.
    Looking,
    /// What an apply changes beyond the session is to be confirmed, of this subject.
    Confirm(StepId, Option<FoundSubject>),
    /// A statement is to be signed.
    Attest(StepId),
    /// What had the key is done.
    Closed,
}

/// A text to paste elsewhere, and what is said where the terminal took it.
#[derive(Debug)]
pub(super) struct Copied {
    pub text: String,
    pub said: String,
}

/// What a key led to beyond the layer that had it.
#[derive(Debug, Default)]
pub(super) struct Turn {
    pub to: Option<To>,
    pub intent: Option<Intent>,
    /// What is said until the next key: mostly why nothing was done.
    pub notice: Option<String>,
    pub copy: Option<Copied>,
}

impl Turn {
    pub(crate) const fn to(to: To) -> Self {
        Self { to: Some(to), intent: None, notice: None, copy: None }
    }

    pub(crate) fn says(notice: impl Into<Option<String>>) -> Self {
        Self { notice: notice.into(), ..Self::default() }
    }

    pub(crate) fn copies(text: &str, said: String) -> Self {
        Self { copy: Some(Copied { text: text.to_owned(), said }), ..Self::default() }
    }

    pub(crate) fn intends(intent: impl Into<Intent>) -> Self {
        Self { intent: Some(intent.into()), ..Self::default() }
    }

    /// Whether it would do something in the run, or leads to where that is done.
    pub(super) const fn acts(&self) -> bool {
        let acts = matches!(self.to, Some(To::Briefing | To::Confirm(..) | To::Attest(_)));
        acts || !matches!(self.intent, None | Some(Intent::Quit))
    }

    pub(crate) fn and(self, intent: impl Into<Option<Intent>>) -> Self {
        Self { intent: intent.into(), ..self }
    }
}
