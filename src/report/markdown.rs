//! A report as Markdown (`CommonMark` with the tables of GitHub), readable as plain text and on paper.

use std::fmt::{Display, Write as _};

mod applied;

use super::applies::{count_line, not_applying};
use super::check::CheckedStep;
use super::time::seconds;
use super::{
    Report, StepReport, Time, at_host, attempt_cells, attempt_headings, excerpt_lines, failure_lines,
    gate_line, greenlights, journal_note, operator_line, shell_line,
};
use crate::run::{FailingRow, Purpose};
use crate::sanitize::escape_controls;
use crate::text::Text;

/// The report as Markdown. A rehearsal says so in the first line.
pub fn markdown(report: &Report, text: Text) -> String {
    let mut page = MarkdownWriter(String::new());
    if let Some(scenario) = &report.scenario {
        page.block(format!("> **{}**", text.report_rehearsal(prose(scenario))));
    }
    for (heading, items) in report.not_whole(text) {
        let mut banner = format!("> **{heading}**\n>");
        for what in items {
            let _infallible = write!(banner, "\n> - {}", prose(what));
        }
        page.block(banner);
    }
    page.block(format!("# {}", prose(&report.title)));
    page.block(format!("**{}**", gate_line(&report.gate, text)));
    if let Some(count) = count_line(&report.gate, text) {
        page.block(count);
    }
    report.gate.subject_lines(text).iter().for_each(|line| page.block(prose(line)));
    report.gate.left_out_line(text).iter().for_each(|line| page.block(prose(line)));
    if let Some(seal) = &report.handoff {
        let by = seal.by.as_ref().map(at_host).unwrap_or_default();
        page.block(format!("**{}**", text.report_sealed(seal.at, prose(&by))));
    }
    if let Some(until) = report.until {
        page.block(text.report_as_of(until));
    }
    if report.redacted {
        page.block(text.report_redacted());
    }
    about(&mut page, report, text);
    inputs(&mut page, report, text);
    overview(&mut page, report, text);
    for (position, step) in report.steps.iter().enumerate() {
        one(&mut page, position + 1, step, text);
    }
    handoff(&mut page, report, text);
    page.block(format!("## {}", text.report_head()));
    page.block(format!("`{}`  \nSHA-256 `{}`", report.head.code, report.head.sha256));
    let run = escape_controls(&report.run).replace('`', "");
    let command = format!("greenlight verify {run} --head {}", report.head.code);
    page.block(text.report_head_use(command));
    page.0
}

fn about(page: &mut MarkdownWriter, report: &Report, text: Text) {
    let time = |time: Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
    let operators: Vec<String> =
        report.operators.iter().map(|operator| prose(&operator_line(operator, text))).collect();
    let shells: Vec<String> = report
        .shells
        .iter()
        .map(|about| format!("{} {}", code(&about.program), prose(&shell_line(about))))
        .collect();
    let checklist = format!(
        "{} {}, SHA-256 `{}`",
        code(report.checklist.id.as_str()),
        prose(&report.checklist.version),
        report.checklist.sha256
    );
    let mut table = Table::new(page, &["", ""]);
    table.row([text.report_run(), code(&report.run)]);
    table.row([text.report_checklist(), checklist]);
    if let Some(source) = &report.checklist.source {
        table.row([text.label_source(), prose(&source.line())]);
    }
    table.row([text.report_began(), time(report.began)]);
    table.row([text.report_last(), time(report.until)]);
    table.row([text.report_operators(), operators.join("; ")]);
    table.row([text.report_shells(), shells.join("; ")]);
    table.row(["greenlight".to_owned(), prose(&greenlights(report).join("; "))]);
    for note in &report.journal {
        table.row([text.report_journal(), prose(&journal_note(note, text))]);
    }
    table.row([text.report_head(), format!("`{}`", report.head.code)]);
    table.end();
}

fn inputs(page: &mut MarkdownWriter, report: &Report, text: Text) {
    if report.inputs.is_empty() {
        return;
    }
    page.block(format!("## {}", text.report_inputs()));
    let mut table = Table::new(page, &["", ""]);
    for input in report.inputs.iter().filter(|input| input.values.iter().any(|value| !value.is_empty())) {
        let values: Vec<String> = input.values.iter().map(|value| code(value)).collect();
        table.row([prose(&input.label), values.join(", ")]);
    }
    table.end();
}

