//! What keys are called, as it stands on the keyboard of the language.

use crossterm::event::KeyCode;

use super::{Action, Control, Edit, Key, KeyBinding, KeyContext, Text, char, key, keys, rows};

/// The name of the first key that does that in a context.
pub(crate) fn name_of(context: KeyContext, action: Action, text: Text) -> String {
    rows(context).find(|row| row.action == action).map(|row| first_name(row, text)).unwrap_or_default()
}

/// The name of the key that makes that change to a field.
pub(crate) fn edit_name(edit: Edit, text: Text) -> String {
    let held = |code| Key { code, control: Control::Held };
    name(
        match edit {
            Edit::Insert(c) => char(c),
            Edit::Backspace => key(KeyCode::Backspace),
            Edit::Delete => key(KeyCode::Delete),
            Edit::Left => key(KeyCode::Left),
            Edit::Right => key(KeyCode::Right),
            Edit::Home => key(KeyCode::Home),
            Edit::End => key(KeyCode::End),
            Edit::Clear => held(KeyCode::Char('u')),
            Edit::WordLeft => held(KeyCode::Left),
            Edit::WordRight => held(KeyCode::Right),
            Edit::DeleteWord => held(KeyCode::Delete),
            Edit::BackspaceWord => held(KeyCode::Char('w')),
        },
        text,
    )
}

/// The name of a row's first key.
pub(crate) fn first_name(row: &KeyBinding, text: Text) -> String {
    keys(row, text.lang()).first().map(|key| name(*key, text)).unwrap_or_default()
}

/// The names of all keys of a row.
pub(crate) fn names(row: &KeyBinding, text: Text) -> String {
    keys(row, text.lang()).iter().map(|key| name(*key, text)).collect::<Vec<_>>().join(" ")
}

pub(super) fn name(key: Key, text: Text) -> String {
    let plain = match key.code {
        KeyCode::Enter => text.name_enter(),
        KeyCode::Esc => text.name_escape(),
        KeyCode::Tab => text.name_tab(),
        KeyCode::BackTab => text.name_back_tab(),
        KeyCode::Up => text.name_up(),
        KeyCode::Down => text.name_down(),
        KeyCode::Left => text.name_left(),
        KeyCode::Right => text.name_right(),
        KeyCode::PageUp => text.name_page_up(),
        KeyCode::PageDown => text.name_page_down(),
        KeyCode::Backspace => text.name_backspace(),
        KeyCode::Home => text.name_home(),
        KeyCode::End => text.name_end(),
        KeyCode::Char(' ') => text.name_space(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(number) => format!("F{number}"),
        _ => String::new(),
    };
    match key.control {
        Control::Free => plain,
        Control::Held => format!("Ctrl+{}", plain.to_uppercase()),
    }
}
