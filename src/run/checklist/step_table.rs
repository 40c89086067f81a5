//! What a run holds much of, so that a copy of it costs nothing: a decision is drafted on a copy of the run.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::state::StepState;
use crate::checklist::StepId;

/// How many changed steps a copy keeps for itself, before it shares nothing any more.
const APART: usize = 64;

/// What is known of each step, by its place. A copy shares it all, and keeps for itself what it changes.
#[derive(Clone, Default)]
pub(super) struct StepTable {
    shared: Arc<Vec<Option<StepState>>>,
    changed: BTreeMap<usize, Option<StepState>>,
}

impl StepTable {
    pub(super) fn of(steps: usize) -> Self {
        Self { shared: Arc::new(vec![None; steps]), changed: BTreeMap::new() }
    }

    pub(super) fn get(&self, place: usize) -> Option<&StepState> {
        self.changed.get(&place).or_else(|| self.shared.get(place))?.as_ref()
    }

    /// Where the state of the step at `place` is kept; nowhere if there is no such step.
    pub(super) fn slot(&mut self, place: usize) -> Option<&mut Option<StepState>> {
        let shared = self.shared.get(place)?;
        if Arc::strong_count(&self.shared) > 1 && self.changed.len() < APART {
            return Some(self.changed.entry(place).or_insert_with(|| shared.clone()));
        }
        let shared = Arc::make_mut(&mut self.shared);
        for (place, state) in std::mem::take(&mut self.changed) {
            shared.get_mut(place).into_iter().for_each(|slot| slot.clone_from(&state));
        }
        shared.get_mut(place)
    }
}

/// Alike for the same states, wherever they are kept.
impl fmt::Debug for StepTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.shared.len()).map(|place| self.get(place))).finish()
    }
}

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
