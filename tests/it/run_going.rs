//! A run that goes on by itself: what it does, where a person or time is needed, and what ends it.

use std::time::Duration;

use greenlight::facade::checklist::{Changes, Need, Step, StepId};
use greenlight::facade::run::{
    About, Command, Confirmed, Event, GoEnd, Going, HeldBy, NextAction, OutcomeEnd, Prompt, PromptReply,
    Purpose, Refusal, ShellGone, ShellState, StepStatus, Timer, Trigger, Unvouched,
};

use crate::harness::decided::Outcome;
use crate::harness::run_driver::{RunDriver, completed, sign_in};
use crate::harness::steps::{
    advisory, attested, check_only, checklist, for_the_session, kept_alive, measured, of_the_session, until,
    using_domain, who,
};

mod limits;
mod sessions;

use limits::{logon_failed, naming};
use sessions::last;

const LONG: Duration = Duration::from_secs(6000);

impl RunDriver {
    fn go(&mut self) {
        self.tell(Command::Go { by: who("ada") }).unwrap();
    }

    /// Every command so far, and who wanted it.
    fn commands(&self) -> Vec<(String, Trigger)> {
        let started = |event: &Event| match event {
            Event::Started { step, purpose, trigger, .. } => {
                let purpose = if *purpose == Purpose::Check { "check" } else { "apply" };
                Some((format!("{purpose} {step}"), *trigger))
            }
            _ => None,
        };
        self.history.iter().filter_map(|stamped| started(&stamped.event)).collect()
    }

    /// Those that nobody asked for one by one.
    fn went(&self) -> Vec<String> {
        let own = |(command, trigger)| (trigger == Trigger::Go).then_some(command);
        self.commands().into_iter().filter_map(own).collect()
    }

    fn held(&self) -> Option<(String, HeldBy)> {
        match self.run.going(self.now)? {
            Going::On => None,
            Going::Held { step, by } => Some((step.to_string(), by)),
        }
    }

    fn is_held(&self, step: &str, by: HeldBy) {
        assert_eq!(self.held(), Some((step.to_owned(), by)));
    }

    fn goes(&self) -> bool {
        self.run.going(self.now).is_some()
    }

    fn why(&self) -> Option<GoEnd> {
        self.history.iter().rev().find_map(|stamped| match &stamped.event {
            Event::GoEnded { why } => Some(*why),
            _ => None,
        })
    }
}

/// Measured, made for the session, stated, changed for the tenant.
fn walk() -> RunDriver {
    RunDriver::empty(checklist(vec![
        check_only(measured("a", &[], LONG)),
        session("b", &["a"]),
        attested(measured("c", &["b"], LONG)),
        measured("d", &["c"], LONG),
    ]))
}

fn session(id: &str, needs: &[&str]) -> Step {
    of_the_session(for_the_session(measured(id, needs, LONG)))
}

fn failed() -> Outcome {
    Outcome { end: OutcomeEnd::Threw, ..completed(&[]) }
}

/// Up to the statement.
fn at_the_statement() -> RunDriver {
    let mut desk = walk();
    desk.go();
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    for rows in [&[true][..], &[false], &[], &[true]] {
        desk.end(rows);
    }
    desk.is_held("c", HeldBy::Statement);
    desk
}

#[test]
fn it_goes_until_a_person_is_needed_and_on_once_they_have_done_that() {
    let mut desk = walk();
    desk.go();
    assert!(matches!(desk.run.shell(), ShellState::Opening(_)), "it starts the shell");
    assert_eq!(desk.run.going(desk.now), Some(Going::On));
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    for rows in [&[true][..], &[false], &[], &[true]] {
        assert_eq!(desk.run.going(desk.now), Some(Going::On));
        desk.end(rows);
    }
    desk.is_held("c", HeldBy::Statement);
    desk.attest("c");
    desk.end(&[false]);
    desk.is_held("d", HeldBy::Change(Changes::Tenant));
    assert_eq!(desk.went(), ["check a", "check b", "apply b", "check b", "check d"]);
    desk.apply("d");
    desk.end(&[]);
    desk.end(&[true]);
    assert_eq!((desk.why(), desk.goes(), desk.is_open()), (Some(GoEnd::Done), false, true));
    assert_eq!(desk.tell(Command::Go { by: who("ada") }), Err(Refusal::Nothing), "nothing is left");
}

