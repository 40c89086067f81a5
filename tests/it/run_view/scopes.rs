//! Subjects of several scopes: each is found, confirmed and changed by itself.

use greenlight::facade::checklist::{Changes, Check, Expectation, Rows, Step, Subject, Test};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{AbandonCause, ApplyGivenUp, Confirmed, FoundSubject, Refusal};

use super::*;
use crate::harness::steps::{STATEMENT, advisory, found_names, naming, until, when_domain, when_name};

const LONG: Duration = Duration::from_secs(6000);

/// A step whose check finds what changes of that scope are made to; any row is enough for it.
fn finds(id: &str, scope: Changes) -> Step {
    let mut step = check_only(measured(id, &[], LONG));
    step.subject = Some(Subject { scope, name: "Name".to_owned(), id: None });
    if let StepKind::Measured { check: Check { expect, .. }, .. } = &mut step.kind {
        *expect = vec![Expectation { property: None, test: Test::Present, rows: Rows::All }];
    }
    step
}

fn changes(id: &str, scope: Changes, needs: &[&str]) -> Step {
    let mut step = measured(id, needs, LONG);
    if let StepKind::Measured { apply: Some(apply), .. } = &mut step.kind {
        apply.changes = scope;
    }
    step
}

/// The nearest first, as nobody would write it.
fn two_scopes() -> RunDriver {
    RunDriver::new(checklist(vec![
        finds("server", Changes::Computer),
        finds("pool", Changes::Forest),
        finds("tenant", Changes::Tenant),
        changes("publish", Changes::Forest, &[]),
        changes("share", Changes::Tenant, &[]),
    ]))
}

fn ends_with(desk: &mut RunDriver, name: &str) {
    let properties = vec![("Name".to_owned(), Value::text(name))];
    let row = Value::Object(Object { properties, ..Object::default() });
    desk.end_with(Outcome { rows: vec![row], ..completed(&[]) });
}

fn find(desk: &mut RunDriver, step: &str, name: &str) {
    desk.tell(Command::Check(step.into())).unwrap();
    ends_with(desk, name);
}

fn all_found() -> RunDriver {
    let mut desk = two_scopes();
    for (step, name) in [("server", "fe01"), ("pool", "contoso.com"), ("tenant", "Contoso")] {
        find(&mut desk, step, name);
    }
    desk
}

fn named(name: &str) -> Confirmed {
    Confirmed::Named { typed: name.to_owned(), id: name.to_owned() }
}

fn apply(desk: &mut RunDriver, step: &str, confirmed: Confirmed) -> Result<(), Refusal> {
    desk.tell(Command::Apply { step: step.into(), confirmed })
}

fn found(scope: Changes, name: &str) -> FoundSubject {
    FoundSubject { scope, name: name.to_owned(), id: name.to_owned() }
}

#[test]
fn the_farthest_stands_first_whatever_the_order_of_the_file() {
    let desk = all_found();
    let subjects = desk.run.subjects(desk.now);
    let shown: Vec<(&str, &str, bool)> = subjects
        .iter()
        .map(|known| (known.step.as_str(), known.found.map_or("", |found| &found.name), known.is_sure))
        .collect();
    assert_eq!(shown, [("tenant", "Contoso", true), ("pool", "contoso.com", true), ("server", "fe01", true)]);
}

#[test]
fn a_change_is_confirmed_by_the_subject_of_its_own_scope_which_alone_is_looked_at_before() {
    let mut desk = all_found();
    for (step, finder, own, other) in
        [("publish", "pool", "contoso.com", "Contoso"), ("share", "tenant", "Contoso", "contoso.com")]
    {
        desk.check(step, false);
        let scope = if step == "publish" { Changes::Forest } else { Changes::Tenant };
        let changed = Err(Refusal::SubjectChanged(found(scope, own)));
        assert_eq!(apply(&mut desk, step, named(other)), changed);
        apply(&mut desk, step, named(own)).unwrap();
        assert_eq!(desk.running().unwrap().1, finder);
        ends_with(&mut desk, own);
        assert_eq!(desk.running().unwrap().1, step);
        desk.end(&[]);
        desk.end(&[true]);
        assert!(desk.is_green(step));
    }
}

#[test]
fn another_subject_ends_what_is_done_to_its_own_scope_alone() {
    let mut desk = all_found();
    desk.check("publish", true);
    desk.check("share", true);
    find(&mut desk, "pool", "CONTOSO.COM");
    find(&mut desk, "tenant", "contoso");
    assert!(desk.is_green("publish") && desk.is_green("share"), "they are the same");
    find(&mut desk, "pool", "fabrikam.com");
    let changed = StaleCause::SubjectChanged { scope: Changes::Forest };
    assert_eq!(desk.status("publish"), StepStatus::Stale(changed));
    assert!(desk.is_green("share") && desk.is_green("tenant") && desk.is_green("pool"));
}

