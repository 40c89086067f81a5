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
//! - nothing is started that is not written down first;
//! - a confirmation is written down only if the gate is open and every required measurement was made again since the
//!   handoff began; and nothing at all changes a sealed run.
//!
//! Bounds, and why they are enough:
//! - Numbers of attempts, sessions and openings are only ever compared with the current one, so a state keeps whether
//!   they are that one; the search injects both neighbours of the current attempt instead of every other number.
//! - Time moves in units, and limits are one or two units: two units after its birth nothing can get any older. Clocks
//!   drift two units from the last record at the most; two units of silence already end every green.
//! - While a shell is being started two checks are asked for one by one, and then all at once: a queue is worked off in its
//!   order, whatever that is.
//! - What a finding says beyond green, interrupted or neither is only shown, so states that differ in nothing else are
//!   one; all kinds of ends are still tried in every state, and what they lead to is held against the witness.

use std::collections::{HashSet, VecDeque};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist::{Changes, Checklist, Lasts, Need, Sha, Step, StepId, StepKind, Weight};
use greenlight::facade::run::gate::{self, Gate};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{
    About, Attempt, CONFIRM_WITHIN_MS, Call, CheckRecord, Command, Confirmed, Decision, Effect, Event,
    Expiry, Failure, FileDigest, HandoffStage, Mode, Moment, Outcome, OutcomeEnd, Prompt, PromptReply,
    Purpose, Run, ShellEnd, ShellState, StaleCause, StepState, StepStatus, Timer, Trigger, Verdict,
};

use crate::harness::steps::{
    CONFIRM, STATEMENT, advisory, attested, check_only, checklist, for_the_session, kept_alive, measured,
    of_the_session, using_domain, who,
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

/// How finely states are told apart.
#[derive(Clone, Copy, Default, PartialEq)]
enum Detail {
    /// By what ended a green, too.
    #[default]
    Fine,
    /// A step that is not green is not green, unless an apply of it was cut off: it stays so until a check ends well,
    /// which the fine searches show.
    Coarse,
}

/// Which of the rarer things happen in a search.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that happens or does not")]
#[derive(Clone, Copy, Default)]
struct Reach {
    /// The wall clock is set back and forth by itself.
    clocks: bool,
    /// Commands ask questions.
    questions: bool,
    /// Sessions are looked after, expire, and come back.
    sessions: bool,
    /// All steps are checked in one go.
    queues: bool,
    detail: Detail,
}

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
    /// It was checked well since the handoff began.
    checked_again: bool,
    /// It was seen to be too old, or of a clock that was set back, and neither checked nor stated since.
    stale: bool,
}

/// What the shell has been given to do.
#[derive(Clone)]
struct Task {
    attempt: Attempt,
    step: usize,
    purpose: Purpose,
    trigger: Trigger,
    began: u64,
    stopped: bool,
    declined: bool,
}

/// What has happened, told in other words than the run's.
#[derive(Clone)]
struct Witness {
    pasts: Vec<Past>,
    task: Option<Task>,
    last_attempt: u32,
    opening: u64,
    /// On whose wish the queue is worked off.
    trigger: Trigger,
    given: bool,
    /// The units of time lived at the last check's end, or when a handoff began.
    checked_at: u64,
    /// Units of time lived as of the last record, and what the clocks have moved since.
    lived: u64,
    wall: i64,
    mono: u64,
}

#[derive(Clone)]
struct Node {
    run: Run,
    now: Moment,
    witness: Witness,
}

/// How often the search saw what it must not miss.
#[derive(Debug, Default)]
struct Seen {
    states: usize,
    moves: usize,
    open: usize,
    interrupted: usize,
    confirmed: usize,
    sealed: usize,
    given_up: usize,
}

struct Search {
    checklist: Arc<Checklist>,
    reach: Reach,
    /// For each step, those that it needs, and those that rest on it, itself included.
    needs: Vec<Vec<usize>>,
    rests: Vec<Vec<usize>>,
    visited: HashSet<Vec<u8>>,
    frontier: VecDeque<Node>,
    seen: Seen,
}

/// One thing that may happen.
#[derive(Clone, Debug)]
enum Move {
    Tell(Command),
    /// Both clocks go on.
    Tick,
    /// The wall clock alone moves by so many units.
    Wall(i64),
    /// Another process opens the run.
    Resume(Tail),
    /// A record could not be written for a while.
    StandStill,
}

