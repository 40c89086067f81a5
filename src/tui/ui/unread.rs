//! Questions that open by themselves: for a moment nobody can have read them, and no key is taken for an answer.

use super::Ui;
use crate::run::{Attempt, Call};
use crate::tui::View;
use crate::tui::keymap::KeyContext;
use crate::tui::viewport::Viewport;

/// How long after its first frame a question cannot have been read.
const UNREAD_MS: u64 = 500;

/// A question of the running command, and since when it is in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    question: (Attempt, Call),
    since: u64,
}

impl Ui {
    /// The question of the running command that has the keys. What follows a dialog that the operator opened is theirs.
    fn asked(&self, view: &View<'_>) -> Option<(Attempt, Call)> {
        match (self.context(view), &self.prompt) {
            (KeyContext::Choice | KeyContext::Form, Some(form)) => Some((form.attempt, form.call)),
            _ => None,
        }
    }

    /// Whether a question has the keys that no frame has shown.
    pub fn is_unseen(&self, view: &View<'_>) -> bool {
        self.asked(view).is_some_and(|asked| self.seen.is_none_or(|seen| seen.question != asked))
    }

    /// For how many milliseconds more no key is taken: a question opened by itself, and was not read yet.
    pub fn unread_ms(&self, view: &View<'_>) -> u64 {
        match (self.asked(view), self.seen) {
            (None, _) => 0,
            (Some(asked), Some(Seen { question, since })) if question == asked => {
                UNREAD_MS.saturating_sub(view.now.mono.saturating_sub(since))
            }
            (Some(_), _) => UNREAD_MS,
        }
    }

    /// Takes note of what the last frame has shown, and how far it could be scrolled.
    pub fn drawn(&mut self, viewport: Viewport, view: &View<'_>) {
        self.viewport = viewport;
        if let (true, Some(question)) = (self.is_unseen(view), self.asked(view)) {
            self.seen = Some(Seen { question, since: view.now.mono });
        }
        if let KeyContext::Changing | KeyContext::Reading | KeyContext::Confirming = self.context(view)
            && let Some(confirmation) = self.confirmation_mut(view)
        {
            confirmation.drawn(&viewport);
        }
    }
}
