//! Colour in lines: where it is taken, and a line of which a part has the colour of what it means.

use super::context::Context;
use super::terminfo;
use crate::config::Color;
use crate::plain::{Ink, Out};
use crate::tui::terminal::takes_escapes;
use crate::tui::theme::{Meaning, in_lines};

/// A line: what stands before a sign or a word with a colour, that, and what follows.
pub(super) struct Line {
    parts: [String; 3],
    meaning: Meaning,
}

impl Line {
    pub(super) fn plain(text: String) -> Self {
        Self { parts: [text, String::new(), String::new()], meaning: Meaning::Base }
    }

    pub(super) fn marked(parts: [&str; 3], meaning: Meaning) -> Self {
        Self { parts: parts.map(str::to_owned), meaning }
    }

    /// One that begins with a sign and a word, up to the first colon.
    pub(super) fn signed(before: &str, text: &str, meaning: Meaning) -> Self {
        let (mark, after) = text.split_at(text.find(':').unwrap_or(text.len()));
        Self::marked([before, mark, after], meaning)
    }

    pub(super) fn text(&self) -> String {
        self.parts.concat()
    }

    pub(super) fn print(&self, out: &mut Out, context: &Context) {
        let ink = context.ink(self.meaning, out);
        out.marked(self.parts.each_ref().map(String::as_str), ink);
    }
}

impl Context {
    /// What begins and ends the colour of a meaning there; nothing where no colour is taken.
    pub(super) fn ink(&self, meaning: Meaning, out: &Out) -> Ink {
        if self.takes_colour(out) { in_lines(meaning) } else { Ink::default() }
    }

    fn takes_colour(&self, out: &Out) -> bool {
        let says_what_it_is = || terminfo::has_screens(&std::env::var("TERM").unwrap_or_default());
        let is_asked_for = self.color == Color::Always;
        self.wants_colour() && takes_escapes() && (is_asked_for || (out.is_terminal() && says_what_it_is()))
    }
}
