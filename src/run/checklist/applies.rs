//! Whether a step applies: its condition, held against what was given and what was found.
//!
//! Only a value that is there decides: what is missing, cannot be read or rests on a step that is not green leaves it unknown.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::applicability::{Applicability, Applies, Condition, Doubt, StepApplies, Told, WhyNot};
use super::inputs::typed_value;
use super::state::Run;
use super::status::{StaleCause, StepStatus};
use super::step_queue::StepQueue;
use crate::checklist::{InputId, InputValue, Step, StepId, Test, ValueSource, Weight, When};
use crate::run::value::{Member, Value};
use crate::run::{KeptValue, Moment, verdict};

impl Run {
    /// Whether the step at `place` applies, where those before it stand as `statuses` says.
    pub(super) fn applicability(&self, place: usize, statuses: &[StepStatus], now: Moment) -> Applicability {
        let when = self.checklist.steps.get(place).and_then(|step| step.when.as_ref());
        when.map_or(Applicability::Applies, |when| self.met(place, when, statuses, now))
    }

    fn met(&self, place: usize, when: &When, statuses: &[StepStatus], now: Moment) -> Applicability {
        let asks_emptiness = matches!(when.test, Test::Empty(_));
        let has_no_value = |input: &&InputId| {
            self.inputs.get(*input).is_none_or(|given| given.values().is_empty() && !asks_emptiness)
        };
        let no_value = || when.inputs().find(has_no_value).map(|input| Doubt::NoValue(input.clone()));
        match &when.source {
            ValueSource::Input(input) => match no_value() {
                Some(doubt) => Applicability::Unknown(doubt),
                None => self.met_by_input(&when.test, input, now),
            },
            ValueSource::Step { step, property } => {
                let status = self.graph.place(step).and_then(|place| statuses.get(place));
                let told = self.conditions.get(&place).and_then(|condition| condition.rows.as_ref());
                match (status, told) {
                    (Some(StepStatus::DoesNotApply), _) => {
                        Applicability::DoesNot(WhyNot::Source { step: step.clone() })
                    }
                    (Some(StepStatus::Green), Some(told)) => match no_value() {
                        Some(doubt) => Applicability::Unknown(doubt),
                        None => told.applicability(|found| WhyNot::Found {
                            step: step.clone(),
                            property: property.clone(),
                            found,
                        }),
                    },
                    _ => Applicability::Unknown(Doubt::NotGreen(step.clone())),
                }
            }
        }
    }

    fn met_by_input(&self, test: &Test, id: &InputId, now: Moment) -> Applicability {
        let Some(input) = self.checklist.input(id) else {
            return Applicability::Unknown(Doubt::NoValue(id.clone()));
        };
        let given = self.inputs.get(id);
        let whole = typed_value(input, given);
        let values = match (&whole, test) {
            // What is asked of a list as a whole.
            (Value::List(_), Test::SameSetAs(_) | Test::Empty(_)) => std::slice::from_ref(&whole),
            (Value::List(items), _) => items.as_slice(),
            _ => std::slice::from_ref(&whole),
        };
        let passes = verdict::any_passes(test, values.iter().map(Member::Here), &self.inputs, now);
        let given = given.into_iter().flat_map(InputValue::values);
        let told = Told { passes, found: shown(given.map(String::as_str)) };
        told.applicability(|found| WhyNot::Input { input: id.clone(), found })
    }

    /// Holds the conditions on what `source` found against what it found now, where that is green.
    pub(super) fn read_rows(&mut self, source: &StepId) {
        let checklist = Arc::clone(&self.checklist);
        let conditions = self.conditions.keys().copied().collect::<Vec<_>>();
        for place in conditions {
            let when = checklist.steps.get(place).and_then(|step| step.when.as_ref());
            if let Some(When { source: ValueSource::Step { step, property }, test }) = when
                && step == source
                && let Some(told) = self.told_by(source, property, test)
                && let Some(condition) = self.conditions.get_mut(&place)
            {
                condition.rows = Some(told);
            }
        }
    }

    /// The same of all conditions that compare with an input.
    pub(super) fn read_rows_by(&mut self, input: &InputId) {
        let compares = |when: &When| when.test.inputs().any(|id| id == input);
        let whens = self.checklist.steps.iter().filter_map(|step| step.when.as_ref());
        let sources: BTreeSet<StepId> =
            whens.filter(|when| compares(when)).filter_map(|when| when.source.step().cloned()).collect();
        for source in sources {
            self.read_rows(&source);
        }
    }

