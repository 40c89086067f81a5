//! A person's own key map, in what keys do and in every sentence that names one.

use greenlight::facade::checklist::Lang;
use greenlight::facade::run::{Command, Mode};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{Intent, KeyMap};

use super::fixture::{Bench, drawn, press};

fn own(bench: &mut Bench, rows: &[&str]) {
    bench.keys = KeyMap::with("keymap.toml", &format!("key = [\n{},\n]\n", rows.join(",\n"))).unwrap();
}

#[test]
fn a_row_of_ones_own_changes_what_keys_do_the_footer_and_the_help() {
    let mut bench = Bench::begun(Mode::Live);
    let words = r#"label = { en = "look", es = "mirar", fr = "regarder" }"#;
    let check = format!(r#"{{ context = "steps", action = "check", keys = ["v", "F5"], {words} }}"#);
    // An action without a key is offered nowhere, and leaves its room to another.
    let gone = r#"{ context = "steps", action = "check-all", keys = [] }"#;
    own(
        &mut bench,
        &[&check, gone, r#"{ context = "steps", action = "wrap", keys = ["F2"], shown = "footer" }"#],
    );
    for (lang, look) in [(Lang::En, "v look"), (Lang::Es, "v mirar"), (Lang::Fr, "v regarder")] {
        bench.text = Text::new(lang);
        let mut ui = bench.ui(120, 40);
        let steps = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(steps.contains(look) && !steps.contains("   A "), "{steps}");
        assert!(lang == Lang::Fr || steps.contains("F2 "), "{steps}");
        press(&mut ui, &bench, "?");
        let help = drawn(&bench, &mut ui, 120, 40).to_string();
        assert!(help.contains("v F5 "), "{help}");
    }
    let mut ui = bench.ui(80, 24);
    assert!(press(&mut ui, &bench, "c A r").is_empty());
    let intents = press(&mut ui, &bench, "v");
    let [Intent::Commands(commands)] = intents.as_slice() else { panic!("{intents:?}") };
    assert!(matches!(commands.as_slice(), [Command::Check(_)]), "{commands:?}");
}

#[test]
fn sentences_name_the_key_of_the_map() {
    let mut bench = Bench::begun(Mode::Live);
    own(
        &mut bench,
        &[
            r#"{ context = "gate", action = "go", keys = ["F9"] }"#,
            r#"{ context = "steps", action = "reconnect", keys = ["F8"] }"#,
        ],
    );
    bench.all_green();
    let mut ui = bench.ui(120, 40);
    press(&mut ui, &bench, "g");
    let gate = drawn(&bench, &mut ui, 120, 40).to_string();
    assert!(gate.contains("press F9") && !gate.contains("press Enter"), "{gate}");
    bench.check("online-session", &[("State", greenlight::facade::run::value::Value::text("Broken"))]);
    let steps = drawn(&bench, &mut bench.ui(120, 40), 120, 40).to_string();
    assert!(steps.contains("F8 connects again"), "{steps}");
}
