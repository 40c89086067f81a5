//! What is typed and pasted, and what it never does.

use super::*;

#[test]
fn no_letter_and_no_paste_changes_the_tenant() {
    let mut bench = Bench::begun(Mode::Live);
    bench.until_session();
    bench.check("shared-sip-address-space", &Bench::shared(false));
    for lang in Lang::ALL {
        bench.text = Text::new(lang);
        for typed in ["away", "apply", "yes", "so", "oui"] {
            let mut ui = bench.ui(80, 24);
            type_in(&mut ui, &bench, typed);
            assert!(press(&mut ui, &bench, "enter enter").is_empty(), "{lang}: {typed}");
            press(&mut ui, &bench, "esc");
            ui.on_paste(&format!("a{typed}\n"), &bench.view());
            assert!(press(&mut ui, &bench, "enter").is_empty(), "{lang}: pasted {typed}");
        }
        let mut ui = bench.ui(80, 24);
        press(&mut ui, &bench, "a");
        drawn(&bench, &mut ui, 80, 24);
        type_in(&mut ui, &bench, "nearly");
        press(&mut ui, &bench, "enter");
        let screen = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(screen.contains(&bench.text.confirm_word()), "{screen}");
        assert!(ui.notice().is_some_and(|why| why.contains(&bench.text.confirm_word())));
    }
}

#[test]
fn a_list_of_all_users_is_pasted_whole_and_what_is_too_long_not_at_all() {
    let bench = Bench::new(Mode::Live);
    let mut ui = bench.briefing(120, 40);
    ui.on_paste("contoso.com", &bench.view());
    press(&mut ui, &bench, "tab");
    let users: Vec<String> = (0..3_000).map(|user| format!("user{user}@contoso.com")).collect();
    ui.on_paste(&users.join("\r\n"), &bench.view());
    assert!(drawn(&bench, &mut ui, 120, 40).to_string().contains("user2999@contoso.com"));
    let intents = press(&mut ui, &bench, "enter right enter enter");
    let given = format!("{intents:?}");
    assert!(given.contains(&format!("{:?}", [users.join(", ")])), "{}", &given[..given.len().min(500)]);
    let mut ui = bench.briefing(120, 40);
    press(&mut ui, &bench, "tab");
    ui.on_paste(&"user@contoso.com\n".repeat(10_000), &bench.view());
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.contains("nothing of it was taken") && !screen.contains("user@"), "{screen}");
}

#[test]
fn nothing_happens_behind_a_window_that_is_too_small() {
    let mut bench = Bench::begun(Mode::Live);
    bench.until_session();
    bench.check("shared-sip-address-space", &Bench::shared(false));
    let mut ui = bench.ui(80, 24);
    ui.resize(greenlight::facade::tui::TerminalSize { columns: 40, rows: 10 });
    assert!(press(&mut ui, &bench, "enter y a c A g").is_empty());
}

#[test]
fn a_pasted_list_stays_a_list_and_a_pasted_password_stays_as_it_is() {
    let bench = Bench::new(Mode::Live);
    let mut ui = bench.briefing(120, 40);
    ui.on_paste("contoso\t.com\r\n", &bench.view());
    press(&mut ui, &bench, "tab");
    ui.on_paste("\nana@contoso.com\r\nbob@contoso.com\tada@contoso.com\n", &bench.view());
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.contains("[contoso .com  "), "{screen}");
    assert!(screen.contains("[ana@contoso.com, bob@contoso.com, ada@contoso.com "), "{screen}");

    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.apply_confirmed("credential");
    bench.ask(Prompt::Credential { caption: "c".into(), message: "m".into(), user: "ana".into() });
    let mut ui = bench.ui(120, 40);
    drawn(&bench, &mut ui, 120, 40);
    ui.on_paste(" a\tb \r\n", &bench.view());
    match press(&mut ui, &bench, "enter").remove(0) {
        Intent::Answer(Answer::Credential(_, password)) => assert_eq!(password.expose().as_str(), " a\tb "),
        other => panic!("{other:?}"),
    }
}

#[test]
fn behind_a_window_that_is_too_small_no_letter_ends_what_is_at_work() {
    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.apply_confirmed("credential");
    let mut ui = bench.ui(80, 24);
    let small = greenlight::facade::tui::TerminalSize { columns: 50, rows: 10 };
    ui.resize(small);
    assert!(press(&mut ui, &bench, "q q ctrl-c q").is_empty());
    let screen = drawn(&bench, &mut ui, 50, 10).to_string();
    assert!(screen.contains("A command is running. Ctrl+C once more"), "{screen}");
    assert!(matches!(press(&mut ui, &bench, "ctrl-c").as_slice(), [Intent::Quit]));
    // A password with a q in it, while somebody drags the window.
    bench.ask(Prompt::Credential { caption: "c".into(), message: "m".into(), user: "ana".into() });
    let mut ui = bench.ui(80, 24);
    ui.resize(small);
    assert!(drawn(&bench, &mut ui, 50, 10).to_string().contains("A command is running. Ctrl+C twice"));
    assert!(press(&mut ui, &bench, "q q q").is_empty());
    // Nothing is at work: q leaves.
    let bench = Bench::new(Mode::Live);
    let mut ui = bench.ui(80, 24);
    ui.resize(small);
    assert!(matches!(press(&mut ui, &bench, "q").as_slice(), [Intent::Quit]));
}

