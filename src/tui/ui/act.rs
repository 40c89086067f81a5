//! What an action does: a file for each, and one for each place that gives keys their meaning.

use super::{Dialog, Intent, Ui};
use crate::run::{Command, HandoffStage};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};

mod answer;
mod apply;
mod attest;
mod check_all;
mod confirm;
mod gate;
mod go;
mod inputs;
mod quit;
mod rows;
mod scroll;
mod search;
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
                self.help = self.on_help(action);
                None
            }
            KeyContext::Question => self.on_question(action),
            KeyContext::Searching => self.on_search(action, view),
            KeyContext::Changing => self.on_change(action, view),
            KeyContext::Reading => self.on_reading(action, view),
            KeyContext::Choice => self.on_prompt(action, view),
            KeyContext::Form => match (&self.prompt, &self.dialog) {
                (Some(_), _) => self.on_prompt(action, view),
                (None, Some(Dialog::Attest(_))) => self.on_attest(action, view),
                (None, Some(Dialog::Confirm(_) | Dialog::Quit) | None) => self.on_inputs(action, view),
            },
            KeyContext::Steps | KeyContext::Busy => self.on_steps(action, view),
            KeyContext::Rows | KeyContext::Filtering => self.on_rows(action, view),
            KeyContext::Gate => self.on_gate(action, view),
            KeyContext::Rechecking => match (action, view.run.handoff()) {
                (Action::Close, HandoffStage::Rechecking { .. }) => commands(Command::AbandonHandoff),
                _ => None,
            },
            KeyContext::Confirming => self.on_confirming(action, view),
            KeyContext::Sealed => {
                if action == Action::Rows {
                    self.open_rows(view);
                }
                self.scroll = match action {
                    Action::Next => self.scroll.saturating_add(1).min(self.viewport.page),
                    Action::Previous => self.scroll.saturating_sub(1),
                    _ => self.scroll,
                };
                None
            }
        }
    }
}

impl Ui {
    /// Where the help is scrolled to after that, if it stays open.
    fn on_help(&self, action: Action) -> Option<u16> {
        let (at, end) = (self.help?.min(self.viewport.page), self.viewport.page);
        let rows = self.viewport.page_rows.max(1);
        match action {
            Action::Next => Some(at.saturating_add(1).min(end)),
            Action::Previous => Some(at.saturating_sub(1)),
            Action::PageDown => Some(at.saturating_add(rows).min(end)),
            Action::PageUp => Some(at.saturating_sub(rows)),
            Action::First => Some(0),
            Action::Last => Some(end),
            _ => None,
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every arm that uses it gives an optional intent")]
fn commands(command: Command) -> Option<Intent> {
    Some(Intent::Commands(vec![command]))
}
