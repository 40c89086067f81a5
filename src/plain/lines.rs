//! A step, a finding and the gate as lines of text.

use super::bar::{BAR, barred, led};
use crate::checklist::{Step, StepId};
use crate::run::gate::{self, Gate};
use crate::run::{
    Assessment, Fact, FailedRows, FailingRow, Going, Heading, Moment, Purpose, Run, StatusReason, StepStatus,
};
use crate::sanitize::escape_controls;
use crate::text::Text;

/// The sign of a status: one width each, plain ASCII, and always beside its word.
const fn sign(status: &StepStatus) -> &'static str {
    match status {
        StepStatus::Green => "[ OK ]",
        StepStatus::Red => "[FAIL]",
        StepStatus::Undetermined => "[ ?? ]",
        StepStatus::Interrupted => "[STOP]",
        StepStatus::Stale(_) => "[OLD ]",
        StepStatus::NotRun => "[    ]",
        StepStatus::Waiting => "[WAIT]",
        StepStatus::ToDo => "[TODO]",
        StepStatus::DoesNotApply => "[N/A ]",
        StepStatus::Running(_) => "[ .. ]",
        StepStatus::Polling => "[POLL]",
    }
}

/// The same of a green that a person stated.
const STATED: &str = "[SAID]";

/// A step by its number and title.
pub(crate) fn numbered(run: &Run, id: &StepId, text: Text) -> String {
    escape_controls(&text.numbered(run, id)).into_owned()
}

/// What stands above the steps of a group.
pub fn heading_line(heading: &Heading<'_>, text: Text) -> String {
    let (name, count) = text.heading(heading);
    match heading.group {
        Some(_) => text.plain_group(escape_controls(&name), count),
        None => text.plain_no_group(count),
    }
}

/// A step in one line, and below it what keeps it from being green.
pub fn step_lines(run: &Run, assessment: &Assessment<'_>, text: Text) -> Vec<String> {
    let Assessment { step, status, statement, .. } = assessment;
    let title = escape_controls(step.title.get(text.lang())).into_owned();
    let name = |id: &str| escape_controls(&run.name_of(id, text.lang())).into_owned();
    let mut below: Vec<String> = Vec::new();
    match assessment.reason {
        Some(StatusReason::NotStated(statement)) => {
            below.extend(led(&text.attestation_missing(""), statement.get(text.lang())));
        }
        Some(_) | None => below.extend(text.why_not_green(assessment, &name)),
    }
    below.extend(text.sign_ins_failed(assessment.failed_sign_ins));
    below.extend(statement.map(|statement| {
        text.plain_stated(escape_controls(&statement.name), escape_controls(&statement.statement))
    }));
    if *status != StepStatus::Green {
        below.extend(evidence_lines(assessment, text, &name));
    }
    let sign = if assessment.is_stated() { STATED } else { sign(status) };
    let first = format!("{sign} {}: {title}", text.standing(assessment));
    let indented = below.iter().map(|line| format!("       {}", escape_controls(line)));
    std::iter::once(first).chain(indented).collect()
}

/// What was found, the errors, what to do.
fn evidence_lines(assessment: &Assessment<'_>, text: Text, name: &dyn Fn(&str) -> String) -> Vec<String> {
    let finding = assessment.found.map(|found| &found.finding);
    let facts = finding.into_iter().flat_map(|finding| &finding.facts);
    let mut lines: Vec<String> = facts.map(|fact| fact_line(assessment, fact, text)).collect();
    lines.extend(assessment.rows.iter().flat_map(|rows| row_lines(assessment.step, rows, text)));
    if let Some(finding) = finding {
        lines.extend(finding.warnings.iter().flat_map(|warning| led(&text.warning_line(""), warning)));
        lines.extend((finding.more_warnings > 0).then(|| text.more_warnings(finding.more_warnings)));
    }
    for (purpose, failure) in &assessment.failures {
        lines.extend(match purpose {
            Purpose::Check => barred(&failure.told()).collect::<Vec<_>>(),
            Purpose::Apply => led(&text.apply_failed_line(""), &failure.told()),
        });
        lines.extend(failure.record().iter().flat_map(|line| barred(line)));
    }
    let more = finding.map(|finding| &finding.more_errors).filter(|more| !more.is_none());
    lines.extend(more.map(|more| text.more_errors(more)));
    for remedy in &assessment.remedies {
        lines.extend(led(&text.remedy_line(""), remedy.say.get(text.lang())));
        lines.extend(remedy.go.as_ref().map(|go| format!("  {}", text.go(go, &assessment.step.id, name))));
    }
    lines
}

