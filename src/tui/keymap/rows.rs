//! The rows of the key map.

use crossterm::event::KeyCode;

use super::Shown::{self, Footer, Help as InHelp};
use super::{Action as A, Control, Key, KeyBinding, KeyContext as C, Keys, char, key};
use crate::text::Text;

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
    context: C,
    keys: &'static [Key],
    action: A,
    label: fn(Text) -> String,
    shown: Shown,
) -> KeyBinding {
    KeyBinding { context, keys: Keys::InEveryLanguage(keys), action, label, shown }
}

pub(super) const ROWS: &[KeyBinding] = &[
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
    row(C::Steps, &[char('t')], A::Rows, Text::key_rows, Footer),
    row(C::Steps, &[char('A'), char('r')], A::CheckAll, Text::key_check_all, Footer),
    row(C::Steps, &[char('G')], A::GoOn, Text::key_go_on, Footer),
    row(C::Steps, &[char('g')], A::Gate, Text::key_gate, Footer),
    row(C::Steps, &[char('R')], A::Reconnect, Text::key_reconnect, Footer),
    row(C::Steps, &[ESC], A::Stop, Text::key_stop, Footer),
    row(C::Steps, &[char('i')], A::Inputs, Text::key_inputs, Footer),
    row(C::Steps, &[DOWN, char('j')], A::Next, Text::key_next, InHelp),
    row(C::Steps, &[UP, char('k')], A::Previous, Text::key_previous, InHelp),
    row(C::Steps, &[TAB], A::Pane, Text::key_pane, InHelp),
    row(C::Steps, &[BACK_TAB], A::PaneBack, Text::key_pane_back, InHelp),
    row(C::Steps, &[RIGHT], A::Right, Text::key_pane_or_right, InHelp),
    row(C::Steps, &[LEFT], A::Left, Text::key_pane_or_left, InHelp),
    row(C::Steps, &[char('[')], A::Older, Text::key_older, InHelp),
    row(C::Steps, &[char(']')], A::Newer, Text::key_newer, InHelp),
    row(C::Steps, &[PAGE_UP], A::PageUp, Text::key_page_up, InHelp),
    row(C::Steps, &[PAGE_DOWN], A::PageDown, Text::key_page_down, InHelp),
    row(C::Steps, &[HOME], A::First, Text::key_first_line, InHelp),
    row(C::Steps, &[char('f'), END], A::Follow, Text::key_follow, InHelp),
    row(C::Steps, &[char('/')], A::Search, Text::key_search, Footer),
    row(C::Steps, &[char('n')], A::Again, Text::key_search_on, InHelp),
    row(C::Steps, &[char('N')], A::Back, Text::key_search_back, InHelp),
    row(C::Steps, &[char('s')], A::Stream, Text::key_stream, InHelp),
    row(C::Steps, &[char('w')], A::Wrap, Text::key_wrap, InHelp),
    row(C::Steps, &[char('W')], A::Write, Text::key_write, InHelp),
    row(C::Steps, HELP, A::Help, Text::key_help, Footer),
    row(C::Steps, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Busy, &[ESC], A::Stop, Text::key_stop, Footer),
    row(C::Busy, &[char('t')], A::Rows, Text::key_rows, Footer),
    row(C::Busy, &[PAGE_UP], A::PageUp, Text::key_page_up, Footer),
    row(C::Busy, &[PAGE_DOWN], A::PageDown, Text::key_page_down, Footer),
    row(C::Busy, &[char('f'), END], A::Follow, Text::key_follow, Footer),
    row(C::Busy, &[char('/')], A::Search, Text::key_search, Footer),
    row(C::Busy, &[HOME], A::First, Text::key_first_line, InHelp),
    row(C::Busy, &[char('n')], A::Again, Text::key_search_on, InHelp),
    row(C::Busy, &[char('N')], A::Back, Text::key_search_back, InHelp),
    row(C::Busy, &[char('s')], A::Stream, Text::key_stream, InHelp),
    row(C::Busy, &[char('w')], A::Wrap, Text::key_wrap, InHelp),
    row(C::Busy, &[char('W')], A::Write, Text::key_write, InHelp),
    row(C::Busy, &[DOWN, char('j')], A::Next, Text::key_next, InHelp),
    row(C::Busy, &[UP, char('k')], A::Previous, Text::key_previous, InHelp),
    row(C::Busy, &[TAB], A::Pane, Text::key_pane, InHelp),
    row(C::Busy, &[BACK_TAB], A::PaneBack, Text::key_pane_back, InHelp),
    row(C::Busy, &[RIGHT], A::Right, Text::key_pane_or_right, InHelp),
    row(C::Busy, &[LEFT], A::Left, Text::key_pane_or_left, InHelp),
    row(C::Busy, &[char('[')], A::Older, Text::key_older, InHelp),
    row(C::Busy, &[char(']')], A::Newer, Text::key_newer, InHelp),
    row(C::Busy, &[char('g')], A::Gate, Text::key_gate, InHelp),
    row(C::Busy, HELP, A::Help, Text::key_help, Footer),
    row(C::Busy, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Looking, &[ESC], A::Close, Text::key_seal, Footer),
    row(C::Looking, &[char('t')], A::Rows, Text::key_rows, Footer),
    row(C::Looking, &[char('g')], A::Gate, Text::key_gate, Footer),
    row(C::Looking, &[char('[')], A::Older, Text::key_older, Footer),
    row(C::Looking, &[char(']')], A::Newer, Text::key_newer, InHelp),
    row(C::Looking, &[char('/')], A::Search, Text::key_search, Footer),
    row(C::Looking, &[char('n')], A::Again, Text::key_search_on, InHelp),
    row(C::Looking, &[char('N')], A::Back, Text::key_search_back, InHelp),
    row(C::Looking, &[char('s')], A::Stream, Text::key_stream, InHelp),
    row(C::Looking, &[char('w')], A::Wrap, Text::key_wrap, InHelp),
    row(C::Looking, &[char('W')], A::Write, Text::key_write, Footer),
    row(C::Looking, &[DOWN, char('j')], A::Next, Text::key_next, InHelp),
    row(C::Looking, &[UP, char('k')], A::Previous, Text::key_previous, InHelp),
    row(C::Looking, &[TAB], A::Pane, Text::key_pane, InHelp),
    row(C::Looking, &[BACK_TAB], A::PaneBack, Text::key_pane_back, InHelp),
    row(C::Looking, &[RIGHT], A::Right, Text::key_pane_or_right, InHelp),
    row(C::Looking, &[LEFT], A::Left, Text::key_pane_or_left, InHelp),
    row(C::Looking, &[PAGE_UP], A::PageUp, Text::key_page_up, InHelp),
    row(C::Looking, &[PAGE_DOWN], A::PageDown, Text::key_page_down, InHelp),
    row(C::Looking, &[HOME], A::First, Text::key_first_line, InHelp),
    row(C::Looking, &[char('f'), END], A::Follow, Text::key_follow, InHelp),
    row(C::Looking, HELP, A::Help, Text::key_help, Footer),
    row(C::Looking, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Naming, &[ENTER], A::Go, Text::key_write, Footer),
    row(C::Naming, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Naming, F1, A::Help, Text::key_help, Footer),
    row(C::Naming, &[CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Searching, &[ENTER], A::Go, Text::key_search, Footer),
    row(C::Searching, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Searching, F1, A::Help, Text::key_help, Footer),
    row(C::Searching, &[CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Rows, &[ESC, char('t')], A::Close, Text::key_back, Footer),
    row(C::Rows, &[char('/')], A::Search, Text::key_filter, Footer),
    row(C::Rows, &[RIGHT], A::Right, Text::key_right, Footer),
    row(C::Rows, &[LEFT], A::Left, Text::key_left, InHelp),
    row(C::Rows, &[PAGE_DOWN, char(' ')], A::PageDown, Text::key_page_down, Footer),
    row(C::Rows, &[PAGE_UP], A::PageUp, Text::key_page_up, Footer),
    row(C::Rows, &[DOWN, char('j')], A::Next, Text::key_next, InHelp),
    row(C::Rows, &[UP, char('k')], A::Previous, Text::key_previous, InHelp),
    row(C::Rows, &[HOME], A::First, Text::key_first, InHelp),
    row(C::Rows, &[END], A::Last, Text::key_last, InHelp),
    row(C::Rows, &[TAB], A::Pane, Text::key_next_rows, InHelp),
    row(C::Rows, HELP, A::Help, Text::key_help, Footer),
    row(C::Rows, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    //
    row(C::Filtering, &[ENTER], A::Go, Text::key_filter, Footer),
    row(C::Filtering, &[ESC], A::Close, Text::key_clear, Footer),
    row(C::Filtering, &[DOWN], A::Next, Text::key_next, InHelp),
    row(C::Filtering, &[UP], A::Previous, Text::key_previous, InHelp),
    row(C::Filtering, &[PAGE_DOWN], A::PageDown, Text::key_page_down, InHelp),
    row(C::Filtering, &[PAGE_UP], A::PageUp, Text::key_page_up, InHelp),
    row(C::Filtering, F1, A::Help, Text::key_help, Footer),
    row(C::Filtering, &[CTRL_C], A::Quit, Text::key_quit, Footer),
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
    row(C::Confirming, &[DOWN, PAGE_DOWN], A::Next, Text::key_next, InHelp),
    row(C::Confirming, &[UP, PAGE_UP], A::Previous, Text::key_previous, InHelp),
    row(C::Confirming, F1, A::Help, Text::key_help, Footer),
    row(C::Confirming, &[CTRL_C], A::Quit, Text::key_quit, InHelp),
    //
    row(C::Changing, &[ENTER], A::Go, Text::key_confirm, Footer),
    row(C::Changing, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Changing, &[DOWN, PAGE_DOWN], A::Next, Text::key_next, InHelp),
    row(C::Changing, &[UP, PAGE_UP], A::Previous, Text::key_previous, InHelp),
    row(C::Changing, F1, A::Help, Text::key_help, Footer),
    row(C::Changing, &[CTRL_C], A::Quit, Text::key_quit, InHelp),
    //
    row(C::Reading, &[PAGE_DOWN, ENTER, char(' ')], A::PageDown, Text::key_read_on, Footer),
    row(C::Reading, &[PAGE_UP], A::PageUp, Text::key_page_up, InHelp),
    row(C::Reading, &[DOWN], A::Next, Text::key_next, InHelp),
    row(C::Reading, &[UP], A::Previous, Text::key_previous, InHelp),
    row(C::Reading, &[ESC], A::Close, Text::key_cancel, Footer),
    row(C::Reading, F1, A::Help, Text::key_help, Footer),
    row(C::Reading, &[CTRL_C], A::Quit, Text::key_quit, InHelp),
    //
    row(C::Sealed, &[DOWN, char('j'), PAGE_DOWN], A::Next, Text::key_next, InHelp),
    row(C::Sealed, &[UP, char('k'), PAGE_UP], A::Previous, Text::key_previous, InHelp),
    row(C::Sealed, &[char('s')], A::Steps, Text::key_look, Footer),
    row(C::Sealed, &[char('t')], A::Rows, Text::key_rows, Footer),
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
    KeyBinding { context: C::Question, keys: Keys::Yes, action: A::Yes, label: Text::key_yes, shown: Footer },
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
    row(C::Help, &[DOWN, char('j')], A::Next, Text::key_next, InHelp),
    row(C::Help, &[UP, char('k')], A::Previous, Text::key_previous, InHelp),
    row(C::Help, &[PAGE_DOWN, char(' ')], A::PageDown, Text::key_page_down, Footer),
    row(C::Help, &[PAGE_UP], A::PageUp, Text::key_page_up, InHelp),
    row(C::Help, &[HOME], A::First, Text::key_first, InHelp),
    row(C::Help, &[END], A::Last, Text::key_last, InHelp),
    //
    row(C::Small, &[char('q'), CTRL_C], A::Quit, Text::key_quit, Footer),
    row(C::SmallAtWork, &[CTRL_C], A::Quit, Text::key_quit, Footer),
];
