//! Who has the keys: where a key would be pressed now, and what is offered there.

use super::{Dialog, Screen, Ui, is_at_work};
use crate::checklist::StepKind;
use crate::run::{HandoffStage, ShellState};
use crate::tui::View;
use crate::tui::confirmation::Reading;
use crate::tui::form::{PromptBody, PromptForm};
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::output_view::Follow;
use crate::tui::rows_screen::MARGINS;
use crate::tui::rows_view::RowsView;

impl Ui {
    /// Where a key is pressed now.
    pub fn context(&self, view: &View<'_>) -> KeyContext {
        if !self.size.fits() {
            return if is_at_work(view) { KeyContext::SmallAtWork } else { KeyContext::Small };
        }
        if self.help.is_some() {
            return KeyContext::Help;
        }
        self.context_below_help(view)
    }

    /// Where a key would be pressed without the help.
    pub fn context_below_help(&self, view: &View<'_>) -> KeyContext {
        if self.halted.is_some() {
            return KeyContext::Halted;
        }
        if matches!(self.dialog, Some(Dialog::Quit)) {
            return KeyContext::Question;
        }
        match &self.prompt {
            Some(PromptForm { body: PromptBody::Fields(_), .. }) => return KeyContext::Form,
            Some(PromptForm { body: PromptBody::Choices(..), .. }) => return KeyContext::Choice,
            None => {}
        }
        match view.run.handoff() {
            HandoffStage::Idle => {}
            HandoffStage::Rechecking { .. } | HandoffStage::Writing => return KeyContext::Rechecking,
            HandoffStage::Confirming => {
                return match self.confirmation.reading {
                    Reading::Begun => KeyContext::Reading,
                    Reading::Undrawn | Reading::ToItsEnd => KeyContext::Confirming,
                };
            }
            HandoffStage::Sealed { .. } => {
                return match &self.screen {
                    Screen::Rows(rows) => of_rows(rows),
                    Screen::Briefing(_) | Screen::Steps | Screen::Gate => KeyContext::Sealed,
                };
            }
        }
        match (&self.dialog, &self.screen) {
            (Some(Dialog::Confirm(form)), _) => match form.confirmation.reading {
                Reading::Begun => KeyContext::Reading,
                Reading::Undrawn | Reading::ToItsEnd => KeyContext::Changing,
            },
            (Some(Dialog::Quit), _) => KeyContext::Question,
            (Some(Dialog::Attest(_)), _) | (None, Screen::Briefing(_)) => KeyContext::Form,
            (None, Screen::Steps) if self.output_view.typed().is_some() => KeyContext::Searching,
            (None, Screen::Steps) if view.run.foreground_command().is_some() => KeyContext::Busy,
            (None, Screen::Steps) => KeyContext::Steps,
            (None, Screen::Rows(rows)) => of_rows(rows),
            (None, Screen::Gate) => KeyContext::Gate,
        }
    }

    /// Whether a dialog or the help has the keys.
    pub fn has_dialog(&self, view: &View<'_>) -> bool {
        match self.context(view) {
            KeyContext::Question
            | KeyContext::Changing
            | KeyContext::Choice
            | KeyContext::Help
            | KeyContext::Halted => true,
            KeyContext::Form => self.prompt.is_some() || self.dialog.is_some(),
            KeyContext::Reading => *view.run.handoff() != HandoffStage::Confirming,
            KeyContext::Choose
            | KeyContext::Steps
            | KeyContext::Busy
            | KeyContext::Searching
            | KeyContext::Rows
            | KeyContext::Filtering
            | KeyContext::Gate
            | KeyContext::Rechecking
            | KeyContext::Confirming
            | KeyContext::Sealed
            | KeyContext::Small
            | KeyContext::SmallAtWork => false,
        }
    }

    /// Whether the footer should offer an action now. What it does not offer may still be tried.
    pub fn offers(&self, action: Action, view: &View<'_>) -> bool {
        let step = view.step(self.selected);
        let kind = step.map(|step| &step.kind);
        let shell_open = matches!(view.run.shell(), ShellState::Open(..));
        match action {
            Action::Check => shell_open && matches!(kind, Some(StepKind::Measured { .. })),
            Action::Apply => shell_open && matches!(kind, Some(StepKind::Measured { apply: Some(_), .. })),
            Action::CheckAll => shell_open && view.run.foreground_command().is_none(),
            Action::Reconnect => match view.run.shell() {
                ShellState::Absent => !view.run.is_sealed(),
                ShellState::Opening(_) => false,
                ShellState::Open(..) => view.run.session_is_lost(view.now),
            },
            Action::Inputs => !view.run.checklist().inputs.is_empty(),
            Action::Follow => self.output_view.follow() != Follow::End,
            Action::Search => matches!(self.screen, Screen::Rows(_)) || !view.live.lines().is_empty(),
            Action::Toggle => self.prompt.as_ref().is_some_and(|form| {
                matches!(form.body, PromptBody::Choices(crate::run::prompt::Pick::Many, _))
            }),
            Action::Stop => view.run.running().is_some() || view.run.has_waits(),
            Action::Rows => self.has_rows(view).is_some(),
            Action::Left | Action::Right => match &self.screen {
                Screen::Rows(rows) => rows.is_wider_than(self.size.columns.saturating_sub(MARGINS).into()),
                Screen::Briefing(_) | Screen::Steps | Screen::Gate => false,
            },
            Action::Go
            | Action::Next
            | Action::Previous
            | Action::Pane
            | Action::PaneBack
            | Action::First
            | Action::Last
            | Action::Gate
            | Action::PageUp
            | Action::PageDown
            | Action::Again
            | Action::Back
            | Action::Stream
            | Action::Wrap
            | Action::Yes
            | Action::Close
            | Action::Help
            | Action::Quit => true,
        }
    }
}

/// Where a key is pressed in the table of failing rows.
const fn of_rows(rows: &RowsView) -> KeyContext {
    match rows.typed() {
        Some(_) => KeyContext::Filtering,
        None => KeyContext::Rows,
    }
}
