//! The list of the steps: under the heading of its group each, with the word for its state.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::pane::{self, Pane};
use super::state::StepsState;
use crate::checklist::Weight;
use crate::run::{Assessment, Heading, StatusReason, StepStatus};
use crate::tui::page::cells;
use crate::tui::theme::Meaning;
use crate::tui::view::{View, meaning};
use crate::tui::visible::{escape_controls, pad, truncate_to_width, width};

/// What stands in the list.
enum Item<'a> {
    /// One row, which cannot be selected.
    Heading(Heading<'a>),
    /// Two rows, its title and below it the word for its state, with its position among the steps.
    Step(usize, &'a Assessment<'a>),
}

impl Item<'_> {
    /// How many rows it takes where a step takes so many.
    const fn rows(&self, of_step: usize) -> usize {
        match self {
            Self::Heading(_) => 1,
            Self::Step(..) => of_step,
        }
    }
}

/// How many columns it has of so many: as many as its longest line takes, within a third of a wide screen.
pub(super) fn columns(view: &View<'_>, steps: &[Assessment<'_>], columns: u16) -> u16 {
    const NARROWEST: u16 = 26;
    /// On a screen that is not wide, so many may be more than a third.
    const ENOUGH: u16 = 44;
    const SIGNS: usize = 5;
    let lang = view.text.lang();
    let titles = steps.iter().map(|step| width(&escape_controls(step.step.title.get(lang))) + SIGNS);
    let headings = steps.iter().filter_map(|step| step.heading).map(|heading| {
        let (name, count) = heading_parts(view, &heading);
        width(&name) + width(&count) + 2
    });
    let longest = cells(titles.chain(headings).max().unwrap_or(0));
    longest.min((columns * 2 / 5).min(ENOUGH).max(columns / 3)).max(NARROWEST)
}

pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    steps: &[Assessment<'_>],
    ui: &StepsState,
) {
    let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    frame
        .render_widget(Line::from(pane::heading(view, &view.text.pane_steps(), Pane::List, ui.pane())), head);
    let rows = usize::from(body.height);
    let headings = steps.iter().filter(|step| step.heading.is_some()).count();
    // Where all of them fit with a blank row between, they get it.
    let of_step = if steps.len() * 3 + headings <= rows { 3 } else { 2 };
    let items: Vec<Item<'_>> = steps
        .iter()
        .enumerate()
        .flat_map(|(place, step)| {
            step.heading.map(Item::Heading).into_iter().chain([Item::Step(place, step)])
        })
        .collect();
    let shown = shown(&items, ui.selected(), rows, of_step);
    let mut row = 0;
    for item in items.get(shown.clone()).unwrap_or_default() {
        let at = Rect { y: body.y.saturating_add(cells(row)), height: 2, ..body }.intersection(body);
        match item {
            Item::Heading(heading) => self::heading(frame, at, view, heading),
            Item::Step(place, step) => self::step(frame, at, view, step, *place == ui.selected()),
        }
        row += item.rows(of_step);
    }
    let more = |at: u16, sign: &'static str, frame: &mut Frame<'_>| {
        let at = Rect { x: area.right().saturating_sub(1), y: at, width: 1, height: 1 };
        frame.render_widget(Span::styled(sign, view.theme.style(Meaning::Accent)), at.intersection(area));
    };
    if shown.start > 0 {
        more(head.y, view.glyphs.up, frame);
    }
    if shown.end < items.len() {
        more(area.bottom().saturating_sub(1), view.glyphs.down, frame);
    }
}

/// Which of them have room: the selected step, some of the steps behind it, and before it as many as can be.
fn shown(items: &[Item<'_>], selected: usize, rows: usize, of_step: usize) -> Range<usize> {
    let fitting = |items: &mut dyn Iterator<Item = &Item<'_>>| {
        let mut room = rows;
        let fit = items.take_while(|item| {
            let fits = item.rows(of_step) <= room;
            room = room.saturating_sub(item.rows(of_step));
            fits
        });
        // Something is always shown, if only its first row.
        fit.count().max(1)
    };
    let last = selected + (rows / of_step).max(1) / 3;
    let behind = items.iter().position(|item| matches!(item, Item::Step(place, _) if *place == last));
    let end = behind.map_or(items.len(), |behind| behind + 1);
    let first = end.saturating_sub(fitting(&mut items.iter().take(end).rev()));
    let count = fitting(&mut items.iter().skip(first));
    first..(first + count).min(items.len())
}

/// The name of a group, made safe, and what stands behind it.
fn heading_parts(view: &View<'_>, heading: &Heading<'_>) -> (String, String) {
    let (name, count) = view.text.heading(heading);
    (escape_controls(&name), format!(" {} {count}", view.glyphs.dot))
}

fn heading(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, heading: &Heading<'_>) {
    let columns = usize::from(area.width).saturating_sub(2);
    let (name, mut count) = heading_parts(view, heading);
    // Before a name is cut, what is said of it can be said shorter.
    if width(&name) + width(&count) > columns && heading.count.required > 0 {
        count = format!(
            " {} {}",
            view.glyphs.dot,
            view.text.count_of(heading.count.green, heading.count.required)
        );
    }
    let count = truncate_to_width(&count, columns, view.glyphs.ellipsis);
    let name = truncate_to_width(&name, columns.saturating_sub(width(&count)), view.glyphs.ellipsis);
    let line = Line::from(vec![
        Span::styled(format!(" {name}"), view.theme.style(Meaning::Title)),
        Span::styled(count, view.theme.style(Meaning::Muted)),
    ]);
    frame.render_widget(line, Rect { height: 1, ..area }.intersection(area));
}

fn step(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, assessment: &Assessment<'_>, selected: bool) {
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
        Some(StatusReason::Polling(progress)) => Some(view.text.waited(progress)),
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
