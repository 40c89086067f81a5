//! Checks that run one after another: which of how many, and how long they take yet.

use greenlight::facade::run::{Batch, Command, OutcomeEnd};

use super::desk;
use crate::harness::decided::Outcome;
use crate::harness::run_driver::{RunDriver, completed};

fn check_all(desk: &mut RunDriver) {
    desk.tell(Command::CheckAll(vec!["base".into(), "upper".into()])).unwrap();
}

/// Ends the check that runs, which is said to have taken so long.
fn took(desk: &mut RunDriver, elapsed_ms: u64) {
    desk.end_with(Outcome { elapsed_ms, ..completed(&[true]) });
}

#[test]
fn of_checks_that_were_measured_before_it_is_said_how_long_they_take_yet() {
    let mut desk = desk();
    check_all(&mut desk);
    let batch = |desk: &RunDriver| desk.run.batch(desk.now);
    assert_eq!(batch(&desk), Some(Batch { at: 1, of: 2, left_ms: None }), "nothing was measured yet");
    took(&mut desk, 30_000);
    assert_eq!(batch(&desk), Some(Batch { at: 2, of: 2, left_ms: None }));
    took(&mut desk, 50_000);
    assert_eq!(batch(&desk), None, "nothing runs");

    check_all(&mut desk);
    assert_eq!(batch(&desk), Some(Batch { at: 1, of: 2, left_ms: Some(80_000) }));
    desk.pass(10);
    assert_eq!(batch(&desk).unwrap().left_ms, Some(70_000));
    desk.pass(60);
    assert_eq!(batch(&desk).unwrap().left_ms, Some(50_000), "it takes longer than it took");
    took(&mut desk, 70_000);
    assert_eq!(batch(&desk), Some(Batch { at: 2, of: 2, left_ms: Some(50_000) }));
    took(&mut desk, 50_000);

    // One that is checked alone is none, nor is the last of those before.
    for step in ["base", "upper"] {
        desk.tell(Command::Check(step.into())).unwrap();
        assert_eq!(batch(&desk), None, "{step}");
        took(&mut desk, 1_000);
    }
}

#[test]
fn a_check_that_was_cut_off_measures_nothing() {
    let mut desk = desk();
    desk.check("base", true);
    desk.check("upper", true);
    desk.tell(Command::Check("upper".into())).unwrap();
    desk.tell(Command::Stop).unwrap();
    desk.end_with(Outcome { end: OutcomeEnd::Stopped, elapsed_ms: 100, ..completed(&[]) });
    check_all(&mut desk);
    assert_eq!(desk.run.batch(desk.now).unwrap().left_ms, None);
}

#[test]
fn the_handoff_counts_what_it_checks_again() {
    let mut desk = desk();
    desk.check("base", true);
    desk.check("upper", true);
    desk.attest("stated");
    desk.tell(Command::BeginHandoff).unwrap();
    let batch = desk.run.batch(desk.now).unwrap();
    assert_eq!((batch.at, batch.of), (1, 2));
    assert!(batch.left_ms.is_some());
    desk.end(&[true]);
    assert_eq!(desk.run.batch(desk.now).unwrap().at, 2);
}
