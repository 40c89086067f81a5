//! What keys lead to, on the way from the first screen to the sealed one, and that no key or size breaks a screen.

use greenlight::facade::checklist::{Handoff, Lang, Localized, Pattern, Remedy, RemedyWhen, StepId};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{About, Command, Confirmed, Failure, HandoffStage, Mode, OutcomeEnd, Prompt};
use greenlight::facade::shell::{Answer, Stream};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{Follow, Intent, Screen};
use proptest::prelude::*;

use super::fixture::{Bench, drawn, key, press, type_in};

/// The only command of the only intent.
fn command(mut intents: Vec<Intent>) -> Command {
    assert_eq!(intents.len(), 1, "{intents:?}");
    match intents.remove(0) {
        Intent::Commands(mut commands) => {
            assert_eq!(commands.len(), 1);
            commands.remove(0)
        }
        other => panic!("{other:?}"),
    }
}

fn selected(bench: &Bench, ui: &greenlight::facade::tui::Ui) -> String {
    bench.view().step(ui.selected()).unwrap().id.to_string()
}

#[test]
fn the_briefing_gives_every_input_and_starts_the_shell() {
    let bench = Bench::new(Mode::Live);
    let mut ui = bench.briefing(80, 24);
    type_in(&mut ui, &bench, "contoso");
    press(&mut ui, &bench, "enter enter right");
    // The first field is still wrong: the button goes back to it.
    assert!(press(&mut ui, &bench, "enter enter").is_empty());
    type_in(&mut ui, &bench, ".com");
    let mut intents = press(&mut ui, &bench, "enter enter enter enter");
    assert_eq!(intents.len(), 1);
    let Intent::Commands(commands) = intents.remove(0) else { panic!("no commands") };
    let given: Vec<String> = commands
        .iter()
        .map(|command| match command {
            Command::Give { input, typed } => format!("{input}={}", typed.join("|")),
            Command::OpenShell => "open".into(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(given, ["sip_domain=contoso.com", "pilot_users=", "wave=pilot", "open"]);
    assert!(matches!(ui.screen(), Screen::Steps));
}

#[test]
fn enter_does_the_next_sensible_thing_all_the_way() {
    let mut bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    let next = |bench: &mut Bench, ui: &mut greenlight::facade::tui::Ui| {
        let command = command(press(ui, bench, "enter"));
        bench.command(command);
        drawn(bench, ui, 80, 24);
    };
    // Unknown: check it. Green: the selection goes on by itself.
    next(&mut bench, &mut ui);
    bench.end(OutcomeEnd::Completed, &[("PSVersion", Value::Version(vec![5, 1]))], Vec::new());
    drawn(&bench, &mut ui, 80, 24);
    assert_eq!(selected(&bench, &ui), "deployment-validated");
    // A statement needs a name.
    assert!(press(&mut ui, &bench, "enter enter enter enter").is_empty());
    type_in(&mut ui, &bench, "Ana Ruiz");
    assert!(press(&mut ui, &bench, "enter enter").is_empty());
    next(&mut bench, &mut ui);
    assert_eq!(selected(&bench, &ui), "credential");
    // Red: apply it; only the session changes, so nothing is asked.
    next(&mut bench, &mut ui);
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    drawn(&bench, &mut ui, 80, 24);
    assert_eq!(selected(&bench, &ui), "credential");
    let apply = command(press(&mut ui, &bench, "enter"));
    assert!(matches!(&apply, Command::Apply { confirmed: Confirmed::NotAsked, .. }), "{apply:?}");
    bench.command(apply);
    bench.ask(Prompt::Credential { caption: String::new(), message: String::new(), user: String::new() });
    drawn(&bench, &mut ui, 80, 24);
    type_in(&mut ui, &bench, "admin@contoso.com");
    press(&mut ui, &bench, "enter");
    type_in(&mut ui, &bench, "pa ss?q");
    let mut intents = press(&mut ui, &bench, "enter");
    match intents.remove(0) {
        Intent::Answer(Answer::Credential(user, password)) => {
            assert_eq!((user.as_str(), password.expose().as_str()), ("admin@contoso.com", "pa ss?q"));
        }
        other => panic!("{other:?}"),
    }
    bench.command(Command::Answer(greenlight::facade::run::PromptReply::Answered));
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    bench.end(OutcomeEnd::Completed, &[("UserName", Value::text("admin"))], Vec::new());
    drawn(&bench, &mut ui, 80, 24);
    assert_eq!(selected(&bench, &ui), "online-session");
    next(&mut bench, &mut ui);
    bench.end(OutcomeEnd::Completed, &[("State", Value::text("Opened"))], Vec::new());
    next(&mut bench, &mut ui);
    bench.end(OutcomeEnd::Completed, &Bench::shared(false), Vec::new());
    // The tenant is changed only after its word.
    assert!(press(&mut ui, &bench, "enter").is_empty());
    assert!(press(&mut ui, &bench, "enter enter y esc").is_empty());
    assert!(press(&mut ui, &bench, "enter").is_empty());
    type_in(&mut ui, &bench, "APPLY");
    let apply = command(press(&mut ui, &bench, "enter"));
    assert!(matches!(&apply, Command::Apply { confirmed: Confirmed::Yes, .. }), "{apply:?}");
    bench.command(apply);
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    bench.end(OutcomeEnd::Completed, &Bench::shared(true), Vec::new());
    drawn(&bench, &mut ui, 80, 24);
    // The gate is open; the way there is Enter on any green step.
    press(&mut ui, &bench, "k");
    assert!(press(&mut ui, &bench, "enter").is_empty());
    assert!(matches!(ui.screen(), Screen::Gate));
    let begin = command(press(&mut ui, &bench, "enter"));
    assert!(matches!(begin, Command::BeginHandoff));
    bench.confirming();
    drawn(&bench, &mut ui, 80, 24);
    type_in(&mut ui, &bench, "START");
    let confirm = command(press(&mut ui, &bench, "enter"));
    assert!(matches!(&confirm, Command::ConfirmHandoff { typed, .. } if typed == "START"), "{confirm:?}");
    bench.command(confirm);
    assert_eq!(*bench.run.handoff(), HandoffStage::Writing);
}

#[test]
fn the_command_that_enter_runs_is_in_sight_at_every_size() {
    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.check("credential", &[("UserName", Value::text("ana"))]);
    bench.command(Command::Check(StepId::from("online-session")));
    for _ in 0..20 {
        bench.say(Stream::Warning, "much is said here");
    }
    bench.end(OutcomeEnd::Completed, &[("State", Value::text("Broken"))], Vec::new());
    for lang in Lang::ALL {
        bench.text = Text::new(lang);
        for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
            let mut ui = bench.ui(columns, rows);
            press(&mut ui, &bench, "j j");
            for _ in 0..3 {
                let screen = drawn(&bench, &mut ui, columns, rows).to_string();
                assert_eq!(selected(&bench, &ui), "online-session");
                let hint = bench.text.hint_apply_session();
                // The hint may be broken over two rows, and is never cut.
                let end = hint.split(' ').next_back().unwrap();
                for part in ["$CSSession =", "New-CsOnlineSession", "Import-PSSession", "-AllowClobber", end]
                {
                    assert!(screen.contains(part), "{part} at {columns}x{rows}:\n{screen}");
                }
                press(&mut ui, &bench, "tab pgdn tab tab");
            }
        }
    }
}

#[test]
fn the_gates_button_shows_its_state_whatever_the_title() {
    let long = "Start migrating the users of every pool from Lync Online to Lync Server 2013 in batches";
    let mut checklist = super::sample::checklist();
    let title = Localized { en: long.into(), es: None, fr: None };
    checklist.handoff = checklist.handoff.map(|handoff| Handoff { title, ..handoff });
    let mut bench = Bench::of(checklist, Mode::Live);
    bench.open();
    bench.all_green();
    for (lang, state) in [(Lang::En, "UNLOCKED, press Enter"), (Lang::Fr, "DÉVERROUILLÉ, appuyez sur Entrée")]
    {
        bench.text = Text::new(lang);
        let mut ui = bench.ui(80, 24);
        press(&mut ui, &bench, "g");
        let screen = drawn(&bench, &mut ui, 80, 24).to_string();
        assert!(screen.contains(state) && screen.contains("batches"), "{screen}");
    }
}

#[test]
fn a_wide_window_shows_the_titles_whole() {
    let mut checklist = super::sample::checklist();
    let long = "The tenant's commands are imported, and the tenant answers";
    checklist.steps[4].title = Localized { en: long.into(), es: None, fr: None };
    let bench = Bench::of(checklist, Mode::Live);
    let screen = drawn(&bench, &mut bench.ui(200, 50), 200, 50).to_string();
    assert!(screen.contains(&format!("○ {long} │")), "{screen}");
}

#[test]
fn a_failed_apply_has_the_only_remedy() {
    let mut checklist = super::sample::checklist();
    let remedy =
        |when, say: &str| Remedy { when, say: Localized { en: say.into(), es: None, fr: None }, docs: None };
    let property = RemedyWhen { property: Some("UserName".into()), ..RemedyWhen::default() };
    let text = RemedyWhen { text: Pattern::new("incorrect").ok(), ..RemedyWhen::default() };
    checklist.steps[2].remedies = vec![remedy(property, "Ask for it."), remedy(text, "Type it again.")];
    let mut bench = Bench::of(checklist, Mode::Live);
    bench.open();
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.apply_confirmed("credential");
    let failure = Failure { message: "The password is incorrect.".into(), ..Failure::default() };
    bench.end(OutcomeEnd::Threw, &[], vec![failure]);
    bench.end(OutcomeEnd::Completed, &[("UserName", Value::Null)], Vec::new());
    let mut ui = bench.ui(120, 40);
    press(&mut ui, &bench, "j");
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.contains("Type it again.") && !screen.contains("Ask for it."), "{screen}");
    // A later check knows better.
    bench.check("credential", &[("UserName", Value::Null)]);
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.contains("Ask for it.") && !screen.contains("Type it again."), "{screen}");
}

