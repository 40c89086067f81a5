//! A report as one HTML page: without script, without anything from elsewhere, for screens light and dark, and paper.

use std::fmt::Write as _;

use super::check::StepVerdict;
use super::markup::escaped;
use super::time::seconds;
use super::{
    Report, StepReport, at_host, attempt_cells, attempt_headings, gate_line, greenlights, journal_note,
    operator_line, shell_line,
};
use crate::run::Purpose;
use crate::text::Text;

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,'Segoe UI',sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
.wide{overflow-x:auto;margin:.5rem 0}table{border-collapse:collapse}th,td{border:1px solid #8888;padding:.2rem .6rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
pre{border:1px solid #8888;padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}code,pre{font-family:Consolas,monospace;font-size:.9em}
thead th,.n{white-space:nowrap}td code{overflow-wrap:anywhere}td>code:only-child{display:inline-block;min-width:5rem}
.mark{border:3px solid;padding:.6rem;font-weight:bold}blockquote{border-left:4px solid #888;margin-left:0;padding-left:1rem;white-space:pre-line}
.lines{white-space:pre-line}.word{border:2px solid;border-radius:.3rem;padding:0 .4rem;font-weight:bold;white-space:nowrap}
.green{color:#067a2e}.red{color:#b3171d}.undetermined,.interrupted{color:#8a5a00}
@media(prefers-color-scheme:dark){.green{color:#5fd38a}.red{color:#ff8080}.undetermined,.interrupted{color:#e8b84a}}
.gate{font-size:1.2em}section{border-top:1px solid #8888;margin-top:1.5rem}h3 .word{font-size:.8em;margin-left:.4rem}a{color:inherit}
@media print{.wide{overflow:visible}body{margin:0;max-width:none;font-size:11px}h2,h3,p{break-after:avoid}tr,blockquote{break-inside:avoid}.word{color:#000}a{text-decoration:none}}";

/// The report as an HTML page. A rehearsal says so in the first line.
pub fn html(report: &Report, text: Text) -> String {
    let mark = report.scenario.as_ref().map(|scenario| escaped(&text.report_rehearsal(scenario)));
    let title = escaped(&report.title);
    let mut page = HtmlPage(String::new());
    let in_title = mark.as_ref().map(|mark| format!("{mark}: ")).unwrap_or_default();
    page.line(&format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{in_title}{title}</title>",
        text.lang()
    ));
    // Even if something slipped through, it could load and run nothing.
    page.line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    page.line("<meta name=\"viewport\" content=\"width=device-width\">");
    page.line(&format!("<style>{STYLE}</style></head><body>"));
    if let Some(mark) = mark {
        page.line(&format!("<p class=\"mark\">{mark}</p>"));
    }
    for (heading, items) in report.not_whole(text) {
        let items: Vec<String> = items.iter().map(|what| format!("<li>{}</li>", escaped(what))).collect();
        let (heading, items) = (escaped(&heading), items.concat());
        page.line(&format!("<div class=\"mark red\">{heading}<ul>{items}</ul></div>"));
    }
    page.line(&format!("<h1>{title}</h1>"));
    let class = if report.gate.open { "green" } else { "red" };
    page.line(&format!(
        "<p class=\"gate {class}\"><strong>{}</strong></p>",
        escaped(&gate_line(&report.gate, text))
    ));
    if let Some(seal) = &report.handoff {
        let by = seal.by.as_ref().map(at_host).unwrap_or_default();
        page.line(&format!("<p><strong>{}</strong></p>", escaped(&text.report_sealed(seal.at, by))));
    }
    if let Some(until) = report.until {
        page.line(&format!("<p>{}</p>", escaped(&text.report_as_of(until))));
    }
    if report.redacted {
        page.line(&format!("<p>{}</p>", escaped(&text.report_redacted())));
    }
    about(&mut page, report, text);
    overview(&mut page, report, text);
    for (position, step) in report.steps.iter().enumerate() {
        page.line(&format!("<section id=\"step-{}\">", position + 1));
        one(&mut page, position + 1, step, text);
        page.line("</section>");
    }
    if let Some(seal) = &report.handoff {
        page.line(&format!("<h2>{}</h2>", escaped(&text.report_handoff())));
        let headings = [text.report_file(), text.report_bytes(), "SHA-256".to_owned()];
        let rows = seal.files.iter();
        let rows =
            rows.map(|file| vec![code(&file.file), unbroken(file.bytes), code(&file.sha256.to_string())]);
        page.table(&headings, rows);
    }
    page.line(&format!("<h2>{}</h2>", escaped(&text.report_head())));
    page.line(&format!(
        "<p>{}<br>SHA-256 {}</p>",
        code(&report.head.code),
        code(&report.head.sha256.to_string())
    ));
    let command = format!("greenlight verify {} --head {}", report.run, report.head.code);
    page.line(&format!("<p>{}</p>", escaped(&text.report_head_use(command)).replace('`', "")));
    page.line("</body></html>");
    page.0
}

fn about(page: &mut HtmlPage, report: &Report, text: Text) {
    let operators: Vec<String> =
        report.operators.iter().map(|operator| escaped(&operator_line(operator, text))).collect();
    let shells: Vec<String> = report
        .shells
        .iter()
        .map(|about| format!("{} {}", code(&about.program), escaped(&shell_line(about))))
        .collect();
    let checklist = &report.checklist;
    let checklist = format!(
        "{} {}, SHA-256 {}",
        code(checklist.id.as_str()),
        escaped(&checklist.version),
        code(&checklist.sha256.to_string())
    );
    let mut rows = vec![
        vec![text.report_run(), code(&report.run)],
        vec![text.report_checklist(), checklist],
        vec![text.report_began(), report.began.map(|at| at.to_string()).unwrap_or_default()],
        vec![text.report_operators(), operators.join("<br>")],
        vec![text.report_shells(), shells.join("<br>")],
        vec!["greenlight".to_owned(), escaped(&greenlights(report).join("; "))],
    ];
    let given = report.inputs.iter().filter(|input| input.values.iter().any(|value| !value.is_empty()));
    rows.extend(given.map(|input| {
        let values: Vec<String> = input.values.iter().map(|value| code(value)).collect();
        vec![escaped(&input.label), values.join(", ")]
    }));
    let notes = report.journal.iter();
    rows.extend(notes.map(|note| vec![text.report_journal(), escaped(&journal_note(note, text))]));
    page.table(&[], rows);
}

fn overview(page: &mut HtmlPage, report: &Report, text: Text) {
    page.line(&format!("<h2>{}</h2>", escaped(&text.report_steps())));
    let headings = ["#".to_owned(), text.report_step(), text.report_verdict(), text.report_duration()];
    let rows = report.steps.iter().enumerate().map(|(position, step)| {
        let checked = &step.checked;
        let advisory =
            if checked.required { String::new() } else { format!(" ({})", text.report_advisory()) };
        vec![
            unbroken(position + 1),
            format!("<a href=\"#step-{}\">{}</a>{advisory}", position + 1, escaped(&checked.title)),
            word(step),
            checked.elapsed_ms.map(seconds).map(unbroken).unwrap_or_default(),
        ]
    });
    page.table(&headings, rows);
    if report.gate.reasons.is_empty() {
        return;
    }
    page.line("<ul>");
    for reason in &report.gate.reasons {
        let title = report.steps.iter().find(|step| step.checked.id == reason.step);
        let title = title.map_or(reason.step.as_str(), |step| step.checked.title.as_str());
        page.line(&format!("<li><strong>{}</strong>: {}</li>", escaped(title), escaped(&reason.reason)));
    }
    page.line("</ul>");
}

fn one(page: &mut HtmlPage, number: usize, step: &StepReport, text: Text) {
    let checked = &step.checked;
    page.line(&format!("<h3>{number}. {} {}</h3>", escaped(&checked.title), word(step)));
    page.line(&format!("<p class=\"lines\">{}</p>", escaped(&step.why)));
    let mut labelled = |label: String, said: &str| {
        page.line(&format!("<p class=\"lines\"><strong>{}:</strong> {}</p>", escaped(&label), escaped(said)));
    };
    if let Some(reason) = &checked.reason {
        labelled(text.report_reason(), reason);
    }
    for remedy in &step.remedies {
        labelled(text.report_remedy(), remedy);
    }
    for command in &step.commands {
        let label = match command.purpose {
            Purpose::Check => text.report_check(),
            Purpose::Apply => {
                text.report_apply(command.changes.map(|changes| text.changes(changes)).unwrap_or_default())
            }
        };
        page.pre(&label, &command.command);
    }
    if !checked.facts.is_empty() {
        let headings =
            [text.report_property(), text.report_expected(), text.report_found(), text.report_met()];
        let rows = checked.facts.iter().map(|fact| {
            let property = if fact.property.is_empty() { text.report_object() } else { code(&fact.property) };
            let met =
                if fact.met { text.report_yes() } else { format!("<strong>{}</strong>", text.report_no()) };
            vec![property, code(&fact.expected), code(&fact.found), met]
        });
        page.table(&headings, rows);
    }
    if let Some(statement) = &step.statement {
        let above = statement
            .made
            .as_ref()
            .map_or_else(|| text.report_unattested(), |made| text.report_attested(&made.name, made.at));
        page.line(&format!("<p>{}</p>", escaped(&above)));
        page.line(&format!("<blockquote>{}</blockquote>", escaped(&statement.statement)));
        if let Some(made) = &statement.made {
            if !made.note.is_empty() {
                let note = escaped(&format!("{}: {}", text.report_note(), made.note));
                page.line(&format!("<p class=\"lines\">{note}</p>"));
            }
            page.line(&format!("<p>{}</p>", escaped(&text.report_keyboard(at_host(&made.by)))));
        }
    }
    if !step.failures.is_empty() {
        let failures: Vec<String> = step
            .failures
            .iter()
            .map(|failure| format!("{}\n    {} {}", failure.message, failure.error_id, failure.exception))
            .collect();
        page.pre(&text.report_errors(), &failures.join("\n"));
    }
    if !step.last_attempts.is_empty() {
        page.line(&format!("<p>{}</p>", escaped(&text.report_attempts(step.attempts))));
        let rows = step.last_attempts.iter().map(|attempt| {
            let [count, what, began, by, took, outcome] =
                attempt_cells(attempt, text).map(|cell| escaped(&cell));
            vec![unbroken(count), what, began, by, unbroken(took), outcome]
        });
        page.table(&attempt_headings(text), rows);
    }
    if let Some(damage) = step.excerpt.as_ref().and_then(|excerpt| excerpt.damage.as_ref()) {
        page.line(&format!("<p class=\"red\"><strong>{}</strong></p>", escaped(damage)));
    }
    if let Some(excerpt) = step.excerpt.as_ref().filter(|excerpt| !excerpt.lines.is_empty()) {
        let lines: Vec<String> = excerpt
            .lines
            .iter()
            .map(|kept| format!("{:>8} {:<8} {}", seconds(kept.at), text.stream(kept.stream), kept.text))
            .collect();
        page.pre(&text.report_output(&excerpt.file), &lines.join("\n"));
    }
    if let Some(left_out) = step.excerpt.as_ref().and_then(|excerpt| excerpt.left_out) {
        page.line(&format!("<p>{}</p>", escaped(&text.left_out(left_out))));
    }
}

/// The word of a step's standing; its colour only repeats it.
fn word(step: &StepReport) -> String {
    let class = match step.checked.verdict {
        StepVerdict::NotRun => "",
        verdict => verdict.as_str(),
    };
    format!("<span class=\"word {class}\">{}</span>", escaped(&step.word))
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<code>{}</code>", escaped(text)) }
}

/// The page that is being written.
struct HtmlPage(String);

impl HtmlPage {
    fn line(&mut self, markup: &str) {
        // Writing to a string cannot fail.
        let _infallible = writeln!(self.0, "{markup}");
    }

    fn pre(&mut self, label: &str, lines: &str) {
        self.line(&format!("<p>{}:</p>", escaped(label)));
        self.line(&format!("<pre>{}</pre>", escaped(lines)));
    }

    /// A table of markup; without headings the first cell of each row is one. It may be scrolled where it is too wide.
    fn table(&mut self, headings: &[String], rows: impl IntoIterator<Item = Vec<String>>) {
        let mut table = String::from("<div class=\"wide\"><table>");
        if !headings.is_empty() {
            let cells: Vec<String> =
                headings.iter().map(|text| format!("<th scope=\"col\">{}</th>", escaped(text))).collect();
            // A part of its own, so that it stands on each sheet of paper.
            let _infallible = write!(table, "\n<thead><tr>{}</tr></thead>", cells.concat());
        }
        table.push_str("<tbody>");
        for row in rows {
            let cells = row.iter().enumerate().map(|(position, markup)| {
                if headings.is_empty() && position == 0 {
                    format!("<th scope=\"row\">{markup}</th>")
                } else {
                    format!("<td>{markup}</td>")
                }
            });
            let _infallible = write!(table, "\n<tr>{}</tr>", cells.collect::<Vec<_>>().concat());
        }
        self.line(&format!("{table}\n</tbody></table></div>"));
    }
}

/// A number, or a number with its unit, which is never broken.
fn unbroken(number: impl std::fmt::Display) -> String {
    format!("<span class=\"n\">{number}</span>")
}
