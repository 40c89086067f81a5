//! A report as `JUnit` XML, as CI servers read it.

use std::fmt::Write as _;

use super::check::StepVerdict;
use super::markup::escaped;
use super::{Report, StepReport};
use crate::text::Text;

/// What a CI server makes of a step.
enum Case {
    Passed,
    /// It does not hold, or nobody has found out although it counts.
    Failed(&'static str),
    /// It could not be found out.
    Error(&'static str),
    /// It does not count.
    Skipped,
}

fn case(step: &StepReport) -> Case {
    let verdict = step.checked.verdict;
    match (verdict, step.checked.required) {
        (StepVerdict::Green, _) => Case::Passed,
        (_, false) => Case::Skipped,
        (StepVerdict::Red | StepVerdict::NotRun, true) => Case::Failed(verdict.as_str()),
        (StepVerdict::Undetermined | StepVerdict::Interrupted, true) => Case::Error(verdict.as_str()),
    }
}

/// The report as `JUnit` XML: one test case a step, named apart by its id. Only a green step passes; an advisory one is at worst
/// skipped. What is damaged is one more case, which fails. A rehearsal says so in the first line, and in the name of the suite.
pub fn junit(report: &Report, text: Text) -> String {
    let count = |wanted: fn(&Case) -> bool| report.steps.iter().filter(|step| wanted(&case(step))).count();
    let (mark, name) = match &report.scenario {
        None => (String::new(), report.checklist.id.to_string()),
        Some(scenario) => {
            let words = text.report_rehearsal(scenario);
            // Two hyphens would end the comment (XML 1.0, section 2.5).
            let mark = format!("<!-- {} -->", escaped(&words).replace('-', "\u{2010}"));
            (mark, format!("{} (REHEARSAL)", report.checklist.id))
        }
    };
    let not_whole = report.not_whole(text);
    let damaged = usize::from(!not_whole.is_empty());
    let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{mark}\n");
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"",
        report.steps.len() + damaged,
        count(|case| matches!(case, Case::Failed(_))) + damaged,
        count(|case| matches!(case, Case::Error(_))),
        count(|case| matches!(case, Case::Skipped)),
    );
    line(&mut xml, format_args!("<testsuites {counts}>"));
    line(&mut xml, format_args!("<testsuite name=\"{}\" {counts}>", escaped(&name)));
    xml.push_str("<properties>\n");
    for (name, value) in [
        ("rehearsal", report.rehearsal.to_string()),
        ("redacted", report.redacted.to_string()),
        ("run", report.run.clone()),
        ("checklist.version", report.checklist.version.clone()),
        ("checklist.sha256", report.checklist.sha256.to_string()),
        ("gate.open", report.gate.open.to_string()),
        ("journal.head", report.head.code.clone()),
    ] {
        line(&mut xml, format_args!("<property name=\"{name}\" value=\"{}\"/>", escaped(&value)));
    }
    xml.push_str("</properties>\n");
    if !not_whole.is_empty() {
        let (classname, name) = (escaped(report.checklist.id.as_str()), escaped(&text.report_whole()));
        line(&mut xml, format_args!("<testcase classname=\"{classname}\" name=\"{name}\" time=\"0.000\">"));
        for (heading, what) in &not_whole {
            let (message, what) = (escaped(heading), escaped(&what.join("\n")));
            line(&mut xml, format_args!("<failure type=\"damaged\" message=\"{message}\">{what}</failure>"));
        }
        xml.push_str("</testcase>\n");
    }
    for step in &report.steps {
        test_case(&mut xml, report, step);
    }
    xml.push_str("</testsuite>\n</testsuites>\n");
    xml
}

fn test_case(xml: &mut String, report: &Report, step: &StepReport) {
    let ms = step.checked.elapsed_ms.unwrap_or_default();
    let reason = escaped(step.checked.reason.as_deref().unwrap_or_default());
    line(
        xml,
        format_args!(
            "<testcase classname=\"{}.{}\" name=\"{}\" time=\"{}.{:03}\">",
            escaped(report.checklist.id.as_str()),
            escaped(step.checked.id.as_str()),
            escaped(&step.checked.title),
            ms / 1000,
            ms % 1000
        ),
    );
    match case(step) {
        Case::Passed => {}
        Case::Skipped => line(xml, format_args!("<skipped message=\"{reason}\"/>")),
        Case::Failed(kind) => problem(xml, "failure", kind, &reason, step),
        Case::Error(kind) => problem(xml, "error", kind, &reason, step),
    }
    xml.push_str("</testcase>\n");
}

fn problem(xml: &mut String, element: &str, kind: &str, reason: &str, step: &StepReport) {
    let facts = step.checked.facts.iter().filter(|fact| !fact.met);
    let facts = facts.map(|fact| format!("{}: {} / {}", fact.property, fact.expected, fact.found));
    let failures = step.failures.iter().map(|failure| failure.message.clone());
    let details: Vec<String> = facts.chain(failures).chain(step.remedies.iter().cloned()).collect();
    let details = escaped(&details.join("\n"));
    line(xml, format_args!("<{element} type=\"{kind}\" message=\"{reason}\">{details}</{element}>"));
}

fn line(to: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _infallible = writeln!(to, "{text}");
}
