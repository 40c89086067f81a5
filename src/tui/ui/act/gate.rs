//! What an action does at the gate.

use super::super::{Intent, Screen, Ui};
use super::commands;
use crate::run::gate::Gate;
use crate::run::{Command, gate};
use crate::tui::View;
use crate::tui::keymap::Action;

impl Ui {
    pub(super) fn open_gate(&mut self) {
        self.reason = 0;
        self.screen = Screen::Gate;
    }

    pub(super) fn on_gate(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let reasons = match gate::evaluate(view.run, view.now) {
            Gate::Open(_) => Vec::new(),
            Gate::Locked(reasons) => reasons,
        };
        let last = reasons.len().saturating_sub(1);
        match action {
            Action::Next => self.reason = (self.reason + 1).min(last),
            Action::Previous => self.reason = self.reason.min(last).saturating_sub(1),
            Action::CheckAll => {
                self.screen = Screen::Steps;
                return Some(self.check_all(view));
            }
            Action::Reconnect => {
                self.screen = Screen::Steps;
                return commands(Command::Reconnect);
            }
            Action::Close => self.screen = Screen::Steps,
            Action::Go => match reasons.get(self.reason.min(last)) {
                Some(reason) => {
                    self.select(view, &reason.step);
                    self.screen = Screen::Steps;
                }
                None => return commands(Command::BeginHandoff),
            },
            _ => {}
        }
        None
    }
}
