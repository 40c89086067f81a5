//! Dialogs: a frame in the middle of the screen, with everything that is needed to answer.
//!
//! ```text
//!  ┌ Apply: The tenant shares its SIP address space ──────────┐
//!  │                                                          │
//!  │  This changes the online tenant, for all its users.      │
//!  │                                                          │
//!  │   Set-CsTenantFederationConfiguration -SharedSip…        │
//!  │                                                          │
//!  │  Type APPLY and press Enter                              │
//!  │  > [APP                                              ]   │
//!  │                                                          │
//!  │  Enter confirm   Esc cancel                              │
//!  └──────────────────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::View;
use super::body::Body;
use super::chrome::fitting;
use super::keymap::{Action, KeyBinding, KeyContext};
use super::page::{Ground, Page, SIGN, cells};
use super::theme::Meaning;
use super::viewport::Viewport;
use super::visible::{escape_controls, truncate_to_width};

pub(super) mod attest;
pub(super) mod confirm;
pub(super) mod halted;
pub(super) mod help;
pub(super) mod question;
pub(super) mod quit;

const WIDEST: u16 = 84;

/// Of how many columns beside a dialog something can be read.
const LEAST_BESIDE: u16 = 8;

/// How many rows of a dialog are its frame, its keys, and the blank ones around what stands in it.
const AROUND: u16 = 5;

/// A page of the width that a dialog has inside.
fn page<'a>(view: &'a View<'a>, area: Rect) -> Page<'a> {
    let outside = area.width.saturating_sub(4).min(WIDEST);
    Page::new(view, outside.saturating_sub(6) + SIGN, Ground::Dialog)
}

/// Draws the frame, the rows in it and the keys below them; gives how far the rows can be scrolled.
fn framed(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    title: &str,
    body: Body<'_>,
    keys: Line<'static>,
) -> Viewport {
    let columns = cells(body.page.columns()).saturating_add(6).min(area.width);
    let rows = body.height().saturating_add(AROUND).min(area.height);
    let at = Rect {
        x: area.x + (area.width - columns) / 2,
        y: area.y + (area.height - rows) / 2,
        width: columns,
        height: rows,
    };
    let border = view.theme.style(Meaning::DialogBorder);
    let title = truncate_to_width(
        &escape_controls(title),
        usize::from(columns).saturating_sub(6),
        view.glyphs.ellipsis,
    );
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_set(view.glyphs.border)
        .border_style(border)
        .style(view.theme.style(Meaning::Dialog))
        .title(Span::styled(format!(" {title} "), view.theme.on_dialog(Meaning::Title)));
    let inside = block.inner(at);
    // What is behind steps back.
    frame.buffer_mut().set_style(area, view.theme.style(Meaning::Border));
    // What little is left of it beside the dialog says nothing.
    let beside = if at.x - area.x < LEAST_BESIDE { area } else { at };
    let beside = Rect { y: at.y, height: at.height, ..beside };
    frame.render_widget(Clear, beside);
    frame.buffer_mut().set_style(beside, view.theme.style(Meaning::Base));
    frame.render_widget(block, at);
    // The signs for more stand in its margin.
    let inside = Rect { x: inside.x + 2, width: inside.width.saturating_sub(4) + SIGN, ..inside };
    let within = Rect { y: inside.y + 1, height: inside.height.saturating_sub(3), ..inside };
    let foot = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    frame.render_widget(keys, foot.intersection(area));
    body.draw(frame, within.intersection(area))
}

/// The keys of a context as the last row of a dialog, as many as fit; the way out is always among them.
fn keys(
    view: &View<'_>,
    context: KeyContext,
    columns: usize,
    offers: &dyn Fn(Action) -> bool,
) -> Line<'static> {
    let (accent, muted) = (view.theme.on_dialog(Meaning::Accent), view.theme.on_dialog(Meaning::Muted));
    let always = |action| matches!(action, Action::Go | Action::Close | Action::PageDown);
    let offers = |row: &KeyBinding| offers(row.action).then(|| row.label(view.text));
    let items = fitting(view.keys, context, view.text, columns, &offers, &always);
    let spans = items
        .into_iter()
        .flat_map(|(key, label)| [Span::styled(key, accent), Span::styled(format!(" {label}   "), muted)]);
    Line::from(spans.collect::<Vec<_>>())
}
