//! A disk that fails: at any record of any decision, and again while the run recovers from it.

use greenlight::facade::run::Decision;

use super::moves::file;
use super::*;

const WHY: &str = "disk full";

impl Search {
    /// The record after so many of a decision cannot be written: the run is `so_far`, and goes on from there.
    pub(super) fn write_fails(&mut self, node: &Node, so_far: &Node, said: &Command, written: usize) {
        let mut run = self.copy_of(node);
        let mut left = written;
        let mut write = |_: &Stamped| {
            // What has failed once is not tried again, and would panic here.
            left.checked_sub(1)
                .map(|less| left = less)
                .ok_or_else(|| std::mem::replace(&mut left, usize::MAX))
        };
        let failed = run.decide(node.now, said.clone(), &mut write);
        assert!(matches!(failed, Err(0)), "{said:?} goes on after a write that failed");
        assert_eq!(run, *so_far.run, "{said:?} folds what is not written");
        if written == 0 {
            self.copy = Some((Rc::clone(&node.run), run));
        } else if !matches!(said, Command::Resume { .. }) {
            // (A process that cannot write that it goes on does not.)
            self.halt(so_far);
        }
    }

    /// A record could not be written in this state: nothing goes on that nobody can record, until it can.
    pub(super) fn halt(&mut self, node: &Node) {
        if node.run.is_sealed() || !self.halted.insert(self.key(node)) {
            return;
        }
        self.seen.halted += 1;
        let (_, events, Decision { effects, .. }) = self.decided(node, Command::WriteFailed);
        assert_eq!(events, [], "what cannot be written happens");
        let at_work = node.witness.task.is_some() || matches!(node.run.shell(), ShellState::Opening(_));
        let (drops, forgets) = (Effect::DropShell, Effect::ForgetTimers);
        let wanted = if at_work { vec![drops, forgets] } else { vec![forgets] };
        assert_eq!(format!("{effects:?}"), format!("{wanted:?}"));
        self.recover(node, at_work);
        // It may also have gone by itself meanwhile.
        if let ShellState::Open(..) = node.run.shell()
            && !at_work
        {
            self.recover(node, true);
        }
        let mut later = node.clone();
        later.now.mono += UNIT;
        later.now.wall += i64::try_from(UNIT).unwrap();
        if !self.reach.clocks && node.run.may_be_too_old(later.now) {
            (later.witness.mono, later.witness.wall) = (later.witness.mono + 1, later.witness.wall + 1);
            self.recover(&later, at_work);
        }
    }

    fn recover(&mut self, node: &Node, shell_lost: bool) {
        self.seen.recovered += 1;
        // Files are left by what is cut off.
        let orphans = if shell_lost { vec![file("orphan")] } else { Vec::new() };
        let left = Unvouched { torn: Vec::new(), orphans };
        assert!(self.tell(node, &Command::WriteRecovered { why: WHY.to_owned(), left, shell_lost }));
    }
}

impl Node {
    /// Nothing is under way any more that nobody would go on with.
    pub(super) fn has_recovered(&self, before: &Self, shell_lost: bool) {
        let Self { run, .. } = self;
        assert!(run.running().is_none() && run.queue().is_empty() && run.held().is_empty());
        assert_eq!(*run.handoff(), HandoffStage::Idle);
        assert!(!shell_lost || *run.shell() == ShellState::Absent);
        let under_way = *before.run.handoff() != HandoffStage::Idle;
        let why = AbandonCause::WriteFailed { detail: WHY.to_owned() };
        assert_eq!(run.abandoned(), if under_way { Some(&why) } else { before.run.abandoned() });
    }

    /// How the last shell ended, why the last handoff was given up and what waits is what has happened.
    pub(super) fn tells_what_happened(&self) {
        let Self { run, witness, .. } = self;
        assert!(run.held().iter().eq(&witness.held), "{:?} waits and not {:?}", run.held(), witness.held);
        assert_eq!(run.last_shell_end(), witness.shell_end.as_ref());
        assert_eq!(run.abandoned(), witness.abandoned.as_ref());
    }

    /// What waits waits for something: for a command that runs, or for the end of the shell that went with it.
    pub(super) fn keeps_nobody_waiting(&self, before: &Self, said: &Command) {
        let lost = matches!(said, Command::Ended { judged, .. } if judged.end == OutcomeEnd::Lost);
        let waited = before.witness.task.is_none() && !before.witness.held.is_empty();
        assert!(
            self.witness.held.is_empty() || self.witness.task.is_some() || lost || waited,
            "{:?} waits for nothing after {said:?}",
            self.witness.held
        );
    }
}
