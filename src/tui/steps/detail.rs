//! The selected step: what must hold, why, by which command it is found out, what was found, what to do.
//!
//! ```text
//!  The tenant shares its SIP address space
//!  x red · 1 expectation is not met · checked 10:14:05 in 1.2 s
//!
//!  What to do
//!    Turn it on: apply this step.
//!  Found
//!    x SharedSipAddressSpace
//!        expected  is True
//!        found     False
//!  Check, reads only
//!    Get-CsTenantFederationConfiguration
//!  Apply, changes the online tenant, for all its users
//!    Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True
//!  Why
//!    …
//!
//!  Enter  apply it: it changes the online tenant
//! ```
//! The command that Enter would run stands above the hint wherever it is out of sight in the page.
//! What went wrong stands above what is asked; a step that is not looked at yet begins with why it matters.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::pane::Pane;
use super::state::StepsState;
use crate::checklist::explain::{CommandPurpose, commands_of};
use crate::checklist::{Changes, Remedy, Step, StepKind};
use crate::run::{Assessment, Failure, Finding, MoreErrors, NextAction, Purpose, StatusReason, StepStatus};
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Ground, Page, cells};
use crate::tui::theme::Meaning;
use crate::tui::view::meaning;
use crate::tui::visible::{escape_controls, truncate_to_width, width, wrap};
use crate::tui::{View, facts};

/// Draws the selected step; gives how far it can be scrolled.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &StepsState) -> u16 {
    let Some(step) = view.step(ui.selected()) else { return 0 };
    let [left, area] = Layout::horizontal([Constraint::Length(2), Constraint::Min(0)]).areas(area);
    if ui.pane() == Pane::Detail {
        let marker = Span::styled(format!("{} ", view.glyphs.marker), view.theme.style(Meaning::Accent));
        frame.render_widget(marker, Rect { height: left.height.min(1), ..left });
    }
    let Some(assessment) = view.run.assess(&step.id, view.now) else { return 0 };
    let next = &assessment.next;
    let hint = hint(view, next).map(|sentence| hint_rows(view, &sentence, area.width)).unwrap_or_default();
    let columns = area.width.saturating_sub(1);
    let (page, places) = page(view, &assessment, columns);
    let room = area.height.saturating_sub(cells(hint.len()) + u16::from(!hint.is_empty()));
    let top = ui.scroll().min(page.viewport(room));
    let mut command = Page::new(view, columns, Ground::Screen);
    if let Some((text, rows)) = enter_runs(view, step, next, &places)
        && (rows.start < top || rows.end > top.saturating_add(room))
    {
        command.command(text);
    }
    let [body, _, command_at, foot] = Layout::vertical([
        Constraint::Min(1),
        Constraint::Length(u16::from(!hint.is_empty())),
        Constraint::Length(command.height()),
        Constraint::Length(cells(hint.len())),
    ])
    .areas(area);
    for (row, at) in hint.into_iter().zip(foot.rows()) {
        frame.render_widget(row, at);
    }
    command.draw(frame, command_at, 0);
    page.draw(frame, body, ui.scroll())
}

/// Where the commands of a step stand on its page.
#[derive(Default)]
struct CommandPlaces {
    check: Range<u16>,
    apply: Range<u16>,
}

/// The command that Enter runs without a question, and where it stands on the page.
fn enter_runs<'a>(
    view: &View<'a>,
    step: &'a Step,
    next: &NextAction,
    places: &CommandPlaces,
) -> Option<(&'a str, Range<u16>)> {
    let StepKind::Measured { check, apply } = &step.kind else { return None };
    match next {
        NextAction::Check => Some((&check.command, places.check.clone())),
        NextAction::Apply(Changes::Session) => Some((&apply.as_ref()?.command, places.apply.clone())),
        // It stands on the page of the other step.
        NextAction::Other {
            step,
            does: does @ (CommandPurpose::Check | CommandPurpose::Apply(Changes::Session)),
        } => {
            let mut commands = commands_of(view.run.step(step)?).into_iter();
            Some((commands.find(|runnable| runnable.purpose == *does)?.command, u16::MAX..u16::MAX))
        }
        NextAction::Other { does: CommandPurpose::Apply(_), .. }
        | NextAction::Apply(Changes::Computer | Changes::Forest | Changes::Tenant)
        | NextAction::Wait
        | NextAction::OpenShell
        | NextAction::NeedsFirst(_)
        | NextAction::GiveInput
        | NextAction::Attest
        | NextAction::Gate
        | NextAction::Onward => None,
    }
}

