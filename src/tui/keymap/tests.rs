use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyEventState, KeyModifiers};

use super::names::name;
use super::{Action, Key, KeyContext, KeyMap, edit, edit_name, normalise};
use crate::checklist::Lang;
use crate::plain::keys::{BUSY, BusyKey, MENU, MenuKey, offer_of};
use crate::text::Text;
use crate::tui::field::Edit;

fn press(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent { code, modifiers, kind: KeyEventKind::Press, state: KeyEventState::NONE }
}

/// Of the built-in map.
fn action(context: KeyContext, key: Key, lang: Lang) -> Option<Action> {
    KeyMap::built_in().action(context, key, lang)
}

#[test]
fn the_built_in_map_is_read_whole_and_no_key_means_two_things_in_one_place() {
    let map = KeyMap::built_in();
    let asset = include_str!("../../../assets/keymap.toml");
    assert_eq!(map.rows.len(), asset.matches("{ context = ").count());
    map.clashes().unwrap();
}

#[test]
fn every_key_has_a_name_and_every_row_words_in_every_language() {
    for row in &KeyMap::built_in().rows {
        assert!(row.label.es.is_some() && row.label.fr.is_some(), "{row:?}");
        for lang in Lang::ALL {
            let text = Text::new(lang);
            assert!(!row.label(text).is_empty() && !row.first_name(text).is_empty(), "{row:?}");
            assert!(row.keys.of(lang).iter().all(|key| !name(*key, text).is_empty()), "{row:?}");
        }
    }
}

#[test]
fn the_name_of_a_change_is_that_of_its_key() {
    for (code, change) in
        [(KeyCode::Left, Edit::Left), (KeyCode::Right, Edit::Right), (KeyCode::Home, Edit::Home)]
    {
        let key = normalise(press(code, KeyModifiers::NONE)).unwrap();
        assert_eq!(
            (edit(key), edit_name(change, Text::default())),
            (Some(change), name(key, Text::default()))
        );
    }
}

#[test]
fn with_ctrl_a_key_is_about_a_word() {
    for (code, change) in [
        (KeyCode::Left, Edit::WordLeft),
        (KeyCode::Right, Edit::WordRight),
        (KeyCode::Backspace, Edit::BackspaceWord),
        (KeyCode::Char('w'), Edit::BackspaceWord),
        (KeyCode::Delete, Edit::DeleteWord),
    ] {
        let key = normalise(press(code, KeyModifiers::CONTROL)).unwrap();
        assert_eq!(edit(key), Some(change), "{code:?}");
    }
}

#[test]
fn there_is_a_way_out_of_every_place() {
    for context in KeyContext::ALL {
        let map = KeyMap::built_in();
        let out = |action| map.has(context, action, Lang::En);
        assert!(out(Action::Quit) || out(Action::Close), "{context:?}");
    }
}

#[test]
fn alt_gr_types_its_character() {
    let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
    let at = normalise(press(KeyCode::Char('@'), both)).unwrap();
    assert_eq!(edit(at), Some(Edit::Insert('@')));
    // The euro sign of a Spanish keyboard must not be taken for Ctrl+E, nor AltGr+C for Ctrl+C.
    let c = normalise(press(KeyCode::Char('c'), both)).unwrap();
    assert_eq!(action(KeyContext::Form, c, Lang::En), None);
    let quit = normalise(press(KeyCode::Char('c'), KeyModifiers::CONTROL)).unwrap();
    assert_eq!(action(KeyContext::Form, quit, Lang::En), Some(Action::Quit));
}

#[test]
fn a_release_does_nothing() {
    let release = KeyEvent { kind: KeyEventKind::Release, ..press(KeyCode::Enter, KeyModifiers::NONE) };
    assert_eq!(normalise(release), None);
}

#[test]
fn letters_can_be_typed_wherever_there_is_a_field() {
    for context in [KeyContext::Form, KeyContext::Confirming, KeyContext::Changing, KeyContext::Filtering] {
        for c in (' '..='~').chain("áñçœ€".chars()) {
            let key = normalise(press(KeyCode::Char(c), KeyModifiers::NONE)).unwrap();
            assert_eq!(action(context, key, Lang::En), None, "{context:?} {c}");
        }
    }
}

