//! What can be read from a run: who, when, what was found, what is left.

use std::time::Duration;

use greenlight::facade::checklist::{Need, Remedy, RemedyWhen, Sha, StepId, StepKind};
use greenlight::facade::run::gate::{self, Gate, LockReason, Reason};
use greenlight::facade::run::{
    About, ApplyEnd, Call, Command, Event, Failure, FileDigest, HandoffStage, Mode, Outcome, OutcomeEnd,
    Prompt, PromptReply, Purpose, Refusal, Session, ShellEnd, ShellState, StaleCause, StepStatus, StopCause,
    Timer, Verdict, VerdictReason,
};

use crate::harness::run_driver::{RunDriver, completed};
use crate::harness::steps::{
    self, STATEMENT, attested, check_only, checklist, measured, text, using_domain, who,
};

const FRESH: Duration = Duration::from_secs(600);

fn digest(name: &str) -> FileDigest {
    FileDigest { file: name.to_owned(), sha256: Sha::of(name.as_bytes()), bytes: 3, left_out: None }
}

fn desk() -> RunDriver {
    let mut base = using_domain(measured("base", &[], FRESH));
    base.remedies = vec![Remedy { when: RemedyWhen::default(), say: text("try again"), docs: None }];
    let steps =
        vec![base, measured("upper", &["base"], FRESH), attested(measured("stated", &["upper"], FRESH))];
    RunDriver::new(checklist(steps))
}

fn failing() -> Outcome {
    Outcome {
        end: OutcomeEnd::Threw,
        failures: vec![Failure { message: "no".to_owned(), ..Failure::default() }],
        ..completed(&[])
    }
}

#[test]
fn everybody_who_opened_the_run_is_named_once_and_in_order() {
    let mut desk = desk();
    assert_eq!(desk.run.operators(), [who("ada")]);
    let began = desk.run.began();
    assert!(began.is_some());
    for _ in 0..2 {
        desk.pass(1);
        desk.reopen();
    }
    assert_eq!(desk.run.operators(), [who("ada"), who("bob")]);
    assert_eq!((desk.run.began(), desk.run.mode()), (began, &Mode::Live));
}

#[test]
fn a_rehearsal_says_so_and_so_does_the_gate_that_it_opens() {
    let mut desk = RunDriver::rehearsal(checklist(vec![measured("base", &[], FRESH)]), "default");
    desk.open_shell();
    desk.check("base", true);
    let practice = Mode::Rehearsal("default".to_owned());
    assert_eq!(*desk.run.mode(), practice);
    let Gate::Open(pass) = gate::evaluate(&desk.run, desk.now) else { panic!("the gate is open") };
    assert_eq!(*pass.mode(), practice);
}

