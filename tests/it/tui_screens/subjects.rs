//! Whose it is, typed to confirm a change and the handoff.

use std::time::Duration;

use greenlight::facade::checklist::{Act, Changes, Checklist, Go, Lang, Remedy, StepKind, Subject};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Confirmed, Failure, Mode, OutcomeEnd, Prompt, PromptReply};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{Intent, Ui};

use super::fixture::{Bench, drawn, press, type_in};
use crate::harness::steps::{measured, text};

const ID: &str = "aaaa-1";
const LONG: Duration = Duration::from_secs(6000);

pub fn tenant(name: &str, id: &str) -> [(&'static str, Value); 3] {
    [("State", Value::text("Opened")), ("DisplayName", Value::text(name)), ("TenantId", Value::text(id))]
}

/// Its session finds the tenant.
fn checklist_of_a_tenant() -> Checklist {
    let mut checklist = super::sample::checklist();
    for step in checklist.steps.iter_mut().filter(|step| step.id.as_str() == "online-session") {
        step.subject = Some(Subject {
            scope: Changes::Tenant,
            name: "DisplayName".to_owned(),
            id: Some("TenantId".to_owned()),
        });
    }
    checklist
}

/// The session says that it is with the tenant of that name.
pub fn signed_in(name: &str) -> Bench {
    let mut bench = Bench::of(checklist_of_a_tenant(), Mode::Live);
    bench.open();
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.attest();
    bench.check("credential", &[("UserName", Value::text("admin@contoso.com"))]);
    bench.check("online-session", &tenant(name, ID));
    bench
}

/// A change of the tenant is to be confirmed.
pub fn changing(name: &str) -> (Bench, Ui) {
    let mut bench = signed_in(name);
    bench.check("shared-sip-address-space", &Bench::shared(false));
    let mut ui = bench.ui(120, 40);
    press(&mut ui, &bench, "a");
    drawn(&bench, &mut ui, 120, 40);
    (bench, ui)
}

/// The handoff is to be confirmed.
pub fn confirming(name: &str) -> Bench {
    let mut bench = signed_in(name);
    bench.check("shared-sip-address-space", &Bench::shared(true));
    bench.command(Command::BeginHandoff);
    while let Some(running) = bench.run.running() {
        let step = running.step.as_str().to_owned();
        match step.as_str() {
            "online-session" => bench.end(OutcomeEnd::Completed, &tenant(name, ID), Vec::new()),
            _ => bench.end_as_it_holds(&step),
        }
    }
    bench
}

/// As found, what is shown to be typed, what may be typed, and whether it confirms.
type Case = (String, String, Vec<(String, bool)>);

fn cases() -> Vec<Case> {
    let case = |name: &str, word: &str, typed: &[(&str, bool)]| {
        let typed = typed.iter().map(|(typed, does)| ((*typed).to_owned(), *does)).collect();
        (name.to_owned(), word.to_owned(), typed)
    };
    let (longest, longer) = ("é".repeat(60), "é".repeat(61));
    vec![
        case(
            "Contoso",
            "Contoso",
            &[
                ("Contoso", true),
                ("  contoso ", true),
                ("CONTOSO", true),
                ("AAAA-1", true),
                ("Contos", false),
                ("APPLY", false),
                ("START", false),
                ("", false),
            ],
        ),
        // Composed or not, it is the same name; another letter is another one.
        case("Caf\u{e9} N", "Caf\u{e9} N", &[("cafe\u{301} n", true), ("Cafe N", false)]),
        case("Cafe\u{301} N", "Cafe\u{301} N", &[("CAF\u{c9} N", true)]),
        // What nobody can type is typed by its id.
        case("Con\u{202e}toso", ID, &[(ID, true), ("Contoso", false)]),
        case("Con\u{ad}toso", ID, &[(ID, true)]),
        case(&longest, &longest, &[(&longest, true)]),
        case(&longer, ID, &[(ID, true)]),
    ]
}

#[test]
fn a_change_is_confirmed_by_the_name_as_it_was_found() {
    for (name, word, typed) in cases() {
        for (typed, does) in typed {
            let (bench, mut ui) = changing(&name);
            let screen = drawn(&bench, &mut ui, 120, 40).to_string();
            assert!(screen.contains(&format!("Type {word} and press")), "{screen}");
            type_in(&mut ui, &bench, &typed);
            let intents = press(&mut ui, &bench, "enter");
            if does {
                let [Intent::Commands(commands)] = intents.as_slice() else {
                    panic!("{typed:?}: {intents:?}")
                };
                let [Command::Apply { confirmed, .. }] = commands.as_slice() else { panic!("{commands:?}") };
                assert_eq!(*confirmed, Confirmed::Named { typed, id: ID.to_owned() });
            } else {
                assert!(intents.is_empty(), "{typed:?}: {intents:?}");
                assert!(ui.notice().is_some_and(|why| why.contains(&word)), "{typed:?}: {:?}", ui.notice());
            }
        }
    }
}

#[test]
fn the_handoff_is_confirmed_by_the_name_as_it_was_found() {
    for (name, word, typed) in cases() {
        for (typed, does) in typed {
            let bench = confirming(&name);
            let mut ui = bench.ui(120, 40);
            let screen = drawn(&bench, &mut ui, 120, 40).to_string();
            assert!(screen.contains(&format!("Type {word} and press")), "{screen}");
            type_in(&mut ui, &bench, &typed);
            let intents = press(&mut ui, &bench, "enter");
            let [Intent::Commands(commands)] = intents.as_slice() else { panic!("{typed:?}: {intents:?}") };
            let refused =
                crate::harness::decided::decided(&bench.run, bench.now, commands[0].clone()).refused;
            let refused = refused.map(|refused| bench.text.refusal(&refused, &str::to_owned));
            assert_eq!(refused.is_none(), does, "{typed:?}: {refused:?}");
            assert!(refused.is_none_or(|refused| refused.contains(&word)), "it is asked for what is shown");
        }
    }
}

#[test]
fn the_header_begins_with_whose_it_is_and_ends_with_no_dot_where_there_is_no_room_for_more() {
    let header = |name: &str, columns| {
        let bench = signed_in(name);
        let screen = drawn(&bench, &mut bench.ui(columns, 24), columns, 24).to_string();
        screen.lines().next().unwrap_or_default().trim_matches('"').trim().to_owned()
    };
    let counts = "4 of 5 green · gate locked";
    let short = header("Contoso", 80);
    assert!(
        short.starts_with("Contoso · Lync Online to Lync Server 2013  ") && short.ends_with(counts),
        "{short}"
    );
    assert_eq!(header("Contoso", 60), format!("Contoso · Lync Online to Lync…  {counts}"));
    let long = "Contoso Ibérica de Telecomunicaciones y Servicios";
    assert_eq!(header(long, 60), format!("Contoso Ibérica de Telecomuni…  {counts}"));
    assert_eq!(header(long, 80), format!("{long}   {counts}"));
    assert_eq!(header(long, 100), format!("{long} · Lync Online to Ly…  {counts}"));
}

/// A sign-in that was refused, so many times.
pub fn refused(times: usize) -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench.attest();
    let apply = |step: &str| Command::Apply { step: step.into(), confirmed: Confirmed::NotAsked };
    for _ in 0..times {
        bench.command(apply("credential"));
        bench.ask(Prompt::Credential { caption: "c".into(), message: "m".into(), user: String::new() });
        bench.command(Command::Answer(PromptReply::Answered));
        bench.end(OutcomeEnd::Completed, &[], Vec::new());
        bench.end(OutcomeEnd::Completed, &[("UserName", Value::text("admin@contoso.com"))], Vec::new());
        bench.command(apply("online-session"));
        fails_to_sign_in(&mut bench);
    }
    bench
}

