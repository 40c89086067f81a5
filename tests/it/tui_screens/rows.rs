//! The table of all rows by which a step is not green.

use std::time::Duration;

use greenlight::facade::checklist::{Changes, Expectation, Operand, Rows, StepKind, Test, Weight};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{About, Command, Mode, OutcomeEnd};
use greenlight::facade::tui::{Layer, Screen, Ui};

use super::fixture::{Bench, drawn, object, press, type_in};
use super::text_of;
use crate::harness::steps::{self, measured};

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 20), (120, 40)];

/// Two steps whose checks name their rows.
fn checklist() -> greenlight::facade::checklist::Checklist {
    let of = |id: &str, title: &str| {
        let mut step = measured(id, &[], Duration::from_secs(600));
        step.title = steps::text(title);
        if let StepKind::Measured { check, apply } = &mut step.kind {
            let property =
                |name: &str, test| Expectation { property: Some(name.into()), test, rows: Rows::All };
            check.key = Some("ReplicaFqdn".into());
            check.expect = vec![
                property("UpToDate", Test::Is(Operand::Bool(true))),
                property("ProductVersion", Test::VersionAtLeast(Operand::Text("5.0.8308.0".into()))),
            ];
            apply.as_mut().unwrap().changes = Changes::Forest;
        }
        step
    };
    let mut other = of("other", "Another of the same kind");
    other.weight = Weight::Advisory;
    steps::checklist(vec![of("replica", "Every server has the configuration"), other])
}

pub fn row(name: &str, up: bool, version: &str) -> Value {
    object(&[
        ("ReplicaFqdn", Value::text(name)),
        ("UpToDate", Value::Bool(up)),
        ("ProductVersion", Value::text(version)),
    ])
}

/// So many servers, of which each third is as it should be.
fn rows(servers: usize) -> Vec<Value> {
    let of = |number: usize| {
        let name = format!("fe{number:04}.pool{:02}.contoso.com", number % 7);
        row(&name, number.is_multiple_of(3), if number % 5 == 1 { "5.0.8290.0" } else { "5.0.8308.0" })
    };
    (1..=servers).map(of).collect()
}

pub fn checked(mode: Mode, rows: Vec<Value>) -> Bench {
    let mut bench = Bench::of(checklist(), mode);
    bench.command(Command::OpenShell);
    bench.command(Command::ShellOpened(About::default()));
    bench.command(Command::Check("replica".into()));
    bench.end_rows(OutcomeEnd::Completed, rows, Vec::new());
    bench
}

pub fn servers(count: usize, mode: Mode) -> Bench {
    checked(mode, rows(count))
}

/// The steps' screen, with the step with rows selected, as `Ui` keeps it after a frame.
fn ui(bench: &Bench, size: (u16, u16)) -> Ui {
    let mut ui = bench.ui(size.0, size.1);
    drawn(bench, &mut ui, size.0, size.1);
    ui
}

/// The screen after keys that each saw the frame before it.
fn screen(bench: &Bench, ui: &mut Ui, size: (u16, u16), keys: &str) -> String {
    let mut seen = String::new();
    for name in keys.split(' ') {
        assert!(press(ui, bench, name).is_empty());
        seen = text_of(&drawn(bench, ui, size.0, size.1));
    }
    seen
}

#[test]
fn every_row_that_fails_can_be_come_to() {
    let bench = servers(300, Mode::Live);
    for size in SIZES {
        let mut ui = ui(&bench, size);
        let mut seen = std::collections::BTreeSet::new();
        let mut page = screen(&bench, &mut ui, size, "t");
        for _ in 0..40 {
            seen.extend(page.lines().filter_map(|line| Some(line.split_once("fe0")?.1.get(..3)?.to_owned())));
            page = screen(&bench, &mut ui, size, "pgdn");
        }
        let fails = |number: &usize| !number.is_multiple_of(3) || number % 5 == 1;
        assert_eq!(seen, (1..=300).filter(fails).map(|number| format!("{number:03}")).collect());
        let end = screen(&bench, &mut ui, size, "home end");
        assert!(end.contains("fe0299") && !end.contains("fe0001"), "{end}");
        assert_eq!(screen(&bench, &mut ui, size, "up down"), end);
        assert!(screen(&bench, &mut ui, size, "home").contains("fe0001"));
    }
}

