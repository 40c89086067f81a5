//! A column of rows, wrapped to its width, that is drawn from any row on.

use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::View;
use super::field::TextField;
use super::glyphs::Glyphs;
use super::theme::Meaning;
use super::viewport::Viewport;
use super::visible::{end_within, escape_controls, first_character, split_at_width, width, wrap, wrap_exact};

/// Rows under construction.
pub(super) struct Page<'a> {
    view: &'a View<'a>,
    /// Those that its rows fill: the last one is of the signs for more.
    columns: usize,
    ground: Ground,
    rows: Vec<Line<'static>>,
    /// The rows of headings, which are seen with what they are of.
    headings: BTreeSet<usize>,
    /// The row that must be seen: the field that takes the keys.
    anchor: Option<usize>,
    /// The end of what is said of that field.
    anchored: usize,
    /// Where the terminal's own cursor stands: row and column.
    cursor: Option<(usize, usize)>,
}

/// What the rows are drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Screen,
    Dialog,
}

/// How many columns of label stand before a value.
const LABEL: usize = 12;

/// How many columns at the right edge are left to the signs for more.
pub(super) const SIGN: u16 = 1;

/// The widest that text may run and still be read with ease.
const READABLE: u16 = 96;

/// The part of a screen for text to read.
pub(super) fn readable(area: Rect) -> Rect {
    Rect { x: area.x + 2, width: area.width.saturating_sub(4).min(READABLE) + SIGN, ..area }
}

impl<'a> Page<'a> {
    /// An empty page for an area of so many columns.
    pub(super) fn new(view: &'a View<'a>, columns: u16, ground: Ground) -> Self {
        Self {
            view,
            columns: usize::from(columns.saturating_sub(SIGN)).max(1),
            ground,
            rows: Vec::new(),
            headings: BTreeSet::new(),
            anchor: None,
            anchored: 0,
            cursor: None,
        }
    }

    /// An empty one beside it.
    pub(super) fn another(&self) -> Self {
        Self { columns: self.columns, ..Self::new(self.view, 0, self.ground) }
    }

    /// How a meaning looks on this page.
    pub(super) fn style(&self, meaning: Meaning) -> Style {
        match self.ground {
            Ground::Screen => self.view.theme.style(meaning),
            Ground::Dialog => self.view.theme.on_dialog(meaning),
        }
    }

    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows it has.
    pub(super) fn height(&self) -> u16 {
        cells(self.rows.len())
    }

    /// Marks the next row as the one that must be seen.
    pub(super) fn anchor(&mut self) {
        self.anchor = Some(self.rows.len());
    }

    /// What belongs to that row ends here: it is seen with it.
    pub(super) fn anchored(&mut self) {
        self.anchored = self.rows.len();
    }

    /// An empty row, unless one is there already.
    pub(super) fn gap(&mut self) {
        if self.rows.last().is_some_and(|row| row.width() > 0) {
            self.rows.push(Line::default());
        }
    }

    /// So many empty rows.
    pub(super) fn blanks(&mut self, rows: u16) {
        self.rows.extend((0..rows).map(|_| Line::default()));
    }

    /// The rows of a page of the same width, below an empty one.
    pub(super) fn append(&mut self, other: Self) {
        if !other.rows.is_empty() {
            self.gap();
            self.headings.extend(other.headings.into_iter().map(|row| row + self.rows.len()));
            self.rows.extend(other.rows);
        }
    }

    /// A row made elsewhere.
    pub(super) fn row(&mut self, row: Line<'static>) {
        self.rows.push(row);
    }

    pub(super) fn text(&mut self, text: &str, meaning: Meaning) {
        self.indented(0, text, meaning);
    }

    /// What stands over the next rows, and is no use without them.
    pub(super) fn heading(&mut self, text: &str, meaning: Meaning) {
        self.heading_at(0, text, meaning);
    }

    /// The same, behind `indent` blanks.
    pub(super) fn heading_at(&mut self, indent: usize, text: &str, meaning: Meaning) {
        let from = self.rows.len();
        self.indented(indent, text, meaning);
        self.headings.extend(from..self.rows.len());
    }

    /// A text, wrapped behind `indent` blanks.
    pub(super) fn indented(&mut self, indent: usize, text: &str, meaning: Meaning) {
        let style = self.style(meaning);
        for line in text.split('\n') {
            for row in wrap(&escape_controls(line), self.columns.saturating_sub(indent)) {
                self.rows.push(Line::from(vec![Span::raw(" ".repeat(indent)), Span::styled(row, style)]));
            }
        }
    }

