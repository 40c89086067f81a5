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

use super::pane::Pane;
use super::state::{StepsState, Zoom};
use super::{detail, list, output};
use crate::run::Assessment;
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::page::{Focus, Ground, Page};
use crate::tui::theme::Meaning;
use crate::tui::viewport::Viewport;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &StepsState) -> Viewport {
    let steps = view.run.assess_all(view.now);
    let jump = ui.jump.as_ref().map(|typed| jump(view, typed, area.width));
    let jump_rows = jump.as_ref().map_or(0, Page::height);
    let [area, foot] = Layout::vertical([Constraint::Min(0), Constraint::Length(jump_rows)]).areas(area);
    if let Some(jump) = jump {
        jump.draw(frame, foot, 0);
    }
    match (ui.zoom, ui.pane) {
        (Zoom::AllPanes, _) => all_panes(frame, area, view, &steps, ui),
        (Zoom::OnePane, Pane::List) => {
            list::draw(frame, area, view, &steps, ui);
            Viewport::default()
        }
        (Zoom::OnePane, Pane::Detail) => detail::draw(frame, area, view, steps.get(ui.selected()), ui),
        (Zoom::OnePane, Pane::Output) => output::draw(frame, area, view, ui),
    }
}

/// The field in which the number of a step is typed.
fn jump<'a>(view: &'a View<'a>, typed: &TextField, columns: u16) -> Page<'a> {
    let mut page = Page::new(view, columns, Ground::Screen);
    page.text(&view.text.jump_to(view.run.checklist().steps.len()), Meaning::Muted);
    page.field(typed, Focus::Here);
    page
}

fn all_panes(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    steps: &[Assessment<'_>],
    ui: &StepsState,
) -> Viewport {
    let list_columns = list::columns(view, steps, area.width);
    let [list_area, divider, right] =
        Layout::horizontal([Constraint::Length(list_columns), Constraint::Length(1), Constraint::Min(0)])
            .areas(area);
    let line = view.theme.style(Meaning::Border);
    for at in divider.rows() {
        frame.render_widget(Span::styled(view.glyphs.vertical, line), at);
    }
    list::draw(frame, list_area, view, steps, ui);
    let selected = steps.get(ui.selected());
    let needed = selected.map_or(0, |selected| detail::rows_needed(view, selected, right));
    let output_rows = output::rows(view, ui, right, needed);
    let [detail_area, output_area] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(output_rows)]).areas(right);
    let Viewport { page, page_rows, .. } = detail::draw(frame, detail_area, view, selected, ui);
    Viewport { page, page_rows, ..output::draw(frame, output_area, view, ui) }
}