#[test]
fn the_gate_names_every_required_step_that_keeps_it_locked_and_why() {
    let steps = vec![
        measured("red", &[], FRESH),
        measured("asks", &[], FRESH),
        measured("cut", &[], FRESH),
        measured("old", &[], FRESH),
        measured("runs", &[], FRESH),
        measured("new", &[], FRESH),
        steps::advisory(measured("advice", &[], FRESH)),
        measured("green", &[], FRESH),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("old", true);
    desk.pass(600);
    desk.check("red", false);
    desk.check("green", true);
    desk.tell(Command::Check("asks".into())).unwrap();
    desk.end_with(failing());
    desk.apply("cut");
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    desk.tell(Command::Check("runs".into())).unwrap();
    let reason = |step: &str, why| Reason { step: step.into(), why };
    assert_eq!(
        gate::evaluate(&desk.run, desk.now),
        Gate::Locked(vec![
            reason("red", LockReason::Red),
            reason("asks", LockReason::Undetermined),
            reason("cut", LockReason::Interrupted),
            reason(
                "old",
                LockReason::Stale(StaleCause::Expired { limit: greenlight::facade::checklist::Span(FRESH) })
            ),
            reason("runs", LockReason::Running),
            reason("new", LockReason::NotRun),
        ])
    );
}

#[test]
fn a_checklist_in_which_nothing_counts_never_opens() {
    let mut desk = RunDriver::new(checklist(vec![steps::advisory(measured("advice", &[], FRESH))]));
    desk.check("advice", true);
    assert_eq!(gate::evaluate(&desk.run, desk.now), Gate::Locked(Vec::new()));
}

#[test]
fn a_finding_is_kept_with_its_circumstances() {
    let mut desk = desk();
    let start = desk.now;
    desk.tell(Command::Check("base".into())).unwrap();
    desk.pass(9);
    let (attempt, _) = desk.running().unwrap();
    let transcript = Some(digest("transcript/base-1.jsonl"));
    desk.tell(Command::Ended { attempt, outcome: completed(&[true]), transcript: transcript.clone() })
        .unwrap();
    let found = desk.run.state(&"base".into()).unwrap().found.clone().unwrap();
    assert_eq!((found.attempt, found.at, found.transcript), (attempt, start, transcript));
    assert_eq!(found.session.0.get(), 1);
    assert_eq!((found.finding.verdict, found.finding.elapsed_ms), (Verdict::Green, 5));
    assert!(desk.run.state(&"upper".into()).is_none());
    assert_eq!(desk.status("no-such-step"), StepStatus::NotRun);
}

#[test]
fn an_apply_is_kept_with_what_it_said() {
    let mut desk = desk();
    desk.apply("base");
    let (attempt, _) = desk.running().unwrap();
    let transcript = Some(digest("transcript/base-1.jsonl"));
    desk.tell(Command::Ended { attempt, outcome: failing(), transcript: transcript.clone() }).unwrap();
    let applied = desk.run.state(&"base".into()).unwrap().applied.clone().unwrap();
    assert_eq!((applied.attempt, applied.end, applied.transcript), (attempt, ApplyEnd::Failed, transcript));
    assert_eq!((applied.failures, applied.remedies), (failing().failures, vec![0]));
    // It is checked again by itself.
    assert_eq!(desk.run.running().unwrap().purpose, Purpose::Check);
    desk.end(&[true]);
    assert!(desk.is_green("base"));
}

#[test]
fn what_runs_is_shown_with_its_question_and_its_stop() {
    let mut desk = desk();
    desk.tell(Command::Check("base".into())).unwrap();
    let attempt = desk.running().unwrap().0;
    let running = desk.run.running().unwrap().clone();
    assert_eq!((running.step, running.command.as_str()), (StepId::from("base"), "Get-base $domain"));
    assert_eq!((running.purpose, running.at), (Purpose::Check, desk.now));
    desk.tell(Command::Asked { attempt, call: Call(7), prompt: Prompt::Line }).unwrap();
    let asking = desk.run.running().unwrap().asking.clone().unwrap();
    assert_eq!((asking.call, asking.prompt), (Call(7), Prompt::Line));
    desk.tell(Command::Answer(PromptReply::Answered)).unwrap();
    assert_eq!(desk.run.running().unwrap().asking, None);
    desk.tell(Command::Asked { attempt, call: Call(8), prompt: Prompt::Line }).unwrap();
    desk.tell(Command::Stop).unwrap();
    let running = desk.run.running().unwrap().clone();
    assert_eq!((running.asking, running.stopping), (None, Some(StopCause::Operator)));
    // Once stopping, a timeout does not change the cause.
    desk.tell(Command::Fired(Timer::Timeout(attempt))).unwrap();
    desk.end(&[true]);
    let finding = desk.run.state(&"base".into()).unwrap().found.clone().unwrap().finding;
    assert_eq!((finding.verdict, finding.reason), (Verdict::Interrupted, VerdictReason::Stopped));
}

#[test]
fn a_question_answered_and_a_question_declined() {
    for (given, verdict, reason) in [
        (PromptReply::Answered, Verdict::Green, VerdictReason::Met),
        (
            PromptReply::Declined,
            Verdict::Undetermined,
            VerdictReason::Unanswered { asked: "Read-Host".to_owned() },
        ),
        (
            PromptReply::Unattended,
            Verdict::Undetermined,
            VerdictReason::Unanswered { asked: "Read-Host".to_owned() },
        ),
    ] {
        let mut desk = desk();
        desk.tell(Command::Check("base".into())).unwrap();
        let attempt = desk.running().unwrap().0;
        desk.tell(Command::Asked { attempt, call: Call(1), prompt: Prompt::Line }).unwrap();
        desk.tell(Command::Answer(given)).unwrap();
        desk.end(&[true]);
        let finding = desk.run.state(&"base".into()).unwrap().found.clone().unwrap().finding;
        assert_eq!((finding.verdict, finding.reason), (verdict, reason));
    }
}

#[test]
fn an_apply_that_asks_in_vain_leaves_its_step_undetermined() {
    let mut desk = desk();
    desk.apply("base");
    let attempt = desk.running().unwrap().0;
    desk.tell(Command::Asked { attempt, call: Call(1), prompt: Prompt::SecureLine }).unwrap();
    desk.tell(Command::Answer(PromptReply::Declined)).unwrap();
    desk.end_with(failing());
    assert_eq!((desk.running(), desk.status("base")), (None, StepStatus::Undetermined));
    let found = desk.run.state(&"base".into()).unwrap().found.clone().unwrap();
    let asked = "Read-Host -AsSecureString".to_owned();
    let recorded = desk.history.iter().find_map(|stamped| match &stamped.event {
        Event::Applied { unanswered, .. } => Some(unanswered.clone()),
        _ => None,
    });
    assert_eq!(recorded, Some(Some(asked.clone())));
    assert_eq!(
        (found.finding.reason, found.finding.failures),
        (VerdictReason::Unanswered { asked }, failing().failures)
    );
}

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
    desk.tell(Command::ShellEnded(ShellEnd::Closed)).unwrap();
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
fn the_causes_that_end_a_green_are_named_and_the_first_one_stays() {
    let green = || {
        let mut desk = desk();
        desk.check("base", true);
        desk.check("upper", true);
        desk.attest("stated");
        assert!(desk.is_open());
        desk
    };
    let stale = |cause| StepStatus::Stale(cause);
    let mut desk = green();
    desk.give("fabrikam.com");
    let changed = stale(StaleCause::InputChanged { input: "domain".into() });
    assert_eq!(
        [desk.status("base"), desk.status("upper"), desk.status("stated")],
        [(); 3].map(|()| changed.clone())
    );
    desk.check("base", true);
    desk.apply("base");
    desk.end_with(Outcome { end: OutcomeEnd::Completed, ..completed(&[]) });
    desk.end(&[true]);
    assert_eq!([desk.status("upper"), desk.status("stated")], [(); 2].map(|()| changed.clone()));

    let mut desk = green();
    desk.apply("base");
    desk.end(&[]);
    assert_eq!(desk.status("base"), StepStatus::Running(Purpose::Check));
    desk.tell(Command::ShellEnded(ShellEnd::Closed)).unwrap();
    desk.open_shell();
    desk.check("base", true);
    let need_changed = stale(StaleCause::NeedChanged { step: "base".into() });
    assert_eq!([desk.status("upper"), desk.status("stated")], [(); 2].map(|()| need_changed.clone()));

    let mut desk = green();
    desk.check("base", false);
    assert_eq!(desk.status("base"), StepStatus::Red);
    // What was found on it is not green again by itself, and what was stated is not either.
    desk.check("base", true);
    let need_was_red = stale(StaleCause::NeedWasRed { step: "base".into() });
    assert_eq!([desk.status("upper"), desk.status("stated")], [(); 2].map(|()| need_was_red.clone()));

    let mut desk = green();
    desk.tell(Command::Check("base".into())).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Threw, ..completed(&[]) });
    assert_eq!(desk.status("base"), StepStatus::Undetermined);
    assert_eq!(desk.status("upper"), stale(StaleCause::Needs { step: "base".into() }));
    assert_eq!(desk.status("stated"), stale(StaleCause::Needs { step: "upper".into() }));
    desk.check("base", true);
    assert!(desk.is_open(), "an error says nothing of what stands on it");

    let mut desk = green();
    desk.apply("upper");
    desk.tell(Command::ShellEnded(ShellEnd::Closed)).unwrap();
    desk.reopen();
    assert_eq!(desk.status("upper"), StepStatus::Interrupted);
    assert_eq!(desk.status("base"), stale(StaleCause::Resumed));
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
    desk.tell(Command::ShellEnded(ShellEnd::Closed)).unwrap();
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
    desk.tell(Command::ShellEnded(ShellEnd::Closed)).unwrap();
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
    desk.tell(Command::ShellEnded(ShellEnd::Closed)).unwrap();
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
fn an_apply_that_ended_leaves_the_old_green_ended() {
    let steps = vec![measured("base", &[], FRESH), measured("upper", &["base"], FRESH)];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("base", true);
    desk.check("upper", true);
    desk.apply("upper");
    // `base` grows too old meanwhile, so the check after the apply may not run.
    desk.pass(600);
    desk.end(&[]);
    assert_eq!((desk.running(), desk.status("upper")), (None, StepStatus::Stale(StaleCause::Applied)));
}

