//! What leads from a step to a command of another: a remedy that names it, or a sign-in that failed.

use greenlight::facade::checklist::explain::CommandPurpose;
use greenlight::facade::checklist::{Act, Changes, Checklist, Go, Remedy, RemedyWhen, Step, StepKind};
use greenlight::facade::run::NextAction;

use super::*;
use crate::harness::run_driver::sign_in;
use crate::harness::steps::{for_the_session, found_names, naming, of_the_session, when_domain, when_name};

const LONG: Duration = Duration::from_secs(6000);

/// A step of the session, with this apply.
fn applying(id: &str, needs: &[&str], command: &str) -> Step {
    let mut step = of_the_session(for_the_session(measured(id, needs, LONG)));
    if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
        command.clone_into(&mut apply.command);
    }
    step
}

/// A credential, the session that it opens, what is imported from that, and a change of the tenant.
fn signing_in() -> Checklist {
    checklist(vec![
        applying("module", &[], "Import-Module Online"),
        applying("credential", &["module"], "$cred = Get-Credential"),
        applying("session", &["credential"], "$session = New-Session -Credential $cred"),
        applying("import", &["session"], "Import-PSSession $session"),
        measured("tenant", &["import"], LONG),
    ])
}

fn leading(when: RemedyWhen, step: &str, act: Act) -> Remedy {
    Remedy { when: vec![when], say: text(step), docs: None, go: Some(Go { step: step.into(), act }) }
}

fn next(desk: &RunDriver, step: &str) -> NextAction {
    desk.run.assess(&step.into(), desk.now).unwrap().next
}

fn failed(desk: &RunDriver, step: &str) -> u32 {
    desk.run.assess(&step.into(), desk.now).unwrap().failed_sign_ins
}

fn other(step: &str, does: CommandPurpose) -> NextAction {
    NextAction::Other { step: step.into(), does }
}

fn apply_of(step: &str) -> NextAction {
    other(step, CommandPurpose::Apply(Changes::Session))
}

const AGAIN: NextAction = NextAction::Apply(Changes::Session);

/// An apply that ends well, after which its check is green.
fn applied(desk: &mut RunDriver, step: &str) {
    desk.apply(step);
    desk.end(&[]);
    desk.end(&[true]);
}

/// An apply that asks for a credential, and gets one or none.
fn asks(desk: &mut RunDriver, step: &str, given: PromptReply) {
    desk.apply(step);
    desk.ask(sign_in());
    desk.tell(Command::Answer(given)).unwrap();
}

fn signs_in(desk: &mut RunDriver) {
    asks(desk, "credential", PromptReply::Answered);
    desk.end(&[]);
    desk.end(&[true]);
}

/// An apply that fails with this error, after which its check is not green.
fn fails(desk: &mut RunDriver, step: &str, error_id: &str) {
    desk.apply(step);
    refused(desk, error_id);
}

fn refused(desk: &mut RunDriver, error_id: &str) {
    let failure = Failure { error_id: error_id.to_owned(), ..Failure::default() };
    desk.end_with(Outcome { end: OutcomeEnd::Threw, failures: vec![failure], ..completed(&[]) });
    desk.end(&[false]);
}

#[test]
fn after_a_failed_sign_in_the_credential_comes_first_and_the_failures_are_counted() {
    let mut desk = RunDriver::new(signing_in());
    applied(&mut desk, "module");
    signs_in(&mut desk);
    for count in 1..=3 {
        desk.check("session", false);
        assert_eq!((next(&desk, "session"), failed(&desk, "session")), (AGAIN, count - 1));
        fails(&mut desk, "session", "LogonFailed");
        assert_eq!((next(&desk, "session"), failed(&desk, "session")), (apply_of("credential"), count));
        assert_eq!((desk.status("credential"), failed(&desk, "credential")), (StepStatus::Green, count));
        // A check makes the credential no better.
        desk.check("credential", true);
        desk.check("session", false);
        assert_eq!((next(&desk, "session"), failed(&desk, "session")), (apply_of("credential"), count));
        signs_in(&mut desk);
        assert_eq!(next(&desk, "session"), AGAIN);
    }
    // The count outlives the process, and not a good end.
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.open_shell();
    applied(&mut desk, "module");
    signs_in(&mut desk);
    assert_eq!(failed(&desk, "session"), 3);
    applied(&mut desk, "session");
    assert_eq!((failed(&desk, "credential"), failed(&desk, "session")), (0, 0));
    // The sign-in was good: what fails now fails of something else.
    fails(&mut desk, "import", "NoProxies");
    assert_eq!((next(&desk, "import"), failed(&desk, "import")), (AGAIN, 0));
}

