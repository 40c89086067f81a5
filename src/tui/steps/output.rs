//! The output of the selected step's last command, or of an earlier one: a sign and a colour for each line's stream, the end
//! followed unless scrolled away.
//!
//! ```text
//!  OUTPUT   checking · 0:12 / 2:00 · no output for 8 s
//!    Importing the session
//!  ! The names of some imported commands…
//!  x The user name or password is incorrect.
//!  [██████░░░░] 60 %  Creating implicit remoting module: Getting command information
//! ```

mod lines;
mod title;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::output_view::OutputPlace;
use super::pane::{Pane, heading};
use super::state::StepsState;
use crate::journal::FileFault;
use crate::run::Running;
use crate::run::verdict::SILENCE_MS;
use crate::tui::chrome::horizontal;
use crate::tui::keymap::KeyContext;
use crate::tui::page::{Focus, Ground, Page, cells};
use crate::tui::theme::Meaning;
use crate::tui::view::name_here;
use crate::tui::viewport::Viewport;
use crate::tui::visible::{escape_controls, truncate_to_width, width};
use crate::tui::{View, progress};

/// How many rows the pane takes of those of the area, of which the page above needs so many: no more than it holds.
pub(super) fn rows(view: &View<'_>, ui: &StepsState, area: Rect, needed: u16) -> u16 {
    const HEAD: u16 = 2;
    let most = (area.height * 2 / 5).clamp(6, 18).min(area.height);
    let output_view = ui.output_view();
    if own_command(view, ui).is_some() {
        return most;
    }
    let holds = most.min(HEAD.saturating_add(cells(lines::held(view, ui, area.width, most))));
    match ui.pane {
        _ if output_view.typed().is_some() || output_view.hit().is_some() => most,
        Pane::Output => holds,
        Pane::List | Pane::Detail => holds.min(area.height.saturating_sub(needed).max(HEAD)),
    }
}

/// The command that runs, where its output is looked at and the operator waits for it.
fn own_command<'a>(view: &View<'a>, ui: &StepsState) -> Option<&'a Running> {
    let (output, ..) = ui.output_view().output(view)?;
    view.run.foreground_command().filter(|running| running.attempt == output.attempt)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &StepsState) -> Viewport {
    let own = own_command(view, ui);
    let activities = own.map(|_| progress::rows(view, area.width)).unwrap_or_default();
    let mut foot = Page::new(view, area.width, Ground::Screen);
    if let Some((words, context)) = ui.output_view().typed() {
        if context == KeyContext::Naming {
            foot.text(&view.text.write_into(), Meaning::Accent);
        }
        foot.field(words, Focus::Here);
    } else if let Some(words) = ui.output_view().written(view) {
        foot.indented(4, &escape_controls(&words), Meaning::Accent);
    } else if activities.is_empty()
        && let Some(words) = own.and_then(|running| waits_in_vain(view, running))
    {
        foot.indented(4, &words, Meaning::Muted);
    }
    let activities = if foot.height() == 0 { activities } else { Vec::new() };
    let foot_rows = foot.height().max(cells(activities.len()));
    let [rule, head, body, foot_area] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(foot_rows),
    ])
    .areas(area);
    horizontal(frame, rule, view.theme, view.glyphs);
    let mut title = heading(view, &view.text.pane_output(), Pane::Output, ui.pane);
    let room = usize::from(head.width).saturating_sub(width(&view.text.pane_output()) + 6);
    let (status, meaning) = title::title(view, ui, room);
    title.push(Span::styled("   ", view.theme.style(Meaning::Base)));
    title.push(Span::styled(
        truncate_to_width(&status, room, view.glyphs.ellipsis),
        view.theme.style(meaning),
    ));
    frame.render_widget(Line::from(title), head);
    for (row, at) in activities.into_iter().zip(foot_area.rows()) {
        frame.render_widget(row, at);
    }
    foot.draw(frame, foot_area, 0);
    if let Some((words, meaning)) = instead(view, ui) {
        frame.render_widget(Span::styled(format!("    {words}"), view.theme.style(meaning)), body);
    }
    lines::draw(frame, body, view, ui)
}

/// What stands in place of lines, where there are none.
fn instead(view: &View<'_>, ui: &StepsState) -> Option<(String, Meaning)> {
    let output_view = ui.output_view();
    let has_lines = !output_view.shown(view.live).is_empty();
    match output_view.place() {
        OutputPlace::Lost => Some((view.text.output_lost_with_process(), Meaning::Doubt)),
        OutputPlace::Faulty(file, fault) => Some((faulty(view, &file.file, fault), Meaning::Bad)),
        OutputPlace::File(file) => match file.fault() {
            Some(fault) => Some((faulty(view, file.name(), fault), Meaning::Bad)),
            None if has_lines || file.has_work() || own_command(view, ui).is_some() => None,
            None => Some((view.text.printed_nothing(), Meaning::Muted)),
        },
        OutputPlace::Live if has_lines || own_command(view, ui).is_some() => None,
        OutputPlace::Live => Some((view.text.printed_nothing(), Meaning::Muted)),
        OutputPlace::Nowhere => None,
    }
}

fn faulty(view: &View<'_>, file: &str, fault: &FileFault) -> String {
    view.text.output_faulty(escape_controls(&name_here(file)), view.text.file_fault(fault))
}

/// What is to be known of a silence: nobody sees what a native program shows, and nobody can answer it.
fn waits_in_vain(view: &View<'_>, running: &Running) -> Option<String> {
    let busy = running.asking.is_none() && running.stopping.is_none();
    let silent = view.live.silent_seconds(view.now) * 1000 >= SILENCE_MS;
    let is_own = view.live.attempt() == Some(running.attempt);
    (busy && silent && is_own).then(|| view.text.waits_in_vain())
}