#[test]
fn a_step_that_does_not_apply_says_nothing_of_its_subject() {
    let steps = vec![
        when_domain(finds("tenant", Changes::Tenant), "contoso.com"),
        changes("share", Changes::Tenant, &[]),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("share", false);
    let step = StepId::from("tenant");
    let unknown = Err(Refusal::SubjectUnknown { scope: Changes::Tenant, step });
    assert_eq!(apply(&mut desk, "share", Confirmed::Yes), unknown, "nobody has looked yet");
    desk.give("fabrikam.com");
    assert_eq!((desk.run.subjects(desk.now), desk.run.handoff_subject(desk.now)), (Vec::new(), None));
    desk.check("share", false);
    assert_eq!(apply(&mut desk, "share", Confirmed::NotAsked), Err(Refusal::Unconfirmed));
    apply(&mut desk, "share", Confirmed::Yes).unwrap();
    assert_eq!(desk.running().unwrap().1, "share");
}

#[test]
fn a_handoff_is_given_up_by_another_subject_of_any_scope_and_not_by_the_same() {
    for (step, name, given_up) in [("pool", "fabrikam.com", true), ("pool", "Contoso.COM", false)] {
        let mut desk = all_found();
        desk.check("publish", true);
        desk.check("share", true);
        desk.tell(Command::BeginHandoff).unwrap();
        let mut looked_at = Vec::new();
        while let Some((_, running)) = desk.running() {
            let name = match running.as_str() {
                "server" => "fe01",
                "tenant" => "Contoso",
                own if own == step => name,
                _ => "true",
            };
            looked_at.push(running);
            if name == "true" { desk.end(&[true]) } else { ends_with(&mut desk, name) }
        }
        if given_up {
            let subject = found(Changes::Forest, name);
            assert_eq!(desk.run.abandoned(), Some(&AbandonCause::SubjectChanged { subject }));
            assert_eq!(looked_at, ["server", "pool"]);
            continue;
        }
        let of = ["server", "pool", "tenant"];
        assert_eq!(looked_at, [of.as_slice(), &of, &["publish", "share"], &of].concat());
        let confirm = |desk: &mut RunDriver, typed: &str| {
            desk.tell(Command::ConfirmHandoff { typed: typed.to_owned(), by: who("ada") })
        };
        let expected = "Contoso".to_owned();
        assert_eq!(confirm(&mut desk, "contoso.com"), Err(Refusal::Confirmation { expected }));
        confirm(&mut desk, "contoso").unwrap();
    }
}

#[test]
fn a_handoff_is_given_up_at_once_where_nobody_can_say_whose_it_is() {
    let mut desk = all_found();
    desk.check("publish", true);
    desk.check("share", true);
    desk.tell(Command::BeginHandoff).unwrap();
    ends_with(&mut desk, "fe01");
    // It would be looked at once more at the end, and may be clear then.
    desk.end_with(failing());
    assert_eq!((desk.running(), desk.run.abandoned()), (None, Some(&AbandonCause::NotGreen)));
}

/// What cannot be asked again is not said without a doubt, and is nobody's handoff.
#[test]
fn a_subject_that_cannot_be_looked_at_now_is_in_doubt_and_refuses_changes_and_the_handoff() {
    let mut tenant = advisory(finds("tenant", Changes::Tenant));
    tenant.needs = vec!["reach".into()];
    let reach = advisory(check_only(measured("reach", &[], LONG)));
    let mut desk = RunDriver::new(checklist(vec![reach, tenant, changes("share", Changes::Tenant, &[])]));
    desk.check("reach", true);
    find(&mut desk, "tenant", "Contoso");
    desk.check("share", true);
    assert!(desk.run.subjects(desk.now).iter().all(|known| known.is_sure) && desk.is_open());
    desk.tell(Command::Check("reach".into())).unwrap();
    assert!(desk.run.subjects(desk.now).iter().all(|known| known.is_sure), "what it needs is only looked at");
    // Of what is not found out nothing ends, but nothing can be asked behind it either.
    desk.end_with(failing());
    assert!(desk.is_open(), "it is advice");
    assert!(desk.run.subjects(desk.now).iter().all(|known| !known.is_sure));
    let unknown = Err(Refusal::SubjectUnknown { scope: Changes::Tenant, step: "tenant".into() });
    assert_eq!(desk.tell(Command::BeginHandoff), unknown);
    desk.check("share", false);
    assert_eq!(apply(&mut desk, "share", named("Contoso")), unknown);
}

#[test]
fn a_name_that_was_typed_confirms_nothing_once_nothing_is_said_of_it() {
    let steps = vec![
        when_domain(finds("tenant", Changes::Tenant), "contoso.com"),
        changes("share", Changes::Tenant, &[]),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    find(&mut desk, "tenant", "Contoso");
    desk.check("share", false);
    desk.give("fabrikam.com");
    desk.check("share", false);
    assert_eq!(apply(&mut desk, "share", named("Contoso")), Err(Refusal::Unconfirmed));
    assert_eq!(desk.running(), None);
    assert_eq!(desk.run.found_subjects(), Vec::new(), "and no record names it");
}

/// What said that nobody has to say whose it is may be too old by the time that the apply would run.
#[test]
fn an_apply_is_given_up_where_its_subject_may_apply_before_it() {
    let source = naming(check_only(measured("source", &[], Duration::from_secs(60))));
    let mut tenant = when_name(finds("tenant", Changes::Tenant), "source", "contoso.com");
    tenant.needs = vec!["source".into()];
    let mut desk = RunDriver::new(checklist(vec![source, tenant, changes("share", Changes::Tenant, &[])]));
    desk.tell(Command::Check("source".into())).unwrap();
    desk.end_with(found_names(&["fabrikam.com"]));
    apply(&mut desk, "share", Confirmed::Yes).unwrap();
    assert_eq!(desk.running().unwrap().1, "share", "its check comes before it");
    desk.pass(61);
    desk.end(&[false]);
    let why = ApplyGivenUp::SubjectUnknown { scope: Changes::Tenant };
    assert_eq!((desk.running(), desk.run.apply_given_up()), (None, Some(&("share".into(), why))));
}

#[test]
fn an_apply_that_needs_nothing_is_given_up_too_where_nobody_can_say_whose_it_is_at_last() {
    let mut desk = all_found();
    desk.check("share", false);
    apply(&mut desk, "share", named("Contoso")).unwrap();
    desk.end_with(failing());
    let why = ApplyGivenUp::SubjectUnknown { scope: Changes::Tenant };
    assert_eq!((desk.running(), desk.run.apply_given_up()), (None, Some(&("share".into(), why))));
}

#[test]
fn a_statement_that_was_shown_of_one_subject_is_not_made_of_another() {
    let steps = vec![finds("tenant", Changes::Tenant), attested(measured("stated", &["tenant"], LONG))];
    let mut desk = RunDriver::new(checklist(steps));
    find(&mut desk, "tenant", "Contoso");
    let seen = desk.run.found_subjects();
    find(&mut desk, "tenant", "Fabrikam");
    let state = |seen: Vec<FoundSubject>| Command::Attest {
        step: "stated".into(),
        statement: STATEMENT.to_owned(),
        name: "Ada".to_owned(),
        note: String::new(),
        by: who("ada"),
        seen,
    };
    let changed = Err(Refusal::SubjectChanged(found(Changes::Tenant, "Fabrikam")));
    assert_eq!(desk.tell(state(seen)), changed);
    assert!(!desk.is_green("stated"));
    assert_eq!(desk.tell(state(vec![found(Changes::Tenant, "FABRIKAM")])), Ok(()));
    assert!(desk.is_green("stated"));
}

#[test]
fn a_handoff_is_confirmed_only_while_each_subject_is_known() {
    let steps = vec![
        advisory(finds("pool", Changes::Forest)),
        finds("tenant", Changes::Tenant),
        changes("publish", Changes::Forest, &[]),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    find(&mut desk, "pool", "contoso.com");
    find(&mut desk, "tenant", "Contoso");
    desk.check("publish", true);
    desk.tell(Command::BeginHandoff).unwrap();
    let mut pools = 0;
    while let Some((_, running)) = desk.running() {
        match running.as_str() {
            "tenant" => ends_with(&mut desk, "Contoso"),
            "pool" => {
                pools += 1;
                if pools == 1 { ends_with(&mut desk, "contoso.com") } else { desk.end_with(failing()) }
            }
            _ => desk.end(&[true]),
        }
    }
    let confirmed = desk.tell(Command::ConfirmHandoff { typed: "Contoso".to_owned(), by: who("ada") });
    assert!(confirmed.is_err(), "nobody knows which forest it is");
}

/// What was found wrong with one tenant is not said of another, and what was applied to it is not waited for there.
#[test]
fn what_was_wrong_or_awaited_of_one_subject_is_neither_of_another() {
    let steps = vec![
        finds("tenant", Changes::Tenant),
        until(changes("share", Changes::Tenant, &["tenant"])),
        check_only(measured("domains", &["tenant"], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    find(&mut desk, "tenant", "Contoso");
    desk.check("domains", false);
    desk.check("share", false);
    apply(&mut desk, "share", named("Contoso")).unwrap();
    ends_with(&mut desk, "Contoso");
    desk.end(&[]);
    desk.end(&[false]);
    assert!(desk.run.has_waits());
    find(&mut desk, "tenant", "Fabrikam");
    assert!(!desk.run.has_waits());
    let changed = StaleCause::SubjectChanged { scope: Changes::Tenant };
    assert_eq!(desk.status("domains"), StepStatus::Stale(changed));
}
