//! Whether to leave although something would be cut off.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{framed, keys, page};
use crate::run::HandoffStage;
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::theme::Meaning;
use crate::tui::turn::{Intent, To, Turn};
use crate::tui::viewport::Viewport;

/// Whether leaving would cut something off.
pub(in crate::tui) fn is_at_work(view: &View<'_>) -> bool {
    view.run.foreground_command().is_some() || matches!(view.run.handoff(), HandoffStage::Writing)
}

/// The question.
#[derive(Debug)]
pub(in crate::tui) struct Quit;

impl Layered for Quit {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        KeyContext::Question
    }

    fn act(&mut self, action: Action, _seat: &Seat<'_>) -> Turn {
        match action {
            Action::Yes => Turn::intends(Intent::Quit),
            _ => Turn::to(To::Closed),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport {
        draw(frame, area, view, shown.offers)
    }
}

fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, offers: &dyn Fn(Action) -> bool) -> Viewport {
    let mut page = page(view, area);
    page.text(&view.text.quit_running(), Meaning::Base);
    if let Some(running) = view.run.running() {
        page.gap();
        page.command(&running.command);
    }
    page.gap();
    page.text(&view.text.quit_nothing_lost(), Meaning::Muted);
    let keys = keys(view, KeyContext::Question, page.columns(), offers);
    framed(frame, area, view, &view.text.quit_title(), page.into(), keys)
}
