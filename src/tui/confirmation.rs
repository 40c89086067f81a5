//! A confirmation in the making: what it is of is read to its end, then its word is typed.
//!
//! Where all of it fits, its field is there at once. Where it does not, it is scrolled, and the field opens at its end.

use super::body::Body;
use super::field::TextField;
use super::page::Page;
use super::viewport::{FieldPlace, Viewport};

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

    /// Shows the next rows, none left out.
    pub(super) fn on(&mut self, viewport: &Viewport, rows: u16) {
        self.scroll = self.scroll.saturating_add(rows).min(viewport.page);
    }

    pub(super) fn back(&mut self, viewport: &Viewport, rows: u16) {
        self.scroll = self.scroll.min(viewport.page).saturating_sub(rows);
    }
}
