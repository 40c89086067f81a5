//! Confirm: a change beyond the session, by its word.

use super::super::{Dialog, Intent, Ui, apply_command};
use crate::run::Confirmed;
use crate::run::Refusal;
use crate::tui::View;
use crate::tui::keymap::Action;

impl Ui {
    /// A change beyond the session is confirmed by its word and Enter; a letter or Enter alone does nothing.
    pub(super) fn on_change(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Some(Dialog::Confirm(form)) = &self.dialog else { return None };
        match action {
            Action::Next => self.scroll = self.scroll.saturating_add(1).min(self.viewport.page),
            Action::Previous => self.scroll = self.scroll.saturating_sub(1),
            Action::Go => {
                let (expected, typed) = (form.word(view.text), form.typed.text());
                let confirmed = match &form.subject {
                    Some(subject) if subject.is_named(&typed) => {
                        Some(Confirmed::Named { typed: typed.clone(), id: subject.id.clone() })
                    }
                    None if typed.trim() == expected => Some(Confirmed::Yes),
                    Some(_) | None => None,
                };
                if let Some(confirmed) = confirmed {
                    let step = form.step.clone();
                    self.scroll = 0;
                    self.dialog = None;
                    return Some(apply_command(step, confirmed));
                }
                let refusal = Refusal::Confirmation { expected };
                self.refuse(view.text.refusal(&refusal, &|id| view.name(id)));
            }
            _ => {
                self.scroll = 0;
                self.dialog = None;
            }
        }
        None
    }
}
