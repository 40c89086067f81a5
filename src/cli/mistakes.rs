//! Mistakes in a checklist file and what the lint warns of, each with the line of the file that it is about.

use super::args::Output;
use super::context::Context;
use super::exit::{Exit, Failed};
use super::terminfo;
use crate::checklist::Mistake;
use crate::config::Color;
use crate::plain::{Excerpts, Ink, Out};
use crate::tui::terminal::takes_escapes;
use crate::tui::theme::{PLAIN_BAD, PLAIN_DOUBT};

/// How wide a line of a file is drawn where no terminal says it.
const COLUMNS: usize = 120;

impl Context {
    /// The mistakes of a file, as what ends a subcommand.
    pub(super) fn mistaken(&self, name: &str, file: &[u8], mistakes: &[Mistake]) -> Failed {
        let excerpts = self.excerpts(file, &Out::stderr(), PLAIN_BAD);
        let lines = mistakes.iter().map(|mistake| {
            let drawn = excerpts.as_ref().zip(mistake.bytes.as_ref()).map(|(file, bytes)| file.draw(bytes));
            (format!("{name}: {}", self.text.mistake(mistake)), drawn)
        });
        Failed::drawn(Exit::Usage, lines.collect())
    }

    /// The lines of a file for what the lint warns of.
    pub(super) fn doubts<'a>(&self, file: &'a [u8], out: &Out) -> Option<Excerpts<'a>> {
        self.excerpts(file, out, PLAIN_DOUBT)
    }

    /// None where a program reads what is printed.
    fn excerpts<'a>(&self, file: &'a [u8], out: &Out, ink: Ink) -> Option<Excerpts<'a>> {
        // In the last column a console may begin another row.
        let columns = if out.is_terminal() { out.width().saturating_sub(1) } else { COLUMNS };
        let ink = if self.takes_colour(out) { ink } else { Ink::default() };
        (self.output == Output::Text).then(|| Excerpts::of(file, columns, ink))
    }

    fn takes_colour(&self, out: &Out) -> bool {
        let says_what_it_is = || terminfo::has_screens(&std::env::var("TERM").unwrap_or_default());
        let is_asked_for = self.color == Color::Always;
        self.wants_colour() && takes_escapes() && (is_asked_for || (out.is_terminal() && says_what_it_is()))
    }
}