    /// A sign and a text behind it; rows after the first are set below the text.
    pub(super) fn signed(&mut self, sign: &str, sign_meaning: Meaning, text: &str, meaning: Meaning) {
        let (sign_style, style) = (self.style(sign_meaning), self.style(meaning));
        let indent = width(sign) + 1;
        for (position, row) in
            wrap(&escape_controls(text), self.columns.saturating_sub(indent)).into_iter().enumerate()
        {
            let lead = if position == 0 { format!("{sign} ") } else { " ".repeat(indent) };
            self.rows.push(Line::from(vec![Span::styled(lead, sign_style), Span::styled(row, style)]));
        }
    }

    /// A label and its value; long values are set below themselves.
    pub(super) fn labelled(&mut self, label: &str, value: &str, meaning: Meaning) {
        let (muted, style) = (self.style(Meaning::Muted), self.style(meaning));
        for (position, row) in
            wrap(&escape_controls(value), self.columns.saturating_sub(LABEL)).into_iter().enumerate()
        {
            let lead = if position == 0 { label } else { "" };
            let lead = super::visible::pad(lead, LABEL - 1, "");
            self.rows.push(Line::from(vec![
                Span::styled(lead, muted),
                Span::raw(" "),
                Span::styled(row, style),
            ]));
        }
    }

    /// A command, letter for letter, on a ground of its own.
    pub(super) fn command(&mut self, command: &str) {
        let style = self.view.theme.style(Meaning::Command);
        // The end of its last line is no line.
        for line in command.strip_suffix('\n').unwrap_or(command).split('\n') {
            for row in wrap_exact(&escape_controls(line), self.columns.saturating_sub(4)) {
                let row = row.trim_end();
                let fill = self.columns.saturating_sub(width(row) + 3);
                self.rows.push(Line::from(vec![
                    Span::raw(" "),
                    Span::styled(format!(" {row}"), style),
                    Span::styled(" ".repeat(fill), style),
                    Span::raw(" "),
                ]));
            }
        }
    }

    /// A field with what is typed in it, and its cursor where it has the focus.
    pub(super) fn field(&mut self, field: &TextField, focus: Focus) {
        let (before, after) = field.around_cursor();
        let (under, rest) = first_character(after);
        self.field_row(&escape_controls(before), &escape_controls(under), &escape_controls(rest), focus);
    }

    /// A value that is chosen and not typed, between the signs of the keys that step through the others.
    pub(super) fn choice(&mut self, value: &str, focus: Focus) {
        let (marker, meaning) = match focus {
            Focus::Here => (self.view.glyphs.marker, Meaning::FieldFocus),
            Focus::Elsewhere => (" ", Meaning::Field),
        };
        if focus == Focus::Here {
            self.anchor.get_or_insert(self.rows.len());
        }
        let glyphs = self.view.glyphs;
        let value = if value.is_empty() { glyphs.ellipsis.into() } else { escape_controls(value) };
        let shown = format!("{} {value} {}", glyphs.left, glyphs.right);
        self.rows.push(Line::from(vec![
            Span::styled(format!("{marker} "), self.style(Meaning::Accent)),
            Span::styled(shown, self.view.theme.style(meaning)),
        ]));
    }

    /// A field that shows only how much is typed.
    pub(super) fn secret(&mut self, count: usize, focus: Focus) {
        self.field_row(&self.view.glyphs.mask.repeat(count), "", "", focus);
    }

