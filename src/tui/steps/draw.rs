//! The steps' screen: the list on the left, the selected step on the right, the output of its command below.
//!
//! ```text
//!  STEPS                          The tenant shares its SIP address space
//!                               │ x red · an expectation is not met · checked 10:14:05
//!    √ PowerShell is fit        │
//!      green · until 10:44      │ What to do
//!  > x The tenant shares its .. │ …
//!      red                      │ Enter  apply it: changes the online tenant
//!    · …                        │ ───────────────────────────────────────────────
//!      not run                  │ OUTPUT   check · 0:12 of at most 2:00
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;

use super::state::StepsState;
use super::{detail, list, output};
use crate::tui::View;
use crate::tui::theme::Meaning;
use crate::tui::viewport::Viewport;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &StepsState) -> Viewport {
    let steps = view.run.assess_all(view.now);
    let list_columns = list::columns(view, &steps, area.width);
    let [list_area, divider, right] =
        Layout::horizontal([Constraint::Length(list_columns), Constraint::Length(1), Constraint::Min(0)])
            .areas(area);
    let line = view.theme.style(Meaning::Border);
    for at in divider.rows() {
        frame.render_widget(Span::styled(view.glyphs.vertical, line), at);
    }
    list::draw(frame, list_area, view, &steps, ui);
    let needed = detail::rows_needed(view, ui, right);
    let output_rows = output::rows(view, ui, right, needed);
    let [detail_area, output_area] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(output_rows)]).areas(right);
    let page = detail::draw(frame, detail_area, view, ui);
    Viewport { page, ..output::draw(frame, output_area, view, ui) }
}