#[test]
fn a_statement_is_kept_word_for_word() {
    let mut desk = RunDriver::new(checklist(vec![attested(measured("stated", &[], FRESH))]));
    desk.attest("stated");
    let said = desk.run.state(&"stated".into()).unwrap().statement.clone().unwrap();
    assert_eq!((said.statement.as_str(), said.name.as_str(), said.note.as_str()), (STATEMENT, "Ada", ""));
    assert_eq!((said.by, said.at), (who("ada"), desk.now));
}

#[test]
fn inputs_that_a_step_uses_are_missing_until_they_are_answered() {
    let base = using_domain(measured("base", &[], FRESH));
    let other = check_only(measured("other", &[], FRESH));
    for need in [Need::Required, Need::Optional] {
        let mut list = checklist(vec![base.clone(), other.clone()]);
        list.inputs[0].need = need;
        let mut desk = RunDriver::empty(list);
        assert_eq!(desk.run.missing_inputs(&base), ["domain".into()]);
        assert!(desk.run.missing_inputs(&other).is_empty());
        assert!(desk.run.inputs().is_empty());
        desk.give("contoso.com");
        assert!(desk.run.missing_inputs(&base).is_empty());
        assert_eq!(desk.run.inputs()[&"domain".into()].values(), ["contoso.com"]);
    }
}

#[test]
fn the_seal_says_when_and_what_was_written() {
    let mut desk = RunDriver::new(checklist(vec![measured("base", &[], FRESH)]));
    desk.check("base", true);
    desk.tell(Command::BeginHandoff).unwrap();
    desk.end(&[true]);
    desk.confirm().unwrap();
    assert!(!desk.run.is_sealed());
    desk.pass(2);
    desk.tell(Command::HandoffWritten(Ok(vec![digest("go.ps1")]))).unwrap();
    assert!(desk.run.is_sealed());
    assert_eq!(*desk.run.handoff(), HandoffStage::Sealed { at: desk.now, files: vec![digest("go.ps1")] });
}
