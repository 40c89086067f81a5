//! What keys are called, as it stands on the keyboard of the language.

use crossterm::event::KeyCode;

use super::{Action, Control, Edit, Key, KeyBinding, KeyContext, KeyMap, Text, char, key};
use crate::checklist::Lang;

impl KeyMap {
    /// The name of the first key that does that in a context.
    pub(crate) fn name_of(&self, context: KeyContext, action: Action, text: Text) -> String {
        let row = self.rows(context, text.lang()).find(|row| row.action == action);
        row.map(|row| row.first_name(text)).unwrap_or_default()
    }
}

impl KeyBinding {
    /// The name of its first key.
    pub(crate) fn first_name(&self, text: Text) -> String {
        self.keys.of(text.lang()).first().map(|key| name(*key, text)).unwrap_or_default()
    }

    /// The names of all its keys.
    pub(crate) fn names(&self, text: Text) -> String {
        self.keys.of(text.lang()).iter().map(|key| name(*key, text)).collect::<Vec<_>>().join(" ")
    }
}

/// The key of a name as key maps have it: the English one, or its character.
pub(super) fn named(called: &str) -> Option<Key> {
    const CODES: [KeyCode; 13] = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Char(' '),
    ];
    let mut letters = called.chars();
    if let (Some(c), None) = (letters.next(), letters.next()) {
        return (!c.is_whitespace() && !c.is_control()).then(|| char(c));
    }
    let control = (b'a'..=b'z').map(|c| Key { code: KeyCode::Char(c.into()), control: Control::Held });
    let known = CODES.into_iter().chain((1..=12).map(KeyCode::F)).map(key).chain(control);
    known.into_iter().find(|known| name(*known, Text::new(Lang::En)).eq_ignore_ascii_case(called))
}

/// The name of the key that makes that change to a field.
pub(crate) fn edit_name(edit: Edit, text: Text) -> String {
    name(
        match edit {
            Edit::Insert(c) => char(c),
            Edit::Backspace => key(KeyCode::Backspace),
            Edit::Delete => key(KeyCode::Delete),
            Edit::Left => key(KeyCode::Left),
            Edit::Right => key(KeyCode::Right),
            Edit::Home => key(KeyCode::Home),
            Edit::End => key(KeyCode::End),
            Edit::Clear => Key { code: KeyCode::Char('u'), control: Control::Held },
            Edit::BackspaceWord => Key { code: KeyCode::Char('w'), control: Control::Held },
        },
        text,
    )
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