fn overview(page: &mut MarkdownWriter, report: &Report, text: Text) {
    page.block(format!("## {}", text.report_steps()));
    let headings = ["#".to_owned(), text.report_step(), text.report_verdict(), text.report_duration()];
    let mut table = Table::new(page, &headings);
    for (position, step) in report.steps.iter().enumerate() {
        if let Some((name, count)) = &step.heading {
            table.row([String::new(), format!("**{}**", prose(name)), count.clone(), String::new()]);
        }
        let title = if step.checked.required {
            prose(&step.checked.title)
        } else {
            format!("{} ({})", prose(&step.checked.title), text.report_advisory())
        };
        let duration = step.checked.elapsed_ms.map(seconds).unwrap_or_default();
        table.row([(position + 1).to_string(), title, step.word.clone(), duration]);
    }
    table.end();
    if !report.gate.reasons.is_empty() && !report.gate.nothing_applies {
        let mut list = String::new();
        for reason in &report.gate.reasons {
            let title = report.steps.iter().find(|step| step.checked.id == reason.step);
            let title = title.map_or(reason.step.as_str(), |step| step.checked.title.as_str());
            line(&mut list, format_args!("- **{}**: {}", prose(title), prose(&reason.reason)));
        }
        page.block(list.trim_end());
    }
    let not_applying = not_applying(report);
    if !not_applying.is_empty() {
        page.block(format!("{}:", text.not_applying()));
        let mut list = String::new();
        for (title, why) in not_applying {
            line(&mut list, format_args!("- **{}**: {}", prose(title), prose(why)));
        }
        page.block(list.trim_end());
    }
}

fn one(page: &mut MarkdownWriter, number: usize, step: &StepReport, text: Text) {
    let checked = &step.checked;
    page.block(format!("### {number}. {}: {}", prose(&checked.title), step.word));
    if !step.why.is_empty() {
        page.block(paragraph(&step.why, ""));
    }
    if let Some(reason) = &checked.reason {
        page.block(format!("**{}:** {}", text.report_reason(), prose(reason)));
    }
    checked.sign_ins_failed(text).iter().for_each(|failed| page.block(prose(failed)));
    for command in &step.commands {
        let label = match command.purpose {
            Purpose::Check => text.report_check(),
            Purpose::Apply => {
                text.report_apply(command.changes.map(|changes| text.changes(changes)).unwrap_or_default())
            }
        };
        page.block(format!("{label}:"));
        page.fence("powershell", &command.command);
    }
    facts(page, checked, text);
    failing(page, &checked.failing, checked.more_rows.as_ref(), text);
    if !checked.warnings.is_empty() {
        page.block(format!("{}:", text.heading_warnings()));
        page.fence("", &checked.warning_lines(text));
    }
    statement(page, step, text);
    if !step.checked.failures.is_empty() {
        page.block(format!("{}:", text.report_errors()));
        page.fence("", &failure_lines(step));
    }
    for (remedy, lead) in step.checked.remedies() {
        let lead = lead.map(|lead| format!("  \n{}", prose(lead))).unwrap_or_default();
        page.block(format!("**{}:** {}{lead}", text.report_remedy(), paragraph(remedy, "")));
    }
    attempts(page, step, text);
    applied::applied(page, step, text);
    if let Some(damage) = step.excerpt.as_ref().and_then(|excerpt| excerpt.damage.as_ref()) {
        page.block(format!("**{}**", prose(damage)));
    }
    if let Some(excerpt) = step.excerpt.as_ref().filter(|excerpt| !excerpt.lines.is_empty()) {
        page.block(format!("{}:", text.report_output(code(&excerpt.file))));
        page.fence("", &excerpt_lines(excerpt, text));
    }
    if let Some(left_out) = step.excerpt.as_ref().and_then(|excerpt| excerpt.left_out) {
        page.block(text.left_out(left_out));
    }
}

fn facts(page: &mut MarkdownWriter, checked: &CheckedStep, text: Text) {
    if checked.facts.is_empty() {
        return;
    }
    let headings = [text.report_property(), text.report_expected(), text.report_found(), text.report_met()];
    let mut table = Table::new(page, &headings);
    for fact in &checked.facts {
        let property = if fact.property.is_empty() { text.report_object() } else { code(&fact.property) };
        let met = if fact.met { text.report_yes() } else { format!("**{}**", text.report_no()) };
        table.row([property, code(&fact.expected), code(&checked.found(fact, text)), met]);
    }
    table.end();
}