#[test]
fn a_step_that_was_found_otherwise_before_is_looked_at_again() {
    let mut desk = walk();
    desk.open_shell();
    desk.check("a", false);
    desk.go();
    assert_eq!(desk.went(), ["check a"]);
    desk.end(&[false]);
    desk.is_held("a", HeldBy::Status(StepStatus::Red));
    // What the operator finds is not doubted.
    desk.check("a", false);
    desk.is_held("a", HeldBy::Status(StepStatus::Red));
    desk.check("a", true);
    assert_eq!(desk.went(), ["check a", "check b"]);
}

#[test]
fn what_failed_is_not_applied_again_by_itself() {
    let mut desk = walk();
    desk.go();
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    desk.end(&[true]);
    desk.end(&[false]);
    desk.end_with(failed());
    desk.end(&[false]);
    desk.is_held("b", HeldBy::Status(StepStatus::Red));
    // Neither after a look at it, nor after one at another.
    desk.check("b", false);
    desk.check("a", true);
    desk.pass(60);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    desk.is_held("b", HeldBy::Status(StepStatus::Red));
    // The operator's own counts as a try.
    desk.tell(Command::Apply { step: "b".into(), confirmed: Confirmed::NotAsked }).unwrap();
    desk.end_with(failed());
    desk.end(&[false]);
    assert!(desk.held().is_some_and(|(step, _)| step == "b"));
    assert_eq!(desk.went().iter().filter(|command| *command == "apply b").count(), 1);
    // Asked to go on again, it does.
    desk.go();
    desk.end(&[false]);
    assert_eq!(desk.went().last().unwrap(), "apply b");
}

/// A credential that is asked for, and a session that is opened with it.
#[test]
fn a_sign_in_that_failed_is_tried_again_with_another_credential_alone() {
    let credential = naming(session("credential", &[]), "$cred = Get-Credential");
    let online = naming(session("online", &["credential"]), "New-Session -Credential $cred");
    let mut desk = RunDriver::new(checklist(vec![credential, online, attested(measured("c", &[], LONG))]));
    let signs_in = |desk: &mut RunDriver| {
        desk.ask(sign_in());
        desk.is_held("credential", HeldBy::Question);
        desk.tell(Command::Answer(PromptReply::Answered)).unwrap();
        assert_eq!(desk.run.going(desk.now), Some(Going::On));
        desk.end(&[]);
        desk.end(&[true]);
    };
    let refused = |desk: &mut RunDriver| {
        desk.end(&[false]);
        desk.end_with(logon_failed());
        desk.end(&[false]);
        desk.is_held("online", HeldBy::Status(StepStatus::Red));
    };
    desk.go();
    desk.end(&[false]);
    signs_in(&mut desk);
    refused(&mut desk);
    // What the operator does elsewhere makes the password no better.
    desk.attest("c");
    desk.end(&[false]);
    desk.is_held("online", HeldBy::Status(StepStatus::Red));
    desk.tell(Command::Apply { step: "credential".into(), confirmed: Confirmed::NotAsked }).unwrap();
    signs_in(&mut desk);
    desk.end(&[false]);
    assert_eq!(desk.went().iter().filter(|command| *command == "apply online").count(), 2);
    desk.end(&[]);
    desk.end(&[true]);
    assert_eq!(desk.why(), Some(GoEnd::Done));
}

