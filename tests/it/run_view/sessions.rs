//! What is shown of the shell and of what lives in its session.

use super::*;
use crate::harness::steps::kept_alive;

const EVERY: Duration = Duration::from_secs(60);

#[test]
fn the_shell_and_the_queue_are_shown() {
    let steps = vec![measured("a", &[], FRESH), measured("b", &[], FRESH), measured("c", &[], FRESH)];
    let mut desk = RunDriver::empty(checklist(steps));
    assert_eq!(*desk.run.shell(), ShellState::Absent);
    desk.tell(Command::OpenShell).unwrap();
    assert!(matches!(desk.run.shell(), ShellState::Opening(Session(n)) if n.get() == 1));
    let about = About { program: "pwsh".to_owned(), ..About::default() };
    desk.tell(Command::ShellOpened(about.clone())).unwrap();
    assert!(matches!(desk.run.shell(), ShellState::Open(_, own) if *own == about));
    let ids = |ids: &[&str]| -> Vec<StepId> { ids.iter().map(|id| StepId::from(*id)).collect() };
    desk.tell(Command::CheckAll(ids(&["a", "b", "c"]))).unwrap();
    assert_eq!((desk.running().unwrap().1.as_str(), desk.run.queue()), ("a", ids(&["b", "c"]).as_slice()));
    desk.end(&[false]);
    assert_eq!((desk.running().unwrap().1.as_str(), desk.run.queue()), ("b", ids(&["c"]).as_slice()));
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    assert_eq!(
        (desk.running(), desk.run.queue(), desk.run.shell()),
        (None, [].as_slice(), &ShellState::Absent)
    );
    let lost = desk.run.state(&"b".into()).unwrap().found.clone().unwrap().finding;
    assert_eq!((lost.verdict, lost.reason), (Verdict::Interrupted, VerdictReason::ShellLost));
}

#[test]
fn a_resume_forgets_the_queue_the_shell_and_the_handoff() {
    let steps = vec![measured("a", &[], FRESH), measured("b", &[], FRESH)];
    let mut desk = RunDriver::new(checklist(steps));
    desk.tell(Command::CheckAll(vec!["a".into(), "b".into()])).unwrap();
    desk.reopen();
    assert_eq!(
        (desk.running(), desk.run.queue(), desk.run.shell()),
        (None, [].as_slice(), &ShellState::Absent)
    );
    assert_eq!(desk.status("a"), StepStatus::Interrupted);
    desk.open_shell();
    desk.check("a", true);
    desk.check("b", true);
    desk.tell(Command::BeginHandoff).unwrap();
    desk.reopen();
    assert_eq!(*desk.run.handoff(), HandoffStage::Idle);
}

#[test]
fn what_rests_on_a_session_ends_with_it_and_is_not_given_back_by_another_session() {
    let steps = vec![
        measured("free", &[], FRESH),
        steps::of_the_session(measured("base", &["free"], FRESH)),
        steps::of_the_session(measured("tenant", &["base"], FRESH)),
        measured("upper", &["free", "tenant"], FRESH),
        attested(measured("stated", &["upper"], FRESH)),
        attested(measured("apart", &["free"], FRESH)),
    ];
    let measured = ["free", "base", "tenant", "upper"];
    let mut desk = RunDriver::new(checklist(steps));
    let all_green = |desk: &mut RunDriver| {
        for step in measured {
            desk.check(step, true);
        }
        desk.attest("stated");
        desk.attest("apart");
        assert!(desk.is_open());
    };
    all_green(&mut desk);
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    assert_eq!(desk.run.lost(desk.now).steps, [StepId::from("base"), StepId::from("tenant")]);
    desk.open_shell();
    desk.check("base", true);
    desk.check("tenant", true);
    let ended = StepStatus::Stale(StaleCause::NeedSessionEnded { step: "tenant".into() });
    assert_eq!([desk.status("upper"), desk.status("stated")], [(); 2].map(|()| ended.clone()));
    assert!(!desk.run.session_is_lost(desk.now), "there is one again");
    desk.check("upper", true);
    assert_eq!(desk.status("stated"), ended);
    assert_eq!([desk.status("free"), desk.status("apart")], [StepStatus::Green, StepStatus::Green]);
    all_green(&mut desk);
    desk.reopen();
    desk.open_shell();
    for step in measured {
        desk.check(step, true);
    }
    assert_eq!([desk.status("upper"), desk.status("stated")], [StepStatus::Green, ended]);
    assert_eq!(desk.status("apart"), StepStatus::Green);
}

