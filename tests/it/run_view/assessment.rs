//! What may be said of a step at a moment.

use greenlight::facade::checklist::{Changes, Step};
use greenlight::facade::run::{AgainCause, Assessment, NextAction, StatusReason};

use super::*;
use crate::harness::steps::{advisory, for_the_session, of_the_session};

const LONG: Duration = Duration::from_secs(6000);

fn assess<'a>(desk: &'a RunDriver, step: &str) -> Assessment<'a> {
    desk.run.assess(&step.into(), desk.now).expect("the checklist has it")
}

fn remedies<'a>(assessment: &Assessment<'a>) -> Vec<&'a str> {
    assessment.remedies.iter().map(|remedy| remedy.say.en.as_str()).collect()
}

fn messages<'a>(assessment: &Assessment<'a>) -> Vec<(Purpose, &'a str)> {
    assessment.failures.iter().map(|(purpose, failure)| (*purpose, failure.message.as_str())).collect()
}

/// A step with a remedy of its check and one of its apply.
fn with_remedies(mut step: Step) -> Step {
    let failed = RemedyWhen { error_id: Some("Denied".to_owned()), ..RemedyWhen::default() };
    let unmet = RemedyWhen { property: Some(String::new()), ..RemedyWhen::default() };
    let remedy = |when, say| Remedy { when: vec![when], say: text(say), docs: None, go: None };
    step.remedies = vec![remedy(unmet, "of the check"), remedy(failed, "of the apply")];
    step
}

fn denied() -> Outcome {
    let failure =
        Failure { error_id: "Denied,Set".to_owned(), message: "no".to_owned(), ..Failure::default() };
    Outcome { failures: vec![failure], ..completed(&[]) }
}

#[test]
fn what_a_command_of_this_session_makes_so_is_to_do_until_it_was_run_in_it() {
    let module = with_remedies(of_the_session(for_the_session(measured("module", &[], FRESH))));
    let mut desk = RunDriver::new(checklist(vec![module, measured("tenant", &[], FRESH)]));
    desk.check("module", false);
    desk.check("tenant", false);
    assert_eq!(desk.status("module"), StepStatus::ToDo);
    assert_eq!(desk.status("tenant"), StepStatus::Red, "what changes the tenant is not just to do");
    let to_do = assess(&desk, "module");
    assert_eq!(to_do.reason, Some(StatusReason::NotApplied));
    assert_eq!((to_do.next.clone(), remedies(&to_do)), (NextAction::Apply(Changes::Session), Vec::new()));
    assert!(to_do.found.is_some(), "what was found of it is known");
    let Gate::Locked(reasons) = gate::evaluate(&desk.run, desk.now) else { panic!("it is locked") };
    assert_eq!(reasons.first().map(|reason| &reason.why), Some(&LockReason::ToDo));

    // Applied, and still not so.
    desk.apply("module");
    desk.end(&[]);
    desk.end(&[false]);
    assert_eq!(desk.status("module"), StepStatus::Red);
    assert_eq!(remedies(&assess(&desk, "module")), ["of the check"]);

    // Another session, in which it was not applied.
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    assert_eq!(desk.status("module"), StepStatus::Red, "that it has ended makes nothing better");
    desk.tell(Command::OpenShell).unwrap();
    assert_eq!(desk.status("module"), StepStatus::ToDo);
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    desk.check("module", false);
    assert_eq!(desk.status("module"), StepStatus::ToDo);
    desk.tell(Command::Check("module".into())).unwrap();
    desk.end_with(failing());
    assert_eq!(desk.status("module"), StepStatus::ToDo, "its check cannot run without it");
    desk.apply("module");
    desk.end_with(denied());
    desk.end_with(failing());
    assert_eq!(desk.status("module"), StepStatus::Undetermined);
    // What went wrong in the last one is worth knowing in the next.
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.open_shell();
    assert_eq!(desk.status("module"), StepStatus::ToDo);
    assert_eq!(remedies(&assess(&desk, "module")), ["of the apply"]);
    assert_eq!(messages(&assess(&desk, "module")).first(), Some(&(Purpose::Apply, "no")));
}

#[test]
fn what_was_cut_off_is_not_merely_to_do() {
    let mut desk = RunDriver::new(checklist(vec![for_the_session(measured("module", &[], FRESH))]));
    desk.tell(Command::Check("module".into())).unwrap();
    desk.ask(Prompt::Line);
    desk.tell(Command::Answer(PromptReply::Declined)).unwrap();
    desk.end(&[false]);
    assert_eq!(desk.status("module"), StepStatus::ToDo, "it asks because it is missing");
    desk.tell(Command::Check("module".into())).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    assert_eq!(desk.status("module"), StepStatus::Interrupted);
    desk.apply("module");
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    assert_eq!(desk.status("module"), StepStatus::Interrupted);
    assert_eq!(assess(&desk, "module").reason, Some(StatusReason::ApplyCut));
}

