//! Folding events into a run: the only code that changes one, live and on resume alike.

use std::sync::Arc;

use super::age::millis;
use super::running::{Asking, Extension, PlannedApply, Running, Unanswered};
use super::state::{Attestation, CheckRecord, HandoffStage, LastApply, Run, ShellState};
use super::status::StaleCause;
use crate::checklist::{StepId, StepKind};
use crate::run::clock::Between;
use crate::run::{
    AbandonCause, ApplyEnd, Attempt, Event, Finding, Moment, PromptReply, Purpose, Session, ShellEnd,
    StopCause, Trigger, Verdict, VerdictReason, Who, verdict,
};

impl Run {
    /// Folds one event that happened at `at`.
    #[expect(clippy::too_many_lines, reason = "one match over every event reads as a table")]
    pub fn evolve(&mut self, at: Moment, event: &Event) {
        // Another process goes on in its own way; what it notes before it does belongs to no process's time.
        if !matches!(event, Event::Resumed { .. } | Event::Quarantined { .. } | Event::OrphanFile { .. }) {
            self.clock.pass(at);
        }
        self.fold_waits(at, event);
        match event {
            Event::Begun { mode, by, sha256, .. } => {
                self.mode = mode.clone();
                self.began = Some(at);
                self.begun_with = Some(*sha256);
                self.opening = 1;
                self.operator(by);
            }
            Event::Resumed { by, .. } => {
                self.opening += 1;
                self.operator(by);
                match self.clock.reopen(at) {
                    Between::WentOn => {}
                    Between::SetBack => self.end_statements(&StaleCause::ClockSetBack),
                }
                self.shell_gone(at, None);
                self.fall_back(None);
                self.held.clear();
            }
            Event::GoBegun { by } => {
                self.acted = self.attempts;
                self.going = Some(by.clone());
            }
            Event::GoEnded { .. } => self.going = None,
            // Notes on the journal itself; what they cut off has events of its own.
            Event::Quarantined { .. } | Event::OrphanFile { .. } | Event::WaitEnded { .. } => {}
            Event::WriteFailed { .. } => {
                self.held.clear();
                self.planned = None;
                self.going = None;
            }
            Event::InputGiven { input, value } => {
                self.acted = self.attempts;
                // The first value counts as well: an optional input was null until then.
                if Arc::make_mut(&mut self.inputs).insert(input.clone(), value.clone()).as_ref()
                    != Some(value)
                {
                    let users: Vec<StepId> = self
                        .checklist
                        .steps
                        .iter()
                        .filter(|step| self.checklist.rests_on_input(step, input))
                        .map(|step| step.id.clone())
                        .collect();
                    let cause = StaleCause::InputChanged { input: input.clone() };
                    for step in &users {
                        self.end_green(step, &cause);
                    }
                    self.end_dependents(&users, &cause);
                    self.read_rows_by(input);
                    self.learn_applicability(at);
                }
            }
            Event::ShellStarting { session } => {
                self.sessions = session.0.get();
                self.shell = ShellState::Opening(*session);
            }
            Event::ShellOpened { session, about } => {
                self.shell = ShellState::Open(*session, about.clone());
                self.shell_end = None;
            }
            Event::ShellEnded { end, .. } => self.shell_gone(at, Some(end.clone())),
            Event::Queued { steps, trigger } => {
                if *trigger == Trigger::Reconnect && !steps.is_empty() {
                    self.acted = self.attempts;
                }
                self.queued(steps, *trigger);
            }
            Event::Started { attempt, step, purpose, command, session, trigger, before } => {
                match (trigger, purpose) {
                    (Trigger::Asked, Purpose::Apply) => self.acted = self.attempts,
                    (Trigger::Asked | Trigger::BeforeApply, _) => self.looked = self.attempts,
                    (Trigger::Reconnect | Trigger::KeepAlive | Trigger::Poll | Trigger::Go, _) => {}
                }
                self.attempts = attempt.0.get();
                self.start(Running {
                    attempt: *attempt,
                    step: step.clone(),
                    purpose: *purpose,
                    trigger: *trigger,
                    command: command.clone(),
                    session: *session,
                    at,
                    lived: self.clock.elapsed(at),
                    before: *before,
                    covered: self.names_to_cover(step),
                    asking: None,
                    limit_ms: self.timeout_ms(step, *purpose),
                    extension: Extension::Unused,
                    stopping: None,
                    unanswered: None,
                    was_given_credential: false,
                });
            }
            Event::ApplyPlanned { step, subject, checks, before } => {
                self.given_up = None;
                self.planned = Some(PlannedApply {
                    step: step.clone(),
                    subject: subject.clone(),
                    left: checks.clone(),
                    before: *before,
                });
            }
            Event::ApplyGivenUp { step, why } => {
                self.planned = None;
                self.given_up = Some((step.clone(), why.clone()));
            }
            Event::Asked { attempt, call, prompt } => {
                if let Some(running) = self.running_as(*attempt) {
                    running.asking = Some(Asking { call: *call, prompt: prompt.clone() });
                }
            }
            Event::Answered { attempt, given, .. } => self.answered(*attempt, *given),
            Event::StopAsked { attempt, cause } => {
                if let Some(running) = self.running_as(*attempt) {
                    running.stopping = Some(*cause);
                    running.asking = None;
                }
                match cause {
                    StopCause::Operator => {
                        self.held.clear();
                        self.planned = None;
                    }
                    StopCause::Timeout => {}
                }
            }
            Event::TimeoutExtended { attempt, limit_ms } => {
                if let Some(running) = self.running_as(*attempt) {
                    running.limit_ms = *limit_ms;
                    running.extension = Extension::Used;
                }
            }
            Event::KillAsked { .. } => self.kill_asked = true,
            Event::Held { wish } => self.held.push_back(wish.clone()),
            Event::Released {} => drop(self.held.pop_front()),
            Event::Checked { attempt, finding, .. } => {
                if let Some(running) = self.running.take_if(|running| running.attempt == *attempt) {
                    self.settle(at, &running, finding.clone());
                }
            }
            Event::Applied { attempt, end, failures, remedies, unanswered, elapsed_ms, .. } => {
                if let Some(running) = self.running.take_if(|running| running.attempt == *attempt) {
                    let found_before = self.found_before(&running.step, running.before);
                    if let Some(asked) = unanswered {
                        let reason = match running.unanswered.clone() {
                            Some(known) => known.reason(),
                            None => VerdictReason::Unanswered { asked: asked.clone() },
                        };
                        let finding =
                            verdict::cut_off(Verdict::Undetermined, reason, failures.clone(), *elapsed_ms);
                        self.settle(at, &running, finding);
                    }
                    self.relied_on(&running, *end);
                    self.signed_in(&running, *end, failures, remedies);
                    let Some(state) = self.change(&running.step) else { return };
                    state.applied = Some(LastApply {
                        found_before,
                        attempt: *attempt,
                        session: running.session,
                        end: *end,
                        failures: failures.clone(),
                        remedies: remedies.clone(),
                    });
                }
            }
            Event::Attested { step, statement, name, note, by } => {
                self.acted = self.attempts;
                let lived = self.clock.elapsed(at);
                let Some(state) = self.change(step) else { return };
                state.statement = Some(Attestation {
                    statement: statement.clone(),
                    name: name.clone(),
                    note: note.clone(),
                    by: by.clone(),
                    at,
                    lived,
                    ended: None,
                    expired: false,
                });
                self.hold(step, at);
                self.may_expire(at, step, lived);
                // What was found on it may count again.
                self.learn_applicability(at);
            }
            Event::ApplicabilityKnown { steps } => self.applicability_recorded(steps),
            Event::Expired { steps, why } => self.expired(at, steps, *why),
            Event::HandoffBegun { steps } => {
                self.queued(&[], Trigger::Asked);
                self.going = None;
                self.abandoned = None;
                self.handoff = match steps.as_slice() {
                    [] => self.confirming(at),
                    [..] => HandoffStage::Rechecking { left: steps.as_slice().into() },
                };
            }
            Event::HandoffAbandoned { why } => self.fall_back(Some(why.clone())),
            Event::HandoffConfirmed { .. } => self.handoff = HandoffStage::Writing,
            Event::Sealed { files, .. } => {
                self.running = None;
                self.held.clear();
                self.handoff = HandoffStage::Sealed { at, files: files.clone() };
            }
        }
    }

