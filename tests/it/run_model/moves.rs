//! What may happen in a state, and what comes of it.

use std::convert::Infallible;

use greenlight::facade::run::{Decision, FoundSubject};

use super::outcomes::TENANTS;
use super::*;

/// How many wishes wait at the most.
const HELD: usize = 2;

/// One thing that may happen.
#[derive(Clone, Debug)]
pub(super) enum Move {
    Tell(Command),
    /// What runs ends so, by its place in [`super::outcomes::outcomes`].
    End(usize),
    /// Both clocks go on.
    Tick,
    /// The wall clock alone moves by so many units.
    Wall(i64),
    /// Another process opens the run.
    Resume(Tail),
}

/// How the journal ended that is opened again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Tail {
    Whole,
    /// In a record that is set aside, and noted before the run goes on.
    Torn,
}

/// All that may wait of what is tried here.
pub(super) fn wishes(checklist: &Checklist) -> Vec<Wish> {
    let of = |step: &Step| {
        let step = || step.id.clone();
        let apply = |confirmed| Wish::Apply { step: step(), confirmed };
        let attest = waits(&attest(&step(), Vec::new())).unwrap();
        let named = TENANTS.map(|name| apply(named(name)));
        let plain = [Wish::Check { step: step() }, apply(Confirmed::Yes), apply(Confirmed::NotAsked), attest];
        named.into_iter().chain(plain)
    };
    let all = checklist.steps.iter().map(|step| step.id.clone()).collect();
    let given = DOMAINS.map(|typed| waits(&give(typed)).unwrap());
    let others = [
        Wish::CheckAll { steps: all },
        Wish::Reconnect {},
        Wish::BeginHandoff {},
        Wish::Go { by: who("ada") },
    ];
    checklist.steps.iter().flat_map(of).chain(given).chain(others).collect()
}

/// The wish that a command becomes where it has to wait.
pub(super) fn waits(command: &Command) -> Option<Wish> {
    match command.clone() {
        Command::Check(step) => Some(Wish::Check { step }),
        Command::CheckAll(steps) => Some(Wish::CheckAll { steps }),
        Command::Apply { step, confirmed } => Some(Wish::Apply { step, confirmed }),
        Command::Attest { step, statement, name, note, by, seen } => {
            Some(Wish::Attest { step, statement, name, note, by, seen })
        }
        Command::Give { input, typed } => Some(Wish::Give { input, typed }),
        Command::Reconnect => Some(Wish::Reconnect {}),
        Command::Go { by } => Some(Wish::Go { by }),
        Command::BeginHandoff => Some(Wish::BeginHandoff {}),
        _ => None,
    }
}

fn named(name: &str) -> Confirmed {
    Confirmed::Named { typed: name.to_owned(), id: name.to_owned() }
}

pub(super) const DOMAINS: [&str; 2] = ["contoso.com", "fabrikam.com"];

fn give(domain: &str) -> Command {
    Command::Give { input: "domain".into(), typed: vec![domain.to_owned()] }
}

impl Search {
    /// How what runs can end, as the judge has it; only the first is a good end.
    pub(super) fn ends(&self, task: &Task) -> &[Judged] {
        &self.judged[task.step][usize::from(task.purpose == Purpose::Apply)]
    }

    pub(super) fn moves(&self, node: &Node) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut tell = |command| moves.push(Move::Tell(command));
        let user = |step: &Step| step.uses(&"domain".into());
        if self.checklist.steps.iter().any(user) {
            for typed in DOMAINS {
                tell(give(typed));
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
            if self.reach.subjects {
                for name in TENANTS {
                    tell(Command::Apply { step: id(), confirmed: named(name) });
                }
            }
            if let StepKind::Attested { .. } = step.kind {
                tell(attest(&step.id, node.run.found_subjects()));
            }
        }
        if self.reach.going {
            tell(Command::Go { by: who("ada") });
        }
        if self.reach.queues {
            tell(Command::CheckAll(self.checklist.steps.iter().map(|step| step.id.clone()).collect()));
        }
        self.of_the_command(node, &mut tell);
        of_the_shell_and_the_handoff(&mut tell);
        // Where there are few steps, and little else happens, more waits.
        let most = if self.needs.len() > HELD || self.reach.waits { 1 } else { HELD };
        moves.retain(|made| may_come(node, made, most));
        if let Some(task) = &node.witness.task {
            moves.extend((0..self.ends(task).len()).map(Move::End));
        }
        moves.extend([Tail::Whole, Tail::Torn].map(Move::Resume));
        if node.witness.mono < OLDEST || !self.reach.clocks {
            moves.push(Move::Tick);
        }
        if self.reach.clocks {
            moves.extend([1, -1].map(Move::Wall));
        }
        moves
    }

