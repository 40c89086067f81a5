use super::{Edit, SecretField, TextField};

const E_ACUTE: &str = "e\u{301}";
const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";
const FLAG: &str = "🇪🇸";
/// A syllable of Hangul from its three letters.
const HAN: &str = "\u{1112}\u{1161}\u{11ab}";

/// The field after these edits, with `|` for the cursor.
fn after(text: &str, edits: &[Edit]) -> String {
    let mut field = TextField::new(text);
    for edit in edits {
        field.edit(*edit);
    }
    let (before, behind) = field.around_cursor();
    format!("{before}|{behind}")
}

fn typed(text: &str) -> Vec<Edit> {
    text.chars().map(Edit::Insert).collect()
}

#[test]
fn a_key_passes_and_takes_what_a_person_sees_as_one_character() {
    for one in ["e", E_ACUTE, FAMILY, FLAG, HAN, "日"] {
        let text = format!("a{one}b");
        assert_eq!(after("", &typed(&text)), format!("a{one}b|"));
        assert_eq!(after(&text, &[Edit::Left, Edit::Left]), format!("a|{one}b"));
        assert_eq!(after(&text, &[Edit::Left, Edit::Backspace]), "a|b");
        assert_eq!(after(&text, &[Edit::Home, Edit::Right, Edit::Right]), format!("a{one}|b"));
        assert_eq!(after(&text, &[Edit::Home, Edit::Right, Edit::Delete]), "a|b");
    }
}

#[test]
fn the_cursor_never_stands_inside_a_character() {
    // An accent that is typed belongs to the letter before the cursor.
    assert_eq!(after("ex", &[Edit::Left, Edit::Insert('\u{301}')]), format!("{E_ACUTE}|x"));
    // A letter typed before a lone accent takes it.
    assert_eq!(after("\u{301}", &[Edit::Home, Edit::Insert('e')]), format!("{E_ACUTE}|"));
    // What is taken out may join its neighbours: two halves of a flag.
    assert_eq!(after("🇪x🇸", &[Edit::Left, Edit::Backspace]), format!("{FLAG}|"));
    assert_eq!(after("🇪x🇸", &[Edit::Home, Edit::Right, Edit::Delete]), format!("{FLAG}|"));
}

#[test]
fn a_word_is_passed_and_taken_away_whole() {
    let text = format!("one  d{E_ACUTE}ux three");
    assert_eq!(after(&text, &[Edit::WordLeft]), format!("one  d{E_ACUTE}ux |three"));
    assert_eq!(after(&text, &[Edit::WordLeft, Edit::WordLeft]), format!("one  |d{E_ACUTE}ux three"));
    assert_eq!(
        after(&text, &[Edit::Home, Edit::WordLeft, Edit::WordRight]),
        format!("one|  d{E_ACUTE}ux three")
    );
    assert_eq!(
        after(&text, &[Edit::Home, Edit::WordRight, Edit::WordRight]),
        format!("one  d{E_ACUTE}ux| three")
    );
    assert_eq!(after(&text, &[Edit::WordLeft, Edit::BackspaceWord]), "one  |three");
    assert_eq!(after(&text, &[Edit::Home, Edit::WordRight, Edit::DeleteWord]), "one| three");
    assert_eq!(after("one ", &[Edit::WordRight, Edit::DeleteWord, Edit::WordLeft]), "|one ");
    assert_eq!(after("one ", &[Edit::Home, Edit::WordRight, Edit::DeleteWord]), "one|");
}

#[test]
fn the_ends_hold() {
    assert_eq!(after("a", &[Edit::Right, Edit::Delete]), "a|");
    assert_eq!(after("a", &[Edit::Home, Edit::Left, Edit::Backspace]), "|a");
    assert_eq!(after("", &[Edit::Backspace, Edit::Delete, Edit::Insert('\u{7}')]), "|");
    let full = "e".repeat(TextField::ROOM);
    assert_eq!(after(&full, &[Edit::Insert('x')]), format!("{full}|"));
}

#[test]
fn a_secret_is_counted_and_taken_by_character() {
    let mut field = SecretField::default();
    for edit in typed(&format!("a{E_ACUTE}{FAMILY}{FLAG}{HAN}")) {
        field.edit(edit);
    }
    for left in [4, 3, 2, 1, 0, 0] {
        field.edit(Edit::Backspace);
        assert_eq!(field.count(), left);
    }
    assert_eq!(field.take().expose().as_str(), "");
}
