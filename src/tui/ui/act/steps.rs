//! What an action does on the steps: to the selected one, to the panes, to the output.

use super::super::{Dialog, Intent, NextStep, Pane, Screen, Sweep, Ui, apply_command, next_step};
use super::commands;
use crate::checklist::{Changes, StepKind};
use crate::run::{Command, Confirmed};
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::form::{AttestForm, ConfirmForm, InputForm};
use crate::tui::keymap::Action;
use crate::tui::output_view::Direction;

/// How many rows a page key moves a page.
const PAGE: u16 = 8;

impl Ui {
    pub(super) fn on_steps(&mut self, action: Action, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected).map(|step| step.id.clone());
        match action {
            Action::Next => self.down(view),
            Action::Previous => self.up(view),
            Action::Pane => self.pane = self.pane.next(),
            Action::PaneBack => self.pane = self.pane.next().next(),
            Action::PageUp => self.page(Direction::Back, view),
            Action::PageDown => self.page(Direction::On, view),
            Action::Follow => self.output_view.show_end(),
            Action::First => self.output_view.show_start(),
            Action::Search => self.output_view.ask(),
            Action::Stream => self.output_view.next_stream(view.live),
            Action::Wrap => self.output_view.toggle_wrap(),
            Action::Again => {
                let missing = self.output_view.seek(view.live, &self.viewport, Direction::On);
                self.not_found(missing, view);
            }
            Action::Back => {
                let missing = self.output_view.seek(view.live, &self.viewport, Direction::Back);
                self.not_found(missing, view);
            }
            Action::Gate => self.open_gate(),
            Action::Inputs => self.screen = Screen::Briefing(InputForm::new(view.run)),
            Action::Reconnect => return commands(Command::Reconnect),
            Action::Stop if view.run.running().is_none() => {}
            Action::Stop => return commands(Command::Stop),
            Action::CheckAll => return Some(self.check_all(view)),
            Action::Check => return commands(Command::Check(step?)),
            Action::Apply => return self.apply(view),
            Action::Go => return self.go(view),
            Action::Last | Action::Toggle | Action::Yes | Action::Close | Action::Help | Action::Quit => {}
        }
        None
    }

    pub(super) fn check_all(&mut self, view: &View<'_>) -> Intent {
        self.sweep = Sweep::All;
        let steps = view.run.checklist().steps.iter().map(|step| step.id.clone()).collect();
        Intent::Commands(vec![Command::CheckAll(steps)])
    }

    /// Applies the selected step, after a question where more than the session changes.
    fn apply(&mut self, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected)?;
        match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } if apply.changes != Changes::Session => {
                self.scroll = 0;
                let form = ConfirmForm { step: step.id.clone(), typed: TextField::default() };
                self.dialog = Some(Dialog::Confirm(form));
                None
            }
            StepKind::Measured { .. } | StepKind::Attested { .. } => {
                Some(apply_command(step.id.clone(), Confirmed::NotAsked))
            }
        }
    }

    fn go(&mut self, view: &View<'_>) -> Option<Intent> {
        let step = view.step(self.selected)?.id.clone();
        match next_step(view, self.selected) {
            NextStep::Wait => None,
            NextStep::Reconnect => commands(Command::OpenShell),
            NextStep::NeedsFirst(need) => {
                self.select(view, &need);
                None
            }
            NextStep::Input => {
                self.screen = Screen::Briefing(InputForm::new(view.run));
                None
            }
            NextStep::Check => commands(Command::Check(step)),
            NextStep::Apply(_) => self.apply(view),
            NextStep::Attest => {
                self.scroll = 0;
                self.dialog = Some(Dialog::Attest(AttestForm {
                    step,
                    name: TextField::default(),
                    note: TextField::default(),
                    focus: 0,
                }));
                None
            }
            NextStep::Gate => {
                self.open_gate();
                None
            }
            NextStep::Onward => {
                self.select_next(view);
                None
            }
        }
    }

    pub(super) fn not_found(&mut self, words: Option<String>, view: &View<'_>) {
        self.notice = words.map(|words| view.text.found_none(words));
    }

    fn down(&mut self, view: &View<'_>) {
        match self.pane {
            Pane::List => {
                let last = view.run.checklist().steps.len().saturating_sub(1);
                self.select_at((self.selected + 1).min(last));
            }
            Pane::Detail => self.scroll = self.scroll.saturating_add(1).min(self.viewport.page),
            Pane::Output => self.output_view.scroll(view.live, &self.viewport, Direction::On, 1),
        }
    }

    fn up(&mut self, view: &View<'_>) {
        match self.pane {
            Pane::List => self.select_at(self.selected.saturating_sub(1)),
            Pane::Detail => self.scroll = self.scroll.min(self.viewport.page).saturating_sub(1),
            Pane::Output => self.output_view.scroll(view.live, &self.viewport, Direction::Back, 1),
        }
    }

    fn page(&mut self, way: Direction, view: &View<'_>) {
        match (self.pane, way) {
            (Pane::Detail, Direction::Back) => {
                self.scroll = self.scroll.min(self.viewport.page).saturating_sub(PAGE);
            }
            (Pane::Detail, Direction::On) => {
                self.scroll = self.scroll.saturating_add(PAGE).min(self.viewport.page);
            }
            (Pane::List | Pane::Output, _) => {
                let rows = usize::from(self.viewport.output_rows.max(1));
                self.output_view.scroll(view.live, &self.viewport, way, rows);
            }
        }
    }
}
