//! What an action does on the steps: to the selected one, to the panes, to the output.

use super::super::{Intent, Screen, Ui};
use super::commands;
use crate::run::Command;
use crate::tui::View;
use crate::tui::form::InputForm;
use crate::tui::keymap::Action;
use crate::tui::output_view::Direction;

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
            Action::Rows => self.open_rows(view),
            Action::Gate => self.open_gate(),
            Action::Inputs => self.screen = Screen::Briefing(InputForm::new(view.run)),
            Action::Reconnect => return commands(Command::Reconnect),
            Action::Stop if view.run.running().is_none() && !view.run.has_waits() => {}
            Action::Stop => return commands(Command::Stop),
            Action::CheckAll => return Some(self.check_all(view)),
            Action::Check => return commands(Command::Check(step?)),
            Action::Apply => return self.apply(view),
            Action::Go => return self.go(view),
            Action::Last
            | Action::Left
            | Action::Right
            | Action::Toggle
            | Action::Yes
            | Action::Close
            | Action::Help
            | Action::Quit => {}
        }
        None
    }
}