#[test]
fn only_the_letter_of_the_language_means_yes() {
    for (lang, yes) in [(Lang::En, 'y'), (Lang::Es, 's'), (Lang::Fr, 'o')] {
        let means_it = |c: &char| {
            let key = normalise(press(KeyCode::Char(*c), KeyModifiers::NONE)).unwrap();
            action(KeyContext::Question, key, lang) == Some(Action::Yes)
        };
        assert_eq!((' '..='~').filter(means_it).collect::<Vec<_>>(), [yes]);
    }
}

#[test]
fn yes_is_the_letter_that_lines_take_for_it() {
    for lang in Lang::ALL {
        let key = normalise(press(KeyCode::Char(Text::letter_of_yes(lang)), KeyModifiers::NONE)).unwrap();
        assert_eq!(action(KeyContext::Question, key, lang), Some(Action::Yes));
    }
}

fn refused(file: &str) -> String {
    KeyMap::with("keymap.toml", file).unwrap_err().words(Text::new(Lang::En))
}

/// The line of the built-in map in which that row stands.
fn built_in(row: &str) -> String {
    let lines = include_str!("../../../assets/keymap.toml").lines();
    let line = lines.take_while(|line| !line.contains(row)).count() + 1;
    format!("assets/keymap.toml:{line}")
}

#[test]
fn a_persons_row_takes_the_place_of_the_keys_and_leaves_what_it_does_not_name() {
    let file = "[[key]]\ncontext = \"steps\"\naction = \"check\"\nkeys = [\"v\", \"F5\"]\n";
    let map = KeyMap::with("keymap.toml", file).unwrap();
    let means = |name| map.action(KeyContext::Steps, super::names::named(name).unwrap(), Lang::En);
    assert_eq!((means("v"), means("F5"), means("c")), (Some(Action::Check), Some(Action::Check), None));
    assert_eq!(means("a"), Some(Action::Apply));
    let row = map.rows(KeyContext::Steps, Lang::Fr).find(|row| row.action == Action::Check).unwrap();
    assert_eq!(row.label(Text::new(Lang::Fr)), "vérifier");
}

#[test]
fn a_clash_names_both_lines_also_that_of_the_built_in_map() {
    let against = "\n[[key]]\ncontext = \"steps\"\naction = \"check\"\nkeys = [\"a\"]\n";
    let apply = built_in("{ context = \"steps\", keys = [\"a\"]");
    assert_eq!(refused(against), format!("a means two things in one place: keymap.toml:2 and {apply}"));
    let own = "key = [\n{ context = \"steps\", action = \"check\", keys = [\"v\"] },\n{ context = \"steps\", action = \"apply\", keys = [\"v\"] },\n]\n";
    assert_eq!(refused(own), "v means two things in one place: keymap.toml:2 and keymap.toml:3");
    // Yes of another language is a key there too.
    let yes = "key = [{ context = \"question\", action = \"close\", keys = [\"s\"] }]";
    assert!(refused(yes).contains("s means two things"), "{}", refused(yes));
    let twice = "key = [\n{ context = \"steps\", action = \"check\", keys = [\"v\"] },\n{ context = \"steps\", action = \"check\", keys = [\"b\"] },\n]\n";
    assert_eq!(
        refused(twice),
        "keymap.toml:3: the same action of this context stands at keymap.toml:2 already"
    );
}

