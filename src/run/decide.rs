//! What a command leads to. Refuses with a reason, or gives events and effects; changes nothing itself.

use std::num::NonZeroU32;

use super::gate::{self, Gate};
use super::state::{HandoffStage, Run, Running, ShellState, Standing, Unanswered};
use super::value::Value;
use super::{
    AbandonCause, ApplyEnd, Attempt, Call, Command, Confirmed, Decision, Effect, Errand, Event, FileDigest,
    Given, Mode, Moment, Outcome, OutcomeEnd, Prompt, Purpose, Refusal, Session, ShellEnd, StopCause, Timer,
    Verdict, VerdictReason, Who, verdict,
};
use crate::checklist::{
    Apply, Arity, Changes, Check, Input, InputId, InputKind, Need, Step, StepId, StepKind, Weight,
};

/// How long a stopped command has before its process is ended, milliseconds.
pub const GRACE_MS: u64 = 10_000;

impl Run {
    /// The first event of a run.
    pub fn begin(&self, mode: Mode, by: Who, greenlight: &str) -> Event {
        Event::Begun {
            checklist: self.checklist.id.clone(),
            version: self.checklist.version.clone(),
            sha256: self.checklist.sha256,
            mode,
            by,
            greenlight: greenlight.to_owned(),
        }
    }

    /// What `command` leads to at `now`.
    ///
    /// # Errors
    /// Why it is refused; nothing has happened then.
    pub fn decide(&self, now: Moment, command: Command) -> Result<Decision, Refusal> {
        let mut draft = Draft { run: self.clone(), now, made: Decision::default() };
        draft.decide(command)?;
        draft.look_after();
        Ok(draft.made)
    }
}

/// A decision in the making: the run as it will be after the events so far.
struct Draft {
    run: Run,
    now: Moment,
    made: Decision,
}

impl Draft {
    fn decide(&mut self, command: Command) -> Result<(), Refusal> {
        if self.run.is_sealed() {
            return match command {
                // What comes late from the shell is of no account any more.
                Command::ShellOpened(_)
                | Command::ShellEnded(_)
                | Command::Asked { .. }
                | Command::Ended { .. }
                | Command::Fired(_)
                | Command::HandoffWritten(_) => Ok(()),
                Command::Resume { .. }
                | Command::OpenShell
                | Command::Reconnect
                | Command::Give { .. }
                | Command::Check(_)
                | Command::CheckAll(_)
                | Command::Apply { .. }
                | Command::Attest { .. }
                | Command::Answer(_)
                | Command::Stop
                | Command::BeginHandoff
                | Command::AbandonHandoff
                | Command::ConfirmHandoff { .. } => Err(Refusal::Sealed),
            };
        }
        match command {
            Command::Resume { by, greenlight } => self.event(Event::Resumed { by, greenlight }),
            Command::OpenShell => self.open_shell()?,
            Command::Reconnect => self.reconnect()?,
            Command::Give { input, typed } => self.give(&input, &typed)?,
            Command::Check(step) => self.check(&step)?,
            Command::CheckAll(steps) => self.check_all(&steps)?,
            Command::Apply { step, confirmed } => self.apply(&step, confirmed)?,
            Command::Attest { step, statement, name, note, by } => {
                self.attest(&step, statement, &name, note, by)?;
            }
            Command::Answer(given) => self.answer(given)?,
            Command::Stop => self.stop(StopCause::Operator)?,
            Command::BeginHandoff => self.begin_handoff()?,
            Command::AbandonHandoff => self.abandon_handoff()?,
            Command::ConfirmHandoff { typed, by } => self.confirm_handoff(&typed, by)?,
            Command::ShellOpened(about) => {
                if let ShellState::Opening(session) = self.run.shell {
                    self.event(Event::ShellOpened { session, about });
                    self.advance();
                }
            }
            Command::ShellEnded(end) => self.shell_ended(end),
            Command::Asked { attempt, call, prompt } => self.asked(attempt, call, prompt),
            Command::Ended { attempt, outcome, transcript } => self.ended(attempt, &outcome, transcript),
            Command::Fired(timer) => self.fired(timer),
            Command::HandoffWritten(result) => self.handoff_written(result),
        }
        Ok(())
    }