#[test]
fn a_password_is_never_drawn() {
    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.apply_confirmed("credential");
    bench.ask(Prompt::Credential { caption: "c".into(), message: "m".into(), user: "ana".into() });
    let mut ui = bench.ui(120, 40);
    drawn(&bench, &mut ui, 120, 40);
    ui.on_paste("Zq9#Wv7!\r\n", &bench.view());
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.contains("••••••••") && !screen.contains("Zq9"), "{screen}");
    assert!(!format!("{ui:?}").contains("Zq9"));
}

#[test]
fn fields_move_delete_and_count_by_what_is_seen_as_one_character() {
    const ONES: [&str; 4] = ["e\u{301}", "👨\u{200d}👩\u{200d}👧", "🇪🇸", "\u{1112}\u{1161}\u{11ab}"];
    let ask = |prompt| {
        let mut bench = Bench::begun(Mode::Live);
        bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
        bench.apply_confirmed("credential");
        bench.ask(prompt);
        bench
    };
    for one in ONES {
        let bench = ask(Prompt::Line);
        let mut ui = bench.ui(120, 40);
        drawn(&bench, &mut ui, 120, 40);
        type_in(&mut ui, &bench, &format!("a{one}b"));
        press(&mut ui, &bench, "left left");
        // The cursor is on all of it.
        let backend = drawn(&bench, &mut ui, 120, 40);
        let cursor = backend
            .buffer()
            .content
            .iter()
            .find(|cell| one.starts_with(cell.symbol()) && cell.symbol() != " ");
        assert!(cursor.is_some(), "{one}: {backend}");
        press(&mut ui, &bench, "backspace right backspace");
        match press(&mut ui, &bench, "enter").remove(0) {
            Intent::Answer(Answer::Line(line)) => assert_eq!(line, "b", "{one}"),
            other => panic!("{other:?}"),
        }
    }
    let bench = ask(Prompt::SecureLine);
    let mut ui = bench.ui(120, 40);
    drawn(&bench, &mut ui, 120, 40);
    type_in(&mut ui, &bench, &ONES.concat());
    assert!(drawn(&bench, &mut ui, 120, 40).to_string().contains("[•••• "));
    press(&mut ui, &bench, "backspace");
    assert!(drawn(&bench, &mut ui, 120, 40).to_string().contains("[••• "));
}

#[test]
fn a_choice_does_not_look_like_a_field_to_type_in() {
    let bench = Bench::new(Mode::Live);
    let mut ui = bench.briefing(120, 40);
    type_in(&mut ui, &bench, "contoso.com");
    press(&mut ui, &bench, "enter enter");
    let choice = |ui: &mut Ui| {
        let screen = drawn(&bench, ui, 120, 40).to_string();
        let row = |sign: char| screen.lines().find(|line| line.contains(sign)).map(str::to_owned);
        (row('►').unwrap_or_else(|| panic!("{screen}")), screen)
    };
    let (row, screen) = choice(&mut ui);
    assert!(row.contains("◄ … ►") && !row.contains('['), "{screen}");
    press(&mut ui, &bench, "right");
    let (row, screen) = choice(&mut ui);
    assert!(row.contains("◄ pilot ►") && screen.contains("[contoso.com"), "{screen}");
}

#[test]
fn what_was_typed_in_the_inputs_is_not_dropped_without_a_word() {
    let mut bench = Bench::begun(Mode::Live);
    for lang in Lang::ALL {
        bench.text = Text::new(lang);
        let mut ui = bench.ui(120, 40);
        let is_open =
            |ui: &mut Ui| drawn(&bench, ui, 120, 40).to_string().contains(&bench.text.button_continue());
        press(&mut ui, &bench, "i esc");
        assert!(!is_open(&mut ui), "nothing was typed");
        press(&mut ui, &bench, "i up");
        press(&mut ui, &bench, "right esc");
        assert!(is_open(&mut ui) && ui.notice().is_some(), "{lang}");
        // Another key, and it is asked again.
        press(&mut ui, &bench, "right right esc");
        assert!(is_open(&mut ui), "{lang}");
        press(&mut ui, &bench, "esc");
        assert!(!is_open(&mut ui), "{lang}");
    }
}
