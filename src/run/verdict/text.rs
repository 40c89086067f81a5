//! Texts as PowerShell's `-eq` and `-match` take them.
//!
//! They go by the rules of the culture, and those differ between systems: on some a ligature is its two letters, an accent may be a
//! character of its own, and what is invisible does not count. What not every system says the same of, nobody judges.

use unicode_normalization::UnicodeNormalization as _;

use crate::checklist::Pattern;

/// Whether two texts are the same without regard to case.
pub(super) fn equal(a: &str, b: &str) -> Option<bool> {
    if a.chars().map(small).eq(b.chars().map(small)) {
        return Some(true);
    }
    let (mut a, mut b) = (a.nfd().map(small), b.nfd().map(small));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return None,
            (one, other) if one == other => {}
            (one, other) => return (counts(one) && counts(other)).then_some(false),
        }
    }
}

/// A letter in small, where every system has it so: those of Latin, Greek and Cyrillic alone.
fn small(c: char) -> char {
    let mut small = c.to_lowercase();
    match (c, small.next(), small.next()) {
        ('\0'..'\u{180}' | '\u{386}'..='\u{3CE}' | '\u{400}'..='\u{481}', Some(small), None) => small,
        _ => c,
    }
}

/// Whether a character, or the end of a text, differs for every system from another that does.
fn counts(c: Option<char>) -> bool {
    matches!(c, None | Some(' '..='~' | '\u{3B1}'..='\u{3C9}' | '\u{430}'..='\u{45F}')) && c != Some('ς')
}

/// Whether a pattern is found in a text.
pub(super) fn found(pattern: &Pattern, text: &str) -> Option<bool> {
    let source = pattern.as_str();
    let syntax = Syntax::of(source);
    let differs = syntax.is_ours_alone
        || source.chars().any(small_beyond_ascii)
        // `$` is also before a last new line.
        || (text.ends_with('\n') && source.contains('$'));
    if differs {
        return None;
    }
    let found = pattern.is_match(text);
    if text.is_ascii() {
        return Some(found);
    }
    // Here `\w`, `\d` and `\s` stand for ASCII alone, and case is that of ASCII.
    let in_doubt = syntax.has_opposites
        || (syntax.has_classes || !source.is_ascii() || text.chars().any(small_beyond_ascii)) && !found
        || text.chars().any(|c| u32::from(c) > 0xFFFF);
    (!in_doubt).then_some(found)
}

/// The Kelvin sign and its like, which are letters of ASCII in another case.
fn small_beyond_ascii(c: char) -> bool {
    matches!(c, 'İ' | 'ı' | 'ſ' | '\u{212A}')
}

/// What a pattern is made of, as far as .NET's expressions and ours differ in it.
#[derive(Default)]
struct Syntax {
    /// `\w`, `\d`, `\s`: they hold more letters there.
    has_classes: bool,
    /// `\b`, `\W`, `[^…]`…: what they find hangs on what those hold.
    has_opposites: bool,
    /// `[[:alpha:]]`, `[a&&b]`, `\<`: there it means something else.
    is_ours_alone: bool,
}

impl Syntax {
    fn of(source: &str) -> Self {
        let mut syntax = Self::default();
        let mut within_brackets = false;
        let mut characters = source.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '\\' => match characters.next() {
                    Some('w' | 'd' | 's') => syntax.has_classes = true,
                    Some('b' | 'B' | 'W' | 'D' | 'S') => {
                        syntax.has_opposites = true;
                        syntax.is_ours_alone |= characters.peek() == Some(&'{');
                    }
                    Some('<' | '>') => syntax.is_ours_alone = true,
                    _ => {}
                },
                '[' if within_brackets => syntax.is_ours_alone = true,
                '[' => {
                    within_brackets = true;
                    syntax.has_opposites |= characters.next_if_eq(&'^').is_some();
                    // As the first it is one of them.
                    characters.next_if_eq(&']');
                }
                ']' => within_brackets = false,
                '&' | '-' | '~' if within_brackets => syntax.is_ours_alone |= characters.peek() == Some(&c),
                _ => {}
            }
        }
        syntax
    }
}
