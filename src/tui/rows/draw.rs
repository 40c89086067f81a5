//! All rows by which a step is not green, as a table that is scrolled both ways and filtered.
//!
//! ```text
//!  Every server has the configuration
//!  x red · Not as expected: 2000 of 12000 rows · 1 to 15 of 2000
//!
//!  Row               Property   Expected   Found
//!  fe03.contoso.com  UpToDate   is True    False
//!  …
//! ```
//! A row that is wider than the screen has a sign where it goes on. Its name stays where it is, unless it takes half of the
//! screen; what was found then stands before what was expected, and what is the same in all rows behind that.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::state::{FileNote, GAP, RowsView};
use crate::run::Assessment;
use crate::tui::View;
use crate::tui::facts::Cells;
use crate::tui::page::{Focus, Ground, Page};
use crate::tui::theme::Meaning;
use crate::tui::view::meaning;
use crate::tui::viewport::Viewport;
use crate::tui::visible::{escape_controls, slice, width};

/// The columns beside the table.
pub(super) const MARGINS: u16 = 2;
/// From which width on a cell does not push those below and above it to the right.
const WIDEST: usize = 40;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, rows: &RowsView) -> Viewport {
    let Some(assessment) = view.run.assess(rows.step(), view.now) else { return Viewport::default() };
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(MARGINS), ..area };
    let columns = usize::from(area.width);
    let foot = foot(view, rows, area.width);
    // What stands above the rows says which of them are seen, and is as high for all of them: the table does not jump.
    let (count, _) = rows.count();
    let highest = head(view, &assessment, rows, area.width, (count, count)).height();
    let (first, seen) = rows.seen(usize::from(area.height.saturating_sub(highest + foot.height() + 2)));
    let last = first + u64::try_from(seen.len()).unwrap_or(u64::MAX);
    let mut head = head(view, &assessment, rows, area.width, (first + 1, last.max(first + 1)));
    head.blanks(highest.saturating_sub(head.height()));
    let [head_at, _, titles_at, body, foot_at] = Layout::vertical([
        Constraint::Length(head.height()),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(foot.height()),
    ])
    .areas(area);
    head.draw(frame, head_at, 0);
    foot.draw(frame, foot_at, 0);
    if assessment.rows.is_none() {
        let none = Span::styled(view.text.rows_none(), view.theme.style(Meaning::Muted));
        frame.render_widget(none, titles_at);
        return Viewport::default();
    }
    let text = view.text;
    let titles = [text.column_row(), text.column_property(), text.column_expected(), text.column_found()];
    let table = Table::of(view, columns, rows, &titles);
    let furthest = seen.iter().map(|row| table.hidden(row)).max().unwrap_or_default();
    let right = rows.right().min(furthest);
    frame.render_widget(table.line(&titles, right, [Meaning::Muted; 4], ""), titles_at);
    let meanings = [Meaning::Base, Meaning::Base, Meaning::Base, meaning(&assessment.status)];
    for (row, at) in seen.iter().zip(body.rows()) {
        frame.render_widget(table.line(row, right, meanings, view.glyphs.left), at);
    }
    Viewport { table_rows: body.height, table_right: furthest, ..Viewport::default() }
}

/// What stands above the table, where it shows the rows from one to another.
fn head<'a>(
    view: &'a View<'a>,
    assessment: &Assessment<'_>,
    rows: &RowsView,
    columns: u16,
    (first, last): (u64, u64),
) -> Page<'a> {
    let text = view.text;
    let mut page = Page::new(view, columns, Ground::Screen);
    page.text(assessment.step.title.get(text.lang()), Meaning::Title);
    let mut parts = vec![text.status(&assessment.status)];
    if let Some(failed) = &assessment.rows {
        parts.push(text.heading_rows(text.rows_of(failed.count, failed.of)));
        let (count, _) = rows.count();
        if count > 0 {
            parts.push(text.rows_seen(first, last, count));
        }
    }
    let line = parts.join(&format!(" {} ", view.glyphs.dot));
    let status = &assessment.status;
    page.signed(view.glyphs.status(status), meaning(status), &line, meaning(status));
    for note in notes(view, assessment, rows) {
        page.text(&note, Meaning::Doubt);
    }
    page
}

/// What of the rows cannot be shown, or not yet.
fn notes(view: &View<'_>, assessment: &Assessment<'_>, rows: &RowsView) -> Vec<String> {
    let text = view.text;
    let Some(failed) = &assessment.rows else { return Vec::new() };
    let nowhere = match failed.file {
        None => failed.more,
        Some(file) => file.left_out.map_or(0, |left_out| left_out.lines),
    };
    let kept = failed.more.saturating_sub(nowhere);
    let file = rows.note().map(|note| match note {
        FileNote::Looking { file, percent } => text.rows_file_looked_at(escape_controls(file), percent),
        FileNote::Faulty { file, fault } => {
            text.rows_file_faulty(kept, escape_controls(file), text.file_fault(fault))
        }
    });
    let nowhere = (nowhere > 0).then(|| text.rows_nowhere(nowhere));
    file.into_iter().chain(nowhere).collect()
}

