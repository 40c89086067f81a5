//! Steps with a condition: when they apply, when they do not, when nobody knows, and what ends when that becomes another.

use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist::{
    Arity, Checklist, Emptiness, Need, Operand, Sha, Step, Test, ValueSource, When,
};
use greenlight::facade::plain::gate_lines;
use greenlight::facade::run::gate::{self, Gate, LockReason};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{
    AbandonCause, Applicability, Applies, Command, Doubt, Event, HandoffStage, NextAction, Refusal, Run,
    StaleCause, StepApplies, StepStatus, Timer, WhyNot,
};
use greenlight::facade::text::Text;

use crate::harness::run_driver::RunDriver;
use crate::harness::steps::{
    advisory, attested, checklist, found_names, measured, naming, until, when_domain, when_name,
};

const FRESH: Duration = Duration::from_secs(600);
const LONG: Duration = Duration::from_secs(6000);

fn whenever(mut step: Step, test: Test) -> Step {
    step.when = Some(When { source: ValueSource::Input("domain".into()), test });
    step
}

fn applies(desk: &RunDriver, step: &str) -> Applicability {
    desk.run.assess(&step.into(), desk.now).unwrap().applies
}

fn next(desk: &RunDriver, step: &str) -> NextAction {
    desk.run.assess(&step.into(), desk.now).unwrap().next
}

fn is_open(desk: &RunDriver) -> bool {
    matches!(gate::evaluate(&desk.run, desk.now), Gate::Open(_))
}

fn checked_as(desk: &mut RunDriver, step: &str, names: &[&str]) {
    desk.tell(Command::Check(step.into())).unwrap();
    desk.end_with(found_names(names));
}

fn optional(mut checklist: Checklist) -> Checklist {
    checklist.inputs[0].need = Need::Optional;
    checklist
}

/// Nothing is stated before anybody can say whether it is asked for.
#[test]
fn a_statement_waits_for_the_input_by_which_it_applies() {
    let stated = when_domain(attested(measured("stated", &[], LONG)), "contoso.com");
    let mut desk = RunDriver::empty(checklist(vec![stated]));
    desk.open_shell();
    let state = || Command::Attest {
        step: "stated".into(),
        statement: crate::harness::steps::STATEMENT.to_owned(),
        name: "Ada".to_owned(),
        note: String::new(),
        by: crate::harness::steps::who("ada"),
        seen: Vec::new(),
    };
    assert_eq!(desk.tell(state()), Err(Refusal::InputMissing("domain".into())));
    desk.give("contoso.com");
    assert_eq!(desk.tell(state()), Ok(()));
}

#[test]
fn a_step_applies_as_an_input_says_and_nothing_can_be_done_about_one_that_does_not() {
    let steps = vec![
        measured("base", &[], FRESH),
        when_domain(measured("one", &["base"], FRESH), "contoso.com"),
        when_domain(attested(measured("other", &["base"], FRESH)), "fabrikam.com"),
    ];
    let mut desk = RunDriver::empty(checklist(steps));
    desk.open_shell();
    desk.check("base", true);
    assert_eq!(applies(&desk, "one"), Applicability::Unknown(Doubt::NoValue("domain".into())));
    assert_eq!((desk.status("one"), next(&desk, "one")), (StepStatus::NotRun, NextAction::GiveInput));
    assert_eq!(desk.tell(Command::Check("one".into())), Err(Refusal::InputMissing("domain".into())));
    assert!(!is_open(&desk));
    desk.give("contoso.com");
    let why = WhyNot::Input { input: "domain".into(), found: "contoso.com".to_owned() };
    assert_eq!(desk.status("other"), StepStatus::DoesNotApply);
    assert_eq!(applies(&desk, "other"), Applicability::DoesNot(why.clone()));
    let known = [
        StepApplies { step: "one".into(), applies: Applies::Yes, why: None },
        StepApplies { step: "other".into(), applies: Applies::No, why: Some(why.clone()) },
    ];
    assert_eq!(desk.history.last().unwrap().event, Event::ApplicabilityKnown { steps: known.to_vec() });
    desk.check("one", true);
    assert!(is_open(&desk));
    let count = desk.run.count(desk.now);
    assert_eq!((count.green, count.required, count.not_applying), (2, 2, 1));
    assert_eq!(next(&desk, "other"), NextAction::Gate);
    let state = Command::Attest {
        step: "other".into(),
        statement: crate::harness::steps::STATEMENT.to_owned(),
        name: "Ada".to_owned(),
        note: String::new(),
        by: crate::harness::steps::who("ada"),
        seen: Vec::new(),
    };
    assert_eq!(desk.tell(state), Err(Refusal::DoesNotApply(why)));
}

