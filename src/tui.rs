//! The screens: pure functions from a [`View`] of the run to a frame, what they remember ([`Ui`]), and the loop that
//! draws them.
//!
//! Never decides: keys become actions, actions become [`Intent`]s, and the wizard hands those to the run. Colours are
//! only in [`theme`], signs only in [`glyphs`], keys only in [`keymap`], sentences only in [`crate::text`].

use ratatui::Frame;

pub(crate) mod app;
mod attention;
mod body;
mod briefing;
mod choose;
mod chrome;
mod confirmation;
mod detail;
mod dialogs;
mod driver;
mod facts;
pub(crate) mod field;
pub(crate) mod form;
mod gate_screen;
pub(crate) mod glyphs;
mod handoff;
mod help;
pub(crate) mod keymap;
mod output;
mod output_view;
mod page;
mod progress;
mod rows_screen;
mod rows_view;
mod step_list;
mod steps;
pub(crate) mod terminal;
pub(crate) mod theme;
mod ui;
mod view;
mod viewport;
mod visible;

pub use attention::{Attention, Channel, Notification, Signal, Taskbar};
pub use choose::{ChooseView, Chooser, Chosen, Entry, EntryKind, draw as draw_choose};
pub use glyphs::{GlyphSet, Glyphs};
pub use output_view::Follow;
pub use theme::{Theme, ThemeKind};
pub(crate) use ui::Dialog;
pub use ui::{Intent, Screen, Ui};
pub use view::View;
pub use viewport::{TerminalSize, Viewport};

use crate::run::HandoffStage;
use keymap::{Action, KeyContext};
use theme::Meaning;

/// Draws a frame; gives how far its panes can be scrolled, for [`Ui::drawn`].
pub fn draw(frame: &mut Frame<'_>, view: &View<'_>, ui: &Ui) -> Viewport {
    let area = frame.area();
    frame.buffer_mut().set_style(area, view.theme.style(Meaning::Base));
    let viewport = if (TerminalSize { columns: area.width, rows: area.height }).fits() {
        full(frame, view, ui)
    } else {
        let key = keymap::name_of(KeyContext::SmallAtWork, Action::Quit, view.text);
        let foreground = match (ui.context(view), ui.dialog()) {
            (KeyContext::SmallAtWork, Some(Dialog::Quit)) => Some(view.text.small_once_more(key)),
            (KeyContext::SmallAtWork, _) => {
                view.run.foreground_command().map(|_| view.text.small_at_work(key))
            }
            _ => None,
        };
        chrome::too_small(frame, view.scenario(), foreground, view.text, view.theme);
        Viewport::default()
    };
    view.glyphs.flatten(frame.buffer_mut());
    viewport
}

fn full(frame: &mut Frame<'_>, view: &View<'_>, ui: &Ui) -> Viewport {
    let (body, footer) = chrome::draw(frame, view, ui);
    let mut viewport = match (view.run.handoff(), ui.screen()) {
        (HandoffStage::Idle, Screen::Briefing(form)) => {
            Viewport { page: briefing::draw(frame, body, view, form), ..Viewport::default() }
        }
        (HandoffStage::Idle, Screen::Steps) => steps::draw(frame, body, view, ui),
        (HandoffStage::Idle | HandoffStage::Sealed { .. }, Screen::Rows(rows)) => {
            rows_screen::draw(frame, body, view, rows)
        }
        (HandoffStage::Idle, Screen::Gate) => {
            Viewport { page: gate_screen::draw(frame, body, view, ui), ..Viewport::default() }
        }
        (
            HandoffStage::Rechecking { .. }
            | HandoffStage::Confirming
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. },
            Screen::Briefing(_) | Screen::Steps | Screen::Rows(_) | Screen::Gate,
        ) => handoff::draw(frame, body, view, ui),
    };
    chrome::keys(frame, footer, view, ui, viewport.field);
    if let Some(Viewport { page, page_rows, field, .. }) = dialogs::draw(frame, body, view, ui) {
        viewport = Viewport { page, page_rows, field, ..viewport };
    }
    if let Some(scroll) = ui.help() {
        let Viewport { page, page_rows, .. } =
            help::draw(frame, body, view, ui.context_below_help(view), scroll);
        viewport = Viewport { page, page_rows, ..viewport };
    }
    viewport
}
