//! The handoff: every measured step is checked again, none is passed over, and advice holds nothing up. And what else
//! locks the gate by itself: an input, another checklist.

use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist::{Need, Sha};
use greenlight::facade::run::gate::{self, Gate};
use greenlight::facade::run::{
    AbandonCause, CONFIRM_WITHIN_MS, Command, Event, HandoffStage, Refusal, Run, ShellGone, StopCause,
};

use crate::harness::run_driver::RunDriver;
use crate::harness::steps::{
    advisory, attested, checklist, found_names, measured, naming, using_domain, when_name,
};

const FRESH: Duration = Duration::from_secs(600);

#[test]
fn a_step_that_cannot_be_checked_again_gives_the_handoff_up() {
    let steps = vec![
        measured("base", &[], FRESH),
        measured("other", &[], FRESH),
        measured("upper", &["base"], FRESH),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    for step in ["base", "other", "upper"] {
        desk.check(step, true);
    }
    desk.tell(Command::BeginHandoff).unwrap();
    desk.end(&[true]);
    // While `other` is checked, `base` grows too old, so that `upper` may not run.
    desk.pass(600);
    desk.end(&[true]);
    assert_eq!((desk.running(), desk.run.handoff()), (None, &HandoffStage::Idle));
}

#[test]
fn advice_that_falls_during_the_handoff_holds_nothing_up() {
    let steps = vec![
        advisory(measured("advice", &[], FRESH)),
        measured("base", &[], FRESH),
        advisory(measured("more-advice", &["advice"], FRESH)),
        advisory(measured("last-advice", &["more-advice", "base"], FRESH)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    for step in ["advice", "base", "more-advice", "last-advice"] {
        desk.check(step, true);
    }
    desk.tell(Command::BeginHandoff).unwrap();
    desk.end(&[false]);
    assert_eq!(desk.running().unwrap().1, "base");
    desk.end(&[true]);
    assert_eq!((desk.running(), desk.run.handoff()), (None, &HandoffStage::Confirming));
    desk.confirm().unwrap();
    assert_eq!(*desk.run.handoff(), HandoffStage::Writing);
}

#[test]
fn advice_is_checked_again_as_long_as_what_it_needs_holds() {
    let steps = vec![
        measured("base", &[], FRESH),
        advisory(measured("advice", &["base"], FRESH)),
        advisory(measured("more-advice", &["advice"], FRESH)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    for step in ["base", "advice", "more-advice"] {
        desk.check(step, true);
    }
    desk.tell(Command::BeginHandoff).unwrap();
    for step in ["base", "advice", "more-advice"] {
        assert_eq!(desk.running().unwrap().1, step);
        desk.end(&[true]);
    }
    assert_eq!((desk.running(), desk.run.handoff()), (None, &HandoffStage::Confirming));
}

#[test]
fn advice_that_could_not_be_checked_before_does_not_stop_the_handoff() {
    let steps = vec![
        measured("base", &[], FRESH),
        advisory(measured("advice", &[], FRESH)),
        advisory(measured("more-advice", &["advice"], FRESH)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("base", true);
    desk.check("advice", false);
    desk.tell(Command::BeginHandoff).unwrap();
    desk.end(&[true]);
    assert_eq!(desk.running().unwrap().1, "advice");
    desk.end(&[false]);
    assert_eq!((desk.running(), desk.run.handoff()), (None, &HandoffStage::Confirming));
}

#[test]
fn advice_whose_input_has_no_value_does_not_stop_the_handoff() {
    let mut list =
        checklist(vec![measured("base", &[], FRESH), advisory(using_domain(measured("advice", &[], FRESH)))]);
    list.inputs[0].id = "other".into();
    let mut with_other = list.inputs[0].clone();
    with_other.id = "domain".into();
    list.inputs.push(with_other);
    if let greenlight::facade::checklist::StepKind::Measured { check, .. } = &mut list.steps[1].kind {
        check.command = "Get-Advice $other".to_owned();
    }
    let mut desk = RunDriver::new(list);
    desk.check("base", true);
    desk.tell(Command::BeginHandoff).unwrap();
    desk.end(&[true]);
    assert_eq!((desk.running(), desk.run.handoff()), (None, &HandoffStage::Confirming));
}

#[test]
fn the_first_value_of_an_optional_input_ends_what_was_green_without_one() {
    let mut list =
        checklist(vec![using_domain(measured("base", &[], FRESH)), measured("upper", &["base"], FRESH)]);
    list.inputs[0].need = Need::Optional;
    let mut desk = RunDriver::empty(list);
    desk.open_shell();
    desk.check("base", true);
    desk.check("upper", true);
    assert!(desk.is_open());
    desk.give("contoso.com");
    assert!(!desk.is_green("base"));
    desk.check("base", true);
    assert!(desk.is_green("base") && !desk.is_green("upper"));
    // The same value again changes nothing.
    desk.give("contoso.com");
    assert!(desk.is_green("base"));
}

#[test]
fn a_journal_of_another_checklist_opens_no_gate() {
    let list = checklist(vec![measured("base", &[], FRESH)]);
    let mut desk = RunDriver::new(list.clone());
    desk.check("base", true);
    assert!(desk.is_open());
    let fold = |list| {
        let mut run = Run::new(Arc::new(list));
        desk.history.iter().for_each(|stamped| run.evolve(stamped.at, &stamped.event));
        run
    };
    assert!(matches!(gate::evaluate(&fold(list.clone()), desk.now), Gate::Open(_)));
    let mut changed = list;
    changed.sha256 = Sha::of(b"changed");
    assert_eq!(gate::evaluate(&fold(changed), desk.now), Gate::Locked(Vec::new()));
}

#[test]
fn a_confirmation_that_comes_long_after_the_checks_does_not_count() {
    let day = Duration::from_secs(86_400);
    for stated in [false, true] {
        let step = measured("base", &[], day);
        let mut desk = RunDriver::new(checklist(vec![if stated { attested(step) } else { step }]));
        let to_the_confirmation = |desk: &mut RunDriver| {
            desk.tell(Command::BeginHandoff).unwrap();
            if desk.running().is_some() {
                desk.end(&[true]);
            }
            assert_eq!(*desk.run.handoff(), HandoffStage::Confirming);
        };
        if stated {
            desk.attest("base");
        } else {
            desk.check("base", true);
        }
        desk.pass(3_600);
        to_the_confirmation(&mut desk);
        desk.pass(CONFIRM_WITHIN_MS / 1_000);
        desk.confirm().unwrap();
        assert_eq!(*desk.run.handoff(), HandoffStage::Idle);
        let last = &desk.history.last().unwrap().event;
        assert!(matches!(last, Event::HandoffAbandoned { why: AbandonCause::TooLate }), "{last:?}");
        assert!(desk.is_open(), "the steps themselves are green still");
        to_the_confirmation(&mut desk);
        desk.pass(CONFIRM_WITHIN_MS / 1_000 - 1);
        desk.confirm().unwrap();
        assert_eq!(*desk.run.handoff(), HandoffStage::Writing);
    }
}

#[test]
fn a_handoff_needs_a_shell_where_there_is_something_to_check_again() {
    let statement = attested(measured("stated", &[], FRESH));
    let mut desk = RunDriver::empty(checklist(vec![statement.clone()]));
    desk.give("contoso.com");
    desk.attest("stated");
    desk.tell(Command::BeginHandoff).unwrap();
    assert_eq!(*desk.run.handoff(), HandoffStage::Confirming);
    let mut desk = RunDriver::new(checklist(vec![statement, measured("base", &[], FRESH)]));
    desk.attest("stated");
    desk.check("base", true);
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    assert!(desk.is_open());
    assert_eq!(desk.tell(Command::BeginHandoff), Err(Refusal::NoShell));
}

#[test]
fn the_operator_gives_a_handoff_up_while_it_is_checked_and_while_it_is_confirmed() {
    let mut desk = RunDriver::new(checklist(vec![measured("base", &[], FRESH)]));
    assert_eq!(desk.tell(Command::AbandonHandoff), Err(Refusal::Nothing));
    desk.check("base", true);
    for is_checked in [false, true] {
        desk.tell(Command::BeginHandoff).unwrap();
        if is_checked {
            desk.end(&[true]);
        }
        desk.tell(Command::AbandonHandoff).unwrap();
        assert_eq!(
            (desk.run.handoff(), desk.run.abandoned()),
            (&HandoffStage::Idle, Some(&AbandonCause::Operator))
        );
        if !is_checked {
            let stopping = desk.run.running().and_then(|running| running.stopping);
            assert_eq!(stopping, Some(StopCause::Operator));
            desk.end(&[true]);
            desk.check("base", true);
        }
    }
}

#[test]
fn a_step_that_applies_only_since_the_handoff_began_gives_it_up_at_once() {
    let steps = vec![
        naming(measured("pool", &[], FRESH)),
        when_name(measured("edge", &["pool"], FRESH), "pool", "edge01"),
        measured("other", &[], FRESH),
    ];
    for (name, then) in [("fe01", Some("other")), ("edge01", None)] {
        let mut desk = RunDriver::new(checklist(steps.clone()));
        desk.tell(Command::Check("pool".into())).unwrap();
        desk.end_with(found_names(&["fe01"]));
        desk.check("other", true);
        desk.tell(Command::BeginHandoff).unwrap();
        desk.end_with(found_names(&[name]));
        assert_eq!(desk.running().map(|(_, step)| step).as_deref(), then, "{name}");
        assert_eq!(desk.run.abandoned().is_some(), then.is_none());
    }
}
