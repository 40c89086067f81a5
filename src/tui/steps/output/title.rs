//! The title of the output: whose it is, how it is read, and what runs elsewhere.

use crate::run::{Purpose, Running, ShellState, StopCause};
use crate::text::clock;
use crate::tui::View;
use crate::tui::keymap::{Action, KeyContext};
use crate::tui::steps::output_view::{Follow, OutputPlace};
use crate::tui::steps::state::StepsState;
use crate::tui::theme::Meaning;
use crate::tui::visible::{escape_controls, truncate_to_width, width};

/// From how many silent seconds on the screen says so.
const SILENCE: u64 = 5;

/// One line of so many columns, and what it means.
pub(super) fn title(view: &View<'_>, ui: &StepsState, room: usize) -> (String, Meaning) {
    let (status, meaning) = status(view, ui);
    (title_of(view, status, room), meaning)
}

/// What stands in the pane's title.
#[derive(Default)]
struct Status {
    /// What runs or ran.
    what: Option<String>,
    /// What else there is to say; the first is the first to go where there is no room.
    rest: Vec<String>,
    /// The title of the step that runs, where another is looked at; as much of it as there is room for.
    elsewhere: Option<String>,
}

fn title_of(view: &View<'_>, status: Status, room: usize) -> String {
    /// The fewest columns of a step's title that still tell something.
    const TELLING: usize = 8;
    let dot = format!(" {} ", view.glyphs.dot);
    let Status { what, rest, elsewhere } = status;
    let running = elsewhere.as_ref().map(|_| view.text.word_running());
    let mut parts: Vec<String> = what.into_iter().chain(rest).chain(running).collect();
    while parts.len() > 1 && width(&parts.join(&dot)) > room {
        parts.remove(0);
    }
    let line = parts.join(&dot);
    let left = room.saturating_sub(width(&line) + 2);
    match elsewhere.map(|step| escape_controls(&step)).filter(|step| left >= TELLING.min(width(step))) {
        Some(step) => format!("{line}: {}", truncate_to_width(&step, left, view.glyphs.ellipsis)),
        None => line,
    }
}

/// Whose output it is, or what runs, for how long, and for how long nothing has come.
fn status(view: &View<'_>, ui: &StepsState) -> (Status, Meaning) {
    let text = view.text;
    let elsewhere = view.run.running().filter(|running| {
        view.step(ui.selected()).is_none_or(|step| step.id != running.step) && running.trigger.is_in_front()
    });
    let elsewhere = elsewhere.map(|running| view.title(&running.step));
    let only = |what| Status { what: Some(what), elsewhere: elsewhere.clone(), ..Status::default() };
    let Some((output, place, all)) = ui.output_view().output(view) else {
        return match view.run.shell() {
            ShellState::Opening(_) => (only(text.shell_opening()), Meaning::Running),
            ShellState::Absent | ShellState::Open(..) => (only(text.no_output_yet()), Meaning::Muted),
        };
    };
    if let Some(running) = view.run.running().filter(|running| running.attempt == output.attempt) {
        let rest = clocks(view, running).into_iter().chain(reading(view, ui)).collect();
        return (
            Status { what: Some(view.text.what_runs(running.purpose, running.trigger)), rest, elsewhere },
            Meaning::Running,
        );
    }
    let what = match output.purpose {
        Purpose::Check if ui.output_view().is_live(view.live) && view.live.apply().is_some() => {
            text.output_of_both()
        }
        Purpose::Check => text.output_of_check(),
        Purpose::Apply => text.output_of_apply(),
    };
    let attempt = (all > 1).then(|| text.attempt_of(place, all));
    let at = view.clock(output.at.wall);
    let rest = attempt.into_iter().chain([at]).chain(reading(view, ui)).collect();
    let meaning = if elsewhere.is_some() { Meaning::Running } else { Meaning::Muted };
    (Status { what: Some(what), rest, elsewhere }, meaning)
}

/// How it is read: which stream, what was found, whether it is scrolled back, and what is still looked for.
fn reading(view: &View<'_>, ui: &StepsState) -> Vec<String> {
    let text = view.text;
    let output_view = ui.output_view();
    let back = match output_view.follow() {
        Follow::End => None,
        Follow::From(_) => {
            Some(text.scrolled_back(view.keys.name_of(KeyContext::Busy, Action::Follow, text)))
        }
    };
    let stream = output_view.only().map(|stream| text.only_stream(text.stream(stream)));
    let found = output_view.found().map(|(place, all)| text.found_of(place, all));
    let work = match output_view.place() {
        OutputPlace::File(file) => {
            let looking = file.looking().map(|percent| text.output_looked_at(percent));
            looking.or_else(|| file.sifting().map(|percent| text.output_searched(percent)))
        }
        OutputPlace::Nowhere | OutputPlace::Live | OutputPlace::Faulty(..) | OutputPlace::Lost => None,
    };
    // Of where it was scrolled to, what was found says enough.
    [stream, found.or(back), work].into_iter().flatten().collect()
}

/// For how long it runs, and for how long nothing has come.
fn clocks(view: &View<'_>, running: &Running) -> Vec<String> {
    let text = view.text;
    let seconds = view.now.mono.saturating_sub(running.at.mono) / 1000;
    let silent = view.live.silent_seconds(view.now);
    let is_own = view.live.attempt() == Some(running.attempt);
    let more = match running.stopping {
        Some(StopCause::Operator) => Some(text.stopping()),
        Some(StopCause::Timeout) => Some(text.timed_out_stopping()),
        None if silent >= SILENCE && running.asking.is_none() && is_own => Some(text.silent_for(silent)),
        None => None,
    };
    let batch = view.run.batch(view.now).map(|batch| text.batch(&batch));
    [batch, Some(text.elapsed_of(clock(seconds), clock(running.limit_ms / 1000))), more]
        .into_iter()
        .flatten()
        .collect()
}
