//! The screens' keys: rows of where, which keys, what they do, and the words for it. They stand in `assets/keymap.toml`, and a
//! person's own file may give a row other keys.
//!
//! The footer and the help are made from the same rows. No row uses Ctrl and Alt together: that is how `AltGr` arrives
//! on Windows, and the two are taken away where a character comes with them.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use serde::Deserialize;

use super::field::Edit;
use crate::checklist::{Lang, Localized};
use crate::text::Text;

mod mistake;
mod names;
mod read;

use mistake::Place;
pub(crate) use names::edit_name;

/// What a key means to the screens. None of these decides anything about the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Action {
    /// The next sensible thing; in a form, the next field or the end of the form.
    Go,
    /// To the next row or field.
    Next,
    /// To the previous row or field.
    Previous,
    /// To the next pane.
    Pane,
    /// To the previous pane.
    PaneBack,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Check the selected step.
    Check,
    /// Apply the selected step.
    Apply,
    CheckAll,
    /// Go on until a person is needed.
    GoOn,
    Gate,
    /// Show the briefing with the inputs.
    Inputs,
    Reconnect,
    /// Stop the running command.
    Stop,
    /// Give the running command its time once more.
    MoreTime,
    /// A page of the output back.
    PageUp,
    /// A page of the output on.
    PageDown,
    /// Follow the output again.
    Follow,
    Search,
    /// To the next line that was searched for.
    Again,
    /// To the previous line that was searched for.
    Back,
    /// Show only one stream of the output, or all.
    Stream,
    /// To the steps of a sealed run.
    Steps,
    /// Write the output into a file.
    Write,
    /// Copy what has the focus.
    Copy,
    /// To the output of an older command of the step.
    Older,
    /// To the output of a newer command of the step.
    Newer,
    /// Show all rows by which a step is not green.
    Rows,
    /// Scroll to the left.
    Left,
    /// Scroll to the right.
    Right,
    /// The pane with the focus alone, or all of them.
    Zoom,
    /// List only the steps that are not green, or all.
    NotGreen,
    /// To a step by its number.
    Jump,
    /// Wrap or cut long lines.
    Wrap,
    /// Mark or unmark a choice.
    Toggle,
    Yes,
    /// Leave what is open.
    Close,
    Help,
    Quit,
}

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeyContext {
    /// The list of checklists and runs.
    Choose,
    /// The steps, while nothing runs.
    Steps,
    /// The steps, while a command runs.
    Busy,
    /// The number of the step to go to, typed into a field.
    Jumping,
    /// The steps of a run in which nothing can be done.
    Looking,
    /// The words to search the output for, typed into a field.
    Searching,
    /// The name of a file to write the output into, typed into a field.
    Naming,
    /// All rows by which a step is not green.
    Rows,
    /// The words that a row of them must have, typed into a field.
    Filtering,
    Gate,
    /// The handoff, while steps are checked again or files are written.
    Rechecking,
    /// The handoff's confirmation, typed into a field.
    Confirming,
    /// The confirmation of a change beyond the session, typed into a field.
    Changing,
    /// What is to be confirmed, of which the end was not in sight yet.
    Reading,
    Sealed,
    /// A form of fields: inputs, a credential, lines, a statement.
    Form,
    /// The same at an input with choices, which are stepped through.
    Choosing,
    /// A question with choices.
    Choice,
    /// A question to be answered with yes or no.
    Question,
    /// The run stands still because it cannot be recorded.
    Halted,
    Help,
    /// A terminal too small to show anything.
    Small,
    /// The same, while something is at work: no letter may end that, it may be part of a password.
    SmallAtWork,
}

#[cfg(test)]
impl KeyContext {
    const ALL: [Self; 23] = [
        Self::Choose,
        Self::Steps,
        Self::Busy,
        Self::Jumping,
        Self::Looking,
        Self::Searching,
        Self::Naming,
        Self::Rows,
        Self::Filtering,
        Self::Gate,
        Self::Rechecking,
        Self::Confirming,
        Self::Changing,
        Self::Reading,
        Self::Sealed,
        Self::Form,
        Self::Choosing,
        Self::Choice,
        Self::Question,
        Self::Halted,
        Self::Help,
        Self::Small,
        Self::SmallAtWork,
    ];
}

/// A key with the modifiers that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: Control,
}

/// Whether Ctrl is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Control {
    Free,
    Held,
}

