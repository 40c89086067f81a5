//! The state of a run and what can be read from it. Only `evolve` writes it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::applicability::Condition;
use super::before::FoundBefore;
use super::credential::Credential;
use super::event::{AbandonCause, ApplyGivenUp};
use super::holds::Holds;
use super::running::{PlannedApply, Running};
use super::status::StaleCause;
use super::step_queue::StepQueue;
use super::wait::Wait;
use super::wish::Wish;
use crate::checklist::{Checklist, Graph, Sha, StepId};
use crate::run::clock::ElapsedClock;
use crate::run::verdict::Inputs;
use crate::run::{
    About, ApplyEnd, Attempt, Failure, FileDigest, Finding, FoundSubject, Mode, Moment, Session, ShellEnd,
    Trigger, Verdict, Who,
};

/// One execution of one checklist: the fold of its events.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub(super) checklist: Arc<Checklist>,
    pub(super) graph: Arc<Graph>,
    /// The places of the steps with `keep_alive`.
    pub(super) looked_after: Arc<[usize]>,
    pub(super) mode: Mode,
    /// The operators, in the order of their first appearance at the keyboard.
    pub(super) operators: Vec<Who>,
    pub(super) began: Option<Moment>,
    /// The digest of the checklist that it was begun with.
    pub(super) begun_with: Option<Sha>,
    /// How many processes have opened the run.
    pub(super) opening: u32,
    pub(super) clock: ElapsedClock,
    pub(super) inputs: Arc<Inputs>,
    /// What was found last, one a scope.
    pub(super) subjects: Vec<FoundSubject>,
    /// An apply that was confirmed and follows when what it rests on has been looked at.
    pub(super) planned: Option<PlannedApply>,
    /// Why the last one that was confirmed was not run, until another command is.
    pub(super) given_up: Option<(StepId, ApplyGivenUp)>,
    /// What is known of each step, by its place.
    pub(super) steps: Vec<Option<StepState>>,
    /// What is known of the conditions that steps have, by their places.
    pub(super) conditions: BTreeMap<usize, Condition>,
    pub(super) shell: ShellState,
    /// The shell's process is to be ended.
    pub(super) kill_asked: bool,
    /// How the last shell of this opening ended, until another is open.
    pub(super) shell_end: Option<ShellEnd>,
    pub(super) sessions: u32,
    pub(super) attempts: u32,
    pub(super) running: Option<Running>,
    pub(super) queue: StepQueue,
    /// Who has the run go on by itself, while it does.
    pub(super) going: Option<Who>,
    /// The number of the last command when the operator did something last that may change what a command would find.
    pub(super) acted: u32,
    /// The same, of what they asked for that only looks.
    pub(super) looked: u32,
    /// On whose wish the queue is worked off: the operator's in one way or another.
    pub(super) trigger: Trigger,
    /// What looks after sessions and comes before the queue.
    pub(super) keep_alives: StepQueue,
    /// The steps that are checked again and again after their apply.
    pub(super) waits: Vec<Wait>,
    /// What the operator wanted while a session was only looked after, in order.
    pub(super) held: VecDeque<Wish>,
    pub(super) handoff: HandoffStage,
    /// Why the last handoff of this opening was given up, until another is begun.
    pub(super) abandoned: Option<AbandonCause>,
    /// The time that the run had lived when it began to wait for a confirmation.
    pub(super) confirming_since: u64,
    /// No green can become too old before the run has lived through this.
    pub(super) expires: u64,
}

/// What is known of one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepState {
    /// The last check's finding.
    pub found: Option<CheckRecord>,
    /// The last apply since the run began.
    pub applied: Option<LastApply>,
    pub(super) holds: Option<Holds>,
    /// The last session in which it was green.
    pub(super) green_in: Option<Session>,
    /// Why what an earlier apply left in this session is not to be relied on.
    pub again: Option<(Session, AgainCause)>,
    /// The credential that its apply asked for and was given.
    pub(super) credential: Option<Credential>,
    /// The statement, where the step is an attestation.
    pub statement: Option<Attestation>,
}

