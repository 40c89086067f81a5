//! Doing what was decided: the shell, the timers, the files of the handoff.

use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::collect::Collector;
use super::{Port, Trouble, Wizard, recorded};
use crate::journal;
use crate::report::handoff;
use crate::run::{Call, Command, Effect, HandoffFault, PromptReply, Stamped};
use crate::shell::{Answer, CHANNEL, Request};

impl Wizard {
    pub(super) fn perform(&mut self, effect: Effect) -> Result<(), Trouble> {
        match effect {
            Effect::OpenShell(_) => {
                let (send, reports) = mpsc::channel(CHANNEL);
                self.port = Some(Port { requests: self.shell.open(send), reports });
            }
            Effect::Run { attempt, step, command, variables, judge } => {
                // What is only looked after leaves the last output on the screen.
                if let Some(running) = self.run.foreground_command() {
                    let applied = self.run.state(&running.step).and_then(|state| state.applied.as_ref());
                    self.live.begin(running, applied);
                }
                let collector = Collector::begin(self.folder(), &step, attempt, judge, self.seen);
                self.collector = Some(collector.map_err(|error| self.halt(error))?);
                self.request(Request::Run { attempt, command, variables });
            }
            Effect::Reply { call, given } => self.reply(call, given),
            Effect::StopPipeline => self.request(Request::Stop),
            Effect::KillShell => self.request(Request::Kill),
            Effect::StartTimer(timer, after) => {
                self.timers.retain(|(_, known)| *known != timer);
                let at = Instant::now().checked_add(Duration::from_millis(after));
                self.timers.extend(at.map(|at| (at, timer)));
            }
            Effect::WriteHandoff => {
                let head = self.journal.head();
                let files = handoff::files(&self.run, self.now(), &self.journal.header().run, &head);
                let written =
                    self.folder().write_handoff(&files).map_err(|error| recorded::not_written(&error));
                let written = match written.and_then(|files| self.is_as_written().map(|()| files)) {
                    Ok(files) => Ok(files),
                    Err(detail) => {
                        let left = self.left_now().map_err(|error| self.halt(error))?;
                        Err(HandoffFault { detail, left })
                    }
                };
                self.command(Command::HandoffWritten(written))?;
            }
            Effect::CloseShell => self.request(Request::Close),
            Effect::DropShell => {
                // Dropping the sender ends the process.
                self.port = None;
                self.collector = None;
                self.ended = None;
                self.answer = None;
                self.live.end();
            }
            Effect::ForgetTimers => self.timers.clear(),
        }
        Ok(())
    }

    /// Whether everything that the seal is to close is still what was written; what is not, in a line.
    fn is_as_written(&self) -> Result<(), String> {
        match journal::verify::<Stamped>(self.folder(), |stamped| stamped.event.files(), None) {
            Ok(verified) if verified.head == self.journal.head() => Ok(()),
            Ok(verified) => Err(recorded::other_end(verified.head.seq)),
            Err(problems) => {
                let lines: Vec<_> = problems.iter().map(|problem| recorded::WORDS.problem(problem)).collect();
                Err(lines.join("; "))
            }
        }
    }

    fn reply(&mut self, call: Call, given: PromptReply) {
        let held = self.answer.take();
        let answer = match given {
            PromptReply::Answered => held.unwrap_or(Answer::Declined),
            PromptReply::Declined | PromptReply::Unattended => Answer::Declined,
        };
        let now = self.now();
        self.live.heard(now);
        if let Some(collector) = &mut self.collector {
            collector.judge.heard(now);
        }
        self.request(Request::Reply(call, answer));
    }

    /// A shell that takes no more requests says so by its last report.
    pub(super) fn request(&mut self, request: Request) {
        if let Some(port) = &self.port
            && let Err(error) = port.requests.try_send(request)
        {
            tracing::warn!(%error, "the shell takes no more requests");
        }
    }
}
