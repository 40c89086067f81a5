//! Names that have no row, and names that are left out: the step, the gate and the confirmation of the handoff.

use std::time::Duration;

use greenlight::facade::checklist::{Arity, Checklist, Covers, Leaves, StepKind};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{About, Command, Failure, Mode, OutcomeEnd};

use super::fixture::{Bench, drawn, object, press};
use super::text_of;
use crate::harness::steps::{self, check_only, measured};

const SIZES: [(u16, u16); 2] = [(80, 24), (60, 20)];

fn name(number: usize) -> String {
    format!("fe{number:02}.pool01.contoso.com")
}

/// A step that must speak of nine servers, and an input that leaves out others.
fn checklist() -> Checklist {
    let mut step = check_only(measured("replica", &[], Duration::from_secs(600)));
    step.title = steps::text("Every server has the configuration");
    if let StepKind::Measured { check, .. } = &mut step.kind {
        check.expect[0].property = Some("UpToDate".to_owned());
        check.key = Some("ReplicaFqdn".to_owned());
        check.covers = Some(Covers::List((1..10).map(name).collect()).into());
    }
    let mut checklist = steps::checklist(vec![step]);
    let without = &mut checklist.inputs[0];
    (without.id, without.arity, without.leaves) = ("without".into(), Arity::Many, Leaves::Out);
    checklist
}

fn given() -> Bench {
    let mut bench = Bench::of(checklist(), Mode::Live);
    let typed = vec!["edge01.contoso.com".to_owned(), name(9)];
    bench.command(Command::Give { input: "without".into(), typed });
    bench.command(Command::OpenShell);
    bench.command(Command::ShellOpened(About::default()));
    bench
}

/// What runs ends with good rows of these servers.
fn ends(bench: &mut Bench, rows: &[String], failures: Vec<Failure>) {
    let row = |name: &String| {
        object(&[("ReplicaFqdn", Value::text(name.as_str())), ("UpToDate", Value::Bool(true))])
    };
    bench.end_rows(OutcomeEnd::Completed, rows.iter().map(row).collect(), failures);
}

/// Two of its servers have a row, and one of the others an error.
pub fn missing() -> Bench {
    let mut bench = given();
    bench.command(Command::Check("replica".into()));
    let message = "WinRM cannot complete the operation.".to_owned();
    let refused = Failure { target: name(7), message, error_id: "WinRM".to_owned(), ..Failure::default() };
    ends(&mut bench, &[name(1), name(2), "fe03".to_owned()], vec![refused]);
    bench
}

/// The handoff is to be confirmed.
pub fn confirming() -> Bench {
    let mut bench = given();
    let all: Vec<String> = (1..9).map(name).collect();
    bench.command(Command::Check("replica".into()));
    ends(&mut bench, &all, Vec::new());
    bench.command(Command::BeginHandoff);
    ends(&mut bench, &all, Vec::new());
    bench
}

#[test]
fn the_gate_names_what_is_missing_and_what_is_left_out_as_its_confirmation_does() {
    for (columns, rows) in SIZES {
        let bench = missing();
        let mut ui = bench.ui(columns, rows);
        press(&mut ui, &bench, "g");
        let gate = text_of(&drawn(&bench, &mut ui, columns, rows));
        assert!(gate.contains("2 of 8; missing: ") && gate.contains("left out: edge01"), "{gate}");
        let bench = confirming();
        let confirm = text_of(&drawn(&bench, &mut bench.ui(columns, rows), columns, rows));
        assert!(confirm.contains("left out: edge01"), "{confirm}");
    }
}
