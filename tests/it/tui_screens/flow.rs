//! What keys lead to, on the way from the first screen to the sealed one, and that no key or size breaks a screen.

mod keys;
mod output;
mod typing;

use greenlight::facade::checklist::{Handoff, Lang, Localized, Pattern, Remedy, RemedyWhen, StepId};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{About, Command, Confirmed, Failure, HandoffStage, Mode, OutcomeEnd, Prompt};
use greenlight::facade::shell::{Answer, Stream};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{Follow, Intent, Screen, Ui};
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

fn selected(bench: &Bench, ui: &Ui) -> String {
    bench.view().step(ui.selected()).unwrap().id.to_string()
}

#[test]
fn the_briefing_gives_every_input_and_starts_the_shell() {
    let bench = Bench::new(Mode::Live);
    let mut ui = bench.briefing(80, 24);
    type_in(&mut ui, &bench, "contoso");
    // What is wrong is said, and the field stays: what is typed next is for it.
    press(&mut ui, &bench, "enter tab tab right");
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

fn assert_signs_in(intent: Intent) {
    match intent {
        Intent::Answer(Answer::Credential(user, password)) => {
            assert_eq!((user.as_str(), password.expose().as_str()), ("admin@contoso.com", "pa ss?q"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn enter_does_the_next_sensible_thing_all_the_way() {
    let mut bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    let next = |bench: &mut Bench, ui: &mut Ui| {
        let command = command(press(ui, bench, "enter"));
        bench.command(command);
        drawn(bench, ui, 80, 24);
    };
    // A new run is begun by having it go on by itself; here one step is done after another.
    let begins = command(press(&mut ui, &bench, "enter"));
    assert!(matches!(begins, Command::Go { .. }), "{begins:?}");
    bench.command(Command::Check(StepId::from("powershell-is-fit")));
    drawn(&bench, &mut ui, 80, 24);
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
    bench.read();
    type_in(&mut ui, &bench, "admin@contoso.com");
    press(&mut ui, &bench, "enter");
    type_in(&mut ui, &bench, "pa ss?q");
    let mut intents = press(&mut ui, &bench, "enter");
    assert_signs_in(intents.remove(0));
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
    drawn(&bench, &mut ui, 80, 24);
    assert!(press(&mut ui, &bench, "enter enter y esc").is_empty());
    assert!(press(&mut ui, &bench, "enter").is_empty());
    drawn(&bench, &mut ui, 80, 24);
    type_in(&mut ui, &bench, "APPLY");
    let apply = command(press(&mut ui, &bench, "enter"));
    assert!(matches!(&apply, Command::Apply { confirmed: Confirmed::Yes, .. }), "{apply:?}");
    bench.command(apply);
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    bench.end(OutcomeEnd::Completed, &Bench::shared(true), Vec::new());
    drawn(&bench, &mut ui, 80, 24);
    from_the_gate_to_the_confirmation(&mut bench, &mut ui);
    assert_eq!(*bench.run.handoff(), HandoffStage::Writing);
}

fn from_the_gate_to_the_confirmation(bench: &mut Bench, ui: &mut Ui) {
    // The gate is open; the way there is Enter on any green step.
    press(ui, bench, "k");
    assert!(press(ui, bench, "enter").is_empty());
    assert!(matches!(ui.screen(), Screen::Gate(_)));
    let begin = command(press(ui, bench, "enter"));
    assert!(matches!(begin, Command::BeginHandoff));
    bench.confirming();
    drawn(bench, ui, 80, 24);
    bench.read();
    type_in(ui, bench, "START");
    let confirm = command(press(ui, bench, "enter"));
    assert!(matches!(&confirm, Command::ConfirmHandoff { typed, .. } if typed == "START"), "{confirm:?}");
    bench.command(confirm);
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
    assert!(screen.contains(&format!("… 5 {long} │")), "{screen}");
}

#[test]
fn the_remedy_of_a_failed_apply_stands_first_until_a_later_check() {
    let mut checklist = super::sample::checklist();
    let remedy = |when, say: &str| Remedy {
        when: vec![when],
        say: Localized { en: say.into(), es: None, fr: None },
        docs: None,
        go: None,
    };
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
    assert!(screen.find("Type it again.").unwrap() < screen.find("Ask for it.").unwrap(), "{screen}");
    // A later check knows better.
    bench.check("credential", &[("UserName", Value::Null)]);
    let screen = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(screen.find("Ask for it.").unwrap() < screen.find("Type it again.").unwrap(), "{screen}");
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
fn a_green_that_ends_after_midnight_says_that_it_is_tomorrow() {
    const HOUR: u64 = 60 * 60 * 1000;
    let mut checklist = super::sample::checklist();
    checklist.steps[0].fresh_for = std::time::Duration::from_secs(2 * 60 * 60);
    let mut bench = Bench::of(checklist, Mode::Live);
    // To ten past eleven in the evening.
    let day = 24 * HOUR;
    let since_midnight = u64::try_from(bench.now.wall).unwrap() % day;
    bench.pass((2 * day + 23 * HOUR + HOUR / 6 - since_midnight) % day);
    bench.open();
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    for lang in Lang::ALL {
        bench.text = Text::new(lang);
        let screen = drawn(&bench, &mut bench.ui(120, 40), 120, 40).to_string();
        assert!(screen.contains(&bench.text.until(bench.text.tomorrow_at("01:10"))), "{screen}");
    }
    // After midnight the minute alone says which.
    bench.pass(HOUR);
    let screen = drawn(&bench, &mut bench.ui(120, 40), 120, 40).to_string();
    assert!(screen.contains(&bench.text.until("01:10")), "{screen}");
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
        left: greenlight::facade::run::Unvouched::default(),
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
