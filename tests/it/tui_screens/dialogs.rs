//! Dialogs that cannot be answered blind: what opened by itself is read before a key counts, what is confirmed is seen whole.

use greenlight::facade::checklist::{Checklist, Lang, StepKind};
use greenlight::facade::run::prompt::{Choice, Echo, Field, Pick};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Mode, Prompt};
use greenlight::facade::shell::Answer;
use greenlight::facade::text::Text;
use greenlight::facade::tui::{Intent, Screen, Ui};

use super::fixture::{Bench, drawn, press, type_in};

fn choice() -> Prompt {
    let choice = |label: &str| Choice { label: label.into(), help: String::new() };
    Prompt::Choice {
        caption: "Delete all?".into(),
        message: "Delete every user?".into(),
        choices: vec![choice("&Yes"), choice("&No")],
        defaults: vec![0],
        pick: Pick::One,
    }
}

fn credential(user: &str) -> Prompt {
    Prompt::Credential { caption: "c".into(), message: "m".into(), user: user.into() }
}

fn fields() -> Prompt {
    let field = |name: &str, echo| Field {
        name: name.into(),
        label: String::new(),
        type_name: "System.String".into(),
        help: String::new(),
        echo,
    };
    let fields = vec![field("First", Echo::Shown), field("Second", Echo::Masked)];
    Prompt::Fields { caption: "c".into(), message: "m".into(), fields }
}

/// A run that has just been asked, and the screens that have shown it in one frame.
fn asked(prompt: Prompt) -> (Bench, Ui) {
    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.apply_confirmed("credential");
    let mut ui = Bench::begun(Mode::Live).briefing(80, 24);
    press(&mut ui, &bench, "esc");
    drawn(&bench, &mut ui, 80, 24);
    bench.ask(prompt);
    drawn(&bench, &mut ui, 80, 24);
    (bench, ui)
}

#[test]
fn a_question_that_opens_by_itself_takes_no_key_before_it_could_be_read() {
    for prompt in [choice(), credential("ana"), Prompt::Line, Prompt::SecureLine, fields()] {
        let (mut bench, mut ui) = asked(prompt.clone());
        for _ in 0..10 {
            let screen = drawn(&bench, &mut ui, 80, 24).to_string();
            assert!(!screen.contains("Esc cancel"), "a key is shown where it works: {screen}");
            assert!(press(&mut ui, &bench, "x down enter space enter esc ctrl-c").is_empty(), "{prompt:?}");
            ui.on_paste("pasted\n", &bench.view());
            bench.pass(50);
        }
        // Nothing of it has reached the question, which can now be read, and answered.
        let screen = drawn(&bench, &mut ui, 80, 24).to_string();
        assert!(screen.contains("Esc cancel") && !screen.contains("Leave while"), "{screen}");
        assert!(!screen.contains("pasted") && !screen.contains('•') && ui.notice().is_none(), "{screen}");
        assert!(matches!(press(&mut ui, &bench, "esc").as_slice(), [Intent::Answer(Answer::Declined)]));
    }
}

#[test]
fn the_next_question_of_a_command_is_read_anew() {
    let (mut bench, mut ui) = asked(Prompt::Line);
    bench.read();
    type_in(&mut ui, &bench, "4711");
    assert_eq!(press(&mut ui, &bench, "enter").len(), 1);
    bench.command(Command::Answer(greenlight::facade::run::PromptReply::Answered));
    let attempt = bench.attempt().unwrap();
    let call = greenlight::facade::run::Call(2);
    bench.command(Command::Asked { attempt, call, prompt: choice() });
    assert!(press(&mut ui, &bench, "down enter").is_empty(), "no frame has shown it");
    drawn(&bench, &mut ui, 80, 24);
    bench.pass(400);
    assert!(press(&mut ui, &bench, "down enter").is_empty());
    bench.pass(100);
    assert!(
        matches!(press(&mut ui, &bench, "down enter").as_slice(), [Intent::Answer(Answer::Choice(chosen))] if *chosen == [1])
    );
}

#[test]
fn enter_alone_takes_no_default_and_says_what_to_press_first() {
    for lang in Lang::ALL {
        let (mut bench, mut ui) = asked(choice());
        bench.text = Text::new(lang);
        bench.read();
        assert!(press(&mut ui, &bench, "enter enter").is_empty());
        let text = bench.text;
        let why = text.not_chosen(text.name_enter(), text.name_up(), text.name_down(), text.name_space());
        assert_eq!(ui.notice(), Some(why.as_str()));
        let screen = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(screen.contains(&why), "{screen}");
    }
    for (keys, chosen) in [("space enter", 0), ("up down enter", 0), ("n enter", 1), ("tab enter", 1)] {
        let (mut bench, mut ui) = asked(choice());
        bench.read();
        // A letter of no choice is none of these keys.
        assert!(press(&mut ui, &bench, "x enter").is_empty(), "{keys}");
        match press(&mut ui, &bench, keys).as_slice() {
            [Intent::Answer(Answer::Choice(positions))] => assert_eq!(*positions, [chosen], "{keys}"),
            other => panic!("{keys}: {other:?}"),
        }
    }
}

