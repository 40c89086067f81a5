//! What comes of what may happen: each decision, held against the witness.

use std::convert::Infallible;

use greenlight::facade::run::Decision;

use super::moves::{Move, Tail, file};
use super::outcomes::TENANTS;
use super::*;

impl Search {
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
        next.witness.lost = next.witness.going && went_with_its_shell(said);
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
        if node.witness.lost {
            return;
        }
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

/// A command has ended, and its shell with it.
pub(super) fn went_with_its_shell(said: &Command) -> bool {
    matches!(said, Command::Ended { judged, .. } if judged.end == OutcomeEnd::Lost)
}
