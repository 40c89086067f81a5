//! Where a run that goes on by itself must not go on: what belongs to the operator, to a session, to a shell that is gone.

use greenlight::facade::checklist::StepKind;
use greenlight::facade::run::prompt::{Echo, Field};
use greenlight::facade::run::{Failure, NextAction};

use super::*;

/// Whose apply is this command.
pub fn naming(mut step: Step, command: &str) -> Step {
    if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
        command.clone_into(&mut apply.command);
    }
    step
}

pub fn logon_failed() -> Outcome {
    let failure = Failure { error_id: "LogonFailed".to_owned(), ..Failure::default() };
    Outcome { failures: vec![failure], ..failed() }
}

#[test]
fn nothing_is_started_in_a_shell_that_went_with_its_command() {
    let steps = vec![advisory(check_only(measured("a", &[], LONG))), check_only(measured("b", &[], LONG))];
    let mut desk = RunDriver::empty(checklist(steps));
    desk.open_shell();
    desk.go();
    desk.end_with(Outcome { end: OutcomeEnd::Lost, ..completed(&[]) });
    assert_eq!(desk.running(), None);
    desk.tell(Command::ShellEnded(ShellGone::Died { detail: "gone".to_owned() })).unwrap();
    assert!(!desk.goes());
    assert_eq!(desk.went(), ["check a"]);
}

