//! The output of the last command: a sign and a colour for each line's stream, the end followed unless scrolled away.
//!
//! ```text
//!  OUTPUT   check · 0:12 of at most 2:00 · no output for 8 s
//!    Importing the session
//!  ! The names of some imported commands…
//!  x The user name or password is incorrect.
//!  Creating implicit remoting module  [██████░░░░] 60 %  Getting command information
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::View;
use super::chrome::horizontal;
use super::steps::heading;
use super::theme::Meaning;
use super::ui::{Follow, Pane, Reach, Ui};
use super::view::elapsed;
use super::visible::{fit, visible, width, wrap};
use crate::checklist::StepKind;
use crate::run::{Errand, Purpose, Running, ShellState, StopCause};
use crate::shell::{self, Progress, Stream};

/// From how many silent seconds on the screen says so.
const SILENCE: u64 = 5;

/// How many rows the pane takes of so many.
pub fn rows(view: &View<'_>, height: u16) -> u16 {
    if view.live.lines().is_empty() && view.run.at_work().is_none() {
        2.min(height)
    } else {
        (height * 2 / 5).clamp(6, 18).min(height)
    }
}

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &Ui) -> Reach {
    let progress = view.live.progress();
    let [rule, head, body, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(u16::from(progress.is_some())),
    ])
    .areas(area);
    horizontal(frame, rule, view.theme, view.glyphs);
    let mut title = heading(view, &view.text.pane_output(), Pane::Output, ui);
    let room = usize::from(head.width).saturating_sub(width(&view.text.pane_output()) + 6);
    let (mut parts, meaning) = status(view, ui);
    let dot = format!(" {} ", view.glyphs.dot);
    // What is said first is the first to go where there is no room.
    while parts.len() > 1 && width(&parts.join(&dot)) > room {
        parts.remove(0);
    }
    let status = parts.join(&dot);
    title.push(Span::styled("   ", view.theme.style(Meaning::Base)));
    title.push(Span::styled(fit(&status, room, view.glyphs.ellipsis), view.theme.style(meaning)));
    frame.render_widget(Line::from(title), head);
    if let Some(progress) = progress {
        self::progress(frame, foot, view, progress);
    }
    lines(frame, body, view, ui)
}

/// What runs, for how long, and for how long nothing has come; or whose output it was.
fn status(view: &View<'_>, ui: &Ui) -> (Vec<String>, Meaning) {
    let text = view.text;
    let Some(running) = view.run.running() else {
        if let ShellState::Opening(_) = view.run.shell() {
            return (vec![text.shell_opening()], Meaning::Running);
        }
        if view.live.lines().is_empty() {
            return (vec![text.no_output_yet()], Meaning::Muted);
        }
        let back = match ui.follow() {
            Follow::End => None,
            Follow::From(_) => Some(text.scrolled_back()),
        };
        let older = (view.live.dropped() > 0).then(|| text.older_lines(view.live.dropped()));
        return ([older, back].into_iter().flatten().collect(), Meaning::Muted);
    };
    let looked_after = running.errand == Errand::KeepAlive;
    let mut parts = vec![match running.purpose {
        Purpose::Check if looked_after => text.looking_after(),
        Purpose::Check => text.running_check(),
        Purpose::Apply => text.running_apply(),
    }];
    let seconds = view.now.mono.saturating_sub(running.at.mono) / 1000;
    parts.push(match timeout(view, running) {
        Some(limit) => text.elapsed_of(elapsed(seconds), elapsed(limit)),
        None => elapsed(seconds),
    });
    match running.stopping {
        Some(StopCause::Operator) => parts.push(text.stopping()),
        Some(StopCause::Timeout) => parts.push(text.timed_out_stopping()),
        None => {
            let silent = view.live.silent_seconds(view.now);
            if silent >= SILENCE && running.asking.is_none() && !looked_after {
                parts.push(text.silent_for(silent));
            }
        }
    }
    match ui.follow() {
        Follow::End => {}
        Follow::From(_) => parts.push(text.scrolled_back()),
    }
    (parts, Meaning::Running)
}

/// How many seconds the running command has.
fn timeout(view: &View<'_>, running: &Running) -> Option<u64> {
    let step = view.run.checklist().step(&running.step)?;
    match (&step.kind, running.purpose) {
        (StepKind::Measured { check, .. }, Purpose::Check) => Some(check.timeout.as_secs()),
        (StepKind::Measured { apply, .. }, Purpose::Apply) => {
            apply.as_ref().map(|apply| apply.timeout.as_secs())
        }
        (StepKind::Attested { .. }, Purpose::Check | Purpose::Apply) => None,
    }
}

fn lines(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, ui: &Ui) -> Reach {
    let rows = usize::from(area.height);
    let columns = usize::from(area.width).saturating_sub(5);
    let kept = view.live.lines();
    let oldest = view.live.dropped();
    let wrapped = |line: &shell::Line| wrap(&visible(&line.text), columns);
    // Where the last page begins: as many lines from the end as fit.
    let mut left = rows;
    let on_last_page = kept
        .iter()
        .rev()
        .take_while(|line| {
            let needed = wrapped(line).len();
            let fits = needed <= left;
            left = left.saturating_sub(needed);
            fits
        })
        .count();
    // A last line that is longer than the pane is still shown, from its start.
    let on_last_page = on_last_page.max(usize::from(!kept.is_empty()));
    let end = oldest.saturating_add(u64::try_from(kept.len() - on_last_page).unwrap_or(u64::MAX));
    let top = match ui.follow() {
        Follow::End => end,
        Follow::From(line) => line.clamp(oldest, end),
    };
    let skip = usize::try_from(top.saturating_sub(oldest)).unwrap_or(usize::MAX);
    let drawn = kept.iter().skip(skip).flat_map(|line| {
        let (sign, meaning) = (view.glyphs.stream(line.stream), of_stream(line.stream));
        wrapped(line).into_iter().enumerate().map(move |(row, text)| {
            let sign = if row == 0 { sign } else { " " };
            (sign, text, meaning)
        })
    });
    for ((sign, text, meaning), at) in drawn.zip(area.rows()) {
        let style = view.theme.style(meaning);
        frame.render_widget(Line::from(Span::styled(format!("  {sign} {text}"), style)), at);
    }
    Reach { page: 0, output_top: top, output_rows: area.height, output_end: end }
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

fn progress(frame: &mut Frame<'_>, area: Rect, view: &View<'_>, progress: &Progress) {
    let room = usize::from(area.width).saturating_sub(4);
    let bar = progress
        .percent
        .map(|percent| format!("{} {percent:>3} %  ", bar(view, u64::from(percent), 100, 10)));
    let bar = bar.unwrap_or_default();
    let parts = [&progress.activity, &progress.status];
    let words: Vec<String> =
        parts.into_iter().filter(|part| !part.is_empty()).map(|part| visible(part)).collect();
    let words = fit(&words.join(": "), room.saturating_sub(width(&bar)), view.glyphs.ellipsis);
    let style = view.theme.style(Meaning::Running);
    frame.render_widget(Span::styled(format!("    {bar}{words}"), style), area);
}

/// A bar of `columns`.
pub fn bar(view: &View<'_>, done: u64, all: u64, columns: u16) -> String {
    let columns = u64::from(columns);
    let full = usize::try_from(done.min(all) * columns / all.max(1)).unwrap_or(0);
    let empty = usize::try_from(columns).unwrap_or(0).saturating_sub(full);
    format!("{}{}", view.glyphs.full.repeat(full), view.glyphs.empty.repeat(empty))
}
