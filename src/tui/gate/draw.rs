//! The gate: why it is locked, step by step, or that it is open.
//!
//! ```text
//!  Start migration
//!  [ LOCKED: Start migration ]
//!
//!  2 required steps are not green. Enter goes to the selected one.
//!
//!  > x red           The tenant shares its SIP address space
//!                    1 expectation not met: Share expected: is True; found: False
//!    ~ stale         The session is imported
//!                    it lived in a PowerShell session that has ended
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::state::GateState;
use crate::run::gate::{self, Gate};
use crate::run::{Assessment, Reason, StepStatus};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Ground, Page, readable};
use crate::tui::theme::Meaning;
use crate::tui::view::meaning;
use crate::tui::viewport::Viewport;
use crate::tui::visible::{escape_controls, pad, width, wrap};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, state: &GateState) -> Viewport {
    let area = readable(area);
    let text = view.text;
    let key = view.keys.name_of(KeyContext::Gate, Action::Go, text);
    let mut page = Page::new(view, area.width, Ground::Screen);
    page.row(Line::default());
    let handoff = view.run.checklist().handoff.as_ref();
    let start = handoff.map_or_else(|| text.start_migration(), |h| h.title.get(text.lang()).to_owned());
    match gate::evaluate(view.run, view.now) {
        Gate::Open(_) => {
            button(&mut page, view, &text.button_unlocked(&key, &start), Meaning::Button);
            page.gap();
            page.text(&text.gate_open_long(), Meaning::Good);
            page.text(&text.gate_open_next(&key), Meaning::Base);
            if let Some(scenario) = view.scenario() {
                page.gap();
                page.text(&text.gate_rehearsal(scenario), Meaning::Doubt);
            }
        }
        Gate::Locked(reasons) => {
            button(&mut page, view, &text.button_locked(&start), Meaning::ButtonLocked);
            page.gap();
            reasons_or_none(&mut page, view, state, &reasons);
        }
    }
    let subjects = view.run.subjects(view.now);
    if !subjects.is_empty() {
        page.gap();
    }
    for known in &subjects {
        page.text(&text.known_subject(known), Meaning::Title);
    }
    if let Some(line) = text.left_out_names(&view.run.left_out()) {
        page.gap();
        page.text(&line, Meaning::Doubt);
    }
    let all = view.run.assess_all(view.now);
    let not_applying = all.iter().filter(|step| step.status == StepStatus::DoesNotApply).map(|step| {
        let why = text.why_not_green(step, &|id| view.name(id)).unwrap_or_default();
        format!("{}: {why}", step.step.title.get(text.lang()))
    });
    list(&mut page, &text.not_applying(), &not_applying.collect::<Vec<_>>());
    advisory(&mut page, view);
    page.draw(frame, area, state.read.unwrap_or_default())
}

/// The steps that are not green and do not count.
pub(in crate::tui) fn advisory(page: &mut Page<'_>, view: &View<'_>) {
    if let Some((heading, steps)) = view.text.advisory_not_green(view.run, view.now) {
        list(page, &heading, &steps);
    }
}

/// The steps that keep it locked; where none of them applies, that: they are listed as such below.
fn reasons_or_none(page: &mut Page<'_>, view: &View<'_>, state: &GateState, reasons: &[Reason]) {
    if gate::nothing_applies(reasons) {
        page.text(&view.text.gate_nothing_applies(), Meaning::Base);
        return;
    }
    let key = view.keys.name_of(KeyContext::Gate, Action::Go, view.text);
    page.text(&view.text.gate_locked_because(reasons.len(), &key), Meaning::Base);
    page.gap();
    let selected = state.reason().min(reasons.len().saturating_sub(1));
    let steps = view.run.assess_locking(reasons, view.now);
    for (position, step) in steps.iter().enumerate() {
        if position == selected && state.read.is_none() {
            page.anchor();
        }
        reason(page, view, step, position == selected);
    }
}

/// Steps that the gate does not look at, under what is said of them.
fn list(page: &mut Page<'_>, heading: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    page.gap();
    page.heading(heading, Meaning::Muted);
    for row in rows {
        page.indented(2, row, Meaning::Muted);
    }
}

/// The button, its state first; as many rows as its label takes.
fn button(page: &mut Page<'_>, view: &View<'_>, label: &str, meaning: Meaning) {
    let rows = wrap(&escape_controls(label), page.columns().saturating_sub(4));
    let columns = rows.iter().map(|row| width(row)).max().unwrap_or(0);
    let last = rows.len().saturating_sub(1);
    for (number, row) in rows.into_iter().enumerate() {
        let (open, close) = (if number == 0 { "[" } else { " " }, if number == last { "]" } else { " " });
        let row = format!("{open} {} {close}", pad(&row, columns, ""));
        page.row(Line::from(Span::styled(row, view.theme.style(meaning))));
    }
}

/// A step that keeps the gate locked, and why, in two rows or more.
fn reason(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>, selected: bool) {
    let status = &assessment.status;
    let look = |meaning| if selected { view.theme.on_selected(meaning) } else { view.theme.style(meaning) };
    let words = [view.text.word_not_run(), view.text.word_undetermined(), view.text.word_interrupted()];
    let column = words.iter().map(|word| width(word)).max().unwrap_or(0) + 2;
    let lead = 4 + column;
    let room = page.columns().saturating_sub(lead);
    let title_meaning = if selected { Meaning::Selected } else { Meaning::Base };
    let why = view.text.why_locked(assessment, &|id| view.name(id)).unwrap_or_default();
    let titles = wrap(&escape_controls(&view.title(&assessment.step.id)), room);
    let whys = wrap(&escape_controls(&why), room);
    let rows =
        titles.iter().map(|row| (row, title_meaning)).chain(whys.iter().map(|row| (row, Meaning::Muted)));
    for (position, (row, meaning_of_row)) in rows.enumerate() {
        let lead = if position == 0 {
            let marker = if selected { view.glyphs.marker } else { " " };
            let word = pad(&view.text.status(status), column, "");
            vec![
                Span::styled(format!("{marker} "), look(Meaning::Accent)),
                Span::styled(format!("{} {word}", view.glyphs.status(status)), look(meaning(status))),
            ]
        } else {
            vec![Span::styled(" ".repeat(lead), look(Meaning::Muted))]
        };
        let mut spans = lead;
        spans.push(Span::styled(pad(row, room, ""), look(meaning_of_row)));
        page.row(Line::from(spans));
    }
}