#[test]
fn what_no_row_may_say_is_refused_with_its_line() {
    for (row, says) in [
        (r#"context = "step", action = "check", keys = ["v"]"#, "line 1"),
        (r#"context = "steps", action = "chek", keys = ["v"]"#, "`check`"),
        (r#"context = "steps", action = "check", keys = ["v"], colour = "red""#, "colour"),
        (r#"context = "steps", action = "check", keys = ["Ctrl+Enter"]"#, "keymap.toml:1: “Ctrl+Enter”"),
        (r#"context = "steps", action = "check", keys = ["vv"]"#, "is no key"),
        (r#"context = "steps", action = "check", keys = ["Ctrl+Alt+v"]"#, "AltGr"),
        (r#"context = "steps", action = "check", keys = ["AltGr+v"]"#, "AltGr"),
        (r#"context = "gate", action = "check", keys = ["v"]"#, "no such action"),
        (r#"context = "form", action = "close", keys = ["v"]"#, "to type"),
        (r#"context = "searching", action = "go", keys = ["Left"]"#, "to type"),
        (r#"context = "choice", action = "go", keys = ["g"]"#, "to type"),
        (r#"context = "small-at-work", action = "quit", keys = ["q"]"#, "to type"),
        (r#"context = "steps", action = "stop", keys = []"#, "needs a key"),
        (r#"context = "help", action = "close", keys = []"#, "needs a key"),
        (r#"context = "gate", action = "quit", keys = []"#, "needs a key"),
    ] {
        let why = refused(&format!("key = [{{ {row} }}]"));
        assert!(why.contains(says) && why.contains("keymap.toml"), "{row}: {why}");
    }
}

#[test]
fn an_action_that_is_no_way_out_may_go_without_a_key() {
    let map = KeyMap::with("k", r#"key = [{ context = "steps", action = "check-all", keys = [] }]"#).unwrap();
    assert!(!map.has(KeyContext::Steps, Action::CheckAll, Lang::En));
    assert_eq!(map.name_of(KeyContext::Steps, Action::CheckAll, Text::new(Lang::En)), "");
}

/// Where lines have what an action of the screens does or tells.
#[derive(Clone, Copy, Debug)]
enum InLines {
    /// A word at the menu.
    Menu(MenuKey),
    /// A word while a command runs.
    Busy(BusyKey),
    /// Enter alone, the number of a step, or an answer to what is asked then.
    Asked,
    /// It changes only what is in sight, and lines print all of that.
    InSight,
}

fn in_lines(action: Action) -> InLines {
    match action {
        Action::CheckAll => InLines::Menu(MenuKey::All),
        Action::GoOn => InLines::Menu(MenuKey::GoOn),
        // It lists what is not green, with why.
        Action::Gate | Action::NotGreen => InLines::Menu(MenuKey::Gate),
        Action::Inputs => InLines::Menu(MenuKey::Inputs),
        Action::Reconnect => InLines::Menu(MenuKey::Reconnect),
        Action::Rows => InLines::Menu(MenuKey::Rows),
        Action::Steps => InLines::Menu(MenuKey::List),
        Action::Older | Action::Newer => InLines::Menu(MenuKey::Output),
        // A file is searched by whatever reads it.
        Action::Write | Action::Search | Action::Again | Action::Back => InLines::Menu(MenuKey::Write),
        Action::Help => InLines::Menu(MenuKey::Help),
        Action::Quit => InLines::Menu(MenuKey::Quit),
        Action::Stop => InLines::Busy(BusyKey::Stop),
        Action::MoreTime => InLines::Busy(BusyKey::MoreTime),
        Action::Go
        | Action::Check
        | Action::Apply
        | Action::Jump
        | Action::Toggle
        | Action::Yes
        | Action::Close => InLines::Asked,
        Action::Next
        | Action::Previous
        | Action::Pane
        | Action::PaneBack
        | Action::First
        | Action::Last
        | Action::PageUp
        | Action::PageDown
        | Action::Follow
        // Lines are marked and copied as any text of the terminal.
        | Action::Copy
        // Each line says its stream.
        | Action::Stream
        | Action::Left
        | Action::Right
        | Action::Zoom
        | Action::Wrap => InLines::InSight,
    }
}

#[test]
fn what_an_action_does_or_tells_has_its_word_in_lines_also_where_a_run_is_only_looked_at() {
    for row in &KeyMap::built_in().rows {
        let looks = matches!(row.context, KeyContext::Sealed | KeyContext::Looking);
        let word = match in_lines(row.action) {
            InLines::Menu(key) => Some((offer_of(MENU, key, Text::default()), key.only_looks())),
            InLines::Busy(key) => Some((offer_of(BUSY, key, Text::default()), false)),
            InLines::Asked | InLines::InSight => None,
        };
        if let Some((word, only_looks)) = word {
            assert!(!word.is_empty() && (only_looks || !looks), "{row:?}");
        }
    }
}