    fn event(&mut self, event: Event) {
        self.run.evolve(self.now, &event);
        self.made.events.push(event);
    }

    fn effect(&mut self, effect: Effect) {
        self.made.effects.push(effect);
    }

    /// Nothing runs, and no handoff is under way.
    fn idle(&self) -> Result<(), Refusal> {
        match (&self.run.running, &self.run.handoff) {
            (None, HandoffStage::Idle) => Ok(()),
            (
                Some(_) | None,
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Confirming
                | HandoffStage::Writing
                | HandoffStage::Sealed { .. },
            ) => Err(Refusal::Busy),
        }
    }

    fn step(&self, id: &StepId) -> Result<Step, Refusal> {
        self.run.checklist.step(id).cloned().ok_or_else(|| Refusal::Unknown(id.to_string()))
    }

    fn open_shell(&mut self) -> Result<(), Refusal> {
        match self.run.shell {
            ShellState::Opening(_) | ShellState::Open(..) => Err(Refusal::Busy),
            ShellState::Absent => {
                let session = Session(next(self.run.sessions));
                self.event(Event::ShellStarting { session });
                self.effect(Effect::OpenShell(session));
                Ok(())
            }
        }
    }

    fn give(&mut self, id: &InputId, typed: &[String]) -> Result<(), Refusal> {
        self.idle()?;
        let input = self.run.checklist.input(id).ok_or_else(|| Refusal::Unknown(id.to_string()))?;
        let value = input.accept(typed).map_err(|why| Refusal::InputInvalid { input: id.clone(), why })?;
        if self.run.inputs.get(id) != Some(&value) {
            self.event(Event::InputGiven { input: id.clone(), value });
        }
        Ok(())
    }

    /// Checks a step; one that is asked for while the shell is being started waits for it.
    fn check(&mut self, id: &StepId) -> Result<(), Refusal> {
        self.idle()?;
        match self.run.shell {
            ShellState::Absent | ShellState::Open(..) => self.start(id, Purpose::Check, Errand::Asked),
            ShellState::Opening(_) => self.check_all(std::slice::from_ref(id)),
        }
    }

    fn check_all(&mut self, steps: &[StepId]) -> Result<(), Refusal> {
        self.idle()?;
        match self.run.shell {
            ShellState::Absent => return Err(Refusal::NoShell),
            ShellState::Opening(_) | ShellState::Open(..) => {}
        }
        let measured = |id: &&StepId| {
            self.run.checklist.step(id).is_some_and(|step| matches!(step.kind, StepKind::Measured { .. }))
        };
        let steps: Vec<StepId> = steps.iter().filter(measured).cloned().collect();
        if steps.is_empty() {
            return Err(Refusal::Nothing);
        }
        self.event(Event::Queued { steps, errand: Errand::Asked });
        match self.run.shell {
            ShellState::Absent | ShellState::Opening(_) => {}
            ShellState::Open(..) => self.advance(),
        }
        Ok(())
    }

    fn reconnect(&mut self) -> Result<(), Refusal> {
        self.idle()?;
        let steps = self.run.lived_on_sessions();
        match self.run.shell {
            ShellState::Opening(_) => return Err(Refusal::Busy),
            ShellState::Open(..) if steps.is_empty() => return Err(Refusal::Nothing),
            ShellState::Open(..) => {
                self.event(Event::Queued { steps, errand: Errand::Reconnect });
                self.advance();
            }
            ShellState::Absent => {
                self.open_shell()?;
                // They are worked off when it has opened, and forgotten if it does not.
                if !steps.is_empty() {
                    self.event(Event::Queued { steps, errand: Errand::Reconnect });
                }
            }
        }
        Ok(())
    }