    /// A field's row: what stands before the cursor, at it, and behind.
    fn field_row(&mut self, before: &str, under: &str, behind: &str, focus: Focus) {
        let theme = self.view.theme;
        // Its end stands beside the sign that there is more, not below it.
        let room = self.columns.saturating_sub(5).max(1);
        let marker = match focus {
            Focus::Here => self.view.glyphs.marker,
            Focus::Elsewhere => " ",
        };
        let lead = Span::styled(format!("{marker} "), self.style(Meaning::Accent));
        match focus {
            Focus::Elsewhere => {
                let whole = format!("{before}{under}{behind}");
                let shown = super::visible::pad(&whole, room, self.view.glyphs.ellipsis);
                self.rows.push(Line::from(vec![
                    lead,
                    Span::styled(format!("[{shown}]"), theme.style(Meaning::Field)),
                ]));
            }
            Focus::Here => {
                self.anchor.get_or_insert(self.rows.len());
                // The end of what stands before the cursor is always seen.
                let (under, _) = split_at_width(if under.is_empty() { " " } else { under }, room);
                let seen = end_within(before, room.saturating_sub(width(under)));
                let left = room.saturating_sub(width(seen) + width(under));
                let (rest, _) = split_at_width(behind, left);
                let fill = " ".repeat(left.saturating_sub(width(rest)));
                let style = theme.style(Meaning::FieldFocus);
                self.cursor = Some((self.rows.len(), width(marker) + 2 + width(seen)));
                self.rows.push(Line::from(vec![
                    lead,
                    Span::styled(format!("[{seen}"), style),
                    Span::styled(under.to_owned(), theme.style(Meaning::Cursor)),
                    Span::styled(format!("{rest}{fill}]"), style),
                ]));
            }
        }
    }

    pub(super) fn button(&mut self, label: &str, focus: Focus) {
        let (marker, meaning) = match focus {
            Focus::Here => (self.view.glyphs.marker, Meaning::Button),
            Focus::Elsewhere => (" ", Meaning::ButtonLocked),
        };
        if focus == Focus::Here {
            self.anchor.get_or_insert(self.rows.len());
        }
        self.rows.push(Line::from(vec![
            Span::styled(format!("{marker} "), self.style(Meaning::Accent)),
            Span::styled(format!("[ {label} ]"), self.view.theme.style(meaning)),
        ]));
    }

    /// How far it can be scrolled in `height` rows.
    pub(super) fn viewport(&self, height: u16) -> u16 {
        self.height().saturating_sub(height)
    }

    /// Draws the rows from `scroll` on, with a sign where there is more; gives what was seen of it.
    pub(super) fn draw(self, frame: &mut Frame<'_>, area: Rect, scroll: u16) -> Viewport {
        let viewport = self.viewport(area.height);
        let mut top = scroll.min(viewport);
        if let Some(anchor) = self.anchor {
            // What is around it is kept in sight: its label above, its help below.
            let lowest = cells(self.anchored.max(anchor + 3)).saturating_sub(area.height);
            top = top.max(lowest).min(cells(anchor).saturating_sub(1)).min(viewport);
        }
        if let Some((row, column)) = self.cursor
            && let Some(row) = cells(row).checked_sub(top).filter(|row| *row < area.height)
        {
            // The terminal's own cursor shows the place where colours and attributes do not.
            frame.set_cursor_position((area.x.saturating_add(cells(column)), area.y + row));
        }
        let style = self.style(Meaning::Accent);
        let glyphs = self.view.glyphs;
        let all = self.rows.len();
        let mut shown = usize::from(top)..usize::from(top) + usize::from(area.height);
        // What the last rows are the heading of has no room: they are seen with it.
        while shown.end < all && shown.len() > 1 && self.headings.contains(&(shown.end - 1)) {
            shown.end -= 1;
        }
        for (row, at) in self.rows.into_iter().take(shown.end).skip(shown.start).zip(area.rows()) {
            frame.render_widget(row, at);
        }
        more(frame, area, glyphs, style, &shown, all);
        Viewport { page: viewport, page_top: top, page_rows: cells(shown.len()), ..Viewport::default() }
    }
}

/// The signs at the right edge where of so many rows these are shown, and there are more above or below.
pub(super) fn more(
    frame: &mut Frame<'_>,
    area: Rect,
    glyphs: &Glyphs,
    style: Style,
    shown: &Range<usize>,
    all: usize,
) {
    let above = (shown.start > 0).then_some((area.y, glyphs.up));
    let below = (shown.end < all).then_some((area.bottom().saturating_sub(1), glyphs.down));
    for (y, sign) in above.into_iter().chain(below) {
        let at = Rect { x: area.right().saturating_sub(1), y, width: 1, height: 1 };
        frame.render_widget(Span::styled(sign, style), at.intersection(area));
    }
}

/// Whether a field or button takes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    Here,
    Elsewhere,
}

impl Focus {
    /// Whether the item at `position` has the focus.
    pub(super) const fn of(position: usize, focused: usize) -> Self {
        if position == focused { Self::Here } else { Self::Elsewhere }
    }
}

/// A count of columns or rows as the terminal has it.
pub(super) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
