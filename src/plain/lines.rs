//! A step, a finding and the gate as lines of text.

use super::bar::{BAR, barred, led};
use crate::checklist::{Step, StepKind};
use crate::run::gate::{self, Gate};
use crate::run::{Finding, Moment, Run, StepStatus};
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
        StepStatus::Running(_) => "[ .. ]",
    }
}

/// A step in one line, and below it what keeps it from being green.
pub fn step_lines(run: &Run, step: &Step, status: &StepStatus, text: Text) -> Vec<String> {
    let title = escape_controls(step.title.get(text.lang())).into_owned();
    let mut lines = vec![format!("{} {}: {title}", sign(status), text.status(status))];
    let mut indented = |line: String| lines.push(format!("       {}", escape_controls(&line)));
    let name = |id: &str| escape_controls(&run.name_of(id, text.lang())).into_owned();
    if let StepStatus::Stale(cause) = status {
        indented(text.stale(cause, &name));
    }
    let state = run.state(&step.id);
    if let Some(statement) = state.and_then(|state| state.statement.as_ref()) {
        indented(text.plain_stated(escape_controls(&statement.name), escape_controls(&statement.statement)));
    }
    match status {
        StepStatus::Green | StepStatus::NotRun | StepStatus::Running(_) | StepStatus::Stale(_) => {}
        StepStatus::Red | StepStatus::Undetermined | StepStatus::Interrupted => {
            if let Some(found) = state.and_then(|state| state.found.as_ref()) {
                finding_lines(step, &found.finding, text).into_iter().for_each(&mut indented);
            }
            let remedies = state.into_iter().flat_map(|state| {
                let checked = state.found.iter().flat_map(|found| found.finding.remedies.iter());
                let applied = state.applied.iter().flat_map(|applied| applied.remedies.iter());
                checked.chain(applied)
            });
            let mut seen: Vec<usize> = Vec::new();
            for position in remedies.copied() {
                if let Some(remedy) = step.remedies.get(position)
                    && !seen.contains(&position)
                {
                    seen.push(position);
                    led(&text.remedy_line(""), remedy.say.get(text.lang()))
                        .into_iter()
                        .for_each(&mut indented);
                }
            }
        }
    }
    if let Some(applied) = state.and_then(|state| state.applied.as_ref())
        && *status != StepStatus::Green
    {
        for failure in &applied.failures {
            led(&text.apply_failed_line(""), &failure.message).into_iter().for_each(&mut indented);
        }
    }
    if let (StepKind::Attested { statement }, StepStatus::NotRun) = (&step.kind, status) {
        led(&text.attestation_missing(""), statement.get(text.lang())).into_iter().for_each(&mut indented);
    }
    lines
}

/// What a check found: the reason, each expectation that was not met, the first errors.
fn finding_lines(step: &Step, finding: &Finding, text: Text) -> Vec<String> {
    let mut lines = vec![text.verdict_reason(&finding.reason)];
    let unmet = finding.facts.iter().filter(|fact| !fact.met);
    lines.extend(unmet.map(|fact| {
        let line = text.fact_line(
            escape_controls(&fact.property),
            escape_controls(&text.expected(step, fact)),
            escape_controls(&fact.found),
        );
        match fact.property.as_str() {
            // An expectation of the object itself names no property.
            "" => line.trim_start().to_owned(),
            _ => format!("{BAR}{line}"),
        }
    }));
    lines.extend(finding.failures.iter().flat_map(|failure| barred(&failure.message)));
    lines.extend((!finding.more_errors.is_none()).then(|| text.more_errors(&finding.more_errors)));
    lines
}

/// The gate, and what keeps it locked.
pub fn gate_lines(run: &Run, now: Moment, text: Text) -> Vec<String> {
    match gate::evaluate(run, now) {
        Gate::Open(_) => vec![format!("{}: {}", text.gate_is_open(), text.gate_open())],
        Gate::Locked(reasons) => {
            let name = |id: &str| escape_controls(&run.name_of(id, text.lang())).into_owned();
            let mut lines = vec![text.gate_is_locked()];
            lines.extend(reasons.iter().map(|reason| {
                let why = text.why_locked(&reason.why, &name);
                format!("  - {}: {}", name(reason.step.as_str()), escape_controls(&why))
            }));
            lines
        }
    }
}