#[test]
fn a_filter_finds_words_in_any_column_and_escape_takes_it_away_before_it_leaves() {
    let bench = servers(300, Mode::Live);
    let mut ui = ui(&bench, (80, 24));
    screen(&bench, &mut ui, (80, 24), "t /");
    type_in(&mut ui, &bench, "FE0299.P");
    let one = screen(&bench, &mut ui, (80, 24), "enter");
    assert!(one.contains("1 to 1 of 1") && one.contains("1 of 260 have “FE0299.P”"), "{one}");
    // What it should be and what it is are searched as well.
    for (words, count) in [("8290", 60), ("is true", 200), ("productv", 60), ("nowhere", 0)] {
        screen(&bench, &mut ui, (80, 24), "esc /");
        type_in(&mut ui, &bench, words);
        let some = screen(&bench, &mut ui, (80, 24), "enter");
        assert!(some.contains(&format!("{count} of 260 have “{words}”")), "{some}");
    }
    let all = screen(&bench, &mut ui, (80, 24), "esc");
    assert!(all.contains("of 260") && !all.contains("have “"), "{all}");
    screen(&bench, &mut ui, (80, 24), "esc");
    assert!(matches!(ui.screen(), Screen::Steps));
}

#[test]
fn a_row_that_is_wider_than_the_screen_says_so_and_its_end_can_be_seen() {
    let long = format!("{}END", "日本語-".repeat(30));
    let bench = checked(Mode::Live, vec![row("fe01", false, &long), row("fe02", false, "5.0.8308.0")]);
    for size in SIZES {
        let mut ui = ui(&bench, size);
        let begin = screen(&bench, &mut ui, size, "t");
        assert!(begin.contains('►') && !begin.contains('◄') && !begin.contains("END"), "{begin}");
        let end = screen(&bench, &mut ui, size, &["right"; 12].join(" "));
        assert!(end.contains("END") && end.contains('◄') && !end.contains('►'), "{end}");
        assert!(end.contains("fe01 "), "its name stays: {end}");
        let back = screen(&bench, &mut ui, size, &["left"; 12].join(" "));
        assert_eq!(back, begin);
    }
    // A name that takes the screen goes with the rest.
    let name = format!("{}END", "n".repeat(200));
    let bench = checked(Mode::Live, vec![row(&name, false, "5.0.8308.0"), row("fe02", false, "5.0.8308.0")]);
    let mut ui = ui(&bench, (80, 24));
    let begin = screen(&bench, &mut ui, (80, 24), "t");
    assert!(begin.contains('►') && begin.contains("UpToDate"), "{begin}");
    let end = screen(&bench, &mut ui, (80, 24), &["right"; 9].join(" "));
    assert!(end.contains("END") && end.contains("False"), "{end}");
}