#[test]
fn advice_holds_nothing_up_but_what_rests_on_it() {
    let steps = vec![
        advisory(check_only(measured("red", &[], LONG))),
        advisory(attested(measured("stated", &[], LONG))),
        advisory(using_domain(measured("asks", &[], LONG))),
        advisory(session("made", &[])),
        check_only(measured("a", &[], LONG)),
        check_only(measured("rests", &["red"], LONG)),
    ];
    let mut desk = RunDriver::empty(checklist(steps));
    desk.open_shell();
    desk.go();
    for rows in [&[false][..], &[false], &[], &[false], &[true]] {
        desk.end(rows);
    }
    assert_eq!(desk.went(), ["check red", "check made", "apply made", "check made", "check a"]);
    desk.is_held("red", HeldBy::Status(StepStatus::Red));
    desk.check("red", true);
    desk.end(&[true]);
    assert_eq!((desk.why(), desk.is_open()), (Some(GoEnd::Done), true));
}

#[test]
fn a_value_that_comes_after_the_one_that_set_it_going_is_kept() {
    let steps =
        vec![using_domain(check_only(measured("a", &[], LONG))), check_only(measured("b", &[], LONG))];
    let mut desk = RunDriver::empty(checklist(steps));
    desk.open_shell();
    desk.go();
    desk.is_held("a", HeldBy::Input);
    // A form gives all its values at once.
    desk.give("contoso.com");
    assert_eq!(desk.running().map(|(_, step)| step), Some("a".to_owned()));
    desk.give("fabrikam.com");
    desk.end(&[true]);
    assert_eq!(desk.run.inputs().get(&"domain".into()).unwrap().joined(), "fabrikam.com");
    // What rests on it is looked at once more.
    assert_eq!(desk.running().map(|(_, step)| step), Some("a".to_owned()));
}

#[test]
fn a_value_that_is_missing_holds_it_up() {
    let mut desk = RunDriver::empty(checklist(vec![using_domain(check_only(measured("a", &[], LONG)))]));
    desk.open_shell();
    desk.go();
    desk.is_held("a", HeldBy::Input);
    desk.give("contoso.com");
    desk.end_with(failed());
    desk.is_held("a", HeldBy::Status(StepStatus::Undetermined));
    desk.give("fabrikam.com");
    assert_eq!(desk.went(), ["check a", "check a"], "another value may find another thing");
}

#[test]
fn a_value_that_may_stay_empty_holds_nothing_up_unless_it_has_a_default() {
    let next = |desk: &RunDriver| desk.run.assess(&"a".into(), desk.now).unwrap().next;
    let mut list = checklist(vec![using_domain(check_only(measured("a", &[], LONG)))]);
    list.inputs[0].need = Need::Optional;
    let mut desk = RunDriver::empty(list.clone());
    desk.open_shell();
    assert_eq!(next(&desk), NextAction::Check);
    desk.go();
    assert_eq!(desk.running().map(|(_, step)| step), Some("a".to_owned()));
    list.inputs[0].default = Some("contoso.com".to_owned());
    let mut desk = RunDriver::empty(list);
    desk.open_shell();
    assert_eq!(next(&desk), NextAction::GiveInput);
    desk.go();
    desk.is_held("a", HeldBy::Input);
}

#[test]
fn a_question_is_answered_or_ends_it() {
    let mut desk = walk();
    desk.open_shell();
    desk.go();
    desk.ask(Prompt::Line);
    desk.is_held("a", HeldBy::Question);
    desk.tell(Command::Answer(PromptReply::Answered)).unwrap();
    desk.end(&[true]);
    desk.ask(Prompt::Line);
    desk.tell(Command::Answer(PromptReply::Declined)).unwrap();
    assert_eq!((desk.why(), desk.goes()), (Some(GoEnd::Declined), false));
    desk.end(&[false]);
    assert_eq!(desk.running(), None);
}

