//! The files of a handoff, as bytes: the script that comes next, with the operator's inputs bound, and the manifest.

use std::collections::BTreeMap;

use serde::Serialize;

use super::check::{self, CheckedStep, ChecklistRef, GateReport, is_rehearsal};
use super::fold::statement;
use super::{StatementReport, Time, at_host};
use crate::checklist::{Arity, Checklist, Handoff, Input, InputKind, InputValue};
use crate::journal::{Head, MANIFEST};
use crate::run::{Mode, Moment, Run, StepStatus, Who};
use crate::sanitize::escape_controls;
use crate::text::Text;

/// The format of the manifest.
const FORMAT: u32 = 1;

/// The manifest: what was found when the gate opened.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    format: u32,
    rehearsal: bool,
    run: String,
    checklist: ChecklistRef,
    greenlight: &'static str,
    written: Time,
    operators: &'a [Who],
    gate: GateReport,
    inputs: BTreeMap<&'a str, &'a [String]>,
    steps: Vec<ManifestStep>,
    head: super::HeadReport,
}

#[derive(Debug, Serialize)]
struct ManifestStep {
    #[serde(flatten)]
    checked: CheckedStep,
    checked_at: Option<Time>,
    statement: Option<StatementReport>,
}

/// The files of the handoff of the run `id`: name and bytes. Text in them is English, the language of logs.
pub fn files(run: &Run, now: Moment, id: &str, head: &Head) -> Vec<(String, Vec<u8>)> {
    let text = Text::default();
    let manifest = (MANIFEST.to_owned(), manifest(run, now, id, *head, text));
    let script = run.checklist().handoff.as_ref();
    script
        .map(|handoff| (handoff.file.clone(), script_bytes(run, handoff, now, id, *head, text)))
        .into_iter()
        .chain([manifest])
        .collect()
}

fn manifest(run: &Run, now: Moment, id: &str, head: Head, text: Text) -> Vec<u8> {
    let steps = run.assess_all(now);
    let steps = steps.iter().map(|assessment| ManifestStep {
        checked: check::checked(run, assessment, text),
        checked_at: assessment.found.map(|found| found.at.into()),
        statement: statement(assessment, text),
    });
    let manifest = Manifest {
        format: FORMAT,
        rehearsal: is_rehearsal(run.mode()),
        run: id.to_owned(),
        checklist: ChecklistRef::new(run.checklist(), text),
        greenlight: env!("CARGO_PKG_VERSION"),
        written: now.into(),
        operators: run.operators(),
        gate: check::gate(run, now, text),
        inputs: run.inputs().iter().map(|(id, value)| (id.as_str(), value.values())).collect(),
        steps: steps.collect(),
        head: head.into(),
    };
    // Strings, numbers and lists only: nothing in it can fail to be written.
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// UTF-8 with a byte order mark, without which Windows PowerShell reads a script in the system's code page; lines end
/// as Windows has them.
fn script_bytes(run: &Run, handoff: &Handoff, now: Moment, id: &str, head: Head, text: Text) -> Vec<u8> {
    let checklist = run.checklist();
    let by = run.operators().last().map(at_host).unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    let mut comment = |words: &str| lines.push(format!("# {}", escape_controls(words)));
    match run.mode() {
        Mode::Live => {}
        Mode::Rehearsal(scenario) => comment(&text.report_rehearsal(scenario)),
    }
    comment(&text.report_script_begin(&checklist.id, &checklist.version));
    comment(&text.report_script_run(id, Time::from(now), by));
    comment(&text.report_script_head(head.code()));
    for step in run.assess_all(now).iter().filter(|step| step.status == StepStatus::DoesNotApply) {
        let step = check::checked(run, step, text);
        let why = step.reason.unwrap_or_default();
        comment(&text.report_script_not_applying(step.title, why));
    }
    // Whoever runs it has perhaps seen no screen.
    for step in run.advisory_not_green(now) {
        let title = step.step.title.get(text.lang());
        comment(&text.report_script_advisory(title, text.status(&step.status)));
    }
    lines.push(String::new());
    let bindings = bindings(checklist, handoff, &|input| run.inputs().get(&input.id));
    if !bindings.is_empty() {
        lines.push(format!("# {}", text.report_script_inputs()));
        lines.extend(bindings);
        lines.push(String::new());
    }
    // What was rehearsed was not checked: such a script says so, and ends before its first command.
    if is_rehearsal(run.mode()) {
        lines.push(format!("Write-Host {}", quoted(&text.report_script_rehearsed())));
        lines.extend(["return".to_owned(), String::new()]);
    }
    lines.extend(handoff.script.lines().map(str::to_owned));
    let mut script = String::from('\u{feff}');
    for line in lines {
        script.push_str(&line);
        script.push_str("\r\n");
    }
    script.into_bytes()
}

/// One assignment for each input that the script uses.
fn bindings<'a>(
    checklist: &Checklist,
    handoff: &Handoff,
    value: &dyn Fn(&Input) -> Option<&'a InputValue>,
) -> Vec<String> {
    checklist
        .inputs_of_handoff(handoff)
        .map(|input| {
            let values = value(input).map(InputValue::values).unwrap_or_default();
            let mut literals = values.iter().map(|value| literal(&input.kind, value));
            let bound = match input.arity {
                Arity::One => literals.next().unwrap_or_else(|| "$null".to_owned()),
                Arity::Many => format!("@({})", literals.collect::<Vec<_>>().join(", ")),
            };
            format!("${{{}}} = {bound}", input.id)
        })
        .collect()
}

/// A value as PowerShell reads it back unchanged.
fn literal(kind: &InputKind, value: &str) -> String {
    match kind {
        InputKind::Integer { .. } if value.parse::<i64>().is_ok() => value.to_owned(),
        InputKind::Integer { .. }
        | InputKind::Text
        | InputKind::Domain
        | InputKind::Fqdn
        | InputKind::Upn
        | InputKind::Url { .. }
        | InputKind::Path
        | InputKind::Choice(_) => quoted(value),
    }
}

/// A single-quoted literal. PowerShell also ends one at each of the quotes U+2018 to U+201B, and reads any of them
/// doubled as itself (`about_Quoting_Rules`; `CharExtensions.IsSingleQuote`).
fn quoted(value: &str) -> String {
    let mut literal = String::with_capacity(value.len() + 2);
    literal.push('\'');
    for c in value.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            literal.push(c);
        }
        literal.push(c);
    }
    literal.push('\'');
    literal
}