fn fails_to_sign_in(bench: &mut Bench) {
    let failure = Failure {
        error_id: "LogonFailed".into(),
        exception: "System.Security.Authentication.AuthenticationException".into(),
        category: "AuthenticationError".into(),
        message: "Logon failed for the user 'admin@contoso.com'. Please create a new PSCredential object."
            .into(),
        ..Failure::default()
    };
    bench.end(OutcomeEnd::Threw, &[], vec![failure]);
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
}

#[test]
fn failed_sign_ins_are_counted_in_sight_before_another_password_is_typed() {
    let mut bench = refused(2);
    for lang in Lang::ALL {
        bench.text = Text::new(lang);
        let counted = bench.text.sign_ins_failed(2).unwrap();
        let mut ui = bench.ui(60, 20);
        let screen = drawn(&bench, &mut ui, 60, 20).to_string();
        // It is wrapped, and what may follow from it may stand below.
        let mut words = counted.split(';').next().unwrap().split_whitespace();
        assert!(words.all(|word| screen.contains(word)), "{counted}: {screen}");
        // Enter leads to the credential.
        assert_eq!(press(&mut ui, &bench, "enter").len(), 1, "{screen}");
    }
    bench.command(Command::Apply { step: "credential".into(), confirmed: Confirmed::NotAsked });
    bench.ask(Prompt::Credential { caption: "c".into(), message: "m".into(), user: String::new() });
    for lang in Lang::ALL {
        bench.text = Text::new(lang);
        let counted = bench.text.sign_ins_failed(2).unwrap();
        let dialog = drawn(&bench, &mut bench.ui(60, 20), 60, 20).to_string();
        assert!(dialog.contains(counted.split(';').next().unwrap()), "{dialog}");
    }
}

