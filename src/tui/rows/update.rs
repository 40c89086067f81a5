//! What an action does in the table of failing rows.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::draw::{MARGINS, draw};
use super::state::RowsView;
use crate::checklist::StepId;
use crate::tui::View;
use crate::tui::field::Edit;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::turn::{To, Turn};
use crate::tui::viewport::Viewport;

impl Layered for RowsView {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        match self.typed() {
            Some(_) => KeyContext::Filtering,
            None => KeyContext::Rows,
        }
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Seat { view, viewport, size } = seat;
        let page = i64::from(viewport.table_rows.max(1));
        let half = isize::try_from(size.columns / 2).unwrap_or(1);
        match action {
            Action::Next => self.scroll(viewport, 1),
            Action::Previous => self.scroll(viewport, -1),
            Action::PageDown => self.scroll(viewport, page),
            Action::PageUp => self.scroll(viewport, -page),
            Action::First => self.scroll(viewport, i64::MIN),
            Action::Last => self.scroll(viewport, i64::MAX),
            Action::Left => self.scroll_sideways(viewport, -half),
            Action::Right => self.scroll_sideways(viewport, half),
            Action::Search => self.ask(),
            Action::Go => self.keep_filter(),
            Action::Close if self.clear_filter() => {}
            Action::Close => return Turn::to(To::Closed),
            Action::Pane => {
                let steps = steps_with_rows(view);
                let at = steps.iter().position(|step| step == self.step()).map_or(0, |at| at + 1);
                if let Some(next) = steps.into_iter().cycle().nth(at) {
                    return Turn::to(To::Rows(next));
                }
            }
            _ => {}
        }
        Turn::default()
    }

    fn edit(&mut self, edit: Edit, _view: &View<'_>) -> Turn {
        self.change(edit);
        Turn::default()
    }

    fn offers(&self, action: Action, seat: &Seat<'_>) -> bool {
        match action {
            Action::Left | Action::Right => {
                self.is_wider_than(seat.size.columns.saturating_sub(MARGINS).into())
            }
            _ => true,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, _: &Shown<'_>) -> Viewport {
        draw(frame, area, view, self)
    }
}

/// The first step that has failing rows.
pub(in crate::tui) fn first_step_with_rows(view: &View<'_>) -> Option<StepId> {
    steps_with_rows(view).into_iter().next()
}

fn steps_with_rows(view: &View<'_>) -> Vec<StepId> {
    let steps = view.run.assess_all(view.now).into_iter().filter(|step| step.rows.is_some());
    steps.map(|assessment| assessment.step.id.clone()).collect()
}
