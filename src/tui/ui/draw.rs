//! A frame: what surrounds the screens, and the layers from the lowest on.

use ratatui::Frame;

use super::Ui;
use super::layer::{Layer, Lies};
use crate::tui::channel::Channel;
use crate::tui::chrome::{self, FooterRow};
use crate::tui::keymap::{Action, KeyBinding, KeyContext};
use crate::tui::layered::{Layered, Seat, Shown};
use crate::tui::theme::Meaning;
use crate::tui::too_small::TooSmall;
use crate::tui::viewport::{FieldPlace, TerminalSize, Viewport};
use crate::tui::{View, links};

/// Draws a frame; gives how far its panes can be scrolled, for [`Ui::drawn`].
pub fn draw(frame: &mut Frame<'_>, view: &View<'_>, ui: &Ui) -> Viewport {
    let area = frame.area();
    frame.buffer_mut().set_style(area, view.theme.style(Meaning::Base));
    let layers = ui.layers(view);
    let fits = TerminalSize { columns: area.width, rows: area.height }.fits();
    let viewport = match layers.as_slice() {
        [below @ .., Layer::TooSmall] | below if !fits => {
            let below = below.last().map_or(KeyContext::Small, |layer| ui.context(*layer, view));
            TooSmall.draw(frame, area, view, &Shown { below, offers: &|_| true })
        }
        layers => full(frame, view, ui, layers),
    };
    view.glyphs.flatten(frame.buffer_mut());
    if view.channels.contains(&Channel::Links) {
        links::link(frame.buffer_mut(), view);
    }
    viewport
}

fn full(frame: &mut Frame<'_>, view: &View<'_>, ui: &Ui, layers: &[Layer]) -> Viewport {
    let top = ui.top(view);
    let footer = match top.lies() {
        Lies::Alone => FooterRow::Keys,
        Lies::Over => FooterRow::Free,
    };
    // Nobody reconnects from the help; what there is to say still stands below it.
    let below_help = layers.iter().rev().find(|layer| **layer != Layer::Help);
    let context = below_help.map_or(KeyContext::Help, |layer| ui.context(*layer, view));
    let notice = chrome::notice(view, ui.notice(), ui.done.as_deref(), context);
    let step = view.step(ui.selected()).filter(|_| layers.first() == Some(&Layer::Steps));
    let (body, foot) = chrome::draw(frame, view, notice, step, footer);
    let mut viewport = Viewport::default();
    let mut below = KeyContext::Help;
    let takes_keys = ui.unread_ms(view) == 0;
    let seat = ui.seat(view);
    for layer in layers {
        // A key is shown where it works.
        let offers = |action: Action| *layer == top && takes_keys && ui.offers(*layer, action, &seat);
        let drawn = ui.layered(*layer).draw(frame, body, view, &Shown { below, offers: &offers });
        below = ui.context(*layer, view);
        viewport = match layer.lies() {
            Lies::Alone => drawn,
            Lies::Over => {
                let Viewport { page, page_top, page_rows, field, .. } = drawn;
                Viewport { page, page_top, page_rows, field, ..viewport }
            }
        };
    }
    if footer == FooterRow::Keys && takes_keys {
        // What this very frame has shown of a confirmation counts.
        let context = match (below, viewport.field) {
            (KeyContext::Confirming, FieldPlace::BelowTheEnd) => KeyContext::Reading,
            (KeyContext::Reading, FieldPlace::InSight) => KeyContext::Confirming,
            (context, _) => context,
        };
        let words = |row: &KeyBinding| ui.layered(top).label(row, view);
        // How far this very frame could be scrolled counts.
        let seat = Seat { viewport, ..seat };
        let offers = |row: &KeyBinding| ui.offers(top, row.action, &seat).then(|| words(row));
        chrome::footer(frame, foot, view.keys, context, view.text, view.theme, &offers);
    }
    viewport
}
