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

use super::theme::Meaning;
use super::ui::Ui;
use super::viewport::Viewport;
use super::{View, detail, output, step_list};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &Ui) -> Viewport {
    let steps = view.run.assess_all(view.now);
    let list_columns = step_list::columns(view, &steps, area.width);
    let [list, divider, right] =
        Layout::horizontal([Constraint::Length(list_columns), Constraint::Length(1), Constraint::Min(0)])
            .areas(area);
    let line = view.theme.style(Meaning::Border);
    for at in divider.rows() {
        frame.render_widget(Span::styled(view.glyphs.vertical, line), at);
    }
    step_list::draw(frame, list, view, &steps, ui);
    let needed = detail::rows_needed(view, ui, right);
    let output_rows = output::rows(view, ui, right, needed);
    let [detail, output] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(output_rows)]).areas(right);
    let page = detail::draw(frame, detail, view, ui);
    Viewport { page, ..output::draw(frame, output, view, ui) }
}