#[test]
fn what_is_no_sign_in_is_not_counted_as_one() {
    let mut desk = RunDriver::new(signing_in());
    applied(&mut desk, "module");
    signs_in(&mut desk);
    desk.check("session", false);
    fails(&mut desk, "session", "CommandNotFoundException,Script");
    assert_eq!((next(&desk, "session"), failed(&desk, "session")), (AGAIN, 0), "it was not there");
    // Nobody gave a credential.
    asks(&mut desk, "session", PromptReply::Declined);
    desk.end_with(failing());
    assert_eq!(failed(&desk, "session"), 0);
    // It was stopped, so nobody knows.
    desk.apply("session");
    desk.tell(Command::Stop).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    desk.check("session", false);
    assert_eq!((next(&desk, "session"), failed(&desk, "session")), (AGAIN, 0));
}

/// What another step cures came to no sign-in: nobody is warned of a lockout, nor asked for another password.
#[test]
fn what_a_remedy_knows_to_be_elsewhere_is_no_failed_sign_in() {
    let mut list = signing_in();
    let basic = RemedyWhen { error_id: Some("-2144108321".to_owned()), ..RemedyWhen::default() };
    let session = list.steps.iter_mut().find(|step| step.id.as_str() == "session").unwrap();
    session.remedies.push(leading(basic, "module", Act::Apply));
    let wrong = RemedyWhen { error_id: Some("LogonFailed".to_owned()), ..RemedyWhen::default() };
    session.remedies.push(leading(wrong, "credential", Act::Apply));
    let again = RemedyWhen { error_id: Some("Refused".to_owned()), ..RemedyWhen::default() };
    session.remedies.push(leading(again, "session", Act::Apply));
    // What fits always knows nothing of this failure.
    session
        .remedies
        .push(Remedy { when: Vec::new(), ..leading(RemedyWhen::default(), "module", Act::Check) });
    let mut desk = RunDriver::new(list);
    applied(&mut desk, "module");
    signs_in(&mut desk);
    fails(&mut desk, "session", "-2144108321,PSSessionOpenFailed");
    assert_eq!((next(&desk, "session"), failed(&desk, "session")), (apply_of("module"), 0));
    fails(&mut desk, "session", "LogonFailed");
    assert_eq!(failed(&desk, "session"), 1);
    fails(&mut desk, "session", "Something");
    assert_eq!(failed(&desk, "session"), 2, "nobody knows");
    fails(&mut desk, "session", "Refused");
    assert_eq!(failed(&desk, "session"), 3, "it is to be tried again, and was refused");
}

#[test]
fn what_asks_for_a_credential_and_fails_is_offered_again_since_it_asks_anew() {
    let mut desk = RunDriver::new(checklist(vec![
        applying("connect", &[], "Connect-Online"),
        measured("tenant", &["connect"], LONG),
    ]));
    for count in 1..=2 {
        asks(&mut desk, "connect", PromptReply::Answered);
        refused(&mut desk, "LogonFailed");
        assert_eq!((next(&desk, "connect"), failed(&desk, "connect")), (AGAIN, count));
    }
    asks(&mut desk, "connect", PromptReply::Answered);
    desk.end(&[]);
    desk.end(&[true]);
    assert_eq!(failed(&desk, "connect"), 0);
    // A change that fails after it is no sign-in.
    desk.check("tenant", false);
    fails(&mut desk, "tenant", "Denied");
    assert_eq!((next(&desk, "tenant"), failed(&desk, "tenant")), (NextAction::Apply(Changes::Tenant), 0));
}

