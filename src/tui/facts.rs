//! What was expected against what was found, and the rows that fail.

use ratatui::text::{Line, Span};

use super::View;
use super::keymap::{Action, KeyContext};
use super::page::Page;
use super::theme::Meaning;
use super::visible::{escape_controls, pad, width};
use crate::checklist::Step;
use crate::run::{Assessment, Fact, FailedRows, FailingRow, StatusReason, StepStatus};

/// How many failing rows stand on a step's page; a screen of their own shows them all.
const SHOWN: usize = 20;

/// So many stand there where there is no room for more.
const FEWEST: usize = 2;

/// What a failing row says, in the order of the columns.
pub(super) type Cells = [String; 4];

/// A row of a table.
struct Row {
    met: bool,
    cells: Vec<String>,
}

/// Which facts stand where a step is decided; the rest stands below what is to be done.
#[derive(Clone, Copy)]
pub(super) enum FactsShown {
    All,
    /// Those that are not met.
    Unmet,
    /// The rows that fail say more.
    Rows,
    /// An error decides: what it left is no more than its trace.
    None,
}

/// What the verdict rests on: the rows that fail, or else the facts, in `room` rows of the page where that can be.
pub(super) fn deciding(
    page: &mut Page<'_>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    room: u16,
) -> FactsShown {
    if let Some(StatusReason::Error(..)) = assessment.reason {
        return FactsShown::None;
    }
    let left = room.saturating_sub(page.height() + 1);
    if let Some(failed) = &assessment.rows {
        page.append(rows_within(page, view, assessment, failed, left));
        return FactsShown::Rows;
    }
    let facts = unmet_first(assessment);
    let all = fact_page(page, view, assessment, &facts);
    if all.height() <= left || facts.iter().all(|fact| fact.met) {
        page.append(all);
        return FactsShown::All;
    }
    let unmet: Vec<&Fact> = facts.into_iter().filter(|fact| !fact.met).collect();
    page.append(fact_page(page, view, assessment, &unmet));
    FactsShown::Unmet
}

/// What does not stand above.
pub(super) fn rest(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>, shown: FactsShown) {
    let mut facts = unmet_first(assessment);
    match shown {
        FactsShown::All => return,
        FactsShown::Unmet => facts.retain(|fact| fact.met),
        FactsShown::Rows => {}
        FactsShown::None => {
            let rows = assessment.rows.as_ref();
            if let Some(rows) = rows.map(|failed| rows_within(page, view, assessment, failed, u16::MAX)) {
                page.append(rows);
            }
        }
    }
    page.append(fact_page(page, view, assessment, &facts));
}

/// Those that are not met first; the one of the names to be covered after them: the reason says what is missing.
fn unmet_first<'a>(assessment: &Assessment<'a>) -> Vec<&'a Fact> {
    let mut facts: Vec<&Fact> = assessment.found.iter().flat_map(|found| &found.finding.facts).collect();
    facts.sort_by_key(|fact| (fact.met, assessment.covered.is_some() && fact.is_of_covers()));
    facts
}

fn fact_page<'a>(
    beside: &Page<'a>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    facts: &[&Fact],
) -> Page<'a> {
    let mut page = beside.another();
    let text = view.text;
    let rows = facts.iter().map(|fact| {
        let expected = escape_controls(&text.expected(assessment.step, fact));
        let own = if assessment.rows.is_some() { text.found_beside_rows(fact) } else { text.found(fact) };
        let cells = vec![property(view, &fact.property), expected, found(view, &own)];
        Row { met: fact.met, cells }
    });
    let head = [text.column_property(), text.column_expected(), text.column_found()];
    let rows: Vec<Row> = rows.collect();
    if !rows.is_empty() && !table(&mut page, view, assessment, &head, &rows) {
        below_each_other(&mut page, view, assessment, &rows);
    }
    page
}

/// The rows that fail, each with what it fails by: as many as have room, but the first in any case.
fn rows_within<'a>(
    beside: &Page<'a>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    failed: &FailedRows<'_>,
    room: u16,
) -> Page<'a> {
    let mut count = failed.shown.len().min(SHOWN);
    loop {
        let mut page = beside.another();
        failing_rows(&mut page, view, assessment, failed, count);
        if page.height() <= room || count <= FEWEST {
            return page;
        }
        count -= 1;
    }
}

fn failing_rows(
    page: &mut Page<'_>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    failed: &FailedRows<'_>,
    count: usize,
) {
    let text = view.text;
    page.heading(&text.heading_rows(text.rows_of(failed.count, failed.of)), Meaning::Muted);
    let rows = failed.shown.iter().take(count);
    let rows = rows.map(|row| Row { met: false, cells: row_cells(view, assessment.step, row).into() });
    let head = [text.column_row(), text.column_property(), text.column_expected(), text.column_found()];
    let rows: Vec<Row> = rows.collect();
    if !table(page, view, assessment, &head, &rows) {
        below_each_other(page, view, assessment, &rows);
    }
    if let Some(more) = text.more_failing(failed, count) {
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
    page.heading(&format!("   {}", line(head).concat()), Meaning::Muted);
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

/// Each as a sentence: below the name of its row, where it has one.
fn below_each_other(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>, rows: &[Row]) {
    for row in rows {
        let (sign, meaning) = row.sign(view, assessment);
        let sign = format!(" {sign}");
        match row.cells.as_slice() {
            [property, expected, found] => {
                page.signed(&sign, meaning, &row.line(view, property, expected, found), meaning);
            }
            [name, property, expected, found] => {
                page.signed(&sign, meaning, name, Meaning::Base);
                page.indented(3, &row.line(view, property, expected, found), meaning);
            }
            _ => {}
        }
    }
}

impl Row {
    fn line(&self, view: &View<'_>, property: &str, expected: &str, found: &str) -> String {
        if self.met {
            view.text.fact_met_line(property, expected, found)
        } else {
            view.text.fact_line(property, expected, found)
        }
    }

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
