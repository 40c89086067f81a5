//! The output of the last command: a sign and a colour for each line's stream, the end followed unless scrolled away.
//!
//! ```text
//!  OUTPUT   checking · 0:12 / 2:00 · no output for 8 s
//!    Importing the session
//!  ! The names of some imported commands…
//!  x The user name or password is incorrect.
//!  Creating implicit remoting module  [██████░░░░] 60 %  Getting command information
//! ```

use std::path::MAIN_SEPARATOR_STR;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::output_view::{Follow, WrapMode};
use super::pane::{Pane, heading};
use super::state::StepsState;
use crate::run::verdict::SILENCE_MS;
use crate::run::{Purpose, ShellState, StopCause};
use crate::shell::{self, Stream};
use crate::text::clock;
use crate::tui::View;
use crate::tui::chrome::horizontal;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::page::{Focus, Ground, Page, cells};
use crate::tui::progress;
use crate::tui::theme::Meaning;
use crate::tui::viewport::Viewport;
use crate::tui::visible::{escape_controls, truncate_to_width, width, wrap};

/// From how many silent seconds on the screen says so.
const SILENCE: u64 = 5;

/// How many rows the pane takes of those of the area, of which the page above needs so many: no more than it holds.
pub(super) fn rows(view: &View<'_>, ui: &StepsState, area: Rect, needed: u16) -> u16 {
    const HEAD: u16 = 2;
    let most = (area.height * 2 / 5).clamp(6, 18).min(area.height);
    if view.run.foreground_command().is_some() {
        return most;
    }
    let columns = usize::from(area.width).saturating_sub(5);
    let rows_of = |line: &shell::Line| wrap(&escape_controls(&line.text), columns).len();
    let last = view.live.lines().iter().rev().take(usize::from(most));
    let held: usize = last.map(rows_of).sum();
    // Above the lines of an apply's own check stands whose they are.
    let held = held + usize::from(view.live.apply().is_some());
    let held = held.max(usize::from(view.live.of().is_some()));
    let holds = most.min(HEAD.saturating_add(cells(held)));
    let output_view = ui.output_view();
    match ui.pane() {
        _ if output_view.typed().is_some() || output_view.hit().is_some() => most,
        Pane::Output => holds,
        Pane::List | Pane::Detail => holds.min(area.height.saturating_sub(needed).max(HEAD)),
    }
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &StepsState) -> Viewport {
    let activities = progress::rows(view, area.width);
    let mut foot = Page::new(view, area.width, Ground::Screen);
    if let Some(words) = ui.output_view().typed() {
        foot.field(words, Focus::Here);
    } else if activities.is_empty()
        && let Some(words) = waits_in_vain(view)
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
    let mut title = heading(view, &view.text.pane_output(), Pane::Output, ui.pane());
    let room = usize::from(head.width).saturating_sub(width(&view.text.pane_output()) + 6);
    let (parts, meaning) = status(view, ui);
    let status = title_of(view, parts, room);
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
    if view.live.lines().is_empty() && view.live.of().is_some() && view.run.foreground_command().is_none() {
        let nothing =
            Span::styled(format!("    {}", view.text.printed_nothing()), view.theme.style(Meaning::Muted));
        frame.render_widget(nothing, body);
    }
    lines(frame, body, view, ui)
}

/// What is to be known of a silence: nobody sees what a native program shows, and nobody can answer it.
fn waits_in_vain(view: &View<'_>) -> Option<String> {
    let running = view.run.foreground_command()?;
    let busy = running.asking.is_none() && running.stopping.is_none();
    let silent = view.live.silent_seconds(view.now) * 1000 >= SILENCE_MS;
    (busy && silent).then(|| view.text.waits_in_vain())
}

/// What stands in the pane's title.
#[derive(Default)]
struct Status {
    /// What runs or ran.
    what: Option<String>,
    /// Of which step; as much of it as there is room for.
    step: Option<String>,
    /// What else there is to say; the first is the first to go where there is no room.
    rest: Vec<String>,
}

