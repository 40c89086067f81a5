//! How much room there is, and how far the last frame could be scrolled in it.

use super::keymap::Action;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalSize {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl TerminalSize {
    /// The smallest in which anything is shown.
    pub const SMALLEST: Self = Self { columns: 60, rows: 20 };

    /// Whether the screens fit.
    pub const fn fits(self) -> bool {
        self.columns >= Self::SMALLEST.columns && self.rows >= Self::SMALLEST.rows
    }
}

/// Where the field is in which something is confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldPlace {
    /// Nothing is to be confirmed.
    #[default]
    Nowhere,
    InSight,
    /// What is confirmed goes on below what was seen, and the field stands at its end.
    BelowTheEnd,
}

/// How far the last frame could have been scrolled; the next key goes by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Viewport {
    /// The selected step, the help or the sealed screen: rows below the last one seen.
    pub page: u16,
    /// The first of its rows that was seen.
    pub page_top: u16,
    /// How many of its rows were seen.
    pub page_rows: u16,
    /// Where the field of a confirmation is.
    pub field: FieldPlace,
    /// The first line of the output that was seen.
    pub output_top: u64,
    /// How many rows the output has.
    pub output_rows: u16,
    /// The newest top from which the end of the output is still seen.
    pub output_end: u64,
    /// How many columns the output has.
    pub output_columns: u16,
    /// How far its lines could be scrolled to the right, in columns.
    pub output_right: usize,
    /// How many rows of the table of failing rows there was room for.
    pub table_rows: u16,
    /// How far it could be scrolled to the right, in columns.
    pub table_right: usize,
}

impl Viewport {
    /// To where the page is scrolled that goes so many rows back or on from there, no farther than to its ends.
    pub(super) fn scrolled(&self, from: u16, way: Direction, rows: u16) -> u16 {
        let from = from.min(self.page);
        match way {
            Direction::Back => from.saturating_sub(rows),
            Direction::On => from.saturating_add(rows).min(self.page),
        }
    }

    /// Whether there is more of the page that way, for a key that scrolls it; of any other, yes.
    pub(super) const fn offers(&self, action: Action) -> bool {
        match action {
            Action::PageDown => self.page_top < self.page,
            Action::PageUp => self.page_top > 0,
            _ => true,
        }
    }
}

/// The way through lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    On,
}