/// What the rows are filtered by, or the field in which that is typed.
fn foot<'a>(view: &'a View<'a>, rows: &RowsView, columns: u16) -> Page<'a> {
    let text = view.text;
    let mut page = Page::new(view, columns, Ground::Screen);
    if let Some((words, looked_at)) = rows.filter() {
        let (count, all) = rows.count();
        let words = escape_controls(words);
        let line = if looked_at < all {
            text.rows_filtering(count, looked_at, all - looked_at, words)
        } else {
            text.rows_filtered(count, all, words)
        };
        page.text(&line, Meaning::Accent);
    } else if rows.typed().is_some() {
        page.text(&text.rows_filter_label(), Meaning::Accent);
    }
    if let Some(field) = rows.typed() {
        page.field(field, Focus::Here);
    }
    page
}

/// In which order the columns stand behind the name of the row.
#[derive(Clone, Copy)]
enum Order {
    PropertyExpectedFound,
    PropertyFoundExpected,
    FoundExpectedProperty,
    FoundPropertyExpected,
}

impl Order {
    /// Where the whole of a row is not seen: what was found first, and last what is the same in all rows.
    const fn of(is_whole: bool, [_, property, expected, _]: [bool; 4]) -> Self {
        match (is_whole, property, expected) {
            (true, ..) => Self::PropertyExpectedFound,
            (false, true, _) => Self::PropertyFoundExpected,
            (false, false, true) => Self::FoundExpectedProperty,
            (false, false, false) => Self::FoundPropertyExpected,
        }
    }

    fn apply<T>(self, [name, property, expected, found]: [T; 4]) -> [T; 4] {
        match self {
            Self::PropertyExpectedFound => [name, property, expected, found],
            Self::PropertyFoundExpected => [name, property, found, expected],
            Self::FoundExpectedProperty => [name, found, expected, property],
            Self::FoundPropertyExpected => [name, found, property, expected],
        }
    }
}

/// Where the columns of the table stand.
struct Table<'a> {
    view: &'a View<'a>,
    columns: usize,
    order: Order,
    /// In that order.
    widths: [usize; 4],
    /// How many columns of a row stay where they are, its name.
    still: usize,
}

impl<'a> Table<'a> {
    fn of(view: &'a View<'a>, columns: usize, rows: &RowsView, titles: &Cells) -> Self {
        let mut widths = *rows.widths();
        for (widest, title) in widths.iter_mut().zip(titles) {
            *widest = width(title).max(*widest) + GAP;
        }
        let order = Order::of(widths.iter().sum::<usize>() <= columns + GAP, *rows.differs());
        let [name, ..] = widths;
        let still = if name <= columns / 2 { name } else { 0 };
        let [name, property, expected, found] = widths.map(|column| column.min(WIDEST + GAP));
        let widths = order.apply([name.max(still), property, expected, found]);
        Self { view, columns, order, widths, still }
    }

    /// The cells of a row, each filled up to its column, but for the last.
    fn filled(&self, row: &Cells) -> Vec<String> {
        let last = row.len().saturating_sub(1);
        let row = self.order.apply(row.each_ref());
        let filled = row.into_iter().zip(self.widths).enumerate().map(|(place, (cell, columns))| {
            let gap = if place == last { 0 } else { columns.saturating_sub(width(cell)).max(GAP) };
            format!("{cell}{}", " ".repeat(gap))
        });
        filled.collect()
    }

    /// How many columns of a row have no room.
    fn hidden(&self, row: &Cells) -> usize {
        let whole: usize = self.filled(row).iter().map(|cell| width(cell)).sum();
        whole.saturating_sub(self.columns)
    }

    /// A row that was scrolled so far to the right; `left` is the sign for what that hides.
    fn line(&self, row: &Cells, right: usize, meanings: [Meaning; 4], left: &'static str) -> Line<'static> {
        let mut spans = Vec::new();
        let mut begin = 0;
        let cells = self.filled(row);
        let whole: usize = cells.iter().map(|cell| width(cell)).sum();
        let goes_on = !left.is_empty() && whole > right + self.columns;
        let ends = self.columns.saturating_sub(usize::from(goes_on));
        let hides = usize::from(right > 0 && !left.is_empty());
        for (cell, meaning) in cells.iter().zip(self.order.apply(meanings)) {
            let style = self.view.theme.style(meaning);
            let end = begin + width(cell);
            if end <= self.still {
                spans.push(Span::styled(cell.clone(), style));
            } else {
                if begin == self.still && hides > 0 {
                    spans.push(Span::styled(left, self.view.theme.style(Meaning::Accent)));
                }
                // The columns of the cell that are on the screen.
                let from = begin.max(self.still + right + hides).min(end);
                let to = end.min(right + ends).max(from);
                spans.push(Span::styled(slice(cell, from - begin, to - from), style));
            }
            begin = end;
        }
        if goes_on {
            spans.push(Span::styled(self.view.glyphs.right, self.view.theme.style(Meaning::Accent)));
        }
        Line::from(spans)
    }
}
