//! What an action does on the steps: to the selected one, to the panes, to the output.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::draw;
use super::output_view::Follow;
use super::pane::Pane;
use super::state::{Listing, StepsState, Zoom};
use crate::checklist::StepKind;
use crate::run::{Command, ShellState};
use crate::tui::View;
use crate::tui::field::{Edit, TextField};
use crate::tui::keymap::{Action, KeyBinding, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::{Direction, Viewport};

mod apply;
mod copy;
mod go;
mod jump;
mod scroll;
mod search;

impl Layered for StepsState {
    fn context(&self, view: &View<'_>) -> KeyContext {
        match (&self.jump, self.output_view.typed(), view.run.foreground_command()) {
            (Some(_), ..) => KeyContext::Jumping,
            (None, Some((_, typed)), _) => typed,
            (None, None, _) if view.is_looked_at() => KeyContext::Looking,
            (None, None, Some(_)) => KeyContext::Busy,
            (None, None, None) => KeyContext::Steps,
        }
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Seat { view, viewport, .. } = seat;
        if self.jump.is_some() {
            return self.jump(action, view);
        }
        if self.output_view.typed().is_some() {
            return self.typed(action, view, viewport);
        }
        if let Some(turn) = self.brings_into_sight(action, view) {
            return turn;
        }
        let Some(step) = view.step(self.selected()).map(|step| step.id.clone()) else {
            return Turn::default();
        };
        match action {
            Action::Next => self.row(Direction::On, view, viewport),
            Action::Previous => self.row(Direction::Back, view, viewport),
            Action::Right if self.sideways(Direction::On, viewport) => {}
            Action::Left if self.sideways(Direction::Back, viewport) => {}
            Action::Pane | Action::Right => self.pane = self.pane.next(),
            Action::PaneBack | Action::Left => self.pane = self.pane.next().next(),
            Action::Write => return Turn::says(self.output_view.ask_name(view)),
            Action::Close if view.run.is_sealed() => return Turn::to(To::Closed),
            Action::Copy => return self.copy(view),
            Action::Older => self.output_view.walk(view, Direction::Back),
            Action::Newer => self.output_view.walk(view, Direction::On),
            Action::PageUp => self.page(Direction::Back, view, viewport),
            Action::PageDown => self.page(Direction::On, view, viewport),
            Action::Zoom => {
                self.zoom = match self.zoom {
                    Zoom::AllPanes => Zoom::OnePane,
                    Zoom::OnePane => Zoom::AllPanes,
                }
            }
            Action::NotGreen => {
                self.listing = match self.listing {
                    Listing::All => Listing::NotGreen,
                    Listing::NotGreen => Listing::All,
                }
            }
            Action::Jump => self.jump = Some(TextField::default()),
            Action::First if self.pane == Pane::Detail => self.scroll = 0,
            Action::Last if self.pane == Pane::Detail => self.scroll = viewport.page,
            Action::First => self.output_view.show_start(),
            Action::Follow | Action::Last => self.output_view.show_end(),
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
            Action::MoreTime => return Turn::intends(Command::ExtendTimeout),
            Action::CheckAll => return Turn::intends(Intent::check_all(view)),
            Action::Check => return Turn::intends(Command::Check(step)),
            Action::Apply => return self.apply(view, &step),
            Action::Go => return self.go(view),
            Action::GoOn => return Turn::intends(Command::Go { by: view.who.clone() }),
            Action::Toggle | Action::Yes | Action::Close | Action::Steps | Action::Help | Action::Quit => {}
        }
        Turn::default()
    }

    fn edit(&mut self, edit: Edit, _view: &View<'_>) -> Turn {
        if !self.edit_jump(edit) {
            self.output_view.edit(edit);
        }
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
            Action::MoreTime => view.run.may_take_more_time().is_ok(),
            Action::GoOn => may_go_on(view),
            Action::Rows => self.has_rows(view),
            // Below the steps of a run that is looked at is the seal, if it has one.
            Action::Close if self.context(view) == KeyContext::Looking => view.run.is_sealed(),
            // In the footer they are the way back.
            Action::Zoom => self.zoom == Zoom::OnePane,
            Action::NotGreen => self.listing == Listing::NotGreen,
            // Of the output, that it is followed is offered.
            Action::Last => self.pane == Pane::Detail && seat.viewport.offers(Action::PageDown),
            _ => true,
        }
    }

    fn label(&self, row: &KeyBinding, view: &View<'_>) -> String {
        let only_goes = || view.run.going(view.now).is_some() && view.run.foreground_command().is_none();
        match row.action {
            Action::Stop if only_goes() => view.text.key_end_going(),
            Action::Last => view.text.key_page_end(),
            _ => row.label(view.text),
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
    /// In one pane alone, what a key is about comes into sight first; a command is begun by the next key.
    fn brings_into_sight(&mut self, action: Action, view: &View<'_>) -> Option<Turn> {
        if self.zoom == Zoom::AllPanes {
            return None;
        }
        match (action, self.pane) {
            (Action::Go | Action::Check | Action::Apply, Pane::List | Pane::Output) => {
                self.zoom = Zoom::AllPanes;
                let key = view.keys.name_of(KeyContext::Steps, action, view.text);
                return Some(Turn::says(view.text.shown_with_its_command(key)));
            }
            (
                Action::Search
                | Action::Again
                | Action::Back
                | Action::Stream
                | Action::Wrap
                | Action::Follow,
                Pane::List | Pane::Detail,
            )
            | (Action::First | Action::Last, Pane::List) => self.pane = Pane::Output,
            _ => {}
        }
        None
    }

    /// Whether the selected step has failing rows.
    fn has_rows(&self, view: &View<'_>) -> bool {
        let step = view.step(self.selected()).and_then(|step| view.run.assess(&step.id, view.now));
        step.is_some_and(|step| step.rows.is_some())
    }
}
