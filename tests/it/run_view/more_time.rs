//! A command that is given its time once more.

use greenlight::facade::run::{Command, Effect, Refusal, StopCause, Timer};

use super::desk;
use crate::harness::decided::decided;

#[test]
fn more_time_is_given_once_and_from_now_on() {
    let mut desk = desk();
    assert_eq!(desk.tell(Command::ExtendTimeout), Err(Refusal::Nothing));
    desk.tell(Command::Check("base".into())).unwrap();
    let attempt = desk.running().unwrap().0;
    let timeout = desk.run.running().unwrap().limit_ms;
    desk.pass(50);
    let given = decided(&desk.run, desk.now, Command::ExtendTimeout);
    let again = |effect: &Effect| matches!(effect, Effect::StartTimer(Timer::Timeout(of), after) if (*of, *after) == (attempt, timeout));
    assert!(given.effects.iter().any(again), "{:?}", given.effects);
    desk.tell(Command::ExtendTimeout).unwrap();
    assert_eq!(desk.run.running().unwrap().limit_ms, 50_000 + timeout);
    assert_eq!(desk.tell(Command::ExtendTimeout), Err(Refusal::Extended));
    // Its time is up all the same, and what is being stopped is given none.
    desk.tell(Command::Fired(Timer::Timeout(attempt))).unwrap();
    assert_eq!(desk.run.running().unwrap().stopping, Some(StopCause::Timeout));
    assert_eq!(desk.tell(Command::ExtendTimeout), Err(Refusal::Nothing));
    // The next command may be given more again.
    desk.end(&[true]);
    desk.tell(Command::Check("base".into())).unwrap();
    assert_eq!(desk.run.running().unwrap().limit_ms, timeout);
    desk.tell(Command::ExtendTimeout).unwrap();
}
