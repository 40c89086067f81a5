//! A report as one HTML page: without script, without anything from elsewhere, for screens light and dark, and paper.
//! The markup escapes every text; a line feed stands after each block, so that pages can be compared by their lines.

use maud::{DOCTYPE, Markup, PreEscaped, html};

mod applied;

use super::applies::{count_line, not_applying};
use super::check::{Basis, StepVerdict};
use super::markup::visible;
use super::time::seconds;
use super::{
    Report, StepReport, at_host, attempt_cells, attempt_headings, excerpt_lines, failure_lines, gate_line,
    greenlights, journal_note, operator_line, shell_line,
};
use crate::run::{FailingRow, Purpose};
use crate::text::Text;

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,'Segoe UI',sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
.wide{overflow-x:auto;margin:.5rem 0}table{border-collapse:collapse}th,td{border:1px solid #8888;padding:.2rem .6rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
pre{border:1px solid #8888;padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}code,pre{font-family:Consolas,monospace;font-size:.9em}
thead th,.n{white-space:nowrap}td code{overflow-wrap:anywhere}td>code:only-child{display:inline-block;min-width:5rem}
.mark{border:3px solid;padding:.6rem;font-weight:bold}blockquote{border-left:4px solid #888;margin-left:0;padding-left:1rem;white-space:pre-line}
.lines{white-space:pre-line}.word{border:2px solid;border-radius:.3rem;padding:0 .4rem;font-weight:bold;white-space:nowrap}
.green{color:#067a2e}.stated{color:#0b57b7}.red{color:#b3171d}.undetermined,.interrupted{color:#8a5a00}
@media(prefers-color-scheme:dark){.green{color:#5fd38a}.stated{color:#8ab8ff}.red{color:#ff8080}.undetermined,.interrupted{color:#e8b84a}}
.gate{font-size:1.2em}section{border-top:1px solid #8888;margin-top:1.5rem}h3 .word{font-size:.8em;margin-left:.4rem}a{color:inherit}
@media print{.wide{overflow:visible}body{margin:0;max-width:none;font-size:11px}h2,h3,p{break-after:avoid}tr,blockquote{break-inside:avoid}.word{color:#000}a{text-decoration:none}}";

/// The report as an HTML page. A rehearsal says so in the first line.
pub fn html(report: &Report, text: Text) -> String {
    let mark = report.scenario.as_ref().map(|scenario| text.report_rehearsal(scenario));
    visible(html! {
        (DOCTYPE) html lang=(text.lang()) {
            head {
                meta charset="utf-8";
                title { @if let Some(mark) = &mark { (mark) ": " } (report.title) } "\n"
                // Even if something slipped through, it could load and run nothing.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"; "\n"
                meta name="viewport" content="width=device-width"; "\n"
                style { (PreEscaped(STYLE)) }
            }
            body { "\n"
                @if let Some(mark) = &mark { p class="mark" { (mark) } "\n" }
                @for (heading, items) in report.not_whole(text) {
                    div class="mark red" { (heading) ul { @for what in items { li { (what) } } } } "\n"
                }
                h1 { (report.title) } "\n"
                (gate(report, text))
                (about(report, text))
                (overview(report, text))
                @for (number, step) in (1..).zip(&report.steps) {
                    section id={ "step-" (number) } { "\n" (one(number, step, text)) } "\n"
                }
                (sealed(report, text))
                (head_code(report, text))
            }
        } "\n"
    })
}

fn gate(report: &Report, text: Text) -> Markup {
    let class = if report.gate.open { "green" } else { "red" };
    html! {
        p class={ "gate " (class) } { strong { (gate_line(&report.gate, text)) } } "\n"
        @if let Some(count) = count_line(&report.gate, text) { p { (count) } "\n" }
        @for line in report.gate.subject_lines(text) { p { strong { (line) } } "\n" }
        @if let Some(line) = report.gate.left_out_line(text) { p { (line) } "\n" }
        @if let Some(seal) = &report.handoff {
            @let by = seal.by.as_ref().map(at_host).unwrap_or_default();
            p { strong { (text.report_sealed(seal.at, by)) } } "\n"
        }
        @if let Some(until) = report.until { p { (text.report_as_of(until)) } "\n" }
        @if report.redacted { p { (text.report_redacted()) } "\n" }
    }
}

fn about(report: &Report, text: Text) -> Markup {
    let checklist = &report.checklist;
    let operators = report.operators.iter().map(|operator| html! { (operator_line(operator, text)) });
    let shells = report.shells.iter().map(|about| html! { (code(&about.program)) " " (shell_line(about)) });
    let mut rows = vec![
        vec![html! { (text.report_run()) }, code(&report.run)],
        vec![
            html! { (text.report_checklist()) },
            html! {
                (code(checklist.id.as_str())) " " (checklist.version) ", SHA-256 "
                (code(&checklist.sha256.to_string()))
            },
        ],
        vec![html! { (text.report_began()) }, html! { @if let Some(at) = report.began { (at) } }],
        vec![html! { (text.report_operators()) }, joined(operators, "<br>")],
        vec![html! { (text.report_shells()) }, joined(shells, "<br>")],
        vec![html! { "greenlight" }, html! { (greenlights(report).join("; ")) }],
    ];
    if let Some(source) = &checklist.source {
        rows.insert(2, vec![html! { (text.label_source()) }, html! { (source.line()) }]);
    }
    let given = report.inputs.iter().filter(|input| input.values.iter().any(|value| !value.is_empty()));
    rows.extend(given.map(|input| {
        vec![html! { (input.label) }, joined(input.values.iter().map(|value| code(value)), ", ")]
    }));
    rows.extend(
        report
            .journal
            .iter()
            .map(|note| vec![html! { (text.report_journal()) }, html! { (journal_note(note, text)) }]),
    );
    table(&[], rows)
}

fn overview(report: &Report, text: Text) -> Markup {
    let headings = ["#".to_owned(), text.report_step(), text.report_verdict(), text.report_duration()];
    let rows = (1..).zip(&report.steps).flat_map(|(number, step)| {
        let checked = &step.checked;
        let group = step
            .heading
            .as_ref()
            .map(|(name, count)| vec![html! {}, html! { strong { (name) } }, unbroken(count), html! {}]);
        let row = vec![
            unbroken(number),
            html! {
                a href={ "#step-" (number) } { (checked.title) }
                @if !checked.required { " (" (text.report_advisory()) ")" }
            },
            word(step),
            checked.elapsed_ms.map(seconds).map(unbroken).unwrap_or_default(),
        ];
        group.into_iter().chain([row])
    });
    html! {
        h2 { (text.report_steps()) } "\n"
        (table(&headings, rows))
        @if !report.gate.reasons.is_empty() && !report.gate.nothing_applies {
            ul { "\n"
                @for reason in &report.gate.reasons {
                    @let step = report.steps.iter().find(|step| step.checked.id == reason.step);
                    @let title = step.map_or(reason.step.as_str(), |step| step.checked.title.as_str());
                    li { strong { (title) } ": " (reason.reason) } "\n"
                }
            } "\n"
        }
        @let not_applying = not_applying(report);
        @if !not_applying.is_empty() {
            p { (text.not_applying()) ":" } "\n"
            ul { "\n"
                @for (title, why) in not_applying { li { strong { (title) } ": " (why) } "\n" }
            } "\n"
        }
    }
}

fn one(number: usize, step: &StepReport, text: Text) -> Markup {
    let checked = &step.checked;
    html! {
        h3 { (number) ". " (checked.title) " " (word(step)) } "\n"
        p class="lines" { (step.why) } "\n"
        @if let Some(reason) = &checked.reason { (labelled(&text.report_reason(), reason)) }
        @if let Some(failed) = checked.sign_ins_failed(text) { p { (failed) } "\n" }
        @for (remedy, lead) in step.checked.remedies() {
            (labelled(&text.report_remedy(), remedy))
            @if let Some(lead) = lead { p { (lead) } "\n" }
        }
        @for command in &step.commands {
            @let label = match command.purpose {
                Purpose::Check => text.report_check(),
                Purpose::Apply => {
                    text.report_apply(command.changes.map(|changes| text.changes(changes)).unwrap_or_default())
                }
            };
            (pre(&label, &command.command))
        }
        (facts(step, text))
        (failing(&checked.failing, checked.more_rows.as_ref(), text))
        @if !checked.warnings.is_empty() { (pre(&text.heading_warnings(), &checked.warning_lines(text))) }
        (statement(step, text))
        (failures(step, text))
        (attempts(step, text))
        (applied::applied(step, text))
        (excerpt(step, text))
    }
}

fn facts(step: &StepReport, text: Text) -> Markup {
    let facts = &step.checked.facts;
    if facts.is_empty() {
        return Markup::default();
    }
    let headings = [text.report_property(), text.report_expected(), text.report_found(), text.report_met()];
    let rows = facts.iter().map(|fact| {
        vec![
            html! { @if fact.property.is_empty() { (text.report_object()) } @else { (code(&fact.property)) } },
            code(&fact.expected),
            code(&step.checked.found(fact, text)),
            html! { @if fact.met { (text.report_yes()) } @else { strong { (text.report_no()) } } },
        ]
    });
    table(&headings, rows)
}

/// The rows that fail.
fn failing(rows: &[FailingRow], more: Option<&String>, text: Text) -> Markup {
    if rows.is_empty() {
        return Markup::default();
    }
    let headings = [text.column_row(), text.report_property(), text.report_expected(), text.report_found()];
    let rows = rows.iter().map(|row| {
        vec![
            code(&text.row_name(row)),
            html! { @if row.property.is_empty() { (text.report_object()) } @else { (code(&row.property)) } },
            code(&row.expected),
            code(&row.found),
        ]
    });
    html! {
        (table(&headings, rows))
        @if let Some(more) = more { p { (more) } "\n" }
    }
}

fn statement(step: &StepReport, text: Text) -> Markup {
    let Some(statement) = &step.statement else { return Markup::default() };
    let above = match &statement.made {
        None => text.report_unattested(),
        Some(made) => text.report_attested(&made.name, made.at),
    };
    html! {
        p { (above) } "\n"
        blockquote { (statement.statement) } "\n"
        @if let Some(made) = &statement.made {
            @if !made.note.is_empty() { p class="lines" { (text.report_note()) ": " (made.note) } "\n" }
            p { (text.report_keyboard(at_host(&made.by))) } "\n"
        }
    }
}

fn failures(step: &StepReport, text: Text) -> Markup {
    if step.checked.failures.is_empty() {
        return Markup::default();
    }
    pre(&text.report_errors(), &failure_lines(step))
}

fn attempts(step: &StepReport, text: Text) -> Markup {
    if step.last_attempts.is_empty() {
        return Markup::default();
    }
    let rows = step.last_attempts.iter().map(|attempt| {
        let [count, what, began, by, took, outcome] = attempt_cells(attempt, text);
        let [what, began, by, outcome] = [what, began, by, outcome].map(|cell| html! { (cell) });
        vec![unbroken(count), what, began, by, unbroken(took), outcome]
    });
    html! {
        p { (text.report_attempts(step.attempts)) } "\n"
        (table(&attempt_headings(text), rows))
    }
}

fn excerpt(step: &StepReport, text: Text) -> Markup {
    let Some(excerpt) = &step.excerpt else { return Markup::default() };
    let lines = excerpt_lines(excerpt, text);
    html! {
        @if let Some(damage) = &excerpt.damage { p class="red" { strong { (damage) } } "\n" }
        @if !lines.is_empty() { (pre(&text.report_output(&excerpt.file), &lines)) }
        @if let Some(left_out) = excerpt.left_out { p { (text.left_out(left_out)) } "\n" }
    }
}

fn sealed(report: &Report, text: Text) -> Markup {
    let Some(seal) = &report.handoff else { return Markup::default() };
    let headings = [text.report_file(), text.report_bytes(), "SHA-256".to_owned()];
    let rows = seal
        .files
        .iter()
        .map(|file| vec![code(&file.file), unbroken(file.bytes), code(&file.sha256.to_string())]);
    html! {
        h2 { (text.report_handoff()) } "\n"
        (table(&headings, rows))
    }
}

fn head_code(report: &Report, text: Text) -> Markup {
    let head = &report.head;
    let command = format!("greenlight verify {} --head {}", report.run, head.code);
    html! {
        h2 { (text.report_head()) } "\n"
        p { (code(&head.code)) br; "SHA-256 " (code(&head.sha256.to_string())) } "\n"
        p { (text.report_head_use(command).replace('`', "")) } "\n"
    }
}

/// The word of a step's status; its colour only repeats it.
fn word(step: &StepReport) -> Markup {
    let class = match (step.checked.verdict, step.checked.basis) {
        (StepVerdict::NotRun, _) => "",
        (StepVerdict::Green, Basis::Statement) => "stated",
        (verdict, _) => verdict.as_str(),
    };
    html! { span class={ "word " (class) } { (step.word) } }
}

fn code(text: &str) -> Markup {
    html! { @if !text.is_empty() { code { (text) } } }
}

fn labelled(label: &str, value: &str) -> Markup {
    html! { p class="lines" { strong { (label) ":" } " " (value) } "\n" }
}

fn pre(label: &str, lines: &str) -> Markup {
    html! {
        p { (label) ":" } "\n"
        pre { (lines) } "\n"
    }
}

/// A number, or a number with its unit, which is never broken.
fn unbroken(number: impl std::fmt::Display) -> Markup {
    html! { span class="n" { (number) } }
}

/// These, with the markup `between` each two.
fn joined(parts: impl Iterator<Item = Markup>, between: &str) -> Markup {
    PreEscaped(parts.map(PreEscaped::into_string).collect::<Vec<_>>().join(between))
}

/// A table; without headings the first cell of each row is one. It may be scrolled where it is too wide.
fn table(headings: &[String], rows: impl IntoIterator<Item = Vec<Markup>>) -> Markup {
    html! {
        div class="wide" { table {
            @if !headings.is_empty() {
                // A part of its own, so that it stands on each sheet of paper.
                "\n" thead { tr { @for heading in headings { th scope="col" { (heading) } } } }
            }
            tbody {
                @for row in rows {
                    "\n" tr {
                        @for (position, cell) in row.iter().enumerate() {
                            @if headings.is_empty() && position == 0 { th scope="row" { (cell) } }
                            @else { td { (cell) } }
                        }
                    }
                } "\n"
            }
        } } "\n"
    }
}
