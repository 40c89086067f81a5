//! What an action does at the gate.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::draw;
use super::state::GateState;
use crate::run::gate::Gate;
use crate::run::{Command, gate};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::{Direction, Viewport};

impl Layered for GateState {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        KeyContext::Gate
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Seat { view, viewport, .. } = seat;
        let reasons = match gate::evaluate(view.run, view.now) {
            Gate::Open(_) => Vec::new(),
            Gate::Locked(reasons) => reasons,
        };
        let last = reasons.len().saturating_sub(1);
        match action {
            Action::PageDown => self.scroll(viewport, Direction::On, viewport.page_rows),
            Action::PageUp => self.scroll(viewport, Direction::Back, viewport.page_rows),
            // Nothing is selected: it is only read.
            Action::Next if reasons.is_empty() => self.scroll(viewport, Direction::On, 1),
            Action::Previous if reasons.is_empty() => self.scroll(viewport, Direction::Back, 1),
            Action::Next => *self = Self { reason: (self.reason + 1).min(last), read: None },
            Action::Previous => {
                *self = Self { reason: self.reason.min(last).saturating_sub(1), read: None };
            }
            Action::CheckAll => return Turn::to(To::Closed).and(Intent::check_all(view)),
            Action::Reconnect => return Turn::to(To::Closed).and(Intent::from(Command::Reconnect)),
            Action::Close => return Turn::to(To::Closed),
            Action::Go => {
                return match reasons.get(self.reason.min(last)) {
                    Some(reason) => Turn::to(To::Step(reason.step.clone())),
                    None => Turn::intends(Command::BeginHandoff),
                };
            }
            _ => {}
        }
        Turn::default()
    }

    fn offers(&self, action: Action, seat: &Seat<'_>) -> bool {
        seat.viewport.offers(action)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, _: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self)
    }
}

impl GateState {
    fn scroll(&mut self, viewport: &Viewport, way: Direction, rows: u16) {
        let from = self.read.unwrap_or(viewport.page_top);
        self.read = Some(viewport.scrolled(from, way, rows.max(1)));
    }
}
