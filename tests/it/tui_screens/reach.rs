//! All that a screen has can be come to and read, with keys that it names.

use greenlight::facade::checklist::{Expectation, Lang, Operand, Rows, StepKind, Test};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{About, Command, GoEnd, Mode, OutcomeEnd, Prompt};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{Intent, Ui};

use super::fixture::{Bench, drawn, object, press, type_in};
use super::layout::{STATES, at_step};
use super::{sample, text_of};
use crate::harness::squeezed;

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 20), (120, 40)];

fn screen(bench: &Bench, ui: &mut Ui, size: (u16, u16)) -> String {
    text_of(&drawn(bench, ui, size.0, size.1))
}

/// The sample with so many advisory steps more; nothing of it was looked at.
fn advised(count: usize) -> Bench {
    let mut checklist = sample::checklist();
    let clock = checklist.steps.last().unwrap().clone();
    for number in 0..count {
        let mut step = clock.clone();
        step.id = format!("advice-{number}").as_str().into();
        step.title.en = format!("Advice number {number:02}");
        checklist.steps.push(step);
    }
    Bench::of(checklist, Mode::Live)
}

fn open_but_for(count: usize) -> Bench {
    let mut bench = advised(count);
    bench.open();
    bench.all_green();
    bench
}

#[test]
fn a_sign_for_more_stands_on_no_letter() {
    let mut checklist = sample::checklist();
    let long = "x".repeat(6000);
    checklist.handoff.as_mut().unwrap().say.en.clone_from(&long);
    let StepKind::Attested { statement } = &mut checklist.steps[1].kind else { unreachable!() };
    statement.en = long;
    let filled = |screen: &str| {
        let of_row = |row: &str| row.split(|c| c != 'x').map(str::len).max().unwrap();
        let rows: Vec<usize> = screen.lines().map(of_row).filter(|count| *count > 20).collect();
        assert!(rows.len() > 1 && rows.iter().all(|count| *count == rows[0]), "{rows:?} {screen}");
    };
    for size in SIZES {
        let mut bench = Bench::of(checklist.clone(), Mode::Live);
        bench.open();
        let mut ui = bench.ui(size.0, size.1);
        drawn(&bench, &mut ui, size.0, size.1);
        press(&mut ui, &bench, "j enter");
        filled(&screen(&bench, &mut ui, size));
        bench.all_green();
        bench.sealed();
        let mut ui = bench.ui(size.0, size.1);
        screen(&bench, &mut ui, size);
        bench.read();
        for key in ["down"; 15] {
            press(&mut ui, &bench, key);
            screen(&bench, &mut ui, size);
        }
        filled(&screen(&bench, &mut ui, size));
    }
}

#[test]
fn all_that_the_gate_lists_can_be_read_and_a_key_for_more_is_shown_where_there_is_more() {
    for size in SIZES {
        for bench in [open_but_for(40), { advised(40) }] {
            let mut ui = bench.ui(size.0, size.1);
            screen(&bench, &mut ui, size);
            press(&mut ui, &bench, "g");
            let mut seen = screen(&bench, &mut ui, size);
            let begin = seen.clone();
            let mut last = begin.clone();
            while last.contains("PgDn more") {
                press(&mut ui, &bench, "pgdn");
                last = screen(&bench, &mut ui, size);
                seen.push_str(&last);
                assert!(seen.len() < 200_000, "it comes to an end: {last}");
            }
            assert!(begin.contains("PgDn more") && !last.contains('▼'), "{begin}{last}");
            for number in 0..40 {
                assert!(seen.contains(&format!("Advice number {number:02}")), "{number}: {seen}");
            }
            press(&mut ui, &bench, "up down");
            let back = screen(&bench, &mut ui, size);
            if begin.contains("UNLOCKED") {
                assert_eq!(back, last, "nothing is selected: a row is a row");
            } else {
                assert!(back.contains("PowerShell is 3.0 or later"), "the selection is come back to: {back}");
            }
        }
    }
}

#[test]
fn where_the_gate_is_open_a_step_that_does_not_count_says_so_with_its_key() {
    for size in SIZES {
        let bench = open_but_for(2);
        let mut ui = bench.ui(size.0, size.1);
        screen(&bench, &mut ui, size);
        let page = squeezed(&screen(&bench, &mut ui, size).replace(['"', '│'], " "));
        assert_eq!(ui.selected(), 5, "{page}");
        for said in ["Enter check whether it holds", "go to the gate", "not green: 3"] {
            assert!(page.contains(said), "{said}: {page}");
        }
    }
    let bench = advised(2);
    let mut ui = bench.ui(120, 40);
    press(&mut ui, &bench, "end");
    assert!(!screen(&bench, &mut ui, (120, 40)).contains("go to the gate"));
}