#[test]
fn until_when_a_green_lasts_is_never_cut() {
    let mut checklist = super::sample::checklist();
    checklist.steps[0].fresh_for = std::time::Duration::from_secs(7 * 24 * 60 * 60);
    let mut bench = Bench::of(checklist, Mode::Live);
    bench.open();
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    for lang in Lang::ALL {
        bench.text = Text::new(lang);
        let screen = drawn(&bench, &mut bench.ui(80, 24), 80, 24).to_string();
        assert!(screen.contains(&bench.text.until("2026-11-30")), "{screen}");
    }
}

#[test]
fn a_statement_is_signed_only_when_its_end_was_in_sight() {
    let mut checklist = super::sample::checklist();
    let long: Vec<String> = (0..40).map(|number| format!("Sentence {number} is so.")).collect();
    let statement = Localized { en: long.join(" "), es: None, fr: None };
    checklist.steps[1].kind = greenlight::facade::checklist::StepKind::Attested { statement };
    let mut bench = Bench::of(checklist, Mode::Live);
    bench.open();
    let mut ui = bench.ui(60, 20);
    press(&mut ui, &bench, "j enter");
    let mut screen = drawn(&bench, &mut ui, 60, 20).to_string();
    assert!(screen.contains("Sentence 0 is so.") && !screen.contains("Sentence 39"), "{screen}");
    type_in(&mut ui, &bench, "Ana Ruiz");
    press(&mut ui, &bench, "enter enter");
    let mut seen = String::new();
    loop {
        seen.push_str(&screen);
        let intents = press(&mut ui, &bench, "enter");
        if !intents.is_empty() {
            assert!(matches!(command(intents), Command::Attest { name, .. } if name == "Ana Ruiz"));
            break;
        }
        screen = drawn(&bench, &mut ui, 60, 20).to_string();
        assert!(screen.contains("Ana Ruiz"), "who signs is in sight:\n{screen}");
    }
    for number in 0..40 {
        let words = format!(" {number} ");
        assert!(seen.contains(&words), "sentence {number} was never in sight");
    }
}

