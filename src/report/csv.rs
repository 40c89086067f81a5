//! A report as CSV (RFC 4180): one row a fact and one a row that fails, or a step that has none; behind them the same of what was
//! found before and after each of its applies; before all one for each thing that is damaged, for the page that the checklist comes
//! from, and for each name that is left out.

use std::borrow::Cow;
use std::fmt::Display;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use serde::{Serialize, Serializer};

use super::applied::Beside;
use super::{ApplyReport, Report, SourceReport, StepReport, Time};
use crate::run::{Fact, FailingRow};
use crate::sanitize::escape_controls;
use crate::text::Text;

/// By which spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The report as CSV in UTF-8. The heading of the first column says whether it is a rehearsal; the names of the others are
/// for programs, in no language.
pub fn csv(report: &Report, text: Text) -> String {
    let mut table = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let source = report.checklist.source.as_ref().map(SourceReport::line);
    for row in rows(report, source.as_deref(), text) {
        // Text, numbers and what is not there, and always as many: nothing in it can fail to be written.
        let _infallible = table.serialize(row);
    }
    let bytes = table.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The names of its fields are the headings.
#[derive(Default, Serialize)]
struct Row<'a> {
    /// One of these two is there, in all rows the same.
    #[serde(rename = "run (live)", skip_serializing_if = "Option::is_none")]
    live: Option<Cell<&'a str>>,
    #[serde(rename = "run (REHEARSAL)", skip_serializing_if = "Option::is_none")]
    rehearsal: Option<Cell<&'a str>>,
    checklist: Cell<&'a str>,
    version: Cell<&'a str>,
    step: Cell<&'a str>,
    title: Cell<&'a str>,
    required: bool,
    verdict: Cell<&'a str>,
    reason: Option<Cell<Cow<'a, str>>>,
    /// Of a row of the check that fails: its number, and its name if it has one.
    #[serde(rename = "row")]
    number: Option<u64>,
    key: Option<Cell<&'a str>>,
    property: Option<Cell<&'a str>>,
    expected: Option<Cell<&'a str>>,
    found: Option<Cell<&'a str>>,
    met: Option<bool>,
    checked_at: Option<Cell<Time>>,
    elapsed_ms: Option<u64>,
    stated_by: Option<Cell<&'a str>>,
    stated_at: Option<Cell<Time>>,
    statement: Option<Cell<&'a str>>,
    note: Option<Cell<&'a str>>,
    journal_head: Cell<&'a str>,
    group: Option<Cell<&'a str>>,
    /// Of an apply beyond the session: its number, if it ran, and what was found before; what was found after is `found`.
    apply: Option<u32>,
    found_before: Option<Cell<&'a str>>,
    /// Where the remedies lead.
    go: Option<Cell<String>>,
    /// What the verdict of a step rests on: a statement is no measurement.
    basis: Option<Cell<&'a str>>,
}

fn rows<'a>(report: &'a Report, source: Option<&'a str>, text: Text) -> impl Iterator<Item = Row<'a>> {
    let damaged = report.damage.iter().map(|damage| {
        let file = damage.file.as_deref().unwrap_or("journal.jsonl");
        Row::not_whole(report, file, "damaged", &damage.what)
    });
    let newer = report.newer.iter().map(|newer| Row::not_whole(report, "journal.jsonl", "newer", newer));
    let steps = report.steps.iter().flat_map(move |step| {
        let facts = step.checked.facts.iter();
        let none = facts.len() == 0;
        let facts = facts.map(Some).chain(none.then_some(None)).map(|fact| Row::of(report, step, fact));
        let failing = step.checked.failing.iter().map(|row| Row::failing(report, step, row));
        let applies = step.applies.iter().flat_map(move |apply| Row::applied(report, step, apply, text));
        facts.chain(failing).chain(applies)
    });
    let left_out = report.gate.left_out.iter().map(|name| Row::not_whole(report, "", "left-out", name));
    let subjects = report.gate.subjects.iter().filter_map(|subject| {
        let found = subject.found.as_ref()?;
        Some(Row::not_whole(report, &found.id, "subject", &found.name))
    });
    let source = source.map(|source| Row::not_whole(report, "", "source", source));
    damaged.chain(newer).chain(source).chain(subjects).chain(left_out).chain(steps)
}

impl<'a> Row<'a> {
    fn new(report: &'a Report) -> Self {
        let run = Some(Cell(report.run.as_str()));
        let (live, rehearsal) = if report.rehearsal { (None, run) } else { (run, None) };
        Self {
            live,
            rehearsal,
            checklist: Cell(report.checklist.id.as_str()),
            version: Cell(&report.checklist.version),
            journal_head: Cell(&report.head.code),
            ..Self::default()
        }
    }

