//! The names that a check must speak of: where they come from, what is left out, and what ends with them.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::state::Run;
use super::status::StaleCause;
use crate::checklist::{Covers, InputValue, Leaves, Sha, Step, StepId};
use crate::run::value::folded;
use crate::run::{KeptValue, ToCover};

impl Run {
    /// What the check of a step must speak of, as far as is known now.
    pub fn to_cover(&self, step: &Step) -> ToCover {
        let Some(covers) = step.covers() else { return ToCover::Nothing };
        let names = match covers {
            Covers::Input(id) => self.inputs.get(id).map(|given| given.values().to_vec()).unwrap_or_default(),
            Covers::List(names) => names.clone(),
            Covers::Step { step, property } => match self.names_of(step, property) {
                Some(names) => names,
                None => return ToCover::Unread { property: property.clone() },
            },
        };
        let left_out: HashSet<String> = self.left_out().into_iter().map(|name| folded(name.trim())).collect();
        let is_left = |name: &String| !left_out.contains(&folded(name.trim()));
        ToCover::Names(names.into_iter().filter(is_left).collect())
    }

    /// The values that no check has to cover, in the order of the inputs.
    pub(crate) fn left_out(&self) -> Vec<&str> {
        let inputs = self.checklist.inputs.iter().filter(|input| input.leaves == Leaves::Out);
        let given = inputs.filter_map(|input| self.inputs.get(&input.id));
        given.flat_map(InputValue::values).map(String::as_str).collect()
    }

    /// The names that a green step found; nothing where one of them is none, or the step is not green.
    fn names_of(&self, step: &StepId, property: &str) -> Option<Vec<String>> {
        let found = self.state(step)?.found.as_ref().filter(|found| found.is_green())?;
        let mut names = Vec::new();
        for value in found.finding.kept_of(property)? {
            let values = match value {
                KeptValue::List(items) => items.as_slice(),
                KeptValue::Null
                | KeptValue::Bool(_)
                | KeptValue::Int(_)
                | KeptValue::Decimal(_)
                | KeptValue::Float(_)
                | KeptValue::Text(_)
                | KeptValue::Time(_)
                | KeptValue::Version(_)
                | KeptValue::Object { .. }
                | KeptValue::Absent
                | KeptValue::Unread => std::slice::from_ref(value),
            };
            for value in values {
                names.push(value.text().filter(|name| !name.trim().is_empty())?.into_owned());
            }
        }
        Some(names)
    }

    /// By what it is seen whether a step that was checked has other names to cover now.
    pub(super) fn names_to_cover(&self, step: &StepId) -> Option<Sha> {
        match self.to_cover(self.step(step)?) {
            ToCover::Nothing | ToCover::Unread { .. } => None,
            ToCover::Names(names) => {
                let names: BTreeSet<String> = names.iter().map(|name| folded(name.trim())).collect();
                let names: Vec<String> = names.into_iter().collect();
                Some(Sha::of(names.join("\0").as_bytes()))
            }
        }
    }

    /// Ends the greens of steps that covered other names than this step found now.
    pub(super) fn end_on_other_names(&mut self, source: &StepId) {
        let checklist = Arc::clone(&self.checklist);
        let cause = StaleCause::NamesChanged { step: source.clone() };
        for step in checklist.steps.iter().filter(|step| step.takes().any(|(from, _)| from == source)) {
            let covered = self.state(&step.id).and_then(|state| state.found.as_ref()?.covered);
            if covered.is_some() && covered != self.names_to_cover(&step.id) {
                self.end_green(&step.id, &cause);
                self.end_dependents(std::slice::from_ref(&step.id), &cause);
            }
        }
    }
}
