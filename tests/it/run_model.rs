//! The machine, searched exhaustively: every interleaving of what operators, shells, timers, clocks and crashes can do to
//! small checklists, through the real `decide` and `evolve`, until no new state turns up.
//!
//! Beside the run walks a [`Witness`] that remembers only what happened, and says what has been earned. In every state:
//! - a step is green exactly if the witness says so, and the gate is open exactly if every required step is: its check
//!   ended well, is fresh, of this checklist, these inputs, this opening of the run and, where it must, a living session;
//! - none comes back from stale: what was once too old, or of a clock that was set back, is not green before a check or a
//!   statement, whichever way the clocks go; and its end is written down before anybody can read it;
//! - what comes under the number of another attempt than the running one changes nothing;
//! - a step whose apply began is not green before a check of it has come to its own end, and one whose apply was cut
//!   off says so until then;
//! - nothing is started that is not written down first, and the run that decided is the fold of what was written;
//! - what is wanted while something runs that nobody asked for waits in its order, and is decided, or refused, when nothing runs;
//! - a step waits exactly as long as the witness says: from an apply that ended done to a green, its time, a stop, a need that
//!   is not green, another apply, a handoff, or the end of the session or the process; it is checked again only then, and
//!   when that is due; and while it waits somebody is woken before its time is up;
//! - a step that covers names is green only if its rows spoke of each name that the step which gives them gave last;
//! - a run that goes on by itself starts what comes next in the order of the list, nothing beyond the session, no apply twice
//!   and no check twice before the operator has done something (of what is stale: has asked for something), nothing while
//!   something else is to be done, nothing in a shell that is gone; it stands still
//!   only where a person or time is needed, says where, and ends when every required step is green, when it is stopped, when a
//!   question is declined, with its session, its process or its disk, and with a handoff;
//! - how the last shell ended and why a handoff was given up is what happened;
//! - a write fails at any record of any decision: the run is then the fold of what was written, what runs is let go, and what
//!   recovers from it, which may fail at any record too, leaves nothing under way;
//! - a step applies exactly if the value says so that was given, or found by a step that is green or does not apply itself; what is known of
//!   it is written down, and what rests on a step ends when that becomes another;
//! - a confirmation is written down only if the gate is open and every required measurement was made again since the
//!   handoff began; and nothing at all changes a sealed run.
//!
//! Bounds, and why they are enough:
//! - Numbers of attempts, sessions and openings are only ever compared with the current one, so a state keeps whether
//!   they are that one; the search injects both neighbours of the current attempt instead of every other number.
//! - Time moves in units, and limits are one or two units: two units after its birth nothing can get any older. Clocks
//!   drift two units from the last record at the most; two units of silence already end every green.
//! - One wish waits, and two where there are two steps, the second of which is an apply or the handoff: each is decided by the
//!   rules that every other state is tried by. A crash within a recovery is not tried: a resume ends all that one ends.
//! - Where the run goes on by itself one wish waits, and after a command that went with its shell comes the end of that, as the
//!   wizard has it: nothing is told in between.
//! - While a shell is being started two checks are asked for one by one, and then all at once: a queue is worked off in its
//!   order, whatever that is.
//! - What a finding says beyond green, interrupted or neither is only shown, so states that differ in nothing else are
//!   one; all kinds of ends are still tried in every state, and what they lead to is held against the witness.

mod conditions;
mod decisions;
mod earned;
mod going;
mod key;
mod moves;
mod names;
mod onlooker;
mod outcomes;
mod proven;
mod reach;
mod searches;
mod tenants;
mod trouble;
mod waits;
mod witness;

use names::NameSet;
pub use onlooker::{Onlooker, Written};
use proven::{proven, proven_by, proven_of};
pub use reach::{Detail, Reach};
use waits::{Waiting, is_unattended};