    /// Nobody has the run open: what runs is cut off, with its session, where the records end.
    pub(crate) fn nobody_goes_on(&mut self, last: Moment) {
        let (ShellState::Opening(session) | ShellState::Open(session, _)) = self.shell else { return };
        if !self.is_sealed() {
            let end = ShellEnd::Died { detail: String::new() };
            self.evolve(last, &Event::ShellEnded { session, end, subjects: Vec::new() });
        }
    }

    /// A question that is not answered may mean that a session is over; what lived in it is then not green any more.
    fn answered(&mut self, attempt: Attempt, given: PromptReply) {
        let expired = self.expired_session();
        let Some(running) = self.running_as(attempt) else { return };
        let Some(asking) = running.asking.take() else { return };
        match given {
            PromptReply::Answered => {
                running.was_given_credential |= asking.prompt.wants_secret();
                return;
            }
            PromptReply::Declined | PromptReply::Unattended => {}
        }
        let asked = asking.prompt.wording().to_owned();
        running.unanswered = Some(match expired.as_slice() {
            [] => Unanswered::Question(asked),
            [..] => Unanswered::SignIn(asked),
        });
        for step in expired {
            self.end_green(&step, &StaleCause::SessionExpired);
            self.end_dependents(std::slice::from_ref(&step), &StaleCause::Needs { step: step.clone() });
        }
    }

