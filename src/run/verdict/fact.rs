//! One expectation against the rows of a check: what each word of the file format means.

use std::cmp::Ordering;

use super::super::Moment;
use super::super::value::Value;
use super::{Fact, Inputs};
use crate::checklist::{Emptiness, Expectation, Operand, Rows, Test};

/// How many characters of a found value a fact keeps.
const FOUND_KEPT: usize = 300;

/// Holds one expectation against all rows.
pub(super) fn fact(expectation: &Expectation, rows: &[&Value], inputs: &dyn Inputs, now: Moment) -> Fact {
    let values: Vec<Option<&Value>> = rows
        .iter()
        .map(|row| match &expectation.property {
            Some(path) => row.property(path),
            None => Some(*row),
        })
        .collect();
    let passing: Vec<bool> = values
        .iter()
        .map(|value| value.is_some_and(|value| passes(&expectation.test, value, inputs, now)))
        .collect();
    let count = passing.iter().filter(|pass| **pass).count();
    let met = match expectation.rows {
        Rows::All => !passing.is_empty() && count == passing.len(),
        Rows::Any => count > 0,
        // A row that lacks the property cannot show that the test fails on it.
        Rows::None => count == 0 && values.iter().all(Option::is_some),
        Rows::Count(wanted) => u32::try_from(count) == Ok(wanted) && values.iter().all(Option::is_some),
    };
    Fact {
        property: expectation.property.clone().unwrap_or_default(),
        expected: expectation.to_string(),
        found: found(&values, &passing, expectation.rows),
        met,
    }
}

/// What was found, in one line: for many rows the values that fail first, each once with its count.
fn found(values: &[Option<&Value>], passing: &[bool], rows: Rows) -> String {
    if values.is_empty() {
        return String::new();
    }
    let mut distinct: Vec<(String, usize, bool)> = Vec::new();
    for (value, pass) in values.iter().zip(passing) {
        let shown = value.map_or_else(|| "—".to_owned(), Value::display);
        match distinct.iter_mut().find(|(known, _, _)| *known == shown) {
            Some((_, count, _)) => *count += 1,
            None => distinct.push((shown, 1, *pass)),
        }
    }
    let failing_first = match rows {
        Rows::All | Rows::Count(_) => false,
        Rows::Any | Rows::None => true,
    };
    distinct.sort_by_key(|(_, _, pass)| *pass != failing_first);
    let parts: Vec<String> = distinct
        .iter()
        .map(|(shown, count, _)| if *count > 1 { format!("{shown} ({count}x)") } else { shown.clone() })
        .collect();
    let joined = parts.join("; ");
    match joined.char_indices().nth(FOUND_KEPT) {
        Some((end, _)) => format!("{}…", joined.get(..end).unwrap_or_default()),
        None => joined,
    }
}

/// Whether one value passes one test.
fn passes(test: &Test, value: &Value, inputs: &dyn Inputs, now: Moment) -> bool {
    let equal = |operand: &Operand, value: &Value| equals_any(operand, value, inputs);
    match test {
        Test::Present => true,
        Test::Is(operand) => equal(operand, value),
        Test::IsNot(operand) => known(operand, inputs) && !equal(operand, value),
        Test::OneOf(operands) => operands.iter().any(|operand| equal(operand, value)),
        Test::Matches(pattern) => !matches!(value, Value::Null) && pattern.is_match(&value.display()),
        Test::Contains(operand) => {
            let parts = singles(operand, inputs);
            !parts.is_empty() && parts.iter().all(|part| contains(value, part, inputs))
        }
        Test::AtLeast(bound) => number(value).is_some_and(|number| number >= *bound),
        Test::AtMost(bound) => number(value).is_some_and(|number| number <= *bound),
        Test::VersionAtLeast(bound) => match (version(value), parse_version(bound)) {
            (Some(version), Some(bound)) => compare_versions(&version, &bound) != Ordering::Less,
            (None, _) | (_, None) => false,
        },
        Test::LaterThan(span) => match time(value) {
            Some(millis) => {
                let span = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
                millis > now.wall.saturating_add(span)
            }
            None => false,
        },
        Test::Empty(wanted) => match wanted {
            Emptiness::Empty => is_empty(value),
            Emptiness::Filled => !is_empty(value),
        },
        Test::SameSetAs(operands) => same_set(operands, value, inputs),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(object) => object.text.is_empty() && object.properties.is_empty(),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Time(_) | Value::Version(_) => false,
    }
}

/// Whether an operand has a value to compare with.
fn known(operand: &Operand, inputs: &dyn Inputs) -> bool {
    match operand {
        Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) => true,
        Operand::Input(id) => inputs.value(id).is_some(),
    }
}

