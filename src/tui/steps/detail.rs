//! The selected step: its verdict, what that rests on, what to do, by which commands, and why it matters.
//!
//! ```text
//!  The tenant shares its SIP address space
//!  x red · 1 expectation not met · checked 10:14:05
//!
//!    Property               Expected  Found
//!  x SharedSipAddressSpace  is True   False
//!
//!  What to do
//!    Turn it on: apply this step.
//!
//!  Check (should only read)
//!    Get-CsTenantFederationConfiguration
//!
//!  Apply (changes the online tenant, for all its users) · Enter runs it
//!    Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True
//!
//!  Why it matters
//!    …
//!  Otherwise
//!    …
//!
//!  Enter  apply it (asks first)
//! ```
//! What decides stands before what is asked; a step that is not looked at yet begins with why it matters. The command that Enter
//! would run stands above the hint, with its label, wherever it is out of sight in the page.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::commands::{CommandPlaces, EnterRuns, commands, enter_runs, hint, hint_rows, pinned};
use super::pane::Pane;
use super::state::StepsState;
use crate::checklist::{Act, Remedy, Weight};
use crate::run::{Assessment, Finding, MoreErrors, NextAction, Purpose, StatusReason, StepStatus};
use crate::tui::facts::{self, FactsShown};
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Ground, Page, cells};
use crate::tui::theme::Meaning;
use crate::tui::view::{View, meaning};
use crate::tui::viewport::Viewport;

/// How many columns stand before the page.
const MARGIN: u16 = 2;

/// The selected step as it is laid out in so many rows.
struct Laid<'a> {
    page: Page<'a>,
    places: Places,
    runs: Option<EnterRuns<'a>>,
    /// That command with its label, and how many rows of it there are where it is not in sight on the page.
    pinned: Page<'a>,
    pinned_rows: u16,
    hint: Vec<Line<'static>>,
}

/// Where things stand on the page.
#[derive(Default)]
struct Places {
    commands: CommandPlaces,
    /// The end of what decides, and of what is to be done about it.
    decided: u16,
}

impl<'a> Laid<'a> {
    fn new(view: &'a View<'a>, assessment: &Assessment<'a>, area: Rect) -> Self {
        // Where the run goes on by itself, Enter runs no one command.
        let goes = view.run.begins_by_going(&assessment.next);
        let looks = view.is_looked_at();
        let next = if goes || looks { &NextAction::Wait } else { &assessment.next };
        let columns = area.width.saturating_sub(1);
        let hint = if looks {
            None
        } else if goes {
            Some(view.text.hint_go_on())
        } else {
            hint(view, next)
        };
        let hint = hint.map(|sentence| hint_rows(view, &sentence, area.width)).unwrap_or_default();
        let runs = enter_runs(view, assessment.step, next);
        let pinned = runs.as_ref().map(|runs| pinned(view, runs, columns));
        let pinned = pinned.unwrap_or_else(|| Page::new(view, columns, Ground::Screen));
        let pinned_rows = pinned.height().min(area.height / 2);
        let foot = foot_rows(&hint) + pinned_rows;
        let (page, places) = page(view, assessment, next, columns, area.height.saturating_sub(foot));
        Self { page, places, runs, pinned, pinned_rows, hint }
    }
}

/// The rows of the hint, with a blank one above.
fn foot_rows(hint: &[Line<'_>]) -> u16 {
    cells(hint.len()) + u16::from(!hint.is_empty())
}

/// How many of so many rows are needed for what decides about a step that something is to be done about.
pub(super) fn rows_needed(view: &View<'_>, assessment: &Assessment<'_>, area: Rect) -> u16 {
    if !is_decided(&assessment.status) || matches!(assessment.status, StepStatus::Green) {
        return 0;
    }
    let area = Rect { width: area.width.saturating_sub(MARGIN), ..area };
    let Laid { places, hint, pinned_rows, .. } = Laid::new(view, assessment, area);
    places.decided + foot_rows(&hint) + pinned_rows
}

/// Draws the selected step; gives how far it can be scrolled, and in how many rows.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &View<'_>,
    assessment: Option<&Assessment<'_>>,
    ui: &StepsState,
) -> Viewport {
    let Some(assessment) = assessment else { return Viewport::default() };
    let [left, area] = Layout::horizontal([Constraint::Length(MARGIN), Constraint::Min(0)]).areas(area);
    if ui.pane == Pane::Detail {
        let marker = Span::styled(format!("{} ", view.glyphs.marker), view.theme.style(Meaning::Accent));
        frame.render_widget(marker, Rect { height: left.height.min(1), ..left });
    }
    let Laid { page, places, runs, pinned, pinned_rows, hint } = Laid::new(view, assessment, area);
    let room = area.height.saturating_sub(foot_rows(&hint));
    let top = ui.scroll.min(page.viewport(room));
    let is_seen = runs.is_some_and(|runs| runs.is_within(&places.commands, &(top..top.saturating_add(room))));
    let [body, _, command_at, foot] = Layout::vertical([
        Constraint::Min(1),
        Constraint::Length(u16::from(!hint.is_empty())),
        Constraint::Length(if is_seen { 0 } else { pinned_rows }),
        Constraint::Length(cells(hint.len())),
    ])
    .areas(area);
    for (row, at) in hint.into_iter().zip(foot.rows()) {
        frame.render_widget(row, at);
    }
    pinned.draw(frame, command_at, 0);
    Viewport { page: page.draw(frame, body, ui.scroll), page_rows: body.height, ..Viewport::default() }
}

