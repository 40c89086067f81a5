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
use ratatui::text::{Line, Span};

use super::chrome::heading;
use super::theme::Meaning;
use super::ui::{Pane, Ui};
use super::view::meaning;
use super::viewport::Viewport;
use super::visible::{escape_controls, pad, truncate_to_width, width};
use super::{View, detail, output};
use crate::checklist::Weight;
use crate::run::{Assessment, StatusReason, StepStatus};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &Ui) -> Viewport {
    let list_columns = list_columns(view, area.width);
    let [list, divider, right] =
        Layout::horizontal([Constraint::Length(list_columns), Constraint::Length(1), Constraint::Min(0)])
            .areas(area);
    let line = view.theme.style(Meaning::Border);
    for at in divider.rows() {
        frame.render_widget(Span::styled(view.glyphs.vertical, line), at);
    }
    self::list(frame, list, view, ui);
    let output_rows = output::rows(view, right.height);
    let [detail, output] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(output_rows)]).areas(right);
    let page = detail::draw(frame, detail, view, ui);
    Viewport { page, ..output::draw(frame, output, view, ui) }
}

/// How many columns the list has of so many: as many as its longest title takes, within a third of a wide screen.
fn list_columns(view: &View<'_>, columns: u16) -> u16 {
    const NARROWEST: u16 = 26;
    /// On a screen that is not wide, so many may be more than a third.
    const ENOUGH: u16 = 44;
    const SIGNS: usize = 5;
    let lang = view.text.lang();
    let titles = view.run.checklist().steps.iter().map(|step| width(&escape_controls(step.title.get(lang))));
    let longest = super::page::cells(titles.max().unwrap_or(0) + SIGNS);
    longest.min((columns * 2 / 5).min(ENOUGH).max(columns / 3)).max(NARROWEST)
}

/// Two rows a step: its title, and below it the word for its state.
fn list(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &Ui) {
    let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    frame.render_widget(Line::from(heading(view, &view.text.pane_steps(), Pane::List, ui)), head);
    let steps = view.run.assess_all(view.now);
    let count = steps.len();
    // Where all of them fit with a blank row between, they get it.
    let stride = if count * 3 <= usize::from(body.height) { 3 } else { 2 };
    let shown = (usize::from(body.height) / stride).max(1);
    let first = (ui.selected() + 1 + shown / 3).min(count).saturating_sub(shown);
    for (row, (position, step)) in steps.iter().enumerate().skip(first).take(shown).enumerate() {
        let at = Rect { y: body.y + super::page::cells(row * stride), height: 2, ..body }.intersection(body);
        item(frame, at, view, step, position == ui.selected());
    }
    let more = |at: u16, sign: &'static str, frame: &mut Frame<'_>| {
        let at = Rect { x: area.right().saturating_sub(1), y: at, width: 1, height: 1 };
        frame.render_widget(Span::styled(sign, view.theme.style(Meaning::Accent)), at.intersection(area));
    };
    if first > 0 {
        more(head.y, view.glyphs.up, frame);
    }
    if first + shown < count {
        more(area.bottom().saturating_sub(1), view.glyphs.down, frame);
    }
}

fn item(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, assessment: &Assessment<'_>, selected: bool) {
    let Assessment { step, status, .. } = assessment;
    let look = |meaning| if selected { view.theme.on_selected(meaning) } else { view.theme.style(meaning) };
    let columns = usize::from(area.width).saturating_sub(1);
    let ellipsis = view.glyphs.ellipsis;
    let marker = if selected { view.glyphs.marker } else { " " };
    let title = escape_controls(step.title.get(view.text.lang()));
    let of_state = look(meaning(status));
    let title_meaning = if selected { Meaning::Selected } else { Meaning::Base };
    let first = Line::from(vec![
        Span::styled(format!("{marker} "), look(Meaning::Accent)),
        Span::styled(format!("{} ", view.glyphs.status(status)), of_state),
        Span::styled(pad(&title, columns.saturating_sub(4), ellipsis), look(title_meaning)),
    ]);
    let (word, extra) = state(view, assessment);
    let word = truncate_to_width(&word, columns.saturating_sub(4), ellipsis);
    let extra = truncate_to_width(&extra, columns.saturating_sub(4 + width(&word)), ellipsis);
    let fill = columns.saturating_sub(4 + width(&word) + width(&extra));
    let second = Line::from(vec![
        Span::styled("    ", look(Meaning::Muted)),
        Span::styled(word, of_state),
        Span::styled(extra, look(Meaning::Muted)),
        Span::styled(" ".repeat(fill), look(Meaning::Muted)),
    ]);
    for (line, at) in [first, second].into_iter().zip(area.rows()) {
        frame.render_widget(line, at);
    }
}

/// The word for its state, with what it waits for where that is its state; and what stands behind: until when it is green,
/// what else it waits for, that it does not count.
fn state(view: &View<'_>, assessment: &Assessment<'_>) -> (String, String) {
    let until = assessment.ends.map(|until| view.text.until(view.clock_short(until)));
    let kind = match assessment.reason {
        Some(StatusReason::NotStated(_)) => Some(view.text.a_statement()),
        Some(_) | None => None,
    };
    let weight = match assessment.step.weight {
        Weight::Advisory => Some(view.text.advisory()),
        Weight::Required => None,
    };
    let queued = assessment.queued.then(|| view.text.queued());
    let waits = view.text.waits(assessment, &|id| escape_controls(&view.name(id)));
    let (word, waits) = match (&assessment.status, waits) {
        (StepStatus::Waiting, Some(waits)) => (waits, None),
        (status, waits) => (view.text.status(status), waits),
    };
    let parts = [queued, until, kind, weight, waits];
    let dot = format!(" {} ", view.glyphs.dot);
    (word, parts.into_iter().flatten().flat_map(|part| [dot.clone(), part]).collect())
}