#[test]
fn the_confirmation_of_the_handoff_names_what_was_only_stated() {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench.confirming();
    let screen = drawn(&bench, &mut bench.ui(120, 40), 120, 40).to_string();
    assert!(screen.contains("The deployment is validated · Stated by Ana Ruiz, 10:14:06"), "{screen}");
    assert!(!screen.contains("Every step was checked"), "{screen}");
}

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
        type_in(&mut ui, &bench, "nearly");
        press(&mut ui, &bench, "enter");
        let screen = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(screen.contains(&bench.text.confirm_word()), "{screen}");
        assert!(ui.notice().is_some_and(|why| why.contains(&bench.text.confirm_word())));
    }
}

#[test]
fn how_to_connect_again_is_said_only_where_its_key_works_and_says_what_went() {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench.check("online-session", &[("State", Value::text("Broken"))]);
    let mut ui = bench.ui(120, 40);
    let broken = "The session has broken or expired";
    assert!(drawn(&bench, &mut ui, 120, 40).to_string().contains(broken));
    press(&mut ui, &bench, "i");
    let briefing = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(!briefing.contains(broken) && !briefing.contains("R connects"), "{briefing}");
    press(&mut ui, &bench, "esc g");
    assert!(drawn(&bench, &mut ui, 120, 40).to_string().contains(broken));
    assert!(matches!(command(press(&mut ui, &bench, "R")), Command::Reconnect));
    // Another greenlight opens the run.
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench.command(Command::Resume {
        by: bench.who.clone(),
        greenlight: greenlight::facade::run::Build { version: "0.1.0".to_owned(), sha256: None },
    });
    let mut ui = bench.ui(120, 40);
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.contains("The earlier greenlight is gone") && !screen.contains(broken), "{screen}");
    let screen = drawn(&bench, &mut bench.briefing(120, 40), 120, 40).to_string();
    assert!(!screen.contains("R connects again"), "{screen}");
    bench.command(Command::OpenShell);
    bench.command(Command::ShellOpened(About::default()));
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.contains("The PowerShell that held it is gone") && !screen.contains(broken), "{screen}");
}

