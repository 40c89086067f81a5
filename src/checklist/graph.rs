//! What steps rest on, and what rests on them: the requirements as a graph whose nodes are the places of the steps.

use std::collections::{BTreeMap, BTreeSet};

use super::{Step, StepId};

/// The requirements of a checklist, found without a search through its steps.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Graph {
    places: BTreeMap<StepId, usize>,
    /// What each step needs.
    needs: Vec<Vec<usize>>,
    /// Which steps need each.
    needed_by: Vec<Vec<usize>>,
}

impl Graph {
    pub(crate) fn of(steps: &[Step]) -> Self {
        let mut graph = Self { needed_by: vec![Vec::new(); steps.len()], ..Self::default() };
        for (place, step) in steps.iter().enumerate() {
            graph.places.entry(step.id.clone()).or_insert(place);
        }
        for (place, step) in steps.iter().enumerate() {
            // A step that is not there is nowhere, and never green.
            let nowhere = usize::MAX;
            let needs: Vec<usize> =
                step.needs.iter().map(|need| graph.place(need).unwrap_or(nowhere)).collect();
            for need in &needs {
                graph.needed_by.get_mut(*need).into_iter().for_each(|by| by.push(place));
            }
            graph.needs.push(needs);
        }
        graph
    }

    /// Where the step of that id stands.
    pub(crate) fn place(&self, step: &StepId) -> Option<usize> {
        self.places.get(step).copied()
    }

    /// What the step at `place` needs.
    pub(crate) fn needs(&self, place: usize) -> &[usize] {
        self.needs.get(place).map_or(&[], Vec::as_slice)
    }

    /// The steps that need the one at `place`.
    pub(crate) fn needed_by(&self, place: usize) -> &[usize] {
        self.needed_by.get(place).map_or(&[], Vec::as_slice)
    }

    /// All that any of these needs, directly or through others.
    pub(crate) fn prerequisites(&self, of: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        reached(&self.needs, of)
    }

    /// All that need any of these, directly or through others.
    pub(crate) fn above(&self, of: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        reached(&self.needed_by, of)
    }

    /// Which steps each one rests on, itself included.
    pub(crate) fn closures(&self) -> Closures {
        const BITS: usize = usize::BITS as usize;
        let words = self.needs.len().div_ceil(BITS);
        let mut rows: Vec<Box<[usize]>> = Vec::with_capacity(self.needs.len());
        for (place, needs) in self.needs.iter().enumerate() {
            let mut row = vec![0; words].into_boxed_slice();
            // A step comes after those that it needs.
            for need in needs.iter().filter_map(|need| rows.get(*need)) {
                row.iter_mut().zip(need).for_each(|(word, below)| *word |= below);
            }
            row.get_mut(place / BITS).into_iter().for_each(|word| *word |= 1 << (place % BITS));
            rows.push(row);
        }
        Closures(rows)
    }
}

fn reached(edges: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    let next = |place: usize| edges.get(place).into_iter().flatten().copied();
    let mut left: Vec<usize> = from.into_iter().flat_map(next).collect();
    let mut reached = BTreeSet::new();
    while let Some(place) = left.pop() {
        if reached.insert(place) {
            left.extend(next(place));
        }
    }
    reached
}

/// A bit for each pair of steps.
pub(crate) struct Closures(Vec<Box<[usize]>>);

impl Closures {
    /// Whether `step` is `other` or rests on it.
    pub(crate) fn holds(&self, step: usize, other: usize) -> bool {
        let bits = usize::BITS as usize;
        let word = self.0.get(step).and_then(|row| row.get(other / bits));
        word.is_some_and(|word| word >> (other % bits) & 1 == 1)
    }
}