/// Whether a row is in the footer, or only in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shown {
    /// In the footer, whatever else has room there.
    Always,
    Footer,
    /// Only in the help.
    Help,
}

/// The keys of a row; the first is the one that is shown in the footer.
#[derive(Clone, Debug)]
enum Keys {
    InEveryLanguage(Vec<Key>),
    /// Yes has a letter in each language, and only that of the language that is spoken means it.
    Of {
        en: Vec<Key>,
        es: Vec<Key>,
        fr: Vec<Key>,
    },
}

impl Keys {
    /// The keys for one who reads that language.
    fn of(&self, lang: Lang) -> &[Key] {
        match (self, lang) {
            (Self::InEveryLanguage(keys), _)
            | (Self::Of { en: keys, .. }, Lang::En)
            | (Self::Of { es: keys, .. }, Lang::Es)
            | (Self::Of { fr: keys, .. }, Lang::Fr) => keys,
        }
    }
}

/// One row of the key map.
#[derive(Clone, Debug)]
pub(crate) struct KeyBinding {
    context: KeyContext,
    keys: Keys,
    pub action: Action,
    /// The words for it.
    label: Localized,
    pub shown: Shown,
    /// Where it is written.
    place: Place,
}

impl KeyBinding {
    /// The words for what its keys do.
    pub(crate) fn label(&self, text: Text) -> String {
        self.label.get(text.lang()).to_owned()
    }
}

/// The keys of all screens.
#[derive(Clone, Debug)]
pub struct KeyMap {
    rows: Vec<KeyBinding>,
}

impl KeyMap {
    /// The rows of a context that have a key, in the order of the map.
    pub(crate) fn rows(&self, context: KeyContext, lang: Lang) -> impl Iterator<Item = &KeyBinding> {
        self.rows.iter().filter(move |row| row.context == context && !row.keys.of(lang).is_empty())
    }

    /// Whether a context has a key for an action.
    pub(crate) fn has(&self, context: KeyContext, action: Action, lang: Lang) -> bool {
        self.rows(context, lang).any(|row| row.action == action)
    }

    /// What a key does in a context, for one who reads that language.
    pub(crate) fn action(&self, context: KeyContext, key: Key, lang: Lang) -> Option<Action> {
        self.rows(context, lang).find(|row| row.keys.of(lang).contains(&key)).map(|row| row.action)
    }
}

const fn key(code: KeyCode) -> Key {
    Key { code, control: Control::Free }
}

const fn char(c: char) -> Key {
    key(KeyCode::Char(c))
}

/// What a terminal reports, as a key of the map: only presses, without the modifiers that do not matter.
pub(crate) fn normalise(event: KeyEvent) -> Option<Key> {
    if event.kind != KeyEventKind::Press {
        return None;
    }
    let ctrl_alt = KeyModifiers::CONTROL | KeyModifiers::ALT;
    let alt_gr = event.modifiers.contains(ctrl_alt) && matches!(event.code, KeyCode::Char(_));
    let held = event.modifiers.contains(KeyModifiers::CONTROL) && !alt_gr;
    let code = match event.code {
        KeyCode::Char(c) if held => KeyCode::Char(c.to_ascii_lowercase()),
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        code => code,
    };
    Some(Key { code, control: if held { Control::Held } else { Control::Free } })
}

/// What a key does in a field.
pub(crate) fn edit(key: Key) -> Option<Edit> {
    match (key.code, key.control) {
        (KeyCode::Char(c), Control::Free) => Some(Edit::Insert(c)),
        (KeyCode::Backspace, Control::Free) | (KeyCode::Char('h'), Control::Held) => Some(Edit::Backspace),
        (KeyCode::Char('u'), Control::Held) => Some(Edit::Clear),
        (KeyCode::Backspace | KeyCode::Char('w'), Control::Held) => Some(Edit::BackspaceWord),
        (KeyCode::Delete, Control::Free) => Some(Edit::Delete),
        (KeyCode::Delete, Control::Held) => Some(Edit::DeleteWord),
        (KeyCode::Left, Control::Free) => Some(Edit::Left),
        (KeyCode::Left, Control::Held) => Some(Edit::WordLeft),
        (KeyCode::Right, Control::Free) => Some(Edit::Right),
        (KeyCode::Right, Control::Held) => Some(Edit::WordRight),
        (KeyCode::Home, _) | (KeyCode::Char('a'), Control::Held) => Some(Edit::Home),
        (KeyCode::End, _) | (KeyCode::Char('e'), Control::Held) => Some(Edit::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