use std::collections::{HashSet, VecDeque};
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist::{
    Changes, Checklist, InputId, Lasts, Need, Sha, Step, StepId, StepKind, ValueSource, Weight, When,
};
use greenlight::facade::run::gate::{self, Gate};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{
    AbandonCause, About, Applies, ApplyEnd, Attempt, Build, CONFIRM_WITHIN_MS, Call, CheckRecord, Command,
    Confirmed, Effect, Event, Expiry, Failure, FileDigest, Finding, GoEnd, Going, HandoffFault, HandoffStage,
    Judge, Judged, Mode, Moment, OutcomeEnd, Prompt, PromptReply, Purpose, Run, ShellEnd, ShellGone,
    ShellState, StaleCause, Stamped, StepApplies, StepState, StepStatus, StopCause, Timer, Trigger,
    Unvouched, Verdict, Wish,
};

use crate::harness::decided::Outcome;
use crate::harness::run_driver::sign_in;
use crate::harness::steps::{
    CONFIRM, STATEMENT, advisory, applies_beyond_session, attested, changing_the_tenant, check_only,
    checklist, finds_the_tenant, for_the_session, found_names, kept_alive, measured, naming, of_the_session,
    until, using_domain, when_domain, when_name, who,
};

/// A unit of time, in milliseconds.
const UNIT: u64 = 600_000;
/// How many checks are asked for one by one while a shell is being started.
const ASKED_WHILE_OPENING: usize = 2;
const CONFIRM_WITHIN: Duration = Duration::from_millis(CONFIRM_WITHIN_MS);
/// The longest limit, in units: older than this is all the same.
const OLDEST: u64 = 2;

/// The wall time at which a run begins, in units.
const BEGAN: u64 = 1_000;

const SHORT: Duration = Duration::from_millis(UNIT);
const LONG: Duration = Duration::from_millis(OLDEST * UNIT);

/// What has happened to one step.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that has happened or has not")]
#[derive(Clone, Default)]
struct Past {
    /// Its last check ended well and nothing has ended that: the time lived when it started.
    earned: Option<u64>,
    /// An apply began, and no check has come to its own end since.
    dirty: bool,
    /// An apply was cut off, and neither a check nor another apply has come to its own end since.
    cut: bool,
    /// In this session: it was applied, and it was there, by an apply that ended well or by a green.
    applied: bool,
    was_there: bool,
    /// What was applied to this session is of before, or may be.
    again: bool,
    /// Checked to its own end in this session, and not applied since.
    looked_at: bool,
    /// It was checked well since the handoff began.
    checked_again: bool,
    /// It was seen to be too old, or of a clock that was set back, and neither checked nor stated since.
    stale: bool,
    /// It was checked, and applied, since the operator did something last.
    went: [bool; 2],
    /// Either, since they asked for a command last.
    looked: bool,
    /// The names that its last good check gave, those that its last check had to speak of, and those of which that did.
    gave: NameSet,
    covers: NameSet,
    spoke: NameSet,
}

/// One of two, by its place in [`outcomes::TENANTS`].
type Tenant = usize;

/// What the shell has been given to do.
#[derive(Clone)]
struct Task {
    attempt: Attempt,
    step: usize,
    purpose: Purpose,
    trigger: Trigger,
    /// The names that it must speak of.
    covers: NameSet,
    began: u64,
    stopped: bool,
    extended: bool,
    declined: bool,
}

/// What has happened, told in other words than the run's.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that has happened or has not")]
#[derive(Clone)]
struct Witness {
    pasts: Vec<Past>,
    /// Of each step since when it waits after its apply, and when it was checked last, by the monotonic clock.
    waits: Vec<Option<Waiting>>,
    task: Option<Task>,
    last_attempt: u32,
    opening: u64,
    /// On whose wish the queue is worked off.
    trigger: Trigger,
    /// The run goes on by itself.
    going: bool,
    /// It does, and its shell went with the last command: the end of that comes next.
    lost: bool,
    /// The step whose apply was the last command, if it ended.
    just_applied: Option<usize>,
    given: bool,
    /// An apply that was confirmed, and how many checks come before it.
    planned: Option<(usize, usize)>,
    /// What it was confirmed for.
    confirmed: Option<Tenant>,
    /// The tenant that was found last, and that is it still, as far as anybody can say.
    tenant: Option<Tenant>,
    says: Option<Tenant>,
    /// Another than before was found by the check that has just ended.
    another: Option<Tenant>,
    /// The step whose check was the last command that ended.
    just_checked: Option<usize>,
    /// The domain that was given last, of [`moves::DOMAINS`].
    domain: Option<usize>,
    /// With which of its good ends each step was found last.
    names: Vec<usize>,
    /// Whether each step applies, as a value that counted said last; and what of it was written down.
    known: Vec<Option<Applies>>,
    recorded: Vec<Option<Applies>>,
    /// What waits, in order, and what of it is being decided.
    held: Vec<Wish>,
    released: Option<Wish>,
    /// How the command that is being told of ended, of [`outcomes::outcomes`].
    outcome: Option<usize>,
    kill_asked: bool,
    shell_end: Option<ShellEnd>,
    abandoned: Option<AbandonCause>,
    /// The units of time lived at the last check's end, or when a handoff began.
    checked_at: u64,
    /// Units of time lived as of the last record, and what the clocks have moved since.
    lived: u64,
    wall: i64,
    mono: u64,
}