#[test]
fn a_letter_that_chooses_nothing_is_refused_visibly() {
    let (mut bench, mut ui) = asked(choice());
    bench.read();
    press(&mut ui, &bench, "7");
    assert_eq!(ui.notice(), Some("no choice has the letter “7”"));
}

#[test]
fn nothing_typed_is_no_answer_until_a_key_says_so() {
    for (prompt, keys) in [
        (credential("ana"), "backspace enter"),
        (Prompt::Line, "backspace enter"),
        (Prompt::SecureLine, "backspace enter"),
        (fields(), "backspace enter backspace enter"),
    ] {
        let (mut bench, mut ui) = asked(prompt.clone());
        bench.read();
        assert!(press(&mut ui, &bench, "enter enter").is_empty(), "{prompt:?}");
        let why = "nothing was typed; to leave it empty, press Backspace and then Enter";
        assert_eq!(ui.notice(), Some(why), "{prompt:?}");
        let answered = press(&mut ui, &bench, keys);
        assert!(matches!(answered.as_slice(), [Intent::Answer(_)]), "{prompt:?}: {answered:?}");
    }
    // A user name and Enter twice: the second was not meant for a password.
    let (mut bench, mut ui) = asked(credential(""));
    bench.read();
    type_in(&mut ui, &bench, "ana");
    assert!(press(&mut ui, &bench, "enter enter").is_empty());
}

