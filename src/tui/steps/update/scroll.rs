//! Scroll: down, up, by pages, in the pane that has the keys.

use super::super::pane::Pane;
use super::super::state::StepsState;
use crate::tui::View;
use crate::tui::viewport::{Direction, Viewport};

/// How many rows a page key moves a page.
const PAGE: u16 = 8;

impl StepsState {
    pub(super) fn down(&mut self, view: &View<'_>, viewport: &Viewport) {
        match self.pane {
            Pane::List => {
                let last = view.run.checklist().steps.len().saturating_sub(1);
                self.select_at((self.selected() + 1).min(last));
            }
            Pane::Detail => self.scroll = self.scroll.saturating_add(1).min(viewport.page),
            Pane::Output => self.output_view.scroll(view.live, viewport, Direction::On, 1),
        }
    }

    pub(super) fn up(&mut self, view: &View<'_>, viewport: &Viewport) {
        match self.pane {
            Pane::List => self.select_at(self.selected().saturating_sub(1)),
            Pane::Detail => self.scroll = self.scroll.min(viewport.page).saturating_sub(1),
            Pane::Output => self.output_view.scroll(view.live, viewport, Direction::Back, 1),
        }
    }

    /// Whether the output has the keys and went to the left or right.
    pub(super) fn sideways(&mut self, way: Direction, viewport: &Viewport) -> bool {
        self.pane == Pane::Output && self.output_view.scroll_sideways(viewport, way)
    }

    pub(super) fn page(&mut self, way: Direction, view: &View<'_>, viewport: &Viewport) {
        match (self.pane, way) {
            (Pane::Detail, Direction::Back) => {
                self.scroll = self.scroll.min(viewport.page).saturating_sub(PAGE);
            }
            (Pane::Detail, Direction::On) => {
                self.scroll = self.scroll.saturating_add(PAGE).min(viewport.page);
            }
            (Pane::List | Pane::Output, _) => {
                let rows = usize::from(viewport.output_rows.max(1));
                self.output_view.scroll(view.live, viewport, way, rows);
            }
        }
    }
}
