//! A report as `JUnit` XML, as CI servers read it.

use maud::{Markup, PreEscaped, html};

use super::applied::beside;
use super::check::StepVerdict;
use super::markup::visible;
use super::{Report, SourceReport, StepReport, failure_line};
use crate::run::FailingRow;
use crate::text::Text;

/// What a CI server makes of a step.
enum Case {
    Passed,
    /// It does not hold, or nobody has found out although it counts.
    Failed(&'static str),
    /// It could not be found out.
    Error(&'static str),
    /// It does not count, or is not asked for.
    Skipped,
}

fn case(step: &StepReport) -> Case {
    let verdict = step.checked.verdict;
    match (verdict, step.checked.required) {
        (StepVerdict::Green, _) => Case::Passed,
        (_, false) | (StepVerdict::DoesNotApply, true) => Case::Skipped,
        (StepVerdict::Red | StepVerdict::NotRun, true) => Case::Failed(verdict.as_str()),
        (StepVerdict::Undetermined | StepVerdict::Interrupted, true) => Case::Error(verdict.as_str()),
    }
}

/// The report as `JUnit` XML: one test case a step, named apart by its id. Only a green step passes; one that does not apply
/// is skipped, an advisory one at worst. What is damaged is one more case, which fails. A rehearsal says so in the first line, and in the name of the suite.
pub fn junit(report: &Report, text: Text) -> String {
    let count = |wanted: fn(&Case) -> bool| report.steps.iter().filter(|step| wanted(&case(step))).count();
    let damaged = usize::from(!report.not_whole(text).is_empty());
    let tests = report.steps.len() + damaged;
    let failures = count(|case| matches!(case, Case::Failed(_))) + damaged;
    let errors = count(|case| matches!(case, Case::Error(_)));
    let skipped = count(|case| matches!(case, Case::Skipped));
    let checklist = &report.checklist.id;
    let name = if report.rehearsal { format!("{checklist} (REHEARSAL)") } else { checklist.to_string() };
    visible(html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"))
        @if let Some(scenario) = &report.scenario {
            // Two hyphens would end the comment (XML 1.0, section 2.5).
            @let words = text.report_rehearsal(scenario).replace('-', "\u{2010}");
            (PreEscaped("<!-- ")) (words) (PreEscaped(" -->"))
        } "\n"
        testsuites tests=(tests) failures=(failures) errors=(errors) skipped=(skipped) { "\n"
            testsuite name=(name) tests=(tests) failures=(failures) errors=(errors) skipped=(skipped) { "\n"
                (properties(report))
                (not_whole(report, text))
                @for step in &report.steps { (test_case(report, step, text)) }
            } "\n"
        } "\n"
    })
}

fn properties(report: &Report) -> Markup {
    let left_out = (!report.gate.left_out.is_empty()).then(|| report.gate.left_out.join(", "));
    let subjects = report.gate.subjects.iter().filter_map(|subject| {
        let found = subject.found.as_ref()?;
        Some((subject.property(), format!("{} ({})", found.name, found.id)))
    });
    let properties = [
        ("rehearsal", report.rehearsal.to_string()),
        ("redacted", report.redacted.to_string()),
        ("run", report.run.clone()),
        ("checklist.version", report.checklist.version.clone()),
        ("checklist.sha256", report.checklist.sha256.to_string()),
        ("gate.open", report.gate.open.to_string()),
        ("journal.head", report.head.code.clone()),
    ];
    let source = report.checklist.source.as_ref().map(SourceReport::line);
    html! {
        properties { "\n"
            @for (name, value) in properties { property name=(name) value=(value) {} "\n" }
            @if let Some(source) = source { property name="checklist.source" value=(source) {} "\n" }
            @for (name, value) in subjects { property name=(name) value=(value) {} "\n" }
            @if let Some(names) = left_out { property name="left-out" value=(names) {} "\n" }
        } "\n"
    }
}

fn not_whole(report: &Report, text: Text) -> Markup {
    let all = report.not_whole(text);
    html! {
        @if !all.is_empty() {
            testcase classname=(report.checklist.id) name=(text.report_whole()) time="0.000" { "\n"
                @for (heading, what) in all {
                    failure type="damaged" message=(heading) { (what.join("\n")) } "\n"
                }
            } "\n"
        }
    }
}

fn test_case(report: &Report, step: &StepReport, text: Text) -> Markup {
    let checked = &step.checked;
    let ms = checked.elapsed_ms.unwrap_or_default();
    let time = format!("{}.{:03}", ms / 1000, ms % 1000);
    let reason = checked.reason.as_deref().unwrap_or_default();
    html! {
        testcase classname={ (report.checklist.id) "." (checked.id) } name=(checked.title) time=(time) { "\n"
            @match case(step) {
                Case::Passed => {},
                Case::Skipped => { skipped message=(reason) {} "\n" },
                Case::Failed(kind) => { failure type=(kind) message=(reason) { (details(step, text)) } "\n" },
                Case::Error(kind) => { error type=(kind) message=(reason) { (details(step, text)) } "\n" },
            }
            @if !step.applies.is_empty() { system-out { (applied(step, text)) } "\n" }
        } "\n"
    }
}

/// What was found before each apply, and what after it.
fn applied(step: &StepReport, text: Text) -> String {
    let lines = step.applies.iter().flat_map(|apply| {
        let found = apply.verdicts(text).into_iter().chain(apply.facts(text));
        let found = found.map(|[property, expected, before, after]| {
            let of = if expected.is_empty() { property } else { format!("{property}: {expected}") };
            format!("  {of}: {}", beside(before, after, text))
        });
        let failing = apply.failing(text).into_iter().flat_map(|(heading, found)| {
            let rows = found.failing.iter().map(|row| format!("    {}", row_line(row, text)));
            std::iter::once(format!("  {heading}:")).chain(rows).chain(found.more_rows.clone())
        });
        std::iter::once(apply.line(text)).chain(found).chain(failing).collect::<Vec<_>>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn row_line(row: &FailingRow, text: Text) -> String {
    format!("{}: {}: {} / {}", text.row_name(row), row.property, row.expected, row.found)
}

fn details(step: &StepReport, text: Text) -> String {
    let facts = step.checked.facts.iter().filter(|fact| !fact.met);
    let facts = facts
        .map(|fact| format!("{}: {} / {}", fact.property, fact.expected, step.checked.found(fact, text)));
    let rows = step.checked.failing.iter().map(|row| row_line(row, text));
    let facts = facts.chain(rows).chain(step.checked.more_rows.iter().cloned());
    let failures = step.checked.failures.iter().map(failure_line);
    let warnings = step.checked.warnings.iter().cloned();
    let remedies =
        step.checked.remedies().flat_map(|(remedy, lead)| [remedy].into_iter().chain(lead).cloned());
    let details: Vec<String> = step
        .checked
        .sign_ins_failed(text)
        .into_iter()
        .chain(facts)
        .chain(warnings)
        .chain(failures)
        .chain(remedies)
        .collect();
    details.join("\n")
}