#[test]
fn the_variables_that_were_lost_are_those_that_the_commands_began_by_setting() {
    let commands = [
        ("$cred = Get-Credential", Some("$cred")),
        ("  $CSSession=New-CsOnlineSession", Some("$CSSession")),
        ("$my_2 = 1", Some("$my_2")),
        ("$a -eq 1; $b = 2", None),
        ("$a == 1", None),
        ("$a.b = 1", None),
        ("Set-X -Y = 1", None),
        ("$ = 1", None),
        ("Import-Module Lync", None),
    ];
    let step = |(position, (command, _)): (usize, &(&str, Option<&str>))| {
        let mut step = steps::of_the_session(measured(&format!("s{position}"), &[], FRESH));
        if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
            (*command).clone_into(&mut apply.command);
        }
        step
    };
    let mut desk = RunDriver::new(checklist(commands.iter().enumerate().map(step).collect()));
    for position in 0..commands.len() {
        desk.check(&format!("s{position}"), true);
    }
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    let expected: Vec<&str> = commands.iter().filter_map(|(_, variable)| *variable).collect();
    assert_eq!(desk.run.lost(desk.now).variables, expected);
}

#[test]
fn having_a_session_back_begins_with_what_it_needs() {
    let steps = vec![
        measured("free", &[], FRESH),
        measured("apart", &[], FRESH),
        attested(measured("stated", &[], FRESH)),
        measured("under", &["stated"], FRESH),
        steps::for_the_session(steps::of_the_session(measured("base", &["free", "under"], FRESH))),
        measured("upper", &["base"], FRESH),
        steps::of_the_session(measured("never", &["base"], FRESH)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.attest("stated");
    for step in ["free", "apart", "under", "base", "upper"] {
        desk.check(step, true);
    }
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    assert_eq!(desk.run.lost(desk.now).steps, [StepId::from("base")], "what was never green is not lost");
    desk.reopen();
    desk.tell(Command::Reconnect).unwrap();
    // What is being had back is not mixed with what is only to be checked.
    assert_eq!(desk.tell(Command::Check("apart".into())), Err(Refusal::Busy));
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    let mut walked = Vec::new();
    while let Some((_, step)) = desk.running() {
        walked.push(step);
        desk.end(&[true]);
    }
    assert_eq!(
        walked,
        ["free", "under", "base", "upper"],
        "nothing is applied where the check finds it well"
    );
    desk.tell(Command::Reconnect).unwrap();
    assert_eq!(desk.running().unwrap().1, "base", "what is green already is left alone");
}

#[test]
fn what_is_asked_for_while_the_shell_opens_waits_in_order() {
    let steps = vec![measured("a", &[], FRESH), measured("b", &[], FRESH), measured("c", &[], FRESH)];
    let mut desk = RunDriver::empty(checklist(steps));
    desk.tell(Command::OpenShell).unwrap();
    desk.tell(Command::Check("b".into())).unwrap();
    desk.tell(Command::CheckAll(vec!["a".into(), "b".into()])).unwrap();
    desk.tell(Command::Check("c".into())).unwrap();
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    for step in ["b", "a", "c"] {
        assert_eq!(desk.running().unwrap().1, step);
        desk.end(&[true]);
    }
    assert_eq!(desk.running(), None);
}

#[test]
fn what_a_broken_session_rests_on_is_looked_at_at_once() {
    let steps = vec![
        kept_alive(measured("session", &[], FRESH), EVERY),
        kept_alive(measured("import", &["session"], FRESH), EVERY),
    ];
    for is_there in [true, false] {
        let mut desk = RunDriver::new(checklist(steps.clone()));
        desk.check("session", true);
        desk.check("import", true);
        desk.pass(EVERY.as_secs());
        desk.tell(Command::Fired(Timer::KeepAlive)).unwrap();
        assert_eq!(desk.running().unwrap().1, "import", "it says enough of what it rests on");
        desk.end(&[is_there]);
        let then = desk.run.running().map(|running| (running.step.as_str(), running.trigger));
        assert_eq!(then, (!is_there).then_some(("session", Trigger::KeepAlive)));
    }
}