#[test]
fn a_name_can_neither_write_to_the_terminal_nor_move_the_table() {
    let hostile = "x\u{1b}[2J\u{202e}\nok\u{7}";
    let bench =
        checked(Mode::Live, vec![row(hostile, false, "5.0.8308.0"), row("日本", false, "5.0.8308.0")]);
    for size in SIZES {
        let mut ui = ui(&bench, size);
        let seen = screen(&bench, &mut ui, size, "t");
        assert!(seen.contains(r"x\u{1b}[2J\u{202e}\nok\u{7}"), "{seen}");
        assert!(!seen.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{seen}");
    }
}

#[test]
fn the_table_stays_while_other_commands_run_and_shows_what_the_next_check_finds() {
    let size = (80, 24);
    let mut bench = servers(300, Mode::Live);
    let mut ui = ui(&bench, size);
    let open = screen(&bench, &mut ui, size, "t end");
    bench.command(Command::Check("other".into()));
    assert_eq!(text_of(&drawn(&bench, &mut ui, 80, 24)), open, "another runs");
    bench.end_rows(OutcomeEnd::Completed, rows(20), Vec::new());
    assert_eq!(text_of(&drawn(&bench, &mut ui, 80, 24)), open, "another has ended");
    bench.command(Command::Check("replica".into()));
    let runs = text_of(&drawn(&bench, &mut ui, 80, 24));
    assert!(runs.contains("running") && runs.contains("No failing row is known now."), "{runs}");
    bench.end_rows(OutcomeEnd::Completed, vec![row("fe09", false, "5.0.8308.0")], Vec::new());
    let new = text_of(&drawn(&bench, &mut ui, 80, 24));
    assert!(new.contains("fe09") && new.contains("1 to 1 of 1"), "{new}");
    // The next step that has some.
    assert!(screen(&bench, &mut ui, size, "tab").contains("Another of the same kind"));
    assert!(screen(&bench, &mut ui, size, "tab").contains("Every server has the configuration"));
    bench.command(Command::Check("replica".into()));
    bench.end_rows(OutcomeEnd::Completed, vec![row("fe09", true, "5.0.8308.0")], Vec::new());
    let green = text_of(&drawn(&bench, &mut ui, 80, 24));
    assert!(green.contains("No failing row is known now.") && !green.contains("fe09"), "{green}");
}

#[test]
fn the_key_is_offered_where_rows_fail_and_in_a_sealed_run_too() {
    let mut bench = servers(300, Mode::Live);
    let mut ui = ui(&bench, (80, 24));
    let seen = text_of(&drawn(&bench, &mut ui, 80, 24));
    assert!(seen.contains("t failing rows"), "{seen}");
    press(&mut ui, &bench, "down");
    let other = text_of(&drawn(&bench, &mut ui, 80, 24));
    assert!(!other.contains("t failing rows"), "{other}");
    assert!(screen(&bench, &mut ui, (80, 24), "t").contains("no failing row is known of this step"));
    // An advisory step does not keep the gate locked.
    let good = || vec![row("fe01", true, "5.0.8308.0")];
    for (step, rows) in [("replica", good()), ("other", rows(9))] {
        bench.command(Command::Check(step.into()));
        bench.end_rows(OutcomeEnd::Completed, rows, Vec::new());
    }
    bench.command(Command::BeginHandoff);
    while let Some(running) = bench.run.running() {
        let rows = if running.step.as_str() == "other" { rows(9) } else { good() };
        bench.end_rows(OutcomeEnd::Completed, rows, Vec::new());
    }
    bench.command(Command::ConfirmHandoff { typed: "GO".into(), by: bench.who.clone() });
    bench.command(Command::HandoffWritten(Ok(Vec::new())));
    drawn(&bench, &mut ui, 80, 24);
    bench.read();
    let sealed = text_of(&drawn(&bench, &mut ui, 80, 24));
    assert!(sealed.contains("t failing rows"), "{sealed}");
    let table = screen(&bench, &mut ui, (80, 24), "t");
    assert!(table.contains("Another of the same kind") && table.contains("fe0001"), "{table}");
    // Back from there the seal is nothing new.
    let back = screen(&bench, &mut ui, (80, 24), "esc");
    assert!(!back.contains("fe0001") && back.contains("q quit"), "{back}");
    // Opened from its steps they are left to the steps, by way of those of another step too.
    screen(&bench, &mut ui, (80, 24), "s down");
    assert_eq!(ui.layers(&bench.view()), [Layer::Looking]);
    let table = screen(&bench, &mut ui, (80, 24), "t tab");
    assert!(table.contains("fe0001"), "{table}");
    let steps = screen(&bench, &mut ui, (80, 24), "esc");
    assert_eq!(ui.layers(&bench.view()), [Layer::Looking], "{steps}");
    assert!(steps.contains("Esc back to the seal"), "{steps}");
    screen(&bench, &mut ui, (80, 24), "esc");
    assert_eq!(ui.layers(&bench.view()), [Layer::Sealed]);
}

#[test]
fn of_a_run_that_is_looked_at_and_is_not_sealed_there_is_no_seal_to_go_back_to() {
    let mut bench = servers(3, Mode::Live);
    bench.looking = Some("looked at".into());
    let mut ui = bench.ui(80, 24);
    let seen = screen(&bench, &mut ui, (80, 24), "tab");
    assert!(seen.contains("g gate") && !seen.contains("seal"), "{seen}");
    screen(&bench, &mut ui, (80, 24), "t esc");
    assert_eq!(ui.layers(&bench.view()), [Layer::Looking]);
}
