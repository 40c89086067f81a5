use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyEventState, KeyModifiers};

use super::names::name;
use super::{Action, KeyContext, action, edit, edit_name, first_name, keys, normalise, rows};
use crate::checklist::Lang;
use crate::text::Text;
use crate::tui::field::Edit;

fn press(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent { code, modifiers, kind: KeyEventKind::Press, state: KeyEventState::NONE }
}

#[test]
fn no_key_means_two_things_in_one_place() {
    for context in KeyContext::ALL {
        let mut seen = std::collections::HashSet::new();
        for row in rows(context) {
            for key in keys(row, Lang::En) {
                assert!(seen.insert(*key), "{context:?}: {key:?} twice");
            }
        }
    }
}

#[test]
fn every_key_has_a_name_and_every_row_words_in_every_language() {
    for lang in Lang::ALL {
        let text = Text::new(lang);
        for row in super::ROWS {
            assert!(!(row.label)(text).is_empty());
            assert!(keys(row, lang).iter().all(|key| !name(*key, text).is_empty()), "{:?}", keys(row, lang));
            assert!(!first_name(row, text).is_empty());
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
fn there_is_a_way_out_of_every_place() {
    for context in KeyContext::ALL {
        let actions: BTreeSet<bool> =
            rows(context).map(|row| matches!(row.action, Action::Quit | Action::Close)).collect();
        assert!(actions.contains(&true), "{context:?}");
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
