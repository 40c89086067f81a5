//! The handoff: every step is checked again, the operator types the confirmation, the run is sealed.
//!
//! ```text
//!  Every step is checked again before the handoff
//!  [██████████░░░░░░░░░░] 5 of 9
//!  ► The session is imported
//!
//!  Not measured, but stated by a person:
//!   The deployment is validated · Stated by Ana Ruiz, 10:14:05
//!
//!  Type START and press Enter:              Sealed at 10:52:11
//!  > [STA_                    ]             Script   C:\…\handoff\start-migration.ps1
//!                                           Head     3f9a…
//!                                           Next     Run the pilot first…
//! ```

use std::collections::HashSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::state::HandoffState;
use crate::checklist::{StepId, StepKind};
use crate::run::{Assessment, FileDigest, HandoffStage, StepStatus};
use crate::text::clock;
use crate::tui::View;
use crate::tui::gate::advisory;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Focus, Ground, Page, cells, readable};
use crate::tui::progress::{self, bar};
use crate::tui::steps::docs;
use crate::tui::theme::Meaning;
use crate::tui::view::{meaning, name_here};
use crate::tui::viewport::Viewport;
use crate::tui::visible::escape_controls;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, state: &HandoffState) -> Viewport {
    let area = readable(area);
    let mut page = Page::new(view, area.width, Ground::Screen);
    page.row(Line::default());
    let scroll = match view.run.handoff() {
        HandoffStage::Idle => 0,
        HandoffStage::Rechecking { left } => {
            rechecking(&mut page, view, left);
            0
        }
        HandoffStage::Confirming => {
            confirming(&mut page, view);
            let typed = to_type(view, area.width, state);
            let (body, field) = state.confirmation.laid_out(page, typed, area.height);
            let height = body.height().min(area.height);
            return Viewport { field, ..body.draw(frame, Rect { height, ..area }) };
        }
        HandoffStage::Writing => {
            page.text(&view.text.handoff_writing(), Meaning::Running);
            0
        }
        HandoffStage::Sealed { at, files } => {
            sealed(&mut page, view, at.wall, files);
            state.scroll
        }
    };
    page.draw(frame, area, scroll)
}

fn rechecking(page: &mut Page<'_>, view: &View<'_>, left: &[StepId]) {
    let text = view.text;
    let measured: Vec<_> = view
        .run
        .checklist()
        .steps
        .iter()
        .zip(view.run.statuses(view.now))
        .filter(|(step, _)| matches!(step.kind, StepKind::Measured { .. }))
        .collect();
    let running = view.run.running();
    let [done, _] = view.run.rechecked();
    page.text(&text.handoff_rechecking(), Meaning::Title);
    page.gap();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let bar = bar(view, count(done), count(measured.len()), 30);
    let left_ms = view.run.batch(view.now).and_then(|batch| batch.left_ms);
    let told = text.with_estimate(text.count_of(done, measured.len()), left_ms);
    page.row(Line::from(vec![
        Span::styled(bar, view.theme.style(Meaning::Running)),
        Span::styled(format!("  {told}"), view.theme.style(Meaning::Base)),
    ]));
    page.gap();
    let left: HashSet<&StepId> = left.iter().collect();
    for (step, status) in measured {
        let is_running = running.is_some_and(|running| running.step == step.id);
        let (sign, word, of_state) = if left.contains(&step.id) {
            (view.glyphs.not_run, text.queued(), Meaning::Muted)
        } else {
            (view.glyphs.status(&status), text.status(&status), meaning(&status))
        };
        let seconds = running
            .filter(|_| is_running)
            .map(|running| format!(" {}", clock(view.now.mono.saturating_sub(running.at.mono) / 1000)))
            .unwrap_or_default();
        let title = escape_controls(step.title.get(text.lang()));
        let title_meaning = if is_running { Meaning::Title } else { Meaning::Base };
        if is_running {
            page.anchor();
        }
        page.signed(sign, of_state, &format!("{word}{seconds} {} {title}", view.glyphs.dot), title_meaning);
        if is_running {
            for row in progress::rows(view, cells(page.columns())) {
                page.row(row);
            }
        }
    }
}

/// What is handed off, of which all must have been in sight before it can be confirmed.
fn confirming(page: &mut Page<'_>, view: &View<'_>) {
    let text = view.text;
    let Some(handoff) = &view.run.checklist().handoff else { return };
    page.text(handoff.title.get(text.lang()), Meaning::Title);
    page.gap();
    page.text(&text.handoff_all_green(), Meaning::Good);
    page.gap();
    for known in view.run.subjects(view.now) {
        page.indented(1, &text.known_subject(&known), Meaning::Title);
    }
    page.gap();
    let mut heading = Some(text.handoff_stated());
    for Assessment { step, status, statement, .. } in view.run.assess_all(view.now) {
        let Some(stated) = statement.filter(|_| status == StepStatus::Green) else { continue };
        if let Some(heading) = heading.take() {
            page.heading(&heading, Meaning::Doubt);
        }
        let by = text.stated_by(&stated.name, view.clock(stated.at.wall));
        let title = step.title.get(text.lang());
        page.indented(1, &format!("{title} {} {by}", view.glyphs.dot), Meaning::Base);
    }
    let count = view.run.count(view.now);
    if count.not_applying > 0 {
        page.gap();
        page.text(&text.count(&count), Meaning::Base);
    }
    if let Some(line) = text.left_out_names(&view.run.left_out()) {
        page.text(&line, Meaning::Doubt);
    }
    advisory(page, view);
    page.gap();
    page.text(&text.handoff_will_write(&handoff.file), Meaning::Base);
}

/// The field in which it is confirmed.
fn to_type<'a>(view: &'a View<'a>, columns: u16, state: &HandoffState) -> Page<'a> {
    let text = view.text;
    let mut page = Page::new(view, columns, Ground::Screen);
    let Some(handoff) = &view.run.checklist().handoff else { return page };
    let key = view.keys.name_of(KeyContext::Confirming, Action::Go, text);
    let known = view.run.handoff_subject(view.now);
    let word = text.word_to_type(known.and_then(|known| known.found), handoff.confirm.clone());
    page.indented(2, &text.type_to_confirm(word, key), Meaning::Title);
    page.field(&state.confirmation.typed, Focus::Here);
    page
}

fn sealed(page: &mut Page<'_>, view: &View<'_>, wall: i64, files: &[FileDigest]) {
    let text = view.text;
    page.signed(view.glyphs.green, Meaning::Good, &text.sealed_at(view.clock(wall)), Meaning::Good);
    page.text(&text.sealed_meaning(), Meaning::Muted);
    if let Some(scenario) = view.scenario() {
        page.text(&text.gate_rehearsal(scenario), Meaning::Doubt);
    }
    page.gap();
    page.labelled(&text.label_folder(), &view.folder.display().to_string(), Meaning::Base);
    for file in files {
        page.labelled(&text.label_file(), &name_here(&file.file), Meaning::Base);
    }
    page.labelled(&text.label_head(), view.head, Meaning::Base);
    page.gap();
    let Some(handoff) = &view.run.checklist().handoff else { return };
    page.heading(&text.heading_next(), Meaning::Muted);
    page.indented(1, handoff.say.get(text.lang()), Meaning::Title);
    docs(page, view, &handoff.docs);
}