#[test]
fn a_step_that_needs_another_leads_there() {
    let bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    press(&mut ui, &bench, "j j j j");
    assert_eq!(selected(&bench, &ui), "shared-sip-address-space");
    assert!(press(&mut ui, &bench, "enter enter").is_empty());
    assert_eq!(selected(&bench, &ui), "credential");
}

#[test]
fn after_all_checks_the_first_step_that_is_not_green_is_selected() {
    let mut bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    let all = command(press(&mut ui, &bench, "A"));
    bench.command(all);
    while bench.run.running().is_some() {
        drawn(&bench, &mut ui, 80, 24);
        let row = match selected(&bench, &ui).as_str() {
            "powershell-is-fit" => ("PSVersion", Value::Version(vec![5, 1])),
            "clock" => ("Source", Value::text("dc01")),
            _ => ("UserName", Value::Null),
        };
        bench.end(OutcomeEnd::Completed, &[row], Vec::new());
    }
    drawn(&bench, &mut ui, 80, 24);
    assert_eq!(selected(&bench, &ui), "deployment-validated");
}

#[test]
fn esc_stops_a_command_and_declines_a_question() {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    let mut ui = bench.ui(80, 24);
    drawn(&bench, &mut ui, 80, 24);
    assert!(matches!(command(press(&mut ui, &bench, "esc")), Command::Stop));
    bench.ask(Prompt::Line);
    drawn(&bench, &mut ui, 80, 24);
    // What would be a command elsewhere is typed into the field.
    assert!(press(&mut ui, &bench, "q").is_empty());
    let intents = press(&mut ui, &bench, "esc");
    assert!(matches!(intents.as_slice(), [Intent::Answer(Answer::Declined)]), "{intents:?}");
}

#[test]
fn leaving_asks_only_while_something_runs() {
    let mut bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    assert!(matches!(press(&mut ui, &bench, "q").as_slice(), [Intent::Quit]));
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    assert!(press(&mut ui, &bench, "q").is_empty());
    assert!(press(&mut ui, &bench, "esc").is_empty());
    assert!(press(&mut ui, &bench, "ctrl-c").is_empty());
    assert!(matches!(press(&mut ui, &bench, "y").as_slice(), [Intent::Quit]));
}

