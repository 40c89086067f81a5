//! What the work is done to: found, confirmed by name, looked at once more, and another one found.

use greenlight::facade::checklist::{Changes, Check, Expectation, Rows, Step, Subject, Test};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{
    ApplyGivenUp, Confirmed, FoundSubject, OutcomeEnd, Refusal, Stamped, StatusReason, VerdictReason,
};

use super::*;
use crate::harness::steps::{for_the_session, of_the_session};

const LONG: Duration = Duration::from_secs(6000);

/// A step whose check finds the tenant; any row is enough for it.
fn finds_the_tenant(id: &str, needs: &[&str]) -> Step {
    let mut step = measured(id, needs, LONG);
    step.subject = Some(Subject {
        scope: Changes::Tenant,
        name: "DisplayName".to_owned(),
        id: Some("TenantId".to_owned()),
    });
    if let StepKind::Measured { check: Check { expect, .. }, .. } = &mut step.kind {
        *expect = vec![Expectation { property: None, test: Test::Present, rows: Rows::All }];
    }
    step
}

fn tenant_row(name: &str, id: &str) -> Value {
    let property = |key: &str, text: &str| (key.to_owned(), Value::text(text));
    let properties = vec![property("DisplayName", name), property("TenantId", id)];
    Value::Object(Object { properties, ..Object::default() })
}

/// A tenant whose id is an object that has no text but the name of its type, as any other of that type has.
fn of_a_type(name: &str, type_name: &str) -> Value {
    let id =
        Object { type_names: vec![type_name.to_owned()], text: type_name.to_owned(), ..Object::default() };
    let properties =
        vec![("DisplayName".to_owned(), Value::text(name)), ("TenantId".to_owned(), Value::Object(id))];
    Value::Object(Object { properties, ..Object::default() })
}

fn rows(rows: Vec<Value>) -> Outcome {
    Outcome { rows, ..completed(&[]) }
}

fn changes_the_tenant(id: &str, needs: &[&str]) -> Step {
    let mut step = measured(id, needs, LONG);
    if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
        apply.changes = Changes::Tenant;
    }
    step
}

/// A sign-in, the tenant that it is to, what changes it, and what somebody says of it.
fn signed_in() -> RunDriver {
    let session = of_the_session(for_the_session(measured("session", &[], LONG)));
    let import = of_the_session(for_the_session(finds_the_tenant("tenant", &["session"])));
    let share = changes_the_tenant("share", &["tenant"]);
    let stated = attested(measured("stated", &["share"], LONG));
    let mut desk = RunDriver::new(checklist(vec![session, import, share, stated]));
    sign_in(&mut desk, "Contoso", "AAAA");
    desk.check("share", false);
    desk
}

fn sign_in(desk: &mut RunDriver, name: &str, id: &str) {
    desk.apply("session");
    desk.end(&[]);
    desk.end(&[true]);
    desk.tell(Command::Apply { step: "tenant".into(), confirmed: Confirmed::NotAsked }).unwrap();
    desk.end(&[]);
    desk.end_with(rows(vec![tenant_row(name, id)]));
    assert!(desk.is_green("tenant"));
}

fn named(typed: &str, id: &str) -> Confirmed {
    Confirmed::Named { typed: typed.to_owned(), id: id.to_owned() }
}

fn share(desk: &mut RunDriver, confirmed: Confirmed) -> Result<(), Refusal> {
    desk.tell(Command::Apply { step: "share".into(), confirmed })
}

fn running(desk: &RunDriver) -> (String, Purpose) {
    let running = desk.run.running().expect("something runs");
    (running.step.to_string(), running.purpose)
}

fn contoso() -> FoundSubject {
    FoundSubject { scope: Changes::Tenant, name: "Contoso".to_owned(), id: "AAAA".to_owned() }
}

