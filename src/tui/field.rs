//! Fields to type in: one that shows what is typed, and one that only counts it.

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
    /// Move it to the start.
    Home,
    /// Move it to the end.
    End,
}

/// How many characters a field takes.
const ROOM: usize = 2_000;

/// A field that shows what is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    chars: Vec<char>,
    cursor: usize,
}

impl TextField {
    /// A field that starts with `text`, the cursor behind it.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().take(ROOM).collect();
        Self { cursor: chars.len(), chars }
    }

    /// What stands in it.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// What stands before the cursor, and behind it.
    pub fn around_cursor(&self) -> (String, String) {
        let (before, after) = self.chars.split_at_checked(self.cursor).unwrap_or((&self.chars, &[]));
        (before.iter().collect(), after.iter().collect())
    }

    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(c) if self.chars.len() < ROOM && !c.is_control() => {
                self.chars.insert(self.cursor, c);
                self.cursor += 1;
            }
            Edit::Backspace if self.cursor > 0 => {
                self.cursor -= 1;
                self.chars.remove(self.cursor);
            }
            Edit::Delete if self.cursor < self.chars.len() => {
                self.chars.remove(self.cursor);
            }
            Edit::Insert(_) | Edit::Backspace | Edit::Delete => {}
            Edit::Left => self.cursor = self.cursor.saturating_sub(1),
            Edit::Right => self.cursor = (self.cursor + 1).min(self.chars.len()),
            Edit::Home => self.cursor = 0,
            Edit::End => self.cursor = self.chars.len(),
        }
    }
}

/// A field that only shows how much was typed. What was typed lives in a [`Secret`] and nowhere else.
#[derive(Debug)]
pub struct SecretField(Secret);

impl Default for SecretField {
    fn default() -> Self {
        Self(Secret::with_room())
    }
}

impl SecretField {
    /// How many characters were typed.
    pub fn count(&self) -> usize {
        self.0.count()
    }

    /// Adds a character as it was pasted, whatever it is.
    pub fn push(&mut self, c: char) {
        self.0.push(c);
    }

    /// Applies a change; the cursor stays at the end.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(c) if !c.is_control() => self.0.push(c),
            Edit::Backspace => self.0.pop(),
            Edit::Insert(_) | Edit::Delete | Edit::Left | Edit::Right | Edit::Home | Edit::End => {}
        }
    }

    /// Gives the secret away, leaving an empty field.
    pub fn take(&mut self) -> Secret {
        std::mem::replace(&mut self.0, Secret::with_room())
    }
}
