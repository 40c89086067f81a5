//! The text of a checklist file, and the mistakes found in it with their places.

use std::cell::{RefCell, RefMut};
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::checklist::mistake::{Fault, FilePlace, Mistake};

impl Mistake {
    /// A mistake of the file as a whole.
    pub(super) const fn of_file(what: Fault) -> Self {
        Self { line: 1, column: 1, bytes: None, what, nearest: None }
    }

    /// The first byte that is not UTF-8 stands at `valid`.
    pub(super) fn not_utf8(bytes: &[u8], valid: usize) -> Self {
        let text = bytes.get(..valid).map(String::from_utf8_lossy).unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}');
        let FilePlace { line, column } = SourceText::new(text).place(text.len());
        let bytes = Some(text.len()..text.len() + 1);
        Self { line, column, bytes, what: Fault::NotUtf8, nearest: None }
    }
}

/// The text, with the mistakes reported so far.
pub(super) struct SourceText<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    mistakes: RefCell<Vec<(usize, Mistake)>>,
}

impl<'a> SourceText<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, lines, mistakes: RefCell::default() }
    }

    /// Line and column of a byte position; one past the end is the end.
    pub(super) fn place(&self, at: usize) -> FilePlace {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let end = at.min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |before| before.chars().count());
        FilePlace { line, column: column + 1 }
    }

    /// Reports a mistake of the bytes that it is about; of the file as a whole where there are none to name.
    pub(super) fn report(&self, bytes: Option<Range<usize>>, what: Fault) -> ReportedMistake<'_> {
        let at = bytes.as_ref().map_or(0, |bytes| bytes.start);
        let FilePlace { line, column } = self.place(at);
        let mut mistakes = self.mistakes.borrow_mut();
        mistakes.push((at, Mistake { line, column, bytes, what, nearest: None }));
        ReportedMistake(
            RefMut::filter_map(mistakes, |mistakes| mistakes.last_mut().map(|(_, mistake)| mistake)).ok(),
        )
    }

    /// The text as TOML.
    ///
    /// # Errors
    /// What the parser found.
    pub(super) fn root(&self) -> Result<Spanned<DeTable<'a>>, Vec<Mistake>> {
        let (root, syntax) = DeTable::parse_recoverable(self.text);
        for error in &syntax {
            self.syntax(error);
        }
        self.finish()?;
        Ok(root)
    }

    /// Reports what the TOML parser found.
    fn syntax(&self, error: &toml::de::Error) {
        let bytes = error.span().unwrap_or(self.text.len()..self.text.len());
        let (what, expected) = match error.message().split_once(", expected ") {
            Some((what, expected)) => (what, Some(expected.to_owned())),
            None => (error.message(), None),
        };
        self.report(Some(bytes), Fault::NotToml { what: what.to_owned(), expected });
    }

    /// Whether so many mistakes are known that the search for near words is no longer worth its time.
    pub(super) fn is_hopeless(&self) -> bool {
        self.mistakes.borrow().len() > 200
    }

    /// The mistakes so far, in the order of the text.
    ///
    /// # Errors
    /// If there are any.
    pub(super) fn finish(&self) -> Result<(), Vec<Mistake>> {
        let mut mistakes = self.mistakes.take();
        if mistakes.is_empty() {
            return Ok(());
        }
        mistakes.sort_by_key(|(at, _)| *at);
        Err(mistakes.into_iter().map(|(_, mistake)| mistake).collect())
    }
}

/// A mistake just reported, for what else is to be said of it.
pub(super) struct ReportedMistake<'s>(Option<RefMut<'s, Mistake>>);

impl ReportedMistake<'_> {
    pub(super) fn meaning(mut self, nearest: Nearest) -> Self {
        if let Some(mistake) = &mut self.0 {
            mistake.nearest = nearest.0;
        }
        self
    }
}

/// The known word nearest to a written one, if one is near enough to be meant.
pub(super) struct Nearest(Option<String>);

impl Nearest {
    pub(super) fn among(written: &str, words: &[&str]) -> Self {
        let written = written.to_lowercase().replace([' ', '_'], "-");
        // A third of the letters may be wrong, counting two swapped ones as one.
        let allowed = (written.chars().count() / 3).max(1);
        if written.len() > 64 {
            return Self(None);
        }
        let distance = |word: &&&str| strsim::osa_distance(&written, &word.to_lowercase().replace('_', "-"));
        let nearest = words.iter().min_by_key(distance).filter(|word| distance(word) <= allowed);
        Self(nearest.map(|word| (*word).to_owned()))
    }
}

/// The word nearest to a written one, if one is near enough to be meant.
pub(crate) fn nearest(written: &str, words: &[&str]) -> Option<String> {
    Nearest::among(written, words).0
}
