//! How the operator reads the output of a step: which of its commands', from which line on, which stream, wrapped or cut, and
//! what is searched for.
//!
//! Lines are numbered from the command's first, as [`OutputBuffer::dropped`] counts.

mod place;
mod search;
mod write;

use super::sift::Wanted;
use crate::checklist::StepId;
use crate::run::{Attempt, CommandOutput};
use crate::shell::Stream;
use crate::tui::View;
use crate::tui::field::TextField;
use crate::tui::keymap::KeyContext;
use crate::tui::viewport::{Direction, Viewport};
use crate::wizard::OutputBuffer;
pub(super) use place::OutputPlace;
use write::Writing;

/// Where the output is shown from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Follow {
    /// Its end, whatever comes.
    #[default]
    End,
    /// From the line of this number on, counted from the command's first.
    From(u64),
}

/// What becomes of a line that is longer than the pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WrapMode {
    /// It goes on in the next row.
    #[default]
    Wrapped,
    /// It is cut, and scrolled sideways.
    Cut,
}

/// How the output is read.
#[derive(Debug, Default)]
pub struct OutputView {
    of: Option<(StepId, Attempt)>,
    /// The command whose output the operator wants to see; else it is the last.
    chosen: Option<(StepId, Attempt)>,
    place: OutputPlace,
    follow: Follow,
    only: Option<Stream>,
    wrap: WrapMode,
    right: usize,
    typed: Option<Typed>,
    sought: String,
    hit: Option<u64>,
    /// Which of how many lines with the words that is.
    found: Option<(u64, u64)>,
    /// The way to the next line with the words, and from which line on, until it is found.
    seeking: Option<(Direction, u64)>,
    writing: Option<Writing>,
}

/// What is typed below the output.
#[derive(Debug)]
enum Typed {
    /// Words to search for.
    Words(TextField),
    /// The name of a file to write into.
    Name(TextField),
}

impl OutputView {
    /// Where the output is shown from.
    pub const fn follow(&self) -> Follow {
        self.follow
    }

    /// The only stream that is shown, if not all are.
    pub const fn only(&self) -> Option<Stream> {
        self.only
    }

    /// What becomes of long lines.
    pub const fn wrap_mode(&self) -> WrapMode {
        self.wrap
    }

    /// How many columns are scrolled to the right.
    pub const fn right(&self) -> usize {
        self.right
    }

    /// What is typed below the output, and where such a key is pressed.
    pub(super) fn typed(&self) -> Option<(&TextField, KeyContext)> {
        self.typed.as_ref().map(|typed| match typed {
            Typed::Words(field) => (field, KeyContext::Searching),
            Typed::Name(field) => (field, KeyContext::Naming),
        })
    }

    /// The line that was found last.
    pub const fn hit(&self) -> Option<u64> {
        self.hit
    }

    /// Which of how many lines with the words was found last.
    pub const fn found(&self) -> Option<(u64, u64)> {
        self.found
    }

    /// Whether words are searched for that were not found yet.
    pub(super) const fn is_seeking(&self) -> bool {
        self.seeking.is_some()
    }

    pub(super) const fn place(&self) -> &OutputPlace {
        &self.place
    }

