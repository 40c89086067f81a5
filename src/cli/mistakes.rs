//! Mistakes in a checklist file and what the lint warns of, each with the line of the file that it is about.

use super::args::Output;
use super::context::Context;
use super::exit::{Exit, Failed};
use crate::checklist::Mistake;
use crate::plain::{Excerpts, Out};
use crate::tui::theme::Meaning;

/// How wide a line of a file is drawn where no terminal says it.
const COLUMNS: usize = 120;

impl Context {
    /// The mistakes of a file, as what ends a subcommand.
    pub(super) fn mistaken(&self, name: &str, file: &[u8], mistakes: &[Mistake]) -> Failed {
        let excerpts = self.excerpts(file, &Out::stderr(), Meaning::Bad);
        let lines = mistakes.iter().map(|mistake| {
            let drawn = excerpts.as_ref().zip(mistake.bytes.as_ref()).map(|(file, bytes)| file.draw(bytes));
            (format!("{name}: {}", self.text.mistake(mistake)), drawn)
        });
        Failed::drawn(Exit::Usage, lines.collect())
    }

    /// The lines of a file for what the lint warns of.
    pub(super) fn doubts<'a>(&self, file: &'a [u8], out: &Out) -> Option<Excerpts<'a>> {
        self.excerpts(file, out, Meaning::Doubt)
    }

    /// None where a program reads what is printed.
    fn excerpts<'a>(&self, file: &'a [u8], out: &Out, meaning: Meaning) -> Option<Excerpts<'a>> {
        // In the last column a console may begin another row.
        let columns = if out.is_terminal() { out.width().saturating_sub(1) } else { COLUMNS };
        (self.output == Output::Text).then(|| Excerpts::of(file, columns, self.ink(meaning, out)))
    }
}
