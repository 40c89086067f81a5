//! A secret that was written in one encoding and read in another: what is ASCII in it stays, and what is not becomes anything.
//!
//! Native programs write code page 850 or 1252, UTF-8 or UTF-16, and PowerShell, like greenlight, reads what they write in one
//! encoding of its own. So no code page is asked here: a character of the secret that is no ASCII may stand there as up to four
//! that are none, as a question mark, or as one that is nearly it.

use super::written::{EndPositions, filler_ends, is_filler, written};
use zeroize::Zeroizing;

/// From how many ASCII characters on these alone tell a secret from all else.
const TELLING: usize = 4;
/// From how many on one other ASCII character may stand in place of one that is none: `Contrasena` for `Contraseña`.
const SURE: usize = 6;
/// How many those can be: `EUR` for `€`, `ss` for `ß`.
const STAND_IN: usize = 3;
/// How many characters one of the secret can become, in UTF-8 read as a code page.
const MOST: usize = 4;

/// How many letters the longest name of a character in HTML 4 has.
const LONGEST: usize = 8;

/// The characters of a secret, searched for from the first that tells something.
pub(super) struct Garbled {
    chars: Zeroizing<Vec<char>>,
    /// How many stand before that.
    before: usize,
    ascii: usize,
}

impl Garbled {
    /// Of a secret that is not ASCII alone.
    pub(super) fn of(secret: &str) -> Option<Self> {
        if secret.is_ascii() {
            return None;
        }
        let ascii = secret.chars().filter(char::is_ascii).count();
        let first = secret.chars().position(|c| c.is_ascii()).unwrap_or(0);
        let before = if ascii >= TELLING { first } else { 0 };
        let mut chars = Zeroizing::new(Vec::with_capacity(secret.len()));
        chars.extend(secret.chars());
        Some(Self { chars, before, ascii })
    }

    pub(super) fn units(&self) -> usize {
        self.chars.len() - self.before
    }

    /// Whether its first character may begin with that byte.
    pub(super) fn may_begin(&self, byte: u8) -> bool {
        let escapes = matches!(byte, b'\\' | b'&' | b'%' | b'_' | b'+');
        escapes
            || self.chars.get(self.before).is_some_and(|c| match u8::try_from(*c).ok().filter(u8::is_ascii) {
                Some(first) => first == byte,
                None => byte >= 0x80 || matches!(byte, b'?' | b'='),
            })
    }

    /// Where the secret begins of which the part that is searched for begins at `start`.
    pub(super) fn begins(&self, text: &str, start: usize) -> usize {
        let head = text.get(..start).unwrap_or_default();
        // With a zero after each.
        let candidates = head.char_indices().rev().take(self.before * MOST * 2).map(|(at, _)| at);
        candidates.filter(|at| self.leads(text, *at, start)).last().unwrap_or(start)
    }

    /// Whether what stands before can be read from `from` up to `start`.
    fn leads(&self, text: &str, from: usize, start: usize) -> bool {
        let mut ends = vec![from];
        for at in 0..self.before {
            let mut next = Vec::new();
            for end in ends {
                let mut lengths = Vec::new();
                self.at(at, text.get(end..).unwrap_or_default(), &mut lengths);
                for end in lengths.into_iter().map(|length| end + length).filter(|end| *end <= start) {
                    next.extend(filler_ends(text.get(end..start).unwrap_or_default()).map(|fill| end + fill));
                }
            }
            next.sort_unstable();
            next.dedup();
            ends = next;
        }
        ends.contains(&start)
    }

    /// The lengths of what stands at the beginning of `text` and can be unit `unit`.
    pub(super) fn after(&self, unit: usize, text: &str, ends: &mut Vec<usize>) {
        self.at(self.before + unit, text, ends);
    }

    fn at(&self, at: usize, text: &str, ends: &mut Vec<usize>) {
        let Some(c) = self.chars.get(at).copied() else { return };
        written(c, text, ends);
        if c.is_ascii() {
            return;
        }
        // Without letters that stay as they are only what code pages make of bytes is meant, not any other script.
        let other = |c: char| !c.is_ascii() && (self.ascii >= TELLING || is_of_a_code_page(c));
        EndPositions::lengths(text, MOST, other, ends);
        EndPositions::lengths(text, MOST, |c| c == '?', ends);
        coded(text, ends);
        in_two_bytes(c, text, ends);
        let neighbour = |at: usize| self.chars.get(at).is_some_and(|c| !c.is_ascii());
        if self.ascii >= SURE || (self.ascii >= TELLING && at > 0 && neighbour(at - 1)) {
            // It may be left out (`iconv -c`), or bytes of two characters may be read as one.
            ends.push(0);
        }
        let inner = at > self.before && self.chars.iter().skip(at).any(char::is_ascii);
        if inner && self.ascii >= SURE {
            EndPositions::lengths(text, STAND_IN, |c| c.is_ascii() && !is_filler(c), ends);
        }
    }
}

/// What code pages 437, 850 and 1252 have beyond ASCII, and what stands for a byte that is nothing.
const fn is_of_a_code_page(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{3ff}' | '\u{2000}'..='\u{25ff}' | '\u{fffd}')
}

/// Bytes and references as other languages write them: `%F1`, `=C3=B1`, `\xf1`, `\361`, `&ntilde;`.
fn coded(text: &str, ends: &mut Vec<usize>) {
    for (open, digits, radix) in [("%", 2, 16), ("=", 2, 16), ("\\x", 2, 16), ("\\", 3, 8)] {
        let mut rest = text;
        for _ in 0..MOST {
            let byte = rest.strip_prefix(open).and_then(|coded| coded.split_at_checked(digits));
            let Some((digits, after)) = byte else { break };
            if !u8::from_str_radix(digits, radix).is_ok_and(|byte| byte >= 0x80) {
                break;
            }
            rest = after;
            ends.push(text.len() - rest.len());
        }
    }
    let letters = text.bytes().skip(1).take(LONGEST + 1).take_while(u8::is_ascii_alphanumeric).count();
    if text.starts_with('&')
        && letters > 1
        && text.get(letters + 1..).is_some_and(|rest| rest.starts_with(';'))
    {
        ends.push(letters + 2);
    }
}

/// The two bytes of UTF-16, of which one may be ASCII: those of `€` are 0xAC and a space.
fn in_two_bytes(c: char, text: &str, ends: &mut Vec<usize>) {
    let Some(unit) = u16::try_from(u32::from(c)).ok() else { return };
    let is =
        |byte: u8, c: char| if byte.is_ascii() { c == char::from(byte) } else { !c.is_ascii() || c == '?' };
    for [first, second] in [unit.to_le_bytes(), unit.to_be_bytes()] {
        let mut chars = text.chars();
        if let (Some(one), Some(two)) = (chars.next(), chars.next())
            && is(first, one)
            && is(second, two)
        {
            ends.push(one.len_utf8() + two.len_utf8());
        }
    }
}
