//! A report as CSV (RFC 4180): one row a fact, or a step that has none; before them one for each thing that is damaged.

use super::{Report, StepReport};
use crate::run::Fact;
use crate::sanitize::escape_controls;

/// The report as CSV in UTF-8 with a byte order mark, by which spreadsheets know it. The heading of the first column says
/// whether it is a rehearsal; the names of the others are for programs, in no language.
pub fn csv(report: &Report) -> String {
    let run = if report.rehearsal { "run (REHEARSAL)" } else { "run (live)" };
    let mut table = String::from('\u{feff}');
    row(
        &mut table,
        &[
            run,
            "checklist",
            "version",
            "step",
            "title",
            "required",
            "verdict",
            "reason",
            "property",
            "expected",
            "found",
            "met",
            "checked_at",
            "elapsed_ms",
            "stated_by",
            "stated_at",
            "statement",
            "note",
            "journal_head",
        ],
    );
    for damage in &report.damage {
        let file = damage.file.as_deref().unwrap_or("journal.jsonl");
        row(&mut table, &not_whole(report, file, "damaged", &damage.what));
    }
    if let Some(newer) = &report.newer {
        row(&mut table, &not_whole(report, "journal.jsonl", "newer", newer));
    }
    for step in &report.steps {
        match step.checked.facts.as_slice() {
            [] => row(&mut table, &cells(report, step, None)),
            facts => facts.iter().for_each(|fact| row(&mut table, &cells(report, step, Some(fact)))),
        }
    }
    table
}

/// What is not as it should be in what was read, as a row of no step with a verdict that no step has.
fn not_whole(report: &Report, file: &str, verdict: &str, what: &str) -> Vec<String> {
    let mut cells = vec![
        report.run.clone(),
        report.checklist.id.to_string(),
        report.checklist.version.clone(),
        String::new(),
        file.to_owned(),
        true.to_string(),
        verdict.to_owned(),
        what.to_owned(),
    ];
    cells.resize(18, String::new());
    cells.push(report.head.code.clone());
    cells
}

fn cells(report: &Report, step: &StepReport, fact: Option<&Fact>) -> Vec<String> {
    let checked = &step.checked;
    let statement = step.statement.as_ref();
    let made = statement.and_then(|statement| statement.made.as_ref());
    let of_fact = |part: fn(&Fact) -> String| fact.map(part).unwrap_or_default();
    vec![
        report.run.clone(),
        report.checklist.id.to_string(),
        report.checklist.version.clone(),
        checked.id.to_string(),
        checked.title.clone(),
        checked.required.to_string(),
        checked.verdict.as_str().to_owned(),
        checked.reason.clone().unwrap_or_default(),
        of_fact(|fact| fact.property.clone()),
        of_fact(|fact| fact.expected.clone()),
        of_fact(|fact| fact.found.clone()),
        of_fact(|fact| fact.met.to_string()),
        step.checked_at.map(|at| at.to_string()).unwrap_or_default(),
        checked.elapsed_ms.map(|ms| ms.to_string()).unwrap_or_default(),
        made.map(|made| made.name.clone()).unwrap_or_default(),
        made.map(|made| made.at.to_string()).unwrap_or_default(),
        statement.map(|statement| statement.statement.clone()).unwrap_or_default(),
        made.map(|made| made.note.clone()).unwrap_or_default(),
        report.head.code.clone(),
    ]
}

fn row<S: AsRef<str>>(table: &mut String, cells: &[S]) {
    let cells: Vec<String> = cells.iter().map(|text| cell(text.as_ref())).collect();
    table.push_str(&cells.join(","));
    table.push_str("\r\n");
}

/// A quoted cell. What a spreadsheet would take for a formula gets an apostrophe first, which shows it as text: also
/// behind a semicolon, where spreadsheets of many countries begin a cell. A first line `sep=,` would say it better, but
/// is a row to all other readers, and makes Excel overlook the byte order mark.
fn cell(text: &str) -> String {
    let shown = escape_controls(text);
    let inert = |part: &str| {
        let formula = part
            .trim_start_matches(|c: char| c.is_whitespace() || c == '"')
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        format!("{}{part}", if formula { "'" } else { "" })
    };
    let parts: Vec<String> = shown.split(';').map(inert).collect();
    format!("\"{}\"", parts.join(";").replace('"', "\"\""))
}
