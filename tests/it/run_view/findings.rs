//! What is kept of a check, an apply and a statement.

use super::*;
use crate::harness::steps::for_the_session;

#[test]
fn a_finding_is_kept_with_its_circumstances() {
    let mut desk = desk();
    let start = desk.now;
    desk.tell(Command::Check("base".into())).unwrap();
    desk.pass(9);
    let (attempt, _) = desk.running().unwrap();
    let transcript = Some(digest("transcript/base-1.jsonl"));
    desk.tell(completed(&[true]).ends(&desk.run, attempt, transcript.clone())).unwrap();
    let found = desk.run.state(&"base".into()).unwrap().found.clone().unwrap();
    assert_eq!((found.attempt, found.at), (attempt, start));
    assert_eq!(desk.outputs().of(&"base".into()).last().unwrap().file, transcript);
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
    desk.tell(failing().ends(&desk.run, attempt, transcript.clone())).unwrap();
    let applied = desk.run.state(&"base".into()).unwrap().applied.clone().unwrap();
    assert_eq!((applied.attempt, applied.end), (attempt, ApplyEnd::Failed));
    let outputs = desk.outputs();
    let output = outputs.of(&"base".into()).iter().find(|output| output.attempt == attempt).unwrap();
    assert_eq!((output.purpose, &output.file), (Purpose::Apply, &transcript));
    assert_eq!((applied.failures, applied.remedies), (failing().failures, vec![0]));
    // It is checked again by itself.
    assert_eq!(desk.run.running().unwrap().purpose, Purpose::Check);
    desk.end(&[true]);
    assert!(desk.is_green("base"));
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
    desk.check("base", false);
    desk.apply("base");
    desk.end_with(Outcome { end: OutcomeEnd::Completed, ..completed(&[]) });
    desk.end(&[true]);
    assert_eq!([desk.status("upper"), desk.status("stated")], [(); 2].map(|()| changed.clone()));

    let base = for_the_session(measured("base", &[], FRESH));
    let steps =
        vec![base, measured("upper", &["base"], FRESH), attested(measured("stated", &["upper"], FRESH))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("base", true);
    desk.check("upper", true);
    desk.attest("stated");
    desk.apply("base");
    desk.end(&[]);
    assert_eq!(desk.status("base"), StepStatus::Running(Purpose::Check));
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
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
    desk.check("upper", false);
    desk.apply("upper");
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.reopen();
    assert_eq!(desk.status("upper"), StepStatus::Interrupted);
    assert_eq!(desk.status("base"), stale(StaleCause::Resumed));
}

#[test]
fn an_apply_that_ended_leaves_the_old_green_ended() {
    let upper = for_the_session(measured("upper", &["base"], FRESH));
    let mut desk = RunDriver::new(checklist(vec![measured("base", &[], FRESH), upper]));
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
fn of_a_command_that_ran_out_of_time_it_is_said_whether_it_was_silent() {
    for (silent_ms, elapsed_ms, silent) in
        [(10_000, 60_000, true), (9_999, 60_000, false), (500, 500, true), (499, 500, false)]
    {
        let mut desk = desk();
        desk.tell(Command::Check("base".into())).unwrap();
        let (attempt, _) = desk.running().unwrap();
        let limit_ms = desk.run.running().map(|running| running.limit_ms);
        desk.tell(Command::Fired(Timer::Timeout(attempt))).unwrap();
        desk.end_with(Outcome { end: OutcomeEnd::Stopped, silent_ms, elapsed_ms, ..completed(&[]) });
        let found = desk.run.state(&"base".into()).unwrap().found.clone().unwrap().finding;
        assert_eq!(
            (found.verdict, found.reason),
            (Verdict::Interrupted, VerdictReason::TimedOut { silent, limit_ms }),
            "{silent_ms} of {elapsed_ms}"
        );
    }
}
