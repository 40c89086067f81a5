//! The time of what runs: its limit, more of it, and how long a batch takes yet.

use greenlight::facade::checklist::Lang;
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{Command, Mode, OutcomeEnd};
use greenlight::facade::text::Text;
use greenlight::facade::tui::Intent;

use super::fixture::{Bench, drawn, press};
use super::{running, text_of};

#[test]
fn more_time_is_offered_as_long_as_it_can_be_given() {
    for (lang, word) in [(Lang::En, "more time"), (Lang::Es, "más tiempo"), (Lang::Fr, "plus de temps")] {
        let mut bench = running();
        bench.text = Text::new(lang);
        let mut ui = bench.ui(80, 24);
        let screen = |bench: &Bench, ui: &mut _| text_of(&drawn(bench, ui, 80, 24));
        let before = screen(&bench, &mut ui);
        assert!(before.contains(&format!("+ {word}")) && before.contains("0:12 / 5:00"), "{before}");
        match press(&mut ui, &bench, "+").as_slice() {
            [Intent::Commands(commands)] => assert!(matches!(commands[..], [Command::ExtendTimeout])),
            other => panic!("{other:?}"),
        }
        bench.command(Command::ExtendTimeout);
        let after = screen(&bench, &mut ui);
        assert!(!after.contains(word) && after.contains("0:12 / 5:12"), "{after}");
    }
}

#[test]
fn a_batch_says_which_of_how_many_and_about_how_long_yet() {
    let mut bench = Bench::begun(Mode::Live);
    let fit = [("PSVersion", Value::Version(vec![5, 1]))];
    let steps = ["powershell-is-fit", "clock"].map(Into::into);
    for _ in 0..2 {
        bench.command(Command::CheckAll(steps.to_vec()));
        let screen = text_of(&drawn(&bench, &mut bench.ui(80, 24), 80, 24));
        let estimate = screen.contains("1 of 2, about 5 s");
        assert!(screen.contains("1 of 2"), "{screen}");
        assert_eq!(estimate, bench.attempt().unwrap().0.get() > 2, "{screen}");
        while bench.run.running().is_some() {
            bench.end(OutcomeEnd::Completed, &fit, Vec::new());
        }
    }
}

#[test]
fn an_estimate_is_only_about_so_much() {
    for (left, told) in [
        (0, "5 s"),
        (5_001, "10 s"),
        (54_999, "55 s"),
        (55_001, "1 min"),
        (89_000, "2 min"),
        (84_000, "1 min"),
    ] {
        assert_eq!(
            Text::default().with_estimate("2 of 3".into(), Some(left)),
            format!("2 of 3, about {told}")
        );
    }
    assert_eq!(Text::default().with_estimate("2 of 3".into(), None), "2 of 3");
}