    /// What is not as it should be in what was read, or is left out, or is about the run as a whole, as a row of no step with a verdict that no step has.
    fn not_whole(report: &'a Report, file: &'a str, verdict: &'a str, what: &'a str) -> Self {
        Self {
            title: Cell(file),
            required: true,
            verdict: Cell(verdict),
            reason: Some(Cell(Cow::Borrowed(what))),
            ..Self::new(report)
        }
    }

    fn failing(report: &'a Report, step: &'a StepReport, row: &'a FailingRow) -> Self {
        Self::of(report, step, None).with_row(row)
    }

    fn with_row(self, row: &'a FailingRow) -> Self {
        Self {
            number: Some(row.row),
            key: row.key.as_deref().map(Cell),
            property: Some(Cell(&row.property)),
            expected: Some(Cell(&row.expected)),
            found: Some(Cell(&row.found)),
            met: Some(false),
            ..self
        }
    }

    /// What was found before and after an apply, with a verdict that no step has.
    fn applied(report: &'a Report, step: &'a StepReport, apply: &'a ApplyReport, text: Text) -> Vec<Self> {
        let (after, summary) = (apply.after.as_ref(), apply.summary(text));
        let own = || Self {
            verdict: Cell(if apply.not_run.is_some() { "not-applied" } else { "applied" }),
            reason: Some(Cell(Cow::Owned(summary.clone()))),
            apply: apply.number,
            checked_at: after.map(|after| Cell(after.at)),
            elapsed_ms: None,
            go: None,
            ..Self::of(report, step, None)
        };
        let found = |fact: Option<&'a Fact>| fact.map(|fact| Cell(fact.found.as_str()));
        let facts = apply.pairs().into_iter().map(|Beside { property, expected, before, after }| Self {
            property: Some(Cell(property)),
            expected: Some(Cell(expected)),
            found_before: found(before),
            found: found(after),
            met: after.map(|after| after.met),
            ..own()
        });
        let of_before = apply.before.iter().flat_map(|found| &found.failing).map(|row| Self {
            found_before: Some(Cell(&row.found)),
            found: None,
            met: None,
            ..own().with_row(row)
        });
        let of_after = after.into_iter().flat_map(|found| &found.failing).map(|row| own().with_row(row));
        let rows: Vec<Self> = facts.chain(of_before).chain(of_after).collect();
        if rows.is_empty() { vec![own()] } else { rows }
    }

    fn of(report: &'a Report, step: &'a StepReport, fact: Option<&'a Fact>) -> Self {
        let checked = &step.checked;
        let leads: Vec<&str> = checked.leads.iter().flatten().map(String::as_str).collect();
        let made = step.statement.as_ref().and_then(|statement| statement.made.as_ref());
        Self {
            step: Cell(checked.id.as_str()),
            title: Cell(&checked.title),
            group: checked.group.as_deref().map(Cell),
            required: checked.required,
            verdict: Cell(checked.verdict.as_str()),
            reason: checked.reason.as_deref().map(|reason| Cell(Cow::Borrowed(reason))),
            property: fact.map(|fact| Cell(fact.property.as_str())),
            expected: fact.map(|fact| Cell(fact.expected.as_str())),
            found: fact.map(|fact| Cell(fact.found.as_str())),
            met: fact.map(|fact| fact.met),
            checked_at: step.checked_at.map(Cell),
            elapsed_ms: checked.elapsed_ms,
            stated_by: made.map(|made| Cell(made.name.as_str())),
            stated_at: made.map(|made| Cell(made.at)),
            statement: step.statement.as_ref().map(|statement| Cell(statement.statement.as_str())),
            note: made.map(|made| Cell(made.note.as_str())),
            go: (!leads.is_empty()).then(|| Cell(leads.join("; "))),
            basis: Some(Cell(checked.basis.as_str())),
            ..Self::new(report)
        }
    }
}

/// What a spreadsheet would take for a formula gets an apostrophe first, which shows it as text: also behind a semicolon,
/// where spreadsheets of many countries begin a cell. A first line `sep=,` would say it better, but is a row to all other
/// readers, and makes Excel overlook the byte order mark.
#[derive(Default)]
struct Cell<T>(T);

impl<T: Display> Serialize for Cell<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = self.0.to_string();
        let parts: Vec<String> = escape_controls(&shown).split(';').map(inert).collect();
        serializer.serialize_str(&parts.join(";"))
    }
}

fn inert(part: &str) -> String {
    let formula = part
        .trim_start_matches(|c: char| c.is_whitespace() || c == '"')
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    format!("{}{part}", if formula { "'" } else { "" })
}
