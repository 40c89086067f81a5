//! The line of a file that a message is about, drawn below it: its number, a bar, and the place underlined. What stands in the
//! file is made safe to show and cut to the width of the terminal.

use std::ops::Range;

use super::bar::{cut, width};
use super::out::{Drawing, Ink, exact, is_ascii};
use crate::sanitize::escape_controls;

/// A file by its lines, and how they are drawn.
pub(crate) struct Excerpts<'a> {
    file: &'a [u8],
    /// Where each line begins.
    starts: Vec<usize>,
    columns: usize,
    ink: Ink,
}

impl<'a> Excerpts<'a> {
    pub(crate) fn of(file: &'a [u8], columns: usize, ink: Ink) -> Self {
        let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
        let after = file.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        Self { file, starts: std::iter::once(0).chain(after).collect(), columns, ink }
    }

    /// The first of the lines on which these bytes stand, a byte order mark not counted.
    pub(crate) fn draw(&self, bytes: &Range<usize>) -> Drawing {
        let number = self.starts.partition_point(|start| *start <= bytes.start).max(1);
        let start = self.starts.get(number - 1).copied().unwrap_or_default();
        // Not looked for in the line, which may be as long as the file and have a mistake in every place.
        let end = self.starts.get(number).copied().unwrap_or(self.file.len());
        let line = self.file.get(start..end).unwrap_or_default();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let place = |at: usize| at.saturating_sub(start).min(line.len());
        let (before, rest) = line.split_at(place(bytes.start));
        let (marked, after) = rest.split_at(place(bytes.end).saturating_sub(before.len()));

        let margin = format!("{number:>5} | ");
        let room = self.columns.saturating_sub(margin.len()).max(12);
        let (left, right, under) = fit(before, marked, after, room);
        let blank = " ".repeat(margin.len() - 2);
        let [on, off] = self.ink;
        let row = format!("{margin}{left}{right}");
        let marks = format!("{}{on}{}{off}", " ".repeat(width(&left)), "^".repeat(under));
        Drawing(format!("{}\n{blank}| {marks}\n", row.trim_end()))
    }
}

/// What stands left of the place and from it on, in so many columns at the most, and how many of them the place takes.
fn fit(before: &[u8], marked: &[u8], after: &[u8], room: usize) -> (String, String, usize) {
    let sign = if is_ascii() { "..." } else { "…" };
    // No line is made safe further than it may be shown: one may be as long as the file.
    let most = room * 4;
    let (left, left_cut) = last(before, most);
    let (place, place_cut) = first(marked, most);
    let (rest, rest_cut) = first(after, most);
    let (left, place, rest) = (safe(left), safe(place), safe(rest));
    let under = width(&place).max(1);
    let right = if place_cut { place } else { place + &rest };
    let (right_cut, wanted) = (place_cut || rest_cut, width(&right).max(under));

    // The place comes first, then what stands around it.
    let kept = wanted.min(under.max(room / 2)).min(room - room / 4);
    let left = match room - kept {
        columns if left_cut || width(&left) > columns => {
            let fits = columns.saturating_sub(width(sign));
            format!("{sign}{}", end(&left, fits))
        }
        _ => left,
    };
    let columns = room.saturating_sub(width(&left));
    if right_cut || wanted > columns {
        let right = begin(&right, columns.saturating_sub(width(sign)));
        let under = under.min(width(&right).max(1));
        return (left, right + sign, under);
    }
    (left, right, under)
}

/// The first bytes, up to the end of a character, and whether there are more.
fn first(bytes: &[u8], most: usize) -> (&[u8], bool) {
    let ends = |at: &usize| bytes.get(*at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let at = (most..bytes.len()).find(ends).unwrap_or(bytes.len());
    (bytes.get(..at).unwrap_or(bytes), at < bytes.len())
}

/// The last bytes, from the beginning of a character, and whether there are more.
fn last(bytes: &[u8], most: usize) -> (&[u8], bool) {
    let from = bytes.len().saturating_sub(most);
    let begins = |at: &usize| bytes.get(*at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let at = (from..bytes.len()).find(begins).unwrap_or(from);
    (bytes.get(at..).unwrap_or(bytes), at > 0)
}

fn safe(bytes: &[u8]) -> String {
    exact(&escape_controls(&String::from_utf8_lossy(bytes))).into_owned()
}

fn begin(text: &str, columns: usize) -> String {
    cut(text, columns, columns).into_iter().next().unwrap_or_default()
}

fn end(text: &str, columns: usize) -> String {
    let over = width(text).saturating_sub(columns);
    let mut pieces = cut(text, over, columns);
    // A wide character may stand across the cut.
    if pieces.first().is_some_and(|piece| width(piece) < over) {
        pieces = cut(text, over + 1, columns);
    }
    pieces.into_iter().nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests;