#[test]
fn a_change_is_confirmed_by_the_name_of_what_it_changes_as_it_was_found() {
    let mut desk = signed_in();
    let refused = Err(Refusal::Confirmation { expected: "Contoso".to_owned() });
    assert_eq!(share(&mut desk, Confirmed::Yes), Err(Refusal::Unconfirmed));
    assert_eq!(share(&mut desk, Confirmed::NotAsked), Err(Refusal::Unconfirmed));
    assert_eq!(share(&mut desk, named("APPLY", "AAAA")), refused);
    assert_eq!(share(&mut desk, named("", "AAAA")), refused);
    assert!(desk.running().is_none());
    share(&mut desk, named("  contoso ", "AAAA")).unwrap();
    // Whose it is, is looked at once more, at once before.
    assert_eq!(running(&desk), ("tenant".to_owned(), Purpose::Check));
    desk.end_with(rows(vec![tenant_row("Contoso", "aaaa")]));
    assert_eq!(running(&desk), ("share".to_owned(), Purpose::Apply));
    let before = desk.run.running().and_then(|running| running.before);
    let found = desk.run.state(&"share".into()).and_then(|state| state.found.clone());
    assert_eq!(before, found.map(|found| found.attempt), "what was found of it is its before");
    desk.end(&[]);
    desk.end(&[true]);
    assert!(desk.is_green("share"));
    assert_eq!(share(&mut desk, named("Contoso", "AAAA")), Err(Refusal::Holds), "there is nothing to change");
}

#[test]
fn a_name_is_the_same_however_its_accents_are_composed() {
    let mut desk = signed_in();
    sign_in(&mut desk, "Caf\u{e9} N", "BBBB");
    desk.check("share", false);
    share(&mut desk, named("cafe\u{301} n", "BBBB")).unwrap();
    assert_eq!(running(&desk), ("tenant".to_owned(), Purpose::Check));
}

#[test]
fn a_name_that_nobody_can_type_is_asked_for_by_its_id() {
    let (long, longer) = ("ñ".repeat(60), "ñ".repeat(61));
    for (name, expected) in [("Con\u{202e}toso", "BBBB"), (&longer, "BBBB"), (&long, &long)] {
        let mut desk = signed_in();
        sign_in(&mut desk, name, "BBBB");
        desk.check("share", false);
        let refused = Err(Refusal::Confirmation { expected: expected.to_owned() });
        assert_eq!(share(&mut desk, named("Contoso", "BBBB")), refused);
        share(&mut desk, named(&expected.to_lowercase(), "BBBB")).unwrap();
    }
}

#[test]
fn another_tenant_found_at_the_last_moment_is_not_changed_and_ends_what_was_green_of_the_first() {
    let mut desk = signed_in();
    share(&mut desk, named("Contoso", "AAAA")).unwrap();
    desk.end_with(rows(vec![tenant_row("Fabrikam", "BBBB")]));
    let fabrikam =
        FoundSubject { scope: Changes::Tenant, name: "Fabrikam".to_owned(), id: "BBBB".to_owned() };
    let why = ApplyGivenUp::SubjectChanged { subject: fabrikam.clone() };
    assert_eq!((desk.running(), desk.run.apply_given_up()), (None, Some(&("share".into(), why))));
    let applies = |stamped: &Stamped| matches!(&stamped.event, Event::Started { step, purpose: Purpose::Apply, .. } if step.as_str() == "share");
    assert!(!desk.history.iter().any(applies));
    // A question that was open while it was found is about the other one, whatever its name.
    assert_eq!(share(&mut desk, named("Fabrikam", "AAAA")), Err(Refusal::SubjectChanged(fabrikam)));
}

