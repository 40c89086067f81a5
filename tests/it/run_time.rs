//! How long a green counts: by the monotonic clock within a process, by the wall clock across, and never longer because
//! a clock was set back.

use std::time::Duration;

use greenlight::facade::checklist::{Sha, Span};
use greenlight::facade::run::{
    Command, Effect, Event, Expiry, FileDigest, ShellGone, StaleCause, StepStatus, Timer, Unvouched,
};

use crate::harness::decided::decided;
use crate::harness::run_driver::RunDriver;
use crate::harness::steps::{attested, checklist, measured, of_the_session};

const LIMIT: u64 = 600;
const FRESH: Duration = Duration::from_secs(LIMIT);

/// A desk where `checked` was found green and `stated` was stated just now.
fn desk() -> RunDriver {
    let steps = vec![measured("checked", &[], FRESH), attested(measured("stated", &[], FRESH))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("checked", true);
    desk.attest("stated");
    assert!(desk.is_open());
    desk
}

fn expired() -> StepStatus {
    StepStatus::Stale(StaleCause::Expired { limit: Span(FRESH) })
}

fn set_back() -> StepStatus {
    StepStatus::Stale(StaleCause::ClockSetBack)
}

fn stands(desk: &RunDriver, standing: &StepStatus) {
    assert_eq!((&desk.status("checked"), &desk.status("stated")), (standing, standing));
}

#[test]
fn a_green_counts_until_its_limit_and_not_a_millisecond_longer() {
    let mut desk = desk();
    desk.pass(LIMIT - 1);
    desk.now.mono += 999;
    stands(&desk, &StepStatus::Green);
    desk.now.mono += 1;
    stands(&desk, &expired());
    assert!(!desk.is_open());
}

#[test]
fn the_age_is_that_of_the_start_of_the_check() {
    let mut desk = desk();
    desk.tell(Command::Check("checked".into())).unwrap();
    desk.pass(LIMIT - 1);
    desk.end(&[true]);
    assert!(desk.is_green("checked"));
    desk.pass(1);
    assert_eq!(desk.status("checked"), expired());
}

#[test]
fn a_check_that_takes_longer_than_its_limit_is_never_green() {
    let mut desk = desk();
    desk.tell(Command::Check("checked".into())).unwrap();
    desk.pass(LIMIT);
    desk.end(&[true]);
    assert_eq!(desk.status("checked"), expired());
}

#[test]
fn within_a_process_the_monotonic_clock_is_enough() {
    let mut desk = desk();
    desk.now.mono += LIMIT * 1000;
    stands(&desk, &expired());
}

#[test]
fn a_computer_that_slept_is_seen_by_its_wall_clock() {
    let mut desk = desk();
    desk.jump(600);
    stands(&desk, &expired());
}

#[test]
fn a_clock_set_back_within_a_process_makes_no_green_fresher() {
    let mut desk = desk();
    desk.jump(-86_400);
    stands(&desk, &StepStatus::Green);
    desk.pass(LIMIT - 1);
    stands(&desk, &StepStatus::Green);
    desk.pass(1);
    stands(&desk, &expired());
}

#[test]
fn a_green_that_was_once_too_old_does_not_come_back_by_any_clock() {
    let mut desk = desk();
    desk.jump(600);
    stands(&desk, &expired());
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    let ended = desk.history.last().unwrap().event.clone();
    let steps = vec!["checked".into(), "stated".into()];
    assert_eq!(ended, Event::Expired { steps, why: Expiry::Age });
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    assert_eq!(desk.history.last().unwrap().event, ended, "it is said once");
    desk.jump(-86_400);
    stands(&desk, &expired());
    desk.give("fabrikam.com");
    stands(&desk, &expired());
    desk.check("checked", true);
    desk.attest("stated");
    stands(&desk, &StepStatus::Green);
}

#[test]
fn what_expired_while_nobody_ran_is_recorded_at_the_resume() {
    let mut desk = desk();
    desk.jump(86_400);
    desk.reopen();
    let ended = &desk.history.last().unwrap().event;
    assert_eq!(*ended, Event::Expired { steps: vec!["stated".into()], why: Expiry::Age });
    desk.jump(-86_400);
    desk.reopen();
    assert_eq!(desk.status("stated"), set_back());
}

#[test]
fn a_clock_set_back_between_two_processes_is_recorded_as_the_end_of_what_was_stated() {
    let mut desk = desk();
    desk.jump(-1);
    desk.reopen();
    let ended = &desk.history.last().unwrap().event;
    assert_eq!(*ended, Event::Expired { steps: vec!["stated".into()], why: Expiry::Clock });
}

#[test]
fn the_run_wakes_when_the_next_green_becomes_too_old_and_not_before() {
    let mut desk = desk();
    let wakes = |desk: &RunDriver| {
        let effects = decided(&desk.run, desk.now, Command::Fired(Timer::Expiry)).effects;
        effects.into_iter().find_map(|effect| match effect {
            Effect::StartTimer(Timer::Expiry, after) => Some(after),
            _ => None,
        })
    };
    desk.pass(100);
    assert_eq!(wakes(&desk), Some((LIMIT - 100) * 1000));
    desk.check("checked", true);
    desk.pass(LIMIT - 100);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    assert_eq!(desk.status("stated"), expired());
    assert_eq!(wakes(&desk), Some(100_000), "for the one that was checked since");
    desk.pass(100);
    desk.tell(Command::Fired(Timer::Expiry)).unwrap();
    assert_eq!(wakes(&desk), None);
}

#[test]
fn nobody_wakes_for_what_ended_with_its_session() {
    let steps =
        vec![of_the_session(measured("checked", &[], FRESH)), attested(measured("stated", &[], FRESH))];
    let mut desk = RunDriver::new(checklist(steps));
    desk.check("checked", true);
    desk.pass(100);
    desk.attest("stated");
    desk.tell(Command::ShellEnded(ShellGone::AsAsked)).unwrap();
    desk.pass(LIMIT - 100);
    let decision = decided(&desk.run, desk.now, Command::Fired(Timer::Expiry));
    assert_eq!(decision.events, []);
    assert!(matches!(decision.effects[..], [Effect::StartTimer(Timer::Expiry, 100_000)]));
    assert_eq!(desk.status("checked"), StepStatus::Stale(StaleCause::SessionEnded));
}

#[test]
fn time_that_the_journal_has_seen_is_not_given_back() {
    let mut desk = desk();
    desk.jump(600);
    stands(&desk, &expired());
    desk.give("fabrikam.com");
    desk.jump(-600);
    stands(&desk, &expired());
}

#[test]
fn a_clock_set_back_between_two_records_takes_nothing_away() {
    let mut desk = desk();
    desk.pass(400);
    desk.give("fabrikam.com");
    desk.jump(-400);
    desk.give("contoso.com");
    desk.pass(199);
    stands(&desk, &StepStatus::Green);
    desk.pass(1);
    stands(&desk, &expired());
}

#[test]
fn a_resume_checks_again_what_was_measured_and_keeps_what_was_stated() {
    let mut desk = desk();
    desk.reopen();
    assert_eq!(desk.status("checked"), StepStatus::Stale(StaleCause::Resumed));
    assert_eq!(desk.status("stated"), StepStatus::Green);
    assert!(!desk.is_open());
    desk.open_shell();
    assert!(!desk.is_open());
    desk.check("checked", true);
    assert!(desk.is_open());
}

#[test]
fn a_resume_tomorrow_starts_over() {
    let mut desk = desk();
    desk.jump(86_400);
    desk.reopen();
    assert_eq!(desk.status("checked"), StepStatus::Stale(StaleCause::Resumed));
    assert_eq!(desk.status("stated"), expired());
}

#[test]
fn across_processes_the_wall_clock_counts_and_both_lives_add_up() {
    let mut desk = desk();
    desk.pass(200);
    desk.jump(200);
    desk.reopen();
    desk.pass(199);
    assert!(desk.is_green("stated"));
    desk.now.mono += 1000;
    assert_eq!(desk.status("stated"), expired());
}

#[test]
fn the_monotonic_clock_of_another_process_says_nothing() {
    let mut desk = desk();
    desk.now.mono += 590_000;
    desk.give("fabrikam.com");
    desk.reopen();
    // 590 of 600 seconds were lived before; the new process begins its own count.
    desk.now.mono += 9_999;
    assert!(desk.is_green("stated"));
    desk.now.mono += 1;
    assert_eq!(desk.status("stated"), expired());
}

#[test]
fn a_clock_set_back_between_two_processes_ends_what_was_stated_for_good() {
    let mut desk = desk();
    desk.jump(-1);
    desk.reopen();
    assert_eq!(desk.status("stated"), set_back());
    // The clock comes to the time of the statement again: that makes it no fresher.
    desk.pass(60);
    assert_eq!(desk.status("stated"), set_back());
    desk.reopen();
    assert_eq!(desk.status("stated"), set_back());
    desk.attest("stated");
    assert!(desk.is_green("stated"));
}

#[test]
fn a_clock_set_back_to_after_the_statement_is_seen_by_a_later_record() {
    let mut desk = desk();
    desk.pass(500);
    desk.give("fabrikam.com");
    desk.jump(-400);
    desk.reopen();
    assert_eq!(desk.status("stated"), set_back());
}

#[test]
fn a_clock_set_back_is_seen_past_a_note_on_the_journal() {
    let torn = FileDigest { file: "torn".to_owned(), sha256: Sha::of(b"torn"), bytes: 4, left_out: None };
    let mut desk = desk();
    desk.jump(-1);
    desk.reopen_after(Unvouched { torn: vec![torn], orphans: Vec::new() });
    assert_eq!(desk.status("stated"), set_back());
}

#[test]
fn a_process_that_opens_the_run_at_the_very_millisecond_is_no_clock_set_back() {
    let mut desk = desk();
    desk.reopen();
    assert!(desk.is_green("stated"));
}

#[test]
fn clocks_at_their_ends_expire_and_do_not_overflow() {
    let mut desk = desk();
    desk.now.wall = i64::MAX;
    desk.now.mono = u64::MAX;
    stands(&desk, &expired());
    desk.give("fabrikam.com");
    desk.now.wall = i64::MIN;
    stands(&desk, &expired());
    desk.reopen();
    assert_eq!(desk.status("stated"), set_back());
}