/// One line of so many columns.
fn title_of(view: &View<'_>, status: Status, room: usize) -> String {
    /// The fewest columns of a step's title that still tell something.
    const TELLING: usize = 8;
    let dot = format!(" {} ", view.glyphs.dot);
    let Status { what, step, rest } = status;
    let mut parts: Vec<String> = what.into_iter().chain(rest).collect();
    while parts.len() > 1 && width(&parts.join(&dot)) > room {
        parts.remove(0);
    }
    let left = room.saturating_sub(width(&parts.join(&dot)) + width(&dot));
    if let Some(step) =
        step.map(|step| escape_controls(&step)).filter(|step| left >= TELLING.min(width(step)))
    {
        parts.insert(1.min(parts.len()), truncate_to_width(&step, left, view.glyphs.ellipsis));
    }
    parts.join(&dot)
}

/// What runs, for how long, and for how long nothing has come; or whose output it was.
fn status(view: &View<'_>, ui: &StepsState) -> (Status, Meaning) {
    let text = view.text;
    let output_view = ui.output_view();
    let back = match output_view.follow() {
        Follow::End => None,
        Follow::From(_) => {
            Some(text.scrolled_back(view.keys.name_of(KeyContext::Busy, Action::Follow, text)))
        }
    };
    let found = output_view.place(view.live).map(|(place, all)| text.found_of(place, all));
    let stream = output_view.only().map(|stream| text.only_stream(text.stream(stream)));
    // Of where it was scrolled to, what was found says enough.
    let back = [stream, found.or(back)].into_iter().flatten();
    let only = |what| Status { what: Some(what), ..Status::default() };
    let Some(running) = view.run.running() else {
        if let ShellState::Opening(_) = view.run.shell() {
            return (only(text.shell_opening()), Meaning::Running);
        }
        let Some(of) = view.live.of() else {
            let what = if view.run.has_run() { text.no_output_since() } else { text.no_output_yet() };
            return (only(what), Meaning::Muted);
        };
        let what = match (view.live.apply(), of.purpose) {
            (Some(_), _) => text.output_of_both(),
            (None, Purpose::Check) => text.output_of_check(),
            (None, Purpose::Apply) => text.output_of_apply(),
        };
        let rest = [view.clock(of.at.wall)].into_iter().chain(back).collect();
        return (Status { what: Some(what), step: Some(view.title(&of.step)), rest }, Meaning::Muted);
    };
    let looked_after = view.run.foreground_command().is_none();
    let what = text.what_runs(running.purpose, running.trigger);
    let seconds = view.now.mono.saturating_sub(running.at.mono) / 1000;
    let batch = view.run.batch(view.now).map(|batch| text.batch(&batch));
    let elapsed = text.elapsed_of(clock(seconds), clock(running.limit_ms / 1000));
    let mut rest: Vec<String> = batch.into_iter().chain([elapsed]).collect();
    match running.stopping {
        Some(StopCause::Operator) => rest.push(text.stopping()),
        Some(StopCause::Timeout) => rest.push(text.timed_out_stopping()),
        None => {
            let silent = view.live.silent_seconds(view.now);
            if silent >= SILENCE && running.asking.is_none() && !looked_after {
                rest.push(text.silent_for(silent));
            }
        }
    }
    rest.extend(back);
    // Where another step is looked at, the one that runs is named.
    let elsewhere = view.step(ui.selected()).is_none_or(|step| step.id != running.step);
    let step = elsewhere.then(|| view.title(&running.step));
    (Status { what: Some(what), step, rest }, Meaning::Running)
}