#[test]
fn a_second_sign_in_ends_every_green_and_statement_that_rests_on_the_first() {
    let mut desk = signed_in();
    share(&mut desk, named("Contoso", "AAAA")).unwrap();
    desk.end_with(rows(vec![tenant_row("Contoso", "AAAA")]));
    desk.end(&[]);
    desk.end(&[true]);
    desk.attest("stated");
    assert!(desk.is_open());
    let found = |desk: &RunDriver| {
        desk.run.subject_of(Changes::Tenant, desk.now).and_then(|known| known.found.cloned())
    };
    assert_eq!(found(&desk), Some(contoso()));
    // The session is another one before its commands are.
    desk.apply("session");
    desk.end(&[]);
    desk.end(&[true]);
    let known = desk.run.subject_of(Changes::Tenant, desk.now).unwrap();
    assert!(!known.is_sure, "nobody knows whose it is now");
    assert_eq!(desk.status("tenant"), StepStatus::ToDo);
    let step = "tenant".into();
    assert_eq!(
        share(&mut desk, named("Contoso", "AAAA")),
        Err(Refusal::SubjectUnknown { scope: Changes::Tenant, step })
    );
    desk.tell(Command::Apply { step: "tenant".into(), confirmed: Confirmed::NotAsked }).unwrap();
    desk.end(&[]);
    desk.end_with(rows(vec![tenant_row("Contoso", "BBBB")]));
    assert!(desk.is_green("tenant") && !desk.is_open(), "a name is not enough");
    for step in ["share", "stated"] {
        assert!(matches!(desk.status(step), StepStatus::Stale(_)), "{step}");
    }
    // Back in the first one nothing of it is green again by itself.
    sign_in(&mut desk, "Contoso", "AAAA");
    assert!(!desk.is_green("share") && !desk.is_green("stated"));
}

