//! A run that goes on by itself: while it does, and where it is held.

use greenlight::facade::checklist::Lang;
use greenlight::facade::plain::held_line;
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Failure, Going, HeldBy, Mode, OutcomeEnd, Prompt, PromptReply};
use greenlight::facade::text::Text;

use super::fixture::{Bench, drawn, press};
use super::text_of;
use crate::harness::squeezed;

pub fn goes() -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.command(Command::Go { by: bench.who.clone() });
    bench
}

pub fn at_the_statement() -> Bench {
    let mut bench = goes();
    bench.end_as_it_holds("powershell-is-fit");
    bench
}

pub fn asked() -> Bench {
    let mut bench = at_the_statement();
    bench.attest();
    bench.end(OutcomeEnd::Completed, &[("UserName", Value::text(""))], Vec::new());
    bench.ask(Prompt::Credential {
        caption: "Who are you?".into(),
        message: "m".into(),
        user: String::new(),
    });
    bench
}

pub fn at_the_change() -> Bench {
    let mut bench = asked();
    bench.command(Command::Answer(PromptReply::Answered));
    bench.end(OutcomeEnd::Completed, &[], Vec::new());
    bench.end_as_it_holds("credential");
    bench.end_as_it_holds("online-session");
    bench.end(OutcomeEnd::Completed, &Bench::shared(false), Vec::new());
    bench
}

pub fn red() -> Bench {
    let mut bench = goes();
    bench.end(OutcomeEnd::Completed, &[("PSVersion", Value::Version(vec![2, 0]))], Vec::new());
    bench
}

pub fn undetermined() -> Bench {
    let mut bench = goes();
    let failure = Failure { message: "Access is denied.".into(), ..Failure::default() };
    bench.end(OutcomeEnd::Threw, &[], vec![failure]);
    bench
}

fn each() -> [(&'static str, Bench); 6] {
    [
        ("on", goes()),
        ("statement", at_the_statement()),
        ("question", asked()),
        ("change", at_the_change()),
        ("red", red()),
        ("undetermined", undetermined()),
    ]
}

fn held(bench: &Bench) -> Option<(String, HeldBy)> {
    match bench.run.going(bench.now)? {
        Going::On => None,
        Going::Held { step, by } => Some((step.to_string(), by)),
    }
}

#[test]
fn screens_say_what_lines_and_who_watches_are_told() {
    for lang in Lang::ALL {
        let text = Text::new(lang);
        for (name, mut bench) in each() {
            bench.text = text;
            let mut ui = bench.ui(120, 40);
            let screen = squeezed(&text_of(&drawn(&bench, &mut ui, 120, 40)).replace('"', " "));
            let count = text.going_on(text.count(&bench.run.count(bench.now)));
            let line = held_line(&bench.run, bench.now, text);
            let words = ["stop the command", "detener el comando", "arrêter la commande"];
            let stops = words.iter().any(|words| screen.contains(words));
            let ends = screen.contains(&text.key_end_going());
            match held(&bench) {
                None => assert!(line.is_none() && screen.contains(&count) && stops && !ends, "{screen}"),
                // It stands in a dialog, over all else.
                Some((_, HeldBy::Question)) => {
                    assert!(line.unwrap().ends_with(&text.held_by_question()));
                    assert!(screen.contains("Who are you?"), "{name}: {screen}");
                }
                Some((step, _)) => {
                    let line = line.unwrap();
                    assert!(screen.contains(&line) && !screen.contains(&count), "{line}: {screen}");
                    assert!(ends && !stops, "{name}: {screen}");
                    assert!(line.contains(&bench.run.name_of(&step, lang)), "{line}");
                    assert_eq!(
                        ui.selected(),
                        bench
                            .run
                            .checklist()
                            .steps
                            .iter()
                            .position(|known| known.id == step.as_str().into())
                            .unwrap()
                    );
                }
            }
        }
    }
}

#[test]
fn enter_begins_it_in_a_new_run_alone() {
    let begins = |bench: &Bench| {
        let mut ui = bench.ui(80, 24);
        drawn(bench, &mut ui, 80, 24);
        let intents = press(&mut ui, bench, "enter");
        format!("{intents:?}").contains("Go {")
    };
    assert!(begins(&Bench::begun(Mode::Live)));
    let mut looked_at = Bench::begun(Mode::Live);
    looked_at.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![2, 0]))]);
    assert!(!begins(&looked_at));
    // One that goes on, and has not come to anything yet.
    let mut waits = Bench::new(Mode::Live);
    waits.command(Command::Go { by: waits.who.clone() });
    assert!(!begins(&waits));
    // What comes first is a statement.
    let bench = Bench::begun(Mode::Live);
    let mut ui = bench.ui(80, 24);
    drawn(&bench, &mut ui, 80, 24);
    let intents = press(&mut ui, &bench, "down enter");
    assert!(!format!("{intents:?}").contains("Go {"), "{intents:?}");
}