/// How many rows the hint may take: what it says stands at its beginning.
const HINT_ROWS: usize = 3;

/// The key and what it does.
fn hint_rows(view: &View<'_>, sentence: &str, columns: u16) -> Vec<Line<'static>> {
    let key = format!(" {} ", view.keys.name_of(KeyContext::Steps, Action::Go, view.text));
    let indent = width(&key) + 1;
    let room = usize::from(columns).saturating_sub(indent + 1);
    let mut rows = wrap(&escape_controls(sentence), room);
    if rows.len() > HINT_ROWS {
        let rest = rows.split_off(HINT_ROWS - 1).join(" ");
        rows.push(truncate_to_width(&rest, room, view.glyphs.ellipsis));
    }
    rows.into_iter()
        .enumerate()
        .map(|(position, row)| {
            let lead = if position == 0 {
                Span::styled(key.clone(), view.theme.style(Meaning::Button))
            } else {
                Span::raw(" ".repeat(indent - 1))
            };
            let row = Span::styled(row, view.theme.style(Meaning::Accent));
            Line::from(vec![lead, Span::styled(" ", view.theme.style(Meaning::Base)), row])
        })
        .collect()
}

/// What Enter does, in words, if it does anything.
fn hint(view: &View<'_>, next: &NextAction) -> Option<String> {
    let text = view.text;
    Some(match next {
        NextAction::Wait => return None,
        NextAction::OpenShell => text.hint_reconnect(),
        NextAction::NeedsFirst(step) => text.hint_needs(view.title(step)),
        NextAction::Other { step, does } => text.lead(&view.title(step), *does),
        NextAction::GiveInput => text.hint_input(),
        NextAction::Check => text.hint_check(),
        NextAction::Apply(Changes::Session) => text.hint_apply_session(),
        NextAction::Apply(Changes::Computer | Changes::Forest | Changes::Tenant) => text.hint_apply(),
        NextAction::Attest => text.hint_attest(),
        NextAction::Gate => text.hint_gate(),
        NextAction::Onward => text.hint_onward(),
    })
}

fn page<'a>(view: &'a View<'a>, assessment: &Assessment<'_>, columns: u16) -> (Page<'a>, CommandPlaces) {
    let step = assessment.step;
    let mut page = Page::new(view, columns, Ground::Screen);
    page.text(step.title.get(view.text.lang()), Meaning::Title);
    state_rows(&mut page, view, assessment);
    page.gap();
    let places = match assessment.status {
        StepStatus::NotRun
        | StepStatus::Waiting
        | StepStatus::DoesNotApply
        | StepStatus::Green
        | StepStatus::Running(_) => {
            why(&mut page, view, step);
            let places = commands(&mut page, view, step);
            evidence(&mut page, view, assessment);
            places
        }
        StepStatus::ToDo
        | StepStatus::Polling
        | StepStatus::Stale(_)
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted => {
            evidence(&mut page, view, assessment);
            let places = commands(&mut page, view, step);
            why(&mut page, view, step);
            places
        }
    };
    docs(&mut page, view, &step.docs);
    (page, places)
}

/// The sign, the word, and why it is so.
fn state_rows(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>) {
    let (text, status) = (view.text, &assessment.status);
    // Before an account is locked: in sight also where there is little room.
    if let Some(failed) = text.sign_ins_failed(assessment.failed_sign_ins) {
        page.text(&failed, Meaning::Doubt);
    }
    let mut parts = vec![text.status(status)];
    let name = |id: &str| view.name(id);
    // What is to be stated stands below, under its heading; that something runs, the word says.
    parts.extend(match assessment.reason {
        Some(StatusReason::NotStated(_) | StatusReason::NotChecked | StatusReason::Running(_)) => {
            text.waits(assessment, &name)
        }
        Some(StatusReason::Polling(progress)) => Some(text.wait_progress(progress)),
        Some(_) | None => text.why_not_green(assessment, &name),
    });
    parts.extend(assessment.found.map(|found| text.checked_at(view.clock(found.at.wall))));
    parts.extend(assessment.ends.map(|until| text.until(view.clock_short(until))));
    let line = parts.join(&format!(" {} ", view.glyphs.dot));
    page.signed(view.glyphs.status(status), meaning(status), &line, meaning(status));
}

