//! The output of a command: whose it is, scrolled, searched and cut.

use super::*;

#[test]
fn esc_stops_a_command_and_declines_a_question() {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    let mut ui = bench.ui(80, 24);
    drawn(&bench, &mut ui, 80, 24);
    assert!(matches!(command(press(&mut ui, &bench, "esc")), Command::Stop));
    bench.ask(Prompt::Line);
    drawn(&bench, &mut ui, 80, 24);
    bench.read();
    // What would be a command elsewhere is typed into the field.
    assert!(press(&mut ui, &bench, "q").is_empty());
    let intents = press(&mut ui, &bench, "esc");
    assert!(matches!(intents.as_slice(), [Intent::Answer(Answer::Declined)]), "{intents:?}");
}

#[test]
fn the_output_says_whose_it_is_and_keeps_an_applys_lines_when_its_own_check_follows() {
    let mut bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(120, 40);
    let mut screen = |bench: &Bench| drawn(bench, &mut ui, 120, 40).to_string();
    assert!(screen(&bench).contains("OUTPUT    this step has run nothing yet"));
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    let printed_nothing = screen(&bench);
    assert!(printed_nothing.contains("OUTPUT    check · 10:14:05"), "{printed_nothing}");
    assert!(printed_nothing.contains("It printed nothing."), "{printed_nothing}");
    bench.apply_confirmed("credential");
    bench.say(Stream::Error, "The password is wrong.");
    bench.end(OutcomeEnd::Threw, &[], Vec::new());
    assert!(screen(&bench).contains("The password is wrong."), "the check has begun");
    bench.say(Stream::Warning, "The check warns.");
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    let both = screen(&bench);
    assert!(both.contains("apply, check · attempt 2 of 2 · 10:14:07"), "{both}");
    let places =
        ["The password is wrong.", "check · 10:14:07", "The check warns."].map(|text| both.find(text));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{both}");
    // The operator's own check begins with an empty pane.
    bench.command(Command::Check(StepId::from("credential")));
    assert!(!screen(&bench).contains("The password is wrong."));
}

#[test]
fn output_stays_where_it_was_scrolled_to() {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    for line in 0..50 {
        bench.say(Stream::Output, &format!("line {line}"));
    }
    let mut ui = bench.ui(80, 24);
    assert!(drawn(&bench, &mut ui, 80, 24).to_string().contains("line 49"));
    press(&mut ui, &bench, "pgup");
    let before = drawn(&bench, &mut ui, 80, 24).to_string();
    assert!(!before.contains("line 49"));
    let number = |screen: &str| {
        let row = screen.lines().find(|row| row.contains("line ")).unwrap().to_owned();
        row.split("line ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
    };
    let first = number(&before);
    bench.say(Stream::Output, "line 50");
    assert_eq!(number(&drawn(&bench, &mut ui, 80, 24).to_string()), first);
    press(&mut ui, &bench, "f");
    assert_eq!(ui.output_view().follow(), Follow::End);
    assert!(drawn(&bench, &mut ui, 80, 24).to_string().contains("line 50"));
}

#[test]
fn the_output_is_searched_filtered_cut_and_read_from_end_to_end() {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    for line in 0..2_050 {
        let stream = if line % 1_000 == 60 { Stream::Error } else { Stream::Output };
        bench.say(stream, &format!("line {line} of Pool{}", line / 100));
    }
    bench.say(Stream::Output, &"long ".repeat(100));
    let mut ui = bench.ui(120, 40);
    let see = |ui: &mut Ui| drawn(&bench, ui, 120, 40).to_string();
    see(&mut ui);
    // From end to end; at the start stands where the rest is.
    press(&mut ui, &bench, "home");
    let start = see(&mut ui);
    assert!(start.contains("line 51 of Pool0") && start.contains("51 older lines are in"), "{start}");
    assert!(start.contains("2026-11-23-lync-online-to-lync-2013"), "{start}");
    press(&mut ui, &bench, "end");
    assert!(see(&mut ui).contains("line 2049 "));
    // Searched, without regard to case; what is no letter of a command elsewhere is typed.
    press(&mut ui, &bench, "home");
    see(&mut ui);
    press(&mut ui, &bench, "/");
    type_in(&mut ui, &bench, "60 of pool");
    assert!(see(&mut ui).contains("> [60 of pool"));
    press(&mut ui, &bench, "enter");
    let first = see(&mut ui);
    assert!(first.contains("found 1 of 20") && first.contains("> ✗ line 60 of Pool0"), "{first}");
    press(&mut ui, &bench, "n n");
    assert!(see(&mut ui).contains("found 3 of 20"));
    press(&mut ui, &bench, "N N N");
    let last = see(&mut ui);
    assert!(last.contains("found 20 of 20") && last.contains("line 1960 of Pool19"), "{last}");
    press(&mut ui, &bench, "/");
    type_in(&mut ui, &bench, "nowhere");
    press(&mut ui, &bench, "enter");
    assert!(ui.notice().is_some_and(|why| why.contains("“nowhere”")), "{:?}", ui.notice());
    // Cut instead of wrapped.
    press(&mut ui, &bench, "f");
    assert!(see(&mut ui).matches("long long").count() > 40);
    press(&mut ui, &bench, "w");
    let cut = see(&mut ui);
    assert!(cut.matches("long long").count() < 10 && cut.contains('►'), "{cut}");
    // One stream, then the next, then all.
    press(&mut ui, &bench, "s");
    let errors = see(&mut ui);
    assert!(errors.contains("only error") && errors.contains("line 1060 "), "{errors}");
    assert!(errors.contains("line 60 ") && !errors.contains("line 1061 "), "{errors}");
    press(&mut ui, &bench, "tab tab k");
    assert!(see(&mut ui).contains("line 60 "));
    press(&mut ui, &bench, "s s");
    let all = see(&mut ui);
    assert!(!all.contains("only error") && !all.contains("only output"), "{all}");
}

#[test]
fn control_characters_of_others_never_reach_the_terminal() {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    bench.say(Stream::Output, "\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m\u{202e}evil");
    let mut ui = bench.ui(120, 40);
    let backend = drawn(&bench, &mut ui, 120, 40);
    let cells = &backend.buffer().content;
    assert!(cells.iter().all(|cell| !cell.symbol().chars().any(|c| c.is_control() || c == '\u{202e}')));
    assert!(backend.to_string().contains(r"\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m\u{202e}evil"));
}

#[test]
fn a_long_silence_says_that_a_program_may_wait_in_vain() {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    let mut ui = bench.ui(80, 24);
    for (lang, words) in [(Lang::En, "no keyboard."), (Lang::Es, "ni teclado."), (Lang::Fr, "ni clavier.")] {
        bench.text = Text::new(lang);
        let says = |bench: &Bench, ui: &mut Ui| drawn(bench, ui, 80, 24).to_string().contains(words);
        bench.say(Stream::Output, "at work");
        bench.pass(9_900);
        assert!(!says(&bench, &mut ui));
        bench.pass(100);
        assert!(says(&bench, &mut ui), "{lang:?}: {}", drawn(&bench, &mut ui, 80, 24));
        bench.say(Stream::Output, "done");
        assert!(!says(&bench, &mut ui));
    }
    // A question of PowerShell's own is shown, and waits for the operator.
    bench.pass(60_000);
    bench.ask(Prompt::Line);
    assert!(!drawn(&bench, &mut ui, 80, 24).to_string().contains("ni clavier."));
}