/// How the journal ended that is opened again.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Tail {
    Whole,
    /// In a record that is set aside, and noted before the run goes on.
    Torn,
}

fn outcome(end: OutcomeEnd, row: bool, failures: usize) -> Outcome {
    Outcome {
        end,
        rows: vec![Value::Bool(row)],
        rows_dropped: 0,
        warnings: Vec::new(),
        silent_ms: 0,
        failures: vec![Failure::default(); failures],
        elapsed_ms: 0,
    }
}

/// Every way in which a command can end; only the first is a good one.
fn outcomes() -> [Outcome; 6] {
    [
        outcome(OutcomeEnd::Completed, true, 0),
        outcome(OutcomeEnd::Completed, false, 0),
        outcome(OutcomeEnd::Completed, true, 1),
        outcome(OutcomeEnd::Threw, true, 1),
        outcome(OutcomeEnd::Stopped, true, 0),
        outcome(OutcomeEnd::Lost, true, 0),
    ]
}

impl Search {
    fn new(checklist: Checklist, reach: Reach) -> Self {
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
        let seen = Seen::default();
        Self { checklist, reach, needs, rests, visited: HashSet::new(), frontier: VecDeque::new(), seen }
    }

    fn start(&self) -> Node {
        let now = Moment { wall: i64::try_from(BEGAN * UNIT).unwrap(), mono: 0 };
        let mut run = Run::new(Arc::clone(&self.checklist));
        let begun = run.begin(Mode::Live, who("ada"), "test");
        run.evolve(now, &begun);
        let witness = Witness {
            pasts: vec![Past::default(); self.needs.len()],
            task: None,
            last_attempt: 0,
            opening: 1,
            trigger: Trigger::Asked,
            given: false,
            checked_at: BEGAN,
            lived: BEGAN,
            wall: 0,
            mono: 0,
        };
        Node { run, now, witness }
    }

    /// Goes on until nothing new turns up.
    fn exhaust(mut self, name: &str) -> Seen {
        let start = self.start();
        self.arrive(start);
        while let Some(node) = self.frontier.pop_front() {
            for made in self.moves(&node) {
                self.make(&node, made);
            }
            self.nothing_old_counts(&node);
        }
        println!("{name}: {:?}", self.seen);
        self.seen
    }

