//! What an action does: a file for each kind of place in which it is meant.

use super::{Dialog, Intent, Ui, is_at_work};
use crate::run::{Command, HandoffStage};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};

mod dialogs;
mod forms;
mod gate;
mod steps;

impl Ui {
    pub(super) fn act(&mut self, context: KeyContext, action: Action, view: &View<'_>) -> Option<Intent> {
        match action {
            Action::Quit => return self.quit(view),
            Action::Help => {
                self.help = Some(0);
                return None;
            }
            _ => {}
        }
        match context {
            KeyContext::Small | KeyContext::SmallAtWork | KeyContext::Choose => None,
            KeyContext::Halted => (action == Action::Go).then_some(Intent::Retry),
            KeyContext::Help => {
                match action {
                    Action::Next => {
                        self.help = self.help.map(|at| at.saturating_add(1).min(self.viewport.page));
                    }
                    Action::Previous => self.help = self.help.map(|at| at.saturating_sub(1)),
                    _ => self.help = None,
                }
                None
            }
            KeyContext::Question => self.on_question(action),
            KeyContext::Searching => {
                match action {
                    Action::Go => {
                        let missing = self.output_view.search(view.live, &self.viewport);
                        self.not_found(missing, view);
                    }
                    _ => self.output_view.leave(),
                }
                None
            }
            KeyContext::Changing => self.on_change(action, view),
            KeyContext::Choice => self.on_choice(action, view),
            KeyContext::Form => self.on_form(action, view),
            KeyContext::Steps | KeyContext::Busy => self.on_steps(action, view),
            KeyContext::Gate => self.on_gate(action, view),
            KeyContext::Rechecking => match (action, view.run.handoff()) {
                (Action::Close, HandoffStage::Rechecking { .. }) => commands(Command::AbandonHandoff),
                _ => None,
            },
            KeyContext::Confirming => match action {
                Action::Go => commands(Command::ConfirmHandoff {
                    typed: self.confirmation.text(),
                    by: view.who.clone(),
                }),
                Action::Close => commands(Command::AbandonHandoff),
                _ => None,
            },
            KeyContext::Sealed => {
                self.scroll = match action {
                    Action::Next => self.scroll.saturating_add(1).min(self.viewport.page),
                    Action::Previous => self.scroll.saturating_sub(1),
                    _ => self.scroll,
                };
                None
            }
        }
    }

    /// Leaves at once, or asks where something would be cut off; asked again it leaves.
    fn quit(&mut self, view: &View<'_>) -> Option<Intent> {
        if !is_at_work(view) || self.halted.is_some() || matches!(self.dialog, Some(Dialog::Quit)) {
            return Some(Intent::Quit);
        }
        self.help = None;
        self.dialog = Some(Dialog::Quit);
        None
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every arm that uses it gives an optional intent")]
fn commands(command: Command) -> Option<Intent> {
    Some(Intent::Commands(vec![command]))
}
