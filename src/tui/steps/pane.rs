//! The panes of the steps' screen.

use ratatui::text::Span;

use crate::tui::View;
use crate::tui::theme::Meaning;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pane {
    #[default]
    List,
    Detail,
    Output,
}

impl Pane {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::List => Self::Detail,
            Self::Detail => Self::Output,
            Self::Output => Self::List,
        }
    }
}

/// The heading of a pane; the one with the focus stands out by its brackets as well as by its colour.
pub(super) fn heading(view: &View<'_>, title: &str, pane: Pane, focus: Pane) -> Vec<Span<'static>> {
    let (shown, meaning) = if focus == pane {
        (format!(" [{title}]"), Meaning::Accent)
    } else {
        (format!("  {title} "), Meaning::Heading)
    };
    vec![Span::styled(shown, view.theme.style(meaning))]
}
