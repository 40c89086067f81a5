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
use crate::tui::viewport::Viewport;

impl Layered for GateState {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        KeyContext::Gate
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let view = seat.view;
        let reasons = match gate::evaluate(view.run, view.now) {
            Gate::Open(_) => Vec::new(),
            Gate::Locked(reasons) => reasons,
        };
        let last = reasons.len().saturating_sub(1);
        match action {
            Action::Next => self.reason = (self.reason + 1).min(last),
            Action::Previous => self.reason = self.reason.min(last).saturating_sub(1),
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

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, _: &Shown<'_>) -> Viewport {
        Viewport { page: draw(frame, area, view, self), ..Viewport::default() }
    }
}
