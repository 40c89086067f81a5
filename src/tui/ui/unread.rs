//! What opens by itself, and what is there again when that has gone by itself: for a moment nobody can have read it, and no
//! key is taken for it.

use super::{Layer, Ui};
use crate::run::{Attempt, Call};
use crate::tui::View;
use crate::tui::viewport::Viewport;

/// How long after its first frame it cannot have been read.
const UNREAD_MS: u64 = 500;

/// What has the keys, as far as it comes and goes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// What the operator opened, or walks between.
    Own,
    /// A question of the running command.
    Question(Attempt, Call),
    /// The handoff's confirmation.
    Confirming,
    /// A dialog of the operator's that went by itself: it was about another subject.
    Voided,
    Sealed,
    Halted,
}

/// The layer that was in sight last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    layer: Came,
    /// From when on it takes keys.
    keys_from: u64,
    /// The operator's last key may have ended it.
    answered: bool,
}

impl Ui {
    /// What has the keys now; nothing where the operator put something over it, or the window is too small to show it.
    fn came(&self, view: &View<'_>) -> Option<Came> {
        // Who only looks does nothing by a key, and the clock of such a run may stand still, or begin anew.
        if view.looking.is_some() {
            return None;
        }
        Some(match self.top(view) {
            Layer::Help | Layer::Quit | Layer::TooSmall => return None,
            Layer::Halted => Came::Halted,
            Layer::Question => self.question.as_ref().map(|form| Came::Question(form.attempt, form.call))?,
            Layer::Confirming => Came::Confirming,
            Layer::Sealed => Came::Sealed,
            // Of a sealed run: who comes back from it has seen the seal.
            Layer::Rows | Layer::Looking if view.run.is_sealed() => Came::Sealed,
            Layer::Briefing
            | Layer::Steps
            | Layer::Looking
            | Layer::Rows
            | Layer::Gate
            | Layer::Rechecking
            | Layer::Attest
            | Layer::Confirm => Came::Own,
        })
    }

    /// The layer that has the keys, if no frame has shown it.
    fn unseen(&self, view: &View<'_>) -> Option<Came> {
        self.came(view).filter(|layer| self.seen.is_none_or(|seen| seen.layer != *layer))
    }

    /// Whether something has the keys that came by itself, and that no frame has shown.
    pub fn is_unseen(&self, view: &View<'_>) -> bool {
        match (self.unseen(view), self.seen) {
            (None, _) | (Some(Came::Own), None) => false,
            // Who was typing goes on typing: what was meant for a password is not to be taken for keys.
            (Some(Came::Own), Some(Seen { layer, answered, .. })) => match layer {
                Came::Question(..) | Came::Confirming | Came::Voided => !answered,
                Came::Own | Came::Sealed | Came::Halted => false,
            },
            (Some(Came::Question(..) | Came::Confirming | Came::Voided | Came::Sealed | Came::Halted), _) => {
                true
            }
        }
    }

    /// For how many milliseconds more no key is taken.
    pub fn unread_ms(&self, view: &View<'_>) -> u64 {
        match (self.came(view), self.seen) {
            (Some(_), _) if self.is_unseen(view) => UNREAD_MS,
            (Some(layer), Some(seen)) if seen.layer == layer => seen.keys_from.saturating_sub(view.now.mono),
            (Some(_) | None, _) => 0,
        }
    }

    /// What somebody was typing into has gone by itself.
    pub(super) const fn voided(&mut self) {
        self.seen = Some(Seen { layer: Came::Voided, keys_from: 0, answered: false });
    }

    /// A key led to something: what it was struck at may go with it.
    pub(super) const fn answered(&mut self) {
        if let Some(seen) = &mut self.seen {
            seen.answered = true;
        }
    }

    /// Takes note of what the last frame has shown, and how far it could be scrolled.
    pub fn drawn(&mut self, viewport: Viewport, view: &View<'_>) {
        self.viewport = viewport;
        match self.unseen(view) {
            Some(layer) => {
                let keys_from = view.now.mono.saturating_add(self.unread_ms(view));
                self.seen = Some(Seen { layer, keys_from, answered: false });
            }
            // It is still there.
            None => {
                if let (Some(_), Some(seen)) = (self.came(view), &mut self.seen) {
                    seen.answered = false;
                }
            }
        }
        let top = self.top(view);
        if let Some(confirmation) = self.layered_mut(top).confirmation() {
            confirmation.drawn(&viewport);
        }
    }
}
