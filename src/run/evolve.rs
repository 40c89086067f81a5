//! Folding events into a run: the only code that changes one, live and on resume alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clock::{Between, Clock};
use super::state::{
    Asking, Found, HandoffStage, LastApply, Run, Running, ShellState, StaleCause, Standing, Statement,
    StepState, Unanswered, millis,
};
use super::{
    ApplyEnd, Attempt, Errand, Event, Expiry, FileDigest, Finding, Given, Mode, Moment, Purpose, Session,
    Verdict, VerdictReason, Who, verdict,
};
use crate::checklist::{Checklist, Lasts, StepId, Weight};

impl Run {
    /// A run of `checklist` in which nothing has happened.
    pub fn new(checklist: Arc<Checklist>) -> Self {
        Self {
            checklist,
            mode: Mode::Live,
            operators: Vec::new(),
            began: None,
            begun_with: None,
            opening: 0,
            clock: Clock::default(),
            inputs: BTreeMap::new(),
            steps: BTreeMap::new(),
            shell: ShellState::Absent,
            sessions: 0,
            attempts: 0,
            running: None,
            queue: Vec::new(),
            errand: Errand::Asked,
            handoff: HandoffStage::Idle,
            confirming_since: 0,
            expires: u64::MAX,
        }
    }

    /// Folds one event that happened at `at`.
    #[expect(clippy::too_many_lines, reason = "one match over every event reads as a table")]
    pub fn evolve(&mut self, at: Moment, event: &Event) {
        // Another process goes on in its own way; what it notes before it does belongs to no process's time.
        if !matches!(event, Event::Resumed { .. } | Event::SetAside { .. } | Event::LeftBehind { .. }) {
            self.clock.pass(at);
        }
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
                self.cut_off(at);
                self.end_on_sessions();
                self.shell = ShellState::Absent;
                self.queue.clear();
                self.fall_back();
            }
            // Notes on the journal itself; what they cut off has events of its own.
            Event::SetAside { .. } | Event::LeftBehind { .. } | Event::StoodStill { .. } => {}
            Event::InputGiven { input, value } => {
                // The first value counts as well: an optional input was null until then.
                if self.inputs.insert(input.clone(), value.clone()).as_ref() != Some(value) {
                    let users: Vec<StepId> = self
                        .checklist
                        .steps
                        .iter()
                        .filter(|step| step.uses(input))
                        .map(|step| step.id.clone())
                        .collect();
                    let cause = StaleCause::InputChanged { input: input.clone() };
                    for step in users {
                        self.end_green(&step, &cause);
                        self.end_dependents(&step, &cause);
                    }
                }
            }
            Event::ShellStarting { session } => {
                self.sessions = session.0.get();
                self.shell = ShellState::Opening(*session);
            }
            Event::ShellOpened { session, about } => self.shell = ShellState::Open(*session, about.clone()),
            Event::ShellEnded { .. } => {
                self.cut_off(at);
                self.end_on_sessions();
                self.shell = ShellState::Absent;
                self.queue.clear();
            }
            Event::Queued { steps, errand } => {
                self.queue.clone_from(steps);
                self.errand = *errand;
            }
            Event::Started { attempt, step, purpose, command, errand, .. } => {
                self.attempts = attempt.0.get();
                self.start(Running {
                    attempt: *attempt,
                    step: step.clone(),
                    purpose: *purpose,
                    errand: *errand,
                    command: command.clone(),
                    at,
                    lived: self.clock.lived(at),
                    asking: None,
                    stopping: None,
                    unanswered: None,
                });
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
            }
            Event::Checked { attempt, finding, transcript } => {
                if let Some(running) = self.running.take_if(|running| running.attempt == *attempt) {
                    self.settle(at, running, finding.clone(), transcript.clone());
                }
            }
            Event::Applied { attempt, end, failures, remedies, unanswered, elapsed_ms, transcript } => {
                if let Some(running) = self.running.take_if(|running| running.attempt == *attempt) {
                    if let Some(asked) = unanswered {
                        let reason = match running.unanswered.clone() {
                            Some(known) => known.reason(),
                            None => VerdictReason::Unanswered { asked: asked.clone() },
                        };
                        let finding =
                            verdict::cut_off(Verdict::Undetermined, reason, failures.clone(), *elapsed_ms);
                        self.settle(at, running.clone(), finding, transcript.clone());
                    }
                    let state = self.steps.entry(running.step).or_default();
                    state.cut = *end == ApplyEnd::Interrupted;
                    state.applied = Some(LastApply {
                        attempt: *attempt,
                        end: *end,
                        failures: failures.clone(),
                        remedies: remedies.clone(),
                        transcript: transcript.clone(),
                    });
                }
            }
            Event::Attested { step, statement, name, note, by } => {
                self.steps.entry(step.clone()).or_default().statement = Some(Statement {
                    statement: statement.clone(),
                    name: name.clone(),
                    note: note.clone(),
                    by: by.clone(),
                    at,
                    lived: self.clock.lived(at),
                    ended: None,
                    expired: false,
                });
                self.may_expire(at, step, self.clock.lived(at));
            }
            Event::Expired { steps, why } => self.expired(at, steps, *why),
            Event::HandoffBegun { steps } => {
                self.queue.clear();
                self.handoff = match steps.as_slice() {
                    [] => self.confirming(at),
                    [..] => HandoffStage::Rechecking { left: steps.clone() },
                };
            }
            Event::HandoffAbandoned { .. } => self.fall_back(),
            Event::HandoffConfirmed { .. } => self.handoff = HandoffStage::Writing,
            Event::Sealed { files } => {
                self.running = None;
                self.handoff = HandoffStage::Sealed { at, files: files.clone() };
            }
        }
    }

    /// A question that is not answered may mean that a session is over; what lived in it is then not green any more.
    fn answered(&mut self, attempt: Attempt, given: Given) {
        let expired = self.expired_session();
        let Some(running) = self.running_as(attempt) else { return };
        let Some(asking) = running.asking.take() else { return };
        match given {
            Given::Given => return,
            Given::Declined | Given::Unattended => {}
        }
        let asked = asking.prompt.wording().to_owned();
        running.unanswered = Some(match expired.as_slice() {
            [] => Unanswered::Question(asked),
            [..] => Unanswered::SignIn(asked),
        });
        for step in expired {
            self.end_green(&step, &StaleCause::SessionExpired);
            self.end_dependents(&step, &StaleCause::Needs { step: step.clone() });
        }
    }

    fn operator(&mut self, by: &Who) {
        if !self.operators.contains(by) {
            self.operators.push(by.clone());
        }
    }

    fn running_as(&mut self, attempt: Attempt) -> Option<&mut Running> {
        self.running.as_mut().filter(|running| running.attempt == attempt)
    }

    fn start(&mut self, running: Running) {
        match running.purpose {
            Purpose::Check => {
                if let Some(position) = self.queue.iter().position(|step| *step == running.step) {
                    self.queue.drain(..=position);
                }
                if let HandoffStage::Rechecking { left } = &mut self.handoff
                    && let Some(position) = left.iter().position(|step| *step == running.step)
                {
                    left.drain(..=position);
                }
            }
            Purpose::Apply => {
                self.end_green(&running.step, &StaleCause::Applied);
                self.end_dependents(&running.step, &StaleCause::NeedChanged { step: running.step.clone() });
            }
        }
        self.running = Some(running);
    }

    /// Keeps what a check found, and goes on to the confirmation when it was the last one of a handoff.
    fn settle(&mut self, at: Moment, running: Running, finding: Finding, transcript: Option<FileDigest>) {
        let session = match &self.shell {
            ShellState::Open(session, _) | ShellState::Opening(session) => *session,
            // A check cannot end without the shell that it ran in; a session that never was matches none.
            ShellState::Absent => Session(std::num::NonZeroU32::MAX),
        };
        let opening = self.opening;
        if finding.verdict == Verdict::Red {
            // What was found on it was found of another state, or of none.
            self.end_dependents(&running.step, &StaleCause::NeedWasRed { step: running.step.clone() });
        }
        let (step, lived) = (running.step, running.lived);
        let state = self.steps.entry(step.clone()).or_default();
        // A check that was itself cut off has not read back what the apply did.
        state.cut = state.cut && finding.verdict == Verdict::Interrupted;
        state.found = Some(Found {
            finding,
            attempt: running.attempt,
            at: running.at,
            lived,
            session,
            opening,
            ended: None,
            expired: false,
            transcript,
        });
        self.may_expire(at, &step, lived);
        if let HandoffStage::Rechecking { left } = &self.handoff {
            let left = self.still_checkable(left, at);
            self.handoff = match left.as_slice() {
                [] => self.confirming(at),
                [..] => HandoffStage::Rechecking { left },
            };
        }
    }

    /// Those of a handoff's steps that can still be checked: without the advice that rests on a step that fell.
    fn still_checkable(&self, left: &[StepId], now: Moment) -> Vec<StepId> {
        let mut kept: Vec<StepId> = Vec::new();
        for step in self.checklist.steps.iter().filter(|step| left.contains(&step.id)) {
            let holds = |need: &StepId| kept.contains(need) || self.standing(need, now) == Standing::Green;
            if step.weight == Weight::Required || step.needs.iter().all(holds) {
                kept.push(step.id.clone());
            }
        }
        kept
    }

    /// What ran is interrupted: its process, or ours, is gone.
    fn cut_off(&mut self, at: Moment) {
        let Some(running) = self.running.take() else { return };
        match running.purpose {
            Purpose::Apply => self.steps.entry(running.step).or_default().cut = true,
            Purpose::Check => {
                let lost = verdict::cut_off(Verdict::Interrupted, VerdictReason::ShellLost, Vec::new(), 0);
                self.settle(at, running, lost, None);
            }
        }
    }

    fn confirming(&mut self, at: Moment) -> HandoffStage {
        self.confirming_since = self.clock.lived(at);
        HandoffStage::Confirming
    }

    fn fall_back(&mut self) {
        match self.handoff {
            HandoffStage::Sealed { .. } => {}
            HandoffStage::Idle
            | HandoffStage::Rechecking { .. }
            | HandoffStage::Confirming
            | HandoffStage::Writing => self.handoff = HandoffStage::Idle,
        }
    }

    /// Ends a step's green, keeping the first cause.
    fn end_green(&mut self, step: &StepId, cause: &StaleCause) {
        let Some(StepState { found, statement, .. }) = self.steps.get_mut(step) else { return };
        if let Some(found) = found {
            found.ended.get_or_insert_with(|| cause.clone());
        }
        if let Some(statement) = statement {
            statement.ended.get_or_insert_with(|| cause.clone());
        }
    }

    /// Greens came to their end by age or by a clock: that stays, whatever a clock says later.
    fn expired(&mut self, at: Moment, steps: &[StepId], why: Expiry) {
        for step in steps {
            match why {
                Expiry::Clock => self.end_green(step, &StaleCause::ClockSetBack),
                Expiry::Age => {
                    let Some(StepState { found, statement, .. }) = self.steps.get_mut(step) else { continue };
                    if let Some(found) = found {
                        found.expired = true;
                    }
                    if let Some(statement) = statement {
                        statement.expired = true;
                    }
                }
            }
        }
        self.expires = self.next_expiry(at);
    }

    /// A step was found or stated as of then: its green may be the next that becomes too old.
    fn may_expire(&mut self, at: Moment, step: &StepId, lived: u64) {
        let Some(limit) = self.checklist.step(step).map(|step| step.fresh_for) else { return };
        self.expires = self.expires.min(lived.saturating_add(millis(limit)));
        // Most greens are found again before they are too old; then the time is another.
        if self.expires <= self.clock.lived(at) {
            self.expires = self.next_expiry(at);
        }
    }

    /// Ends what outlives a session but rests on one: the next session may be one with somebody else.
    fn end_on_sessions(&mut self) {
        let checklist = Arc::clone(&self.checklist);
        let mut gone: Vec<(&StepId, &StepId)> = Vec::new();
        for step in &checklist.steps {
            let root = step.needs.iter().find_map(|need| gone.iter().find(|(known, _)| *known == need));
            match (step.lasts, root.map(|(_, root)| *root)) {
                // It ends by itself.
                (Lasts::Session, _) => gone.push((&step.id, &step.id)),
                (Lasts::Run, Some(root)) => {
                    self.end_green(&step.id, &StaleCause::NeedSessionEnded { step: root.clone() });
                    gone.push((&step.id, root));
                }
                (Lasts::Run, None) => {}
            }
        }
    }

    /// Ends what people stated, keeping the first cause.
    fn end_statements(&mut self, cause: &StaleCause) {
        for statement in self.steps.values_mut().filter_map(|state| state.statement.as_mut()) {
            statement.ended.get_or_insert_with(|| cause.clone());
        }
    }

    /// Ends the greens of every step that needs `step`, directly or through others.
    fn end_dependents(&mut self, step: &StepId, cause: &StaleCause) {
        let mut ended = vec![step.clone()];
        let checklist = Arc::clone(&self.checklist);
        for dependent in &checklist.steps {
            if dependent.needs.iter().any(|need| ended.contains(need)) {
                self.end_green(&dependent.id, cause);
                ended.push(dependent.id.clone());
            }
        }
    }
}
