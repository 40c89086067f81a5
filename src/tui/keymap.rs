//! The only place with keys: rows of where, which keys, what they do, and the words for it.
//!
//! The footer and the help are made from the same rows. No row uses Ctrl and Alt together: that is how `AltGr` arrives
//! on Windows, and the two are taken away where a character comes with them.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::field::Edit;
use crate::checklist::Lang;
use crate::text::Text;

/// What a key means to the screens. None of these decides anything about the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
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
    Gate,
    /// Show the briefing with the inputs.
    Inputs,
    Reconnect,
    /// Stop the running command.
    Stop,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyContext {
    /// The list of checklists and runs.
    Choose,
    /// The steps, while nothing runs.
    Steps,
    /// The steps, while a command runs.
    Busy,
    /// The words to search the output for, typed into a field.
    Searching,
    Gate,
    /// The handoff, while steps are checked again or files are written.
    Rechecking,
    /// The handoff's confirmation, typed into a field.
    Confirming,
    /// The confirmation of a change beyond the session, typed into a field.
    Changing,
    Sealed,
    /// A form of fields: inputs, a credential, lines, a statement.
    Form,
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

impl KeyContext {
    pub const ALL: [Self; 16] = [
        Self::Choose,
        Self::Steps,
        Self::Busy,
        Self::Searching,
        Self::Gate,
        Self::Rechecking,
        Self::Confirming,
        Self::Changing,
        Self::Sealed,
        Self::Form,
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
pub(crate) struct Key {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Footer,
    /// Only in the help.
    Help,
}

/// One row of the key map.
#[derive(Clone, Copy)]
pub(crate) struct KeyBinding {
    pub context: KeyContext,
    /// Its keys; the first is the one that is shown in the footer.
    pub keys: &'static [Key],
    pub action: Action,
    /// The words for it.
    pub label: fn(Text) -> String,
    pub shown: Shown,
}

const fn key(code: KeyCode) -> Key {
    Key { code, control: Control::Free }
}

const fn char(c: char) -> Key {
    key(KeyCode::Char(c))
}

const ENTER: Key = key(KeyCode::Enter);
const ESC: Key = key(KeyCode::Esc);
const TAB: Key = key(KeyCode::Tab);
const BACK_TAB: Key = key(KeyCode::BackTab);
const UP: Key = key(KeyCode::Up);
const DOWN: Key = key(KeyCode::Down);
const LEFT: Key = key(KeyCode::Left);
const RIGHT: Key = key(KeyCode::Right);
const PAGE_UP: Key = key(KeyCode::PageUp);
const PAGE_DOWN: Key = key(KeyCode::PageDown);
const HOME: Key = key(KeyCode::Home);
const END: Key = key(KeyCode::End);
const HELP: &[Key] = &[char('?'), key(KeyCode::F(1))];
const F1: &[Key] = &[key(KeyCode::F(1))];
const CTRL_C: Key = Key { code: KeyCode::Char('c'), control: Control::Held };

const fn row(
    context: KeyContext,
    keys: &'static [Key],
    action: Action,
    label: fn(Text) -> String,
    shown: Shown,
) -> KeyBinding {
    KeyBinding { context, keys, action, label, shown }
}

use Action as A;
use KeyContext as C;
use Shown::{Footer, Help as InHelp};

pub(crate) const ROWS: &[KeyBinding] = &[
    row(C::Choose, &[ENTER], A::Go, Text::key_open, Footer),
    row(C::Choose, &[DOWN, char('j'), TAB], A::Next, Text::key_next, InHelp),
    row(C::Choose, &[UP, char('k'), BACK_TAB], A::Previous, Text::key_previous, InHelp),
    row(C::Choose, &[HOME], A::First, Text::key_first, InHelp),
    row(C::Choose, &[END], A::Last, Text::key_last, InHelp),
    row(C::Choose, HELP, A::Help, Text::key_help, Footer),
    row(C::Choose, &[char('q'), ESC, CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Steps, &[ENTER], A::Go, Text::key_go, InHelp),
    row(C::Steps, &[char('c')], A::Check, Text::key_check, Footer),
    row(C::Steps, &[char('a')], A::Apply, Text::key_apply, Footer),
    row(C::Steps, &[char('A'), char('r')], A::CheckAll, Text::key_check_all, Footer),
    row(C::Steps, &[char('g')], A::Gate, Text::key_gate, Footer),
    row(C::Steps, &[char('R')], A::Reconnect, Text::key_reconnect, Footer),
    row(C::Steps, &[ESC], A::Stop, Text::key_stop, InHelp),
    row(C::Steps, &[char('i')], A::Inputs, Text::key_inputs, Footer),
    row(C::Steps, &[DOWN, char('j')], A::Next, Text::key_next, InHelp),
    row(C::Steps, &[UP, char('k')], A::Previous, Text::key_previous, InHelp),
    row(C::Steps, &[TAB, RIGHT], A::Pane, Text::key_pane, InHelp),
    row(C::Steps, &[BACK_TAB, LEFT], A::PaneBack, Text::key_pane_back, InHelp),
    row(C::Steps, &[PAGE_UP], A::PageUp, Text::key_page_up, InHelp),
    row(C::Steps, &[PAGE_DOWN], A::PageDown, Text::key_page_down, InHelp),
    row(C::Steps, &[HOME], A::First, Text::key_first_line, InHelp),
    row(C::Steps, &[char('f'), END], A::Follow, Text::key_follow, InHelp),
    row(C::Steps, &[char('/')], A::Search, Text::key_search, Footer),
    row(C::Steps, &[char('n')], A::Again, Text::key_search_on, InHelp),
    row(C::Steps, &[char('N')], A::Back, Text::key_search_back, InHelp),
    row(C::Steps, &[char('s')], A::Stream, Text::key_stream, InHelp),
    row(C::Steps, &[char('w')], A::Wrap, Text::key_wrap, InHelp),
    row(C::Steps, HELP, A::Help, Text::key_help, Footer),
    row(C::Steps, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Busy, &[ESC], A::Stop, Text::key_stop, Footer),
    row(C::Busy, &[PAGE_UP], A::PageUp, Text::key_page_up, Footer),
    row(C::Busy, &[PAGE_DOWN], A::PageDown, Text::key_page_down, Footer),
    row(C::Busy, &[char('f'), END], A::Follow, Text::key_follow, Footer),
    row(C::Busy, &[char('/')], A::Search, Text::key_search, Footer),
    row(C::Busy, &[HOME], A::First, Text::key_first_line, InHelp),
    row(C::Busy, &[char('n')], A::Again, Text::key_search_on, InHelp),
    row(C::Busy, &[char('N')], A::Back, Text::key_search_back, InHelp),
    row(C::Busy, &[char('s')], A::Stream, Text::key_stream, InHelp),
    row(C::Busy, &[char('w')], A::Wrap, Text::key_wrap, InHelp),
    row(C::Busy, &[DOWN, char('j')], A::Next, Text::key_next, InHelp),
    row(C::Busy, &[UP, char('k')], A::Previous, Text::key_previous, InHelp),
    row(C::Busy, &[TAB, RIGHT], A::Pane, Text::key_pane, InHelp),
    row(C::Busy, &[BACK_TAB, LEFT], A::PaneBack, Text::key_pane_back, InHelp),
    row(C::Busy, &[char('g')], A::Gate, Text::key_gate, InHelp),
    row(C::Busy, HELP, A::Help, Text::key_help, Footer),
    row(C::Busy, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Searching, &[ENTER], A::Go, Text::key_search, Footer),
    row(C::Searching, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Searching, F1, A::Help, Text::key_help, Footer),
    row(C::Searching, &[CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Gate, &[ENTER], A::Go, Text::key_go, Footer),
    row(C::Gate, &[DOWN, char('j'), TAB], A::Next, Text::key_next, InHelp),
    row(C::Gate, &[UP, char('k'), BACK_TAB], A::Previous, Text::key_previous, InHelp),
    row(C::Gate, &[char('A'), char('r')], A::CheckAll, Text::key_check_all, Footer),
    row(C::Gate, &[char('R')], A::Reconnect, Text::key_reconnect, Footer),
    row(C::Gate, &[ESC, char('g')], A::Close, Text::key_steps, Footer),
    row(C::Gate, HELP, A::Help, Text::key_help, Footer),
    row(C::Gate, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Rechecking, &[ESC], A::Close, Text::key_abandon, Footer),
    row(C::Rechecking, HELP, A::Help, Text::key_help, Footer),
    row(C::Rechecking, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Confirming, &[ENTER], A::Go, Text::key_confirm, Footer),
    row(C::Confirming, &[ESC], A::Close, Text::key_abandon, Footer),
    row(C::Confirming, F1, A::Help, Text::key_help, Footer),
    row(C::Confirming, &[CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Changing, &[ENTER], A::Go, Text::key_confirm, Footer),
    row(C::Changing, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Changing, &[DOWN, PAGE_DOWN], A::Next, Text::key_next, InHelp),
    row(C::Changing, &[UP, PAGE_UP], A::Previous, Text::key_previous, InHelp),
    row(C::Changing, F1, A::Help, Text::key_help, Footer),
    row(C::Changing, &[CTRL_C], A::Quit, Text::key_quit, InHelp),
    //
    row(C::Sealed, &[DOWN, char('j'), PAGE_DOWN], A::Next, Text::key_next, InHelp),
    row(C::Sealed, &[UP, char('k'), PAGE_UP], A::Previous, Text::key_previous, InHelp),
    row(C::Sealed, HELP, A::Help, Text::key_help, Footer),
    row(C::Sealed, &[char('q'), ENTER, ESC, CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Form, &[ENTER], A::Go, Text::key_enter_field, Footer),
    row(C::Form, &[TAB, DOWN], A::Next, Text::key_next_field, Footer),
    row(C::Form, &[BACK_TAB, UP], A::Previous, Text::key_previous_field, InHelp),
    row(C::Form, &[PAGE_UP], A::PageUp, Text::key_page_up, InHelp),
    row(C::Form, &[PAGE_DOWN], A::PageDown, Text::key_page_down, InHelp),
    row(C::Form, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Form, F1, A::Help, Text::key_help, Footer),
    row(C::Form, &[CTRL_C], A::Quit, Text::key_quit, InHelp),
    //
    row(C::Choice, &[ENTER], A::Go, Text::key_choose, Footer),
    row(C::Choice, &[DOWN, TAB], A::Next, Text::key_next, Footer),
    row(C::Choice, &[UP, BACK_TAB], A::Previous, Text::key_previous, InHelp),
    row(C::Choice, &[char(' ')], A::Toggle, Text::key_toggle, Footer),
    row(C::Choice, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Choice, F1, A::Help, Text::key_help, InHelp),
    row(C::Choice, &[CTRL_C], A::Quit, Text::key_quit, InHelp),
    //
    row(C::Question, &[char('y'), char('s'), char('o')], A::Yes, Text::key_yes, Footer),
    row(C::Question, &[ESC, char('n')], A::Close, Text::key_no, Footer),
    row(C::Question, HELP, A::Help, Text::key_help, InHelp),
    row(C::Question, &[CTRL_C], A::Quit, Text::key_quit, InHelp),
    //
    row(C::Halted, &[ENTER, char('r')], A::Go, Text::key_retry, Footer),
    row(C::Halted, HELP, A::Help, Text::key_help, InHelp),
    row(C::Halted, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(
        C::Help,
        &[ESC, char('?'), char('q'), ENTER, key(KeyCode::F(1)), CTRL_C],
        A::Close,
        Text::key_close,
        Footer,
    ),
    row(C::Help, &[DOWN, char('j'), PAGE_DOWN], A::Next, Text::key_next, InHelp),
    row(C::Help, &[UP, char('k'), PAGE_UP], A::Previous, Text::key_previous, InHelp),
    //
    row(C::Small, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    row(C::SmallAtWork, &[CTRL_C], A::Quit, Text::key_quit, Footer),
];

/// The rows of a context, in the order of the map.
pub(crate) fn rows(context: KeyContext) -> impl Iterator<Item = &'static KeyBinding> {
    ROWS.iter().filter(move |row| row.context == context)
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

/// The keys of a row in a language: yes has a letter in each, and only that of the language that is spoken means it.
fn keys(row: &KeyBinding, lang: Lang) -> &'static [Key] {
    let of_language = match (row.action, lang) {
        (Action::Yes, Lang::En) => row.keys.get(..1),
        (Action::Yes, Lang::Es) => row.keys.get(1..2),
        (Action::Yes, Lang::Fr) => row.keys.get(2..3),
        _ => Some(row.keys),
    };
    of_language.unwrap_or_default()
}

/// Whether a context has a key for an action.
pub(crate) fn has(context: KeyContext, action: Action) -> bool {
    rows(context).any(|row| row.action == action)
}

/// What a key does in a context, for one who reads that language.
pub(crate) fn action(context: KeyContext, key: Key, lang: Lang) -> Option<Action> {
    rows(context).find(|row| keys(row, lang).contains(&key)).map(|row| row.action)
}

/// What a key does in a field.
pub(crate) fn edit(key: Key) -> Option<Edit> {
    match (key.code, key.control) {
        (KeyCode::Char(c), Control::Free) => Some(Edit::Insert(c)),
        (KeyCode::Backspace, _) | (KeyCode::Char('h'), Control::Held) => Some(Edit::Backspace),
        (KeyCode::Delete, _) => Some(Edit::Delete),
        (KeyCode::Left, _) => Some(Edit::Left),
        (KeyCode::Right, _) => Some(Edit::Right),
        (KeyCode::Home, _) => Some(Edit::Home),
        (KeyCode::End, _) => Some(Edit::End),
        _ => None,
    }
}

/// The character that a key types, if it types one.
pub(crate) fn typed(key: Key) -> Option<char> {
    match (key.code, key.control) {
        (KeyCode::Char(c), Control::Free) => Some(c),
        _ => None,
    }
}

/// The name of a row's first key, as it stands on the keyboard of the language.
pub(crate) fn first_name(row: &KeyBinding, text: Text) -> String {
    keys(row, text.lang()).first().map(|key| name(*key, text)).unwrap_or_default()
}

/// The names of all keys of a row.
pub(crate) fn names(row: &KeyBinding, text: Text) -> String {
    keys(row, text.lang()).iter().map(|key| name(*key, text)).collect::<Vec<_>>().join(" ")
}

fn name(key: Key, text: Text) -> String {
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

#[cfg(test)]
mod tests;
