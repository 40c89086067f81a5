//! A change beyond the session is confirmed by its word and Enter; a letter or Enter alone does nothing.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::draw;
use super::state::ConfirmForm;
use crate::run::{Confirmed, Refusal};
use crate::tui::View;
use crate::tui::confirmation::{Confirmation, Reading};
use crate::tui::field::Edit;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::Viewport;

impl Layered for ConfirmForm {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        self.confirmation.context(KeyContext::Changing)
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Seat { view, viewport, .. } = seat;
        match action {
            Action::Go if self.confirmation.reading != Reading::ToItsEnd => Turn::default(),
            Action::Go => {
                let (expected, typed) = (self.word(view.text), self.confirmation.typed.text());
                if let Some(confirmed) = Confirmed::by(self.subject.as_ref(), &typed, &expected) {
                    return Turn::to(To::Closed).and(Intent::apply(self.step.clone(), confirmed));
                }
                let refusal = Refusal::Confirmation { expected };
                Turn::says(view.text.refusal(&refusal, &|id| view.name(id)))
            }
            Action::Close => Turn::to(To::Closed),
            _ => {
                self.confirmation.read(action, viewport);
                Turn::default()
            }
        }
    }

    fn edit(&mut self, edit: Edit, view: &View<'_>) -> Turn {
        self.confirmation.edit(edit, view)
    }

    fn confirmation(&mut self) -> Option<&mut Confirmation> {
        Some(&mut self.confirmation)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self, shown.offers).unwrap_or_default()
    }
}
