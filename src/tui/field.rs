//! Fields to type in: one that shows what is typed, and one that only counts it.
//!
//! What the cursor passes, and what a key takes away, is what a person sees as one character: a letter with its accents, a
//! flag, a family. Unicode calls it a grapheme cluster (UAX #29).

use unicode_segmentation::UnicodeSegmentation as _;

use crate::shell::Secret;

/// A change to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Put a character at the cursor.
    Insert(char),
    /// Take the character before the cursor away.
    Backspace,
    /// Take the character at the cursor away.
    Delete,
    /// Move the cursor back.
    Left,
    Right,
    /// Move the cursor to the beginning of the word before it.
    WordLeft,
    /// Move it behind the word after it.
    WordRight,
    /// Move it to the start.
    Home,
    /// Move it to the end.
    End,
    /// Take everything away.
    Clear,
    /// Take the word before the cursor away.
    BackspaceWord,
    /// Take the word after the cursor away.
    DeleteWord,
}

/// A field that shows what is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    text: String,
    /// A byte of `text` where a character begins, or its end.
    cursor: usize,
}

impl TextField {
    /// How many bytes a field takes: the names of all users of a large company.
    pub const ROOM: usize = 100_000;

    /// A field that starts with `text`, the cursor behind it.
    pub fn new(text: &str) -> Self {
        Self { cursor: text.len(), text: text.to_owned() }
    }

    /// What stands in it.
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// What stands before the cursor, and behind it.
    pub fn around_cursor(&self) -> (&str, &str) {
        self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""))
    }

    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(c) if !c.is_control() && self.text.len() + c.len_utf8() <= Self::ROOM => {
                self.text.insert(self.cursor, c);
                self.settle(self.cursor + c.len_utf8());
            }
            Edit::Insert(_) => {}
            Edit::Backspace => self.take_out(self.before(), self.cursor),
            Edit::Delete => self.take_out(self.cursor, self.behind()),
            Edit::Left => self.cursor = self.before(),
            Edit::Right => self.cursor = self.behind(),
            Edit::WordLeft => self.cursor = self.word_before(),
            Edit::WordRight => self.cursor = self.word_behind(),
            Edit::Home => self.cursor = 0,
            Edit::End => self.cursor = self.text.len(),
            Edit::Clear => self.take_out(0, self.text.len()),
            Edit::BackspaceWord => self.take_out(self.word_before(), self.cursor),
            Edit::DeleteWord => self.take_out(self.cursor, self.word_behind()),
        }
    }

    /// Where the word before the cursor begins.
    fn word_before(&self) -> usize {
        let (before, _) = self.around_cursor();
        let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        before.trim_end().len() - word.len()
    }

    /// Where the word after the cursor ends.
    fn word_behind(&self) -> usize {
        let (_, behind) = self.around_cursor();
        let word = behind.trim_start();
        self.text.len() - word.len() + word.find(char::is_whitespace).unwrap_or(word.len())
    }

    /// Where the character before the cursor begins.
    fn before(&self) -> usize {
        let (before, _) = self.around_cursor();
        before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    /// Where the character at the cursor ends.
    fn behind(&self) -> usize {
        let (_, behind) = self.around_cursor();
        self.cursor + behind.graphemes(true).next().map_or(0, str::len)
    }

    fn take_out(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.settle(from);
    }

    /// Puts the cursor there, or behind the character that the change has made of what stands around.
    fn settle(&mut self, at: usize) {
        if at == self.text.len() {
            self.cursor = at;
            return;
        }
        let mut begins = self.text.grapheme_indices(true).map(|(begin, _)| begin);
        self.cursor = begins.find(|begin| *begin >= at).unwrap_or(self.text.len());
    }
}

/// A field that only shows how much was typed. What was typed lives in a [`Secret`] and nowhere else.
#[derive(Debug)]
pub(crate) struct SecretField(Secret);

impl Default for SecretField {
    fn default() -> Self {
        Self(Secret::with_room())
    }
}

impl SecretField {
    /// How many characters were typed.
    pub(crate) fn count(&self) -> usize {
        self.0.count()
    }

    /// Adds a character as it was pasted, whatever it is.
    pub(crate) fn push(&mut self, c: char) {
        self.0.push(c);
    }

    /// Applies a change; the cursor stays at the end.
    pub(crate) fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(c) if !c.is_control() => self.0.push(c),
            Edit::Backspace => self.0.pop(),
            // Nobody sees where a word begins.
            Edit::Clear | Edit::BackspaceWord => self.0 = Secret::with_room(),
            Edit::Insert(_)
            | Edit::Delete
            | Edit::DeleteWord
            | Edit::Left
            | Edit::Right
            | Edit::WordLeft
            | Edit::WordRight
            | Edit::Home
            | Edit::End => {}
        }
    }

    /// Whether that text was typed.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.0.is(text)
    }

    /// Gives the secret away, leaving an empty field.
    pub(crate) fn take(&mut self) -> Secret {
        std::mem::replace(&mut self.0, Secret::with_room())
    }
}

#[cfg(test)]
mod tests;
