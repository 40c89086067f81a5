//! Rows that scroll, above a form that does not.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::page::Page;
use super::viewport::Viewport;

/// Of how many rows something is always seen above a form.
pub(super) const ROWS_ABOVE_FORM: u16 = 3;

/// What stands in a dialog: rows that scroll, and below them a form that is always in sight.
pub(super) struct Body<'a> {
    /// The rows.
    pub page: Page<'a>,
    /// From which row on they are shown.
    pub scroll: u16,
    pub form: Option<Page<'a>>,
}

impl<'a> From<Page<'a>> for Body<'a> {
    fn from(page: Page<'a>) -> Self {
        Self { page, scroll: 0, form: None }
    }
}

impl Body<'_> {
    fn of_form(&self) -> u16 {
        self.form.as_ref().map_or(0, |form| form.height().saturating_add(1))
    }

    /// How many rows it has.
    pub(super) fn height(&self) -> u16 {
        self.page.height().saturating_add(self.of_form())
    }

    /// Draws the rows, and the form below them.
    pub(super) fn draw(self, frame: &mut Frame<'_>, area: Rect) -> Viewport {
        let of_form = self.of_form().min(area.height.saturating_sub(ROWS_ABOVE_FORM));
        if let Some(form) = self.form {
            let y = area.bottom().saturating_sub(of_form).saturating_add(1);
            let height = of_form.saturating_sub(1);
            form.draw(frame, Rect { y, height, ..area }.intersection(area), 0);
        }
        let page_rows = area.height.saturating_sub(of_form);
        self.page.draw(frame, Rect { height: page_rows, ..area }, self.scroll)
    }
}
