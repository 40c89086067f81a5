//! Text from elsewhere, made safe to show: what would be obeyed or hidden is written out.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with every character that a terminal would obey, or that would hide or turn round others, written out in ASCII:
/// an escape becomes `\u{1b}`, a line feed `\n`. A tab becomes four spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
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
    Cow::Owned(shown)
}

/// JSON with every such character written as JSON escapes it (RFC 8259, section 7), so that its meaning stays. They stand
/// only within strings, but for the line feeds of the layout.
pub fn visible_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && acts(c) {
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
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}' | '\u{200e}' | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}' | '\u{ffa0}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_json};

    #[test]
    fn plain_text_of_any_script_stays_as_it_is() {
        for text in ["", "Lync ñ€😀", "العربية", "日本語", "👩‍👩‍👧"] {
            assert!(matches!(visible(text), std::borrow::Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(visible("\u{1b}[31mred\u{7}\r\n"), "\\u{1b}[31mred\\u{7}\\r\\n");
        assert_eq!(visible("a\u{9b}31m\u{7f}\0"), "a\\u{9b}31m\\u{7f}\\u{0}");
        assert_eq!(visible("user\u{202e}gpj.exe"), "user\\u{202e}gpj.exe");
        assert_eq!(visible("Get\u{3164}X\u{34f}\u{e0100}"), "Get\\u{3164}X\\u{34f}\\u{e0100}");
        assert_eq!(visible("a\tb"), "a    b");
    }

    #[test]
    fn json_keeps_its_meaning() {
        let hostile = "a\u{9b}31m\u{7f}\u{202e}\u{e0041}\u{1b}";
        let json = visible_json(&serde_json::to_string_pretty(&[hostile]).unwrap_or_default());
        assert!(json.chars().all(|c| c == '\n' || c.is_ascii_graphic() || c == ' '), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).ok(), Some(vec![hostile.to_owned()]));
    }

    #[test]
    fn nothing_that_acts_is_left_of_any_character() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let shown = visible(&c.to_string()).into_owned();
            assert!(!shown.chars().any(char::is_control), "{c:?} gives {shown:?}");
        }
    }
}
