//! Text that must not be seen: passwords and other secure strings.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;
use zeroize::{Zeroize as _, Zeroizing};

/// A password, in the UTF-16 code units that a secure string is made of. Its memory is wiped when it is dropped; it cannot be
/// cloned, printed or serialised, and leaves the process only encrypted under the session key ([MS-PSRP] 2.2.5.1.24).
///
/// It lives here because the protocol says what a secret is, and this room uses no other; who asks a person for one fills the
/// same type, so that no copy is made on its way to the wire.
#[derive(PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u16>>);

impl Secret {
    /// How many code units a secret that is being typed has room for, so that it never moves while it grows.
    pub const ROOM: usize = 1024;

    /// Takes a text over, and wipes it where it was.
    pub fn new(mut text: String) -> Self {
        let secret = Self::from(text.as_str());
        text.zeroize();
        secret
    }

    /// An empty one with [`Self::ROOM`].
    pub fn with_room() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(Self::ROOM)))
    }

    /// Adds a character, as long as there is room.
    pub fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf16() <= self.0.capacity() {
            self.0.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
    }

    /// Takes the last character away, with its accents.
    pub fn pop(&mut self) {
        let text = self.text();
        let last = text.graphemes(true).next_back().map_or(0, |last| last.encode_utf16().count());
        let left = self.0.len().saturating_sub(last);
        self.0.truncate(left);
    }

    /// How many characters it has, as a person sees them.
    pub fn count(&self) -> usize {
        self.text().graphemes(true).count()
    }

    /// The text itself, in a buffer that is wiped as well; lone surrogates become U+FFFD.
    pub fn expose(&self) -> Zeroizing<String> {
        self.text()
    }

    /// Whether it is that text.
    pub fn is(&self, text: &str) -> bool {
        text.encode_utf16().eq(self.0.iter().copied())
    }

    fn text(&self) -> Zeroizing<String> {
        // Reserved for the longest outcome, so that no half-filled copy is left behind by a reallocation.
        let mut text = Zeroizing::new(String::with_capacity(self.0.len() * 3));
        text.extend(
            char::decode_utf16(self.0.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
        text
    }

    pub(super) fn to_utf16le(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.0.len() * 2));
        for unit in self.0.iter() {
            bytes.extend_from_slice(&unit.to_le_bytes());
        }
        bytes
    }

    pub(super) fn from_utf16le(bytes: &[u8]) -> Self {
        let mut units = Zeroizing::new(Vec::with_capacity(bytes.len() / 2));
        units.extend(bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(u16::from_le_bytes));
        Self(units)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        // Counted first, so that it never moves.
        let mut units = Zeroizing::new(Vec::with_capacity(text.encode_utf16().count()));
        units.extend(text.encode_utf16());
        Self(units)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn it_grows_by_characters_in_one_place_and_ends_where_its_room_does() {
        let mut secret = Secret::with_room();
        let place = secret.0.as_ptr();
        "pä😀".chars().for_each(|c| secret.push(c));
        assert_eq!((secret.count(), secret.expose().as_str()), (3, "pä😀"));
        secret.pop();
        assert_eq!((secret.count(), secret.expose().as_str()), (2, "pä"));
        (0..2 * Secret::ROOM).for_each(|_| secret.push('x'));
        assert_eq!((secret.count(), secret.0.as_ptr()), (Secret::ROOM, place));
        (0..2 * Secret::ROOM).for_each(|_| secret.pop());
        assert_eq!(secret.count(), 0);
    }

    #[test]
    fn what_is_no_text_travels_as_it_came() {
        let units = [0xd800_u16, u16::from(b'a'), 0xdc00];
        let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let mut secret = Secret::from_utf16le(&bytes);
        assert_eq!(*secret.to_utf16le(), bytes);
        assert_eq!((secret.count(), secret.expose().as_str()), (3, "\u{fffd}a\u{fffd}"));
        secret.pop();
        assert_eq!(*secret.to_utf16le(), bytes.get(..4).unwrap_or_default());
        assert_eq!(format!("{secret:?}"), "[REDACTED]");
    }
}