#[test]
fn the_end_of_going_on_says_how_many_steps_are_not_green_that_do_not_count() {
    for lang in Lang::ALL {
        let text = Text::new(lang);
        assert!(text.go_ended(GoEnd::Done, 2).ends_with(" 2"));
        assert!(text.go_ended(GoEnd::Done, 2).starts_with(&text.go_ended(GoEnd::Done, 0)));
        assert_eq!(text.go_ended(GoEnd::Stopped, 2), text.go_ended(GoEnd::Stopped, 0));
    }
}

#[test]
fn a_heading_is_not_parted_from_what_it_is_of() {
    let text = Text::new(Lang::En);
    let headings = [
        text.heading_remedy(),
        text.heading_why(),
        text.heading_check(),
        text.heading_otherwise(),
        text.heading_docs(),
        "Not as expected: ".into(),
    ];
    for (name, step, state) in STATES {
        let bench = state();
        for rows in 20..40 {
            let seen = at_step(&bench, step, (80, rows));
            for row in seen.lines().filter(|row| row.trim_end_matches('"').trim_end().ends_with('▼')) {
                assert!(!headings.iter().any(|heading| row.contains(heading)), "{name} {row}: {seen}");
            }
        }
    }
}

#[test]
fn home_and_end_move_the_page_where_that_has_the_keys() {
    let mut bench = super::red();
    bench.say(greenlight::facade::shell::Stream::Output, "printed");
    for keys in ["tab", "tab z"] {
        let size = (60, 20);
        let mut ui = bench.ui(size.0, size.1);
        screen(&bench, &mut ui, size);
        press(&mut ui, &bench, keys);
        let begin = screen(&bench, &mut ui, size);
        assert!(begin.contains("End end of the page"), "{begin}");
        press(&mut ui, &bench, "end");
        let end = screen(&bench, &mut ui, size);
        assert!(end.contains("2013/") && !end.contains('▼'), "{end}");
        assert!(!end.contains("[OUTPUT]") && !end.contains("End end"), "{end}");
        press(&mut ui, &bench, "home");
        assert_eq!(screen(&bench, &mut ui, size), begin);
        press(&mut ui, &bench, "?");
        let help = screen(&bench, &mut ui, (120, 80));
        assert!(help.contains("to the end of page or output"), "{help}");
    }
}

#[test]
fn every_question_says_of_which_step_it_is() {
    let credential = Prompt::Credential {
        caption: "PowerShell credential request".into(),
        message: "Enter your credentials.".into(),
        user: String::new(),
    };
    for prompt in [credential, Prompt::Line, Prompt::SecureLine] {
        let mut bench = Bench::begun(Mode::Live);
        bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
        bench.apply_confirmed("credential");
        bench.ask(prompt);
        for size in SIZES {
            let mut ui = bench.ui(size.0, size.1);
            let asks = screen(&bench, &mut ui, size);
            assert!(asks.contains("3. A credential of the tenant is at hand asks:"), "{asks}");
        }
    }
    let mut bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    press(&mut ui, &bench, "j enter");
    let states = screen(&bench, &mut ui, (80, 24));
    assert!(states.contains("Your statement: 2. The deployment is validated"), "{states}");
    bench.until_session();
    bench.check("shared-sip-address-space", &Bench::shared(false));
    let mut ui = bench.ui(80, 24);
    press(&mut ui, &bench, "enter");
    let applies = screen(&bench, &mut ui, (80, 24));
    assert!(applies.contains("Apply: 5. The tenant shares"), "{applies}");
}

#[test]
fn a_sealed_run_is_read_to_its_end_before_enter_leaves_it() {
    for size in [(60, 20), (120, 40)] {
        let mut checklist = sample::checklist();
        let say = format!("Run the pilot first. {} Then the rest.", "Read what it would do. ".repeat(20));
        checklist.handoff.as_mut().unwrap().say.en = say;
        let mut bench = Bench::of(checklist, Mode::Live);
        bench.open();
        bench.all_green();
        bench.sealed();
        let mut ui = bench.ui(size.0, size.1);
        screen(&bench, &mut ui, size);
        bench.read();
        let mut pages = 0;
        loop {
            let seen = screen(&bench, &mut ui, size);
            let is_whole = !seen.contains('▼');
            assert_eq!(seen.contains("PgDn more"), !is_whole, "{seen}");
            let left = press(&mut ui, &bench, "enter");
            if is_whole {
                assert!(matches!(left.as_slice(), [Intent::Quit]), "{seen}");
                assert!(seen.contains("server-2013/"), "{seen}");
                break;
            }
            assert!(left.is_empty(), "{seen}");
            pages += 1;
        }
        assert_eq!(pages > 0, size == (60, 20));
    }
}

