//! The entries under the headings of their kinds.
//!
//! ```text
//!  greenlight
//! ──────────────────────────────────────────────────────────────────────────
//!  No PowerShell was found here. …
//!
//!  BEGIN
//!  > Lync Online to Lync Server 2013
//!    lync-online-to-lync-2013, version 1.0.0
//!  GO ON
//!    Lync Online to Lync Server 2013 · begun 2026-11-20 by ana on LYNC01
//!    4 of 9 green
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::state::{ChooseView, Chooser, EntryKind, Help};
use crate::tui::chrome::{footer, horizontal};
use crate::tui::keymap::{KeyBinding, KeyContext};
use crate::tui::page::{cells, more};
use crate::tui::theme::Meaning;
use crate::tui::too_small;
use crate::tui::viewport::TerminalSize;
use crate::tui::visible::{escape_controls, pad, width, wrap, wrap_within};

/// How many rows a line of an entry may take.
const ROWS: usize = 2;

pub fn draw(frame: &mut Frame<'_>, view: &ChooseView<'_>, chooser: &Chooser) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, view.theme.style(Meaning::Base));
    if !(TerminalSize { columns: area.width, rows: area.height }).fits() {
        too_small::draw(frame, area, None, None, view.text, view.theme);
        return view.glyphs.flatten(frame.buffer_mut());
    }
    let columns = usize::from(area.width).saturating_sub(4);
    let notice: Vec<String> =
        view.notice.map(|notice| wrap(&escape_controls(notice), columns)).unwrap_or_default();
    let notice_rows = if notice.is_empty() { 0 } else { cells(notice.len()) + 1 };
    let [header, rule, notice_area, body, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(notice_rows),
        Constraint::Min(0),
        Constraint::Length(1),
    ])
    .areas(area);
    let title = Line::from(vec![
        Span::styled(" greenlight", view.theme.style(Meaning::Title)),
        Span::styled(format!("   {}", view.text.tagline()), view.theme.style(Meaning::Muted)),
    ]);
    frame.render_widget(title, header);
    horizontal(frame, rule, view.theme, view.glyphs);
    for (row, at) in notice.iter().zip(notice_area.rows()) {
        frame.render_widget(Span::styled(format!("  {row}"), view.theme.style(Meaning::Doubt)), at);
    }
    let (rows, selected) = match chooser.help {
        Help::Closed => entries(view, chooser, columns),
        Help::Open => (help(view), 0),
    };
    let top = (selected + 2 * ROWS + 2).saturating_sub(usize::from(body.height));
    let (shown, all) = (top..top + usize::from(body.height), rows.len());
    for (row, at) in rows.into_iter().skip(top).zip(body.rows()) {
        frame.render_widget(row, Rect { x: at.x + 1, width: at.width.saturating_sub(1), ..at });
    }
    more(frame, body, view.glyphs, view.theme.style(Meaning::Accent), &shown, all);
    let offers = |row: &KeyBinding| Some(row.label(view.text));
    footer(frame, foot, view.keys, chooser.context(), view.text, view.theme, &offers);
    view.glyphs.flatten(frame.buffer_mut());
}

/// The entries under the headings of their kinds, and the row of the selected one.
fn entries(view: &ChooseView<'_>, chooser: &Chooser, columns: usize) -> (Vec<Line<'static>>, usize) {
    let mut rows = Vec::new();
    let mut selected_row = 0;
    let mut kind = None;
    let selected = chooser.selected.min(view.entries.len().saturating_sub(1));
    for (position, entry) in view.entries.iter().enumerate() {
        if kind != Some(entry.kind) {
            kind = Some(entry.kind);
            rows.push(Line::default());
            let heading = match entry.kind {
                EntryKind::Resume => view.text.choose_resume(),
                EntryKind::New => view.text.choose_new(),
                EntryKind::Rehearse => view.text.choose_rehearse(),
                EntryKind::Sealed => view.text.choose_sealed(),
            };
            rows.push(Line::from(Span::styled(format!(" {heading}"), view.theme.style(Meaning::Heading))));
        }
        // What tells rehearsals of one checklist apart is what happens in them.
        let (first, second) = match entry.kind {
            EntryKind::Rehearse => (&entry.detail, &entry.title),
            EntryKind::Resume | EntryKind::New | EntryKind::Sealed => (&entry.title, &entry.detail),
        };
        let here = position == selected;
        let look = |meaning| if here { view.theme.on_selected(meaning) } else { view.theme.style(meaning) };
        let marker = if here { view.glyphs.marker } else { " " };
        let title = if here { Meaning::Selected } else { Meaning::Base };
        let room = columns.saturating_sub(2);
        if here {
            selected_row = rows.len();
        }
        let wrapped = |text: &str, meaning| {
            let rows = wrap_within(&escape_controls(text), room, ROWS, view.glyphs.ellipsis);
            rows.into_iter().map(move |row| (row, meaning))
        };
        let of_entry = wrapped(first, title).chain(wrapped(second, Meaning::Muted));
        for (number, (row, meaning)) in of_entry.enumerate() {
            let marker = if number == 0 { marker } else { " " };
            rows.push(Line::from(vec![
                Span::styled(format!(" {marker} "), look(Meaning::Accent)),
                Span::styled(pad(&row, room, view.glyphs.ellipsis), look(meaning)),
            ]));
        }
    }
    if view.entries.is_empty() {
        rows.push(Line::from(Span::styled(view.text.choose_nothing(), view.theme.style(Meaning::Muted))));
    }
    (rows, selected_row)
}

fn help(view: &ChooseView<'_>) -> Vec<Line<'static>> {
    let named: Vec<(String, String)> = view
        .keys
        .rows(KeyContext::Choose, view.text.lang())
        .map(|row| (row.names(view.text), row.label(view.text)))
        .collect();
    let column = named.iter().map(|(names, _)| width(names)).max().unwrap_or(0) + 3;
    let row = |(names, label): (String, String)| {
        Line::from(vec![
            Span::styled(format!(" {}", pad(&names, column, "")), view.theme.style(Meaning::Accent)),
            Span::styled(label, view.theme.style(Meaning::Base)),
        ])
    };
    std::iter::once(Line::default()).chain(named.into_iter().map(row)).collect()
}
