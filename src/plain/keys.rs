//! The keys of the plain mode: what is typed at each of its questions, what it means, and the words for it.
//!
//! Menus, help and what is done are made from the same rows, as the screens' are from `tui::keymap`.

use crate::checklist::Lang;
use crate::text::Text;

/// What may be typed at a question; the first is the one that is shown.
pub(crate) struct PlainKey<T: 'static> {
    typed: &'static [&'static str],
    means: T,
    label: fn(Text) -> String,
}

/// What a letter at the menu means. A number means that step, and nothing typed the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MenuKey {
    All,
    GoOn,
    List,
    Gate,
    Rows,
    Output,
    Write,
    Inputs,
    Reconnect,
    StopWaiting,
    Help,
    Quit,
    Start,
}

impl MenuKey {
    /// Whether it changes nothing in the run: of one that is sealed there is nothing else to do.
    pub(crate) const fn only_looks(self) -> bool {
        match self {
            Self::List | Self::Gate | Self::Rows | Self::Output | Self::Write | Self::Help | Self::Quit => {
                true
            }
            Self::All | Self::GoOn | Self::Inputs | Self::Reconnect | Self::StopWaiting | Self::Start => {
                false
            }
        }
    }
}

/// What to do while nothing can be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RetryKey {
    Again,
    Leave,
}

/// What to do while a command runs, on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BusyKey {
    Stop,
    MoreTime,
}

/// What to do after a page of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKey {
    Next,
    All,
    Leave,
}

/// What to do with a step that has a command to change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ApplyKey {
    Apply,
    Check,
    Leave,
}

/// What to do with a step that leads to another one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeadKey {
    There,
    Here,
    Leave,
}

const fn key<T>(typed: &'static [&'static str], means: T, label: fn(Text) -> String) -> PlainKey<T> {
    PlainKey { typed, means, label }
}

pub(crate) const MENU: &[PlainKey<MenuKey>] = &[
    key(&["a"], MenuKey::All, Text::key_check_all),
    key(&["go"], MenuKey::GoOn, Text::plain_key_go_on),
    key(&["l"], MenuKey::List, Text::plain_key_list),
    key(&["g"], MenuKey::Gate, Text::key_gate),
    key(&["t"], MenuKey::Rows, Text::key_rows),
    key(&["o"], MenuKey::Output, Text::plain_key_output),
    key(&["w"], MenuKey::Write, Text::plain_key_write),
    key(&["i"], MenuKey::Inputs, Text::key_inputs),
    // R is what the screens call it.
    key(&["r", "R"], MenuKey::Reconnect, Text::key_reconnect),
    key(&["?"], MenuKey::Help, Text::plain_key_help),
    key(&["q"], MenuKey::Quit, Text::key_quit),
    // It is offered by itself, where a step waits.
    key(&["x"], MenuKey::StopWaiting, Text::plain_key_stop_waiting),
    // Last: it is offered by itself, where the gate is open.
    key(&["s"], MenuKey::Start, Text::plain_key_start),
];

pub(super) const RETRY: &[PlainKey<RetryKey>] =
    &[key(&["1"], RetryKey::Again, Text::key_retry), key(&["0"], RetryKey::Leave, Text::plain_key_leave)];

pub(crate) const BUSY: &[PlainKey<BusyKey>] = &[
    key(&["m"], BusyKey::MoreTime, Text::plain_key_more_time),
    key(&["x"], BusyKey::Stop, Text::plain_key_stop),
];

/// The key by which an operator interrupts: the terminal makes a signal of it.
pub(crate) const INTERRUPT: &str = "Ctrl+C";

pub(super) const PAGES: &[PlainKey<PageKey>] = &[
    key(&["1", ""], PageKey::Next, Text::key_page_down),
    key(&["2"], PageKey::All, Text::plain_key_all_pages),
    key(&["0"], PageKey::Leave, Text::key_back),
];

pub(super) const APPLY: &[PlainKey<ApplyKey>] = &[
    key(&["1"], ApplyKey::Apply, Text::plain_key_apply),
    key(&["2"], ApplyKey::Check, Text::plain_key_check),
    key(&["0"], ApplyKey::Leave, Text::plain_key_not),
];

pub(super) const LEAD: &[PlainKey<LeadKey>] = &[
    key(&["1"], LeadKey::There, Text::plain_key_there),
    key(&["2"], LeadKey::Here, Text::plain_key_here),
    key(&["0"], LeadKey::Leave, Text::plain_key_not),
];

/// What is typed in place of an answer to what a command asks.
pub(super) const NO_ANSWER: &str = "0";

/// The offer of it.
pub(super) fn no_answer(text: Text) -> String {
    text.key_does(NO_ANSWER, text.plain_key_no_answer())
}

/// No, in every language.
pub(crate) const NO: char = 'n';

/// Whether what was typed is a yes, in either case; everything else is a no.
pub(crate) fn is_yes(typed: &str, lang: Lang) -> bool {
    let mut typed = typed.trim().chars();
    typed.next().is_some_and(|c| c.eq_ignore_ascii_case(&Text::letter_of_yes(lang))) && typed.next().is_none()
}