    /// Sets the time at which a session is to be looked after, whenever that time may have changed.
    fn look_after(&mut self) {
        if self.made.events.is_empty() {
            return;
        }
        if let Some(after) = self.run.keep_alive_after(self.now) {
            self.effect(Effect::StartTimer(Timer::KeepAlive, after));
        }
    }

    /// Checks the sessions whose time has come; sets the time again where it has not.
    fn keep_alive(&mut self) {
        match self.run.keep_alive_after(self.now) {
            None => {}
            Some(0) => {
                let steps = self.run.keep_alive_due(self.now);
                self.event(Event::Queued { steps, errand: Errand::KeepAlive });
                self.advance();
            }
            Some(after) => self.effect(Effect::StartTimer(Timer::KeepAlive, after)),
        }
    }

    /// Empties the queue, if something is in it.
    fn drop_queue(&mut self) {
        if !self.run.queue.is_empty() {
            self.event(Event::Queued { steps: Vec::new(), errand: Errand::Asked });
        }
    }

    /// Starts the next check that is waiting.
    fn advance(&mut self) {
        match &self.run.handoff {
            HandoffStage::Rechecking { left } => {
                // None is passed over: a step that is not checked again would count by its old green.
                let next = left.first().cloned();
                if next.is_some_and(|step| self.start(&step, Purpose::Check, Errand::Asked).is_err()) {
                    self.abandon(AbandonCause::NotGreen);
                }
            }
            HandoffStage::Idle
            | HandoffStage::Confirming
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. } => {
                // Those that may not run are dropped.
                let (waiting, errand) = (self.run.queue.clone(), self.run.errand);
                if !waiting.iter().any(|step| self.start(step, Purpose::Check, errand).is_ok()) {
                    self.drop_queue();
                }
            }
        }
    }

    fn shell_open(&self) -> Result<Session, Refusal> {
        match &self.run.shell {
            ShellState::Open(session, _) => Ok(*session),
            ShellState::Absent | ShellState::Opening(_) => Err(Refusal::NoShell),
        }
    }

    fn start(&mut self, id: &StepId, purpose: Purpose, errand: Errand) -> Result<(), Refusal> {
        let step = self.step(id)?;
        let StepKind::Measured { check, apply } = &step.kind else { return Err(Refusal::WrongKind) };
        let (command, timeout) = match (purpose, apply) {
            (Purpose::Check, _) => (&check.command, check.timeout),
            (Purpose::Apply, Some(apply)) => (&apply.command, apply.timeout),
            (Purpose::Apply, None) => return Err(Refusal::NoApply),
        };
        self.needs_green(&step)?;
        self.inputs_given(self.run.checklist.inputs_of(&step))?;
        let session = self.shell_open()?;
        let attempt = Attempt(next(self.run.attempts));
        let command = command.clone();
        self.event(Event::Started {
            attempt,
            step: id.clone(),
            purpose,
            command: command.clone(),
            session,
            errand,
        });
        let variables = self.variables(&step);
        self.effect(Effect::Run { attempt, step: id.clone(), command, variables });
        let timeout_ms = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        self.effect(Effect::StartTimer(Timer::Timeout(attempt), timeout_ms));
        Ok(())
    }

    /// Every one of these that must have a value has one.
    fn inputs_given<'a>(&self, inputs: impl Iterator<Item = &'a Input>) -> Result<(), Refusal> {
        let missing =
            |input: &&Input| input.need == Need::Required && !self.run.inputs.contains_key(&input.id);
        match inputs.into_iter().find(missing) {
            Some(input) => Err(Refusal::InputMissing(input.id.clone())),
            None => Ok(()),
        }
    }

    fn needs_green(&self, step: &Step) -> Result<(), Refusal> {
        let standings = self.run.standings(self.now);
        let green = |need: &StepId| {
            self.run
                .checklist
                .steps
                .iter()
                .zip(&standings)
                .any(|(step, standing)| step.id == *need && *standing == Standing::Green)
        };
        match step.needs.iter().find(|need| !green(need)) {
            Some(need) => Err(Refusal::NeedsFirst(need.clone())),
            None => Ok(()),
        }
    }

    fn variables(&self, step: &Step) -> Vec<(String, Value)> {
        self.run
            .checklist
            .inputs_of(step)
            .map(|input| (input.id.to_string(), typed_value(input, self.run.inputs.get(&input.id))))
            .collect()
    }

    fn apply(&mut self, id: &StepId, confirmed: Confirmed) -> Result<(), Refusal> {
        self.idle()?;
        let step = self.step(id)?;
        let Some(Apply { changes, .. }) = apply_of(&step)? else { return Err(Refusal::NoApply) };
        match (changes, confirmed) {
            (Changes::Session, _) | (_, Confirmed::Yes) => self.start(id, Purpose::Apply, Errand::Asked),
            (Changes::Computer | Changes::Forest | Changes::Tenant, Confirmed::NotAsked) => {
                Err(Refusal::Unconfirmed)
            }
        }
    }

    fn attest(
        &mut self,
        id: &StepId,
        said: String,
        name: &str,
        note: String,
        by: Who,
    ) -> Result<(), Refusal> {
        self.idle()?;
        let step = self.step(id)?;
        let StepKind::Attested { statement } = &step.kind else { return Err(Refusal::WrongKind) };
        let shown = [Some(&statement.en), statement.es.as_ref(), statement.fr.as_ref()];
        if !shown.into_iter().flatten().any(|text| *text == said) {
            return Err(Refusal::WrongKind);
        }
        let name = name.trim();
        if name.is_empty() {
            return Err(Refusal::Nameless);
        }
        self.needs_green(&step)?;
        self.event(Event::Attested { step: id.clone(), statement: said, name: name.to_owned(), note, by });
        Ok(())
    }

    fn asked(&mut self, attempt: Attempt, call: Call, prompt: Prompt) {
        match &self.run.running {
            Some(running) if running.attempt == attempt && running.stopping.is_none() => {
                let errand = running.errand;
                self.event(Event::Asked { attempt, call, prompt });
                match errand {
                    Errand::Asked | Errand::Reconnect => {}
                    // Nobody asked for this command, so nobody is interrupted by its questions.
                    Errand::KeepAlive => {
                        self.event(Event::Answered { attempt, call, given: Given::Unattended });
                        self.effect(Effect::Reply { call, given: Given::Unattended });
                    }
                }
            }
            // A question of a command that is over or being stopped must not hang it.
            Some(_) | None => self.effect(Effect::Reply { call, given: Given::Declined }),
        }
    }

    fn answer(&mut self, given: Given) -> Result<(), Refusal> {
        let Some(running) = &self.run.running else { return Err(Refusal::Nothing) };
        let Some(asking) = &running.asking else { return Err(Refusal::Nothing) };
        let (attempt, call) = (running.attempt, asking.call);
        self.event(Event::Answered { attempt, call, given });
        self.effect(Effect::Reply { call, given });
        Ok(())
    }

    fn stop(&mut self, cause: StopCause) -> Result<(), Refusal> {
        let Some(running) = &self.run.running else { return Err(Refusal::Nothing) };
        let attempt = running.attempt;
        if running.stopping.is_some() {
            return Ok(());
        }
        self.event(Event::StopAsked { attempt, cause });
        self.drop_queue();
        self.effect(Effect::StopPipeline);
        self.effect(Effect::StartTimer(Timer::Grace(attempt), GRACE_MS));
        Ok(())
    }

    fn fired(&mut self, timer: Timer) {
        if timer == Timer::KeepAlive {
            return self.keep_alive();
        }
        let Some(running) = &self.run.running else { return };
        match timer {
            Timer::Timeout(attempt) if attempt == running.attempt => {
                if running.asking.is_some() {
                    // The time in which a person thinks is not the command's.
                    let timeout = self.timeout_of(running);
                    self.effect(Effect::StartTimer(timer, timeout));
                } else if self.stop(StopCause::Timeout).is_err() {
                    tracing::debug!("a timeout fired with nothing to stop");
                }
            }
            Timer::Grace(attempt) if attempt == running.attempt => self.effect(Effect::KillShell),
            Timer::Timeout(_) | Timer::Grace(_) | Timer::KeepAlive => {}
        }
    }

    fn timeout_of(&self, running: &Running) -> u64 {
        let step = self.run.checklist.step(&running.step);
        let timeout = step.and_then(|step| match (&step.kind, running.purpose) {
            (StepKind::Measured { check, .. }, Purpose::Check) => Some(check.timeout),
            (StepKind::Measured { apply, .. }, Purpose::Apply) => apply.as_ref().map(|apply| apply.timeout),
            (StepKind::Attested { .. }, Purpose::Check | Purpose::Apply) => None,
        });
        timeout.and_then(|timeout| u64::try_from(timeout.as_millis()).ok()).unwrap_or(GRACE_MS)
    }

    fn ended(&mut self, attempt: Attempt, outcome: &Outcome, transcript: Option<FileDigest>) {
        let Some(running) = self.run.running.clone().filter(|running| running.attempt == attempt) else {
            return;
        };
        let Some(step) = self.run.checklist.step(&running.step).cloned() else { return };
        let StepKind::Measured { check, .. } = &step.kind else { return };
        match running.purpose {
            Purpose::Check => self.checked(&step, check, &running, outcome, transcript),
            Purpose::Apply => {
                let cut = cut_reason(&running, outcome).is_some();
                let end = if cut {
                    ApplyEnd::Interrupted
                } else if outcome.failures.is_empty()
                    && outcome.end == OutcomeEnd::Completed
                    && running.unanswered.is_none()
                {
                    ApplyEnd::Done
                } else {
                    ApplyEnd::Failed
                };
                let remedies = match end {
                    ApplyEnd::Done => Vec::new(),
                    ApplyEnd::Failed | ApplyEnd::Interrupted => {
                        verdict::remedies(&step.remedies, &outcome.failures, &[])
                    }
                };
                let failures = outcome.failures.iter().take(verdict::FAILURES_KEPT).cloned().collect();
                let elapsed_ms = outcome.elapsed_ms;
                let unanswered = running.unanswered.filter(|_| !cut).map(Unanswered::asked);
                let check_again = !cut && unanswered.is_none();
                self.event(Event::Applied {
                    attempt,
                    end,
                    failures,
                    remedies,
                    unanswered,
                    elapsed_ms,
                    transcript,
                });
                if !check_again {
                    self.drop_queue();
                } else if self.start(&step.id, Purpose::Check, running.errand).is_err() {
                    tracing::debug!(step = %step.id, "the check after the apply may not run now");
                }
            }
        }
    }

    fn checked(
        &mut self,
        step: &Step,
        check: &Check,
        running: &Running,
        outcome: &Outcome,
        transcript: Option<FileDigest>,
    ) {
        let failures = || outcome.failures.iter().take(verdict::FAILURES_KEPT).cloned().collect();
        let finding = if let Some(reason) = cut_reason(running, outcome) {
            verdict::cut_off(Verdict::Interrupted, reason, failures(), outcome.elapsed_ms)
        } else if let Some(unanswered) = running.unanswered.clone() {
            let reason = unanswered.reason();
            verdict::cut_off(Verdict::Undetermined, reason, failures(), outcome.elapsed_ms)
        } else {
            verdict::judge(step, check, outcome, &self.run.inputs, self.now)
        };
        let green = finding.verdict == Verdict::Green;
        let had_expired = self.run.has_expired(&step.id);
        self.event(Event::Checked { attempt: running.attempt, finding, transcript });
        match (&self.run.handoff, step.weight) {
            (HandoffStage::Rechecking { .. } | HandoffStage::Confirming, Weight::Required) if !green => {
                self.abandon(AbandonCause::NotGreen);
            }
            (HandoffStage::Confirming, _) => self.still_open(),
            (
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Writing
                | HandoffStage::Sealed { .. },
                _,
            ) => {
                if outcome.end != OutcomeEnd::Lost {
                    // A session that has expired may still call itself open.
                    let holds = green && !had_expired;
                    self.go_on(step, running, holds);
                }
            }
        }
    }

    /// What follows a check outside a handoff.
    fn go_on(&mut self, step: &Step, running: &Running, holds: bool) {
        let failed = !holds && running.stopping.is_none();
        match running.errand {
            Errand::Reconnect if failed && self.may_mend(step, running) => {
                if self.start(&step.id, Purpose::Apply, Errand::Reconnect).is_ok() {
                    return;
                }
            }
            // What it rests on may be what broke.
            Errand::KeepAlive if failed => {
                let mut steps = self.run.kept_alive_below(&step.id);
                steps.retain(|below| !self.run.queue.contains(below));
                steps.extend_from_slice(&self.run.queue);
                if steps != self.run.queue {
                    self.event(Event::Queued { steps, errand: Errand::KeepAlive });
                }
            }
            Errand::Asked | Errand::KeepAlive | Errand::Reconnect => {}
        }
        self.advance();
    }

    /// Whether an apply that changes only the session may follow by itself: not if it has just run.
    fn may_mend(&self, step: &Step, running: &Running) -> bool {
        let just_applied = self
            .run
            .steps
            .get(&step.id)
            .and_then(|state| state.applied.as_ref())
            .is_some_and(|applied| applied.attempt.0.saturating_add(1) == running.attempt.0);
        let mends = match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } => apply.changes == Changes::Session,
            StepKind::Measured { apply: None, .. } | StepKind::Attested { .. } => false,
        };
        mends && !just_applied
    }

    /// Gives the handoff up if the gate has closed meanwhile.
    fn still_open(&mut self) {
        match gate::evaluate(&self.run, self.now) {
            Gate::Open(_) => {}
            Gate::Locked(_) => self.abandon(AbandonCause::NotGreen),
        }
    }

    fn abandon(&mut self, why: AbandonCause) {
        self.event(Event::HandoffAbandoned { why });
    }

    fn shell_ended(&mut self, end: ShellEnd) {
        let session = match &self.run.shell {
            ShellState::Absent => return,
            ShellState::Opening(session) | ShellState::Open(session, _) => *session,
        };
        self.event(Event::ShellEnded { session, end });
        match self.run.handoff {
            HandoffStage::Rechecking { .. } | HandoffStage::Confirming => {
                self.abandon(AbandonCause::NotGreen);
            }
            HandoffStage::Idle | HandoffStage::Writing | HandoffStage::Sealed { .. } => {}
        }
    }

    fn begin_handoff(&mut self) -> Result<(), Refusal> {
        self.idle()?;
        let handoff = self.run.checklist.handoff.clone().ok_or(Refusal::Nothing)?;
        match gate::evaluate(&self.run, self.now) {
            Gate::Open(_) => {}
            Gate::Locked(reasons) => return Err(Refusal::Locked(reasons)),
        }
        self.inputs_given(self.run.checklist.inputs_of_handoff(&handoff))?;
        // Every step that a command can find out about; advice that cannot be checked now holds nothing up.
        let checkable = |step: &&Step| match (&step.kind, step.weight) {
            (StepKind::Attested { .. }, _) => false,
            (StepKind::Measured { .. }, Weight::Required) => true,
            (StepKind::Measured { .. }, Weight::Advisory) => {
                self.inputs_given(self.run.checklist.inputs_of(step)).is_ok()
                    && self.needs_green(step).is_ok()
            }
        };
        let steps: Vec<StepId> =
            self.run.checklist.steps.iter().filter(checkable).map(|step| step.id.clone()).collect();
        if !steps.is_empty() {
            self.shell_open()?;
        }
        self.event(Event::HandoffBegun { steps });
        self.advance();
        Ok(())
    }

    fn abandon_handoff(&mut self) -> Result<(), Refusal> {
        match self.run.handoff {
            HandoffStage::Rechecking { .. } | HandoffStage::Confirming => {
                self.abandon(AbandonCause::Operator);
                if self.run.running.is_some() {
                    self.stop(StopCause::Operator)?;
                }
                Ok(())
            }
            HandoffStage::Idle | HandoffStage::Writing | HandoffStage::Sealed { .. } => Err(Refusal::Nothing),
        }
    }

    fn confirm_handoff(&mut self, typed: &str, by: Who) -> Result<(), Refusal> {
        let (HandoffStage::Confirming, Some(handoff)) = (&self.run.handoff, &self.run.checklist.handoff)
        else {
            return Err(Refusal::Nothing);
        };
        if typed.trim() != handoff.confirm {
            return Err(Refusal::Confirmation { expected: handoff.confirm.clone() });
        }
        match gate::evaluate(&self.run, self.now) {
            Gate::Open(_) => {
                self.event(Event::HandoffConfirmed { by });
                self.effect(Effect::WriteHandoff);
            }
            Gate::Locked(_) => self.abandon(AbandonCause::NotGreen),
        }
        Ok(())
    }

    fn handoff_written(&mut self, result: Result<Vec<FileDigest>, String>) {
        match (&self.run.handoff, result) {
            (HandoffStage::Writing, Ok(files)) => {
                self.event(Event::Sealed { files });
                self.effect(Effect::CloseShell);
            }
            (HandoffStage::Writing, Err(detail)) => self.abandon(AbandonCause::WriteFailed { detail }),
            (
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Confirming
                | HandoffStage::Sealed { .. },
                Ok(_) | Err(_),
            ) => {}
        }
    }
}