impl StepState {
    /// The last command that came to its end, or was cut off.
    pub(super) fn last_attempt(&self) -> Option<Attempt> {
        let found = self.found.as_ref().map(|found| found.attempt);
        found.max(self.applied.as_ref().map(|applied| applied.attempt))
    }

    /// The last apply, where no check has read back what it did.
    pub(super) fn unread_apply(&self) -> Option<&LastApply> {
        let checked = self.found.as_ref().map(|found| found.attempt);
        self.applied.as_ref().filter(|applied| checked.is_none_or(|checked| checked < applied.attempt))
    }
}

/// Why a step is to be applied again to the session, whatever its check says: what was left there by an earlier apply may
/// still answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgainCause {
    /// A step that it needs was applied since.
    NeedApplied { step: StepId },
    /// Its apply did not come to a good end.
    Failed,
}

/// A finding with the circumstances that it depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckRecord {
    pub finding: Finding,
    /// Which command found it.
    pub attempt: Attempt,
    /// When the check started: the state held at some time after that.
    pub at: Moment,
    /// The time that the run had lived then.
    pub(super) lived: u64,
    pub session: Session,
    /// By which opening of the run.
    pub(super) opening: u32,
    /// What has ended it since.
    pub(super) ended: Option<StaleCause>,
    /// It was recorded that it has become too old.
    pub(super) expired: bool,
    /// By what it is seen whether it has other names to cover since.
    pub(super) covered: Option<Sha>,
}

impl CheckRecord {
    pub(super) fn is_green(&self) -> bool {
        self.finding.verdict == Verdict::Green
    }
}

/// What the last apply did.
#[derive(Clone, Debug, PartialEq)]
pub struct LastApply {
    pub attempt: Attempt,
    /// What the check before it found, where that was not as wanted.
    pub found_before: Option<FoundBefore>,
    /// The session that it ran in.
    pub(super) session: Session,
    pub end: ApplyEnd,
    pub failures: Vec<Failure>,
    /// The remedies that fit, by position.
    pub remedies: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Attestation {
    /// The statement, word for word.
    pub statement: String,
    pub name: String,
    pub note: String,
    pub by: Who,
    pub at: Moment,
    /// The time that the run had lived then.
    pub(super) lived: u64,
    pub(super) ended: Option<StaleCause>,
    /// It was recorded that it has become too old.
    pub(super) expired: bool,
}

/// Whether there is a shell.
#[derive(Clone, Debug, PartialEq)]
pub enum ShellState {
    /// None.
    Absent,
    /// It is being started.
    Opening(Session),
    Open(Session, About),
}

/// How far the handoff is.
#[derive(Clone, Debug, PartialEq)]
pub enum HandoffStage {
    Idle,
    /// Steps are being checked again.
    Rechecking {
        left: StepQueue,
    },
    /// The operator is asked to type the confirmation.
    Confirming,
    /// The files are being written.
    Writing,
    /// Done; nothing may change any more.
    Sealed {
        at: Moment,
        files: Vec<FileDigest>,
    },
}

impl Run {
    /// A run of `checklist` in which nothing has happened.
    pub fn new(checklist: Arc<Checklist>) -> Self {
        let steps = checklist.steps.iter().enumerate();
        let conditional = steps.clone().filter(|(_, step)| step.when.is_some());
        let conditions = conditional.map(|(place, _)| (place, Condition::default())).collect();
        let looked_after = steps.filter(|(_, step)| step.keep_alive.is_some()).map(|(place, _)| place);
        Self {
            graph: Arc::new(Graph::of(&checklist.steps)),
            looked_after: looked_after.collect(),
            steps: vec![None; checklist.steps.len()],
            checklist,
            mode: Mode::Live,
            operators: Vec::new(),
            began: None,
            begun_with: None,
            opening: 0,
            clock: ElapsedClock::default(),
            inputs: Arc::default(),
            subjects: Vec::new(),
            planned: None,
            given_up: None,
            conditions,
            shell: ShellState::Absent,
            kill_asked: false,
            shell_end: None,
            sessions: 0,
            attempts: 0,
            running: None,
            queue: StepQueue::default(),
            going: None,
            acted: 0,
            looked: 0,
            trigger: Trigger::Asked,
            keep_alives: StepQueue::default(),
            waits: Vec::new(),
            held: VecDeque::new(),
            handoff: HandoffStage::Idle,
            abandoned: None,
            confirming_since: 0,
            expires: u64::MAX,
        }
    }

