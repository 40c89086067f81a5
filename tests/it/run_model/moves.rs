//! What may happen in a state, and what comes of it.

use super::*;

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
    /// How what runs can end; only the first is a good end.
    pub(super) fn outcomes(&self, task: &Task) -> Vec<Outcome> {
        let step = &self.checklist.steps[task.step];
        match &self.onlooker {
            Some(onlooker) => onlooker.outcomes(step, task.purpose),
            None => outcomes().to_vec(),
        }
    }

    pub(super) fn moves(&self, node: &Node) -> Vec<Move> {
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
        self.of_the_command(node, &mut tell);
        of_the_shell_and_the_handoff(&mut tell);
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

    /// How the running command ends or asks, what it is answered, and what looks after sessions.
    fn of_the_command(&self, node: &Node, tell: &mut impl FnMut(Command)) {
        if let Some(task) = &node.witness.task {
            let attempt = task.attempt;
            for outcome in self.outcomes(task) {
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
    }

    pub(super) fn make(&mut self, node: &Node, made: Move) {
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
                    node.fold(&Event::Quarantined { torn });
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
                node.fold(&event);
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
            next.fold(event);
            // The machine dies after any record: another process goes on from what is on disk.
            let mut crashed = next.clone();
            crashed.now.mono = 0;
            if !crashed.run.is_sealed() && decision.events.len() > 1 {
                let resumed =
                    Event::Resumed { by: who("bob"), greenlight: "test".to_owned(), greenlight_sha256: None };
                self.witness(&mut crashed, &resumed, &said);
                crashed.fold(&resumed);
                self.arrive(crashed);
            }
        }
        self.arrive(next);
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
}

fn of_the_shell_and_the_handoff(tell: &mut impl FnMut(Command)) {
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

fn attest(step: &StepId) -> Command {
    Command::Attest {
        step: step.clone(),
        statement: STATEMENT.to_owned(),
        name: "Ada".to_owned(),
        note: String::new(),
        by: who("ada"),
    }
}
