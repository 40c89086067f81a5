//! Commands: what may start, what is queued, what is asked and answered, what is stopped.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::inputs::typed_value;
use super::super::running::Running;
use super::super::state::{HandoffStage, ShellState};
use super::{Draft, GRACE_MS, next};
use crate::checklist::{Step, StepId, StepKind};
use crate::run::value::Value;
use crate::run::{
    AbandonCause, Attempt, Call, Effect, Event, GoEnd, Judge, Prompt, PromptReply, Purpose, Refusal,
    StopCause, Timer, Trigger, WaitEnd,
};

impl Draft<'_> {
    /// Checks a step; one that is asked for while the shell is being started waits for it.
    pub(super) fn check(&mut self, id: &StepId) -> Result<(), Refusal> {
        self.idle()?;
        match self.run.shell {
            ShellState::Absent | ShellState::Open(..) => self.start(id, Purpose::Check, Trigger::Asked),
            ShellState::Opening(_) => self.check_all(std::slice::from_ref(id)),
        }
    }

    /// Checks these steps, after those that wait already.
    pub(super) fn check_all(&mut self, steps: &[StepId]) -> Result<(), Refusal> {
        self.idle()?;
        match self.run.shell {
            ShellState::Absent => return Err(Refusal::NoShell),
            ShellState::Opening(_) | ShellState::Open(..) => {}
        }
        let measured = |id: &&StepId| {
            self.run.step(id).is_some_and(|step| matches!(step.kind, StepKind::Measured { .. }))
        };
        let mut asked = steps.iter().filter(measured).peekable();
        if asked.peek().is_none() {
            return Err(Refusal::Nothing);
        }
        // What is had back with a session is not mixed with what is only to be checked.
        if !self.run.queue.is_empty() && self.run.trigger != Trigger::Asked {
            return Err(Refusal::Busy);
        }
        let waiting: HashSet<&StepId> = self.run.queue.iter().collect();
        let asked = asked.filter(|step| !waiting.contains(step));
        let steps = self.run.queue.iter().chain(asked).cloned().collect();
        self.event(Event::Queued { steps, trigger: Trigger::Asked });
        match self.run.shell {
            ShellState::Absent | ShellState::Opening(_) => {}
            ShellState::Open(..) => self.advance(),
        }
        Ok(())
    }

    /// Empties the queue, and what looks after sessions, if something is in them.
    pub(super) fn drop_queue(&mut self) {
        if !self.run.queue.is_empty() || !self.run.keep_alives.is_empty() {
            self.event(Event::Queued { steps: Vec::new(), trigger: Trigger::Asked });
        }
    }

    /// Looks after no session any more of those that wait.
    pub(super) fn drop_keep_alives(&mut self) {
        if !self.run.keep_alives.is_empty() {
            self.event(Event::Queued { steps: Vec::new(), trigger: Trigger::KeepAlive });
        }
    }

    /// Starts the next check that is waiting.
    pub(super) fn advance(&mut self) {
        match &self.run.handoff {
            HandoffStage::Rechecking { left } => {
                // None is passed over: a step that is not checked again would count by its old green.
                let next = left.first().cloned();
                if next.is_some_and(|step| self.start(&step, Purpose::Check, Trigger::Asked).is_err()) {
                    self.abandon(AbandonCause::NotGreen);
                }
            }
            HandoffStage::Idle
            | HandoffStage::Confirming
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. } => {
                self.end_waits();
                if !self.look_after() && (self.run.queue.is_empty() || !self.poll()) {
                    self.work_off();
                }
            }
        }
    }

    /// Starts the next check of the queue; those that may not run are dropped.
    pub(super) fn work_off(&mut self) {
        let (waiting, trigger) = (self.run.queue.clone(), self.run.trigger);
        if !waiting.iter().any(|step| self.start(step, Purpose::Check, trigger).is_ok()) {
            self.drop_queue();
        }
    }

    pub(super) fn start(&mut self, id: &StepId, purpose: Purpose, trigger: Trigger) -> Result<(), Refusal> {
        let before =
            self.run.planned.as_ref().filter(|planned| purpose == Purpose::Apply && planned.step == *id);
        let before = before.and_then(|planned| planned.before);
        let step = self.step(id)?;
        let StepKind::Measured { check, apply } = &step.kind else { return Err(Refusal::WrongKind) };
        let command = match (purpose, apply) {
            (Purpose::Check, _) => &check.command,
            (Purpose::Apply, Some(apply)) => &apply.command,
            (Purpose::Apply, None) => return Err(Refusal::NoApply),
        };
        self.may_run(&step)?;
        let session = self.shell_open()?;
        let attempt = Attempt(next(self.run.attempts));
        let command = command.clone();
        self.event(Event::Started {
            attempt,
            step: id.clone(),
            purpose,
            command: command.clone(),
            session,
            trigger,
            before,
        });
        let variables = self.variables(&step);
        let limit = self.run.running.as_ref().map_or(GRACE_MS, |running| running.limit_ms);
        let (inputs, to_cover) = (Arc::clone(&self.run.inputs), self.run.to_cover(&step));
        let judge = Box::new(Judge::new(step, purpose, inputs, to_cover, self.at));
        self.effect(Effect::Run { attempt, step: id.clone(), command, variables, judge });
        self.effect(Effect::StartTimer(Timer::Timeout(attempt), limit));
        Ok(())
    }

    /// It applies, and what it needs is held.
    pub(super) fn may_be_done(&self, step: &Step) -> Result<(), Refusal> {
        self.run.may_be_done(step, self.at, || self.statuses())
    }

    /// The same, and every input that its commands use has the value that they need.
    pub(super) fn may_run(&self, step: &Step) -> Result<(), Refusal> {
        self.run.may_run(step, self.at, || self.statuses())
    }

    pub(super) fn variables(&self, step: &Step) -> Vec<(String, Value)> {
        self.run
            .checklist
            .variables_of(step)
            .map(|input| (input.id.to_string(), typed_value(input, self.run.inputs.get(&input.id))))
            .collect()
    }

    pub(super) fn asked(&mut self, attempt: Attempt, call: Call, prompt: Prompt) {
        match &self.run.running {
            Some(running) if running.attempt == attempt && running.stopping.is_none() => {
                let trigger = running.trigger;
                self.event(Event::Asked { attempt, call, prompt });
                // Nobody asked for this command, so nobody is interrupted by its questions.
                if !trigger.is_in_front() {
                    self.event(Event::Answered { attempt, call, given: PromptReply::Unattended });
                    self.effect(Effect::Reply { call, given: PromptReply::Unattended });
                }
            }
            // A question of a command that is over or being stopped must not hang it.
            Some(_) | None => self.effect(Effect::Reply { call, given: PromptReply::Declined }),
        }
    }

    pub(super) fn answer(&mut self, given: PromptReply) -> Result<(), Refusal> {
        let Some(running) = &self.run.running else { return Err(Refusal::Nothing) };
        let Some(asking) = &running.asking else { return Err(Refusal::Nothing) };
        let (attempt, call) = (running.attempt, asking.call);
        self.event(Event::Answered { attempt, call, given });
        self.effect(Effect::Reply { call, given });
        match given {
            PromptReply::Answered => {}
            PromptReply::Declined | PromptReply::Unattended => {
                self.end_going(GoEnd::Declined);
            }
        }
        Ok(())
    }

    pub(super) fn stop(&mut self, cause: StopCause) -> Result<(), Refusal> {
        let went = match cause {
            StopCause::Operator => self.end_going(GoEnd::Stopped),
            StopCause::Timeout => false,
        };
        let Some(running) = &self.run.running else {
            return if went { Ok(()) } else { self.stop_waiting() };
        };
        // A session is looked after whether or not the run goes on.
        if went && self.looks_after() && self.run.held.is_empty() {
            return Ok(());
        }
        let (attempt, trigger) = (running.attempt, running.trigger);
        match (running.stopping, cause) {
            (None, _) => {}
            // It ends by itself now, but not what it was a part of.
            (Some(StopCause::Timeout), StopCause::Operator) if self.run.wait_of(&running.step).is_some() => {
                let step = running.step.clone();
                self.event(Event::WaitEnded { step, why: WaitEnd::Stopped });
                return Ok(());
            }
            (Some(StopCause::Timeout | StopCause::Operator), _) => return Ok(()),
        }
        self.event(Event::StopAsked { attempt, cause });
        if cause == StopCause::Operator || trigger.is_in_front() {
            self.drop_queue();
        } else {
            // The queue is not theirs.
            self.drop_keep_alives();
        }
        self.effect(Effect::StopPipeline);
        self.effect(Effect::StartTimer(Timer::Grace(attempt), GRACE_MS));
        Ok(())
    }

    pub(super) fn fired(&mut self, timer: Timer) {
        let own = |attempt| self.run.running.as_ref().filter(|running| running.attempt == attempt);
        match timer {
            Timer::KeepAlive => self.keep_alive(),
            // What is too old was recorded before; where nothing was, it is another's time next.
            Timer::Expiry => self.wake(),
            Timer::Poll => self.poll_or_wait(),
            Timer::Timeout(attempt) => {
                let Some(running) = own(attempt) else { return };
                if running.asking.is_some() {
                    // The time in which a person thinks is not the command's.
                    let limit = running.limit_ms;
                    self.effect(Effect::StartTimer(timer, limit));
                } else if self.stop(StopCause::Timeout).is_err() {
                    tracing::debug!("a timeout fired with nothing to stop");
                }
            }
            Timer::Grace(attempt) => {
                if own(attempt).is_some_and(|running| running.stopping.is_some())
                    && !self.run.kill_asked
                    && let Ok(session) = self.shell_open()
                {
                    self.event(Event::KillAsked { session });
                    self.effect(Effect::KillShell);
                }
            }
        }
    }

    /// Gives the running command its time once more.
    pub(super) fn extend_timeout(&mut self) -> Result<(), Refusal> {
        let Running { attempt, at, limit_ms: timeout, .. } = *self.run.may_take_more_time()?;
        let limit_ms = self.at.mono.saturating_sub(at.mono).saturating_add(timeout);
        self.event(Event::TimeoutExtended { attempt, limit_ms });
        self.effect(Effect::StartTimer(Timer::Timeout(attempt), timeout));
        Ok(())
    }
}