#[test]
fn an_input_with_choices_shows_how_they_are_chosen_and_an_error_leaves_the_help() {
    let mut checklist = sample::checklist();
    checklist.inputs[2].help.as_mut().unwrap().en = "Which users are prepared. ".repeat(8);
    for size in SIZES {
        let bench = Bench::of(checklist.clone(), Mode::Live);
        let mut ui = bench.briefing(size.0, size.1);
        type_in(&mut ui, &bench, "contoso");
        press(&mut ui, &bench, "enter");
        let wrong = screen(&bench, &mut ui, size);
        assert!(wrong.contains('✗') && wrong.contains("The domain that both sides share."), "{wrong}");
        assert!(!wrong.contains("Right next"), "{wrong}");
        type_in(&mut ui, &bench, ".com");
        press(&mut ui, &bench, "enter enter");
        let choosing = screen(&bench, &mut ui, size);
        for said in ["Wave", "Left and Right choose: pilot, bulk", "Left previous", "Right next"] {
            assert!(choosing.contains(said), "{said}: {choosing}");
        }
        press(&mut ui, &bench, "right right");
        assert!(screen(&bench, &mut ui, size).contains("◄ bulk ►"));
        press(&mut ui, &bench, "left");
        assert!(screen(&bench, &mut ui, size).contains("◄ pilot ►"));
    }
}

#[test]
fn what_was_found_has_room_before_what_was_expected_and_what_is_the_same_in_all_rows() {
    let wide = |versions: [&str; 2]| {
        let mut checklist = sample::checklist();
        let step = &mut checklist.steps[0];
        let StepKind::Measured { check, .. } = &mut step.kind else { unreachable!() };
        check.key = Some("Name".into());
        let versions_expected = (0..7).map(|number| Operand::Text(format!("5.0.8308.{number}")));
        check.expect = vec![Expectation {
            property: Some("TheVersionOfTheProduct".into()),
            test: Test::OneOf(versions_expected.collect()),
            rows: Rows::All,
        }];
        let mut bench = Bench::of(checklist, Mode::Live);
        bench.command(Command::OpenShell);
        bench.command(Command::ShellOpened(About::default()));
        bench.command(Command::Check("powershell-is-fit".into()));
        let row = |(name, version): (&str, &str)| {
            object(&[("Name", Value::text(name)), ("TheVersionOfTheProduct", Value::text(version))])
        };
        let names = ["edge01.contoso.com", "edge02.contoso.com"];
        bench.end_rows(OutcomeEnd::Completed, names.into_iter().zip(versions).map(row).collect(), Vec::new());
        bench
    };
    for versions in [["unknown", "not installed"], ["unknown", "unknown"]] {
        let bench = wide(versions);
        for size in [(60, 20), (80, 24)] {
            let mut ui = bench.ui(size.0, size.1);
            screen(&bench, &mut ui, size);
            press(&mut ui, &bench, "t");
            let table = screen(&bench, &mut ui, size);
            for (name, version) in ["edge01", "edge02"].into_iter().zip(versions) {
                let row = table.lines().find(|row| row.contains(name)).expect(&table);
                assert!(row.contains(version) && row.contains('►'), "{table}");
            }
            let mut seen = table;
            for key in ["right"; 5] {
                press(&mut ui, &bench, key);
                seen.push_str(&screen(&bench, &mut ui, size));
            }
            assert!(seen.contains("TheVersionOfTheProduct") && seen.contains("5.0.8308.6"), "{seen}");
        }
    }
}

#[test]
fn the_confirmation_of_the_handoff_names_the_advisory_steps_that_are_not_green() {
    let mut bench = open_but_for(1);
    bench.command(Command::BeginHandoff);
    while let Some(running) = bench.run.running() {
        let step = running.step.as_str().to_owned();
        if step.starts_with("advice") {
            bench.end(OutcomeEnd::Completed, &[], Vec::new());
        } else {
            bench.end_as_it_holds(&step);
        }
    }
    let mut ui = bench.ui(120, 40);
    let confirm = screen(&bench, &mut ui, (120, 40));
    assert!(confirm.contains("Type START"), "{confirm}");
    assert!(confirm.contains("Advisory, not green, not counted:"), "{confirm}");
    assert!(confirm.contains("Advice number 00: red"), "{confirm}");
    assert!(!confirm.contains("The clock is right"), "{confirm}");
}