    /// The output that is shown of a step, and which of how many it is.
    pub(super) fn output<'a>(&self, view: &View<'a>) -> Option<(&'a CommandOutput, usize, usize)> {
        let (step, attempt) = self.of.as_ref()?;
        let outputs = view.outputs.of(step);
        let place = outputs.iter().position(|output| output.attempt == *attempt)?;
        Some((outputs.get(place)?, place + 1, outputs.len()))
    }

    /// Another command has begun.
    pub(super) fn begin(&mut self) {
        self.chosen = None;
        self.read_anew();
    }

    fn read_anew(&mut self) {
        self.writing.take_if(|writing| matches!(writing, Writing::Done { .. }));
        (self.follow, self.only, self.right) = (Follow::End, None, 0);
        self.stop_search();
    }

    /// Brings it into line with the run: whose output it is, where that is, and which lines are at hand in a window of so many
    /// rows.
    pub(super) fn sync(&mut self, view: &View<'_>, step: &StepId, rows: u16) {
        let outputs = view.outputs.of(step);
        self.chosen.take_if(|(own, _)| own != step);
        let own = |output: &&CommandOutput| {
            self.chosen.as_ref().is_some_and(|(_, attempt)| *attempt == output.attempt)
        };
        let output = outputs.iter().find(own).or_else(|| last(outputs));
        let of = output.map(|output| (step.clone(), output.attempt));
        if self.of != of {
            self.of = of;
            self.place = OutputPlace::Nowhere;
            self.read_anew();
        }
        if let Some(output) = output {
            self.find(view, step, output);
        }
        let around = match self.follow {
            Follow::End => None,
            Follow::From(number) => Some(number),
        };
        if let OutputPlace::File(file) = &mut self.place {
            file.sync(around, rows.into());
        }
        self.found = self.hit.and_then(|hit| {
            if let OutputPlace::File(file) = &mut self.place {
                return file.place(hit);
            }
            let hits = self.hits(view.live);
            let at = hits.iter().position(|number| *number == hit)?;
            Some((count(at) + 1, count(hits.len())))
        });
    }

    /// Whether there is something to be looked at that takes longer than a frame.
    pub(super) fn has_work(&self) -> bool {
        if self.is_writing() {
            return true;
        }
        match &self.place {
            OutputPlace::File(file) => file.has_work(),
            OutputPlace::Nowhere | OutputPlace::Live | OutputPlace::Faulty(..) | OutputPlace::Lost => false,
        }
    }

    /// Does a part of that; gives what there is to say of it.
    pub(super) fn work(&mut self, view: &View<'_>) -> Option<String> {
        if self.is_writing() {
            return self.write_on(view);
        }
        if let OutputPlace::File(file) = &mut self.place {
            let was_looking = file.looking().is_some();
            file.work();
            if was_looking && file.looking().is_none() {
                file.show(Wanted::of(self.only));
            } else if file.is_settled() && file.shown.found() == 0 && self.only.is_some() {
                // There is nothing of that stream.
                self.show_only(self.only.and_then(after));
            }
        }
        self.settle().map(|words| view.text.found_none(words))
    }

    fn show_only(&mut self, only: Option<Stream>) {
        self.only = only;
        if let OutputPlace::File(file) = &mut self.place {
            file.show(Wanted::of(only));
            file.hits = None;
            self.seeking = None;
            self.hit = None;
        }
    }

    /// Shows the output of an older or a newer command of the step.
    pub(super) fn walk(&mut self, view: &View<'_>, way: Direction) {
        let (Some((step, _)), Some((_, place, _))) = (&self.of, self.output(view)) else { return };
        let place = match way {
            Direction::Back => place.checked_sub(2),
            Direction::On => Some(place),
        };
        if let Some(other) = place.and_then(|place| view.outputs.of(step).get(place)) {
            self.chosen = Some((step.clone(), other.attempt));
        }
    }

    pub(super) const fn show_end(&mut self) {
        self.follow = Follow::End;
    }

    /// Goes to the oldest line that is kept.
    pub(super) const fn show_start(&mut self) {
        self.follow = Follow::From(0);
    }

    /// Goes so many lines back or on from what was seen last; the end is followed.
    pub(super) fn scroll(&mut self, live: &OutputBuffer, viewport: &Viewport, way: Direction, lines: usize) {
        let shown = self.shown(live);
        let top = shown.iter().position(|(number, _)| *number >= viewport.output_top).unwrap_or(shown.len());
        let to = match way {
            Direction::Back => top.saturating_sub(lines),
            Direction::On => top.saturating_add(lines),
        };
        self.follow = match shown.get(to) {
            Some((number, _)) if *number < viewport.output_end => Follow::From(*number),
            Some(_) | None => Follow::End,
        };
    }

    /// Goes to the left or right, as far as lines go that were seen last; whether there was a way to go.
    pub(super) fn scroll_sideways(&mut self, viewport: &Viewport, way: Direction) -> bool {
        let most = viewport.output_right;
        let was = self.right.min(most);
        let half = usize::from(viewport.output_columns / 2).max(1);
        self.right = match (self.wrap, way) {
            (WrapMode::Wrapped, _) => was,
            (WrapMode::Cut, Direction::Back) => was.saturating_sub(half),
            (WrapMode::Cut, Direction::On) => (was + half).min(most),
        };
        self.right != was
    }

    /// Shows only the next of the streams that there are, and after the last one all of them.
    pub(super) fn next_stream(&mut self, live: &OutputBuffer) {
        let is_live = self.is_live(live);
        let there = |stream: &Stream| live.lines().iter().any(|line| line.stream == *stream);
        let mut next = self.only.map_or(STREAMS.first().copied(), after);
        while let Some(stream) = next.filter(|stream| is_live && !there(stream)) {
            next = after(stream);
        }
        self.show_only(next);
    }

    /// Wraps long lines, or cuts them.
    pub(super) const fn toggle_wrap(&mut self) {
        self.right = 0;
        self.wrap = match self.wrap {
            WrapMode::Wrapped => WrapMode::Cut,
            WrapMode::Cut => WrapMode::Wrapped,
        };
    }
}

const STREAMS: [Stream; 7] = [
    Stream::Error,
    Stream::Warning,
    Stream::Output,
    Stream::Information,
    Stream::Verbose,
    Stream::Debug,
    Stream::Noise,
];

/// The stream that is shown alone after that one.
fn after(stream: Stream) -> Option<Stream> {
    STREAMS.iter().copied().skip_while(|own| *own != stream).nth(1)
}

/// The one that is shown of a step: the last that was not only looked after, if there is one.
fn last(outputs: &[CommandOutput]) -> Option<&CommandOutput> {
    let own = outputs.iter().rfind(|output| output.trigger.is_in_front());
    own.or(outputs.last())
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