/// What was typed at a question, if it is offered there.
pub(super) fn meant<T: Copy>(keys: &[PlainKey<T>], typed: &str) -> Option<T> {
    keys.iter().find(|key| key.typed.contains(&typed.trim())).map(|key| key.means)
}

/// One of these that was typed by its number, counted from 1.
pub(super) fn by_number<'a, T>(typed: &str, all: &'a [T]) -> Option<&'a T> {
    let number: usize = typed.trim().parse().ok()?;
    all.get(number.checked_sub(1)?)
}

/// What was typed at the menu, if it is a letter of it.
pub(crate) fn at_menu(typed: &str) -> Option<MenuKey> {
    meant(MENU, typed)
}

/// A question that offers its keys: `1 = try again, 0 = leave: `.
pub(super) fn question<T>(keys: &[PlainKey<T>], text: Text) -> String {
    let offers: Vec<String> = keys.iter().map(|key| offer(key, text)).collect();
    text.plain_choose(offers.join(", "))
}

/// Everything that may be typed at the menu, but for what only an open gate or a step that waits offers.
pub(super) fn menu(text: Text) -> String {
    let next = text.key_does(text.name_enter(), text.plain_key_next());
    let step = text.key_does(text.plain_name_number(), text.plain_key_step());
    let letters = MENU
        .iter()
        .filter(|key| !matches!(key.means, MenuKey::Start | MenuKey::StopWaiting))
        .map(|key| offer(key, text));
    [next, step].into_iter().chain(letters).collect::<Vec<_>>().join(" · ")
}

/// Everything that may be typed where the run is sealed.
pub(super) fn menu_of_sealed(text: Text) -> String {
    MENU.iter()
        .filter(|key| key.means.only_looks())
        .map(|key| offer(key, text))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The offer of one of these.
pub(super) fn offered(means: MenuKey, text: Text) -> String {
    offer_of(MENU, means, text)
}

/// The offer of one thing at a question.
pub(crate) fn offer_of<T: Copy + PartialEq>(keys: &[PlainKey<T>], means: T, text: Text) -> String {
    keys.iter().find(|key| key.means == means).map(|key| offer(key, text)).unwrap_or_default()
}

/// What may be typed while a command runs.
pub(super) fn offered_meanwhile(text: Text) -> String {
    BUSY.iter().map(|key| offer(key, text)).collect::<Vec<_>>().join(" · ")
}

/// The key that is shown for something of the menu.
pub(super) fn name_of(means: MenuKey) -> &'static str {
    let key = MENU.iter().find(|key| key.means == means);
    key.and_then(|key| key.typed.first()).copied().unwrap_or_default()
}

fn offer<T>(key: &PlainKey<T>, text: Text) -> String {
    text.key_does(key.typed.first().copied().unwrap_or_default(), (key.label)(text))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{APPLY, BUSY, LEAD, MENU, MenuKey, PAGES, RETRY, at_menu, is_yes, menu, name_of, question};
    use crate::checklist::Lang;
    use crate::text::Text;

    #[test]
    fn no_key_means_two_things_at_one_question() {
        let questions: [Vec<&str>; 6] = [
            MENU.iter().flat_map(|key| key.typed).copied().collect(),
            RETRY.iter().flat_map(|key| key.typed).copied().collect(),
            APPLY.iter().flat_map(|key| key.typed).copied().collect(),
            BUSY.iter().flat_map(|key| key.typed).copied().collect(),
            PAGES.iter().flat_map(|key| key.typed).copied().collect(),
            LEAD.iter().flat_map(|key| key.typed).copied().collect(),
        ];
        for typed in questions {
            assert_eq!(typed.iter().collect::<HashSet<_>>().len(), typed.len(), "{typed:?}");
        }
    }

    #[test]
    fn what_is_offered_is_what_works() {
        assert_eq!(
            menu(Text::default()),
            "Enter = next step · number = that step · a = check all · go = go on until you are needed · l = list · g = gate · t = failing rows · o = output · w = write output to a file · i = inputs · r = reconnect · ? = help · q = quit"
        );
        assert_eq!(question(RETRY, Text::new(Lang::Fr)), "1 = réessayer, 0 = quitter : ");
        assert_eq!(question(APPLY, Text::default()), "1 = run it, 2 = only check again, 0 = leave it: ");
        for means in MENU.iter().map(|key| key.means) {
            assert_eq!(at_menu(name_of(means)), Some(means));
        }
        assert_eq!(
            (at_menu("R"), at_menu(" q "), at_menu("y")),
            (Some(MenuKey::Reconnect), Some(MenuKey::Quit), None)
        );
    }

    #[test]
    fn only_the_letter_of_the_language_means_yes() {
        assert!(is_yes("y\n", Lang::En) && is_yes(" S ", Lang::Es) && is_yes("o", Lang::Fr));
        assert!(!is_yes("", Lang::En) && !is_yes("yes", Lang::En) && !is_yes("y", Lang::Es));
    }
}
