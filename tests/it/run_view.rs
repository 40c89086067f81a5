//! What can be read from a run: who, when, what was found, what is left.

mod assessment;
mod batch;
mod findings;
mod leads;
mod more_time;
mod scopes;
mod sessions;
mod subjects;

use std::time::Duration;

use greenlight::facade::checklist::{Need, Remedy, RemedyWhen, Sha, StepId, StepKind};
use greenlight::facade::run::gate::{self, Gate, LockReason, Reason};
use greenlight::facade::run::{
    About, ApplyEnd, Call, Command, Confirmed, Event, Failure, FileDigest, HandoffStage, Mode, OutcomeEnd,
    Prompt, PromptReply, Purpose, Refusal, Session, ShellGone, ShellState, StaleCause, StepStatus, StopCause,
    Timer, Trigger, Verdict, VerdictReason,
};

use crate::harness::decided::Outcome;
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
    base.remedies = vec![Remedy { when: Vec::new(), say: text("try again"), docs: None, go: None }];
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
        desk.ask(Prompt::Line);
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
    desk.ask(Prompt::SecureLine);
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
    // It found nothing, so what there is is looked at before it is run again.
    desk.tell(Command::Apply { step: "base".into(), confirmed: Confirmed::Yes }).unwrap();
    assert_eq!(desk.run.running().map(|running| running.purpose), Some(Purpose::Check));
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
