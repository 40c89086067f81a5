//! Subjects of several scopes: each is found, confirmed and changed by itself.

use greenlight::facade::checklist::{Changes, Check, Expectation, Rows, Step, Subject, Test};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{AbandonCause, Confirmed, FoundSubject, Refusal};

use super::*;
use crate::harness::steps::when_domain;

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