fn apply_of(step: &Step) -> Result<Option<&Apply>, Refusal> {
    match &step.kind {
        StepKind::Measured { apply, .. } => Ok(apply.as_ref()),
        StepKind::Attested { .. } => Err(Refusal::WrongKind),
    }
}

/// Why a command counts as cut off, if it does: a stop that was asked for counts even where the command came first.
fn cut_reason(running: &Running, outcome: &Outcome) -> Option<VerdictReason> {
    match (running.stopping, outcome.end) {
        (Some(StopCause::Timeout), _) => Some(VerdictReason::TimedOut),
        (_, OutcomeEnd::Lost) => Some(VerdictReason::ShellLost),
        (Some(StopCause::Operator), _) | (None, OutcomeEnd::Stopped) => Some(VerdictReason::Stopped),
        (None, OutcomeEnd::Completed | OutcomeEnd::Threw) => None,
    }
}

fn next(count: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(count)
}

/// An input as the typed variable that a command sees; without a value it is null, or an empty list.
pub fn typed_value(input: &Input, value: Option<&crate::checklist::InputValue>) -> Value {
    let one = |text: &String| match input.kind {
        InputKind::Integer { .. } => text.parse().map_or_else(|_| Value::text(text), Value::Int),
        InputKind::Text
        | InputKind::Domain
        | InputKind::Fqdn
        | InputKind::Upn
        | InputKind::Url { .. }
        | InputKind::Path
        | InputKind::Choice(_) => Value::text(text),
    };
    let values = value.map(crate::checklist::InputValue::values).unwrap_or_default();
    match input.arity {
        Arity::Many => Value::List(values.iter().map(one).collect()),
        Arity::One => values.first().map_or(Value::Null, one),
    }
}
