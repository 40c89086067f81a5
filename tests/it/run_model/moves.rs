//! What may happen in a state.

use greenlight::facade::run::FoundSubject;

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
        let little = self.needs.len() <= HELD && !self.reach.waits && !self.reach.going;
        let most = if little { HELD } else { 1 };
        moves.retain(|made| may_come(node, made, most));
        if let Some(task) = &node.witness.task {
            moves.extend((0..self.ends(task).len()).map(Move::End));
        }
        moves.extend([Tail::Whole, Tail::Torn].map(Move::Resume));
        if node.witness.lost {
            return moves;
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
    let Witness { task, held, lost, .. } = &node.witness;
    let Move::Tell(command) = made else { return !lost };
    if *lost {
        return matches!(command, Command::ShellEnded(_));
    }
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