#[test]
fn the_output_says_whose_it_is_and_keeps_an_applys_lines_when_its_own_check_follows() {
    let mut bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(120, 40);
    let mut screen = |bench: &Bench| drawn(bench, &mut ui, 120, 40).to_string();
    assert!(screen(&bench).contains("OUTPUT    nothing has run yet"));
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    let printed_nothing = screen(&bench);
    assert!(
        printed_nothing.contains("check · PowerShell is 3.0 or later and 64-bit · 10:14:05"),
        "{printed_nothing}"
    );
    assert!(printed_nothing.contains("It printed nothing."), "{printed_nothing}");
    bench.apply_confirmed("credential");
    bench.say(Stream::Error, "The password is wrong.");
    bench.end(OutcomeEnd::Threw, &[], Vec::new());
    assert!(screen(&bench).contains("The password is wrong."), "the check has begun");
    bench.say(Stream::Warning, "The check warns.");
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    let both = screen(&bench);
    assert!(both.contains("apply, check · A credential of the tenant is at hand · 10:14:07"), "{both}");
    let places =
        ["The password is wrong.", "check · 10:14:07", "The check warns."].map(|text| both.find(text));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{both}");
    // The operator's own check begins with an empty pane.
    bench.command(Command::Check(StepId::from("credential")));
    assert!(!screen(&bench).contains("The password is wrong."));
    bench.command(Command::Resume {
        by: bench.who.clone(),
        greenlight: greenlight::facade::run::Build { version: "0.1.0".to_owned(), sha256: None },
    });
    bench.live = greenlight::facade::wizard::OutputBuffer::default();
    assert!(screen(&bench).contains("nothing has run since it was resumed"));
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
    let see = |ui: &mut greenlight::facade::tui::Ui| drawn(&bench, ui, 120, 40).to_string();
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
    assert!(cut.matches("long long").count() < 10 && cut.contains('…'), "{cut}");
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

/// The states from which random keys are pressed.
fn state(number: u8) -> Bench {
    let mode = if number.is_multiple_of(2) { Mode::Live } else { Mode::Rehearsal("default".into()) };
    let mut bench = if number < 2 { Bench::new(mode) } else { Bench::begun(mode) };
    match number / 2 {
        0 | 1 => {}
        2 => bench.until_session(),
        3 => {
            bench.command(Command::Check(StepId::from("powershell-is-fit")));
            for line in 0..30 {
                bench.say(Stream::Warning, &"wide 東京 ".repeat(line));
            }
        }
        4 => {
            bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
            bench.apply_confirmed("credential");
            bench.ask(Prompt::Credential { caption: "c".into(), message: "m".into(), user: String::new() });
        }
        5 => bench.all_green(),
        6 => {
            bench.all_green();
            bench.confirming();
        }
        _ => {
            bench.all_green();
            bench.sealed();
        }
    }
    bench
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]
    #[test]
    fn no_key_and_no_size_breaks_a_screen(
        number in 0_u8..16,
        lang in 0_usize..3,
        steps in proptest::collection::vec((0_usize..35, 1_u16..140, 1_u16..50), 1..24),
    ) {
        let names = [
            "enter", "esc", "tab", "up", "down", "right", "pgup", "pgdn", "backspace", "space", "f1", "ctrl-c", "j",
            "k", "c", "a", "A", "g", "i", "R", "f", "y", "n", "?", "q", "é", "日", "s", "o", "\u{7f}", "/", "N", "w",
            "home", "end",
        ];
        let mut bench = state(number);
        bench.text = Text::new(Lang::ALL[lang]);
        let mut ui = bench.briefing(80, 24);
        for (name, columns, rows) in steps {
            // What the wizard would do is tried, and may be refused.
            if let Some(Intent::Commands(commands)) = ui.on_key(key(names[name]), &bench.view()) {
                for command in commands {
                    if bench.run.decide(bench.now, command.clone()).is_ok() {
                        bench.command(command);
                    }
                }
            }
            ui.resize(greenlight::facade::tui::TerminalSize { columns, rows });
            drawn(&bench, &mut ui, columns, rows);
        }
    }
}

#[test]
fn a_long_silence_says_that_a_program_may_wait_in_vain() {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    let mut ui = bench.ui(80, 24);
    for (lang, words) in [(Lang::En, "no keyboard."), (Lang::Es, "ni teclado."), (Lang::Fr, "ni clavier.")] {
        bench.text = Text::new(lang);
        let says = |bench: &Bench, ui: &mut greenlight::facade::tui::Ui| {
            drawn(bench, ui, 80, 24).to_string().contains(words)
        };
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
