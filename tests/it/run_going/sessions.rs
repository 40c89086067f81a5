//! A run that goes on by itself while sessions are looked after, and what else comes first.

use greenlight::facade::run::Wish;

use super::*;

/// Up to a statement, with a session that is just being looked after.
fn looked_after() -> RunDriver {
    let steps =
        vec![kept_alive(session("a", &[]), Duration::from_secs(45)), attested(measured("b", &["a"], LONG))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.pass(45);
    desk.tell(Command::Fired(Timer::KeepAlive)).unwrap();
    assert!(desk.running().is_some());
    desk
}

#[test]
fn who_ends_it_does_not_stop_what_looks_after_a_session() {
    let mut desk = looked_after();
    desk.tell(Command::Stop).unwrap();
    assert_eq!(desk.why(), Some(GoEnd::Stopped));
    desk.end(&[true]);
    assert!(desk.is_green("a"));
    // What waits for that is taken back by a stop.
    let mut desk = looked_after();
    desk.attest("b");
    assert!(matches!(desk.run.held().front(), Some(Wish::Attest { .. })));
    desk.tell(Command::Stop).unwrap();
    assert!(desk.run.held().is_empty() && !desk.goes());
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, ..completed(&[]) });
    assert!(!desk.is_green("b"));
}

/// A session that is looked after, a check that soon is too old, two statements and a check that rests on them.
fn with_a_session() -> RunDriver {
    let steps = vec![
        kept_alive(session("a", &[]), Duration::from_secs(45)),
        check_only(measured("x", &[], Duration::from_secs(60))),
        attested(measured("b", &[], LONG)),
        attested(measured("c", &[], LONG)),
        check_only(measured("d", &["c"], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.end(&[true]);
    desk.is_held("b", HeldBy::Statement);
    desk
}

pub fn last(desk: &RunDriver) -> (String, Trigger) {
    desk.commands().pop().unwrap()
}

#[test]
fn a_session_comes_first_and_one_command_runs_at_a_time() {
    let mut desk = with_a_session();
    desk.attest("b");
    desk.pass(45);
    desk.tell(Command::Fired(Timer::KeepAlive)).unwrap();
    desk.pass(15);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::KeepAlive));
    desk.end(&[true]);
    assert_eq!(last(&desk), ("check x".to_owned(), Trigger::Go));
    // It took so long that the session is due.
    desk.pass(45);
    desk.end(&[true]);
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::KeepAlive));
    desk.end(&[true]);
    desk.is_held("c", HeldBy::Statement);
    // It is due, and nobody has come to that yet.
    desk.pass(45);
    desk.attest("c");
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::KeepAlive));
    desk.end(&[true]);
    desk.end(&[true]);
    assert_eq!(last(&desk), ("check d".to_owned(), Trigger::Go));
    // So it is between two of its own.
    let steps = vec![
        kept_alive(session("a", &[]), Duration::from_secs(45)),
        check_only(measured("b", &[], LONG)),
        check_only(measured("c", &[], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.end(&[true]);
    desk.pass(45);
    desk.end(&[true]);
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::KeepAlive));
}

#[test]
fn what_looks_after_a_session_is_no_reason_to_look_at_what_is_too_old() {
    let mut desk = with_a_session();
    desk.pass(60);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    assert!(desk.held().is_some_and(|(step, _)| step == "x"));
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::KeepAlive));
    desk.end(&[true]);
    assert_eq!((desk.running(), desk.went().len()), (None, 2));
    assert!(desk.held().is_some_and(|(step, _)| step == "x"));
    // Nor is a wait that goes on.
    let steps = vec![
        check_only(measured("x", &[], Duration::from_secs(60))),
        advisory(until(session("y", &[]))),
        attested(measured("b", &[], LONG)),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    for rows in [&[true][..], &[false], &[], &[false]] {
        desk.end(rows);
    }
    desk.is_held("b", HeldBy::Statement);
    desk.pass(600);
    desk.tell(Command::Fired(Timer::Poll)).unwrap();
    assert_eq!(last(&desk), ("check y".to_owned(), Trigger::Poll));
    desk.end(&[false]);
    assert!(desk.held().is_some_and(|(step, _)| step == "x"));
    assert_eq!(desk.running(), None);
}

