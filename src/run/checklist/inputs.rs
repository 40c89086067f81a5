//! What was given, as commands and conditions see it.

use crate::checklist::{Arity, Input, InputKind, InputValue};
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
