//! Addresses on the screen as links of the terminal (`OSC 8`), where it can.
//!
//! What a row has of an address becomes one cell of the buffer, with the escape sequences in it and as wide as its text. The
//! cells that it covers hold a character that nothing is drawn with, so that whatever comes to stand there is drawn.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Position;

use super::View;

/// No character (Unicode, section 23.7).
const COVERED: &str = "\u{fdd0}";
/// What each of them begins with.
const BEGIN: &str = "http";

/// Makes links of the addresses that the run's checklist names.
pub(super) fn link(buffer: &mut Buffer, view: &View<'_>) {
    let checklist = view.run.checklist();
    let remedies =
        checklist.steps.iter().flat_map(|step| step.remedies.iter().filter_map(|own| own.docs.as_ref()));
    let handoff = checklist.handoff.iter().flat_map(|handoff| &handoff.docs);
    let all = checklist.steps.iter().flat_map(|step| &step.docs).chain(remedies).chain(handoff);
    let all: Vec<&str> =
        all.map(String::as_str).chain(checklist.source.iter().map(|own| &*own.page)).collect();
    link_all(buffer, &all);
}

fn link_all(buffer: &mut Buffer, addresses: &[&str]) {
    let begins: Vec<Position> =
        buffer.area.positions().filter(|at| stretch(buffer, *at, BEGIN) == BEGIN.len()).collect();
    for at in begins {
        let found = addresses.iter().filter_map(|address| Some((*address, rows(buffer, at, address)?)));
        let Some((address, rows)) = found.max_by_key(|(address, _)| address.len()) else { continue };
        let id = addresses.iter().position(|own| *own == address).unwrap_or_default();
        let mut rest = address;
        for (y, columns) in (at.y..).zip(rows) {
            let (text, after) = rest.split_at(columns);
            rest = after;
            let symbol = format!("\x1b]8;id={id};{address}\x1b\\{text}\x1b]8;;\x1b\\");
            let width = u16::try_from(columns).unwrap_or(u16::MAX);
            for x in at.x..at.x.saturating_add(width) {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.set_symbol(COVERED);
                }
            }
            if let (Some(cell), Some(width)) = (buffer.cell_mut((at.x, y)), NonZeroU16::new(width)) {
                cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(width));
            }
        }
    }
}

/// How many columns an address that begins there has in each of its rows; none where not all of it is there, or more.
fn rows(buffer: &Buffer, at: Position, address: &str) -> Option<Vec<usize>> {
    // Nothing in it is obeyed, and each character has a column.
    if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let (mut rest, mut y, mut rows) = (address, at.y, Vec::new());
    while !rest.is_empty() {
        let columns = stretch(buffer, Position { y, ..at }, rest);
        if columns == 0 {
            return None;
        }
        rest = rest.get(columns..)?;
        rows.push(columns);
        y += 1;
    }
    let last = rows.last().and_then(|columns| u16::try_from(*columns).ok())?;
    let behind = buffer
        .cell((at.x.saturating_add(last), y - 1))
        .filter(|_| at.x.saturating_add(last) < buffer.area.right());
    let goes_on =
        |symbol: &str| symbol.starts_with(|c: char| c.is_alphanumeric() || "/?#&=%_-~+".contains(c));
    (!behind.is_some_and(|cell| goes_on(cell.symbol()))).then_some(rows)
}

/// How many characters of a text stand in a row from there on.
fn stretch(buffer: &Buffer, at: Position, text: &str) -> usize {
    let cells = (at.x..buffer.area.right()).map_while(|x| buffer.cell((x, at.y)));
    cells.zip(text.split("").skip(1)).take_while(|(cell, letter)| cell.symbol() == *letter).count()
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;

    const ADDRESS: &str = "https://x.test/ab";

    fn screen(rows: &[&str]) -> Buffer {
        Buffer::with_lines(rows.iter().map(|row| format!("{row:<20}")))
    }

    /// What is written where the terminal shows the one and is to show the other: escapes without their introducer.
    fn written(shown: &Buffer, next: &Buffer) -> String {
        shown.diff(next).into_iter().map(|(.., cell)| cell.symbol().replace('\x1b', "")).collect()
    }

    #[test]
    fn an_address_is_a_link_over_its_rows_and_whatever_takes_its_place_is_drawn() {
        let plain = screen(&["see https://x.t", "    est/ab."]);
        let mut linked = plain.clone();
        link_all(&mut linked, &["https://x.test/a", ADDRESS]);
        let link = |text: &str| format!("]8;id=1;{ADDRESS}\\{text}]8;;\\");
        assert_eq!(written(&plain, &linked), link("https://x.t") + &link("est/ab"));
        assert_eq!(written(&linked, &linked), "");
        // The same text without the link, and nothing at all, are drawn in each of its columns.
        assert_eq!(written(&linked, &plain), "https://x.test/ab");
        assert_eq!(written(&linked, &screen(&["see", "          ."])), " ".repeat(ADDRESS.len()));
    }

    #[test]
    fn what_is_not_all_of_an_address_is_no_link() {
        for rows in [
            &["https://x.test/abc"][..],
            &["https://x.test/a"],
            &["https://x.t"],
            &["https://x.t", "no"],
            &["http://x.test/ab"],
        ] {
            let plain = screen(rows);
            let mut linked = plain.clone();
            link_all(&mut linked, &[ADDRESS, "https://x.test/\u{1b}", "https://x.test/\u{e9}"]);
            assert_eq!(linked, plain);
        }
        let mut wide = Buffer::empty(Rect::new(0, 0, 17, 1));
        wide.set_string(0, 0, ADDRESS, ratatui::style::Style::default());
        link_all(&mut wide, &[ADDRESS]);
        assert!(wide.cell((0, 0)).is_some_and(|cell| cell.symbol().contains(ADDRESS)));
    }
}