#[test]
fn a_step_waits_by_name_for_those_that_it_needs() {
    let steps = vec![
        measured("base", &[], FRESH),
        measured("other", &[], FRESH),
        measured("upper", &["base", "other"], FRESH),
        for_the_session(measured("module", &["upper"], FRESH)),
        attested(measured("stated", &["upper"], FRESH)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    let waits = |desk: &RunDriver, step: &str| -> Vec<String> {
        assess(desk, step).waits_for.iter().map(ToString::to_string).collect()
    };
    for step in ["upper", "module", "stated"] {
        assert_eq!(desk.status(step), StepStatus::Waiting, "{step}");
        assert_eq!(assess(&desk, step).reason, None, "{step}");
    }
    assert_eq!(desk.status("base"), StepStatus::NotRun);
    assert_eq!(waits(&desk, "upper"), ["base", "other"]);
    assert_eq!(assess(&desk, "upper").next, NextAction::NeedsFirst("base".into()));
    assert_eq!(desk.run.next_action(desk.now), Some((&"base".into(), NextAction::Check)));
    desk.check("base", true);
    assert_eq!(waits(&desk, "upper"), ["other"]);
    desk.check("other", true);
    assert_eq!(desk.status("upper"), StepStatus::NotRun);
    assert_eq!(waits(&desk, "upper"), Vec::<String>::new());
    desk.check("upper", true);
    desk.check("module", false);
    assert_eq!(desk.status("module"), StepStatus::ToDo);

    // What was found stays known, beside what is waited for.
    desk.check("upper", false);
    desk.check("base", false);
    assert_eq!((desk.status("upper"), waits(&desk, "upper")), (StepStatus::Red, vec!["base".to_owned()]));
    assert_eq!(
        (desk.status("module"), waits(&desk, "module")),
        (StepStatus::Waiting, vec!["upper".to_owned()])
    );
    let Gate::Locked(reasons) = gate::evaluate(&desk.run, desk.now) else { panic!("it is locked") };
    let module = reasons.iter().find(|reason| reason.step == "module".into());
    assert_eq!(module.map(|reason| &reason.why), Some(&LockReason::Waiting));
}

#[test]
fn an_apply_that_was_cut_off_leaves_nothing_of_what_was_known_before_it() {
    let mut desk = RunDriver::new(checklist(vec![with_remedies(measured("base", &[], FRESH))]));
    desk.apply("base");
    desk.end_with(denied());
    desk.end(&[false]);
    let red = assess(&desk, "base");
    assert_eq!(remedies(&red), ["of the apply", "of the check"]);
    assert_eq!(messages(&red), [(Purpose::Apply, "no")]);
    desk.check("base", false);
    assert_eq!(
        remedies(&assess(&desk, "base")),
        ["of the check", "of the apply"],
        "a later check knows better"
    );

    desk.apply("base");
    desk.reopen();
    let cut = assess(&desk, "base");
    assert_eq!((&cut.status, cut.reason), (&StepStatus::Interrupted, Some(StatusReason::ApplyCut)));
    assert!(cut.found.is_none(), "an older check knows nothing of what the apply did");
    assert_eq!((remedies(&cut), messages(&cut)), (Vec::new(), Vec::new()), "nor does an older apply");
    assert_eq!(cut.applied.map(|applied| applied.end), Some(ApplyEnd::Interrupted));

    // A check that was cut off itself says why, and nothing of before either.
    desk.open_shell();
    desk.tell(Command::Check("base".into())).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    let stopped = assess(&desk, "base");
    assert_eq!(stopped.reason, Some(StatusReason::Verdict(&VerdictReason::Stopped)));
    desk.apply("base");
    desk.reopen();
    assert_eq!(assess(&desk, "base").reason, Some(StatusReason::ApplyCut), "the check was before it");
}

#[test]
fn the_error_that_decides_is_the_reason_and_a_remedy_that_always_fits_comes_last() {
    let mut step = with_remedies(measured("base", &[], FRESH));
    step.remedies.insert(0, Remedy { when: Vec::new(), say: text("whatever it is"), docs: None, go: None });
    let mut desk = RunDriver::new(checklist(vec![step]));
    let reason = |desk: &RunDriver| match assess(desk, "base").reason {
        Some(StatusReason::Error(purpose, failure)) => Some((purpose, failure.message.clone())),
        _ => None,
    };
    desk.apply("base");
    desk.end_with(denied());
    desk.end(&[false]);
    assert_eq!(reason(&desk), Some((Purpose::Apply, "no".to_owned())));
    assert_eq!(remedies(&assess(&desk, "base")), ["of the apply", "of the check", "whatever it is"]);
    desk.check("base", false);
    assert_eq!(reason(&desk), None, "a later check knows better");
    desk.tell(Command::Check("base".into())).unwrap();
    desk.end_with(denied());
    assert_eq!(reason(&desk), Some((Purpose::Check, "no".to_owned())));
}

#[test]
fn an_apply_that_no_check_has_read_back_makes_what_was_found_before_it_stale() {
    let steps = vec![measured("base", &[], FRESH), measured("upper", &["base"], LONG)];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("base", true);
    desk.check("upper", false);
    desk.pass(590);
    desk.apply("upper");
    desk.pass(20);
    desk.end(&[]);
    // What it needs has become too old meanwhile, so that nothing checks it.
    assert!(desk.running().is_none());
    assert_eq!(desk.status("upper"), StepStatus::Stale(StaleCause::Applied));
    let upper = assess(&desk, "upper");
    assert!(upper.found.is_none());
    assert_eq!(upper.waits_for, [&"base".into()]);
    desk.check("base", true);
    desk.check("upper", false);
    assert_eq!(desk.status("upper"), StepStatus::Red);
}

#[test]
fn a_green_ends_with_the_first_of_what_it_rests_on() {
    let steps = vec![measured("base", &[], FRESH), measured("upper", &["base"], LONG)];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("base", true);
    let ends = desk.now.wall + 600_000;
    desk.pass(60);
    desk.check("upper", true);
    assert_eq!(assess(&desk, "base").ends, Some(ends));
    assert_eq!(assess(&desk, "upper").ends, Some(ends), "it is not green without what it needs");
    // As the clock on the wall shows it, whatever that was set to.
    desk.jump(3600);
    desk.jump(-3600);
    desk.pass(539);
    assert_eq!(assess(&desk, "upper").ends, Some(ends));
    desk.pass(1);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    assert_eq!(assess(&desk, "base").ends, None);
}

#[test]
fn what_comes_next_is_the_same_for_whoever_asks() {
    let steps = vec![
        using_domain(measured("base", &[], FRESH)),
        for_the_session(measured("module", &[], FRESH)),
        attested(measured("stated", &["base"], FRESH)),
    ];
    let mut desk = RunDriver::empty(checklist(steps));
    let next = |desk: &RunDriver, step: &str| assess(desk, step).next;
    assert_eq!(next(&desk, "base"), NextAction::OpenShell);
    assert_eq!(next(&desk, "stated"), NextAction::NeedsFirst("base".into()));
    desk.tell(Command::OpenShell).unwrap();
    assert_eq!(next(&desk, "base"), NextAction::Wait);
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    assert_eq!(next(&desk, "base"), NextAction::GiveInput);
    desk.give("contoso.com");
    assert_eq!(next(&desk, "base"), NextAction::Check);
    desk.check("base", false);
    assert_eq!(next(&desk, "base"), NextAction::Apply(Changes::Tenant));
    desk.tell(Command::Check("base".into())).unwrap();
    assert_eq!((next(&desk, "base"), next(&desk, "module")), (NextAction::Wait, NextAction::Wait));
    desk.end(&[true]);
    assert_eq!(next(&desk, "base"), NextAction::Onward);
    assert_eq!(next(&desk, "stated"), NextAction::Attest);
    desk.check("module", true);
    desk.attest("stated");
    assert_eq!(next(&desk, "stated"), NextAction::Gate);
    assert_eq!(desk.run.next_action(desk.now), None);
}

#[test]
fn nothing_of_an_earlier_apply_is_said_while_another_command_of_the_step_runs() {
    let mut desk = RunDriver::new(checklist(vec![with_remedies(measured("base", &[], FRESH))]));
    desk.apply("base");
    desk.end_with(denied());
    desk.end(&[false]);
    desk.apply("base");
    let running = assess(&desk, "base");
    assert_eq!(running.reason, Some(StatusReason::Running(Purpose::Apply)));
    assert!(running.found.is_none() && running.applied.is_none());
    assert_eq!((remedies(&running), messages(&running)), (Vec::new(), Vec::new()));
}

#[test]
fn a_session_whose_apply_went_with_its_shell_is_applied_when_it_is_had_back() {
    let module = of_the_session(for_the_session(measured("module", &[], FRESH)));
    let mut desk = RunDriver::new(checklist(vec![module]));
    desk.check("module", false);
    desk.apply("module");
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.tell(Command::Reconnect).unwrap();
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    desk.end(&[false]);
    assert_eq!(desk.run.running().map(|running| running.purpose), Some(Purpose::Apply));
    desk.end(&[]);
    desk.end(&[false]);
    assert!(desk.running().is_none(), "not twice");
}

#[test]
fn a_session_that_was_green_and_is_not_any_more_is_lost_and_not_to_do() {
    let module = of_the_session(for_the_session(measured("module", &[], FRESH)));
    let mut desk = RunDriver::new(checklist(vec![module]));
    desk.check("module", true);
    desk.check("module", false);
    assert_eq!(desk.status("module"), StepStatus::Red);
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.open_shell();
    desk.check("module", false);
    assert_eq!(desk.status("module"), StepStatus::ToDo, "in another session it was never there");
}

/// A session, what is imported from it, and what is asked through that.
fn signed_in() -> RunDriver {
    let step = |id, needs: &[&str]| of_the_session(for_the_session(measured(id, needs, LONG)));
    let mut desk = RunDriver::new(checklist(vec![
        step("session", &[]),
        step("import", &["session"]),
        measured("tenant", &["import"], LONG),
    ]));
    for step in ["session", "import"] {
        desk.apply(step);
        desk.end(&[]);
        desk.end(&[true]);
    }
    desk.check("tenant", true);
    desk
}

#[test]
fn what_was_imported_from_an_earlier_session_is_to_be_imported_again_whatever_it_still_answers() {
    let mut desk = signed_in();
    desk.apply("session");
    desk.end(&[]);
    desk.end(&[true]);
    assert_eq!(desk.status("import"), StepStatus::ToDo, "it still answers for the other one");
    desk.check("import", true);
    let import = assess(&desk, "import");
    let because = AgainCause::NeedApplied { step: "session".into() };
    assert_eq!(
        (&import.status, import.reason),
        (&StepStatus::ToDo, Some(StatusReason::ToApplyAgain(&because)))
    );
    assert_eq!(import.next, NextAction::Apply(Changes::Session));
    assert!(import.found.is_none(), "what the old one answers is no evidence");
    assert!(desk.tell(Command::Check("tenant".into())).is_err(), "nothing is asked through it");
    desk.apply("import");
    desk.end(&[]);
    desk.end(&[true]);
    assert!(desk.is_green("import") && !desk.is_green("tenant"));
    desk.check("tenant", true);
    assert!(desk.is_open());
}

#[test]
fn a_sign_in_that_fails_is_not_followed_by_a_green_of_the_session_before() {
    let mut desk = signed_in();
    desk.apply("session");
    desk.end_with(denied());
    desk.end(&[true]);
    let session = assess(&desk, "session");
    assert_eq!(
        (&session.status, session.reason),
        (&StepStatus::ToDo, Some(StatusReason::ToApplyAgain(&AgainCause::Failed)))
    );
    assert_eq!(messages(&session), [(Purpose::Apply, "no")], "why is said");
    desk.check("session", true);
    assert_eq!(desk.status("session"), StepStatus::ToDo, "no check makes it the new one");
    // A new PowerShell has nothing of before.
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.open_shell();
    desk.check("session", true);
    assert!(desk.is_green("session"));
}

#[test]
fn a_first_import_that_grumbles_is_judged_by_its_check() {
    let module = of_the_session(for_the_session(measured("module", &[], LONG)));
    let mut desk = RunDriver::new(checklist(vec![module]));
    desk.check("module", false);
    desk.apply("module");
    desk.end_with(denied());
    desk.end(&[true]);
    assert!(desk.is_green("module"), "nothing was there before");
}

#[test]
fn an_advisory_step_that_stays_as_it_is_does_not_stand_in_the_way() {
    let steps = vec![
        advisory(measured("ports", &[], LONG)),
        advisory(attested(measured("stated", &[], LONG))),
        measured("pool", &[], LONG),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    let next = |desk: &RunDriver| desk.run.next_action(desk.now).map(|(step, _)| step.to_string());
    assert_eq!(next(&desk).as_deref(), Some("ports"), "it is looked at in its turn");
    desk.check("ports", false);
    assert_eq!(next(&desk).as_deref(), Some("pool"));
    desk.check("pool", true);
    assert_eq!(next(&desk).as_deref(), Some("ports"), "nothing else is left");
    desk.check("ports", true);
    assert_eq!(next(&desk).as_deref(), Some("stated"));
}
