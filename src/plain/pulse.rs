//! What is told of a command while it runs: its activities, and that it still runs where nothing else is told.

use std::collections::HashMap;
use std::time::Duration;

use crate::run::verdict::SILENCE_MS;
use crate::run::{Attempt, Moment, Run, Running, StopCause};
use crate::sanitize::escape_controls;
use crate::shell::{Progress, Stream};
use crate::text::{Text, clock};
use crate::wizard::OutputBuffer;

/// After how many silent milliseconds it is told that a command still runs.
pub(super) const EVERY: u64 = 30_000;
/// An activity is told of once in so many milliseconds at the most: one may be renamed with each mailbox of thousands.
const APART: u64 = 2_000;

/// What was told of the command that runs.
pub struct Pulse {
    every: u64,
    of: Option<Attempt>,
    activities: HashMap<i32, Told>,
    /// When something was told of it last.
    last: u64,
    /// Whether it was told that it may wait in vain.
    warned: bool,
}

/// What was told of an activity, and when.
struct Told {
    name: String,
    tenths: u8,
    at: u64,
}

impl Pulse {
    /// Tells that a command still runs after so many silent milliseconds.
    pub fn new(every: u64) -> Self {
        Self { every, of: None, activities: HashMap::new(), last: 0, warned: false }
    }

    /// What is to be told by now. `keys` says what may be done meanwhile.
    pub fn lines(
        &mut self,
        run: &Run,
        live: &OutputBuffer,
        now: Moment,
        text: Text,
        keys: &str,
    ) -> Vec<String> {
        let Some(running) = run.foreground_command() else { return Vec::new() };
        if self.of != Some(running.attempt) {
            *self = Self { of: Some(running.attempt), last: running.at.mono, ..Self::new(self.every) };
        }
        if running.asking.is_some() {
            self.last = now.mono;
            return Vec::new();
        }
        let mut lines = if live.attempt() == self.of { self.activities(live, now, text) } else { Vec::new() };
        if lines.is_empty() && now.mono.saturating_sub(self.last) >= self.every {
            lines.push(still_running(running, now, text, keys));
            if !self.warned && live.silent_seconds(now) * 1000 >= SILENCE_MS {
                self.warned = true;
                lines.push(text.waits_in_vain());
            }
        }
        if !lines.is_empty() {
            self.last = now.mono;
        }
        lines
    }

    /// Something else was told of the command.
    pub(super) const fn heard(&mut self, now: Moment) {
        self.last = now.mono;
    }

    /// In how much time it is to be told that the command still runs.
    pub(super) fn due(&self, now: Moment) -> Duration {
        Duration::from_millis(self.last.saturating_add(self.every).saturating_sub(now.mono).max(1))
    }

    /// Those that began, were renamed, or are another tenth further.
    fn activities(&mut self, live: &OutputBuffer, now: Moment, text: Text) -> Vec<String> {
        let mut lines = Vec::new();
        for activity in live.activities().tree() {
            let progress = activity.progress;
            let tenths = progress.percent.map_or(0, |percent| percent / 10);
            let is_told = self.activities.get(&progress.activity_id).is_some_and(|told| {
                let same = told.name == progress.activity && told.tenths == tenths;
                same || now.mono.saturating_sub(told.at) < APART
            });
            if !is_told {
                let told = Told { name: progress.activity.clone(), tenths, at: now.mono };
                self.activities.insert(progress.activity_id, told);
                lines.push(words(progress, text));
            }
        }
        lines
    }
}

/// Behind the bar: the words are the command's.
fn words(progress: &Progress, text: Text) -> String {
    let percent = progress.percent.map(|percent| format!("{percent} %"));
    let parts: Vec<String> = percent.into_iter().chain(text.activity(progress)).collect();
    format!("  {} | {}", text.stream(Stream::Progress), escape_controls(&parts.join(", ")))
}

fn still_running(running: &Running, now: Moment, text: Text, keys: &str) -> String {
    let seconds = now.mono.saturating_sub(running.at.mono) / 1000;
    let progress = text.wait_elapsed(clock(seconds), clock(running.limit_ms / 1000));
    match running.stopping {
        None => text.plain_still_running(progress, keys),
        Some(StopCause::Operator) => text.plain_still_stopping(progress, text.stopping()),
        Some(StopCause::Timeout) => text.plain_still_stopping(progress, text.timed_out_stopping()),
    }
}
