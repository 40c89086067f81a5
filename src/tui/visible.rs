//! The draw edge: text of others made harmless, measured, cut and wrapped by the columns that it takes.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// `text` with every control, direction or invisible character written out, so that none reaches the terminal.
pub(super) fn escape_controls(text: &str) -> String {
    crate::sanitize::escape_controls(text).into_owned()
}

/// As much of `text` as fits into `columns`, with `ellipsis` where something was cut.
pub(super) fn truncate_to_width(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(ellipsis));
    let mut cut = split_at_width(text, room).0.trim_end().to_owned();
    if width(ellipsis) <= columns {
        cut.push_str(ellipsis);
    }
    cut
}

/// `text` cut or filled up with blanks to exactly `columns`.
pub(super) fn pad(text: &str, columns: usize, ellipsis: &str) -> String {
    let mut cut = truncate_to_width(text, columns, ellipsis);
    cut.push_str(&" ".repeat(columns.saturating_sub(width(&cut))));
    cut
}

/// Rows of at most `columns`, broken at blanks where there are any; blanks at a break are left out. French sets a blank before
/// some signs, which do not begin a row.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    broken(text, columns, are_words).into_iter().map(|row| row.trim_end().to_owned()).collect()
}

/// At most so many of such rows: the last one ends in `ellipsis` where the text goes on.
pub(super) fn wrap_within(text: &str, columns: usize, rows: usize, ellipsis: &str) -> Vec<String> {
    let mut all = wrap(text, columns);
    if all.len() > rows.max(1) {
        let rest = all.split_off(rows.max(1) - 1).join(" ");
        all.push(truncate_to_width(&rest, columns, ellipsis));
    }
    all
}

/// Rows of at most `columns` that hold every character of `text`: put together they are the text again.
pub(super) fn wrap_exact(text: &str, columns: usize) -> Vec<String> {
    broken(text, columns, |_, _| true)
}

/// Whether a blank parts words, and not a word from its sign.
fn are_words(before: &str, after: &str) -> bool {
    let mut after = after.chars();
    let is_sign = match after.next() {
        Some('»') => true,
        Some(';' | ':' | '!' | '?') => after.next().is_none_or(char::is_whitespace),
        Some(_) | None => false,
    };
    !is_sign && !before.ends_with('«')
}

/// Rows broken at a blank that `parts` what stands before and behind it, where there is one.
fn broken(text: &str, columns: usize, parts: fn(&str, &str) -> bool) -> Vec<String> {
    let columns = columns.max(1);
    let mut rows = Vec::new();
    let mut rest = text;
    while width(rest) > columns {
        let (fits, after) = split_at_width(rest, columns);
        // A row never starts with the blank that it was broken at.
        let behind = after.trim_start_matches(' ');
        let blanks = after.len() - behind.len();
        let parting = |at: &usize| {
            let (before, after) = rest.split_at_checked(*at).unwrap_or_default();
            !before.trim().is_empty() && parts(before, after.trim_start_matches(' '))
        };
        let end = if blanks > 0 && parts(fits, behind) {
            fits.len() + blanks
        } else {
            let last = fits.rmatch_indices(' ').map(|(at, _)| at).find(parting);
            last.map_or(fits.len() + blanks, |at| at + 1)
        };
        // A character wider than the row still has to go somewhere.
        let end = end.max(first_character(rest).0.len());
        let (row, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rows.push(row.to_owned());
        rest = after;
    }
    if !rest.is_empty() || rows.is_empty() {
        rows.push(rest.to_owned());
    }
    rows
}

/// The longest start of `text` that takes at most `columns`, and what follows it; no letter is parted from its accents.
pub(super) fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let mut taken = 0;
    let end = text
        .grapheme_indices(true)
        .find(|(_, character)| {
            taken += character.width();
            taken > columns
        })
        .map_or(text.len(), |(at, _)| at);
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// `columns` of `text` behind its first `from`; of a character that is only partly among them, a blank.
pub(super) fn slice(text: &str, from: usize, columns: usize) -> String {
    let (before, rest) = split_at_width(text, from);
    let cut = from.saturating_sub(width(before));
    let (lead, rest) = match first_character(rest) {
        (first, after) if cut > 0 => (width(first).saturating_sub(cut), after),
        _ => (0, rest),
    };
    let lead = lead.min(columns);
    let (seen, after) = split_at_width(rest, columns - lead);
    let missing = if after.is_empty() { 0 } else { columns - lead - width(seen) };
    format!("{}{seen}{}", " ".repeat(lead), " ".repeat(missing))
}

/// What a person sees as the first character of `text`, and the rest.
pub(super) fn first_character(text: &str) -> (&str, &str) {
    let length = text.graphemes(true).next().map_or(0, str::len);
    text.split_at_checked(length).unwrap_or((text, ""))
}

/// As much of the end as those columns show, whole characters.
pub(super) fn end_within(text: &str, columns: usize) -> &str {
    let mut left = columns;
    let mut begin = text.len();
    for (at, character) in text.grapheme_indices(true).rev() {
        let Some(rest) = left.checked_sub(width(character)) else { break };
        (left, begin) = (rest, at);
    }
    text.get(begin..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{escape_controls, pad, slice, truncate_to_width, width, wrap, wrap_exact};

    #[test]
    fn escape_sequences_are_shown_and_not_sent() {
        assert_eq!(escape_controls("\x1b[2Jgone\r\u{202e}x\u{9b}1m"), r"\u{1b}[2Jgone\r\u{202e}x\u{9b}1m");
        assert_eq!(escape_controls("a\tb"), "a    b");
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(truncate_to_width("日本語です", 7, ".."), "日本..");
        assert_eq!(width(&pad("日本", 7, "..")), 7);
    }

    #[test]
    fn a_letter_is_not_parted_from_its_accents() {
        assert_eq!(wrap_exact("abe\u{301}cd", 3), ["abe\u{301}", "cd"]);
        assert_eq!(wrap_exact("한글", 2), ["한", "글"]);
        assert_eq!(
            wrap_exact("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}", 2),
            ["\u{1112}\u{1161}\u{11ab}", "\u{1100}\u{1173}"]
        );
        assert_eq!(truncate_to_width("🇪🇸🇫🇷", 3, "."), "🇪🇸.");
    }

    #[test]
    fn a_slice_has_its_columns_whatever_it_parts() {
        assert_eq!(slice("abcdef", 2, 3), "cde");
        assert_eq!(slice("日本語", 1, 3), " 本");
        assert_eq!(slice("日本語", 0, 3), "日 ");
        assert_eq!(slice("日本語", 5, 3), " ");
        assert_eq!((slice("ab", 2, 3), slice("ab", 7, 3)), (String::new(), String::new()));
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(wrap("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn no_row_begins_with_a_sign_that_french_sets_apart() {
        assert_eq!(wrap("ont été écrits ; ce qui", 15), ["ont été", "écrits ; ce qui"]);
        assert_eq!(wrap("ont été écrits ; ce qui", 14), ["ont été", "écrits ; ce", "qui"]);
        assert_eq!(wrap("dans « la pile », et", 7), ["dans", "« la", "pile »,", "et"]);
        assert_eq!(wrap("a ;b", 3), ["a", ";b"]);
    }

    proptest! {
        #[test]
        fn rows_fit_and_a_command_keeps_every_character(text in "[ a-z日$=-]{0,80}", columns in 2_usize..40) {
            for row in wrap(&text, columns) {
                prop_assert!(width(&row) <= columns);
            }
            prop_assert_eq!(wrap_exact(&text, columns).concat(), text);
        }
    }
}