/// Whether something was found by which a step is not green, or that it is.
const fn is_decided(status: &StepStatus) -> bool {
    match status {
        StepStatus::NotRun | StepStatus::Waiting | StepStatus::DoesNotApply | StepStatus::Running(_) => false,
        StepStatus::ToDo
        | StepStatus::Polling
        | StepStatus::Stale(_)
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted
        | StepStatus::Green => true,
    }
}

/// The page where `room` rows of it are seen.
fn page<'a>(
    view: &'a View<'a>,
    assessment: &Assessment<'_>,
    next: &NextAction,
    columns: u16,
    room: u16,
) -> (Page<'a>, Places) {
    let step = assessment.step;
    let mut page = Page::new(view, columns, Ground::Screen);
    let mut places = Places::default();
    page.text(step.title.get(view.text.lang()), Meaning::Title);
    let reason = state_rows(&mut page, view, assessment);
    let (first, others) = assessment.remedies.split_at(assessment.remedies.len().min(1));
    let mut to_do = Page::new(view, columns, Ground::Screen);
    remedies(&mut to_do, view, assessment, &view.text.heading_remedy(), first);
    if is_decided(&assessment.status) {
        let left = room.saturating_sub(to_do.height() + 1);
        let shown = evidence(&mut page, view, assessment, &reason, left);
        page.append(to_do);
        places.decided = page.height();
        facts::rest(&mut page, view, assessment, shown);
        found_before(&mut page, view, assessment);
        places.commands = commands(&mut page, view, assessment, next);
        page.gap();
        page.text(&view.text.heading_why(), Meaning::Muted);
        page.indented(1, step.why.get(view.text.lang()), Meaning::Base);
    } else {
        page.gap();
        page.text(step.why.get(view.text.lang()), Meaning::Base);
        places.commands = commands(&mut page, view, assessment, next);
        let shown = evidence(&mut page, view, assessment, &reason, room);
        page.append(to_do);
        facts::rest(&mut page, view, assessment, shown);
        found_before(&mut page, view, assessment);
    }
    remedies(&mut page, view, assessment, &view.text.heading_otherwise(), others);
    docs(&mut page, view, &step.docs);
    (page, places)
}

/// The sign, the word, and why it is so, which is given back.
fn state_rows(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>) -> String {
    let (text, status) = (view.text, &assessment.status);
    // Before an account is locked: in sight also where there is little room.
    if let Some(failed) = text.sign_ins_failed(assessment.failed_sign_ins) {
        page.text(&failed, Meaning::Doubt);
    }
    let name = |id: &str| view.name(id);
    // What is to be stated stands below, under its heading; that something runs, the word says.
    let reason = match assessment.reason {
        Some(StatusReason::NotStated(_) | StatusReason::NotChecked | StatusReason::Running(_)) => {
            text.waits(assessment, &name)
        }
        Some(StatusReason::Polling(progress)) => Some(text.wait_progress(progress)),
        Some(_) | None => text.why_beside_rows(assessment, &name),
    };
    let advisory = match assessment.step.weight {
        Weight::Advisory => Some(text.advisory()),
        Weight::Required => None,
    };
    let checked = assessment.found.map(|found| text.checked_at(view.clock(found.at.wall)));
    let until = assessment.ends.map(|until| text.until(view.clock_short(until)));
    let parts = [Some(text.standing(assessment)), reason.clone(), checked, until, advisory];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", view.glyphs.dot));
    page.signed(view.glyphs.status(status), meaning(status), &line, meaning(status));
    reason.unwrap_or_default()
}