    fn told_by(&self, source: &StepId, property: &str, test: &Test) -> Option<Told> {
        let found = self.state(source)?.found.as_ref().filter(|found| found.is_green())?;
        let kept = found.finding.kept_of(property);
        let values: Vec<Option<Value>> = kept.unwrap_or_default().iter().map(KeptValue::value).collect();
        let members = values.iter().map(|value| value.as_ref().map_or(Member::Absent, Member::Here));
        // Of what was not kept nobody can tell; where no row came, none passes.
        let passes = kept.and_then(|_| verdict::any_passes(test, members, &self.inputs, found.at));
        let texts: Vec<String> = values.iter().flatten().map(Value::display).collect();
        Some(Told { passes, found: shown(texts.iter().map(String::as_str)) })
    }

    /// The place of the step whose rows say whether this one applies.
    pub(super) fn source(&self, step: &Step) -> Option<usize> {
        match &step.when.as_ref()?.source {
            ValueSource::Input(_) => None,
            ValueSource::Step { step, .. } => self.graph.place(step),
        }
    }

    /// Takes what the values that count now say, and ends what rests on a step of which they say another than before.
    pub(super) fn learn_applicability(&mut self, at: Moment) {
        if self.conditions.is_empty() {
            return;
        }
        let statuses = self.statuses(at);
        let told: Vec<(usize, Applies)> = self
            .conditions
            .keys()
            .filter_map(|place| Some((*place, self.applicability(*place, &statuses, at).told()?)))
            .collect();
        for (place, applies) in told {
            self.learn(place, applies);
        }
    }

    fn learn(&mut self, place: usize, applies: Applies) {
        let Some(condition) = self.conditions.get_mut(&place) else { return };
        let before = condition.known.replace(applies);
        if before.is_some_and(|before| before != applies)
            && let Some(step) = self.checklist.steps.get(place).map(|step| step.id.clone())
        {
            let cause = StaleCause::AppliesOtherwise { step: step.clone() };
            self.end_green(&step, &cause);
            self.end_dependents(std::slice::from_ref(&step), &cause);
        }
    }

    /// What is known of whether steps apply and is not recorded yet.
    pub(super) fn unrecorded_applicability(&self, now: Moment) -> Vec<StepApplies> {
        if self.conditions.is_empty() || self.is_sealed() {
            return Vec::new();
        }
        let statuses = self.statuses(now);
        let unrecorded = |(place, condition): (&usize, &Condition)| {
            let applicability = self.applicability(*place, &statuses, now);
            let applies = applicability.told().filter(|told| condition.recorded != Some(*told))?;
            let step = self.checklist.steps.get(*place)?.id.clone();
            Some(StepApplies { step, applies, why: applicability.why() })
        };
        self.conditions.iter().filter_map(unrecorded).collect()
    }

    /// It was recorded what is known of these.
    pub(super) fn applicability_recorded(&mut self, steps: &[StepApplies]) {
        for StepApplies { step, applies, .. } in steps {
            let Some(place) = self.graph.place(step) else { continue };
            self.learn(place, *applies);
            if let Some(condition) = self.conditions.get_mut(&place) {
                condition.recorded = Some(*applies);
            }
        }
    }

    /// Those of a handoff's steps that are left, from the first on that can still be checked: not one that no longer applies,
    /// nor advice that rests on a step that fell or of which nobody knows whether it applies.
    pub(super) fn still_checkable(&self, mut left: StepQueue, now: Moment) -> StepQueue {
        let statuses = self.statuses(now);
        let held = |place: &usize| statuses.get(*place).is_some_and(StepStatus::is_held);
        let fell = |id: &&StepId| {
            let Some(place) = self.graph.place(id) else { return true };
            let is_advice = self.step(id).is_none_or(|step| step.weight == Weight::Advisory);
            match self.applicability(place, &statuses, now) {
                Applicability::DoesNot(_) => true,
                Applicability::Unknown(_) => is_advice,
                Applicability::Applies => is_advice && !self.graph.needs(place).iter().all(held),
            }
        };
        left.take(left.iter().take_while(fell).count());
        left
    }

    /// Whether a value said last that the step at `place` does not apply.
    pub(super) fn is_known_not_to_apply(&self, place: usize) -> bool {
        self.conditions.get(&place).is_some_and(|condition| condition.known == Some(Applies::No))
    }
}

/// The beginnings of the first values, each once, in one line; of none nothing.
fn shown<'v>(values: impl Iterator<Item = &'v str>) -> String {
    const SHOWN: usize = 5;
    const LETTERS: usize = 80;
    let mut shown: Vec<String> = Vec::new();
    for value in values.filter(|value| !value.is_empty()) {
        let mut start: String = value.chars().take(LETTERS).collect();
        if start.len() < value.len() {
            start.push('…');
        }
        if shown.contains(&start) {
            continue;
        }
        if shown.len() == SHOWN {
            shown.push("…".to_owned());
            break;
        }
        shown.push(start);
    }
    shown.join(", ")
}