#[test]
fn a_user_name_that_is_typed_for_the_password_is_no_password() {
    let (mut bench, mut ui) = asked(credential("ana@contoso.com"));
    bench.read();
    type_in(&mut ui, &bench, "ana@contoso.com");
    assert!(press(&mut ui, &bench, "enter").is_empty());
    assert_eq!(ui.notice(), Some("that is the user name; here the password belongs"));
    press(&mut ui, &bench, "ctrl-u");
    type_in(&mut ui, &bench, "secret");
    match press(&mut ui, &bench, "enter").as_slice() {
        [Intent::Answer(Answer::Credential(user, password))] => {
            assert_eq!((user.as_str(), password.expose().as_str()), ("ana@contoso.com", "secret"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_credential_without_a_user_name_says_what_is_missing() {
    let (mut bench, mut ui) = asked(credential(""));
    bench.read();
    press(&mut ui, &bench, "space tab");
    type_in(&mut ui, &bench, "secret");
    assert!(press(&mut ui, &bench, "enter").is_empty());
    assert_eq!(ui.notice(), Some("the user name is missing"));
    type_in(&mut ui, &bench, "ana");
    match press(&mut ui, &bench, "enter enter").as_slice() {
        [Intent::Answer(Answer::Credential(user, password))] => {
            assert_eq!((user.trim(), password.expose().as_str()), ("ana", "secret"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_statement_without_a_name_says_what_is_missing_and_typing_at_the_button_goes_to_the_note() {
    let bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    press(&mut ui, &bench, "j enter enter enter enter");
    let screen = drawn(&bench, &mut ui, 80, 24).to_string();
    assert!(screen.contains("your name is missing"), "{screen}");
    type_in(&mut ui, &bench, "Ana Ruiz");
    press(&mut ui, &bench, "tab tab");
    type_in(&mut ui, &bench, "CHG-1142");
    let screen = drawn(&bench, &mut ui, 80, 24).to_string();
    assert!(screen.contains("[CHG-1142"), "{screen}");
}

#[test]
fn what_is_typed_at_the_briefings_button_or_choices_is_not_lost_unseen() {
    let bench = Bench::new(Mode::Live);
    let mut ui = bench.briefing(80, 24);
    type_in(&mut ui, &bench, "contoso");
    // What does not fit is said at once, and the field keeps the keys.
    press(&mut ui, &bench, "enter");
    type_in(&mut ui, &bench, ".com");
    press(&mut ui, &bench, "enter enter");
    // The last input is a choice, and behind it is the button.
    for keys in ["x", "tab x"] {
        press(&mut ui, &bench, keys);
        let Screen::Briefing(form) = ui.screen() else { panic!("{:?}", ui.screen()) };
        assert_eq!((form.focus, form.fields[0].field.text().as_str()), (2, "contoso.com"));
        assert_eq!(ui.notice(), Some("letters choose nothing here; Left and Right do"), "{keys}");
    }
}

/// The tenant is to be changed by a command of so many lines.
pub fn long(lines: usize) -> Bench {
    let mut checklist: Checklist = super::sample::checklist();
    for step in &mut checklist.steps {
        if let ("shared-sip-address-space", StepKind::Measured { apply: Some(apply), .. }) =
            (step.id.as_str(), &mut step.kind)
        {
            let line = |number| format!("Set-CsThing -Line{number:02} $true");
            apply.command = (1..=lines).map(line).collect::<Vec<_>>().join("\n");
        }
    }
    let mut bench = Bench::of(checklist, Mode::Live);
    bench.open();
    bench.until_session();
    bench.check("shared-sip-address-space", &Bench::shared(false));
    bench
}

#[test]
fn a_command_is_confirmed_only_when_all_of_it_was_in_sight() {
    let bench = long(40);
    for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
        for key in ["pgdn", "space", "enter", "down"] {
            let mut ui = bench.ui(columns, rows);
            press(&mut ui, &bench, "a");
            // What is typed before the first frame confirms nothing.
            type_in(&mut ui, &bench, "APPLY");
            assert!(press(&mut ui, &bench, "enter").is_empty());
            let mut seen = String::new();
            loop {
                let screen = drawn(&bench, &mut ui, columns, rows).to_string();
                seen.push_str(&screen);
                if screen.contains("Type APPLY and press Enter") {
                    break;
                }
                assert!(screen.contains("PgDn read on   Esc cancel"), "{screen}");
                assert!(press(&mut ui, &bench, "A P P L Y").is_empty());
                assert_eq!(ui.notice(), Some("read it to its end first, with PgDn"));
                press(&mut ui, &bench, key);
            }
            for number in 1..=40 {
                assert!(seen.contains(&format!("-Line{number:02}")), "{number} was never in sight");
            }
            assert!(press(&mut ui, &bench, "enter").is_empty(), "what was typed before is gone");
            type_in(&mut ui, &bench, "APPLY");
            let intents = press(&mut ui, &bench, "enter");
            assert!(matches!(intents.as_slice(), [Intent::Commands(_)]), "{intents:?}");
        }
    }
}

#[test]
fn a_command_that_fits_is_confirmed_at_once() {
    let bench = long(2);
    let mut ui = bench.ui(80, 24);
    press(&mut ui, &bench, "a");
    let screen = drawn(&bench, &mut ui, 80, 24).to_string();
    assert!(screen.contains("Type APPLY and press Enter"), "{screen}");
    type_in(&mut ui, &bench, "APPLY");
    assert_eq!(press(&mut ui, &bench, "enter").len(), 1);
}

#[test]
fn the_handoff_is_confirmed_only_when_all_that_it_names_was_in_sight() {
    let long = "n".repeat(60);
    let mut bench = super::subjects::confirming(&long);
    let words = [
        (Lang::En, "read on", "confirm"),
        (Lang::Es, "seguir leyendo", "confirmar"),
        (Lang::Fr, "lire la suite", "confirmer"),
    ];
    for (lang, read_on, confirm) in words {
        bench.text = Text::new(lang);
        let mut ui = bench.ui(60, 20);
        let mut seen = String::new();
        let (enter, mut pages) = (bench.text.name_enter(), 0);
        loop {
            let screen = drawn(&bench, &mut ui, 60, 20).to_string();
            seen.push_str(&screen);
            assert!(screen.contains(&bench.text.name_escape()), "the way out is shown:\n{screen}");
            let reads_on = screen.contains(read_on);
            let confirms = format!("{enter} {confirm}");
            assert_ne!(reads_on, screen.contains(&confirms), "{screen}");
            if !reads_on {
                break;
            }
            assert!(press(&mut ui, &bench, "x enter").is_empty(), "{screen}");
            pages += 1;
        }
        assert!(pages > 0, "there is more than fits: {seen}");
        let title = bench.view().title(&"deployment-validated".into());
        for named in [title.as_str(), "Ruiz", "start-migration.ps1", "nnnnnnnn"] {
            assert!(seen.contains(named), "{named} in {seen}");
        }
        type_in(&mut ui, &bench, &long);
        assert_eq!(press(&mut ui, &bench, "enter").len(), 1, "{lang}");
    }
}

#[test]
fn a_credential_that_is_asked_for_again_begins_with_the_name_that_was_given_last() {
    let given = |last: Option<&str>, asked_for: &str, keys: &str| {
        let (mut bench, _) = asked(credential(asked_for));
        bench.last_user = last.map(str::to_owned);
        let mut ui = bench.ui(80, 24);
        drawn(&bench, &mut ui, 80, 24);
        bench.read();
        type_in(&mut ui, &bench, keys);
        match press(&mut ui, &bench, "enter").pop() {
            Some(Intent::Answer(Answer::Credential(user, password))) => {
                Some((user, password.expose().as_str().to_owned()))
            }
            _ => None,
        }
    };
    let credential = |user: &str| Some((user.to_owned(), "pw".to_owned()));
    assert_eq!(given(Some("ana@contoso.com"), "", "pw"), credential("ana@contoso.com"));
    // What the command itself begins with is what it wants.
    assert_eq!(given(Some("ana@contoso.com"), "bob", "pw"), credential("bob"));
    assert_eq!(given(None, "", "pw"), None, "what was typed is the name");
}
