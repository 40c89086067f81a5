//! The screens: pure functions from a [`View`] of the run to a frame, what they remember ([`Ui`]), and the loop that
//! draws them.
//!
//! Never decides: keys become actions, actions become [`Intent`]s, and the wizard hands those to the run. Colours are
//! only in [`theme`], signs only in [`glyphs`], keys only in [`keymap`], sentences only in [`crate::text`].

use ratatui::Frame;

pub mod app;
mod briefing;
mod choose;
mod chrome;
mod detail;
mod dialogs;
mod driver;
pub mod field;
pub mod form;
mod gate_screen;
pub mod glyphs;
mod handoff;
mod help;
pub mod keymap;
mod output;
mod page;
mod reading;
mod steps;
pub mod terminal;
pub mod theme;
mod ui;
mod view;
mod visible;

pub use choose::{ChooseView, Chooser, Chosen, Entry, EntryKind, draw as draw_choose};
pub use glyphs::{GlyphSet, Glyphs};
pub use reading::{Follow, Long, Reading};
pub use theme::{Theme, ThemeName};
pub use ui::{Dialog, Intent, NextStep, Pane, Reach, Screen, Size, Ui, next_step};
pub use view::View;

use crate::run::HandoffStage;
use theme::Meaning;

/// Draws a frame; gives how far its panes can be scrolled, for [`Ui::drawn`].
pub fn draw(frame: &mut Frame<'_>, view: &View<'_>, ui: &Ui) -> Reach {
    let area = frame.area();
    frame.buffer_mut().set_style(area, view.theme.style(Meaning::Base));
    let reach = if (Size { columns: area.width, rows: area.height }).fits() {
        full(frame, view, ui)
    } else {
        let at_work = match (ui.context(view), ui.dialog()) {
            (keymap::Context::SmallAtWork, Some(Dialog::Quit)) => Some(view.text.small_once_more()),
            (keymap::Context::SmallAtWork, _) => view.run.at_work().map(|_| view.text.small_at_work()),
            _ => None,
        };
        chrome::too_small(frame, view.scenario(), at_work, view.text, view.theme);
        Reach::default()
    };
    view.glyphs.flatten(frame.buffer_mut());
    reach
}

fn full(frame: &mut Frame<'_>, view: &View<'_>, ui: &Ui) -> Reach {
    let body = chrome::draw(frame, view, ui);
    let mut reach = match (view.run.handoff(), ui.screen()) {
        (HandoffStage::Idle, Screen::Briefing(form)) => {
            Reach { page: briefing::draw(frame, body, view, form), ..Reach::default() }
        }
        (HandoffStage::Idle, Screen::Steps) => steps::draw(frame, body, view, ui),
        (HandoffStage::Idle, Screen::Gate) => {
            Reach { page: gate_screen::draw(frame, body, view, ui), ..Reach::default() }
        }
        (
            HandoffStage::Rechecking { .. }
            | HandoffStage::Confirming
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. },
            Screen::Briefing(_) | Screen::Steps | Screen::Gate,
        ) => Reach { page: handoff::draw(frame, body, view, ui), ..Reach::default() },
    };
    if let Some(page) = dialogs::draw(frame, body, view, ui) {
        reach.page = page;
    }
    if let Some(scroll) = ui.help() {
        reach.page = help::draw(frame, body, view, ui.context_below_help(view), scroll);
    }
    reach
}
