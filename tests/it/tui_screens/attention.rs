//! What whoever looked away is told: when something asks, ends, or turns red, and not while somebody is there.

use greenlight::facade::checklist::StepKind;
use greenlight::facade::run::{Command, Mode, OutcomeEnd, Prompt};
use greenlight::facade::shell::Progress;
use greenlight::facade::tui::{Attention, Channel, Signal, Taskbar};

use super::fixture::{Bench, drawn, press, type_in};

const LONG_MS: u64 = 10_000;

/// What is told, but for the title.
fn told(attention: &mut Attention, bench: &Bench) -> Vec<Signal> {
    let mut signals = attention.update(&bench.view());
    signals.retain(|signal| !matches!(signal, Signal::Title(_)));
    signals
}

fn title(attention: &mut Attention, bench: &Bench) -> String {
    let signals = attention.update(&bench.view());
    let mut titles = signals.into_iter().filter_map(|signal| match signal {
        Signal::Title(title) => Some(title),
        Signal::Bell | Signal::Taskbar(_) | Signal::Notification(_) | Signal::Copy(_) => None,
    });
    titles.next().expect("the title is another")
}

/// A check runs since somebody pressed a key so long ago.
fn checking(since: u64) -> (Bench, Attention) {
    let mut bench = Bench::begun(Mode::Live);
    bench.until_session();
    let mut attention = Attention::default();
    attention.update(&bench.view());
    attention.key(&bench.view());
    bench.command(Command::Check("shared-sip-address-space".into()));
    assert_eq!(told(&mut attention, &bench), [Signal::Taskbar(Taskbar::Working(None))]);
    bench.pass(since);
    (bench, attention)
}

#[test]
fn a_red_is_told_to_whoever_looked_away_until_a_key_is_pressed() {
    let (mut bench, mut attention) = checking(LONG_MS);
    bench.end(OutcomeEnd::Completed, &Bench::shared(false), Vec::new());
    let words = "The tenant shares its SIP address space: red".to_owned();
    assert_eq!(
        told(&mut attention, &bench),
        [Signal::Bell, Signal::Notification(words), Signal::Taskbar(Taskbar::Red)]
    );
    assert_eq!(told(&mut attention, &bench), [], "once");
    attention.key(&bench.view());
    assert_eq!(told(&mut attention, &bench), [Signal::Taskbar(Taskbar::Clear)]);
}

#[test]
fn who_is_there_is_not_called() {
    // The end itself takes 1.2 s.
    let (mut bench, mut attention) = checking(LONG_MS - 1_201);
    bench.end(OutcomeEnd::Completed, &Bench::shared(false), Vec::new());
    assert_eq!(told(&mut attention, &bench), [Signal::Taskbar(Taskbar::Clear)]);
}

#[test]
fn a_question_and_an_end_are_told() {
    let (mut bench, mut attention) = checking(LONG_MS);
    bench.ask(Prompt::Line);
    let asks = Signal::Notification("The tenant shares its SIP address space: PowerShell asks".into());
    assert_eq!(told(&mut attention, &bench), [Signal::Bell, asks, Signal::Taskbar(Taskbar::Asks)]);
    assert_eq!(told(&mut attention, &bench), [], "once");
    let (mut bench, mut attention) = checking(LONG_MS);
    bench.end(OutcomeEnd::Completed, &Bench::shared(true), Vec::new());
    let ended = Signal::Notification("The tenant shares its SIP address space: green".into());
    assert_eq!(told(&mut attention, &bench), [Signal::Bell, ended, Signal::Taskbar(Taskbar::Clear)]);
}

#[test]
fn the_taskbar_shows_how_far_the_whole_is() {
    let (mut bench, mut attention) = checking(0);
    let whole = Progress { percent: Some(60), ..Progress::default() };
    let part = Progress { activity_id: 2, parent_id: Some(0), percent: Some(10), ..Progress::default() };
    bench.live.progress(part, bench.now);
    bench.live.progress(whole, bench.now);
    assert_eq!(told(&mut attention, &bench), [Signal::Taskbar(Taskbar::Working(Some(60)))]);
}

#[test]
fn the_title_says_how_the_run_stands() {
    let mut bench = Bench::begun(Mode::Live);
    let mut attention = Attention::default();
    assert_eq!(title(&mut attention, &bench), "0/5 · gate locked · greenlight");
    bench.until_session();
    bench.command(Command::Check("shared-sip-address-space".into()));
    assert_eq!(title(&mut attention, &bench), "4/5 · running · greenlight");
    bench.ask(Prompt::Line);
    assert_eq!(title(&mut attention, &bench), "4/5 · asks · greenlight");
    bench.end(OutcomeEnd::Completed, &Bench::shared(false), Vec::new());
    assert_eq!(title(&mut attention, &bench), "4/5 · red · greenlight");
    bench.check("shared-sip-address-space", &Bench::shared(true));
    assert_eq!(title(&mut attention, &bench), "5/5 · gate open · greenlight");
    let rehearsed = Bench::begun(Mode::Rehearsal("default".into()));
    assert_eq!(
        title(&mut Attention::default(), &rehearsed),
        "0/5 · gate locked · greenlight (rehearsal “default”)"
    );
}

#[test]
fn what_has_the_focus_is_copied_where_the_terminal_takes_it_and_else_it_is_said_what_does() {
    let mut bench = Bench::begun(Mode::Live);
    bench.until_session();
    let mut ui = bench.ui(120, 40);
    press(&mut ui, &bench, "y");
    assert!(drawn(&bench, &mut ui, 120, 40).to_string().contains("no clipboard for programs; W writes"));
    assert_eq!(ui.take_copied(), None);
    bench.channels = vec![Channel::Clipboard];
    let mut ui = bench.ui(120, 40);
    let step = bench.run.checklist().step(&"shared-sip-address-space".into()).unwrap().clone();
    let StepKind::Measured { check, apply: Some(apply) } = &step.kind else { panic!("{step:?}") };
    let all = [&check.command, &apply.command, step.docs.first().unwrap(), &check.command];
    for (place, text) in all.into_iter().enumerate() {
        press(&mut ui, &bench, "y");
        assert_eq!(ui.take_copied().as_ref(), Some(text));
        assert_eq!(ui.take_copied(), None, "once");
        let seen = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(
            seen.contains(&format!("copied {} of 3: ", place % 3 + 1)) && !seen.contains("Not now"),
            "{seen}"
        );
    }
    press(&mut ui, &bench, "z z");
    assert!(!drawn(&bench, &mut ui, 120, 40).to_string().contains("copied"), "the next key");
    // The line that was found.
    bench.command(Command::Check(step.id.clone()));
    bench.say(greenlight::facade::shell::Stream::Output, "before");
    bench.say(greenlight::facade::shell::Stream::Output, "found it\u{1b}[2J");
    drawn(&bench, &mut ui, 120, 40);
    press(&mut ui, &bench, "tab tab /");
    type_in(&mut ui, &bench, "found");
    press(&mut ui, &bench, "enter");
    drawn(&bench, &mut ui, 120, 40);
    press(&mut ui, &bench, "y");
    assert_eq!(ui.take_copied().as_deref(), Some("found it\u{1b}[2J"));
    let mut bench = Bench::begun(Mode::Live);
    bench.channels = vec![Channel::Clipboard];
    bench.all_green();
    bench.sealed();
    let mut ui = bench.ui(120, 40);
    drawn(&bench, &mut ui, 120, 40);
    press(&mut ui, &bench, "y");
    assert_eq!(ui.take_copied().as_deref(), Some(bench.view().head));
}
