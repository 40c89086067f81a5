//! What is selected and how it is read; brought into line with what runs.

use super::output_view::OutputView;
use super::pane::Pane;
use crate::checklist::StepId;
use crate::run::{Attempt, Command, Going, StepStatus};
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::turn::Intent;
use crate::tui::viewport::TerminalSize;

/// What was started last, so that the selection can go on when it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Watch {
    #[default]
    Nothing,
    Command(Attempt, StepId),
    Statement(StepId),
}

/// Where the selection goes when what was started is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sweep {
    /// To the next step that is not green, if this one is.
    #[default]
    OneStep,
    /// To the first step that is not green: every step was checked.
    All,
}

/// Which steps are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Listing {
    #[default]
    All,
    /// Those that are not green, and the selected one.
    NotGreen,
}

/// Which panes are in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Zoom {
    #[default]
    AllPanes,
    /// The one with the focus.
    OnePane,
}

/// What the steps' screen remembers.
#[derive(Debug, Default)]
pub(crate) struct StepsState {
    selected: usize,
    /// The pane that the arrows move in.
    pub(super) pane: Pane,
    pub(super) zoom: Zoom,
    pub(super) listing: Listing,
    /// The number of the step to go to, while it is typed.
    pub(super) jump: Option<TextField>,
    /// How far the page is scrolled.
    pub(super) scroll: u16,
    pub(super) output_view: OutputView,
    /// What was copied last, of which step.
    pub(super) copied: Option<(StepId, usize)>,
    watch: Watch,
    sweep: Sweep,
    /// The step that led to a command of another one, and that one.
    pub(super) led: Option<(StepId, StepId)>,
    /// Of what failed sign-ins the operator was told when they were about to sign in again.
    pub(super) told: Option<(StepId, u32)>,
    /// Where a run that goes on by itself was held when that was looked at last.
    held: Option<StepId>,
}

impl StepsState {
    /// The position of the selected step.
    pub(crate) const fn selected(&self) -> usize {
        self.selected
    }

    /// Whether the step at that position is listed.
    pub(super) fn lists(&self, position: usize, status: &StepStatus) -> bool {
        match self.listing {
            Listing::All => true,
            Listing::NotGreen => !status.is_held() || position == self.selected,
        }
    }

    /// How the output is read.
    pub(crate) const fn output_view(&self) -> &OutputView {
        &self.output_view
    }

    /// The operator began that: the selection goes on when it is done.
    pub(in crate::tui) fn begun(&mut self, intent: &Intent) {
        let Intent::Commands(commands) = intent else { return };
        for command in commands {
            if let Command::CheckAll(_) = command {
                self.sweep = Sweep::All;
            } else if let Command::Attest { step, .. } = command {
                self.watch = Watch::Statement(step.clone());
            }
        }
    }

    pub(in crate::tui) fn sync(&mut self, view: &View<'_>, size: TerminalSize) {
        self.follow_run(view);
        if let Some(step) = view.step(self.selected) {
            self.output_view.sync(view, &step.id, size.rows);
        }
    }

    /// Whether there is something to be looked at that takes longer than a frame.
    pub(in crate::tui) fn has_work(&self) -> bool {
        self.output_view.has_work()
    }

    /// Does a part of that; gives what there is to say of it.
    pub(in crate::tui) fn work(&mut self, view: &View<'_>) -> Option<String> {
        self.output_view.work(view)
    }

    fn follow_run(&mut self, view: &View<'_>) {
        let last = view.run.checklist().steps.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        // Whoever looks is where they were.
        if view.looking.is_some() {
            return;
        }
        match view.run.foreground_command() {
            Some(running) => {
                let watch = Watch::Command(running.attempt, running.step.clone());
                if self.watch != watch {
                    self.watch = watch;
                    self.output_view.begin();
                    self.select(view, &running.step);
                }
            }
            None => match std::mem::take(&mut self.watch) {
                Watch::Nothing => {}
                Watch::Command(_, step) | Watch::Statement(step) => self.go_on(view, &step),
            },
        }
        let held = match view.run.going(view.now) {
            Some(Going::Held { step, .. }) => Some(step),
            Some(Going::On) | None => None,
        };
        if held != self.held.as_ref() {
            self.held = held.cloned();
            if let Some(step) = held {
                self.select(view, step);
            }
        }
    }

    /// What was started is done: selects what is to be done next.
    fn go_on(&mut self, view: &View<'_>, step: &StepId) {
        match std::mem::take(&mut self.sweep) {
            Sweep::All => self.select_first(view),
            Sweep::OneStep => {
                let led = self.led.take().filter(|(_, other)| other == step);
                match led {
                    _ if !view.run.status(step, view.now).is_held() => {}
                    Some((from, _)) => self.select(view, &from),
                    None => self.select_next(view),
                }
            }
        }
    }

    /// Selects the first step that applies and is not green.
    pub(in crate::tui) fn select_first(&mut self, view: &View<'_>) {
        let statuses = view.run.statuses(view.now);
        if let Some(first) = statuses.iter().position(|status| !status.is_held()) {
            self.select_at(first);
        }
    }

    /// Selects the next step that applies and is not green, from the selected one on and then from the start.
    pub(super) fn select_next(&mut self, view: &View<'_>) {
        let statuses = view.run.statuses(view.now);
        let open = |(_, status): &(usize, &StepStatus)| !status.is_held();
        let after = statuses.iter().enumerate().skip(self.selected).find(open);
        if let Some((next, _)) = after.or_else(|| statuses.iter().enumerate().find(open)) {
            self.select_at(next);
        }
    }

    pub(in crate::tui) fn select(&mut self, view: &View<'_>, step: &StepId) {
        if let Some(position) = view.run.checklist().steps.iter().position(|known| known.id == *step) {
            self.select_at(position);
        }
    }

    pub(super) const fn select_at(&mut self, position: usize) {
        if self.selected != position {
            self.scroll = 0;
        }
        self.selected = position;
    }
}
