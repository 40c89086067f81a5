//! A change beyond the session, whose confirmation is in the making.

use crate::checklist::StepId;
use crate::run::FoundSubject;
use crate::text::Text;
use crate::tui::confirmation::Confirmation;

/// The confirmation of a change in the making.
#[derive(Clone, Debug)]
pub(crate) struct ConfirmForm {
    /// Of which step's apply.
    pub step: StepId,
    /// What it changes, as it was shown.
    pub subject: Option<FoundSubject>,
    pub confirmation: Confirmation,
}

impl ConfirmForm {
    pub(crate) fn new(step: StepId, subject: Option<FoundSubject>) -> Self {
        Self { step, subject, confirmation: Confirmation::default() }
    }

    /// What is typed to confirm.
    pub(crate) fn word(&self, text: Text) -> String {
        text.word_to_type(self.subject.as_ref(), text.confirm_word())
    }
}