/// The rows that fail.
fn failing(page: &mut MarkdownWriter, rows: &[FailingRow], more: Option<&String>, text: Text) {
    if rows.is_empty() {
        return;
    }
    let headings = [text.column_row(), text.report_property(), text.report_expected(), text.report_found()];
    let mut table = Table::new(page, &headings);
    for row in rows {
        let property = if row.property.is_empty() { text.report_object() } else { code(&row.property) };
        table.row([code(&text.row_name(row)), property, code(&row.expected), code(&row.found)]);
    }
    table.end();
    if let Some(more) = more {
        page.block(prose(more));
    }
}

fn statement(page: &mut MarkdownWriter, step: &StepReport, text: Text) {
    let Some(statement) = &step.statement else { return };
    match &statement.made {
        None => page.block(text.report_unattested()),
        Some(made) => page.block(text.report_attested(format!("**{}**", prose(&made.name)), made.at)),
    }
    page.block(format!("> {}", paragraph(&statement.statement, "> ")));
    if let Some(made) = &statement.made {
        if !made.note.is_empty() {
            page.block(format!("{}: {}", text.report_note(), paragraph(&made.note, "")));
        }
        page.block(text.report_keyboard(prose(&at_host(&made.by))));
    }
}

fn attempts(page: &mut MarkdownWriter, step: &StepReport, text: Text) {
    if step.last_attempts.is_empty() {
        return;
    }
    page.block(text.report_attempts(step.attempts));
    let mut table = Table::new(page, &attempt_headings(text));
    for attempt in &step.last_attempts {
        table.row(attempt_cells(attempt, text).map(|cell| prose(&cell)));
    }
    table.end();
}

fn handoff(page: &mut MarkdownWriter, report: &Report, text: Text) {
    let Some(seal) = &report.handoff else { return };
    page.block(format!("## {}", text.report_handoff()));
    let mut table = Table::new(page, &[text.report_file(), text.report_bytes(), "SHA-256".to_owned()]);
    for file in &seal.files {
        table.row([code(&file.file), file.bytes.to_string(), format!("`{}`", file.sha256)]);
    }
    table.end();
}

/// The page that is being written: blocks with an empty line between them.
struct MarkdownWriter(String);

impl MarkdownWriter {
    fn block(&mut self, block: impl Display) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        line(&mut self.0, format_args!("{block}"));
    }

    /// A block of lines as they are, fenced by more backticks than stand in any of them.
    fn fence(&mut self, language: &str, lines: &str) {
        let fence = "`".repeat(longest_run(lines).max(2) + 1);
        let mut block = format!("{fence}{language}\n");
        lines.lines().for_each(|text| line(&mut block, format_args!("{}", escape_controls(text))));
        block.push_str(&fence);
        self.block(block);
    }
}

/// A table that is being written.
struct Table<'a> {
    page: &'a mut MarkdownWriter,
    rows: String,
}

impl<'a> Table<'a> {
    fn new<H: AsRef<str>>(page: &'a mut MarkdownWriter, headings: &[H]) -> Self {
        let mut table = Self { page, rows: String::new() };
        table.row(headings.iter().map(|heading| heading.as_ref().to_owned()));
        table.row(headings.iter().map(|_| "---".to_owned()));
        table
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().collect();
        line(&mut self.rows, format_args!("| {} |", cells.join(" | ")));
    }

    fn end(self) {
        self.page.block(self.rows.trim_end());
    }
}

fn line(to: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _infallible = writeln!(to, "{text}");
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Text of somebody else as one line of prose: nothing in it is Markdown, HTML or a control character.
fn prose(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = escape_controls(&joined);
    let mut escaped = String::with_capacity(shown.len() + 8);
    let digits = shown.chars().take_while(char::is_ascii_digit).count();
    let begins_list = shown.get(digits..).is_some_and(|rest| {
        let after = rest.strip_prefix(['.', ')']);
        digits > 0 && after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
    });
    for (position, c) in shown.chars().enumerate() {
        let anywhere = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&');
        let at_start = position == 0 && matches!(c, '#' | '+' | '-' | '=');
        let after_number = begins_list && position == digits;
        if anywhere || at_start || after_number {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Text of somebody else as a paragraph that keeps its lines; `margin` stands before each line but the first.
fn paragraph(text: &str, margin: &str) -> String {
    let lines: Vec<String> = text.lines().map(prose).filter(|line| !line.is_empty()).collect();
    lines.join(&format!("  \n{margin}"))
}

/// Text of somebody else as code within a line, which may stand in a table.
fn code(text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let shown = escape_controls(text).replace('|', "\\|");
    let fence = "`".repeat(longest_run(&shown) + 1);
    let pad = if shown.starts_with('`') || shown.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}