#[test]
fn what_names_no_tenant_or_several_is_undetermined_and_changes_are_refused() {
    let mut desk = signed_in();
    let several = vec![tenant_row("Contoso", "AAAA"), tenant_row("Fabrikam", "BBBB")];
    let nameless = vec![tenant_row("Contoso", "AAAA"), tenant_row("Contoso", " ")];
    let unclear = |names: &[&str]| VerdictReason::SubjectUnclear {
        scope: Changes::Tenant,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    let of = [
        (several, unclear(&["Contoso", "Fabrikam"])),
        (nameless, unclear(&["Contoso"])),
        (vec![tenant_row("Contoso", "")], unclear(&[])),
        (vec![of_a_type("Contoso", "System.Timers.Timer")], unclear(&[])),
        (Vec::new(), VerdictReason::NoRows),
    ];
    for (given, why) in of {
        desk.tell(Command::Check("tenant".into())).unwrap();
        desk.end_with(rows(given));
        assert_eq!(desk.status("tenant"), StepStatus::Undetermined);
        let assessment = desk.run.assess(&"tenant".into(), desk.now).unwrap();
        assert_eq!(assessment.reason, Some(StatusReason::Verdict(&why)));
        assert!(matches!(share(&mut desk, named("Contoso", "AAAA")), Err(Refusal::SubjectUnknown { .. })));
    }
    let last = desk.run.subject_of(Changes::Tenant, desk.now).unwrap();
    assert_eq!((last.found, last.is_sure), (Some(&contoso()), false), "which it was is still known");
}

#[test]
fn rows_of_one_tenant_name_one_and_of_many_the_first_five_are_named() {
    let mut desk = signed_in();
    let check = |desk: &mut RunDriver, given: Vec<Value>| {
        desk.tell(Command::Check("tenant".into())).unwrap();
        desk.end_with(rows(given));
    };
    check(&mut desk, vec![tenant_row("Contoso", "AAAA"), tenant_row("Contoso", "aaaa")]);
    assert!(desk.is_green("tenant"));
    let names: Vec<String> = (1..=6).map(|number| format!("Tenant {number}")).collect();
    check(&mut desk, names.iter().map(|name| tenant_row(name, name)).collect());
    let why = VerdictReason::SubjectUnclear { scope: Changes::Tenant, names: names[..5].to_vec() };
    let assessment = desk.run.assess(&"tenant".into(), desk.now).unwrap();
    assert_eq!(assessment.reason, Some(StatusReason::Verdict(&why)));
}

#[test]
fn what_was_found_counts_whatever_the_verdict() {
    let mut desk = signed_in();
    desk.tell(Command::Check("tenant".into())).unwrap();
    let error = Failure { message: "half of it".to_owned(), ..Failure::default() };
    desk.end_with(Outcome { failures: vec![error], ..rows(vec![tenant_row("Fabrikam", "BBBB")]) });
    assert_eq!(desk.status("tenant"), StepStatus::Undetermined);
    let found = desk.run.subject_of(Changes::Tenant, desk.now).unwrap();
    assert_eq!((found.found.map(|found| found.name.as_str()), found.is_sure), (Some("Fabrikam"), true));
}

#[test]
fn an_apply_follows_a_check_of_its_session_and_nothing_is_changed_that_holds() {
    let mut desk = RunDriver::new(checklist(vec![measured("base", &[], LONG)]));
    let apply =
        |desk: &mut RunDriver| desk.tell(Command::Apply { step: "base".into(), confirmed: Confirmed::Yes });
    apply(&mut desk).unwrap();
    assert_eq!(running(&desk), ("base".to_owned(), Purpose::Check));
    desk.end(&[true]);
    assert_eq!(
        (desk.running(), desk.run.apply_given_up()),
        (None, Some(&("base".into(), ApplyGivenUp::Holds)))
    );
    // What was found in an earlier session is looked at again.
    desk.check("base", false);
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.open_shell();
    apply(&mut desk).unwrap();
    assert_eq!(running(&desk), ("base".to_owned(), Purpose::Check));
    desk.end(&[false]);
    assert_eq!(running(&desk), ("base".to_owned(), Purpose::Apply));
    desk.end_with(Outcome { end: OutcomeEnd::Threw, ..failing() });
    desk.end(&[false]);
    // What was found after the last apply is enough.
    apply(&mut desk).unwrap();
    assert_eq!(running(&desk), ("base".to_owned(), Purpose::Apply));
}

#[test]
fn a_check_before_an_apply_that_is_stopped_leads_to_nothing() {
    let mut desk = RunDriver::new(checklist(vec![measured("base", &[], LONG)]));
    desk.tell(Command::Apply { step: "base".into(), confirmed: Confirmed::Yes }).unwrap();
    desk.tell(Command::Stop).unwrap();
    desk.end(&[false]);
    assert!(desk.running().is_none());
    assert!(
        !desk
            .history
            .iter()
            .any(|stamped| matches!(stamped.event, Event::Started { purpose: Purpose::Apply, .. }))
    );
}

#[test]
fn a_handoff_looks_at_the_tenant_first_and_last_and_is_confirmed_by_its_name() {
    let mut desk = signed_in();
    share(&mut desk, named("Contoso", "AAAA")).unwrap();
    desk.end_with(rows(vec![tenant_row("Contoso", "AAAA")]));
    desk.end(&[]);
    desk.end(&[true]);
    desk.attest("stated");
    desk.tell(Command::BeginHandoff).unwrap();
    let begun = |stamped: &Stamped| match &stamped.event {
        Event::HandoffBegun { steps } => Some(steps.clone()),
        _ => None,
    };
    let steps = desk.history.iter().find_map(begun).expect("it is begun");
    let steps: Vec<&str> = steps.iter().map(StepId::as_str).collect();
    assert_eq!(steps, ["tenant", "session", "tenant", "share", "tenant"]);
    for step in &steps {
        match *step {
            "tenant" => desk.end_with(rows(vec![tenant_row("Contoso", "AAAA")])),
            _ => desk.end(&[true]),
        }
    }
    let confirm = |desk: &mut RunDriver, typed: &str| {
        desk.tell(Command::ConfirmHandoff { typed: typed.to_owned(), by: who("ada") })
    };
    assert_eq!(confirm(&mut desk, "START"), Err(Refusal::Confirmation { expected: "Contoso".to_owned() }));
    confirm(&mut desk, "CONTOSO").unwrap();
    desk.tell(Command::HandoffWritten(Ok(Vec::new()))).unwrap();
    let Some(Event::Sealed { subjects, .. }) = desk.history.last().map(|last| &last.event) else {
        panic!("it is sealed")
    };
    assert_eq!(*subjects, [contoso()]);
}

#[test]
fn the_end_of_a_session_and_who_goes_on_say_what_the_work_is_done_to() {
    let mut desk = signed_in();
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.reopen();
    let said = desk.history.iter().filter_map(|stamped| match &stamped.event {
        Event::ShellEnded { subjects, .. } | Event::Resumed { subjects, .. } => Some(subjects.clone()),
        _ => None,
    });
    assert_eq!(said.collect::<Vec<_>>(), [[contoso()], [contoso()]]);
}