/// What the verdict rests on, in so many rows where it can be: errors, rows that fail, facts, warnings, the statement.
fn evidence(
    page: &mut Page<'_>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    reason: &str,
    room: u16,
) -> FactsShown {
    errors(page, view, assessment, reason);
    if let Some(found) = assessment.found {
        more_errors(page, view, &found.finding.more_errors);
        warnings(page, view, &found.finding);
    }
    let shown = facts::deciding(page, view, assessment, room);
    if let Some(statement) = assessment.statement {
        page.gap();
        page.text(&view.text.stated_by(&statement.name, view.clock(statement.at.wall)), Meaning::Muted);
        page.indented(1, &statement.statement, Meaning::Base);
        if !statement.note.is_empty() {
            page.indented(1, &view.text.with_note(&statement.note), Meaning::Base);
        }
    }
    shown
}

/// What there was before it was applied, so that it can be put back.
fn found_before(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>) {
    let Some(before) = assessment.found_before else { return };
    page.gap();
    page.text(&view.text.found_before(), Meaning::Muted);
    for value in view.text.old_values(before) {
        page.indented(1, &value, Meaning::Base);
    }
}

fn remedies(
    page: &mut Page<'_>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    heading: &str,
    remedies: &[&Remedy],
) {
    if remedies.is_empty() {
        return;
    }
    page.gap();
    page.text(heading, Meaning::Muted);
    for remedy in remedies {
        page.indented(1, remedy.say.get(view.text.lang()), Meaning::Title);
        if let Some(lead) = lead(view, assessment, remedy) {
            page.indented(1, &lead, Meaning::Base);
        }
        if let Some(address) = &remedy.docs {
            page.indented(1, address, Meaning::Muted);
        }
    }
}

/// Where a remedy leads; of what it asks for of its own step, by which key that is done.
fn lead(view: &View<'_>, assessment: &Assessment<'_>, remedy: &Remedy) -> Option<String> {
    let (text, go) = (view.text, remedy.go.as_ref()?);
    if go.step != assessment.step.id {
        return Some(text.go(go, &assessment.step.id, &|id| view.name(id)));
    }
    let action = match (go.act, &assessment.next) {
        (Act::Check, NextAction::Check) | (Act::Apply, NextAction::Apply(_)) => Action::Go,
        (Act::Check, _) => Action::Check,
        (Act::Apply, _) => Action::Apply,
    };
    let key = view.keys.name_of(KeyContext::Steps, action, text);
    Some(text.go_by_key(key, text.go_here(go.act)))
}

/// The errors under the command that gave them; of one that the reason tells, only the rest of its record.
fn errors(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>, reason: &str) {
    let mut of = None;
    for (position, (purpose, failure)) in assessment.failures.iter().enumerate() {
        let words = failure.told().split_whitespace().collect::<Vec<_>>().join(" ");
        let is_told = position == 0 && reason.contains(words.trim_end_matches('.'));
        if of != Some(*purpose) && !is_told {
            of = Some(*purpose);
            page.gap();
            match purpose {
                Purpose::Apply => page.text(&view.text.apply_failed(), Meaning::Doubt),
                Purpose::Check => page.text(&view.text.heading_errors(), Meaning::Muted),
            }
        }
        if !is_told {
            page.indented(1, &failure.told(), Meaning::Bad);
        }
        // The rest of a record is for who has to find out what it means.
        let record = if assessment.is_known() { vec![failure.error_id.clone()] } else { failure.record() };
        for line in record.iter().filter(|line| !line.is_empty()) {
            page.indented(2, line, Meaning::Muted);
        }
    }
}

fn more_errors(page: &mut Page<'_>, view: &View<'_>, more: &MoreErrors) {
    if !more.is_none() {
        page.indented(1, &view.text.more_errors(more), Meaning::Muted);
    }
}

fn warnings(page: &mut Page<'_>, view: &View<'_>, finding: &Finding) {
    if finding.warnings.is_empty() {
        return;
    }
    page.gap();
    page.text(&view.text.heading_warnings(), Meaning::Muted);
    for warning in &finding.warnings {
        page.indented(1, warning, Meaning::Doubt);
    }
    if finding.more_warnings > 0 {
        page.indented(1, &view.text.more_warnings(finding.more_warnings), Meaning::Muted);
    }
}

pub(in crate::tui) fn docs(page: &mut Page<'_>, view: &View<'_>, docs: &[String]) {
    if docs.is_empty() {
        return;
    }
    page.gap();
    page.text(&view.text.heading_docs(), Meaning::Muted);
    for address in docs {
        page.indented(1, address, Meaning::Muted);
    }
}
