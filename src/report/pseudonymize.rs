//! Takes names out of a report: people, computers, domains and private addresses, each by the same token wherever it stands.
//!
//! What is known for certain (operators, inputs, subjects, who made a statement) is hidden wherever it stands as a word or as a part of
//! one between `.`, `-`, `_`, `@` and `+`; what looks like an address of a person, a domain name, a private IPv4 address or a home
//! folder is hidden too. All of the report is read before any of it is replaced, so that a name is hidden also before the
//! place that made it known. A name that stands in an output without looking like one is not recognised: `docs/operator.md`
//! says to read the file before giving it away.

use super::{ApplyReport, JournalNote, Report, SourceReport, StepReport};
use crate::checklist::{Checklist, ChecklistId, InputKind, StepId};
use crate::run::{Fact, FailingRow};
use names::{Names, Pass};

mod look;
mod names;

/// `report` without names.
pub fn pseudonymize(mut report: Report, checklist: &Checklist) -> Report {
    let mut names = Names::of(&report, checklist);
    for pass in [Pass::Learn, Pass::Hide] {
        names.pass = pass;
        walk(&mut report, checklist, &mut names);
    }
    report.redacted = true;
    report
}

/// Takes `names` through every text of somebody else.
fn walk(report: &mut Report, checklist: &Checklist, names: &mut Names) {
    for text in [&mut report.title, &mut report.run, &mut report.checklist.version] {
        names.hide(text);
    }
    report.checklist.source.iter_mut().flat_map(SourceReport::texts).for_each(|text| names.hide(text));
    report.checklist.id = ChecklistId::from(names.hidden_id(report.checklist.id.as_str()).as_str());
    for operator in &mut report.operators {
        names.who(&mut operator.who);
    }
    for shell in &mut report.shells {
        names.hide(&mut shell.program);
        shell.engine.iter_mut().for_each(|engine| names.hide(&mut engine.file));
    }
    for input in &mut report.inputs {
        names.hide(&mut input.label);
        let known = checklist.inputs.iter().find(|known| known.id.as_str() == input.id);
        for value in &mut input.values {
            match known.map(|known| &known.kind) {
                Some(InputKind::Text) => names.value(value),
                Some(_) | None => names.hide(value),
            }
        }
    }
    for reason in &mut report.gate.reasons {
        reason.step = StepId::from(names.hidden_id(reason.step.as_str()).as_str());
        names.hide(&mut reason.reason);
    }
    for subject in &mut report.gate.subjects {
        subject.step = StepId::from(names.hidden_id(subject.step.as_str()).as_str());
        if let Some(found) = &mut subject.found {
            names.subject(found);
        }
    }
    report.gate.left_out.iter_mut().for_each(|name| names.value(name));
    for damage in &mut report.damage {
        names.hide(&mut damage.what);
        damage.file.iter_mut().for_each(|file| names.hide(file));
    }
    for note in &mut report.journal {
        match note {
            JournalNote::WriteFailed { why, .. } => names.hide(why),
            JournalNote::OrphanFile { file, .. } => names.hide(&mut file.file),
            JournalNote::Quarantined { .. } => {}
        }
    }
    for step in &mut report.steps {
        one(step, names);
    }
    if let Some(seal) = &mut report.handoff {
        seal.files.iter_mut().for_each(|file| names.hide(&mut file.file));
        if let Some(by) = &mut seal.by {
            names.who(by);
        }
    }
}

fn one(step: &mut StepReport, names: &mut Names) {
    let checked = &mut step.checked;
    checked.id = StepId::from(names.hidden_id(checked.id.as_str()).as_str());
    for text in [&mut checked.title, &mut step.why] {
        names.hide(text);
    }
    for text in checked.group.iter_mut().chain(step.heading.as_mut().map(|(name, _)| name)) {
        names.hide(text);
    }
    let leads = checked.leads.iter_mut().flatten();
    for text in checked.reason.iter_mut().chain(&mut checked.remedy).chain(&mut checked.remedies).chain(leads)
    {
        names.hide(text);
    }
    for step in checked.waits_for.iter_mut().chain(checked.go.iter_mut().map(|go| &mut go.step)) {
        *step = StepId::from(names.hidden_id(step.as_str()).as_str());
    }
    rows(&mut checked.failing, names);
    for missing in checked.covered.iter_mut().flat_map(|covered| &mut covered.missing) {
        for text in missing.near.iter_mut().chain(&mut missing.error).chain([&mut missing.name]) {
            names.hide(text);
        }
    }
    checked.more_rows.iter_mut().for_each(|more| names.hide(more));
    facts(&mut checked.facts, names);
    checked.warnings.iter_mut().for_each(|warning| names.hide(warning));
    for command in &mut step.commands {
        names.hide(&mut command.command);
    }
    for failure in &mut step.checked.failures {
        // The id of what was thrown as a text is that text.
        for text in [
            &mut failure.message,
            &mut failure.error_id,
            &mut failure.exception,
            &mut failure.category,
            &mut failure.target,
        ] {
            names.hide(text);
        }
    }
    if let Some(statement) = &mut step.statement {
        names.hide(&mut statement.statement);
        if let Some(made) = &mut statement.made {
            names.person(&mut made.name);
            names.hide(&mut made.note);
            names.who(&mut made.by);
        }
    }
    for attempt in &mut step.last_attempts {
        if let Some(by) = &mut attempt.by {
            names.who(by);
        }
        for text in attempt.error.iter_mut().chain(attempt.transcript.as_mut().map(|digest| &mut digest.file))
        {
            names.hide(text);
        }
    }
    step.applies.iter_mut().for_each(|apply| applied(apply, names));
    if let Some(excerpt) = &mut step.excerpt {
        names.hide(&mut excerpt.file);
        excerpt.damage.iter_mut().for_each(|damage| names.hide(damage));
        excerpt.lines.iter_mut().for_each(|line| names.hide(&mut line.text));
    }
}

fn applied(apply: &mut ApplyReport, names: &mut Names) {
    apply.by.iter_mut().for_each(|by| names.who(by));
    apply.subject.iter_mut().for_each(|subject| names.subject(subject));
    apply.not_run.iter_mut().for_each(|why| names.hide(why));
    for found in apply.before.iter_mut().chain(&mut apply.after) {
        names.hide(&mut found.reason);
        facts(&mut found.facts, names);
        rows(&mut found.failing, names);
        found.more_rows.iter_mut().for_each(|more| names.hide(more));
    }
}

fn facts(facts: &mut [Fact], names: &mut Names) {
    for fact in facts {
        if fact.rows.is_some_and(|rows| rows > 1) {
            // Rows that it names may be none of those that are known by their names.
            let end = fact.found.find([':', ';']).unwrap_or(fact.found.len());
            fact.found.truncate(end);
        }
        for text in [&mut fact.property, &mut fact.expected, &mut fact.found] {
            names.hide(text);
        }
    }
}

fn rows(rows: &mut [FailingRow], names: &mut Names) {
    for row in rows {
        for text in row.key.iter_mut().chain([&mut row.property, &mut row.expected, &mut row.found]) {
            names.hide(text);
        }
    }
}
