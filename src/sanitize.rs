//! Text from elsewhere, made safe to show: what would be obeyed or hidden is written out.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

/// `text` with every character that a terminal would obey, or that would hide or turn round others, written out in ASCII:
/// an escape becomes `\u{1b}`, a line feed `\n`. A tab becomes four spaces. Of marks that would pile up on one character
/// the first are shown and the others counted: `[+96]`.
pub(crate) fn escape_controls(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) || !(text.contains(acts) || piles_up(text)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut marks = 0_usize;
    for c in text.chars() {
        if is_mark(c) {
            marks += 1;
            if marks <= MARKS_MAX {
                shown.push(c);
            }
            continue;
        }
        count(&mut shown, std::mem::take(&mut marks));
        match c {
            '\t' => shown.push_str("    "),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            c if acts(c) => {
                // Writing to a string cannot fail.
                let _infallible = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    count(&mut shown, marks);
    Cow::Owned(shown)
}

/// More marks on one character than any script for people has.
const MARKS_MAX: usize = 4;

/// Whether `c` takes no place of its own: it stands on, in or behind the character before it.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && c.width() == Some(0) && !acts(c)
}

fn piles_up(text: &str) -> bool {
    let mut marks = 0;
    text.chars().any(|c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        marks > MARKS_MAX
    })
}

/// Says how many marks were left out, of so many.
fn count(shown: &mut String, marks: usize) {
    if marks > MARKS_MAX {
        // Writing to a string cannot fail.
        let _infallible = write!(shown, "[+{}]", marks - MARKS_MAX);
    }
}

/// JSON with every such character written as JSON escapes it (RFC 8259, section 7), so that its meaning stays. They stand
/// only within strings, but for the line feeds of the layout.
pub(crate) fn visible_json(json: &str) -> String {
    escaped(json, acts)
}

/// The same with every character escaped that is not in ASCII.
pub(crate) fn ascii_json(json: &str) -> String {
    escaped(json, |c| !c.is_ascii() || acts(c))
}

fn escaped(json: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_escaped(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _infallible = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

/// Whether `c` does something else than to be seen: controls (C0, DEL, C1), line and paragraph separators, the marks of
/// Unicode's bidirectional algorithm (UAX #9, section 2), invisible spaces and letters, the byte order mark, and tags. The
/// joiners and the signs' variants stay: scripts and emoji need them.
pub(crate) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}' | '\u{200e}' | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::{ascii_json, escape_controls, visible_json};

    #[test]
    fn plain_text_of_any_script_stays_as_it_is() {
        for text in ["", "Lync ñ€😀", "العربية", "日本語", "👩‍👩‍👧"] {
            assert!(
                matches!(escape_controls(text), std::borrow::Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(escape_controls("\u{1b}[31mred\u{7}\r\n"), "\\u{1b}[31mred\\u{7}\\r\\n");
        assert_eq!(escape_controls("a\u{9b}31m\u{7f}\0"), "a\\u{9b}31m\\u{7f}\\u{0}");
        assert_eq!(escape_controls("user\u{202e}gpj.exe"), "user\\u{202e}gpj.exe");
        assert_eq!(escape_controls("Get\u{3164}X\u{34f}\u{e0100}"), "Get\\u{3164}X\\u{34f}\\u{e0100}");
        assert_eq!(escape_controls("a\u{115f}\u{2800}\u{180e}"), "a\\u{115f}\\u{2800}\\u{180e}");
        assert_eq!(escape_controls("a\tb"), "a    b");
    }

    #[test]
    fn marks_do_not_pile_up() {
        let pile = |marks: usize| format!("e{}x", "\u{301}".repeat(marks));
        assert!(matches!(escape_controls(&pile(4)), std::borrow::Cow::Borrowed(_)));
        assert_eq!(escape_controls(&pile(5000)), format!("e{}[+4996]x", "\u{301}".repeat(4)));
        assert_eq!(escape_controls(&"\u{20dd}".repeat(5)), format!("{}[+1]", "\u{20dd}".repeat(4)));
        assert_eq!(escape_controls(&format!("{0}{0}", pile(4))), format!("{0}{0}", pile(4)));
    }

    #[test]
    fn json_keeps_its_meaning() {
        let hostile = "a\u{9b}31m\u{7f}\u{202e}\u{e0041}\u{1b}";
        let json = visible_json(&serde_json::to_string_pretty(&[hostile]).unwrap_or_default());
        assert!(json.chars().all(|c| c == '\n' || c.is_ascii_graphic() || c == ' '), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).ok(), Some(vec![hostile.to_owned()]));
    }

    #[test]
    fn ascii_json_says_the_same_of_every_character() {
        let every: String = (0..=0x0010_ffff).filter_map(char::from_u32).collect();
        let json = serde_json::to_string_pretty(&[every.as_str(), "ñ€😀"]).unwrap_or_default();
        let ascii = ascii_json(&json);
        assert!(ascii.chars().all(|c| c == '\n' || c.is_ascii_graphic() || c == ' '));
        assert!(ascii.ends_with("\"\\u00f1\\u20ac\\ud83d\\ude00\"\n]"), "an astral character is two units");
        assert_eq!(serde_json::from_str::<Vec<String>>(&ascii).ok(), serde_json::from_str(&json).ok());
        assert_eq!(ascii_json(&visible_json(&json)), ascii);
    }

    #[test]
    fn nothing_that_acts_is_left_of_any_character() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let shown = escape_controls(&c.to_string()).into_owned();
            assert!(!shown.chars().any(char::is_control), "{c:?} gives {shown:?}");
        }
    }
}
