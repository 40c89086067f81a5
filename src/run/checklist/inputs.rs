//! What was given, as commands and conditions see it, and what is still to be given.

use super::state::Run;
use crate::checklist::{Arity, Input, InputId, InputKind, InputValue, Need, Step, When};
use crate::run::value::Value;

/// An input as the typed variable that a command sees; without a value it is null, or an empty list.
pub(super) fn typed_value(input: &Input, value: Option<&InputValue>) -> Value {
    let one = |text: &String| match input.kind {
        InputKind::Integer { .. } => text.parse().map_or_else(|_| Value::text(text), Value::Int),
        InputKind::Text
        | InputKind::Domain
        | InputKind::Fqdn
        | InputKind::Upn
        | InputKind::Url { .. }
        | InputKind::Path
        | InputKind::Choice(_) => Value::text(text),
    };
    let values = value.map(InputValue::values).unwrap_or_default();
    match input.arity {
        Arity::Many => Value::List(values.iter().map(one).collect()),
        Arity::One => values.first().map_or(Value::Null, one),
    }
}

impl Run {
    /// The inputs that `step` uses and that were not answered yet; an optional one may be answered with nothing. What its
    /// condition takes comes before all else, and of a step that does not apply nothing else is wanted.
    pub fn missing_inputs(&self, step: &Step) -> Vec<InputId> {
        let of_condition = self.missing_in_condition(step);
        let place = self.graph.place(&step.id);
        if !of_condition.is_empty() || place.is_some_and(|place| self.is_known_not_to_apply(place)) {
            return of_condition;
        }
        self.checklist
            .inputs_of(step)
            .filter(|input| !self.inputs.contains_key(&input.id))
            .map(|input| input.id.clone())
            .collect()
    }

    fn missing_in_condition(&self, step: &Step) -> Vec<InputId> {
        let mut missing: Vec<InputId> = Vec::new();
        for input in step.when.iter().flat_map(When::inputs) {
            if !self.inputs.contains_key(input) && !missing.contains(input) {
                missing.push(input.clone());
            }
        }
        missing
    }

    /// The inputs that a command takes, as it will find them: `$pool = pool.contoso.com`.
    pub(crate) fn values_of(&self, command: &str) -> Vec<String> {
        let line = |input: &Input| {
            let value = self.inputs.get(&input.id).map(InputValue::joined);
            format!("${} = {}", input.id, value.unwrap_or_default())
        };
        self.checklist.inputs_in(command).map(line).collect()
    }

    /// What `step` uses and takes where nobody is there to ask: the default, and nothing for an optional one that its condition
    /// takes.
    pub(crate) fn given_unattended(&self, step: &Step) -> Vec<(InputId, Vec<String>)> {
        let of_condition = self.missing_in_condition(step);
        let given = |id: InputId| {
            let input = self.checklist.input(&id)?;
            match (&input.default, input.need) {
                (Some(default), _) => Some((id, vec![default.clone()])),
                (None, Need::Optional) => of_condition.contains(&id).then(|| (id, Vec::new())),
                (None, Need::Required) => None,
            }
        };
        self.missing_inputs(step).into_iter().filter_map(given).collect()
    }
}
