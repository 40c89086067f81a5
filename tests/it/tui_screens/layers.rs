//! Which layer has the keys, in every order in which layers can lie over each other, and that it alone has them.

use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Mode, OutcomeEnd, Prompt};
use greenlight::facade::tui::Layer::{
    Attest, Briefing, Confirm, Confirming, Gate, Halted, Help, Looking, Question, Quit, Rechecking, Rows,
    Sealed, Steps, TooSmall,
};
use greenlight::facade::tui::{Intent, Layer, TerminalSize, Ui};

use super::fixture::{Bench, drawn, press};

/// A screen, or a screen with a dialog of the operator's over it, and how it is come by.
type Lowest = (&'static [Layer], fn() -> (Bench, Ui));

const LOWEST: &[Lowest] = &[
    (&[Briefing], || {
        let bench = Bench::begun(Mode::Live);
        let ui = bench.briefing(80, 24);
        (bench, ui)
    }),
    (&[Steps], || at_steps(Bench::begun(Mode::Live), "")),
    (&[Rows], || at_steps(super::rows::servers(30, Mode::Live), "t")),
    (&[Gate], || at_steps(Bench::begun(Mode::Live), "g")),
    (&[Steps, Attest], || at_steps(stated_next(), "enter")),
    (&[Steps, Confirm], || at_steps(super::red(), "a")),
    (&[Rechecking], || {
        let (mut bench, ui) = at_steps(green(), "g");
        bench.command(Command::BeginHandoff);
        (bench, ui)
    }),
    (&[Confirming], || {
        let (mut bench, ui) = at_steps(green(), "g");
        bench.confirming();
        (bench, ui)
    }),
    (&[Sealed], || {
        let (mut bench, ui) = at_steps(green(), "g");
        bench.sealed();
        (bench, ui)
    }),
    (&[Looking], || {
        let (mut bench, mut ui) = at_steps(green(), "g");
        bench.sealed();
        read(&mut bench, &mut ui);
        assert!(press(&mut ui, &bench, "s").is_empty());
        (bench, ui)
    }),
    (&[Looking], || {
        let mut bench = Bench::begun(Mode::Live);
        bench.looking = Some("looked at".into());
        let ui = bench.briefing(80, 24);
        (bench, ui)
    }),
];

fn green() -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.all_green();
    bench
}

fn stated_next() -> Bench {
    let mut bench = Bench::begun(Mode::Live);
    bench.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
    bench
}

fn at_steps(bench: Bench, keys: &str) -> (Bench, Ui) {
    let mut ui = bench.ui(80, 24);
    seen(&bench, &mut ui);
    if !keys.is_empty() {
        assert!(press(&mut ui, &bench, keys).is_empty());
    }
    (bench, ui)
}

fn seen(bench: &Bench, ui: &mut Ui) {
    drawn(bench, ui, 80, 24);
}

/// It is drawn, and has been in sight long enough to be read.
fn read(bench: &mut Bench, ui: &mut Ui) {
    seen(bench, ui);
    bench.read();
    seen(bench, ui);
}

/// What lies over that, in the order in which it does.
const OVER: [Layer; 5] = [Question, Quit, Halted, Help, TooSmall];

/// Puts it there as it comes to be there; `false` where it cannot.
fn put(layer: Layer, bench: &mut Bench, ui: &mut Ui) -> bool {
    match layer {
        Question => {
            if bench.run.running().is_none() {
                if !matches!(ui.layers(&bench.view()).first(), Some(Briefing | Steps | Rows | Gate)) {
                    return false;
                }
                let last = bench.run.checklist().steps.last().unwrap().id.clone();
                bench.command(Command::Check(last));
            }
            bench.ask(Prompt::Line);
        }
        Quit => {
            if bench.run.foreground_command().is_none() {
                return false;
            }
            assert!(press(ui, bench, "ctrl-c").is_empty());
        }
        Halted => ui.stands_still(Some("the disk is full".into())),
        Help => assert!(press(ui, bench, "f1").is_empty()),
        TooSmall => ui.resize(TerminalSize { columns: 59, rows: 20 }),
        other => panic!("{other:?} lies over nothing"),
    }
    true
}

/// Every screen with every choice of what can lie over it.
fn every_stack() -> Vec<(Vec<Layer>, Bench, Ui)> {
    let mut stacks = Vec::new();
    for (lowest, come_by) in LOWEST {
        for chosen in 0_u32..1 << OVER.len() {
            let (mut bench, mut ui) = come_by();
            read(&mut bench, &mut ui);
            let over: Vec<Layer> = OVER
                .into_iter()
                .enumerate()
                .filter(|(bit, _)| chosen & 1 << bit != 0)
                .map(|(_, layer)| layer)
                .collect();
            let came = over.iter().all(|layer| {
                let put = put(*layer, &mut bench, &mut ui);
                read(&mut bench, &mut ui);
                put
            });
            if came {
                stacks.push(([*lowest, over.as_slice()].concat(), bench, ui));
            }
        }
    }
    stacks
}

#[test]
fn the_layer_on_top_has_the_keys_in_every_order_there_is() {
    let stacks = every_stack();
    assert!(stacks.len() > 150, "{}", stacks.len());
    for (stack, bench, ui) in stacks {
        assert_eq!(ui.layers(&bench.view()), stack);
        assert_eq!(Some(&ui.top(&bench.view())), stack.last());
    }
}