    pub fn checklist(&self) -> &Checklist {
        &self.checklist
    }

    pub const fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Everybody who began or resumed the run, in order, each once.
    pub fn operators(&self) -> &[Who] {
        &self.operators
    }

    /// When the run began.
    pub const fn began(&self) -> Option<Moment> {
        self.began
    }

    /// Whether the run was begun, and with this very checklist.
    pub fn is_of_its_checklist(&self) -> bool {
        self.begun_with == Some(self.checklist.sha256)
    }

    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What is known of a step.
    pub fn state(&self, step: &StepId) -> Option<&StepState> {
        self.state_at(self.graph.place(step)?)
    }

    pub(super) fn state_at(&self, place: usize) -> Option<&StepState> {
        self.steps.get(place)?.as_ref()
    }

    /// What the last check of a step found, if it was this attempt.
    pub(crate) fn check_record(&self, step: &StepId, attempt: Attempt) -> Option<&CheckRecord> {
        self.state(step)?.found.as_ref().filter(|found| found.attempt == attempt)
    }

    /// What was found before an apply, by that check.
    pub(super) fn found_before(&self, step: &StepId, check: Option<Attempt>) -> Option<FoundBefore> {
        FoundBefore::of(&self.check_record(step, check?)?.finding)
    }

    /// The command that runs now.
    pub const fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// The steps that wait to be checked.
    pub fn queue(&self) -> &[StepId] {
        &self.queue
    }

    /// Whether it waits to be checked, or something is wanted of it once nothing runs.
    pub(super) fn is_wanted(&self, step: &StepId) -> bool {
        self.queue.contains(step) || self.held.iter().any(|wish| wish.is_of(step))
    }

    /// The steps that wait to be checked to look after sessions, before the queue.
    pub fn keep_alives(&self) -> &[StepId] {
        &self.keep_alives
    }

    pub const fn shell(&self) -> &ShellState {
        &self.shell
    }

    /// How the last shell of this opening ended, until another is open.
    pub const fn last_shell_end(&self) -> Option<&ShellEnd> {
        self.shell_end.as_ref()
    }

    /// What waits until nothing runs, in order.
    pub const fn held(&self) -> &VecDeque<Wish> {
        &self.held
    }

    /// Why the last apply that was confirmed was not run, until another command is.
    pub const fn apply_given_up(&self) -> Option<&(StepId, ApplyGivenUp)> {
        self.given_up.as_ref()
    }

    /// Why the last handoff of this opening was given up, until another is begun.
    pub const fn abandoned(&self) -> Option<&AbandonCause> {
        self.abandoned.as_ref()
    }

    /// How far the handoff is.
    pub const fn handoff(&self) -> &HandoffStage {
        &self.handoff
    }

    /// For how many milliseconds a confirmation has been waited for, where one is.
    pub(super) fn confirming_for(&self, now: Moment) -> u64 {
        self.clock.elapsed(now).saturating_sub(self.confirming_since)
    }

    /// Whether the run is handed off.
    pub const fn is_sealed(&self) -> bool {
        matches!(self.handoff, HandoffStage::Sealed { .. })
    }
}