    fn moves(&self, node: &Node) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut tell = |command| moves.push(Move::Tell(command));
        let user = |step: &Step| step.uses(&"domain".into());
        if self.checklist.steps.iter().any(user) {
            for typed in ["contoso.com", "fabrikam.com"] {
                tell(Command::Give { input: "domain".into(), typed: vec![typed.to_owned()] });
            }
        }
        let opening = matches!(node.run.shell(), ShellState::Opening(_));
        for step in &self.checklist.steps {
            let id = || step.id.clone();
            if !opening || node.run.queue().len() < ASKED_WHILE_OPENING {
                tell(Command::Check(id()));
            }
            tell(Command::Apply { step: id(), confirmed: Confirmed::Yes });
            tell(Command::Apply { step: id(), confirmed: Confirmed::NotAsked });
            if let StepKind::Attested { .. } = step.kind {
                tell(attest(&step.id));
            }
        }
        if self.reach.queues {
            tell(Command::CheckAll(self.checklist.steps.iter().map(|step| step.id.clone()).collect()));
        }
        if let Some(task) = &node.witness.task {
            let attempt = task.attempt;
            for outcome in outcomes() {
                tell(Command::Ended { attempt, outcome, transcript: None });
            }
            if self.reach.questions {
                tell(Command::Asked { attempt, call: Call(1), prompt: Prompt::Line });
            }
            if self.reach.sessions {
                tell(Command::Asked { attempt, call: Call(1), prompt: sign_in() });
            }
            tell(Command::Fired(Timer::Timeout(attempt)));
            tell(Command::Fired(Timer::Grace(attempt)));
        }
        if self.reach.questions || self.reach.sessions {
            for given in [PromptReply::Answered, PromptReply::Declined, PromptReply::Unattended] {
                tell(Command::Answer(given));
            }
        }
        if self.reach.sessions {
            tell(Command::Reconnect);
            tell(Command::Fired(Timer::KeepAlive));
        }
        tell(Command::OpenShell);
        tell(Command::ShellOpened(About::default()));
        tell(Command::ShellEnded(ShellEnd::Closed));
        tell(Command::Stop);
        tell(Command::BeginHandoff);
        tell(Command::AbandonHandoff);
        for typed in [CONFIRM, "no"] {
            tell(Command::ConfirmHandoff { typed: typed.to_owned(), by: who("ada") });
        }
        tell(Command::HandoffWritten(Ok(Vec::new())));
        tell(Command::HandoffWritten(Err("disk full".to_owned())));
        moves.extend([Tail::Whole, Tail::Torn].map(Move::Resume));
        if !node.run.is_sealed() {
            moves.push(Move::StandStill);
        }
        if node.witness.mono < OLDEST || !self.reach.clocks {
            moves.push(Move::Tick);
        }
        if self.reach.clocks {
            moves.extend([1, -1].map(Move::Wall));
        }
        moves
    }

    fn make(&mut self, node: &Node, made: Move) {
        self.seen.moves += 1;
        match made {
            Move::Tell(command) => self.tell(node, command),
            Move::Resume(tail) => {
                let mut node = node.clone();
                node.now.mono = 0;
                if tail == Tail::Torn {
                    let torn = FileDigest {
                        file: "torn".to_owned(),
                        sha256: Sha::of(b""),
                        bytes: 0,
                        left_out: None,
                    };
                    node.run.evolve(node.now, &Event::Quarantined { torn });
                }
                self.tell(
                    &node,
                    Command::Resume {
                        by: who("bob"),
                        greenlight: greenlight::facade::run::Build {
                            version: "test".to_owned(),
                            sha256: None,
                        },
                    },
                );
            }
            Move::StandStill => {
                let mut node = node.clone();
                let event = Event::WriteFailed { why: "disk full".to_owned() };
                self.witness(&mut node, &event, &Command::Stop);
                node.run.evolve(node.now, &event);
                self.arrive(node);
            }
            Move::Tick => {
                let mut node = node.clone();
                node.now.mono += UNIT;
                node.witness.mono += 1;
                self.set_wall(node, 1);
            }
            Move::Wall(units) => self.set_wall(node.clone(), units),
        }
    }

    fn set_wall(&mut self, mut node: Node, units: i64) {
        let limit = i64::try_from(OLDEST).unwrap();
        node.witness.wall += units;
        if (-limit..=limit).contains(&node.witness.wall) || !self.reach.clocks {
            node.now.wall += units * i64::try_from(UNIT).unwrap();
            self.look_at_the_clocks(node);
        }
    }

    /// As the wizard does before anything is read; without an event the run is as it was.
    fn look_at_the_clocks(&mut self, node: Node) {
        let looked = node.run.decide(node.now, Command::Fired(Timer::Expiry)).unwrap();
        if looked.events.is_empty() {
            self.arrive(node);
        } else {
            self.tell(&node, Command::Fired(Timer::Expiry));
        }
    }

    fn tell(&mut self, node: &Node, command: Command) {
        let said = command.clone();
        let Ok(decision) = node.run.decide(node.now, command) else { return };
        nothing_starts_unwritten(&decision);
        if decision.events.is_empty() {
            return;
        }
        assert!(!node.run.is_sealed(), "a sealed run is changed by {said:?}");
        if matches!(said, Command::ConfirmHandoff { ref typed, .. } if typed != CONFIRM) {
            panic!("a wrong word confirms the handoff");
        }
        let mut next = node.clone();
        for event in &decision.events {
            self.witness(&mut next, event, &said);
            next.run.evolve(next.now, event);
            // The machine dies after any record: another process goes on from what is on disk.
            let mut crashed = next.clone();
            crashed.now.mono = 0;
            if !crashed.run.is_sealed() && decision.events.len() > 1 {
                let resumed =
                    Event::Resumed { by: who("bob"), greenlight: "test".to_owned(), greenlight_sha256: None };
                self.witness(&mut crashed, &resumed, &said);
                crashed.run.evolve(crashed.now, &resumed);
                self.arrive(crashed);
            }
        }
        self.arrive(next);
    }

    /// What comes under another number than that of the running attempt changes nothing.
    fn nothing_old_counts(&mut self, node: &Node) {
        let running = node.witness.task.as_ref().map(|task| task.attempt);
        let last = node.witness.last_attempt;
        for attempt in
            [last.saturating_sub(1), last, last + 1].into_iter().filter_map(NonZeroU32::new).map(Attempt)
        {
            if Some(attempt) == running {
                continue;
            }
            let good = outcome(OutcomeEnd::Completed, true, 0);
            for command in [
                Command::Ended { attempt, outcome: good, transcript: None },
                Command::Asked { attempt, call: Call(1), prompt: Prompt::Line },
                Command::Fired(Timer::Timeout(attempt)),
                Command::Fired(Timer::Grace(attempt)),
            ] {
                self.seen.moves += 1;
                let decision = node.run.decide(node.now, command.clone()).unwrap();
                assert_eq!(decision.events, [], "{command:?} counts although {running:?} runs");
            }
        }
    }

    /// Writes down what an event says has happened, and whether it may have.
    #[expect(clippy::too_many_lines, reason = "one match over every event reads as a table")]
    fn witness(&mut self, node: &mut Node, event: &Event, said: &Command) {
        let before = node.clone();
        let witness = &mut node.witness;
        let set_back = witness.wall < 0;
        if let Event::Resumed { .. } = event {
            // What the last process's own clock would say is gone with it.
            witness.mono = 0;
        }
        witness.lived = witness.now();
        (witness.wall, witness.mono) = (0, 0);
        match event {
            Event::Resumed { .. } => {
                witness.opening += 1;
                self.lose(witness);
                self.end_sessions(witness);
                for (past, step) in witness.pasts.iter_mut().zip(&self.checklist.steps) {
                    match step.kind {
                        StepKind::Measured { .. } => past.earned = None,
                        StepKind::Attested { .. } if set_back => past.earned = None,
                        StepKind::Attested { .. } => {}
                    }
                }
            }
            Event::InputGiven { input, .. } => {
                for (position, step) in self.checklist.steps.iter().enumerate() {
                    if step.uses(input) {
                        self.shake(witness, position);
                    }
                }
                witness.given = true;
            }
            Event::ShellEnded { .. } => {
                self.lose(witness);
                self.end_sessions(witness);
            }
            Event::Started { attempt, step, purpose, session, trigger, .. } => {
                let position = self.position(step);
                assert!(witness.task.is_none(), "two commands at once");
                assert!(attempt.0.get() > witness.last_attempt, "a number is used twice");
                assert!(matches!(before.run.shell(), ShellState::Open(open, _) if open == session));
                let optional = self.checklist.inputs.iter().all(|input| input.need == Need::Optional);
                assert!(witness.given || optional || !self.checklist.steps[position].uses(&"domain".into()));
                assert!(
                    self.needs[position].iter().all(|need| self.earned(&before, *need)),
                    "{step} starts too early"
                );
                witness.last_attempt = attempt.0.get();
                witness.task = Some(Task {
                    attempt: *attempt,
                    step: position,
                    purpose: *purpose,
                    trigger: *trigger,
                    began: witness.lived,
                    stopped: false,
                    declined: false,
                });
                if *purpose == Purpose::Apply {
                    let StepKind::Measured { apply: Some(apply), .. } = &self.checklist.steps[position].kind
                    else {
                        panic!("{step} has no apply")
                    };
                    let asked = matches!(said, Command::Apply { confirmed: Confirmed::Yes, .. });
                    assert!(asked || apply.changes == Changes::Session, "{step} is applied without a yes");
                    assert_eq!(*before.run.handoff(), HandoffStage::Idle);
                    assert_ne!(*trigger, Trigger::KeepAlive, "a session is looked after by an apply");
                    self.shake(witness, position);
                    witness.pasts[position].dirty = true;
                }
            }
            Event::Answered { given, .. } => {
                let task = witness.task.as_mut().expect("something asks");
                task.declined |= *given != PromptReply::Answered;
                let asking = before.run.running().and_then(|running| running.asking.as_ref());
                if *given != PromptReply::Answered && asking.is_some_and(|asking| asking.prompt == sign_in())
                {
                    let (step, purpose) = (task.step, task.purpose);
                    for (root, rests) in self.rests.iter().enumerate() {
                        let own = root == step && purpose == Purpose::Apply;
                        if self.checklist.steps[root].keep_alive.is_some() && rests.contains(&step) && !own {
                            self.shake(witness, root);
                        }
                    }
                }
            }
            Event::StopAsked { .. } => witness.task.as_mut().expect("something runs").stopped = true,
            Event::Checked { attempt, finding, .. } => {
                let task = witness.task.take().expect("something runs");
                witness.checked_at = witness.lived;
                assert_eq!((task.attempt, task.purpose), (*attempt, Purpose::Check));
                let Command::Ended { outcome, .. } = said else { panic!("nothing ended") };
                let well = *outcome == outcomes()[0] && !task.stopped && !task.declined;
                assert_eq!(finding.verdict == Verdict::Green, well, "{finding:?}");
                let past = &mut witness.pasts[task.step];
                past.earned = well.then_some(task.began);
                past.stale = false;
                past.checked_again = well;
                past.dirty &= finding.verdict == Verdict::Interrupted;
                past.cut &= finding.verdict == Verdict::Interrupted;
                if finding.verdict == Verdict::Red {
                    self.shake(witness, task.step);
                }
            }
            Event::Applied { attempt, .. } => {
                let task = witness.task.take().expect("something runs");
                assert_eq!((task.attempt, task.purpose), (*attempt, Purpose::Apply));
                let Command::Ended { outcome, .. } = said else { panic!("nothing ended") };
                let own_end = matches!(outcome.end, OutcomeEnd::Completed | OutcomeEnd::Threw);
                witness.pasts[task.step].cut = task.stopped || !own_end;
            }
            Event::Attested { step, .. } => {
                let position = self.position(step);
                assert!(
                    self.needs[position].iter().all(|need| self.earned(&before, *need)),
                    "{step} is stated too early"
                );
                witness.pasts[position].earned = Some(witness.lived);
                witness.pasts[position].stale = false;
            }
            Event::Expired { steps, why } => {
                for step in steps {
                    let position = self.position(step);
                    let past = &mut witness.pasts[position];
                    if *why == Expiry::Age {
                        let limit = units(self.checklist.steps[position].fresh_for);
                        assert!(past.earned.is_some_and(|began| witness.lived - began >= limit), "{step}");
                    }
                    past.earned = None;
                    past.stale = true;
                }
            }
            Event::HandoffBegun { .. } => {
                assert!(self.is_open(&before), "a handoff begins behind a locked gate");
                witness.pasts.iter_mut().for_each(|past| past.checked_again = false);
                witness.checked_at = witness.lived;
            }
            Event::HandoffConfirmed { .. } => {
                self.seen.confirmed += 1;
                assert!(self.is_open(&before), "confirmed behind a locked gate");
                assert!(witness.lived - witness.checked_at < units(CONFIRM_WITHIN), "confirmed too late");
                for (past, step) in witness.pasts.iter().zip(&self.checklist.steps) {
                    let counts =
                        step.weight == Weight::Required && matches!(step.kind, StepKind::Measured { .. });
                    assert!(
                        past.checked_again || !counts,
                        "confirmed although {} was not checked again",
                        step.id
                    );
                }
            }
            Event::HandoffAbandoned { .. } => self.seen.given_up += 1,
            Event::Sealed { .. } => assert_eq!(*before.run.handoff(), HandoffStage::Writing),
            Event::Queued { trigger, .. } => witness.trigger = *trigger,
            Event::Begun { .. }
            | Event::ShellStarting { .. }
            | Event::ShellOpened { .. }
            | Event::Quarantined { .. }
            | Event::OrphanFile { .. }
            | Event::WriteFailed { .. }
            | Event::Asked { .. } => {}
        }
    }

    fn position(&self, id: &StepId) -> usize {
        self.checklist.steps.iter().position(|step| step.id == *id).unwrap()
    }

    /// What ran is lost with its process.
    #[expect(clippy::unused_self, reason = "reads as its neighbours do")]
    fn lose(&self, witness: &mut Witness) {
        if let Some(task) = witness.task.take() {
            let past = &mut witness.pasts[task.step];
            past.earned = None;
            past.cut |= task.purpose == Purpose::Apply;
        }
    }

    /// Nothing that lived in the session counts any more, nor what rests on it.
    fn end_sessions(&self, witness: &mut Witness) {
        for (root, step) in self.checklist.steps.iter().enumerate() {
            if step.lasts == Lasts::Session {
                self.shake(witness, root);
            }
        }
    }

    /// Whatever rests on a step no longer counts, nor does the step.
    fn shake(&self, witness: &mut Witness, root: usize) {
        for position in &self.rests[root] {
            witness.pasts[*position].earned = None;
        }
    }

    /// Whether a step holds now, as far as what happened can tell.
    fn earned(&self, node: &Node, position: usize) -> bool {
        let Witness { pasts, task, .. } = &node.witness;
        let limit = units(self.checklist.steps[position].fresh_for);
        let fresh = pasts[position].earned.is_some_and(|began| node.witness.now() - began < limit);
        // A check that only looks after a session leaves its step as it was found.
        let runs =
            task.as_ref().is_some_and(|task| task.step == position && task.trigger != Trigger::KeepAlive);
        fresh && !runs && self.needs[position].iter().all(|need| self.earned(node, *need))
    }

    fn is_open(&self, node: &Node) -> bool {
        let required = |position: &usize| self.checklist.steps[*position].weight == Weight::Required;
        (0..self.needs.len()).filter(required).all(|position| self.earned(node, position))
    }

    /// Holds a state against the witness, and keeps it if it is new.
    fn arrive(&mut self, mut node: Node) {
        let statuses = node.run.statuses(node.now);
        let each = self.checklist.steps.iter().map(|step| node.run.status(&step.id, node.now));
        assert_eq!(each.collect::<Vec<_>>(), statuses, "a step stands as it does among all");
        for (position, status) in statuses.iter().enumerate() {
            let id = &self.checklist.steps[position].id;
            assert_eq!(*status == StepStatus::Green, self.earned(&node, position), "{id} is {status:?}");
            let past = &mut node.witness.pasts[position];
            assert!(*status != StepStatus::Green || !past.stale, "{id} came back from stale");
            // To a sealed run nothing is added any more, and nothing rests on how old it has become.
            if let StepStatus::Stale(StaleCause::Expired { .. } | StaleCause::ClockSetBack) = status
                && !node.run.is_sealed()
            {
                past.stale = true;
            }
            assert!(*status != StepStatus::Green || !past.dirty, "{id} was not read back");
            let waits = past.cut && !matches!(status, StepStatus::Running(_));
            assert!(
                !waits || *status == StepStatus::Interrupted,
                "{id} is {status:?}, its apply was cut off"
            );
        }
        let open = matches!(gate::evaluate(&node.run, node.now), Gate::Open(_));
        assert_eq!(open, self.is_open(&node));
        if self.visited.insert(self.key(&node)) {
            self.seen.states += 1;
            self.seen.open += usize::from(open);
            self.seen.sealed += usize::from(node.run.is_sealed());
            self.seen.interrupted += usize::from(statuses.contains(&StepStatus::Interrupted));
            self.frontier.push_back(node);
        }
    }

    /// The state with its numbers made relative: two nodes with the same key behave the same for ever.
    fn key(&self, node: &Node) -> Vec<u8> {
        let Node { run, witness, .. } = node;
        let mut key = Vec::with_capacity(64);
        key.push(match run.shell() {
            ShellState::Absent => 0,
            ShellState::Opening(_) => 1,
            ShellState::Open(..) => 2,
        });
        let in_handoff = matches!(run.handoff(), HandoffStage::Rechecking { .. } | HandoffStage::Confirming);
        for (step, past) in self.checklist.steps.iter().zip(&witness.pasts) {
            // An age that is over the limit stays so.
            let age = |since: u64| witness.now() - since;
            let alive =
                |since: u64| (age(since) < units(step.fresh_for)).then(|| u8::try_from(age(since)).unwrap());
            key.push(past.earned.and_then(alive).map_or(0, |age| 1 + age));
            let flags = [past.dirty, past.cut, past.checked_again && in_handoff];
            key.extend(flags.map(u8::from));
            key.push(run.state(&step.id).map_or(0, |state| self.step_key(step, state, node, &alive)));
            if self.reach.sessions {
                key.push(session_key(run, step));
            }
        }
        if let Some(running) = run.running() {
            let position = self.position(&running.step);
            let debug = format!("{running:?}");
            let age = match running.purpose {
                Purpose::Check => witness.now() - number(&debug, "lived: ") / UNIT,
                Purpose::Apply => 0,
            };
            let flags = [
                running.purpose == Purpose::Apply,
                running.stopping.is_some(),
                running.asking.is_some(),
                debug.contains("unanswered: Some"),
            ];
            key.push(10 + u8::try_from(position).unwrap());
            key.extend(flags.map(u8::from));
            key.push(u8::try_from(age.min(units(self.checklist.steps[position].fresh_for))).unwrap());
            key.extend([
                running.trigger as u8,
                u8::from(running.asking.as_ref().is_some_and(|a| a.prompt == sign_in())),
            ]);
        }
        key.push(20);
        let mut list = |steps: &[StepId]| {
            key.extend(steps.iter().map(|step| u8::try_from(self.position(step)).unwrap()));
        };
        list(run.queue());
        // A handoff begins with an empty queue, so the two lists cannot be taken for each other.
        let stage = match run.handoff() {
            HandoffStage::Idle => 21,
            HandoffStage::Confirming => 22,
            HandoffStage::Writing => 23,
            HandoffStage::Sealed { .. } => 24,
            HandoffStage::Rechecking { left } => {
                list(left);
                25
            }
        };
        key.extend([stage, u8::from(witness.given)]);
        if *run.handoff() == HandoffStage::Confirming {
            key.push(u8::from(witness.now() - witness.checked_at >= units(CONFIRM_WITHIN)));
        }
        if !run.queue().is_empty() {
            key.push(witness.trigger as u8);
        }
        if self.reach.clocks {
            key.extend([u8::try_from(witness.wall + 100).unwrap(), u8::try_from(witness.mono).unwrap()]);
        }
        key
    }

    /// A step's state; Debug output shows what is private of it.
    fn step_key(&self, step: &Step, state: &StepState, node: &Node, alive: &dyn Fn(u64) -> Option<u8>) -> u8 {
        const NOT_GREEN: u8 = 0;
        const CUT: u8 = 128;
        let whole = format!("{state:?}");
        let cut = if whole.contains("cut: true") { CUT } else { 0 };
        let dead = |class| if self.reach.detail == Detail::Coarse { NOT_GREEN } else { class };
        let judged = match (&state.found, &state.statement) {
            (None, None) => NOT_GREEN,
            (Some(found), _) if found.finding.verdict == Verdict::Interrupted => dead(1),
            (Some(found), _) if found.finding.verdict != Verdict::Green => NOT_GREEN,
            (Some(_), _) | (None, Some(_)) => {
                let lives = |found: &CheckRecord| match node.run.shell() {
                    ShellState::Open(session, _) => *session == found.session,
                    ShellState::Opening(_) | ShellState::Absent => false,
                };
                let of_this_opening = |_: &CheckRecord| number(&whole, "opening: ") == node.witness.opening;
                let alive = alive(number(&whole, "lived: ") / UNIT);
                if whole.contains("ended: Some") {
                    dead(2)
                } else if whole.contains("expired: true") {
                    dead(5)
                } else if state.found.as_ref().is_some_and(|found| !of_this_opening(found)) {
                    dead(3)
                } else if step.lasts == Lasts::Session
                    && state.found.as_ref().is_some_and(|found| !lives(found))
                {
                    dead(4)
                } else {
                    alive.map_or_else(|| dead(5), |age| 10 + age)
                }
            }
        };
        cut | judged
    }
}

