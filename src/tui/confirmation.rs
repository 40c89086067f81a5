//! A confirmation in the making: what it is of is read to its end, then its word is typed.
//!
//! Where all of it fits, its field is there at once. Where it does not, it is scrolled, and the field opens at its end.

use super::View;
use super::body::Body;
use super::field::{Edit, TextField};
use super::keymap::{Action, KeyContext};
use super::page::Page;
use super::turn::Turn;
use super::viewport::{Direction, FieldPlace, Viewport};

/// How much of it was in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// No frame has shown it yet.
    #[default]
    Undrawn,
    /// Its end was not in sight.
    Begun,
    ToItsEnd,
}

/// What is typed to confirm, and how far it was read before.
#[derive(Clone, Debug, Default)]
pub struct Confirmation {
    pub typed: TextField,
    pub reading: Reading,
    scroll: u16,
}

impl Confirmation {
    /// The rows above the form as `height` rows show them: with the form below, or without it where their end is not in sight.
    pub(super) fn laid_out<'a>(
        &self,
        mut page: Page<'a>,
        form: Page<'a>,
        height: u16,
    ) -> (Body<'a>, FieldPlace) {
        let of_form = form.height().saturating_add(1);
        let end = page.height().saturating_add(of_form).saturating_sub(height);
        if self.reading == Reading::ToItsEnd || self.scroll >= end {
            return (Body { page, scroll: self.scroll, form: Some(form) }, FieldPlace::InSight);
        }
        page.blanks(of_form);
        (Body { page, scroll: self.scroll, form: None }, FieldPlace::BelowTheEnd)
    }

    /// Takes note of what a frame has shown of it.
    pub(super) fn drawn(&mut self, viewport: &Viewport) {
        match (viewport.field, self.reading) {
            (FieldPlace::InSight, _) => self.reading = Reading::ToItsEnd,
            (FieldPlace::BelowTheEnd, Reading::Undrawn) => {
                // It was typed before anybody could see that there is more to read.
                self.typed = TextField::default();
                self.reading = Reading::Begun;
            }
            (FieldPlace::BelowTheEnd, Reading::Begun | Reading::ToItsEnd) | (FieldPlace::Nowhere, _) => {}
        }
    }

    /// Where a key is pressed: in its field, or where it is read before.
    pub(super) const fn context(&self, in_its_field: KeyContext) -> KeyContext {
        match self.reading {
            Reading::Begun => KeyContext::Reading,
            Reading::Undrawn | Reading::ToItsEnd => in_its_field,
        }
    }

    /// Changes what is typed; before its field is there, says how it is reached.
    pub(super) fn edit(&mut self, edit: Edit, view: &View<'_>) -> Turn {
        match self.reading {
            Reading::Begun => {
                let key = view.keys.name_of(KeyContext::Reading, Action::PageDown, view.text);
                Turn::says(view.text.read_first(key))
            }
            Reading::Undrawn | Reading::ToItsEnd => {
                self.typed.edit(edit);
                Turn::default()
            }
        }
    }

    /// It is read on, or back.
    pub(super) fn read(&mut self, action: Action, viewport: &Viewport) {
        let page = viewport.page_rows.max(1);
        let (way, rows) = match action {
            Action::Next => (Direction::On, 1),
            Action::Previous => (Direction::Back, 1),
            // The next rows, none left out.
            Action::PageDown => (Direction::On, page),
            Action::PageUp => (Direction::Back, page),
            _ => return,
        };
        self.scroll = viewport.scrolled(self.scroll, way, rows);
    }
}
