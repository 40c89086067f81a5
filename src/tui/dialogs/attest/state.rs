//! A statement in the making.

use crate::checklist::StepId;
use crate::run::{FoundSubject, Run};
use crate::tui::field::{Edit, TextField};

/// A person's statement in the making: name, note, and a button.
#[derive(Clone, Debug)]
pub(crate) struct AttestForm {
    pub step: StepId,
    pub name: TextField,
    pub note: TextField,
    /// 0 the name, 1 the note, 2 the button.
    pub focus: usize,
    /// What the work was done to when it was opened.
    pub seen: Vec<FoundSubject>,
    /// How far the statement is scrolled.
    pub scroll: u16,
}

impl AttestForm {
    /// How many places take keys.
    pub(crate) const PLACES: usize = 3;

    pub(crate) fn new(step: StepId, run: &Run) -> Self {
        let seen = run.found_subjects();
        Self { step, name: TextField::default(), note: TextField::default(), focus: 0, seen, scroll: 0 }
    }

    /// Changes the field that takes the keys; what is typed at the button goes into the field before it.
    pub(super) fn change(&mut self, edit: Edit) {
        if let Edit::Insert(_) = edit {
            self.focus = self.focus.min(1);
        }
        match self.focus {
            0 => self.name.edit(edit),
            1 => self.note.edit(edit),
            _ => {}
        }
    }
}