    /// How the running command ends or asks, what it is answered, and what looks after sessions.
    fn of_the_command(&self, node: &Node, tell: &mut impl FnMut(Command)) {
        if let Some(task) = &node.witness.task {
            let attempt = task.attempt;
            if self.reach.questions {
                tell(Command::Asked { attempt, call: Call(1), prompt: Prompt::Line });
                tell(Command::ExtendTimeout);
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
        if self.reach.waits {
            tell(Command::Fired(Timer::Poll));
        }
        if self.reach.sessions {
            tell(Command::Reconnect);
            tell(Command::Fired(Timer::KeepAlive));
        }
    }

    /// What a command leads to: the run where anything was written, the events, and what is to be done.
    pub(super) fn decided(&mut self, node: &Node, command: Command) -> (Option<Run>, Vec<Event>, Decision) {
        let mut run = self.copy_of(node);
        let mut events = Vec::new();
        let mut write = |stamped: &Stamped| {
            assert_eq!(stamped.at, node.now, "a decision is stamped once");
            events.push(stamped.event.clone());
            Ok::<(), Infallible>(())
        };
        let Ok(decision) = run.decide(node.now, command, &mut write);
        let changed = if events.is_empty() {
            self.copy = Some((Rc::clone(&node.run), run));
            None
        } else {
            Some(run)
        };
        (changed, events, decision)
    }

    pub(super) fn copy_of(&mut self, node: &Node) -> Run {
        if let Some((_, copy)) = self.copy.take_if(|(of, _)| Rc::ptr_eq(of, &node.run)) {
            return copy;
        }
        self.is_unchanged();
        Run::clone(&node.run)
    }

    /// Nothing was written in the copy, so it is what it was.
    pub(super) fn is_unchanged(&mut self) {
        if let Some((of, copy)) = self.copy.take() {
            assert_eq!(*of, copy, "what nobody has written changes the run");
        }
    }

    pub(super) fn make(&mut self, node: &Node, made: Move) {
        self.seen.moves += 1;
        match made {
            Move::Tell(command) => {
                self.tell(node, &command);
            }
            Move::End(outcome) => {
                let mut node = node.clone();
                let task = node.witness.task.as_ref().unwrap();
                let attempt = task.attempt;
                let judged = self.judged_by(&node, task, outcome);
                node.witness.outcome = Some(outcome);
                self.tell(&node, &Command::Ended { attempt, judged: judged.into(), transcript: None });
            }
            Move::Resume(tail) => {
                let mut node = node.clone();
                node.now.mono = 0;
                let left = match tail {
                    Tail::Whole => Unvouched::default(),
                    Tail::Torn => Unvouched { torn: vec![file("torn")], orphans: vec![file("orphan")] },
                };
                let greenlight = Build { version: "test".to_owned(), sha256: None };
                self.tell(&node, &Command::Resume { by: who("bob"), greenlight, left });
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
        if !self.tell(&node, &Command::Fired(Timer::Expiry)) {
            self.arrive(node);
        }
    }

    /// Has a command decided, and says whether anything happened.
    pub(super) fn tell(&mut self, node: &Node, said: &Command) -> bool {
        let (run, events, Decision { effects, refused }) = self.decided(node, said.clone());
        nothing_starts_unwritten(&events, &effects);
        let Some(run) = run else { return false };
        assert!(!node.run.is_sealed(), "a sealed run is changed by {said:?}");
        let mut next = node.clone();
        next.witness.released = None;
        next.judge = self.judge_of(&effects).or(next.judge);
        // What a recovery writes is what a resume brings about anyway.
        let recovers = matches!(said, Command::WriteRecovered { .. });
        for (written, event) in events.iter().enumerate() {
            self.write_fails(node, &next, said, written);
            self.witness(&mut next, event, said);
            next.fold(event);
            // The machine dies after any record: another process goes on from what is on disk.
            let mut crashed = next.clone();
            crashed.now.mono = 0;
            if !crashed.run.is_sealed() && events.len() > 1 && !recovers {
                let resumed = Event::Resumed {
                    by: who("bob"),
                    greenlight: "test".to_owned(),
                    greenlight_sha256: None,
                    format: None,
                    subjects: Vec::new(),
                };
                self.witness(&mut crashed, &resumed, said);
                crashed.fold(&resumed);
                self.arrive(crashed);
            }
        }
        assert_eq!(*next.run, run, "{said:?}: the run is not the fold of what was written");
        // What a process before did not come to write down is written down now.
        let nothing_else = |event: &Event| {
            matches!(
                event,
                Event::Expired { .. }
                    | Event::WaitEnded { .. }
                    | Event::ApplicabilityKnown { .. }
                    | Event::Started { trigger: Trigger::Go, .. }
                    | Event::GoEnded { why: GoEnd::Done }
            )
        };
        let word = node.witness.says.map_or(CONFIRM, |tenant| TENANTS[tenant]);
        if matches!(said, Command::ConfirmHandoff { typed, .. } if typed != word) {
            assert!(events.iter().all(nothing_else), "a wrong word confirms the handoff");
        }
        next.is_woken_for_waits(&effects, (said, &events));
        let held = next.witness.released.is_some();
        assert!(refused.is_none() || held || events.iter().all(nothing_else), "{said:?} is refused too late");
        self.seen.refused += usize::from(refused.is_some());
        self.is_recorded(&next);
        self.goes_on_or_is_held(&next, said);
        next.keeps_nobody_waiting(node, said);
        if let Command::WriteRecovered { shell_lost, .. } = said {
            next.has_recovered(node, *shell_lost);
        }
        self.arrive(next);
        true
    }

    /// What comes under another number than that of the running attempt changes nothing.
    pub(super) fn nothing_old_counts(&mut self, node: &Node) {
        let running = node.witness.task.as_ref().map(|task| task.attempt);
        let last = node.witness.last_attempt;
        for attempt in
            [last.saturating_sub(1), last, last + 1].into_iter().filter_map(NonZeroU32::new).map(Attempt)
        {
            if Some(attempt) == running {
                continue;
            }
            let judged = self.judged[0][0].first().unwrap().clone();
            for command in [
                Command::Ended { attempt, judged: judged.into(), transcript: None },
                Command::Asked { attempt, call: Call(1), prompt: Prompt::Line },
                Command::Fired(Timer::Timeout(attempt)),
                Command::Fired(Timer::Grace(attempt)),
            ] {
                self.seen.moves += 1;
                let (_, events, _) = self.decided(node, command.clone());
                let counts = |event: &&Event| !matches!(event, Event::ApplicabilityKnown { .. });
                assert_eq!(events.iter().find(counts), None, "{command:?} counts although {running:?} runs");
            }
        }
    }
}

fn of_the_shell_and_the_handoff(tell: &mut impl FnMut(Command)) {
    tell(Command::OpenShell);
    tell(Command::ShellOpened(About::default()));
    tell(Command::ShellEnded(ShellGone::AsAsked));
    tell(Command::ShellEnded(ShellGone::Died { detail: "exit code 1".to_owned() }));
    tell(Command::Stop);
    tell(Command::BeginHandoff);
    tell(Command::AbandonHandoff);
    for typed in [CONFIRM, "no", TENANTS[0], TENANTS[1]] {
        tell(Command::ConfirmHandoff { typed: typed.to_owned(), by: who("ada") });
    }
    tell(Command::HandoffWritten(Ok(Vec::new())));
    let left = Unvouched { torn: Vec::new(), orphans: vec![file("orphan")] };
    tell(Command::HandoffWritten(Err(HandoffFault { detail: "disk full".to_owned(), left })));
}

/// What may come now: of what would wait, few things; and after the end of a command that went with its shell, the shell's.
fn may_come(node: &Node, made: &Move, most: usize) -> bool {
    let Move::Tell(command) = made else { return true };
    let Witness { task, held, .. } = &node.witness;
    match (task, waits(command)) {
        (None, _) if !held.is_empty() => matches!(command, Command::ShellEnded(_)),
        (Some(task), Some(wish)) if is_unattended(task.trigger) => match held.as_slice() {
            [] => true,
            [..] => {
                held.contains(&wish)
                    || held.len() < most
                        && matches!(
                            wish,
                            Wish::BeginHandoff {} | Wish::Apply { confirmed: Confirmed::NotAsked, .. }
                        )
            }
        },
        (Some(_) | None, Some(_) | None) => true,
    }
}

pub(super) fn file(name: &str) -> FileDigest {
    FileDigest { file: name.to_owned(), sha256: Sha::of(b""), bytes: 0, left_out: None }
}

/// Whatever a shell or the handoff is told to do stands in the journal first.
fn nothing_starts_unwritten(events: &[Event], effects: &[Effect]) {
    let run = |attempt: &Attempt, step: &StepId, command: &str| format!("{attempt:?} {step} {command}");
    let written = events.iter().filter_map(|event| match event {
        Event::Started { attempt, step, command, .. } => Some(run(attempt, step, command)),
        Event::HandoffConfirmed { .. } => Some("handoff".to_owned()),
        Event::ShellStarting { session } => Some(format!("{session:?}")),
        Event::KillAsked { .. } => Some("kill".to_owned()),
        _ => None,
    });
    let started = effects.iter().filter_map(|effect| match effect {
        Effect::Run { attempt, step, command, .. } => Some(run(attempt, step, command)),
        Effect::WriteHandoff => Some("handoff".to_owned()),
        Effect::OpenShell(session) => Some(format!("{session:?}")),
        Effect::KillShell => Some("kill".to_owned()),
        _ => None,
    });
    assert!(started.eq(written), "{effects:?} after {events:?}");
}

fn attest(step: &StepId, seen: Vec<FoundSubject>) -> Command {
    Command::Attest {
        step: step.clone(),
        statement: STATEMENT.to_owned(),
        name: "Ada".to_owned(),
        note: String::new(),
        by: who("ada"),
        seen,
    }
}
