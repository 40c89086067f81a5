//! Checklists made in a line, for tests of the machine.

use std::time::Duration;

use greenlight::facade::checklist::{
    Apply, Arity, Changes, Check, Checklist, Expectation, Handoff, Input, InputKind, Lasts, Leaves,
    Localized, Need, Operand, Rows, Sha, Step, StepId, StepKind, Subject, Test, Until, ValueSource, Warnings,
    Weight, When,
};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{OutcomeEnd, Who};

use super::decided::Outcome;

pub fn text(en: &str) -> Localized {
    Localized { en: en.to_owned(), ..Localized::default() }
}

pub fn who(user: &str) -> Who {
    Who { user: user.to_owned(), host: "here".to_owned(), ..Who::default() }
}

/// A required step whose check wants `$true` from every row, with an apply that changes the tenant.
pub fn measured(id: &str, needs: &[&str], fresh_for: Duration) -> Step {
    let is_true = Expectation { property: None, test: Test::Is(Operand::Bool(true)), rows: Rows::All };
    let minute = Duration::from_secs(60);
    Step {
        id: id.into(),
        title: text(id),
        why: text("because"),
        docs: Vec::new(),
        needs: needs.iter().map(|need| StepId::from(*need)).collect(),
        lasts: Lasts::Run,
        group: None,
        subject: None,
        fresh_for,
        keep_alive: None,
        when: None,
        weight: Weight::Required,
        kind: StepKind::Measured {
            check: Check {
                command: format!("Get-{id}"),
                expect: vec![is_true],
                key: None,
                covers: None,
                keeps: Vec::new(),
                warnings: Warnings::Keep,
                until: None,
                timeout: minute,
            },
            apply: Some(Apply {
                command: format!("Set-{id}"),
                changes: Changes::Tenant,
                note: None,
                timeout: minute,
            }),
        },
        remedies: Vec::new(),
    }
}

/// The same step, whose check uses the input `$domain`.
pub fn using_domain(mut step: Step) -> Step {
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.command.push_str(" $domain");
    }
    step
}

/// The same step, whose rows say `Ok` and have a `Name`, which other steps take.
pub fn naming(mut step: Step) -> Step {
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.expect[0].property = Some("Ok".to_owned());
        check.keeps = vec!["Name".to_owned()];
    }
    step
}

/// What such a step finds where it is green: a row for each name, of which `?` cannot be read.
pub fn found_names(names: &[&str]) -> Outcome {
    let row = |name: &&str| {
        let name = if *name == "?" { Value::Unread } else { Value::text(*name) };
        let properties = vec![("Ok".to_owned(), Value::Bool(true)), ("Name".to_owned(), name)];
        Value::Object(Object { properties, ..Object::default() })
    };
    Outcome {
        end: OutcomeEnd::Completed,
        rows: names.iter().map(row).collect(),
        failures: Vec::new(),
        warnings: Vec::new(),
        silent_ms: 0,
        elapsed_ms: 0,
    }
}

/// The same step, which applies where `$domain` is this.
pub fn when_domain(mut step: Step, is: &str) -> Step {
    let test = Test::Is(Operand::Text(is.to_owned()));
    step.when = Some(When { source: ValueSource::Input("domain".into()), test });
    step
}

/// The same step, which applies where a row of `source` has that name.
pub fn when_name(mut step: Step, source: &str, is: &str) -> Step {
    let test = Test::Is(Operand::Text(is.to_owned()));
    let source = ValueSource::Step { step: source.into(), property: "Name".to_owned() };
    step.when = Some(When { source, test });
    step
}

/// The same step without its apply.
pub fn check_only(mut step: Step) -> Step {
    if let StepKind::Measured { apply, .. } = &mut step.kind {
        *apply = None;
    }
    step
}

/// The same step, checked again every ten minutes for twenty after its apply.
pub fn until(mut step: Step) -> Step {
    if let StepKind::Measured { check, .. } = &mut step.kind {
        let every = Duration::from_secs(600);
        check.until = Some(Box::new(Until { every, limit: every * 2 }));
    }
    step
}

/// The same step, green only as long as its session.
pub fn of_the_session(mut step: Step) -> Step {
    step.lasts = Lasts::Session;
    step
}

/// The same step, whose session is looked after that often.
pub fn kept_alive(mut step: Step, every: Duration) -> Step {
    step.keep_alive = Some(every);
    of_the_session(step)
}

/// The same step, whose apply changes only the session.
pub fn for_the_session(mut step: Step) -> Step {
    if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
        apply.changes = Changes::Session;
    }
    step
}

/// The same step, shown and never counted.
pub fn advisory(mut step: Step) -> Step {
    step.weight = Weight::Advisory;
    step
}

/// What a person must say.
pub const STATEMENT: &str = "I say so";

/// The same step, stated by a person.
pub fn attested(mut step: Step) -> Step {
    step.kind = StepKind::Attested { statement: text(STATEMENT) };
    step
}

/// The word that confirms the handoff.
pub const CONFIRM: &str = "GO";

/// A step whose check finds the tenant by its name; any row is enough for it.
pub fn finds_the_tenant(mut step: Step) -> Step {
    step.subject = Some(Subject { scope: Changes::Tenant, name: "Name".to_owned(), id: None });
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.expect = vec![Expectation { property: None, test: Test::Present, rows: Rows::All }];
    }
    step
}

pub fn changing_the_tenant(mut step: Step) -> Step {
    if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
        apply.changes = Changes::Tenant;
    }
    step
}

/// Whether a step has an apply that changes more than the session.
pub fn applies_beyond_session(step: &Step) -> bool {
    matches!(&step.kind, StepKind::Measured { apply: Some(apply), .. } if apply.changes != Changes::Session)
}

/// A checklist of these steps with a required input `domain` and a handoff.
pub fn checklist(steps: Vec<Step>) -> Checklist {
    Checklist {
        id: "model".into(),
        version: "1".to_owned(),
        title: text("model"),
        about: None,
        source: None,
        inputs: vec![Input {
            id: "domain".into(),
            kind: InputKind::Text,
            arity: Arity::One,
            leaves: Leaves::Nothing,
            need: Need::Required,
            ask: text("domain"),
            help: None,
            default: None,
            forms: Vec::new(),
        }],
        steps,
        handoff: Some(Handoff {
            title: text("go"),
            say: text("go on"),
            confirm: CONFIRM.to_owned(),
            file: "go.ps1".to_owned(),
            script: "Move-It".to_owned(),
            docs: Vec::new(),
        }),
        sha256: Sha::of(b"model"),
    }
}
