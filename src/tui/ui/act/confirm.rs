//! Confirm: a change beyond the session, or the handoff, by a name or word, once all of it was in sight.

use super::super::{Dialog, Intent, Ui, apply_command};
use super::commands;
use crate::run::{Command, Confirmed, HandoffStage, Refusal};
use crate::tui::View;
use crate::tui::confirmation::{Confirmation, Reading};
use crate::tui::keymap::Action;

impl Ui {
    /// What is typed to confirm, if something is to be confirmed.
    pub(in crate::tui::ui) fn confirmation_mut(&mut self, view: &View<'_>) -> Option<&mut Confirmation> {
        match (view.run.handoff(), &mut self.dialog) {
            (HandoffStage::Confirming, _) => Some(&mut self.confirmation),
            (_, Some(Dialog::Confirm(form))) => Some(&mut form.confirmation),
            (_, Some(Dialog::Attest(_) | Dialog::Quit) | None) => None,
        }
    }

    /// A change beyond the session is confirmed by its word and Enter; a letter or Enter alone does nothing.
    pub(super) fn on_change(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let Some(Dialog::Confirm(form)) = &self.dialog else { return None };
        match action {
            Action::Go if form.confirmation.reading != Reading::ToItsEnd => {}
            Action::Go => {
                let (expected, typed) = (form.word(view.text), form.confirmation.typed.text());
                if let Some(confirmed) = Confirmed::by(form.subject.as_ref(), &typed, &expected) {
                    let step = form.step.clone();
                    self.dialog = None;
                    return Some(apply_command(step, confirmed));
                }
                let refusal = Refusal::Confirmation { expected };
                self.refuse(view.text.refusal(&refusal, &|id| view.name(id)));
            }
            _ => return self.on_reading(action, view),
        }
        None
    }

    /// The handoff is confirmed likewise.
    pub(super) fn on_confirming(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        match action {
            Action::Go => commands(Command::ConfirmHandoff {
                typed: self.confirmation.typed.text(),
                by: view.who.clone(),
            }),
            _ => self.on_reading(action, view),
        }
    }

    /// What is to be confirmed is read, or given up.
    pub(super) fn on_reading(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let viewport = self.viewport;
        let page = viewport.page_rows.max(1);
        let confirmation = self.confirmation_mut(view)?;
        match action {
            Action::Next => confirmation.on(&viewport, 1),
            Action::Previous => confirmation.back(&viewport, 1),
            Action::PageDown => confirmation.on(&viewport, page),
            Action::PageUp => confirmation.back(&viewport, page),
            Action::Close if *view.run.handoff() == HandoffStage::Confirming => {
                return commands(Command::AbandonHandoff);
            }
            Action::Close => self.dialog = None,
            _ => {}
        }
        None
    }
}
