//! What opens by itself, and what a question leaves behind that goes away by itself: no key is taken before it could be read.

use greenlight::facade::run::{Command, HandoffStage, Mode, OutcomeEnd, Prompt};
use greenlight::facade::shell::Answer;
use greenlight::facade::tui::{Intent, Screen, Ui};

use super::fixture::{Bench, drawn, press, type_in};
use super::subjects::{changing, tenant};

/// At the confirmation of the handoff, which no frame has shown yet.
fn to_be_confirmed() -> (Bench, Ui) {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    let mut ui = bench.ui(80, 24);
    press(&mut ui, &bench, "g");
    bench.command(Command::BeginHandoff);
    drawn(&bench, &mut ui, 80, 24);
    bench.confirming_on();
    (bench, ui)
}

/// Strikes keys before a frame and in the half second after it, of which none may do anything or be shown to do so.
fn struck_blind(bench: &mut Bench, ui: &mut Ui, (columns, rows): (u16, u16), key_that_works: &str) {
    let blind = "S T A R T enter esc r q j space ctrl-c";
    assert!(press(ui, bench, blind).is_empty(), "no frame has shown it");
    for _ in 0..10 {
        let screen = drawn(bench, ui, columns, rows).to_string();
        assert!(!screen.contains(key_that_works), "a key is shown where it works: {screen}");
        assert!(press(ui, bench, blind).is_empty());
        ui.on_paste("pasted", &bench.view());
        bench.pass(50);
    }
    let screen = drawn(bench, ui, columns, rows).to_string();
    assert!(screen.contains(key_that_works) && !screen.contains("pasted"), "{screen}");
    assert!(ui.notice().is_none(), "{:?}", ui.notice());
}

#[test]
fn a_key_struck_blind_neither_confirms_a_handoff_nor_gives_it_up() {
    for size in [(80, 24), (60, 20), (120, 40)] {
        let (mut bench, mut ui) = to_be_confirmed();
        ui.resize(greenlight::facade::tui::TerminalSize { columns: size.0, rows: size.1 });
        struck_blind(&mut bench, &mut ui, size, "Enter confirm");
        assert_eq!(ui.confirmation().typed.text(), "");
        let intents = press(&mut ui, &bench, "esc");
        assert!(matches!(intents.as_slice(), [Intent::Commands(_)]), "{intents:?}");
    }
}

#[test]
fn what_is_typed_on_when_the_confirmation_goes_away_by_itself_is_no_key() {
    let (mut bench, mut ui) = to_be_confirmed();
    drawn(&bench, &mut ui, 80, 24);
    bench.read();
    type_in(&mut ui, &bench, "STA");
    bench.command(Command::AbandonHandoff);
    struck_blind(&mut bench, &mut ui, (80, 24), "? help");
    assert!(matches!(ui.screen(), Screen::Gate(_)));
    // Who gives it up goes on at once.
    let (mut bench, mut ui) = to_be_confirmed();
    drawn(&bench, &mut ui, 80, 24);
    bench.read();
    assert_eq!(press(&mut ui, &bench, "esc").len(), 1);
    bench.command(Command::AbandonHandoff);
    press(&mut ui, &bench, "g");
    assert!(matches!(ui.screen(), Screen::Steps));
}

#[test]
fn what_is_typed_on_when_a_change_is_of_another_tenant_by_now_is_no_key() {
    let (mut bench, mut ui) = changing("Contoso");
    bench.read();
    type_in(&mut ui, &bench, "Con");
    bench.check("online-session", &tenant("Fabrikam", "bbbb-2"));
    for typed in ["t", "o", "s", "o", "enter"] {
        assert!(press(&mut ui, &bench, typed).is_empty(), "{typed}");
        let screen = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(screen.contains("Fabrikam") && ui.notice().is_some(), "{typed}: {screen}");
        assert!(!screen.contains("? help"), "a key is shown where it works: {screen}");
        bench.pass(90);
    }
    bench.read();
    assert_eq!(press(&mut ui, &bench, "A").len(), 1);
}

