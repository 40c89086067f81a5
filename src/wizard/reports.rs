//! What the shell says and what the clock says: taken in, cleaned of secrets, and turned into commands.

use std::borrow::Cow;
use std::time::Instant;

use super::collect::Collector;
use super::{Trouble, Wizard, recorded};
use crate::run::{Attempt, Command, OutcomeEnd, ShellGone, Timer};
use crate::shell::{CHANNEL, Line, ShellEvent, ShellExit, ShellFault};

impl Wizard {
    pub(super) async fn next_report(&mut self) -> Result<(), Trouble> {
        enum Wakeup {
            Report(Option<ShellEvent>),
            Timer,
        }
        if self.halted.is_some() {
            return std::future::pending().await;
        }
        if let Some(ended) = self.ended.take() {
            return self.report(ended);
        }
        let due = self.timers.iter().map(|(at, _)| *at).min();
        let timer = async {
            match due {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        let report = async {
            match &mut self.port {
                Some(port) => port.reports.recv().await,
                None => std::future::pending().await,
            }
        };
        let came = tokio::select! {
            report = report => Wakeup::Report(report),
            () = timer => Wakeup::Timer,
        };
        match came {
            Wakeup::Timer => self.fire(),
            Wakeup::Report(first) => {
                let mut next = first;
                // What has already come is handled in one go, so that a flood does not cost a frame a line.
                for position in 0..CHANNEL {
                    let gone = next.is_none();
                    let report =
                        next.unwrap_or(ShellEvent::Exited(ShellExit::Died(ShellFault::ChannelClosed)));
                    // The last lines of a command are seen before its end begins the next one.
                    if position > 0 && matches!(report, ShellEvent::Ended(..)) {
                        self.ended = Some(report);
                        return Ok(());
                    }
                    self.report(report)?;
                    if gone {
                        return Ok(());
                    }
                    match self.port.as_mut().and_then(|port| port.reports.try_recv().ok()) {
                        Some(report) => next = Some(report),
                        None => break,
                    }
                }
                // What is shown is read from there.
                let flushed = self.collector.as_mut().map_or(Ok(()), Collector::flush);
                flushed.map_err(|error| self.halt(error))
            }
        }
    }

    pub(super) fn fire(&mut self) -> Result<(), Trouble> {
        let now = Instant::now();
        let due: Vec<Timer> =
            self.timers.iter().filter(|(at, _)| *at <= now).map(|(_, timer)| *timer).collect();
        self.timers.retain(|(at, _)| *at > now);
        due.into_iter().try_for_each(|timer| self.command(Command::Fired(timer)))
    }

    /// What gathers the output of that attempt, if it is the one that runs.
    fn collecting(&mut self, attempt: Attempt) -> Option<&mut Collector> {
        self.collector.as_mut().filter(|own| own.attempt == attempt)
    }

    pub(super) fn report(&mut self, report: ShellEvent) -> Result<(), Trouble> {
        match report {
            ShellEvent::Opened(about) => self.command(Command::ShellOpened(about)),
            ShellEvent::Line(attempt, line) => self.line(attempt, line),
            ShellEvent::Row(attempt, value) => {
                let cleaned = self.scrubber.value(value);
                let kept = self.collecting(attempt).map_or(Ok(()), |collector| collector.row(cleaned));
                kept.map_err(|error| self.halt(error))
            }
            ShellEvent::Error(attempt, failure) => {
                let failure = self.scrubber.failure(failure);
                if let Some(collector) = self.collecting(attempt) {
                    collector.judge.failure(failure);
                }
                Ok(())
            }
            ShellEvent::Progress(attempt, progress) => {
                let now = self.clock.now();
                if let Some(collector) = self.collecting(attempt) {
                    collector.judge.heard(now);
                }
                if self.live.attempt() == Some(attempt) {
                    self.live.progress(self.scrubber.progress(progress), now);
                }
                Ok(())
            }
            ShellEvent::Asks(attempt, call, prompt) => {
                let prompt = self.scrubber.prompt(prompt);
                self.command(Command::Asked { attempt, call, prompt })
            }
            ShellEvent::Ended(attempt, end) => match self.collector.take_if(|own| own.attempt == attempt) {
                Some(collector) => self.ended(collector, end),
                None => Ok(()),
            },
            ShellEvent::Exited(exit) => self.exited(&exit),
        }
    }

    fn line(&mut self, attempt: Attempt, mut line: Line) -> Result<(), Trouble> {
        let now = self.clock.now();
        if let Cow::Owned(cleaned) = self.scrubber.clean(&line.text) {
            line.text = cleaned;
        }
        let garbled = self.scrubber.was_garbled();
        if let Some(collector) = self.collecting(attempt) {
            if garbled {
                collector.garbled_line();
            }
            if let Err(error) = collector.line(&line, now) {
                return Err(self.halt(error));
            }
        }
        if self.live.attempt() == Some(attempt) {
            self.live.left_out_is(self.collector.as_ref().and_then(Collector::left_out));
            self.live.push(line, now);
        }
        Ok(())
    }

    /// The shell is gone, and the command that ran in it with it.
    fn exited(&mut self, exit: &ShellExit) -> Result<(), Trouble> {
        self.port = None;
        if let Some(collector) = self.collector.take() {
            self.ended(collector, OutcomeEnd::Lost)?;
        }
        let detail = |fault| self.scrubber.clean(&recorded::gone(fault)).into_owned();
        let gone = match exit {
            ShellExit::Requested => ShellGone::AsAsked,
            ShellExit::Died(fault) => ShellGone::Died { detail: detail(fault) },
            ShellExit::StartFailed(fault) => ShellGone::StartFailed { detail: detail(fault) },
        };
        self.command(Command::ShellEnded(gone))
    }

    pub(super) fn ended(&mut self, collector: Collector, end: OutcomeEnd) -> Result<(), Trouble> {
        self.live.end();
        let attempt = collector.attempt;
        let finished = collector.finish(end, self.clock.now());
        let (judged, transcript) = finished.map_err(|error| self.halt(error))?;
        self.timers.retain(|(_, timer)| match timer {
            Timer::Timeout(own) | Timer::Grace(own) => *own != attempt,
            Timer::KeepAlive | Timer::Expiry | Timer::Poll => true,
        });
        self.command(Command::Ended { attempt, judged: Box::new(judged), transcript: Some(transcript) })
    }
}
