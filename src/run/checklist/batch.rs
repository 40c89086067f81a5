//! Checks that run one after another: how far they are, and how long that takes yet.

use super::state::{HandoffStage, Run};
use crate::checklist::StepId;
use crate::run::{Moment, Verdict};

/// How far the checks are that run one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Which one runs, counted from 1.
    pub at: usize,
    pub of: usize,
    /// How long they take yet, if each takes what it took last, milliseconds; none where one was not measured in this run.
    pub left_ms: Option<u64>,
}

impl Run {
    /// How far the checks are that were asked for together, while one of them runs.
    pub fn batch(&self, now: Moment) -> Option<Batch> {
        let running = self.foreground_command()?;
        let (queue, again) = match &self.handoff {
            HandoffStage::Rechecking { left } => (left, Some(self.rechecked())),
            HandoffStage::Idle
            | HandoffStage::Confirming
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. } => (&self.queue, None),
        };
        let (_, at, of) = queue.last_taken().filter(|(step, _, of)| **step == running.step && *of > 1)?;
        // What all is done to is looked at twice then, and counts once.
        let (at, of) = again.map_or((at, of), |[done, all]| (done + 1, all));
        let so_far = now.mono.saturating_sub(running.at.mono);
        let of_running = self.took(&running.step).map(|took| took.saturating_sub(so_far));
        let left_ms = std::iter::once(of_running).chain(queue.iter().map(|step| self.took(step))).sum();
        Some(Batch { at, of, left_ms })
    }

    /// How long the last check of a step took, milliseconds; one that was cut off says nothing of that.
    fn took(&self, step: &StepId) -> Option<u64> {
        let finding = &self.state(step)?.found.as_ref()?.finding;
        (finding.verdict != Verdict::Interrupted).then_some(finding.elapsed_ms)
    }
}
