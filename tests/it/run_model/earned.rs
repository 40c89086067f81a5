//! What has been earned and still counts, as the witness has it, and what ends that.

use super::*;

impl Search {
    /// Whether a step holds now, as far as what happened can tell.
    pub(super) fn earned(&self, node: &Node, position: usize) -> bool {
        let Witness { pasts, task, .. } = &node.witness;
        let limit = units(self.checklist.steps[position].fresh_for);
        let fresh = pasts[position].earned.is_some_and(|began| node.witness.now() - began < limit);
        // A check that nobody asked for leaves its step as it was found.
        let runs = task.as_ref().is_some_and(|task| task.step == position && !is_unattended(task.trigger));
        fresh
            && !runs
            && !pasts[position].again
            && self.applies(node, position) == Applies::Yes
            && self.needs_hold(node, position)
    }

    pub(super) fn is_open(&self, node: &Node) -> bool {
        let required = |position: &usize| self.checklist.steps[*position].weight == Weight::Required;
        let wanted = |position: &usize| required(position) && self.applies(node, *position) != Applies::No;
        let mut wanted = (0..self.needs.len()).filter(wanted).peekable();
        wanted.peek().is_some() && wanted.all(|position| self.earned(node, position))
    }

    /// Whatever rests on a step no longer counts, nor does the step.
    pub(super) fn shake(&self, witness: &mut Witness, root: usize) {
        for position in &self.rests[root] {
            witness.pasts[*position].earned = None;
            if self.checklist.steps[*position].subject.is_some() {
                witness.says = None;
            }
        }
    }

    /// Nothing that lived in the session counts any more, nor what rests on it.
    pub(super) fn end_sessions(&self, witness: &mut Witness) {
        for past in &mut witness.pasts {
            (past.applied, past.was_there, past.again) = (false, false, false);
            past.looked_at = false;
        }
        witness.planned = None;
        for (root, step) in self.checklist.steps.iter().enumerate() {
            if step.lasts == Lasts::Session {
                self.shake(witness, root);
            }
        }
    }

    /// What ran is lost with its process.
    #[expect(clippy::unused_self, reason = "reads as its neighbours do")]
    pub(super) fn lose(&self, witness: &mut Witness) {
        if let Some(task) = witness.task.take() {
            let past = &mut witness.pasts[task.step];
            past.earned = None;
            past.cut |= task.purpose == Purpose::Apply;
            if task.purpose == Purpose::Check {
                (past.covers, past.spoke) = (task.covers, NameSet::default());
            }
        }
    }
}