#[derive(Clone)]
pub struct Node {
    pub run: Rc<Run>,
    pub now: Moment,
    pub written: Written,
    witness: Witness,
    /// Who judges what runs, where that hangs on what was found before.
    judge: Option<Rc<Judge>>,
}

/// How often the search saw what it must not miss.
#[derive(Debug, Default)]
pub struct Seen {
    pub states: usize,
    moves: usize,
    open: usize,
    interrupted: usize,
    confirmed: usize,
    sealed: usize,
    given_up: usize,
    /// Wishes that waited, were decided, and were refused then.
    held: usize,
    released: usize,
    extended: usize,
    refused: usize,
    /// Applies that were confirmed and did not run.
    not_applied: usize,
    /// Another tenant than before was found.
    another: usize,
    /// Steps that did not apply, in all states.
    not_applying: usize,
    /// Steps that waited, were checked again, and did not wait any more for each reason that is recorded.
    waited: usize,
    polled: usize,
    ended: [usize; 3],
    /// Commands that the run started by itself, and why it did not go on.
    went: usize,
    stopped_going: [usize; 3],
    /// States in which a write failed, and recoveries.
    halted: usize,
    recovered: usize,
}

pub struct Search {
    checklist: Arc<Checklist>,
    reach: Reach,
    /// For each step, those that it needs, and those that rest on it, itself included.
    needs: Vec<Vec<usize>>,
    rests: Vec<Vec<usize>>,
    /// For each step, the one whose names it covers.
    sources: Vec<Option<usize>>,
    visited: HashSet<Vec<u8>>,
    /// The states in which a write has failed.
    halted: HashSet<Vec<u8>>,
    /// What may wait.
    wishes: Vec<Wish>,
    /// What the judge makes of each outcome of each step's check and apply.
    judged: Vec<[Vec<Judged>; 2]>,
    frontier: VecDeque<Node>,
    seen: Seen,
    /// A copy of the state that is looked at, in which nothing has been written yet, for the next command to be decided in.
    copy: Option<(Rc<Run>, Run)>,
    onlooker: Option<Box<dyn Onlooker>>,
}

impl Search {
    pub fn new(checklist: Checklist, reach: Reach) -> Self {
        let checklist = Arc::new(checklist);
        let position = |id: &StepId| checklist.steps.iter().position(|step| step.id == *id).unwrap();
        let needs: Vec<Vec<usize>> =
            checklist.steps.iter().map(|step| step.needs.iter().map(position).collect()).collect();
        let rests = (0..needs.len())
            .map(|root| {
                let mut resting = vec![root];
                for (step, needs) in needs.iter().enumerate() {
                    if needs.iter().any(|need| resting.contains(need)) {
                        resting.push(step);
                    }
                }
                resting
            })
            .collect();
        Self {
            wishes: moves::wishes(&checklist),
            judged: checklist.steps.iter().map(|step| outcomes::judged(step, None)).collect(),
            sources: checklist.steps.iter().map(|step| names::source(step).map(position)).collect(),
            checklist,
            reach,
            needs,
            rests,
            visited: HashSet::new(),
            halted: HashSet::new(),
            frontier: VecDeque::new(),
            seen: Seen::default(),
            copy: None,
            onlooker: None,
        }
    }

