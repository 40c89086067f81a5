//! What the running command shows while it runs. Not part of the truth: it is drawn, and forgotten.

use std::collections::VecDeque;

use super::activities::Activities;
use crate::checklist::StepId;
use crate::run::{ApplyEnd, Attempt, LastApply, LeftOut, Moment, Purpose, Running};
use crate::shell::{Line, Progress};

/// How many lines are kept for the screen; the transcript has more of them.
pub(crate) const LINES_KEPT: usize = 2_000;
/// How many characters of a line are kept for the screen.
const LINE_KEPT: usize = 4_096;

/// Whose output it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputSource {
    pub attempt: Attempt,
    pub step: StepId,
    /// Its check or its apply.
    pub purpose: Purpose,
    pub at: Moment,
}

/// The output of the last command, as far as a screen shows it.
#[derive(Clone, Debug, Default)]
pub struct OutputBuffer {
    of: Option<OutputSource>,
    /// The apply that `of` is the own check of; its lines stand before.
    apply: Option<OutputSource>,
    /// The number of the first line of `of`.
    first: u64,
    lines: VecDeque<Line>,
    dropped: u64,
    activities: Activities,
    left_out: Option<LeftOut>,
    last_output: Moment,
}

impl OutputBuffer {
    /// Empties the pane for a new command. What an apply printed stays when its own check follows: it is what one wants to
    /// read, and the check comes within milliseconds.
    pub fn begin(&mut self, running: &Running, applied: Option<&LastApply>) {
        let apply = self.of.take().filter(|last| {
            let own = |applied: &LastApply| match applied.end {
                ApplyEnd::Done | ApplyEnd::Failed => applied.attempt == last.attempt,
                ApplyEnd::Interrupted => false,
            };
            (last.purpose, running.purpose) == (Purpose::Apply, Purpose::Check)
                && last.step == running.step
                && applied.is_some_and(own)
        });
        if apply.is_none() {
            self.lines.clear();
            self.dropped = 0;
        }
        self.first = self.dropped.saturating_add(u64::try_from(self.lines.len()).unwrap_or(u64::MAX));
        self.apply = apply;
        self.activities = Activities::default();
        self.left_out = None;
        self.last_output = running.at;
        self.of = Some(OutputSource {
            attempt: running.attempt,
            step: running.step.clone(),
            purpose: running.purpose,
            at: running.at,
        });
    }

    /// As much of a line as a screen shows.
    pub(crate) fn cut(mut line: Line) -> Line {
        if let Some((end, _)) = line.text.char_indices().nth(LINE_KEPT) {
            line.text.truncate(end);
            line.text.push('…');
        }
        line
    }

    pub fn push(&mut self, line: Line, now: Moment) {
        if self.lines.len() == LINES_KEPT {
            self.lines.pop_front();
            self.dropped += 1;
        }
        self.lines.push_back(Self::cut(line));
        self.last_output = now;
    }

    pub fn progress(&mut self, progress: Progress, now: Moment) {
        self.activities.update(progress);
        self.last_output = now;
    }

    /// A question was answered: what follows is awaited from now on.
    pub const fn heard(&mut self, now: Moment) {
        self.last_output = now;
    }

    /// What the transcript has no room for.
    pub const fn left_out_is(&mut self, left_out: Option<LeftOut>) {
        self.left_out = left_out;
    }

    /// What the transcript of [`Self::of`] has no room for.
    pub const fn left_out(&self) -> Option<LeftOut> {
        self.left_out
    }

    /// The command is over: its progress is not shown any more.
    pub fn end(&mut self) {
        self.activities = Activities::default();
    }

    /// Which command's output it is.
    pub fn attempt(&self) -> Option<Attempt> {
        self.of.as_ref().map(|of| of.attempt)
    }

    /// Whose output it is.
    pub const fn of(&self) -> Option<&OutputSource> {
        self.of.as_ref()
    }

    /// The apply whose lines stand before, where [`Self::of`] is its own check.
    pub const fn apply(&self) -> Option<&OutputSource> {
        self.apply.as_ref()
    }

    /// The number of the first line of [`Self::of`], counted as [`Self::dropped`] counts.
    pub const fn first(&self) -> u64 {
        self.first
    }

    /// The lines, the oldest first.
    pub const fn lines(&self) -> &VecDeque<Line> {
        &self.lines
    }

    /// How many older lines are only in the transcript.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// What the running command says it is about.
    pub const fn activities(&self) -> &Activities {
        &self.activities
    }

    /// For how many seconds nothing has come.
    pub fn silent_seconds(&self, now: Moment) -> u64 {
        now.mono.saturating_sub(self.last_output.mono) / 1000
    }
}
