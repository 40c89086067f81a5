//! Keys and sizes at random.

use super::*;

use crate::harness::decided::decided;

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
        7 => {
            bench.all_green();
            bench.sealed();
        }
        _ => {
            bench = super::super::rows::servers(60, bench.run.mode().clone());
        }
    }
    bench
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]
    #[test]
    fn no_key_and_no_size_breaks_a_screen(
        number in 0_u8..18,
        lang in 0_usize..3,
        steps in proptest::collection::vec((0_usize..37, 1_u16..140, 1_u16..50), 1..24),
    ) {
        let names = [
            "enter", "esc", "tab", "up", "down", "right", "pgup", "pgdn", "backspace", "space", "f1", "ctrl-c", "j",
            "k", "c", "a", "A", "g", "i", "R", "f", "y", "n", "?", "q", "é", "日", "s", "o", "\u{7f}", "/", "N", "w",
            "home", "end", "t", "left",
        ];
        let mut bench = state(number);
        bench.text = Text::new(Lang::ALL[lang]);
        let mut ui = bench.briefing(80, 24);
        for (name, columns, rows) in steps {
            // What the wizard would do is tried, and may be refused.
            if let Some(Intent::Commands(commands)) = ui.on_key(key(names[name]), &bench.view()) {
                for command in commands {
                    if decided(&bench.run, bench.now, command.clone()).refused.is_none() {
                        bench.command(command);
                    }
                }
            }
            ui.resize(greenlight::facade::tui::TerminalSize { columns, rows });
            drawn(&bench, &mut ui, columns, rows);
        }
    }
}
