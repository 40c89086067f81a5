//! Search: for words in the output, typed into a field; or the name of a file that it is written into.

use super::super::state::StepsState;
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::Layered as _;
use crate::tui::turn::Turn;
use crate::tui::viewport::{Direction, Viewport};

impl StepsState {
    /// What an action does with what is typed.
    pub(super) fn typed(&mut self, action: Action, view: &View<'_>, viewport: &Viewport) -> Turn {
        if action != Action::Go {
            self.output_view.leave();
            return Turn::default();
        }
        if self.context(view) == KeyContext::Naming {
            return Turn::says(self.output_view.write(view));
        }
        let missing = self.output_view.search(view.live, viewport);
        Turn::says(missing.map(|words| view.text.found_none(words)))
    }

    pub(super) fn seek(&mut self, way: Direction, view: &View<'_>, viewport: &Viewport) -> Turn {
        let missing = self.output_view.seek(view.live, viewport, way);
        Turn::says(missing.map(|words| view.text.found_none(words)))
    }
}