#[test]
fn what_has_become_stale_is_looked_at_again_once_the_operator_has_looked_at_something() {
    let steps = vec![
        check_only(measured("a", &[], LONG)),
        check_only(measured("b", &["a"], LONG)),
        attested(measured("c", &[], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.end(&[true]);
    desk.is_held("c", HeldBy::Statement);
    desk.check("a", false);
    desk.is_held("a", HeldBy::Status(StepStatus::Red));
    desk.check("a", true);
    assert_eq!(desk.running().map(|(_, step)| step), Some("b".to_owned()));
    desk.end(&[true]);
    desk.is_held("c", HeldBy::Statement);
    // One that is too old is looked at once for each command of theirs, and not whenever it is too old.
    let steps =
        vec![check_only(measured("a", &[], Duration::from_secs(60))), check_only(measured("b", &[], LONG))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.end(&[false]);
    for _ in 0..2 {
        desk.pass(60);
        desk.tell(Command::Fired(Timer::Expiry)).unwrap();
        desk.tell(Command::Fired(Timer::Expiry)).unwrap();
        assert_eq!(desk.running(), None);
        desk.check("b", false);
        assert_eq!(desk.running().map(|(_, step)| step), Some("a".to_owned()));
        desk.end(&[true]);
        desk.is_held("b", HeldBy::Status(StepStatus::Red));
    }
    // What is not green is theirs.
    assert_eq!(desk.went(), ["check a", "check b", "check a", "check a"]);
}

#[test]
fn a_password_that_was_typed_in_another_way_is_not_tried_again_either() {
    let fields = |echo| {
        let field = Field {
            name: "Password".to_owned(),
            label: String::new(),
            type_name: "System.Security.SecureString".to_owned(),
            help: String::new(),
            echo,
        };
        Prompt::Fields { caption: String::new(), message: String::new(), fields: vec![field] }
    };
    let (masked, shown) = (fields(Echo::Masked), fields(Echo::Shown));
    for (prompt, again) in [(Prompt::SecureLine, false), (masked, false), (shown, true), (Prompt::Line, true)]
    {
        let asks = naming(session("asks", &[]), "$password = Read-Host");
        let online = naming(session("online", &["asks"]), "Open-Session $password");
        let mut desk = RunDriver::new(checklist(vec![asks, online, attested(measured("c", &[], LONG))]));
        desk.go();
        desk.end(&[false]);
        desk.ask(prompt.clone());
        desk.tell(Command::Answer(PromptReply::Answered)).unwrap();
        desk.end(&[]);
        desk.end(&[true]);
        desk.end(&[false]);
        desk.end_with(logon_failed());
        desk.end(&[false]);
        desk.attest("c");
        desk.end(&[false]);
        assert_eq!(desk.running().is_some(), again, "{prompt:?}");
    }
}

#[test]
fn it_ends_where_only_advice_is_left_that_was_looked_at() {
    let mut desk =
        RunDriver::new(checklist(vec![check_only(measured("a", &[], LONG)), advisory(session("b", &[]))]));
    desk.tell(Command::Check("a".into())).unwrap();
    desk.end(&[true]);
    desk.go();
    assert_eq!(desk.went(), ["check b"]);
    desk.tell(Command::Stop).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    assert_eq!(desk.tell(Command::Go { by: who("ada") }), Err(Refusal::Nothing));
    let mut desk = RunDriver::new(checklist(vec![advisory(session("b", &[]))]));
    desk.go();
    desk.end(&[false]);
    desk.end_with(failed());
    desk.end(&[false]);
    assert_eq!(desk.why(), Some(GoEnd::Done));
}

#[test]
fn a_command_that_takes_too_long_is_neither_run_again_nor_its_end_the_end_of_all() {
    let steps = vec![session("a", &[]), advisory(check_only(measured("b", &[], LONG)))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[false]);
    let (attempt, _) = desk.running().unwrap();
    desk.tell(Command::Fired(Timer::Timeout(attempt))).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    desk.is_held("a", HeldBy::Status(StepStatus::Interrupted));
    assert_eq!(desk.went(), ["check a", "apply a"]);
    desk.check("a", false);
    assert!(desk.held().is_some_and(|(step, _)| step == "a"), "it is not applied again");
    // What was cut off last is tried again with another value, as all is.
    desk.tell(Command::Apply { step: "a".into(), confirmed: Confirmed::NotAsked }).unwrap();
    let (attempt, _) = desk.running().unwrap();
    desk.tell(Command::Fired(Timer::Timeout(attempt))).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    desk.give("fabrikam.com");
    desk.end(&[false]);
    assert_eq!(desk.went(), ["check a", "apply a", "check a", "apply a"]);
    desk.end_with(failed());
    desk.end(&[false]);
    desk.check("a", true);
    assert_eq!(desk.running().map(|(_, step)| step), Some("b".to_owned()));
    desk.end(&[false]);
    assert_eq!(desk.why(), Some(GoEnd::Done));
}

#[test]
fn an_apply_beyond_the_session_is_looked_at_before_and_is_never_its_own() {
    for changes in [Changes::Computer, Changes::Forest, Changes::Tenant] {
        let mut step = measured("a", &[], LONG);
        if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
            apply.changes = changes;
        }
        let mut desk = RunDriver::new(checklist(vec![step]));
        desk.go();
        desk.end(&[false]);
        desk.is_held("a", HeldBy::Change(changes));
        assert_eq!(desk.went(), ["check a"]);
    }
}

#[test]
fn what_asks_for_its_own_credential_asks_again() {
    let a = naming(session("a", &[]), "Open-Session -Credential (Get-Credential)");
    let mut desk = RunDriver::new(checklist(vec![a, attested(measured("c", &[], LONG))]));
    desk.go();
    for _ in 0..2 {
        desk.end(&[false]);
        desk.ask(sign_in());
        desk.tell(Command::Answer(PromptReply::Answered)).unwrap();
        desk.end_with(logon_failed());
        desk.end(&[false]);
        desk.is_held("a", HeldBy::Status(StepStatus::Red));
        desk.attest("c");
    }
    assert_eq!(desk.went().iter().filter(|command| *command == "apply a").count(), 2);
}

#[test]
fn an_apply_that_was_not_run_is_a_reason_to_look_at_what_is_stale() {
    let fresh = Duration::from_secs(60);
    let steps = vec![
        check_only(measured("a", &[], fresh)),
        measured("b", &[], fresh),
        attested(measured("c", &[], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.end(&[true]);
    desk.pass(60);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    desk.tell(Command::Apply { step: "b".into(), confirmed: Confirmed::Yes }).unwrap();
    desk.end(&[true]);
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::Go));
}

#[test]
fn what_goes_on_already_does_not_begin_by_that() {
    let steps = vec![attested(measured("a", &[], LONG)), check_only(measured("b", &[], LONG))];
    let mut desk = RunDriver::empty(checklist(steps));
    desk.open_shell();
    assert!(desk.run.begins_by_going(&NextAction::Check));
    desk.go();
    desk.is_held("a", HeldBy::Statement);
    assert!(!desk.run.begins_by_going(&NextAction::Check));
}
