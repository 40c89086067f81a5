//! The help: the rows of the key map that hold where the operator is, and what the signs mean.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{framed, keys};
use crate::run::{Purpose, StaleCause, StepStatus};
use crate::tui::View;
use crate::tui::body::Body;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::page::{Ground, Page, SIGN};
use crate::tui::theme::Meaning;
use crate::tui::turn::{To, Turn};
use crate::tui::view::meaning;
use crate::tui::viewport::{Direction, Viewport};
use crate::tui::visible::{pad, width};

/// The help, scrolled so far.
#[derive(Debug, Default)]
pub(in crate::tui) struct Help {
    scroll: u16,
}

impl Layered for Help {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        KeyContext::Help
    }

    fn act(&mut self, action: Action, seat: &Seat<'_>) -> Turn {
        let Viewport { page: end, page_rows, .. } = seat.viewport;
        let page = page_rows.max(1);
        let (way, rows) = match action {
            Action::Next => (Direction::On, 1),
            Action::Previous => (Direction::Back, 1),
            Action::PageDown => (Direction::On, page),
            Action::PageUp => (Direction::Back, page),
            Action::First => (Direction::Back, end),
            Action::Last => (Direction::On, end),
            _ => return Turn::to(To::Closed),
        };
        self.scroll = seat.viewport.scrolled(self.scroll, way, rows);
        Turn::default()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport {
        draw(frame, area, view, shown.below, self.scroll)
    }
}

/// Draws the help of `context`; gives how far it can be scrolled.
fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, context: KeyContext, scroll: u16) -> Viewport {
    let text = view.text;
    let columns = area.width.saturating_sub(4).min(76).saturating_sub(6);
    let mut page = Page::new(view, columns + SIGN, Ground::Dialog);
    let rows: Vec<(String, String)> =
        view.keys.rows(context, view.text.lang()).map(|row| (row.names(text), row.label(text))).collect();
    let column = rows.iter().map(|(names, _)| width(names)).max().unwrap_or(0) + 2;
    for (names, label) in rows {
        page.signed(&pad(&names, column, ""), Meaning::Accent, &label, Meaning::Base);
    }
    page.gap();
    page.heading(&text.help_signs(), Meaning::Muted);
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
