//! What was not shown to its end cannot be signed: Enter shows more of it first.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::draw;
use super::state::AttestForm;
use crate::checklist::StepKind;
use crate::run::Command;
use crate::tui::View;
use crate::tui::body::ROWS_ABOVE_FORM;
use crate::tui::field::Edit;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::Viewport;

impl Layered for AttestForm {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        KeyContext::Form
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Seat { view, viewport, .. } = seat;
        match action {
            Action::Next => self.focus = (self.focus + 1) % Self::PLACES,
            Action::Previous => self.focus = (self.focus + Self::PLACES - 1) % Self::PLACES,
            Action::Go if self.focus + 1 < Self::PLACES => self.focus += 1,
            Action::PageUp => self.scroll = self.scroll.saturating_sub(ROWS_ABOVE_FORM),
            Action::PageDown => self.read_on(viewport),
            Action::Go if self.name.text().trim().is_empty() => {
                self.focus = 0;
                return Turn::says(view.text.attest_name_missing());
            }
            Action::Go if self.scroll < viewport.page => self.read_on(viewport),
            Action::Go => return Turn::to(To::Closed).and(self.signed(view)),
            Action::Close => return Turn::to(To::Closed),
            _ => {}
        }
        Turn::default()
    }

    fn edit(&mut self, edit: Edit, _view: &View<'_>) -> Turn {
        self.change(edit);
        Turn::default()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self, shown.offers).unwrap_or_default()
    }
}

impl AttestForm {
    fn signed(&self, view: &View<'_>) -> Option<Intent> {
        let step = view.run.checklist().step(&self.step)?;
        let StepKind::Attested { statement } = &step.kind else { return None };
        let signed = Command::Attest {
            step: self.step.clone(),
            statement: statement.get(view.text.lang()).to_owned(),
            name: self.name.text(),
            note: self.note.text(),
            by: view.who.clone(),
            seen: self.seen.clone(),
        };
        Some(signed.into())
    }

    /// Shows the next rows of what stands above the form, none left out.
    fn read_on(&mut self, viewport: &Viewport) {
        self.scroll = self.scroll.saturating_add(ROWS_ABOVE_FORM).min(viewport.page);
    }
}