fn why(page: &mut Page<'_>, view: &View<'_>, step: &Step) {
    page.gap();
    page.text(step.why.get(view.text.lang()), Meaning::Base);
}

fn commands(page: &mut Page<'_>, view: &View<'_>, step: &Step) -> CommandPlaces {
    let text = view.text;
    let command = |page: &mut Page<'_>, command: &str| {
        let start = page.height();
        page.command(command);
        start..page.height()
    };
    let mut places = CommandPlaces::default();
    match &step.kind {
        StepKind::Measured { check, apply } => {
            page.gap();
            page.text(&text.heading_check(), Meaning::Muted);
            places.check = command(page, &check.command);
            if let Some(apply) = apply {
                page.gap();
                let meaning = match apply.changes {
                    Changes::Session => Meaning::Muted,
                    Changes::Computer | Changes::Forest | Changes::Tenant => Meaning::Doubt,
                };
                page.text(&text.heading_apply(text.changes(apply.changes)), meaning);
                places.apply = command(page, &apply.command);
            }
        }
        StepKind::Attested { statement } => {
            page.gap();
            page.text(&text.heading_statement(), Meaning::Muted);
            page.indented(1, statement.get(text.lang()), Meaning::Title);
        }
    }
    places
}

/// What was found: the remedies first, then errors, facts, the statement.
fn evidence(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>) {
    remedies(page, view, &assessment.remedies);
    errors(page, view, assessment);
    if let Some(found) = assessment.found {
        more_errors(page, view, &found.finding.more_errors);
        facts::facts(page, view, assessment, &found.finding.facts);
        facts::failing_rows(page, view, assessment);
        warnings(page, view, &found.finding);
    }
    if let Some(statement) = assessment.statement {
        page.gap();
        page.text(&view.text.stated_by(&statement.name, view.clock(statement.at.wall)), Meaning::Muted);
        page.indented(1, &statement.statement, Meaning::Base);
        if !statement.note.is_empty() {
            page.indented(1, &view.text.with_note(&statement.note), Meaning::Base);
        }
    }
}

fn remedies(page: &mut Page<'_>, view: &View<'_>, remedies: &[&Remedy]) {
    if remedies.is_empty() {
        return;
    }
    page.gap();
    page.text(&view.text.heading_remedy(), Meaning::Muted);
    for remedy in remedies {
        page.indented(1, remedy.say.get(view.text.lang()), Meaning::Title);
        if let Some(go) = &remedy.go {
            page.indented(1, &view.text.go(go, &|id| view.name(id)), Meaning::Base);
        }
        if let Some(address) = &remedy.docs {
            page.indented(1, address, Meaning::Muted);
        }
    }
}

/// The errors under the command that gave them.
fn errors(page: &mut Page<'_>, view: &View<'_>, assessment: &Assessment<'_>) {
    let mut of = None;
    for (purpose, failure) in &assessment.failures {
        if of != Some(*purpose) {
            of = Some(*purpose);
            page.gap();
            match purpose {
                Purpose::Apply => page.text(&view.text.apply_failed(), Meaning::Doubt),
                Purpose::Check => page.text(&view.text.heading_errors(), Meaning::Muted),
            }
        }
        self::failure(page, failure);
    }
}

fn more_errors(page: &mut Page<'_>, view: &View<'_>, more: &MoreErrors) {
    if !more.is_none() {
        page.indented(1, &view.text.more_errors(more), Meaning::Muted);
    }
}

fn failure(page: &mut Page<'_>, failure: &Failure) {
    page.indented(1, &failure.told(), Meaning::Bad);
    if !failure.error_id.is_empty() {
        page.indented(1, &failure.error_id, Meaning::Muted);
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