/// A list with that element, or a text with that part.
fn contains(value: &Value, part: &Operand, inputs: &dyn Inputs) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| equals_any(part, item, inputs)),
        Value::Null => false,
        Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Text(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::Object(_) => {
            let whole = value.display().to_lowercase();
            operand_texts(part, inputs).iter().any(|part| whole.contains(&part.to_lowercase()))
        }
    }
}

/// An operand as values that each stand alone.
fn singles(operand: &Operand, inputs: &dyn Inputs) -> Vec<Operand> {
    match operand {
        Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) => vec![operand.clone()],
        Operand::Input(_) => operand_texts(operand, inputs).into_iter().map(Operand::Text).collect(),
    }
}

fn operand_texts(operand: &Operand, inputs: &dyn Inputs) -> Vec<String> {
    match operand {
        Operand::Bool(true) => vec!["True".to_owned()],
        Operand::Bool(false) => vec!["False".to_owned()],
        Operand::Number(number) => vec![number.to_string()],
        Operand::Text(text) => vec![text.clone()],
        Operand::Input(id) => inputs.value(id).map(|value| value.values().to_vec()).unwrap_or_default(),
    }
}

/// As PowerShell's `-eq` has it with the value on its left: the operand is made what the value is.
fn equals_any(operand: &Operand, value: &Value, inputs: &dyn Inputs) -> bool {
    match operand {
        Operand::Bool(wanted) => match value {
            Value::Bool(found) => found == wanted,
            Value::Int(_) | Value::Float(_) => number(value) == Some(f64::from(u8::from(*wanted))),
            Value::Text(text) => text.eq_ignore_ascii_case(&operand.to_string()),
            Value::Null | Value::Time(_) | Value::Version(_) | Value::List(_) | Value::Object(_) => false,
        },
        Operand::Number(wanted) => {
            number(value).is_some_and(|found| found.partial_cmp(wanted) == Some(Ordering::Equal))
        }
        Operand::Text(wanted) => text_equal(value, wanted),
        Operand::Input(id) => inputs
            .value(id)
            .is_some_and(|wanted| wanted.values().iter().any(|wanted| text_equal(value, wanted))),
    }
}

/// Text without regard to case; a null equals nothing, not even the empty text.
fn text_equal(value: &Value, wanted: &str) -> bool {
    !matches!(value, Value::Null) && value.display().to_lowercase() == wanted.to_lowercase()
}

fn same_set(operands: &[Operand], value: &Value, inputs: &dyn Inputs) -> bool {
    let wanted: Vec<String> = operands.iter().flat_map(|operand| operand_texts(operand, inputs)).collect();
    let single;
    let items: &[Value] = match value {
        Value::List(items) => items,
        Value::Null => &[],
        Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Text(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::Object(_) => {
            single = [value.clone()];
            &single
        }
    };
    operands.iter().all(|operand| known(operand, inputs))
        && items.iter().all(|item| wanted.iter().any(|wanted| text_equal(item, wanted)))
        && wanted.iter().all(|wanted| items.iter().any(|item| text_equal(item, wanted)))
}

#[expect(clippy::cast_precision_loss, reason = "bounds of a checklist are far below 2^53")]
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Null
        | Value::Bool(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_) => None,
    }
}

fn version(value: &Value) -> Option<Vec<u32>> {
    match value {
        Value::Version(parts) => Some(parts.clone()),
        Value::Text(text) => parse_version(text),
        Value::Int(major) => u32::try_from(*major).ok().map(|major| vec![major]),
        Value::Object(object) => parse_version(&object.text),
        Value::Null | Value::Bool(_) | Value::Float(_) | Value::Time(_) | Value::List(_) => None,
    }
}

/// Whole numbers joined by dots; a label after a hyphen (`7.6.0-preview.1`) is left out.
fn parse_version(text: &str) -> Option<Vec<u32>> {
    let numbers = text.trim().split(['-', '+']).next()?;
    let parts: Vec<u32> = numbers.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    (1..=4).contains(&parts.len()).then_some(parts)
}

/// Missing parts count as zero.
fn compare_versions(a: &[u32], b: &[u32]) -> Ordering {
    let part = |parts: &[u32], position| parts.get(position).copied().unwrap_or(0);
    (0..4)
        .map(|position| part(a, position).cmp(&part(b, position)))
        .find(|o| o.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn time(value: &Value) -> Option<i64> {
    match value {
        Value::Time(millis) => Some(*millis),
        Value::Text(text) => text.trim().parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_) => None,
    }
}
