//! Search: for words in the output, typed into a field.

use super::super::output_view::Direction;
use super::super::state::StepsState;
use crate::tui::View;
use crate::tui::keymap::Action;
use crate::tui::turn::Turn;
use crate::tui::viewport::Viewport;

impl StepsState {
    pub(super) fn search(&mut self, action: Action, view: &View<'_>, viewport: &Viewport) -> Turn {
        if action != Action::Go {
            self.output_view.leave();
            return Turn::default();
        }
        let missing = self.output_view.search(view.live, viewport);
        Turn::says(missing.map(|words| view.text.found_none(words)))
    }

    pub(super) fn seek(&mut self, way: Direction, view: &View<'_>, viewport: &Viewport) -> Turn {
        let missing = self.output_view.seek(view.live, viewport, way);
        Turn::says(missing.map(|words| view.text.found_none(words)))
    }
}
