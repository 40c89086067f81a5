//! The briefing: what this is, where it is kept, who does it, and the inputs that it needs.
//!
//! ```text
//!  Lync Online to Lync Server 2013
//!  Folder        C:\ProgramData\greenlight\runs\2026-11-23-…
//!  Operator      CONTOSO\ana on LYNC01
//!  Mode          live: commands run in PowerShell
//!  PowerShell    5.1.14393 Desktop
//!  Steps         9 steps, 8 of them required · 1 statement · 2 change more than the session
//!
//!  Prepares the deployment and the tenant for …
//!
//!  SIP domain
//!  > [contoso.com                                             ]
//!    The domain that both sides share.
//!
//!    [ Begin ]
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;

use super::state::{InputForm, Visit};
use crate::checklist::{Arity, Changes, InputKind, Need, StepKind, Weight};
use crate::report::SourceReport;
use crate::run::{Mode, ShellState};
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Focus, Ground, Page, readable};
use crate::tui::theme::Meaning;
use crate::tui::viewport::Viewport;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, form: &InputForm) -> Viewport {
    let area = readable(area);
    let text = view.text;
    let checklist = view.run.checklist();
    let mut page = Page::new(view, area.width, Ground::Screen);
    if let Some(source) = &checklist.source {
        let line = SourceReport::new(source, text.lang()).line();
        page.labelled(&text.label_source(), &line, Meaning::Base);
    }
    page.labelled(&text.label_folder(), &view.folder.display().to_string(), Meaning::Base);
    page.labelled(&text.label_operator(), &text.user_on_host(&view.who.user, &view.who.host), Meaning::Base);
    let (mode, meaning) = match view.run.mode() {
        Mode::Live => (text.mode_live(), Meaning::Base),
        Mode::Rehearsal(scenario) => (text.mode_rehearsal(scenario), Meaning::Doubt),
    };
    page.labelled(&text.label_mode(), &mode, meaning);
    page.labelled(&text.label_powershell(), &powershell(view), Meaning::Base);
    page.labelled(&text.label_steps(), &overview(view), Meaning::Base);
    page.gap();
    // Last, so that it is in sight together with the first field.
    if let Some(about) = &checklist.about {
        page.text(about.get(text.lang()), Meaning::Base);
        page.gap();
    }
    for position in 0..form.fields.len() {
        field(&mut page, view, form, position);
    }
    page.gap();
    let label = match view.run.shell() {
        ShellState::Absent => text.button_begin(),
        ShellState::Opening(_) | ShellState::Open(..) => text.button_continue(),
    };
    page.button(&label, Focus::of(form.fields.len(), form.focus));
    page.draw(frame, area, 0)
}

/// An input: its label, its field, what is wrong with what is typed, its help.
fn field(page: &mut Page<'_>, view: &View<'_>, form: &InputForm, position: usize) {
    let (text, checklist) = (view.text, view.run.checklist());
    let Some(field) = form.fields.get(position) else { return };
    let Some(input) = checklist.input(&field.input) else { return };
    let mut label = input.ask.get(text.lang()).to_owned();
    match input.arity {
        Arity::One => {}
        Arity::Many => label = format!("{label} {}", text.several_values()),
    }
    match input.need {
        Need::Required => {}
        Need::Optional => label = format!("{label} {}", text.may_stay_empty()),
    }
    page.gap();
    page.heading_at(2, &label, Meaning::Title);
    if let InputKind::Choice(_) = &input.kind {
        page.choice(&field.field.text(), Focus::of(position, form.focus));
    } else {
        page.field(&field.field, Focus::of(position, form.focus));
    }
    let problem = match field.visit {
        Visit::Fresh => None,
        Visit::Seen => form.problem(checklist, position),
    };
    if let Some(problem) = problem {
        let why = format!("{} {}", view.glyphs.red, text.input_problem(&problem));
        page.indented(2, &why, Meaning::Bad);
    }
    if let Some(help) = &input.help {
        page.indented(2, help.get(text.lang()), Meaning::Muted);
    }
    if let InputKind::Choice(choices) = &input.kind {
        let [back, on] = choosing_keys(view);
        page.indented(2, &text.choices_are(back, on, choices.join(", ")), Meaning::Muted);
    }
    if position == form.focus {
        page.anchored();
    }
}

/// The names of the keys that step back and on through the choices of an input.
pub(super) fn choosing_keys(view: &View<'_>) -> [String; 2] {
    [Action::Left, Action::Right].map(|action| view.keys.name_of(KeyContext::Choosing, action, view.text))
}

/// The PowerShell that is there, or the one that would be started.
fn powershell(view: &View<'_>) -> String {
    match view.run.shell() {
        ShellState::Open(_, about) => {
            let parts = [about.version.as_str(), about.edition.as_str(), about.program.as_str()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
        ShellState::Opening(_) => view.text.shell_opening(),
        ShellState::Absent if view.program.is_empty() => view.text.shell_none_yet(),
        ShellState::Absent => view.text.shell_will_be(view.program),
    }
}

/// How many steps of which kind there are.
fn overview(view: &View<'_>) -> String {
    let text = view.text;
    let steps = &view.run.checklist().steps;
    let required = steps.iter().filter(|step| step.weight == Weight::Required).count();
    let statements = steps.iter().filter(|step| matches!(step.kind, StepKind::Attested { .. })).count();
    let changes =
        steps.iter().filter(|step| step.changes().is_some_and(|changes| changes > Changes::Session)).count();
    let mut parts = vec![text.steps_required(steps.len(), required)];
    if statements > 0 {
        parts.push(text.steps_stated(statements));
    }
    parts.push(text.steps_changing(changes));
    parts.join(&format!(" {} ", view.glyphs.dot))
}
