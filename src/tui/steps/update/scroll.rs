//! Scroll: by rows, by pages, in the pane that has the keys.

use super::super::pane::Pane;
use super::super::state::{StepsState, Zoom};
use crate::tui::View;
use crate::tui::viewport::{Direction, Viewport};

/// How many rows a page key moves a page.
const PAGE: u16 = 8;

impl StepsState {
    pub(super) fn row(&mut self, way: Direction, view: &View<'_>, viewport: &Viewport) {
        match self.pane {
            Pane::List => self.step(view, way, 1),
            Pane::Detail => self.scroll = viewport.scrolled(self.scroll, way, 1),
            Pane::Output => self.output_view.scroll(view.live, viewport, way, 1),
        }
    }

    /// So many of the listed steps on or back.
    fn step(&mut self, view: &View<'_>, way: Direction, steps: usize) {
        let statuses = view.run.statuses(view.now);
        let listed = |place: &usize| statuses.get(*place).is_some_and(|status| self.lists(*place, status));
        let next = match way {
            Direction::On => (self.selected() + 1..statuses.len()).filter(listed).take(steps).last(),
            Direction::Back => (0..self.selected()).rev().filter(listed).take(steps).last(),
        };
        if let Some(next) = next {
            self.select_at(next);
        }
    }

    /// Whether the output has the keys and went to the left or right.
    pub(super) fn sideways(&mut self, way: Direction, viewport: &Viewport) -> bool {
        self.pane == Pane::Output && self.output_view.scroll_sideways(viewport, way)
    }

    pub(super) fn page(&mut self, way: Direction, view: &View<'_>, viewport: &Viewport) {
        match self.pane {
            Pane::Detail => self.scroll = viewport.scrolled(self.scroll, way, PAGE),
            Pane::List if self.zoom == Zoom::OnePane => self.step(view, way, PAGE.into()),
            Pane::List | Pane::Output => {
                let rows = usize::from(viewport.output_rows.max(1));
                self.output_view.scroll(view.live, viewport, way, rows);
            }
        }
    }
}