/// A row of the pane: its sign, its text, and what it means.
type PaneRow = (&'static str, String, Meaning);

fn lines(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &StepsState) -> Viewport {
    let rows_of_pane = usize::from(area.height);
    let columns = usize::from(area.width).saturating_sub(5);
    let output_view = ui.output_view();
    let shown = output_view.shown(view.live);
    let oldest = shown.first().map(|(number, _)| *number);
    // Above the first line of an apply's own check stands that it is one.
    let of_check = view.live.apply().and(view.live.of()).and_then(|check| {
        let first = shown.iter().map(|(number, _)| *number).find(|number| *number >= view.live.first());
        first.map(|number| (number, check))
    });
    let rows_of = |(number, line): &(u64, &shell::Line)| -> Vec<PaneRow> {
        let mut rows = Vec::new();
        if oldest == Some(*number)
            && let Some(kept) = kept(view, rows_of_pane)
        {
            rows.extend(
                wrap(&escape_controls(&kept), columns).into_iter().map(|row| (" ", row, Meaning::Muted)),
            );
        }
        if let Some((_, check)) = of_check.filter(|(first, _)| first == number) {
            let parts = [view.text.output_of_check(), view.clock(check.at.wall)];
            rows.push((" ", parts.join(&format!(" {} ", view.glyphs.dot)), Meaning::Muted));
        }
        let text = match output_view.wrap_mode() {
            WrapMode::Wrapped => wrap(&escape_controls(&line.text), columns),
            WrapMode::Cut => {
                vec![truncate_to_width(&escape_controls(&line.text), columns, view.glyphs.ellipsis)]
            }
        };
        let meaning =
            if output_view.hit() == Some(*number) { Meaning::Selected } else { of_stream(line.stream) };
        let signs = std::iter::once(view.glyphs.stream(line.stream)).chain(std::iter::repeat(" "));
        rows.extend(signs.zip(text).map(|(sign, text)| (sign, text, meaning)));
        rows
    };
    let end = last_page(&shown, rows_of_pane, &rows_of);
    let top = match output_view.follow() {
        Follow::End => end,
        Follow::From(line) => line.min(end),
    };
    let drawn = shown.iter().skip_while(|(number, _)| *number < top).flat_map(rows_of);
    for ((sign, text, meaning), at) in drawn.zip(area.rows()) {
        let style = view.theme.style(meaning);
        let lead = if meaning == Meaning::Selected { view.glyphs.marker } else { " " };
        frame.render_widget(Line::from(Span::styled(format!("{lead} {sign} {text}"), style)), at);
    }
    let top = shown.iter().map(|(number, _)| *number).find(|number| *number >= top).unwrap_or(top);
    Viewport { page: 0, output_top: top, output_rows: area.height, output_end: end, ..Viewport::default() }
}

/// Where the last page begins: as many lines from the end as fit.
fn last_page<'a>(
    shown: &[(u64, &'a shell::Line)],
    rows: usize,
    rows_of: &impl Fn(&(u64, &'a shell::Line)) -> Vec<PaneRow>,
) -> u64 {
    let mut left = rows;
    let lines = shown.iter().rev().take_while(|line| {
        let needed = rows_of(line).len();
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    // A last line that is longer than the pane is still shown, from its start.
    let lines = lines.count().max(usize::from(!shown.is_empty()));
    shown.get(shown.len() - lines).map_or(0, |(number, _)| *number)
}

/// Where the output is kept, above its first line: the file when the command is over, and the folder before.
fn kept(view: &View<'_>, rows: usize) -> Option<String> {
    /// In a pane of fewer rows the output itself needs them, unless some of it is nowhere else.
    const SPARE: usize = 8;
    let of = view.live.apply().or(view.live.of())?;
    let file =
        view.run.transcript(&of.step, of.attempt).map(|kept| kept.file.replace('/', MAIN_SEPARATOR_STR));
    if let Some(left_out) = view.live.left_out() {
        return Some(view.text.left_out(left_out));
    }
    match (view.live.dropped(), file) {
        (0, None) => None,
        (0, Some(_)) if rows < SPARE => None,
        (0, Some(file)) => Some(view.text.kept_in(file)),
        (count, file) => {
            let path = view.folder.join(file.unwrap_or_else(|| "transcript".to_owned()));
            Some(view.text.older_lines(count, path.display()))
        }
    }
}

const fn of_stream(stream: Stream) -> Meaning {
    match stream {
        Stream::Output | Stream::Information => Meaning::Base,
        Stream::Error => Meaning::Bad,
        Stream::Warning => Meaning::Doubt,
        Stream::Verbose | Stream::Debug | Stream::Noise => Meaning::Muted,
        Stream::Progress => Meaning::Running,
    }
}
