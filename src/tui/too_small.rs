//! What is shown where nothing else fits; what is at work stands first, and no letter may end that: it may be part of a password.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::View;
use super::dialogs::quit::is_at_work;
use super::keymap::{Action, KeyContext};
use super::layered::{Layered, Seat, Shown};
use super::theme::{Meaning, Theme};
use super::turn::Turn;
use super::viewport::Viewport;
use super::visible::{truncate_to_width, wrap};
use crate::text::Text;

#[derive(Debug)]
pub(super) struct TooSmall;

impl Layered for TooSmall {
    fn context(&self, view: &View<'_>) -> KeyContext {
        if is_at_work(view) { KeyContext::SmallAtWork } else { KeyContext::Small }
    }

    fn act(&mut self, _action: Action, _seat: &Seat<'_>) -> Turn {
        Turn::default()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, view: &View<'_>, shown: &Shown<'_>) -> Viewport {
        let key = view.keys.name_of(KeyContext::SmallAtWork, Action::Quit, view.text);
        let foreground = match (self.context(view), shown.below) {
            (KeyContext::SmallAtWork, KeyContext::Question) => Some(view.text.small_once_more(key)),
            (KeyContext::SmallAtWork, _) => {
                view.run.foreground_command().map(|_| view.text.small_at_work(key))
            }
            _ => None,
        };
        draw(frame, area, view.scenario(), foreground, view.text, view.theme);
        Viewport::default()
    }
}

pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    scenario: Option<&str>,
    foreground: Option<String>,
    text: Text,
    theme: Theme,
) {
    let columns = usize::from(area.width);
    let mut rows = wrap(&text.too_small(60, 20, area.width, area.height), columns);
    if let Some(foreground) = foreground {
        rows.splice(0..0, wrap(&foreground, columns));
    }
    if let Some(scenario) = scenario {
        rows.insert(0, truncate_to_width(&text.rehearsal_banner(scenario), columns, ""));
    }
    for (row, at) in rows.into_iter().zip(area.rows()) {
        frame.render_widget(Span::styled(row, theme.style(Meaning::Base)), at);
    }
}
