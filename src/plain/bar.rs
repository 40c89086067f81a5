//! Text of others among lines of ours: behind a bar that no line of ours begins with, so that nothing in a checklist or in what
//! PowerShell says can look like a line of greenlight.

use crate::text::visible;

/// What stands before each line of others.
pub const BAR: &str = "  | ";

/// Each line of a text behind the bar.
pub fn barred(text: &str) -> impl Iterator<Item = String> + '_ {
    lines(text).map(|line| format!("{BAR}{}", visible(line)).trim_end().to_owned())
}

/// Words of ours, as `runs: `, and a text of others: after them where it is one line, else below them behind the bar.
pub fn led(words: &str, text: &str) -> Vec<String> {
    let text = text.trim_end_matches(['\n', '\r']);
    if text.contains(['\n', '\r']) {
        std::iter::once(words.trim_end().to_owned()).chain(barred(text)).collect()
    } else {
        vec![format!("{words}{}", visible(text))]
    }
}

/// The lines of a text, however they end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end_matches(['\n', '\r']).split('\n').flat_map(|line| line.trim_end_matches('\r').split('\r'))
}

#[cfg(test)]
mod tests {
    use super::{barred, led};

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
