//! What was expected against what was found, and the rows that fail.

use ratatui::text::{Line, Span};

use super::View;
use super::keymap::{Action, KeyContext};
use super::page::{Page, cells};
use super::theme::Meaning;
use super::visible::{escape_controls, pad, width};
use crate::checklist::Step;
use crate::run::{Assessment, Fact, FailingRow, StepStatus};

/// How many failing rows stand on a step's page; a screen of their own shows them all.
const SHOWN: usize = 20;

/// What a failing row says, in the order of the columns.
pub(super) type Cells = [String; 4];

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
        let own = if assessment.rows.is_some() { text.found_beside_rows(fact) } else { text.found(fact) };
        let cells = vec![property(view, &fact.property), expected, found(view, &own)];
        Row { met: fact.met, cells }
    });
    let head = [text.column_property(), text.column_expected(), text.column_found()];
    let rows: Vec<Row> = rows.collect();
    if !table(page, view, assessment, &head, &rows) {
        below_each_other(page, view, assessment, &head, &rows);
    }
}

/// The rows that fail, each with what it fails by.
pub(super) fn failing_rows(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>) {
    let Some(failed) = &assessment.rows else { return };
    page.gap();
    let text = view.text;
    page.text(&text.heading_rows(text.rows_of(failed.count, failed.of)), Meaning::Muted);
    let rows = failed.shown.iter().take(SHOWN);
    let rows = rows.map(|row| Row { met: false, cells: row_cells(view, assessment.step, row).into() });
    let head = [text.column_row(), text.column_property(), text.column_expected(), text.column_found()];
    let rows: Vec<Row> = rows.collect();
    if !table(page, view, assessment, &head, &rows) {
        let (sign, meaning) = unmet(view, &assessment.status);
        for row in &rows {
            let [name, property, expected, found] = row.cells.as_slice() else { continue };
            page.signed(&format!(" {sign}"), meaning, name, Meaning::Base);
            page.indented(3, &text.fact_line(property, expected, found), meaning);
        }
    }
    if let Some(more) = text.more_failing(failed, SHOWN) {
        let key = view.keys.name_of(KeyContext::Steps, Action::Rows, text);
        page.indented(1, &text.rows_by_key(more, key), Meaning::Muted);
    }
}

/// What a row is called, what of it was tested, what that should be and what it is.
pub(super) fn row_cells(view: &View<'_>, step: &Step, row: &FailingRow) -> Cells {
    let name = escape_controls(&view.text.row_name(row));
    let expected = escape_controls(&view.text.row_expected(step, row));
    [name, property(view, &row.property), expected, found(view, &row.found)]
}

fn property(view: &View<'_>, property: &str) -> String {
    if property.is_empty() { view.text.the_object() } else { escape_controls(property) }
}

fn found(view: &View<'_>, found: &str) -> String {
    if found.is_empty() { view.text.found_nothing() } else { escape_controls(found) }
}

/// As a table, if every row fits: nothing is ever cut.
fn table(
    page: &mut Page<'_>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    head: &[String],
    rows: &[Row],
) -> bool {
    const GAP: usize = 2;
    let widest = |(place, head): (usize, &String)| {
        let cells = rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| width(cell));
        cells.max().unwrap_or_default().max(width(head)) + GAP
    };
    let widths: Vec<usize> = head.iter().enumerate().map(widest).collect();
    if 3 + widths.iter().sum::<usize>() > page.columns() {
        return false;
    }
    let last = head.len().saturating_sub(1);
    let line = |cells: &[String]| -> Vec<String> {
        let padded = |(place, (cell, columns)): (usize, (&String, &usize))| {
            if place == last { cell.clone() } else { pad(cell, *columns, "") }
        };
        cells.iter().zip(&widths).enumerate().map(padded).collect()
    };
    page.text(&format!("   {}", line(head).concat()), Meaning::Muted);
    for row in rows {
        let (sign, meaning) = row.sign(view, assessment);
        let mut spans = vec![Span::styled(format!(" {sign} "), view.theme.style(meaning))];
        spans.extend(line(&row.cells).into_iter().enumerate().map(|(place, cell)| {
            let meaning = if place == last { meaning } else { Meaning::Base };
            Span::styled(cell, view.theme.style(meaning))
        }));
        page.row(Line::from(spans));
    }
    true
}

/// Each cell in a row of its own.
fn below_each_other(
    page: &mut Page<'_>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    head: &[String],
    rows: &[Row],
) {
    let labels = cells(head.iter().skip(1).map(|head| width(head)).max().unwrap_or_default());
    let last = head.len().saturating_sub(1);
    for row in rows {
        let (sign, meaning) = row.sign(view, assessment);
        let first = row.cells.first().map_or("", String::as_str);
        page.signed(&format!(" {sign}"), meaning, first, Meaning::Base);
        for (place, (cell, head)) in row.cells.iter().zip(head).enumerate().skip(1) {
            let line = format!("{}  {cell}", pad(head, usize::from(labels), ""));
            page.indented(3, &line, if place == last { meaning } else { Meaning::Muted });
        }
    }
}

impl Row {
    const fn sign(&self, view: &View<'_>, assessment: &Assessment<'_>) -> (&'static str, Meaning) {
        if self.met { (view.glyphs.green, Meaning::Good) } else { unmet(view, &assessment.status) }
    }
}

/// The sign of what was not met. What is only to do, or may yet come, is not wrong.
const fn unmet(view: &View<'_>, status: &StepStatus) -> (&'static str, Meaning) {
    match status {
        StepStatus::ToDo => (view.glyphs.to_do, Meaning::Accent),
        StepStatus::Polling => (view.glyphs.polling, Meaning::Polling),
        StepStatus::NotRun
        | StepStatus::Waiting
        | StepStatus::Running(_)
        | StepStatus::DoesNotApply
        | StepStatus::Green
        | StepStatus::Stale(_)
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted => (view.glyphs.red, Meaning::Bad),
    }
}
