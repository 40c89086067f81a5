//! Reports on their way out, so that a full channel never keeps a shell from looking at its requests.

use std::collections::VecDeque;

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::formatting::Formatter;
use super::wait::until;
use super::{Line, ShellEvent, ShellExit, Stream, recorded};
use crate::run::value::Value;
use crate::run::{Attempt, Failure, OutcomeEnd};

/// How many reports wait before a shell should stop reading its command's output.
const FULL: usize = super::CHANNEL;
/// How long rows of a table wait for others at the most, so that its columns fit; PowerShell has them wait as long.
const GATHERS: Duration = Duration::from_millis(300);

/// Reports that the channel has not taken yet.
pub(super) struct ReportQueue {
    waiting: VecDeque<ShellEvent>,
    /// The objects of the command that runs, as lines.
    objects: Option<(Attempt, Formatter)>,
    /// When lines that are held back are told at the latest.
    due: Option<Instant>,
    channel: mpsc::Sender<ShellEvent>,
}

/// Nobody listens any more.
pub(super) struct ChannelClosed;

impl ReportQueue {
    pub(super) fn new(channel: mpsc::Sender<ShellEvent>) -> Self {
        Self { waiting: VecDeque::new(), objects: None, due: None, channel }
    }

    /// Puts a report last.
    pub(super) fn push(&mut self, report: ShellEvent) {
        // How far a command is stands beside its lines, not among them.
        if !matches!(report, ShellEvent::Progress(..)) {
            self.release();
        }
        self.waiting.push_back(report);
    }

    /// Puts each line of `text` last.
    pub(super) fn push_lines(&mut self, attempt: Attempt, stream: Stream, text: &str) {
        self.release();
        // A warning is one although it has no words.
        let text = if text.is_empty() && stream == Stream::Warning { "\n" } else { text };
        let lines =
            text.lines().map(|text| ShellEvent::Line(attempt, Line { stream, text: text.to_owned() }));
        self.waiting.extend(lines);
    }

    /// Puts an object of the output stream last, as lines, which may be held back, and as itself.
    pub(super) fn push_row(&mut self, attempt: Attempt, row: Value) {
        if self.objects.as_ref().is_none_or(|(of, _)| *of != attempt) {
            self.release();
            self.objects = Some((attempt, Formatter::default()));
        }
        if let Some((_, formatter)) = &mut self.objects {
            self.waiting.extend(formatter.put(&row).into_iter().map(|text| output(attempt, text)));
            let held = formatter.is_holding();
            self.due = held.then(|| self.due.unwrap_or_else(|| Instant::now() + GATHERS));
        }
        self.waiting.push_back(ShellEvent::Row(attempt, row));
    }

    /// Tells the lines that are held back.
    fn release(&mut self) {
        self.due = None;
        if let Some((attempt, formatter)) = &mut self.objects {
            let attempt = *attempt;
            self.waiting.extend(formatter.release().into_iter().map(|text| output(attempt, text)));
        }
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

    /// Whether there is nothing to deliver, now or later.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.due.is_none()
    }

    /// Whether the command should be slowed down.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= FULL
    }

    /// Hands over as many reports as the channel takes, waiting for the first place. Safe to cancel: a report leaves
    /// the outbox only when its place is taken.
    pub(super) async fn deliver(&mut self) -> Result<(), ChannelClosed> {
        if self.waiting.is_empty() {
            until(self.due).await;
            self.release();
        }
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

fn output(attempt: Attempt, text: String) -> ShellEvent {
    ShellEvent::Line(attempt, Line { stream: Stream::Output, text })
}
