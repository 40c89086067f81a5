//! What the running command says it is about, a row an activity, each below the one that it is a part of.
//!
//! ```text
//!  ██████░░░░  60 %  Mailbox 6 of 10
//!    ████░░░░░░  40 %  0:35 left · Folder: 2 of 5 · Inbox
//! ```

use ratatui::text::{Line, Span};

use super::View;
use super::theme::Meaning;
use super::visible::{escape_controls, truncate_to_width, width};
use crate::shell::Progress;

/// How many rows they take.
const ROWS: usize = 3;
/// In fewer columns bars are short, so that words have room.
const NARROW: u16 = 40;

/// The topmost and the last of them: how far all of it is, and what is being done.
pub(super) fn rows(view: &View<'_>, columns: u16) -> Vec<Line<'static>> {
    let tree = view.live.activities().tree();
    let left_out = tree.len().saturating_sub(ROWS);
    let shown = tree.iter().enumerate().filter(|(position, _)| *position == 0 || *position > left_out);
    let style = view.theme.style(Meaning::Running);
    shown
        .enumerate()
        .map(|(row, (_, activity))| {
            // What stands between them and is left out takes no room.
            let indent = " ".repeat(4 + 2 * activity.depth.min(row));
            let room = usize::from(columns).saturating_sub(width(&indent));
            let of_bar = if columns < NARROW { 5 } else { 10 };
            let words = words(view, activity.progress, of_bar);
            let words = truncate_to_width(&words, room, view.glyphs.ellipsis);
            Line::from(Span::styled(format!("{indent}{words}"), style))
        })
        .collect()
}

fn words(view: &View<'_>, progress: &Progress, of_bar: u16) -> String {
    let bar = |percent| format!("{} {percent:>3} %", bar(view, u64::from(percent), 100, of_bar));
    let told: Vec<String> = view.text.activity(progress).iter().map(|part| escape_controls(part)).collect();
    let told = told.join(&format!(" {} ", view.glyphs.dot));
    progress.percent.map(bar).into_iter().chain([told]).collect::<Vec<_>>().join("  ")
}

/// A bar of `columns`.
pub(super) fn bar(view: &View<'_>, done: u64, all: u64, columns: u16) -> String {
    let columns = u64::from(columns);
    let full = usize::try_from(done.min(all) * columns / all.max(1)).unwrap_or(0);
    let empty = usize::try_from(columns).unwrap_or(0).saturating_sub(full);
    format!("{}{}", view.glyphs.full.repeat(full), view.glyphs.empty.repeat(empty))
}