/// Esc is a key of every layer but those that have only a way out, and leads one layer down: no other layer sees it.
#[test]
fn esc_is_taken_by_the_layer_on_top_alone() {
    for (stack, bench, mut ui) in every_stack() {
        let (top, below) = stack.split_last().unwrap();
        let intents = press(&mut ui, &bench, "esc");
        let left = ui.layers(&bench.view());
        match top {
            Quit | Help | Attest | Confirm => {
                assert!(intents.is_empty(), "{stack:?}");
                assert_eq!(left, below, "{stack:?}");
            }
            Briefing | Rows | Gate => {
                assert!(intents.is_empty(), "{stack:?}");
                assert_eq!(left, [Steps], "{stack:?}");
            }
            Question => assert!(matches!(intents.as_slice(), [Intent::Answer(_)]), "{stack:?}: {intents:?}"),
            Rechecking | Confirming => {
                assert!(matches!(intents.as_slice(), [Intent::Commands(_)]), "{stack:?}: {intents:?}");
            }
            Sealed => assert!(matches!(intents.as_slice(), [Intent::Quit]), "{stack:?}: {intents:?}"),
            Looking if bench.run.is_sealed() => {
                assert!(intents.is_empty(), "{stack:?}");
                assert_eq!(left, [Sealed], "{stack:?}");
            }
            Steps | Looking | Halted | TooSmall => {
                assert!(intents.is_empty(), "{stack:?}: {intents:?}");
                assert_eq!(left, stack);
            }
        }
    }
}

/// A letter goes into the field of the layer on top, or is a key of it; nothing below changes by it.
#[test]
fn what_lies_below_keeps_what_was_typed() {
    for (stack, bench, mut ui) in every_stack() {
        let (top, below) = stack.split_last().unwrap();
        if !matches!(top, Quit | Halted | Help | TooSmall) || below.is_empty() {
            continue;
        }
        let before = format!("{:?} {:?}", ui.screen(), ui.confirmation());
        press(&mut ui, &bench, "x X 7");
        ui.on_paste("pasted", &bench.view());
        assert_eq!(format!("{:?} {:?}", ui.screen(), ui.confirmation()), before, "{stack:?}");
        assert_eq!(ui.layers(&bench.view()), stack);
    }
}

/// Of two frames one over the other, only the one on top names keys, and the screen below names none.
#[test]
fn keys_are_shown_of_the_layer_on_top_alone() {
    let shown = |screen: &str| -> Vec<&str> {
        ["Enter next, then done", "Enter try again", "PgDn page on   ", "y yes", "Enter confirm", "c check"]
            .into_iter()
            .filter(|words| screen.contains(words))
            .collect()
    };
    for (stack, bench, mut ui) in every_stack() {
        if stack.contains(&TooSmall) {
            continue;
        }
        let screen = drawn(&bench, &mut ui, 80, 24).to_string();
        let wanted: &[&str] = match stack.last().unwrap() {
            Briefing | Question | Attest => &["Enter next, then done"],
            Halted => &["Enter try again"],
            Help => &["PgDn page on   "],
            Quit => &["y yes"],
            Confirm | Confirming => &["Enter confirm"],
            Steps => &["c check"],
            Looking | Rows | Gate | Rechecking | Sealed | TooSmall => &[],
        };
        let shown: Vec<&str> = shown(&screen)
            .into_iter()
            .filter(|words| !(words.starts_with("PgDn") && stack.last() == Some(&Rows)))
            .collect();
        assert_eq!(shown, wanted, "{stack:?}:\n{screen}");
    }
}

/// A question that comes while the operator is asked whether to leave lies below that, and is read anew when it is seen.
#[test]
fn what_comes_below_what_the_operator_opened_waits_for_its_own_half_second() {
    let (mut bench, mut ui) = at_steps(Bench::begun(Mode::Live), "");
    bench.command(Command::Check("powershell-is-fit".into()));
    press(&mut ui, &bench, "ctrl-c");
    bench.ask(Prompt::Line);
    seen(&bench, &mut ui);
    assert_eq!(ui.layers(&bench.view()), [Steps, Question, Quit]);
    assert!(press(&mut ui, &bench, "esc").is_empty());
    assert_eq!(ui.layers(&bench.view()), [Steps, Question]);
    assert!(press(&mut ui, &bench, "x esc enter").is_empty(), "no frame has shown it");
    read(&mut bench, &mut ui);
    assert!(matches!(press(&mut ui, &bench, "esc").as_slice(), [Intent::Answer(_)]));
    bench.end(OutcomeEnd::Stopped, &[], Vec::new());
}

/// Who is asked whether to leave, and stays, finds what was open as it was.
#[test]
fn a_statement_in_the_making_outlives_the_question_whether_to_leave() {
    let (mut bench, mut ui) = at_steps(stated_next(), "enter");
    super::fixture::type_in(&mut ui, &bench, "Ana");
    bench.command(Command::Check("powershell-is-fit".into()));
    press(&mut ui, &bench, "ctrl-c esc");
    assert_eq!(ui.layers(&bench.view()), [Steps, Attest]);
    assert!(drawn(&bench, &mut ui, 80, 24).to_string().contains("Ana"));
}