#[test]
fn a_wait_is_waited_for() {
    let steps = vec![until(session("a", &[])), check_only(measured("b", &["a"], LONG))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    for rows in [&[false][..], &[], &[false]] {
        desk.end(rows);
    }
    desk.is_held("a", HeldBy::Wait);
    desk.pass(600);
    desk.tell(Command::Fired(Timer::Poll)).unwrap();
    desk.is_held("a", HeldBy::Wait);
    desk.end(&[true]);
    assert_eq!(desk.running().map(|(_, step)| step), Some("b".to_owned()));
    // Time that is up leaves the last verdict.
    let mut desk = RunDriver::new(checklist(vec![until(session("a", &[]))]));
    desk.go();
    for rows in [&[false][..], &[], &[false]] {
        desk.end(rows);
    }
    desk.pass(1200);
    desk.tell(Command::Fired(Timer::Poll)).unwrap();
    desk.is_held("a", HeldBy::Status(StepStatus::Red));
}

#[test]
fn a_session_is_looked_after_meanwhile_and_the_operator_comes_first() {
    let steps = vec![
        kept_alive(session("a", &[]), Duration::from_secs(45)),
        attested(measured("b", &["a"], LONG)),
        check_only(measured("c", &["b"], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.is_held("b", HeldBy::Statement);
    desk.pass(45);
    desk.tell(Command::Fired(Timer::KeepAlive)).unwrap();
    desk.is_held("b", HeldBy::Statement);
    desk.attest("b");
    assert_eq!(desk.run.going(desk.now), Some(Going::On));
    desk.end(&[true]);
    assert_eq!(desk.running().map(|(_, step)| step), Some("c".to_owned()));
}

#[test]
fn a_stop_ends_it_whether_or_not_something_runs() {
    let mut desk = walk();
    desk.open_shell();
    desk.go();
    desk.tell(Command::Stop).unwrap();
    assert_eq!((desk.why(), desk.goes()), (Some(GoEnd::Stopped), false));
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    assert_eq!(desk.running(), None);
    let mut desk = at_the_statement();
    desk.tell(Command::Stop).unwrap();
    assert_eq!((desk.why(), desk.goes()), (Some(GoEnd::Stopped), false));
    desk.attest("c");
    assert_eq!(desk.running(), None);
    assert_eq!(desk.tell(Command::Stop), Err(Refusal::Nothing));
}

#[test]
fn it_ends_with_its_session_its_process_and_its_disk() {
    let mut desk = at_the_statement();
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    assert!(!desk.goes());
    let mut desk = walk();
    desk.go();
    desk.tell(Command::ShellEnded(ShellGone::StartFailed { detail: "no".to_owned() })).unwrap();
    assert!(!desk.goes());
    let mut desk = at_the_statement();
    desk.reopen();
    assert!(!desk.goes());
    let mut desk = at_the_statement();
    let left = Unvouched::default();
    desk.tell(Command::WriteRecovered { why: "full".to_owned(), left, shell_lost: false }).unwrap();
    assert!(!desk.goes());
}

#[test]
fn a_green_that_has_become_too_old_is_not_looked_at_for_ever() {
    let steps = vec![
        check_only(measured("a", &[], Duration::from_secs(60))),
        attested(measured("b", &[], LONG)),
        check_only(measured("c", &["b"], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.pass(60);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    assert_eq!(desk.running(), None);
    assert!(
        desk.held()
            .is_some_and(|(step, by)| step == "a" && matches!(by, HeldBy::Status(StepStatus::Stale(_))))
    );
    desk.attest("b");
    assert_eq!(desk.went(), ["check a", "check a"], "the operator is here");
}

#[test]
fn a_run_that_is_asked_to_go_while_something_runs_refuses() {
    let mut desk = walk();
    desk.open_shell();
    desk.tell(Command::Check("a".into())).unwrap();
    assert_eq!(desk.tell(Command::Go { by: who("ada") }), Err(Refusal::Busy));
    desk.end(&[true]);
    desk.tell(Command::CheckAll(vec![StepId::from("a"), StepId::from("b")])).unwrap();
    assert!(!desk.goes());
}
