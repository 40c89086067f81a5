//! What the running command shows while it runs. Not part of the truth: it is drawn, and forgotten.

use std::collections::VecDeque;

use crate::run::{Attempt, Moment};
use crate::shell::{Line, Progress};

/// How many lines are kept for the screen; all of them are in the transcript.
pub const LINES_KEPT: usize = 2_000;
/// How many characters of a line are kept for the screen.
const LINE_KEPT: usize = 4_096;

/// The output of the last command, as far as a screen shows it.
#[derive(Clone, Debug, Default)]
pub struct Live {
    attempt: Option<Attempt>,
    lines: VecDeque<Line>,
    dropped: u64,
    progress: Option<Progress>,
    last_output: Moment,
}

impl Live {
    /// Empties the pane for a new command.
    pub fn begin(&mut self, attempt: Attempt, now: Moment) {
        *self = Self { attempt: Some(attempt), last_output: now, ..Self::default() };
    }

    /// Adds a line.
    pub fn push(&mut self, mut line: Line, now: Moment) {
        if let Some((end, _)) = line.text.char_indices().nth(LINE_KEPT) {
            line.text.truncate(end);
            line.text.push('…');
        }
        if self.lines.len() == LINES_KEPT {
            self.lines.pop_front();
            self.dropped += 1;
        }
        self.lines.push_back(line);
        self.last_output = now;
    }

    /// Shows progress.
    pub fn progress_is(&mut self, progress: Progress, now: Moment) {
        self.progress = Some(progress);
        self.last_output = now;
    }

    /// The command is over: its progress is not shown any more.
    pub fn end(&mut self) {
        self.progress = None;
    }

    /// Whose output it is.
    pub const fn attempt(&self) -> Option<Attempt> {
        self.attempt
    }

    /// The lines, the oldest first.
    pub const fn lines(&self) -> &VecDeque<Line> {
        &self.lines
    }

    /// How many older lines are only in the transcript.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The last progress record of the running command.
    pub const fn progress(&self) -> Option<&Progress> {
        self.progress.as_ref()
    }

    /// For how many seconds nothing has come.
    pub fn silent_seconds(&self, now: Moment) -> u64 {
        now.mono.saturating_sub(self.last_output.mono) / 1000
    }
}
