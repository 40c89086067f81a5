//! How the operator reads the output: from which line on, which stream, wrapped or cut, and what is searched for.
//!
//! Lines are numbered from the command's first, as [`OutputBuffer::dropped`] counts.

use crate::shell::{Line, Stream};
use crate::tui::field::{Edit, TextField};
use crate::tui::viewport::Viewport;
use crate::wizard::OutputBuffer;

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
    Cut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Back,
    On,
}

/// How the output is read.
#[derive(Debug, Default)]
pub struct OutputView {
    follow: Follow,
    only: Option<Stream>,
    wrap: WrapMode,
    typed: Option<TextField>,
    sought: String,
    hit: Option<u64>,
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

    /// The words to search for, while they are typed.
    pub const fn typed(&self) -> Option<&TextField> {
        self.typed.as_ref()
    }

    /// The line that was found last.
    pub const fn hit(&self) -> Option<u64> {
        self.hit
    }

    /// The lines that are shown, with their numbers.
    pub fn shown<'a>(&self, live: &'a OutputBuffer) -> Vec<(u64, &'a Line)> {
        let numbered = (live.dropped()..).zip(live.lines());
        numbered.filter(|(_, line)| self.only.is_none_or(|only| line.stream == only)).collect()
    }

    /// Another command has begun.
    pub fn begin(&mut self) {
        (self.follow, self.only, self.hit) = (Follow::End, None, None);
    }

    pub const fn show_end(&mut self) {
        self.follow = Follow::End;
    }

    /// Goes to the oldest line that is kept.
    pub const fn show_start(&mut self) {
        self.follow = Follow::From(0);
    }

    /// Goes so many lines back or on from what was seen last; the end is followed.
    pub fn scroll(&mut self, live: &OutputBuffer, viewport: &Viewport, way: Direction, lines: usize) {
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

    /// Shows only the next of the streams that there are, and after the last one all of them.
    pub fn next_stream(&mut self, live: &OutputBuffer) {
        const STREAMS: [Stream; 7] = [
            Stream::Error,
            Stream::Warning,
            Stream::Output,
            Stream::Information,
            Stream::Verbose,
            Stream::Debug,
            Stream::Noise,
        ];
        let there = |stream: &Stream| live.lines().iter().any(|line| line.stream == *stream);
        let current = STREAMS.iter().position(|stream| Some(*stream) == self.only).map_or(0, |at| at + 1);
        self.only = STREAMS.iter().copied().skip(current).find(there);
    }

    /// Wraps long lines, or cuts them.
    pub const fn toggle_wrap(&mut self) {
        self.wrap = match self.wrap {
            WrapMode::Wrapped => WrapMode::Cut,
            WrapMode::Cut => WrapMode::Wrapped,
        };
    }

    /// Begins to ask for words to search for.
    pub fn ask(&mut self) {
        self.typed = Some(TextField::default());
    }

    /// Changes the words that are typed.
    pub fn edit(&mut self, edit: Edit) {
        if let Some(field) = &mut self.typed {
            field.edit(edit);
        }
    }

    /// Leaves the words that are typed.
    pub fn leave(&mut self) {
        self.typed = None;
    }

    /// Takes the words that are typed and goes to the first line with them from what was seen last on. Gives words that no
    /// line has.
    pub fn search(&mut self, live: &OutputBuffer, viewport: &Viewport) -> Option<String> {
        self.sought = self.typed.take().map(|field| field.text().to_lowercase()).unwrap_or_default();
        self.hit = None;
        self.seek(live, viewport, Direction::On)
    }

    /// Goes to the next line with the words, and past the last one begins anew. Gives words that no line has.
    pub fn seek(&mut self, live: &OutputBuffer, viewport: &Viewport, way: Direction) -> Option<String> {
        if self.sought.is_empty() {
            return None;
        }
        let hits = self.hits(live);
        let (last, from) = (self.hit, viewport.output_top);
        let next = match way {
            Direction::On => {
                let after = |number: &u64| last.map_or(*number >= from, |last| *number > last);
                hits.iter().copied().find(after).or_else(|| hits.first().copied())
            }
            Direction::Back => {
                let before = |number: &u64| *number < last.unwrap_or(from);
                hits.iter().rev().copied().find(before).or_else(|| hits.last().copied())
            }
        };
        self.hit = next;
        match next {
            Some(number) => {
                self.follow = Follow::From(number);
                None
            }
            None => Some(self.sought.clone()),
        }
    }

    /// Which of how many lines with the words was found last.
    pub fn place(&self, live: &OutputBuffer) -> Option<(usize, usize)> {
        let hit = self.hit?;
        let hits = self.hits(live);
        hits.iter().position(|number| *number == hit).map(|at| (at + 1, hits.len()))
    }

    fn hits(&self, live: &OutputBuffer) -> Vec<u64> {
        let has = |line: &Line| line.text.to_lowercase().contains(&self.sought);
        self.shown(live).into_iter().filter(|(_, line)| has(line)).map(|(number, _)| number).collect()
    }
}
