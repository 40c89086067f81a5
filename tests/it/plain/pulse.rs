//! What is told of a command while it runs: each line is news, and a silence is told of.

use greenlight::facade::plain::Pulse;
use greenlight::facade::run::{Command, Mode, Prompt};
use greenlight::facade::shell::Progress;

use crate::tui_screens::fixture::Bench;

fn running() -> (Bench, Pulse) {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check("powershell-is-fit".into()));
    (bench, Pulse::new(30_000))
}

fn told(bench: &Bench, pulse: &mut Pulse) -> Vec<String> {
    pulse.lines(&bench.run, &bench.live, bench.now, bench.text, "KEYS")
}

fn progress(bench: &mut Bench, activity: &str, percent: u8) {
    let progress = Progress { activity: activity.into(), percent: Some(percent), ..Progress::default() };
    bench.live.progress(progress, bench.now);
}

#[test]
fn a_silence_of_so_long_is_told_of_and_then_another_one() {
    let (mut bench, mut pulse) = running();
    assert_eq!(told(&bench, &mut pulse), [""; 0]);
    bench.pass(29_999);
    assert_eq!(told(&bench, &mut pulse), [""; 0]);
    bench.pass(1);
    let first = told(&bench, &mut pulse);
    assert_eq!(first[0], "still running, 0:30 of 2:00 (KEYS)");
    assert!(first[1].contains("waits in vain"), "{first:?}");
    assert_eq!(told(&bench, &mut pulse), [""; 0]);
    bench.pass(30_000);
    assert_eq!(told(&bench, &mut pulse), ["still running, 1:00 of 2:00 (KEYS)"]);
}

#[test]
fn the_time_in_which_a_person_is_asked_is_no_silence() {
    let (mut bench, mut pulse) = running();
    bench.ask(Prompt::Line);
    bench.pass(40_000);
    assert_eq!(told(&bench, &mut pulse), [""; 0]);
}

#[test]
fn an_activity_is_told_of_by_tenths_and_by_name_and_never_in_a_flood() {
    let (mut bench, mut pulse) = running();
    let mut lines = Vec::new();
    for percent in 0..=100 {
        progress(&mut bench, "Copying", percent);
        bench.pass(1_000);
        lines.extend(told(&bench, &mut pulse));
    }
    let tenths = (0..=10).map(|tenth| format!("  progress | {} %, Copying", tenth * 10));
    assert_eq!(lines, tenths.collect::<Vec<_>>());
    progress(&mut bench, "Reading back", 100);
    bench.pass(2_000);
    assert_eq!(told(&bench, &mut pulse), ["  progress | 100 %, Reading back"]);
    // Nor where each record has another name.
    let mut lines = Vec::new();
    for mailbox in 0..1_000 {
        progress(&mut bench, &format!("Mailbox {mailbox}"), 0);
        bench.pass(20);
        lines.extend(told(&bench, &mut pulse));
    }
    assert_eq!(lines.len(), 10, "{lines:?}");
    // What was told was no silence.
    bench.pass(29_000);
    assert!(told(&bench, &mut pulse).iter().all(|line| line.contains("Mailbox")));
}
