//! What an action does in the handoff.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::draw;
use super::state::HandoffState;
use crate::run::{Command, HandoffStage};
use crate::tui::View;
use crate::tui::confirmation::Confirmation;
use crate::tui::field::Edit;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::rows::first_step_with_rows;
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::{Direction, Viewport};

impl Layered for HandoffState {
    fn context(&self, view: &View<'_>) -> KeyContext {
        match view.run.handoff() {
            HandoffStage::Idle | HandoffStage::Rechecking { .. } | HandoffStage::Writing => {
                KeyContext::Rechecking
            }
            HandoffStage::Confirming => self.confirmation.context(KeyContext::Confirming),
            HandoffStage::Sealed { .. } => KeyContext::Sealed,
        }
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Seat { view, viewport, .. } = seat;
        match (view.run.handoff(), action) {
            (HandoffStage::Rechecking { .. } | HandoffStage::Confirming, Action::Close) => {
                return Turn::intends(Command::AbandonHandoff);
            }
            (HandoffStage::Confirming, Action::Go) => {
                let typed = self.confirmation.typed.text();
                return Turn::intends(Command::ConfirmHandoff { typed, by: view.who.clone() });
            }
            (HandoffStage::Confirming, _) => self.confirmation.read(action, viewport),
            (HandoffStage::Sealed { .. }, Action::Rows) => {
                return match first_step_with_rows(view) {
                    Some(step) => Turn::to(To::Rows(step)),
                    None => Turn::says(view.text.rows_none_here()),
                };
            }
            (HandoffStage::Sealed { .. }, Action::Copy) => {
                return Turn::copies(view.head, view.text.copied(view.head));
            }
            (HandoffStage::Sealed { .. }, Action::Steps) => return Turn::to(To::Looking),
            (HandoffStage::Sealed { .. }, Action::Go) if self.scroll >= viewport.page => {
                return Turn::intends(Intent::Quit);
            }
            (HandoffStage::Sealed { .. }, Action::Next) => self.read(viewport, Direction::On, 1),
            (HandoffStage::Sealed { .. }, Action::Previous) => self.read(viewport, Direction::Back, 1),
            (HandoffStage::Sealed { .. }, Action::PageDown | Action::Go) => {
                self.read(viewport, Direction::On, viewport.page_rows);
            }
            (HandoffStage::Sealed { .. }, Action::PageUp) => {
                self.read(viewport, Direction::Back, viewport.page_rows);
            }
            (
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Writing
                | HandoffStage::Sealed { .. },
                _,
            ) => {}
        }
        Turn::default()
    }

    fn edit(&mut self, edit: Edit, view: &View<'_>) -> Turn {
        match view.run.handoff() {
            HandoffStage::Confirming => self.confirmation.edit(edit, view),
            HandoffStage::Idle
            | HandoffStage::Rechecking { .. }
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. } => Turn::default(),
        }
    }

    fn confirmation(&mut self) -> Option<&mut Confirmation> {
        Some(&mut self.confirmation)
    }

    fn offers(&self, action: Action, seat: &Seat<'_>) -> bool {
        match (seat.view.run.handoff(), action) {
            (_, Action::Rows) => first_step_with_rows(seat.view).is_some(),
            (HandoffStage::Sealed { .. }, action) => seat.viewport.offers(action),
            (
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Confirming
                | HandoffStage::Writing,
                _,
            ) => true,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, _: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self)
    }
}

impl HandoffState {
    /// The sealed screen is read on, or back.
    fn read(&mut self, viewport: &Viewport, way: Direction, rows: u16) {
        self.scroll = viewport.scrolled(self.scroll, way, rows.max(1));
    }
}
