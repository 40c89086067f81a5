//! The help: the rows of the key map that hold where the operator is, and what the signs mean.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::View;
use super::body::Body;
use super::dialogs::{framed, keys};
use super::keymap::{self, KeyContext};
use super::page::{Ground, Page};
use super::theme::Meaning;
use super::view::meaning;
use super::viewport::Viewport;
use super::visible::{pad, width};
use crate::run::{Purpose, StaleCause, StepStatus};

/// Draws the help of `context`; gives how far it can be scrolled.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    context: KeyContext,
    scroll: u16,
) -> Viewport {
    let text = view.text;
    let columns = area.width.saturating_sub(4).min(76).saturating_sub(6);
    let mut page = Page::new(view, columns, Ground::Dialog);
    let rows: Vec<(String, String)> =
        keymap::rows(context).map(|row| (keymap::names(row, text), (row.label)(text))).collect();
    let column = rows.iter().map(|(names, _)| width(names)).max().unwrap_or(0) + 3;
    for (names, label) in rows {
        page.row(Line::from(vec![
            Span::styled(pad(&names, column, ""), page.style(Meaning::Accent)),
            Span::styled(label, page.style(Meaning::Base)),
        ]));
    }
    page.gap();
    page.text(&text.help_signs(), Meaning::Muted);
    let statuses = [
        (StepStatus::Green, text.sign_green()),
        (StepStatus::Red, text.sign_red()),
        (StepStatus::Undetermined, text.sign_undetermined()),
        (StepStatus::Interrupted, text.sign_interrupted()),
        (StepStatus::Stale(StaleCause::Applied), text.sign_stale()),
        (StepStatus::Running(Purpose::Check), text.sign_running()),
        (StepStatus::Polling, text.sign_polling()),
        (StepStatus::NotRun, text.sign_not_run()),
        (StepStatus::Waiting, text.sign_waiting()),
        (StepStatus::ToDo, text.sign_to_do()),
        (StepStatus::DoesNotApply, text.sign_does_not_apply()),
    ];
    let words = statuses.iter().map(|(status, _)| width(&text.status(status))).max().unwrap_or(0);
    for (status, meant) in statuses {
        let sign = format!("{} {}", view.glyphs.status(&status), pad(&text.status(&status), words + 1, ""));
        page.signed(&sign, meaning(&status), &meant, Meaning::Base);
    }
    let keys = keys(view, KeyContext::Help, page.columns(), &|_| true);
    let body = Body { page, scroll, form: None };
    framed(frame, area, view, &text.help_title(), body, keys)
}