#[test]
fn it_is_not_held_where_something_else_is_about_to_come() {
    let on = |desk: &RunDriver| assert_eq!(desk.run.going(desk.now), Some(Going::On));
    // A shell that is being started.
    let steps = vec![attested(measured("a", &[], LONG)), advisory(check_only(measured("b", &[], LONG)))];
    let mut desk = RunDriver::empty(checklist(steps));
    desk.go();
    on(&desk);
    desk.tell(Command::ShellOpened(About::default())).unwrap();
    desk.is_held("a", HeldBy::Statement);
    // A check that the operator wants, and all checks, while a session is looked after.
    let steps = vec![
        kept_alive(session("a", &[]), Duration::from_secs(45)),
        check_only(measured("b", &[], LONG)),
        advisory(check_only(measured("c", &[], LONG))),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    for rows in [&[true][..], &[false]] {
        desk.end(rows);
    }
    desk.is_held("b", HeldBy::Status(StepStatus::Red));
    desk.pass(45);
    desk.tell(Command::Fired(Timer::KeepAlive)).unwrap();
    desk.is_held("b", HeldBy::Status(StepStatus::Red));
    desk.tell(Command::CheckAll(vec!["b".into(), "c".into()])).unwrap();
    on(&desk);
    desk.end(&[true]);
    assert_eq!(last(&desk), ("check b".to_owned(), Trigger::Asked));
    // The session is due between two of them.
    desk.pass(45);
    desk.end(&[false]);
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::KeepAlive));
    on(&desk);
}

#[test]
fn to_go_on_is_wanted_while_a_session_is_looked_after() {
    let mut desk = looked_after();
    desk.tell(Command::Stop).unwrap();
    desk.go();
    assert!(!desk.goes());
    desk.end(&[true]);
    desk.is_held("b", HeldBy::Statement);
}

#[test]
fn who_has_a_session_back_has_it_opened_again() {
    let steps = vec![kept_alive(session("a", &[]), LONG), attested(measured("b", &["a"], LONG))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    for rows in [&[false][..], &[], &[true]] {
        desk.end(rows);
    }
    desk.check("a", false);
    assert!(desk.held().is_some_and(|(step, _)| step == "a"), "it was opened by itself once");
    desk.tell(Command::Reconnect).unwrap();
    desk.end(&[false]);
    assert_eq!(last(&desk), ("apply a".to_owned(), Trigger::Reconnect));
    desk.end(&[]);
    desk.end(&[true]);
    desk.is_held("b", HeldBy::Statement);
}

#[test]
fn a_handoff_is_the_end_of_it() {
    let steps = vec![
        kept_alive(session("a", &[]), Duration::from_secs(45)),
        advisory(check_only(measured("b", &[], LONG))),
    ];
    let mut desk = RunDriver::new(checklist(steps));
    desk.go();
    desk.pass(45);
    desk.end(&[true]);
    assert_eq!(last(&desk), ("check a".to_owned(), Trigger::KeepAlive));
    desk.tell(Command::BeginHandoff).unwrap();
    assert!(desk.goes());
    desk.end(&[true]);
    assert!(!desk.goes());
    desk.tell(Command::AbandonHandoff).unwrap();
    desk.end(&[true]);
    assert_eq!(desk.running(), None);
}

#[test]
fn what_is_had_back_is_not_changed_beyond_the_session() {
    let mut desk = RunDriver::new(checklist(vec![of_the_session(measured("a", &[], LONG))]));
    desk.check("a", true);
    desk.tell(Command::Reconnect).unwrap();
    desk.end(&[false]);
    assert_eq!(desk.running(), None);
}
