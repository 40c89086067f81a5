//! How many of the required steps are green: of all, and under a heading.

use serde::Serialize;

use super::state::{HandoffStage, Run};
use super::status::StepStatus;
use crate::checklist::{Localized, Step, StepKind, Weight};
use crate::run::Moment;

/// How the required steps stand; those that do not apply are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    pub green: usize,
    /// Those that apply, as far as is known.
    pub required: usize,
    pub not_applying: usize,
}

/// What stands above the first step of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The group; none above steps of no group that follow one.
    pub group: Option<&'a Localized>,
    /// Of the steps below it.
    pub count: Count,
}

impl Count {
    pub(super) fn of<'s>(steps: impl Iterator<Item = (&'s Step, &'s StepStatus)>) -> Self {
        let mut count = Self::default();
        for (step, status) in steps {
            match (step.weight, status) {
                (Weight::Advisory, _) => {}
                (Weight::Required, StepStatus::DoesNotApply) => count.not_applying += 1,
                (Weight::Required, status) => {
                    count.required += 1;
                    count.green += usize::from(*status == StepStatus::Green);
                }
            }
        }
        count
    }
}

impl Run {
    /// How its required steps stand at `now`.
    pub fn count(&self, now: Moment) -> Count {
        Count::of(self.checklist.steps.iter().zip(&self.statuses(now)))
    }

    /// How many steps the handoff has checked again, and of how many.
    pub(crate) fn rechecked(&self) -> [usize; 2] {
        let is_measured = |step: &&Step| matches!(step.kind, StepKind::Measured { .. });
        let all = self.checklist.steps.iter().filter(is_measured).count();
        let left = match &self.handoff {
            HandoffStage::Rechecking { left } => left.len(),
            HandoffStage::Idle
            | HandoffStage::Confirming
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. } => 0,
        };
        [all.saturating_sub(left + usize::from(self.running.is_some())), all]
    }
}
