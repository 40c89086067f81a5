//! Reports on their way out, so that a full channel never keeps a shell from looking at its requests.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use super::{Line, ShellEvent, ShellExit, Stream, recorded};
use crate::run::value::Value;
use crate::run::{Attempt, Failure, OutcomeEnd};

/// How many reports wait before a shell should stop reading its command's output.
const FULL: usize = super::CHANNEL;

/// Reports that the channel has not taken yet.
pub(super) struct ReportQueue {
    waiting: VecDeque<ShellEvent>,
    /// Whose last row stands as a list.
    list_of: Option<Attempt>,
    channel: mpsc::Sender<ShellEvent>,
}

/// Nobody listens any more.
pub(super) struct ChannelClosed;

impl ReportQueue {
    pub(super) fn new(channel: mpsc::Sender<ShellEvent>) -> Self {
        Self { waiting: VecDeque::new(), list_of: None, channel }
    }

    /// Puts a report last.
    pub(super) fn push(&mut self, report: ShellEvent) {
        self.waiting.push_back(report);
    }

    /// Puts each line of `text` last.
    pub(super) fn push_lines(&mut self, attempt: Attempt, stream: Stream, text: &str) {
        // A warning is one although it has no words.
        let text = if text.is_empty() && stream == Stream::Warning { "\n" } else { text };
        let lines =
            text.lines().map(|text| ShellEvent::Line(attempt, Line { stream, text: text.to_owned() }));
        self.waiting.extend(lines);
    }

    /// Puts an object of the output stream last, as lines and as itself. Between two lists stands an empty line.
    pub(super) fn push_row(&mut self, attempt: Attempt, row: Value) {
        let list = row.as_list();
        let before = std::mem::replace(&mut self.list_of, list.as_ref().map(|_| attempt));
        if list.is_some() && before == Some(attempt) {
            self.push(ShellEvent::Line(attempt, Line { stream: Stream::Output, text: String::new() }));
        }
        self.push_lines(attempt, Stream::Output, &list.unwrap_or_else(|| row.display()));
        self.push(ShellEvent::Row(attempt, row));
    }

    /// Puts an error record last, as lines and as itself.
    pub(super) fn push_error(&mut self, attempt: Attempt, failure: Failure) {
        self.push_lines(attempt, Stream::Error, &failure.message);
        self.push(ShellEvent::Error(attempt, failure));
    }

    /// Refuses a command that comes while another runs.
    pub(super) fn refuse(&mut self, attempt: Attempt) {
        self.push_error(attempt, recorded::busy());
        self.push(ShellEvent::Ended(attempt, OutcomeEnd::Threw));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether the command should be slowed down.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= FULL
    }

    /// Hands over as many reports as the channel takes, waiting for the first place. Safe to cancel: a report leaves
    /// the outbox only when its place is taken.
    pub(super) async fn deliver(&mut self) -> Result<(), ChannelClosed> {
        let first = self.channel.reserve().await.map_err(|_closed| ChannelClosed)?;
        let Some(report) = self.waiting.pop_front() else { return Ok(()) };
        first.send(report);
        while !self.waiting.is_empty() {
            let Ok(permit) = self.channel.try_reserve() else { break };
            if let Some(report) = self.waiting.pop_front() {
                permit.send(report);
            }
        }
        Ok(())
    }

    /// Hands over everything, and then that the shell is gone.
    pub(super) async fn finish(mut self, gone: ShellExit) {
        self.push(ShellEvent::Exited(gone));
        while !self.is_empty() && self.deliver().await.is_ok() {}
    }
}
