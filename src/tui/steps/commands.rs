//! The commands of the selected step, and what Enter does.

use std::ops::Range;

use ratatui::text::{Line, Span};

use crate::checklist::explain::{CommandPurpose, commands_of};
use crate::checklist::{Changes, Step, StepKind};
use crate::run::{Assessment, NextAction};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Ground, Page};
use crate::tui::theme::Meaning;
use crate::tui::visible::{escape_controls, width, wrap_within};

/// Where the commands of a step stand on its page.
#[derive(Default)]
pub(super) struct CommandPlaces {
    check: Range<u16>,
    apply: Range<u16>,
}

/// The command that Enter runs without a question.
pub(super) struct EnterRuns<'a> {
    pub(super) command: &'a str,
    pub(super) purpose: CommandPurpose,
    /// Whether it is of another step, on whose page it stands.
    of_another: bool,
}

impl EnterRuns<'_> {
    /// Whether it is in sight on a page of which `rows` are seen.
    pub(super) fn is_within(&self, places: &CommandPlaces, rows: &Range<u16>) -> bool {
        let place = match self.purpose {
            CommandPurpose::Check => &places.check,
            CommandPurpose::Apply(_) => &places.apply,
        };
        !self.of_another && rows.start <= place.start && place.end <= rows.end
    }
}

/// That command, apart from its page.
pub(super) fn pinned<'a>(view: &'a View<'a>, runs: &EnterRuns<'_>, columns: u16) -> Page<'a> {
    let mut page = Page::new(view, columns, Ground::Screen);
    let label = match runs.purpose {
        CommandPurpose::Check => view.text.label_check(),
        CommandPurpose::Apply(_) => view.text.label_apply(),
    };
    page.heading(
        &view.text.heading_enter_runs(label, view.keys.name_of(KeyContext::Steps, Action::Go, view.text)),
        Meaning::Accent,
    );
    page.command(runs.command);
    page
}

pub(super) fn enter_runs<'a>(view: &View<'a>, step: &'a Step, next: &NextAction) -> Option<EnterRuns<'a>> {
    let (step, purpose, of_another) = match next {
        NextAction::Check => (step, CommandPurpose::Check, false),
        NextAction::Apply(Changes::Session) => (step, CommandPurpose::Apply(Changes::Session), false),
        NextAction::Other {
            step,
            does: does @ (CommandPurpose::Check | CommandPurpose::Apply(Changes::Session)),
        } => (view.run.step(step)?, *does, true),
        NextAction::Other { does: CommandPurpose::Apply(_), .. }
        | NextAction::Apply(Changes::Computer | Changes::Forest | Changes::Tenant)
        | NextAction::Wait
        | NextAction::OpenShell
        | NextAction::NeedsFirst(_)
        | NextAction::GiveInput
        | NextAction::Attest
        | NextAction::Gate
        | NextAction::Onward => return None,
    };
    let mut commands = commands_of(step).into_iter();
    let command = commands.find(|runnable| runnable.purpose == purpose)?.command;
    Some(EnterRuns { command, purpose, of_another })
}

/// How many rows the hint may take: what it says stands at its beginning.
const HINT_ROWS: usize = 3;

/// The key and what it does.
pub(super) fn hint_rows(view: &View<'_>, action: Action, sentence: &str, columns: u16) -> Vec<Line<'static>> {
    let key = format!(" {} ", view.keys.name_of(KeyContext::Steps, action, view.text));
    let indent = width(&key) + 1;
    let room = usize::from(columns).saturating_sub(indent + 1);
    let rows = wrap_within(&escape_controls(sentence), room, HINT_ROWS, view.glyphs.ellipsis);
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
pub(super) fn hint(view: &View<'_>, next: &NextAction) -> Option<String> {
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
        NextAction::Gate => hint_gate(view),
        NextAction::Onward => text.hint_onward(),
    })
}

/// That the gate is open, and what is not green for all that.
pub(super) fn hint_gate(view: &View<'_>) -> String {
    view.text.hint_gate(view.run.advisory_not_green(view.now).len())
}

/// The commands of a step, each under what it is; what Enter runs says so.
pub(super) fn commands(
    page: &mut Page<'_>,
    view: &View<'_>,
    assessment: &Assessment<'_>,
    next: &NextAction,
) -> CommandPlaces {
    let mut places = CommandPlaces::default();
    match &assessment.step.kind {
        StepKind::Measured { check, apply } => {
            page.gap();
            let is_next = matches!(next, NextAction::Check);
            places.check = labelled(page, view, CommandPurpose::Check, is_next, &check.command);
            if let Some(apply) = apply {
                page.gap();
                let is_next = matches!(next, NextAction::Apply(_));
                let purpose = CommandPurpose::Apply(apply.changes);
                places.apply = labelled(page, view, purpose, is_next, &apply.command);
            }
        }
        StepKind::Attested { statement } => {
            let statement = statement.get(view.text.lang());
            // What was stated stands above, word for word.
            if assessment.statement.is_none_or(|stated| stated.statement != statement) {
                page.gap();
                page.heading(&view.text.heading_statement(), Meaning::Muted);
                page.indented(1, statement, Meaning::Title);
            }
        }
    }
    places
}

/// A command under its label; gives where it stands.
fn labelled(
    page: &mut Page<'_>,
    view: &View<'_>,
    purpose: CommandPurpose,
    is_next: bool,
    command: &str,
) -> Range<u16> {
    let text = view.text;
    let (label, meaning) = match purpose {
        CommandPurpose::Check => (text.heading_check(), Meaning::Muted),
        CommandPurpose::Apply(changes) => {
            let meaning = match changes {
                Changes::Session => Meaning::Muted,
                Changes::Computer | Changes::Forest | Changes::Tenant => Meaning::Doubt,
            };
            (text.heading_apply(text.changes(changes)), meaning)
        }
    };
    let start = page.height();
    if is_next {
        page.heading(&text.heading_enter_runs(label, text.name_enter()), Meaning::Accent);
    } else {
        page.heading(&label, meaning);
    }
    page.command(command);
    start..page.height()
}
