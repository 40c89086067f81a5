//! `show`: what a checklist asks and runs, before anything runs.

use serde_json::json;

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit};
use crate::checklist::{Apply, Check, Checklist, Input, Step, StepKind, Warnings, Weight};
use crate::plain::{Out, exact, led};
use crate::report::SourceReport;
use crate::run::Pace;
use crate::sanitize::escape_controls;
use crate::text::Text;

pub(super) fn show(context: &Context, name: &str) -> Done {
    let source = context.checklist(Some(name))?;
    let mut out = Out::stdout();
    match context.output {
        Output::Json => out.json(&as_json(&source.checklist, context.text)),
        Output::Text => as_lines(&mut out, &source.checklist, context.text),
    }
    Ok(Exit::Open)
}

fn as_json(checklist: &Checklist, text: Text) -> serde_json::Value {
    let lang = text.lang();
    let step = |step: &Step| {
        let (check, apply, changes, statement) = match &step.kind {
            StepKind::Measured { check, apply } => (
                Some(check.command.as_str()),
                apply.as_ref().map(|apply| apply.command.as_str()),
                apply.as_ref().map(|apply| apply.changes),
                None,
            ),
            StepKind::Attested { statement } => (None, None, None, Some(statement.get(lang))),
        };
        json!({
            "id": step.id, "title": step.title.get(lang), "group": step.group.as_ref().map(|group| group.get(lang)),
            "required": step.weight == Weight::Required,
            "needs": step.needs, "when": step.when.as_ref().map(|when| text.condition(when)), "check": check, "apply": apply, "changes": changes, "statement": statement,
            "go": step.remedies.iter().filter_map(|remedy| remedy.go.as_ref()).collect::<Vec<_>>(),
        })
    };
    let input = |input: &Input| json!({"id": input.id, "ask": input.ask.get(lang)});
    json!({
        "format": 1, "id": checklist.id, "version": checklist.version, "sha256": checklist.sha256,
        "title": checklist.title.get(lang),
        "source": checklist.source.as_ref().map(|source| SourceReport::new(source, lang)),
        "inputs": checklist.inputs.iter().map(input).collect::<Vec<_>>(),
        "steps": checklist.steps.iter().map(step).collect::<Vec<_>>(),
    })
}

fn as_lines(out: &mut Out, checklist: &Checklist, text: Text) {
    let lang = text.lang();
    out.barred(&format!(
        "{} {} ({})",
        escape_controls(checklist.title.get(lang)),
        checklist.version,
        checklist.id
    ));
    out.row(&format!("sha256 {}", checklist.sha256));
    let source = checklist.source.as_ref().map(|source| SourceReport::new(source, lang).line());
    for line in source.iter().flat_map(|source| led(&text.plain_source(""), source)) {
        out.row(&line);
    }
    for input in &checklist.inputs {
        out.row(&format!("  ${}: {}", input.id, escape_controls(input.ask.get(lang))));
    }
    for (number, step) in (1..).zip(&checklist.steps) {
        let advisory = match step.weight {
            Weight::Required => String::new(),
            Weight::Advisory => format!(" ({})", text.advisory()),
        };
        out.row("");
        if checklist.group_begins(number - 1) {
            out.row(&match &step.group {
                Some(group) => text.plain_group_of(escape_controls(group.get(lang))),
                None => text.no_group(),
            });
        }
        out.row(&format!("{number:>3}. {}{advisory}", escape_controls(step.title.get(lang))));
        out.barred(step.why.get(lang));
        if let Some(when) = &step.when {
            out.row(&format!("     {}", text.applies_when(escape_controls(&text.condition(when)))));
        }
        match &step.kind {
            StepKind::Measured { check, apply } => measured(out, check, apply.as_ref(), text),
            StepKind::Attested { statement } => {
                say(out, &text.attestation_missing(""), statement.get(lang));
            }
        }
        for (remedy, go) in step.remedies.iter().filter_map(|remedy| Some((remedy, remedy.go.as_ref()?))) {
            say(out, &text.remedy_line(""), remedy.say.get(lang));
            let name =
                |id: &str| checklist.step(&id.into()).map_or("", |step| step.title.get(lang)).to_owned();
            out.row(&format!("       {}", escape_controls(&text.go(go, &step.id, &name))));
        }
    }
}

fn measured(out: &mut Out, check: &Check, apply: Option<&Apply>, text: Text) {
    say(out, &text.plain_runs(""), &exact(&check.command));
    for expectation in &check.expect {
        let property = escape_controls(expectation.property.as_deref().unwrap_or_default());
        let expected = text.expectation(expectation);
        out.row(&format!("       {property} {}", escape_controls(&expected)));
    }
    if let Some(key) = &check.key {
        out.row(&format!("        {}", text.rows_named_by(escape_controls(key))));
    }
    if let Some(covers) = &check.covers {
        out.row(&format!("        {}", escape_controls(&text.covers(covers))));
    }
    if check.warnings == Warnings::Fail {
        out.row(&format!("        {}", text.expect_no_warning()));
    }
    if let Some(apply) = apply {
        say(out, &text.plain_would_run(""), &exact(&apply.command));
        out.row(&format!("     {}", text.plain_changes(text.changes(apply.changes))));
        if let Some(until) = check.until.as_deref() {
            out.row(&format!("     {}", text.until_of(*until, Pace::AsTheStepSays)));
        }
    }
}

/// Words of ours and a text of the checklist, indented.
fn say(out: &mut Out, words: &str, text: &str) {
    for line in led(words, text) {
        out.row(&format!("     {line}"));
    }
}