    fn start(&self) -> Node {
        let now = Moment { wall: i64::try_from(BEGAN * UNIT).unwrap(), mono: 0 };
        let mut run = Run::new(Arc::clone(&self.checklist));
        let begun = run.begin(Mode::Live, who("ada"), "test");
        run.evolve(now, &begun);
        let witness = Witness {
            pasts: vec![Past::default(); self.needs.len()],
            waits: vec![None; self.needs.len()],
            task: None,
            last_attempt: 0,
            opening: 1,
            trigger: Trigger::Asked,
            going: false,
            lost: false,
            just_applied: None,
            given: false,
            planned: None,
            confirmed: None,
            tenant: None,
            says: None,
            another: None,
            just_checked: None,
            domain: None,
            names: vec![0; self.needs.len()],
            known: vec![None; self.needs.len()],
            recorded: vec![None; self.needs.len()],
            held: Vec::new(),
            released: None,
            outcome: None,
            kill_asked: false,
            shell_end: None,
            abandoned: None,
            checked_at: BEGAN,
            lived: BEGAN,
            wall: 0,
            mono: 0,
        };
        let written = Written(Stamped { at: now, event: begun }, None);
        Node { run: Rc::new(run), now, written, witness, judge: None }
    }

    /// Goes on until nothing new turns up.
    pub fn exhaust(mut self, name: &str) -> Seen {
        let start = self.start();
        self.arrive(start);
        while let Some(node) = self.frontier.pop_front() {
            for made in self.moves(&node) {
                self.make(&node, made);
            }
            self.nothing_old_counts(&node);
            self.halt(&node);
            self.is_unchanged();
        }
        println!("{name}: {:?}", self.seen);
        self.seen
    }

    /// Holds a state against the witness, and keeps it if it is new.
    fn arrive(&mut self, mut node: Node) {
        let statuses = node.run.statuses(node.now);
        let each = self.checklist.steps.iter().map(|step| node.run.status(&step.id, node.now));
        assert_eq!(each.collect::<Vec<_>>(), statuses, "a step stands as it does among all");
        for (position, status) in statuses.iter().enumerate() {
            let id = &self.checklist.steps[position].id;
            assert_eq!(*status == StepStatus::Green, self.earned(&node, position), "{id} is {status:?}");
            self.every_name_is_spoken_of(&node, position, status);
            let runs = matches!(status, StepStatus::Running(_));
            let does_not = self.applies(&node, position) == Applies::No;
            assert_eq!(*status == StepStatus::DoesNotApply, does_not && !runs, "{id} is {status:?}");
            let past = &mut node.witness.pasts[position];
            assert!(*status != StepStatus::Green || !past.stale, "{id} came back from stale");
            // To a sealed run nothing is added any more, and nothing rests on how old it has become.
            if let StepStatus::Stale(StaleCause::Expired { .. } | StaleCause::ClockSetBack) = status
                && !node.run.is_sealed()
            {
                past.stale = true;
            }
            self.seen.not_applying += usize::from(does_not);
            assert!(*status != StepStatus::Green || !past.dirty, "{id} was not read back");
            let waits = past.cut && !matches!(status, StepStatus::Running(_));
            assert!(
                !waits || matches!(status, StepStatus::Interrupted | StepStatus::DoesNotApply),
                "{id} is {status:?}, its apply was cut off"
            );
        }
        let open = matches!(gate::evaluate(&node.run, node.now), Gate::Open(_));
        assert_eq!(open, self.is_open(&node));
        node.tells_what_happened();
        self.waits_are_due(&node, &statuses);
        let mut key = self.key(&node);
        key.extend(self.onlooker.iter_mut().flat_map(|onlooker| onlooker.sees(&node).to_le_bytes()));
        if self.visited.insert(key) {
            self.seen.states += 1;
            self.seen.open += usize::from(open);
            self.seen.sealed += usize::from(node.run.is_sealed());
            self.seen.interrupted += usize::from(statuses.contains(&StepStatus::Interrupted));
            self.frontier.push_back(node);
        }
    }
}

fn units(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap() / UNIT
}
