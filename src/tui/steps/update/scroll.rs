//! Scroll: by rows, by pages, in the pane that has the keys.

use super::super::output_view::Follow;
use super::super::pane::Pane;
use super::super::state::{StepsState, Zoom};
use crate::tui::View;
use crate::tui::viewport::{Direction, Viewport};

/// How many steps a page key moves in the list alone.
const PAGE: usize = 8;

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

    /// By as many rows as were in sight, so that none is passed over.
    fn read_on(&mut self, way: Direction, viewport: &Viewport) {
        self.scroll = viewport.scrolled(self.scroll, way, viewport.page_rows.max(1));
    }

    /// Whether a page key goes through the page of the selected step: while that goes on, and the output is neither waited for
    /// nor read.
    fn reads_on(&self, way: Direction, view: &View<'_>, viewport: &Viewport) -> bool {
        let is_free = view.run.foreground_command().is_none() && self.output_view.follow() == Follow::End;
        let goes_on = match way {
            Direction::Back => self.scroll > 0,
            Direction::On => self.scroll < viewport.page,
        };
        self.zoom == Zoom::AllPanes && is_free && goes_on
    }

    pub(super) fn page(&mut self, way: Direction, view: &View<'_>, viewport: &Viewport) {
        match self.pane {
            Pane::Detail => self.read_on(way, viewport),
            Pane::List if self.reads_on(way, view, viewport) => self.read_on(way, viewport),
            Pane::List if self.zoom == Zoom::OnePane => self.step(view, way, PAGE),
            Pane::List | Pane::Output => {
                let rows = usize::from(viewport.output_rows.max(1));
                self.output_view.scroll(view.live, viewport, way, rows);
            }
        }
    }
}
