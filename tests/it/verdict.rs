//! What a check's objects say of its step, word by word of the file format.

mod covers;
mod equality;
mod facts;
mod failing;
mod failures;
mod kept;
mod lists;
mod numbers;
mod operands;
mod patterns;
mod remedies;
mod rows;
mod times;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist::{
    Check, Covers, Emptiness, Expectation, InputId, InputValue, Localized, Operand, Pattern, Remedy,
    RemedyWhen, Rows, Step, StepKind, Test, Warnings,
};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::verdict::{self, FAILURES_KEPT, NOT_BOUND};
use greenlight::facade::run::{
    Coverage, Failure, Finding, Judge, MissingName, Moment, MoreErrors, OutcomeEnd, Purpose, ToCover,
    Verdict, VerdictReason,
};

use crate::harness::decided::Outcome;
use crate::harness::steps;

/// 2024-01-01T00:00:00Z.
const NOW: i64 = 1_704_067_200_000;
const DAY: i64 = 86_400_000;

fn values(texts: &[&str]) -> InputValue {
    serde_json::from_value(serde_json::json!(texts)).unwrap()
}

/// `one` has a value, `many` two, `none` an empty list; `unset` was never given.
fn inputs() -> BTreeMap<InputId, InputValue> {
    [("one", values(&["Contoso.com"])), ("many", values(&["a", "B"])), ("none", values(&[]))]
        .into_iter()
        .map(|(id, value)| (id.into(), value))
        .collect()
}

fn step(expect: Vec<Expectation>) -> Step {
    let mut step = steps::measured("step", &[], Duration::from_secs(60));
    step.kind = StepKind::Measured {
        check: Check {
            command: "Get-It".to_owned(),
            expect,
            key: None,
            covers: None,
            keeps: Vec::new(),
            warnings: Warnings::Keep,
            until: None,
            timeout: Duration::from_secs(60),
        },
        apply: None,
    };
    step
}

fn judge(step: &Step, outcome: &Outcome) -> Finding {
    outcome.clone().found(step, &inputs(), Moment { wall: NOW, mono: 0 })
}

fn completed(rows: &[Value]) -> Outcome {
    Outcome {
        end: OutcomeEnd::Completed,
        rows: rows.to_vec(),
        warnings: Vec::new(),
        silent_ms: 0,
        failures: Vec::new(),
        elapsed_ms: 7,
    }
}

fn on_property(name: &str, test: Test, rows: Rows) -> Expectation {
    Expectation { property: Some(name.to_owned()), test, rows }
}

fn object(properties: &[(&str, Value)]) -> Value {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Value::Object(Object { properties, ..Object::default() })
}

/// An object that prints as `text`.
fn printed(text: &str) -> Value {
    Value::Object(Object { text: text.to_owned(), ..Object::default() })
}

/// A scalar of that type, which is nothing but its text.
fn of_type(name: &str, text: &str) -> Value {
    let type_names = vec!["System.Example".to_owned(), name.to_owned()];
    Value::Object(Object { type_names, text: text.to_owned(), properties: Vec::new() })
}

fn decimal(text: &str) -> Value {
    Value::Decimal(text.parse().unwrap())
}

fn row(value: Value) -> Value {
    object(&[("p", value)])
}

/// Whether one object whose property `p` is `value` makes a step green.
fn passes(test: &Test, value: &Value) -> bool {
    let finding =
        judge(&step(vec![on_property("p", test.clone(), Rows::All)]), &completed(&[row(value.clone())]));
    let green = finding.verdict == Verdict::Green;
    let reason = if green { VerdictReason::Met } else { VerdictReason::Unmet { count: 1 } };
    assert_eq!(finding.reason, reason);
    assert_eq!(finding.verdict, if green { Verdict::Green } else { Verdict::Red });
    green
}

/// Each of `good` passes and each of `bad` fails.
#[track_caller]
fn table(test: &Test, good: &[Value], bad: &[Value]) {
    for value in good {
        assert!(passes(test, value), "{test} should pass on {value:?}");
    }
    for value in bad {
        assert!(!passes(test, value), "{test} should fail on {value:?}");
    }
}

fn t(text: &str) -> Value {
    Value::text(text)
}

fn word(text: &str) -> Operand {
    Operand::Text(text.to_owned())
}

fn input(id: &str) -> Operand {
    Operand::Input(id.into())
}

fn list(items: &[Value]) -> Value {
    Value::List(items.to_vec())
}

use Value::{Bool, Float, Int, Null, Time, Unread, Version};

/// Each of `good` lets no row pass and each of `bad` may.
#[track_caller]
fn none_of(test: &Test, good: &[Value], bad: &[Value]) {
    for rows in [Rows::None, Rows::Count(0)] {
        for (value, wanted) in
            good.iter().map(|value| (value, true)).chain(bad.iter().map(|bad| (bad, false)))
        {
            let finding =
                judge(&step(vec![on_property("p", test.clone(), rows)]), &completed(&[row(value.clone())]));
            assert_eq!(finding.verdict == Verdict::Green, wanted, "{test} {rows:?} on {value:?}");
        }
    }
}

/// One of each.
fn every_test() -> Vec<Test> {
    vec![
        Test::Present,
        Test::Is(word("")),
        Test::IsNot(word("x")),
        Test::OneOf(vec![word("")]),
        Test::Matches(Pattern::new("").unwrap()),
        Test::Contains(word("")),
        Test::AtLeast(Operand::Number(f64::NEG_INFINITY)),
        Test::AtMost(Operand::Number(f64::INFINITY)),
        Test::VersionAtLeast(word("0")),
        Test::LaterThan(word("0s")),
        Test::AtLeast(input("one")),
        Test::LaterThan(word("-2h")),
        Test::SameSetAs(vec![input("many")]),
        Test::Empty(Emptiness::Empty),
        Test::Empty(Emptiness::Filled),
        Test::SameSetAs(Vec::new()),
    ]
}