#[test]
fn a_session_is_not_had_back_with_a_credential_that_was_refused() {
    let mut desk = RunDriver::new(signing_in());
    applied(&mut desk, "module");
    signs_in(&mut desk);
    desk.check("session", false);
    fails(&mut desk, "session", "LogonFailed");
    desk.tell(Command::Reconnect).unwrap();
    while let Some((_, step)) = desk.running() {
        let purpose = desk.run.running().unwrap().purpose;
        assert!(step != "session" || purpose == Purpose::Check, "it would sign in again");
        desk.end(&[step != "session"]);
    }
    assert_eq!(failed(&desk, "session"), 1);
}

#[test]
fn a_remedy_leads_to_the_command_that_it_names_until_that_was_run() {
    let mut steps = signing_in().steps;
    let on = |id: &str| RemedyWhen { error_id: Some(id.to_owned()), ..RemedyWhen::default() };
    steps[4].remedies = vec![
        Remedy { when: vec![on("Gone")], say: text("wait"), docs: None, go: None },
        leading(on("Gone"), "session", Act::Apply),
        leading(on("Odd"), "module", Act::Check),
        leading(RemedyWhen::default(), "tenant", Act::Check),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    applied(&mut desk, "module");
    signs_in(&mut desk);
    applied(&mut desk, "session");
    applied(&mut desk, "import");
    let found = |desk: &mut RunDriver, error_id: &str| {
        desk.tell(Command::Check("tenant".into())).unwrap();
        let failure = Failure { error_id: error_id.to_owned(), ..Failure::default() };
        desk.end_with(Outcome { failures: vec![failure], ..completed(&[]) });
    };
    found(&mut desk, "Odd");
    assert_eq!(next(&desk, "tenant"), other("module", CommandPurpose::Check));
    assert_eq!(desk.run.next_action(desk.now), Some((&"tenant".into(), next(&desk, "tenant"))));
    desk.check("module", true);
    assert_eq!(next(&desk, "tenant"), NextAction::Check, "that was done; the next remedy leads to its own");
    found(&mut desk, "Gone");
    assert_eq!(next(&desk, "tenant"), apply_of("session"), "the first that leads anywhere");
    // What it names cannot be run while something that it needs is not green.
    desk.check("credential", false);
    assert_eq!(next(&desk, "tenant"), NextAction::NeedsFirst("import".into()));
    desk.check("credential", true);
    for step in ["session", "import"] {
        desk.check(step, true);
    }
    found(&mut desk, "Gone");
    applied(&mut desk, "session");
    applied(&mut desk, "import");
    assert_eq!(next(&desk, "tenant"), NextAction::Check);
}

#[test]
fn a_check_after_the_remedy_of_a_failed_apply_does_not_lead_to_the_remedy_again() {
    let mut list = signing_in();
    let wrong = RemedyWhen { error_id: Some("LogonFailed".to_owned()), ..RemedyWhen::default() };
    list.steps[2].remedies = vec![
        leading(wrong, "credential", Act::Apply),
        Remedy { when: Vec::new(), ..leading(RemedyWhen::default(), "module", Act::Check) },
    ];
    let mut desk = RunDriver::new(list);
    applied(&mut desk, "module");
    signs_in(&mut desk);
    fails(&mut desk, "session", "LogonFailed");
    desk.check("session", false);
    assert_eq!(next(&desk, "session"), apply_of("credential"));
    signs_in(&mut desk);
    assert_eq!(next(&desk, "session"), AGAIN);
    desk.check("session", false);
    assert_eq!(next(&desk, "session"), AGAIN, "the credential is another one by now");
    fails(&mut desk, "session", "LogonFailed");
    assert_eq!(next(&desk, "session"), apply_of("credential"));
}

#[test]
fn a_remedy_does_not_lead_past_a_refused_credential() {
    let mut steps = signing_in().steps;
    steps[2].remedies = vec![leading(RemedyWhen::default(), "session", Act::Apply)];
    let mut desk = RunDriver::new(checklist(steps));
    applied(&mut desk, "module");
    signs_in(&mut desk);
    desk.check("session", false);
    fails(&mut desk, "session", "LogonFailed");
    assert_eq!(next(&desk, "session"), apply_of("credential"));
}

#[test]
fn what_a_remedy_knows_to_be_the_cause_is_done_before_the_same_is_tried_again() {
    let mut steps = signing_in().steps;
    let known = RemedyWhen { error_id: Some("BasicOff".to_owned()), ..RemedyWhen::default() };
    steps[2].remedies = vec![leading(known, "module", Act::Check)];
    let mut desk = RunDriver::new(checklist(steps));
    applied(&mut desk, "module");
    signs_in(&mut desk);
    desk.check("session", false);
    fails(&mut desk, "session", "BasicOff");
    assert_eq!(next(&desk, "session"), other("module", CommandPurpose::Check));
    desk.check("module", true);
    assert_eq!((next(&desk, "session"), failed(&desk, "session")), (AGAIN, 0), "no password was tried");
}

#[test]
fn of_remedies_that_say_the_same_the_one_counts_that_leads_to_a_step_that_applies() {
    let mut steps = signing_in().steps;
    steps[1] = when_domain(steps[1].clone(), "nowhere.example");
    let to = |step: &str| Remedy { say: text("sign in"), ..leading(RemedyWhen::default(), step, Act::Apply) };
    steps[4].remedies = vec![to("credential"), to("session"), to("import")];
    let mut desk = RunDriver::new(checklist(steps));
    for step in ["module", "session", "import"] {
        applied(&mut desk, step);
    }
    desk.check("tenant", false);
    let assessment = desk.run.assess(&"tenant".into(), desk.now).unwrap();
    let leads: Vec<&Go> = assessment.remedies.iter().filter_map(|remedy| remedy.go.as_ref()).collect();
    assert_eq!(leads, [&Go { step: "session".into(), act: Act::Apply }]);
    assert_eq!(assessment.next, apply_of("session"));
}

#[test]
fn a_remedy_leads_to_no_step_of_which_nobody_knows_whether_it_applies() {
    let mut tenant = measured("tenant", &[], LONG);
    tenant.remedies = vec![leading(RemedyWhen::default(), "told", Act::Check)];
    let told = when_name(measured("told", &["source"], LONG), "source", "x");
    let mut desk = RunDriver::new(checklist(vec![naming(measured("source", &[], LONG)), told, tenant]));
    let after = |desk: &mut RunDriver, name: &str| {
        desk.tell(Command::Check("source".into())).unwrap();
        desk.end_with(found_names(&[name]));
        desk.check("tenant", false);
        (next(desk, "tenant"), desk.tell(Command::Check("told".into())))
    };
    let (next, refused) = after(&mut desk, "?");
    assert_eq!(next, NextAction::Apply(Changes::Tenant));
    assert!(matches!(refused, Err(Refusal::NotKnownToApply(_))), "{refused:?}");
    let (next, begun) = after(&mut desk, "x");
    assert_eq!((next, begun), (other("told", CommandPurpose::Check), Ok(())));
}

#[test]
fn a_remedy_leads_to_no_command_that_may_not_be_run() {
    let remedy = |step: &str, act| leading(RemedyWhen::default(), step, act);
    let elsewhere = when_domain(applying("elsewhere", &[], "Import-Module Other"), "fabrikam.com");
    let mut last = measured("last", &[], LONG);
    last.remedies = vec![remedy("elsewhere", Act::Apply), remedy("shared", Act::Apply)];
    let mut desk = RunDriver::new(checklist(vec![elsewhere, measured("shared", &[], LONG), last.clone()]));
    desk.check("last", false);
    let own = NextAction::Apply(Changes::Tenant);
    // It does not apply here; what was not found yet may be changed.
    let share = other("shared", CommandPurpose::Apply(Changes::Tenant));
    assert_eq!(next(&desk, "last"), share);
    desk.check("shared", true);
    desk.check("last", false);
    assert_eq!(next(&desk, "last"), own, "what is green beyond the session is not changed again");
    desk.check("shared", false);
    desk.check("last", false);
    assert_eq!(next(&desk, "last"), share);
    // What it needs is not given.
    last.remedies = vec![remedy("asks", Act::Check)];
    let mut desk = RunDriver::empty(checklist(vec![using_domain(measured("asks", &[], LONG)), last]));
    desk.open_shell();
    desk.check("last", false);
    assert_eq!(next(&desk, "last"), own);
    desk.give("contoso.com");
    assert_eq!(next(&desk, "last"), other("asks", CommandPurpose::Check));
}

#[test]
fn a_remedy_that_leads_to_a_refused_sign_in_leads_to_its_credential_and_one_that_looks_at_it_does_not() {
    for (act, leads) in
        [(Act::Apply, apply_of("credential")), (Act::Check, other("session", CommandPurpose::Check))]
    {
        let mut steps = signing_in().steps;
        steps.push(measured("last", &["module"], LONG));
        steps[5].remedies = vec![leading(RemedyWhen::default(), "session", act)];
        let mut desk = RunDriver::new(checklist(steps));
        applied(&mut desk, "module");
        signs_in(&mut desk);
        desk.check("session", false);
        fails(&mut desk, "session", "LogonFailed");
        desk.check("last", false);
        assert_eq!(next(&desk, "last"), leads);
        // The credential is what it was: nothing has to be done with it before a sign-in.
        assert_eq!(next(&desk, "credential"), NextAction::Onward);
    }
}

#[test]
fn a_sign_in_takes_the_credential_of_its_session_though_it_does_not_name_it() {
    let mut desk = RunDriver::new(checklist(vec![
        applying("credential", &[], "$cred = Get-Credential"),
        measured("settings", &["credential"], LONG),
        applying("connect", &["settings"], "Connect-Stored"),
    ]));
    signs_in(&mut desk);
    // What was not applied on the strength of it, or failed, has not shown that it is good.
    desk.apply("settings");
    desk.end_with(failing());
    desk.end(&[true]);
    desk.check("connect", false);
    fails(&mut desk, "connect", "LogonFailed");
    assert_eq!((next(&desk, "connect"), failed(&desk, "connect")), (apply_of("credential"), 1));
    // Once it has, what fails fails of something else.
    signs_in(&mut desk);
    desk.check("settings", false);
    desk.apply("settings");
    desk.end(&[]);
    desk.end(&[true]);
    desk.check("connect", false);
    fails(&mut desk, "connect", "LogonFailed");
    assert_eq!((next(&desk, "connect"), failed(&desk, "connect")), (AGAIN, 0));
}

#[test]
fn a_sign_in_of_which_nothing_was_found_yet_is_looked_at_before_its_credential_is_given_again() {
    let mut steps = signing_in().steps;
    steps.push(applying("exchange", &["credential"], "Connect-Exchange -Credential $cred"));
    let mut desk = RunDriver::new(checklist(steps));
    applied(&mut desk, "module");
    signs_in(&mut desk);
    desk.check("session", false);
    fails(&mut desk, "session", "LogonFailed");
    assert_eq!(next(&desk, "exchange"), NextAction::Check);
    desk.check("exchange", false);
    assert_eq!(next(&desk, "exchange"), apply_of("credential"));
    assert_eq!((failed(&desk, "exchange"), failed(&desk, "session")), (1, 1));
    // Of what holds without it, it is not told.
    desk.check("exchange", true);
    assert_eq!((failed(&desk, "exchange"), failed(&desk, "credential")), (0, 1));
}
