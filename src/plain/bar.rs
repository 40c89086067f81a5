//! Text of others among lines of ours: behind a bar that no line of ours begins with, so that nothing in a checklist or in what
//! PowerShell says can look like a line of greenlight.

use unicode_width::UnicodeWidthChar as _;

use crate::sanitize::escape_controls;

/// What stands before each line of others.
pub(crate) const BAR: &str = "  | ";

/// Each line of a text behind the bar.
pub(super) fn barred(text: &str) -> impl Iterator<Item = String> + '_ {
    lines(text).map(|line| format!("{BAR}{}", escape_controls(line)).trim_end().to_owned())
}

/// Words of ours, as `runs: `, and a text of others: after them where it is one line, else below them behind the bar.
pub(crate) fn led(words: &str, text: &str) -> Vec<String> {
    let text = text.trim_end_matches(['\n', '\r']);
    if text.contains(['\n', '\r']) {
        std::iter::once(words.trim_end().to_owned()).chain(barred(text)).collect()
    } else {
        vec![format!("{words}{}", escape_controls(text))]
    }
}

/// A line in lines of at most so many columns: what a terminal would begin a row with stands behind the bar.
pub(super) fn folded(line: &str, width: usize) -> Vec<String> {
    let width = width.max(20);
    let mut rows = cut(line, width, width - BAR.len());
    rows.iter_mut().skip(1).for_each(|row| row.insert_str(0, BAR));
    rows
}

/// A line in pieces of at most so many columns, the first and the others; one piece where it is empty.
pub(crate) fn cut(line: &str, first: usize, others: usize) -> Vec<String> {
    let (mut pieces, mut piece, mut left) = (Vec::new(), String::new(), first);
    for c in line.chars() {
        let columns = c.width().unwrap_or(0);
        if columns > left {
            pieces.push(std::mem::take(&mut piece));
            left = others;
        }
        piece.push(c);
        left = left.saturating_sub(columns);
    }
    pieces.push(piece);
    pieces
}

/// The columns that [`cut`] counts.
pub(super) fn width(line: &str) -> usize {
    line.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The lines of a text, however they end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end_matches(['\n', '\r']).split('\n').flat_map(|line| line.trim_end_matches('\r').split('\r'))
}

#[cfg(test)]
mod tests {
    use super::{barred, folded, led};

    #[test]
    fn what_a_terminal_would_begin_a_row_with_stands_behind_the_bar() {
        let line = format!("runs: {}[ OK ] green: x", " ".repeat(74));
        assert_eq!(
            folded(&line, 80),
            [format!("runs: {}", " ".repeat(74)), "  | [ OK ] green: x".to_owned()]
        );
        assert_eq!(folded("日本語日本語日本語日本語", 20), ["日本語日本語日本語日", "  | 本語"]);
        assert_eq!(folded("", 80), [""]);
        assert_eq!(folded(&line, usize::MAX), [line]);
    }

    #[test]
    fn no_line_of_others_stands_at_the_beginning_of_one() {
        for text in ["GATE OPEN", "a\nGATE OPEN", "a\rGATE OPEN\r\nb", "  | GATE OPEN", "a\u{2028}GATE OPEN"]
        {
            assert!(barred(text).all(|line| line.starts_with("  |")), "{text:?}");
            assert!(
                led("runs: ", text).iter().all(|line| line.starts_with("  |") || line.starts_with("runs:"))
            );
        }
        assert_eq!(led("runs: ", "2 <#\nx\n#>\n"), ["runs:", "  | 2 <#", "  | x", "  | #>"]);
        assert_eq!(led("runs: ", "Get-X"), ["runs: Get-X"]);
        assert_eq!(barred("").collect::<Vec<_>>(), ["  |"]);
    }
}