    fn operator(&mut self, by: &Who) {
        if !self.operators.contains(by) {
            self.operators.push(by.clone());
        }
    }

    /// How long a command of a step may take, milliseconds.
    fn timeout_ms(&self, id: &StepId, purpose: Purpose) -> u64 {
        let timeout = self.step(id).and_then(|step| match (&step.kind, purpose) {
            (StepKind::Measured { check, .. }, Purpose::Check) => Some(check.timeout),
            (StepKind::Measured { apply, .. }, Purpose::Apply) => apply.as_ref().map(|apply| apply.timeout),
            (StepKind::Attested { .. }, Purpose::Check | Purpose::Apply) => None,
        });
        timeout.map_or(0, millis)
    }

    fn running_as(&mut self, attempt: Attempt) -> Option<&mut Running> {
        self.running.as_mut().filter(|running| running.attempt == attempt)
    }

    /// Keeps what a check found, and goes on to the confirmation when it was the last one of a handoff.
    fn settle(&mut self, at: Moment, running: &Running, finding: Finding) {
        let session = match &self.shell {
            ShellState::Open(session, _) | ShellState::Opening(session) => *session,
            // A check cannot end without the shell that it ran in; a session that never was matches none.
            ShellState::Absent => Session(std::num::NonZeroU32::MAX),
        };
        let opening = self.opening;
        if finding.verdict == Verdict::Red {
            // What was found on it was found of another state, or of none.
            let cause = StaleCause::NeedWasRed { step: running.step.clone() };
            self.end_dependents(std::slice::from_ref(&running.step), &cause);
        }
        let green = finding.verdict == Verdict::Green;
        let subject = finding.subject.clone();
        let Some(state) = self.change(&running.step) else { return };
        if green {
            state.green_in = Some(session);
        }
        state.found = Some(CheckRecord {
            finding,
            attempt: running.attempt,
            at: running.at,
            lived: running.lived,
            session,
            opening,
            ended: None,
            expired: false,
            covered: running.covered,
        });
        if let Some(found) = subject {
            self.subject_found(&running.step, &found);
        }
        if green {
            self.end_on_other_names(&running.step);
            self.hold(&running.step, at);
        }
        self.may_expire(at, &running.step, running.lived);
        self.read_rows(&running.step);
        self.learn_applicability(at);
        if let HandoffStage::Rechecking { left } = &self.handoff {
            let left = self.still_checkable(left.clone(), at);
            self.handoff = match &*left {
                [] => self.confirming(at),
                [..] => HandoffStage::Rechecking { left },
            };
        }
    }

    /// There is no shell any more, and nothing that lived in it or waited for it.
    fn shell_gone(&mut self, at: Moment, end: Option<ShellEnd>) {
        self.cut_off(at);
        self.end_on_sessions();
        self.shell = ShellState::Absent;
        self.kill_asked = false;
        self.shell_end = end;
        self.queued(&[], Trigger::Asked);
        self.planned = None;
        self.going = None;
    }

    /// What ran is interrupted: its process, or ours, is gone.
    fn cut_off(&mut self, at: Moment) {
        let Some(running) = self.running.take() else { return };
        match running.purpose {
            Purpose::Apply => {
                let found_before = self.found_before(&running.step, running.before);
                let Some(state) = self.change(&running.step) else { return };
                // What an earlier one said is not this one's.
                state.applied = Some(LastApply {
                    found_before,
                    attempt: running.attempt,
                    session: running.session,
                    end: ApplyEnd::Interrupted,
                    failures: Vec::new(),
                    remedies: Vec::new(),
                });
            }
            Purpose::Check => {
                let lost = verdict::cut_off(Verdict::Interrupted, VerdictReason::ShellLost, Vec::new(), 0);
                self.settle(at, &running, lost);
            }
        }
    }

    fn confirming(&mut self, at: Moment) -> HandoffStage {
        self.confirming_since = self.clock.elapsed(at);
        HandoffStage::Confirming
    }

    fn fall_back(&mut self, why: Option<AbandonCause>) {
        self.abandoned = why;
        match self.handoff {
            HandoffStage::Sealed { .. } => {}
            HandoffStage::Idle
            | HandoffStage::Rechecking { .. }
            | HandoffStage::Confirming
            | HandoffStage::Writing => self.handoff = HandoffStage::Idle,
        }
    }
}
