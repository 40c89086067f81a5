//! Steps that wait: taken from the front, and kept by whoever looks at them while the run goes on.

use std::ops::Deref;
use std::sync::Arc;

use crate::checklist::StepId;

/// Steps that wait, in order, and are taken from the front.
#[derive(Clone, Debug, Default)]
pub struct StepQueue {
    steps: Arc<[StepId]>,
    taken: usize,
}

impl StepQueue {
    /// Takes the first `count`.
    pub(super) fn take(&mut self, count: usize) {
        self.taken = self.taken.saturating_add(count).min(self.steps.len());
    }

    /// Takes a step that is in it, and those before it. Another one ends a queue that is empty.
    pub(super) fn take_to(&mut self, step: &StepId) {
        if let Some(position) = self.iter().position(|own| own == step) {
            self.take(position + 1);
        } else if self.is_empty() {
            *self = Self::default();
        }
    }

    /// The step that was taken last, as how manieth of how many.
    pub(super) fn last_taken(&self) -> Option<(&StepId, usize, usize)> {
        Some((self.steps.get(self.taken.checked_sub(1)?)?, self.taken, self.steps.len()))
    }
}

impl From<&[StepId]> for StepQueue {
    fn from(steps: &[StepId]) -> Self {
        Self { steps: steps.into(), taken: 0 }
    }
}

impl Deref for StepQueue {
    type Target = [StepId];

    fn deref(&self) -> &[StepId] {
        self.steps.get(self.taken..).unwrap_or_default()
    }
}

impl PartialEq for StepQueue {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