impl Witness {
    /// Units of time lived.
    fn now(&self) -> u64 {
        self.lived + u64::try_from(self.wall).unwrap_or(0).max(self.mono)
    }
}

fn units(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap() / UNIT
}

/// What decides how a session comes back: whether the step was ever checked, whether its session has expired, and whether
/// what runs follows right after its apply.
fn session_key(run: &Run, step: &Step) -> u8 {
    let Some(state) = run.state(&step.id) else { return 0 };
    let expired = format!("{:?}", state.found).contains("ended: Some(SessionExpired");
    let follows = match (&state.applied, run.running()) {
        (Some(applied), Some(running)) => applied.attempt.0.get() + 1 == running.attempt.0.get(),
        (Some(_) | None, Some(_) | None) => false,
    };
    u8::from(state.found.is_some()) | u8::from(expired) << 1 | u8::from(follows) << 2
}

/// The question of a command whose session is gone.
fn sign_in() -> Prompt {
    Prompt::Credential { caption: String::new(), message: "sign in".to_owned(), user: String::new() }
}

/// Whatever a shell or the handoff is told to do stands in the journal first.
fn nothing_starts_unwritten(decision: &Decision) {
    let written: Vec<Effect> = decision
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Started { attempt, step, command, .. } => Some(run_effect(*attempt, step, command)),
            Event::HandoffConfirmed { .. } => Some(Effect::WriteHandoff),
            Event::ShellStarting { session } => Some(Effect::OpenShell(*session)),
            _ => None,
        })
        .collect();
    let started: Vec<Effect> = decision
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Run { attempt, step, command, .. } => Some(run_effect(*attempt, step, command)),
            Effect::WriteHandoff | Effect::OpenShell(_) => Some(effect.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(started, written);
}

