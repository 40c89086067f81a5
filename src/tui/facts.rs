//! What was expected against what was found, and the rows that fail.

use ratatui::text::{Line, Span};

use super::View;
use super::page::{Page, cells};
use super::theme::Meaning;
use super::visible::{escape_controls, pad, width};
use crate::run::{Assessment, Fact, StepStatus};

/// A row of a table.
struct Row {
    met: bool,
    cells: Vec<String>,
}

pub(super) fn facts(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    page.gap();
    let text = view.text;
    let rows = facts.iter().map(|fact| {
        let expected = escape_controls(&text.expected(assessment.step, fact));
        let cells = vec![property(view, &fact.property), expected, found(view, &text.found(fact))];
        Row { met: fact.met, cells }
    });
    let head = [text.column_property(), text.column_expected(), text.column_found()];
    table(page, view, assessment, &head, &rows.collect::<Vec<_>>());
}

/// The rows that fail, each with what it fails by.
pub(super) fn failing_rows(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>) {
    let Some(failed) = &assessment.rows else { return };
    page.gap();
    let text = view.text;
    page.text(&text.heading_rows(text.rows_of(failed.count, failed.of)), Meaning::Muted);
    let rows = failed.shown.iter().map(|row| {
        let expected = escape_controls(&text.row_expected(assessment.step, row));
        let name = escape_controls(&text.row_name(row));
        Row {
            met: false,
            cells: vec![name, property(view, &row.property), expected, found(view, &row.found)],
        }
    });
    let head = [text.column_row(), text.column_property(), text.column_expected(), text.column_found()];
    table(page, view, assessment, &head, &rows.collect::<Vec<_>>());
    if let Some(more) = text.more_failing(failed, failed.shown.len()) {
        page.indented(1, &more, Meaning::Muted);
    }
}

fn property(view: &View<'_>, property: &str) -> String {
    if property.is_empty() { view.text.the_object() } else { escape_controls(property) }
}

fn found(view: &View<'_>, found: &str) -> String {
    if found.is_empty() { view.text.found_nothing() } else { escape_controls(found) }
}

/// As a table where every row fits, else one below the other, never cut.
fn table(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>, head: &[String], rows: &[Row]) {
    const GAP: usize = 2;
    let widest = |(place, head): (usize, &String)| {
        let cells = rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| width(cell));
        cells.max().unwrap_or_default().max(width(head)) + GAP
    };
    let widths: Vec<usize> = head.iter().enumerate().map(widest).collect();
    let fits = 3 + widths.iter().sum::<usize>() <= page.columns();
    let line = |cells: &[String]| -> Vec<String> {
        let last = cells.len().saturating_sub(1);
        let padded = |(place, (cell, columns)): (usize, (&String, &usize))| {
            if place == last { cell.clone() } else { pad(cell, *columns, "") }
        };
        cells.iter().zip(&widths).enumerate().map(padded).collect()
    };
    if fits {
        page.text(&format!("   {}", line(head).concat()), Meaning::Muted);
    }
    let (wrong, wrong_meaning) = unmet(view, &assessment.status);
    let labels = cells(head.iter().skip(1).map(|head| width(head)).max().unwrap_or_default());
    for Row { met, cells } in rows {
        let (sign, meaning) = if *met { (view.glyphs.green, Meaning::Good) } else { (wrong, wrong_meaning) };
        let last = cells.len().saturating_sub(1);
        let meaning_of = |place: usize, other: Meaning| if place == last { meaning } else { other };
        if fits {
            let mut spans = vec![Span::styled(format!(" {sign} "), view.theme.style(meaning))];
            spans.extend(
                line(cells).into_iter().enumerate().map(|(place, cell)| {
                    Span::styled(cell, view.theme.style(meaning_of(place, Meaning::Base)))
                }),
            );
            page.row(Line::from(spans));
        } else {
            let first = cells.first().map_or("", String::as_str);
            page.signed(&format!(" {sign}"), meaning, first, Meaning::Base);
            for (place, (cell, head)) in cells.iter().zip(head).enumerate().skip(1) {
                let row = format!("{}  {cell}", pad(head, usize::from(labels), ""));
                page.indented(3, &row, meaning_of(place, Meaning::Muted));
            }
        }
    }
}

/// The sign of what was not met. What is only to do is not wrong.
const fn unmet(view: &View<'_>, status: &StepStatus) -> (&'static str, Meaning) {
    match status {
        StepStatus::ToDo => (view.glyphs.to_do, Meaning::Accent),
        StepStatus::NotRun
        | StepStatus::Waiting
        | StepStatus::Running(_)
        | StepStatus::Green
        | StepStatus::Stale(_)
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted => (view.glyphs.red, Meaning::Bad),
    }
}