/// The first rows that fail, and how many more there are.
fn row_lines(step: &Step, rows: &FailedRows<'_>, text: Text) -> Vec<String> {
    const SHOWN: usize = 20;
    let shown = rows.shown.iter().take(SHOWN).map(|row| row_line(step, row, text));
    shown.chain(text.more_failing(rows, SHOWN)).collect()
}

/// A row that fails, with what it fails by.
pub(super) fn row_line(step: &Step, row: &FailingRow, text: Text) -> String {
    let [name, property] = [&text.row_name(row), &row.property].map(|own| escape_controls(own).into_owned());
    let expected = text.row_expected(step, row);
    let line = text.fact_line(property, escape_controls(&expected), shown(&row.found, text));
    format!("{BAR}{name}: {}", line.trim_start())
}

/// What was found, made safe to show.
fn shown(found: &str, text: Text) -> String {
    if found.is_empty() { text.found_nothing() } else { escape_controls(found).into_owned() }
}

fn fact_line(assessment: &Assessment<'_>, fact: &Fact, text: Text) -> String {
    let property = escape_controls(&fact.property);
    let expected = text.expected(assessment.step, fact);
    let found = if assessment.rows.is_some() { text.found_beside_rows(fact) } else { text.found(fact) };
    let (expected, found) = (escape_controls(&expected), shown(&found, text));
    let line = if fact.met {
        text.fact_met_line(property, expected, found)
    } else {
        text.fact_line(property, expected, found)
    };
    match fact.property.as_str() {
        // An expectation of the object itself names no property.
        "" => line.trim_start().to_owned(),
        _ => format!("{BAR}{line}"),
    }
}

/// The gate, and what keeps it locked.
pub fn gate_lines(run: &Run, now: Moment, text: Text) -> Vec<String> {
    let count = run.count(now);
    let count = (count.not_applying > 0).then(|| format!("  {}", text.count(&count)));
    let mut lines = match gate::evaluate(run, now) {
        Gate::Open(_) => vec![format!("{}: {}", text.gate_is_open(), text.gate_open())],
        Gate::Locked(reasons) => {
            let name = |id: &str| escape_controls(&run.name_of(id, text.lang())).into_owned();
            let nothing = gate::nothing_applies(&reasons).then(|| text.gate_nothing_applies());
            let mut lines = vec![text.gate_is_locked()];
            lines.extend(nothing.map(|why| format!("  {why}")));
            let steps = run.assess_locking(&reasons, now);
            lines.extend(steps.iter().filter_map(|assessment| {
                let why = text.why_locked(assessment, &name)?;
                Some(format!("  - {}: {}", name(assessment.step.id.as_str()), escape_controls(&why)))
            }));
            lines
        }
    };
    lines.extend(count);
    let subjects = run.subjects(now);
    lines.extend(subjects.iter().map(|known| format!("  {}", escape_controls(&text.known_subject(known)))));
    lines.extend(left_out_line(run, text));
    lines
}

/// The advisory steps that are not green, under what is said of them.
pub(super) fn advisory_lines(run: &Run, now: Moment, text: Text) -> Vec<String> {
    let Some((heading, steps)) = text.advisory_not_green(run, now) else { return Vec::new() };
    let steps = steps.iter().map(|step| format!("    {}", escape_controls(step)));
    std::iter::once(format!("  {heading}")).chain(steps).collect()
}

/// Where a run that goes on by itself is held, if it is.
pub fn held_line(run: &Run, now: Moment, text: Text) -> Option<String> {
    let going = run.going(now).filter(|going| matches!(going, Going::Held { .. }))?;
    let title = |step: &StepId| run.name_of(step.as_str(), text.lang());
    Some(escape_controls(&text.going(&going, &run.count(now), &title)).into_owned())
}

/// What no check has to cover, if anything is left out.
pub(super) fn left_out_line(run: &Run, text: Text) -> Option<String> {
    text.left_out_names(&run.left_out()).map(|line| format!("  {line}"))
}