fn run_effect(attempt: Attempt, step: &StepId, command: &str) -> Effect {
    Effect::Run { attempt, step: step.clone(), command: command.to_owned(), variables: Vec::new() }
}

/// The number that follows `label` in Debug output.
fn number(debug: &str, label: &str) -> u64 {
    let start = debug.find(label).expect(label) + label.len();
    let digits: String = debug[start..].chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

fn attest(step: &StepId) -> Command {
    Command::Attest {
        step: step.clone(),
        statement: STATEMENT.to_owned(),
        name: "Ada".to_owned(),
        note: String::new(),
        by: who("ada"),
    }
}

/// A search that saw what it is about.
fn proven(name: &str, steps: Vec<Step>, reach: Reach) {
    proven_of(name, checklist(steps), reach);
}

fn proven_of(name: &str, checklist: Checklist, reach: Reach) {
    let seen = Search::new(checklist, reach).exhaust(name);
    assert!(
        seen.open > 0 && seen.interrupted > 0 && seen.confirmed > 0 && seen.sealed > 0 && seen.given_up > 0
    );
}

#[test]
fn a_pair_with_questions_queues_and_a_session() {
    let steps = vec![using_domain(measured("a", &[], SHORT)), of_the_session(measured("b", &["a"], LONG))];
    proven("pair", steps, Reach { questions: true, queues: true, ..Reach::default() });
}

#[test]
fn a_measurement_and_a_statement_under_wandering_clocks() {
    let steps = vec![check_only(measured("a", &[], LONG)), attested(measured("b", &["a"], LONG))];
    proven("clocks", steps, Reach { clocks: true, ..Reach::default() });
}

#[test]
fn sessions_that_are_looked_after_and_come_back() {
    let steps = vec![
        kept_alive(for_the_session(measured("a", &[], LONG)), SHORT),
        of_the_session(for_the_session(measured("b", &["a"], LONG))),
        check_only(measured("c", &["b"], LONG)),
    ];
    let coarse = Detail::Coarse;
    proven("sessions", steps, Reach { sessions: true, detail: coarse, ..Reach::default() });
}

#[test]
fn an_input_that_may_stay_empty() {
    let steps = vec![using_domain(check_only(measured("a", &[], LONG))), measured("b", &["a"], SHORT)];
    let mut checklist = checklist(steps);
    checklist.inputs[0].need = Need::Optional;
    proven_of("optional input", checklist, Reach::default());
}

#[test]
fn a_chain() {
    let steps = vec![
        using_domain(measured("a", &[], SHORT)),
        of_the_session(measured("b", &["a"], LONG)),
        measured("c", &["b"], SHORT),
    ];
    proven("chain of three", steps.clone(), Reach::default());
    let steps = [steps, vec![measured("d", &["c"], LONG)]].concat();
    proven("chain of four", steps, Reach { detail: Detail::Coarse, queues: true, ..Reach::default() });
}

#[test]
fn a_diamond() {
    let steps = vec![
        of_the_session(measured("a", &[], LONG)),
        using_domain(measured("b", &["a"], SHORT)),
        measured("c", &["a"], LONG),
        measured("d", &["b", "c"], LONG),
    ];
    proven("diamond", steps, Reach { detail: Detail::Coarse, queues: true, ..Reach::default() });
}

#[test]
fn statements_between_measurements() {
    let steps = vec![
        using_domain(measured("a", &[], SHORT)),
        attested(measured("b", &["a"], LONG)),
        measured("c", &["b"], LONG),
        attested(measured("d", &["c"], SHORT)),
    ];
    proven("statements", steps, Reach { queues: true, ..Reach::default() });
}

#[test]
fn advice_between_what_counts() {
    let steps = vec![
        advisory(measured("a", &[], SHORT)),
        measured("b", &[], LONG),
        of_the_session(measured("c", &["a", "b"], LONG)),
        advisory(using_domain(measured("d", &["a"], LONG))),
    ];
    proven("advice", steps, Reach { detail: Detail::Coarse, ..Reach::default() });
}