#[test]
fn a_name_that_was_wrong_is_typed_again_at_once() {
    let (bench, mut ui) = to_be_confirmed();
    let mut bench = bench;
    drawn(&bench, &mut ui, 80, 24);
    bench.read();
    type_in(&mut ui, &bench, "STAR");
    assert_eq!(press(&mut ui, &bench, "enter").len(), 1);
    ui.refuse("no".to_owned());
    drawn(&bench, &mut ui, 80, 24);
    type_in(&mut ui, &bench, "T");
    assert_eq!(ui.confirmation().typed.text(), "START");
    // It is still the one that may go away by itself.
    bench.command(Command::AbandonHandoff);
    assert!(press(&mut ui, &bench, "q").is_empty());
}

#[test]
fn a_second_enter_does_not_leave_before_the_seal_was_seen() {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    let mut ui = bench.ui(80, 24);
    bench.sealed();
    struck_blind(&mut bench, &mut ui, (80, 24), "q quit");
    assert!(matches!(bench.run.handoff(), HandoffStage::Sealed { .. }));
    assert!(matches!(press(&mut ui, &bench, "enter").as_slice(), [Intent::Quit]));
}

#[test]
fn who_looks_at_a_run_has_the_keys_when_its_clock_begins_anew() {
    let mut bench = Bench::begun(Mode::Live);
    bench.looking = Some("somebody has it open".to_owned());
    bench.pass(60_000);
    let mut ui = bench.ui(80, 24);
    drawn(&bench, &mut ui, 80, 24);
    bench.now.mono = 5;
    press(&mut ui, &bench, "g");
    assert!(drawn(&bench, &mut ui, 80, 24).to_string().contains("? help"));
    assert!(matches!(press(&mut ui, &bench, "q").as_slice(), [Intent::Quit]));
}

#[test]
fn a_run_that_stands_still_takes_no_key_before_it_could_be_read() {
    for (key, retries) in [("enter", true), ("r", true), ("q", false)] {
        let mut bench = Bench::begun(Mode::Live);
        let mut ui = bench.ui(80, 24);
        drawn(&bench, &mut ui, 80, 24);
        ui.stands_still(Some("no room".to_owned()));
        struck_blind(&mut bench, &mut ui, (80, 24), "Enter try again");
        let intents = press(&mut ui, &bench, key);
        let does = matches!((intents.as_slice(), retries), ([Intent::Retry], true) | ([Intent::Quit], false));
        assert!(does, "{key}: {intents:?}");
    }
}

#[test]
fn the_rest_of_a_password_is_no_key_where_its_question_has_gone() {
    let asked = || {
        let mut bench = Bench::begun(Mode::Live);
        bench.check(
            "powershell-is-fit",
            &[("PSVersion", greenlight::facade::run::value::Value::Version(vec![5, 1]))],
        );
        bench.apply_confirmed("credential");
        bench.ask(Prompt::SecureLine);
        let mut ui = bench.ui(80, 24);
        type_in(&mut ui, &bench, "pa");
        drawn(&bench, &mut ui, 80, 24);
        (bench, ui)
    };
    let (mut bench, mut ui) = asked();
    bench.end(OutcomeEnd::Stopped, &[], Vec::new());
    struck_blind(&mut bench, &mut ui, (80, 24), "q quit");
    // What the operator opens over a question, and what follows an answer, is theirs.
    let (bench, mut ui) = asked();
    press(&mut ui, &bench, "ctrl-c");
    assert!(matches!(press(&mut ui, &bench, "y").as_slice(), [Intent::Quit]));
    let (mut bench, mut ui) = asked();
    assert!(matches!(press(&mut ui, &bench, "enter").as_slice(), [Intent::Answer(Answer::SecureLine(_))]));
    bench.command(Command::Answer(greenlight::facade::run::PromptReply::Answered));
    press(&mut ui, &bench, "g");
    assert!(matches!(ui.screen(), Screen::Gate(_)));
}