#[test]
fn what_ended_with_a_flip_does_not_come_back_by_flipping_back() {
    let steps = vec![
        when_domain(attested(measured("one", &[], LONG)), "contoso.com"),
        attested(measured("above", &["one"], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.attest("one");
    desk.attest("above");
    assert!(desk.is_green("above"));
    desk.give("fabrikam.com");
    // A need that does not apply counts as held; what was stated before does not.
    assert_eq!(desk.status("one"), StepStatus::DoesNotApply);
    assert!(matches!(desk.status("above"), StepStatus::Stale(_)));
    desk.attest("above");
    assert!(is_open(&desk));
    desk.give("contoso.com");
    assert!(matches!(desk.status("one"), StepStatus::Stale(_)));
    assert!(matches!(desk.status("above"), StepStatus::Stale(_)));
    assert!(!is_open(&desk));
}

#[test]
fn a_flip_ends_what_is_above_the_step_though_that_is_held_before_and_after() {
    let steps = vec![
        naming(measured("module", &[], LONG)),
        when_name(measured("one", &["module"], LONG), "module", "x"),
        measured("above", &["one"], LONG),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    let ended = StepStatus::Stale(StaleCause::AppliesOtherwise { step: "one".into() });
    checked_as(&mut desk, "module", &["y"]);
    desk.check("above", true);
    assert!(is_open(&desk));
    checked_as(&mut desk, "module", &["x"]);
    desk.check("one", true);
    assert_eq!(desk.status("above"), ended);
    desk.check("above", true);
    checked_as(&mut desk, "module", &["y"]);
    assert_eq!((desk.status("one"), desk.status("above")), (StepStatus::DoesNotApply, ended));
    assert!(!is_open(&desk));
}

#[test]
fn an_error_never_leads_to_does_not_apply() {
    let steps = vec![
        naming(measured("module", &[], FRESH)),
        when_name(measured("one", &["module"], FRESH), "module", "x"),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    assert_eq!(applies(&desk, "one"), Applicability::Unknown(Doubt::NotGreen("module".into())));
    assert_eq!(
        (desk.status("one"), next(&desk, "one")),
        (StepStatus::Waiting, NextAction::NeedsFirst("module".into()))
    );
    desk.tell(Command::Check("module".into())).unwrap();
    let mut failed = found_names(&["y"]);
    failed.failures = vec![greenlight::facade::run::Failure::default()];
    desk.end_with(failed);
    assert_eq!(applies(&desk, "one"), Applicability::Unknown(Doubt::NotGreen("module".into())));
    assert_eq!(desk.tell(Command::Check("one".into())), Err(Refusal::NeedsFirst("module".into())));
    checked_as(&mut desk, "module", &["y"]);
    let why = WhyNot::Found { step: "module".into(), property: "Name".to_owned(), found: "y".to_owned() };
    assert_eq!(applies(&desk, "one"), Applicability::DoesNot(why));
    assert!(is_open(&desk));
    // As long as it counts: no longer.
    desk.pass(601);
    assert_eq!(applies(&desk, "one"), Applicability::Unknown(Doubt::NotGreen("module".into())));
    assert!(!is_open(&desk));
}

#[test]
fn one_row_that_passes_is_enough_and_one_that_nobody_can_judge_leaves_it_open() {
    let steps = vec![
        naming(measured("module", &[], FRESH)),
        when_name(measured("one", &["module"], FRESH), "module", "x"),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    checked_as(&mut desk, "module", &["y", "x", "?"]);
    assert_eq!(applies(&desk, "one"), Applicability::Applies);
    desk.check("one", true);
    assert!(desk.is_green("one"));
    checked_as(&mut desk, "module", &["y", "?"]);
    assert!(matches!(applies(&desk, "one"), Applicability::Unknown(Doubt::NotJudged(_))));
    let ended = StepStatus::Stale(StaleCause::AppliesOtherwise { step: "one".into() });
    assert_eq!(desk.status("one"), ended);
    assert!(matches!(desk.tell(Command::Check("one".into())), Err(Refusal::NotKnownToApply(_))));
    assert!(!is_open(&desk));
    checked_as(&mut desk, "module", &["x"]);
    assert_eq!(desk.status("one"), ended, "what ended does not come back");
    checked_as(&mut desk, "module", &["y"]);
    assert_eq!(desk.status("one"), StepStatus::DoesNotApply);
}

#[test]
fn a_source_that_is_checked_again_and_says_the_same_ends_nothing() {
    let steps = vec![
        naming(measured("module", &[], FRESH)),
        when_name(attested(measured("one", &["module"], LONG)), "module", "x"),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    checked_as(&mut desk, "module", &["x"]);
    desk.attest("one");
    desk.tell(Command::Check("module".into())).unwrap();
    assert!(!desk.is_green("one"));
    desk.end_with(found_names(&["z", "x"]));
    assert!(desk.is_green("one"));
    desk.reopen();
    desk.open_shell();
    checked_as(&mut desk, "module", &["x"]);
    assert!(desk.is_green("one"));
}

#[test]
fn a_step_whose_source_does_not_apply_does_not_apply() {
    let steps = vec![
        measured("base", &[], FRESH),
        when_domain(naming(measured("module", &[], FRESH)), "fabrikam.com"),
        when_name(measured("one", &["module"], FRESH), "module", "x"),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    assert_eq!(applies(&desk, "one"), Applicability::DoesNot(WhyNot::Source { step: "module".into() }));
    desk.check("base", true);
    assert!(is_open(&desk));
}

#[test]
fn a_source_must_be_green_even_where_what_stands_between_does_not_apply() {
    let steps = vec![
        naming(measured("module", &[], FRESH)),
        when_domain(measured("between", &["module"], FRESH), "fabrikam.com"),
        when_name(measured("one", &["between"], LONG), "module", "x"),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    assert_eq!(desk.tell(Command::Check("one".into())), Err(Refusal::NeedsFirst("module".into())));
    checked_as(&mut desk, "module", &["x"]);
    desk.check("one", true);
    assert!(desk.is_green("one"));
    let ends = desk.run.assess(&"one".into(), desk.now).unwrap().ends;
    assert_eq!(ends, Some(desk.now.wall + 600_000), "it ends with its source");
    desk.pass(601);
    assert_eq!(desk.status("one"), StepStatus::Stale(StaleCause::Needs { step: "module".into() }));
}

#[test]
fn a_gate_behind_which_nothing_applies_stays_locked() {
    let steps = vec![
        when_domain(measured("one", &[], FRESH), "fabrikam.com"),
        advisory(measured("advice", &[], FRESH)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("advice", true);
    let Gate::Locked(reasons) = gate::evaluate(&desk.run, desk.now) else { panic!("it is open") };
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0].why, LockReason::NothingApplies);
    let refused = desk.tell(Command::BeginHandoff).unwrap_err();
    let said = Text::default().refusal(&refused, &|id| id.to_owned());
    assert!(said.contains("no required step applies"), "{said}");
}

#[test]
fn of_a_run_of_another_checklist_nobody_says_that_nothing_applies() {
    let mut desk = RunDriver::new(checklist(vec![measured("one", &[], FRESH)]));
    desk.check("one", true);
    let mut run = Run::new(Arc::clone(&desk.checklist));
    for stamped in &mut desk.history {
        if let Event::Begun { sha256, .. } = &mut stamped.event {
            *sha256 = Sha::of(b"another");
        }
        run.evolve(stamped.at, &stamped.event);
    }
    assert_eq!(gate::evaluate(&run, desk.now), Gate::Locked(Vec::new()));
    let said = gate_lines(&run, desk.now, Text::default()).join("\n");
    assert!(!said.contains("applies"), "{said}");
}

#[test]
fn an_input_left_empty_counts_as_given_for_emptiness_alone() {
    let steps = |test| {
        optional(checklist(vec![measured("base", &[], FRESH), whenever(measured("one", &[], FRESH), test)]))
    };
    let given = |test, typed: &str| {
        let mut desk = RunDriver::empty(steps(test));
        desk.give(typed);
        applies(&desk, "one")
    };
    let empty = || Test::Empty(Emptiness::Empty);
    let mut desk = RunDriver::empty(steps(empty()));
    let unknown = Applicability::Unknown(Doubt::NoValue("domain".into()));
    assert_eq!(applies(&desk, "one"), unknown, "it was not answered yet");
    desk.give("");
    assert_eq!(applies(&desk, "one"), Applicability::Applies);
    assert!(matches!(given(empty(), "a"), Applicability::DoesNot(_)));
    assert!(matches!(given(Test::Empty(Emptiness::Filled), ""), Applicability::DoesNot(_)));
    assert_eq!(given(Test::IsNot(Operand::Text("a".to_owned())), ""), unknown);
    assert_eq!(given(Test::IsNot(Operand::Text("a".to_owned())), "b"), Applicability::Applies);
    // Against itself, which was left empty: nobody can tell.
    assert_eq!(given(Test::OneOf(vec![Operand::Input("domain".into())]), ""), unknown);
}

#[test]
fn of_many_values_one_that_passes_is_enough_but_a_set_is_one_value() {
    let of = |test| {
        let mut list = checklist(vec![whenever(measured("one", &[], FRESH), test)]);
        list.inputs[0].arity = Arity::Many;
        let mut desk = RunDriver::empty(list);
        desk.give("a, b");
        applies(&desk, "one")
    };
    let text = |text: &str| Operand::Text(text.to_owned());
    assert_eq!(of(Test::Is(text("B"))), Applicability::Applies);
    assert_eq!(of(Test::SameSetAs(vec![text("b"), text("a")])), Applicability::Applies);
    let why = WhyNot::Input { input: "domain".into(), found: "a, b".to_owned() };
    assert_eq!(of(Test::Is(text("c"))), Applicability::DoesNot(why));
    assert!(matches!(of(Test::AtLeast(Operand::Number(3.0))), Applicability::Unknown(Doubt::NotJudged(_))));
}

#[test]
fn no_row_at_all_does_not_pass() {
    let steps = vec![
        naming(measured("module", &[], FRESH)),
        when_name(measured("one", &["module"], FRESH), "module", "x"),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.tell(Command::Check("module".into())).unwrap();
    let mut none = found_names(&[]);
    none.rows = vec![Value::Null];
    desk.end_with(none);
    // Rows are needed here, so that it is red.
    assert_eq!(applies(&desk, "one"), Applicability::Unknown(Doubt::NotGreen("module".into())));
}

fn in_handoff(names: [&str; 2]) -> RunDriver {
    let steps = vec![
        naming(measured("module", &[], FRESH)),
        when_name(measured("one", &["module"], FRESH), "module", "x"),
        when_name(measured("other", &["module"], FRESH), "module", "y"),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    checked_as(&mut desk, "module", &[names[0]]);
    desk.check(if names[0] == "x" { "one" } else { "other" }, true);
    desk.tell(Command::BeginHandoff).unwrap();
    desk.end_with(found_names(&[names[1]]));
    desk
}

#[test]
fn a_handoff_checks_again_what_applies_and_is_given_up_where_another_step_does_by_then() {
    let mut same = in_handoff(["x", "x"]);
    assert_eq!(same.running().unwrap().1, "one");
    same.end(&[true]);
    assert_eq!(*same.run.handoff(), HandoffStage::Confirming);
    same.confirm().unwrap();
    let flipped = in_handoff(["x", "y"]);
    assert_eq!((flipped.running(), flipped.run.handoff()), (None, &HandoffStage::Idle));
    assert_eq!(flipped.run.abandoned(), Some(&AbandonCause::NotGreen));
}

#[test]
fn a_step_that_no_longer_applies_is_skipped_by_the_handoff() {
    let steps = vec![
        naming(measured("module", &[], FRESH)),
        when_name(measured("one", &["module"], FRESH), "module", "x"),
        measured("last", &["module"], FRESH),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    checked_as(&mut desk, "module", &["x"]);
    desk.check("one", true);
    desk.check("last", true);
    desk.tell(Command::BeginHandoff).unwrap();
    desk.end_with(found_names(&["y"]));
    assert_eq!(desk.running().unwrap().1, "last");
    desk.end(&[true]);
    assert_eq!(*desk.run.handoff(), HandoffStage::Confirming);
    desk.confirm().unwrap();
}

#[test]
fn a_wait_ends_where_its_step_no_longer_applies() {
    let steps = vec![
        measured("base", &[], LONG),
        when_domain(until(measured("far", &[], LONG)), "contoso.com"),
        measured("above", &["far"], LONG),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.apply("far");
    desk.end(&[]);
    desk.end(&[false]);
    assert_eq!(desk.status("far"), StepStatus::Polling);
    desk.give("fabrikam.com");
    assert_eq!(desk.status("far"), StepStatus::DoesNotApply);
    assert!(!desk.run.has_waits());
    let ended = desk.history.iter().filter(|stamped| matches!(stamped.event, Event::WaitEnded { .. }));
    assert_eq!(ended.count(), 1);
    desk.give("contoso.com");
    assert_eq!(desk.status("far"), StepStatus::Red, "it goes on with nothing");
    desk.pass(600);
    desk.tell(Command::Fired(Timer::Poll)).unwrap();
    assert_eq!(desk.running(), None);
}