#[test]
fn who_was_led_to_another_step_is_back_where_it_was_when_that_is_done() {
    let mut last = measured("last", &[], LONG);
    last.remedies = vec![Remedy {
        when: Vec::new(),
        say: text("look at the first"),
        docs: None,
        go: Some(Go { step: "first".into(), act: Act::Check }),
    }];
    let mut steps = vec![measured("first", &[], LONG), measured("between", &[], LONG), last];
    for step in &mut steps {
        let StepKind::Measured { check, .. } = &mut step.kind else { continue };
        check.expect[0].property = Some("SharedSipAddressSpace".to_owned());
    }
    let mut bench = Bench::of(Checklist { steps, ..super::sample::checklist() }, Mode::Live);
    bench.open();
    bench.check("last", &[]);
    let mut ui = bench.ui(80, 24);
    press(&mut ui, &bench, "down down");
    let intents = press(&mut ui, &bench, "enter");
    assert!(format!("{intents:?}").contains("Check(StepId(\"first\"))"), "{intents:?}");
    bench.command(Command::Check("first".into()));
    drawn(&bench, &mut ui, 80, 24);
    assert_eq!(ui.selected(), 0);
    bench.end_as_it_holds("first");
    drawn(&bench, &mut ui, 80, 24);
    assert_eq!(ui.selected(), 2, "and not the next that is not green");
}

#[test]
fn the_key_for_apply_signs_in_with_a_refused_password_only_by_who_was_told_so() {
    let mut bench = refused(1);
    let mut ui = bench.ui(80, 24);
    for failed in 2..=3 {
        assert!(press(&mut ui, &bench, "a").is_empty());
        let screen = drawn(&bench, &mut ui, 80, 24).to_string();
        assert!(screen.contains("refused password again: press a once more"), "{screen}");
        let intents = press(&mut ui, &bench, "a");
        let [Intent::Commands(commands)] = intents.as_slice() else { panic!("{intents:?}") };
        bench.command(commands[0].clone());
        fails_to_sign_in(&mut bench);
        assert_eq!(bench.run.would_try_again(&"online-session".into()), Some(failed));
    }
    // What asks for another is not held up.
    press(&mut ui, &bench, "up");
    assert_eq!(press(&mut ui, &bench, "a").len(), 1);
}

/// What stands open of one tenant is closed, with the reason, as soon as another one is found.
#[test]
fn an_open_confirmation_or_statement_is_void_once_another_subject_is_found() {
    let other = [
        ("State", Value::text("Opened")),
        ("DisplayName", Value::text("Fabrikam")),
        ("TenantId", Value::text("bbbb-2")),
    ];
    for opened in ["Type Contoso", "Your name"] {
        let (mut bench, mut ui) = changing("Contoso");
        if opened == "Your name" {
            press(&mut ui, &bench, "esc");
            bench.pass(8 * 24 * 60 * 60 * 1000);
            bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
            press(&mut ui, &bench, "home up up up up up down enter");
        }
        let before = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(before.contains(opened) && before.contains("Esc cancel"), "{before}");
        if opened == "Your name" {
            bench.check("credential", &[("UserName", Value::text("admin@contoso.com"))]);
        }
        bench.check("online-session", &other);
        let after = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(!after.contains("Esc cancel"), "{after}");
        assert!(after.contains("Fabrikam") && after.contains("another"), "{after}");
    }
}

/// Of another scope nothing is confirmed there.
#[test]
fn an_open_confirmation_stays_where_another_scope_is_known() {
    let mut checklist = checklist_of_a_tenant();
    checklist.steps[0].subject = Some(Subject { scope: Changes::Forest, name: "Name".to_owned(), id: None });
    let mut bench = Bench::of(checklist, Mode::Live);
    bench.open();
    let fit = [("PSVersion", Value::Version(vec![5, 1])), ("Name", Value::text("contoso.com"))];
    bench.check("powershell-is-fit", &fit);
    bench.attest();
    bench.check("credential", &[("UserName", Value::text("admin@contoso.com"))]);
    bench.check("online-session", &tenant("Contoso", ID));
    bench.check("shared-sip-address-space", &Bench::shared(false));
    let mut ui = bench.ui(120, 40);
    press(&mut ui, &bench, "a");
    drawn(&bench, &mut ui, 120, 40);
    assert!(drawn(&bench, &mut ui, 120, 40).to_string().contains("Type Contoso"));
}
