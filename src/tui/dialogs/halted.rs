//! That the run stands still, because it cannot be recorded.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{framed, keys, page};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::theme::Meaning;
use crate::tui::turn::{Intent, Turn};
use crate::tui::viewport::Viewport;

/// Why it does.
#[derive(Debug)]
pub(in crate::tui) struct Halted(pub String);

impl Layered for Halted {
    fn context(&self, _view: &View<'_>) -> KeyContext {
        KeyContext::Halted
    }

    fn act(&mut self, action: Action, _seat: &Seat<'_>) -> Turn {
        Turn::default().and((action == Action::Go).then_some(Intent::Retry))
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport {
        draw(frame, area, view, &self.0, shown.offers)
    }
}

fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    why: &str,
    offers: &dyn Fn(Action) -> bool,
) -> Viewport {
    let mut page = page(view, area);
    page.text(why, Meaning::Bad);
    page.gap();
    page.text(&view.text.halted_meaning(), Meaning::Base);
    let keys = keys(view, KeyContext::Halted, page.columns(), offers);
    framed(frame, area, view, &view.text.halted_title(), page.into(), keys)
}
