//! What an action does on the steps: to the selected one, to the panes, to the output.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::draw;
use super::output_view::Follow;
use super::state::StepsState;
use crate::checklist::StepKind;
use crate::run::{Command, ShellState};
use crate::tui::View;
use crate::tui::field::Edit;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::{Direction, Viewport};

mod apply;
mod go;
mod scroll;
mod search;

impl Layered for StepsState {
    fn context(&self, view: &View<'_>) -> KeyContext {
        match (self.output_view.typed(), view.run.foreground_command()) {
            (Some((_, typed)), _) => typed,
            (None, _) if view.is_looked_at() => KeyContext::Looking,
            (None, Some(_)) => KeyContext::Busy,
            (None, None) => KeyContext::Steps,
        }
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Seat { view, viewport, .. } = seat;
        if self.output_view.typed().is_some() {
            return self.typed(action, view, viewport);
        }
        let Some(step) = view.step(self.selected()).map(|step| step.id.clone()) else {
            return Turn::default();
        };
        match action {
            Action::Next => self.down(view, viewport),
            Action::Previous => self.up(view, viewport),
            Action::Right if self.sideways(Direction::On, viewport) => {}
            Action::Left if self.sideways(Direction::Back, viewport) => {}
            Action::Pane | Action::Right => self.pane = self.pane.next(),
            Action::PaneBack | Action::Left => self.pane = self.pane.next().next(),
            Action::Write => return Turn::says(self.output_view.ask_name(view)),
            Action::Close if view.run.is_sealed() => return Turn::to(To::Closed),
            Action::Older => self.output_view.walk(view, Direction::Back),
            Action::Newer => self.output_view.walk(view, Direction::On),
            Action::PageUp => self.page(Direction::Back, view, viewport),
            Action::PageDown => self.page(Direction::On, view, viewport),
            Action::Follow => self.output_view.show_end(),
            Action::First => self.output_view.show_start(),
            Action::Search => self.output_view.ask(),
            Action::Stream => self.output_view.next_stream(view.live),
            Action::Wrap => self.output_view.toggle_wrap(),
            Action::Again => return self.seek(Direction::On, view, viewport),
            Action::Back => return self.seek(Direction::Back, view, viewport),
            Action::Rows if self.has_rows(view) => return Turn::to(To::Rows(step)),
            Action::Rows => return Turn::says(view.text.rows_none_here()),
            Action::Gate => return Turn::to(To::Gate),
            Action::Inputs => return Turn::to(To::Briefing),
            Action::Reconnect => return Turn::intends(Command::Reconnect),
            Action::Stop if self.output_view.is_seeking() => self.output_view.stop_search(),
            Action::Stop if !has_to_stop(view) => {}
            Action::Stop => return Turn::intends(Command::Stop),
            Action::CheckAll => return Turn::intends(Intent::check_all(view)),
            Action::Check => return Turn::intends(Command::Check(step)),
            Action::Apply => return apply::apply(view, &step),
            Action::Go => return self.go(view),
            Action::GoOn => return Turn::intends(Command::Go { by: view.who.clone() }),
            Action::Last
            | Action::Toggle
            | Action::Yes
            | Action::Close
            | Action::Steps
            | Action::Help
            | Action::Quit => {}
        }
        Turn::default()
    }

    fn edit(&mut self, edit: Edit, _view: &View<'_>) -> Turn {
        self.output_view.edit(edit);
        Turn::default()
    }

    fn offers(&self, action: Action, seat: &Seat<'_>) -> bool {
        let view = seat.view;
        let kind = view.step(self.selected()).map(|step| &step.kind);
        let shell_open = matches!(view.run.shell(), ShellState::Open(..));
        match action {
            Action::Check => shell_open && matches!(kind, Some(StepKind::Measured { .. })),
            Action::Apply => shell_open && matches!(kind, Some(StepKind::Measured { apply: Some(_), .. })),
            Action::Inputs => !view.run.checklist().inputs.is_empty(),
            Action::Follow => self.output_view.follow() != Follow::End,
            Action::Search => self.output_view.has_lines(view.live),
            Action::Older | Action::Newer => self.output_view.output(view).is_some_and(|(.., all)| all > 1),
            Action::Stop => self.output_view.is_seeking() || has_to_stop(view),
            Action::GoOn => may_go_on(view),
            Action::Rows => self.has_rows(view),
            _ => true,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, _: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self)
    }
}

/// Whether there is something to stop.
fn has_to_stop(view: &View<'_>) -> bool {
    view.run.running().is_some() || view.run.has_waits() || view.run.going(view.now).is_some()
}

/// Whether a step is left, and the run does not go on by itself already.
fn may_go_on(view: &View<'_>) -> bool {
    let count = view.run.count(view.now);
    view.run.going(view.now).is_none() && count.green < count.required
}

impl StepsState {
    /// Whether the selected step has failing rows.
    fn has_rows(&self, view: &View<'_>) -> bool {
        let step = view.step(self.selected()).and_then(|step| view.run.assess(&step.id, view.now));
        step.is_some_and(|step| step.rows.is_some())
    }
}
