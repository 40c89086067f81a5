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
    let judge = Judge { rows: expectation.rows, inputs, now };
    let answers: Vec<Option<bool>> =
        values.iter().map(|value| value.and_then(|value| judge.passes(&expectation.test, value))).collect();
    let count = answers.iter().filter(|answer| **answer == Some(true)).count();
    let met = match expectation.rows {
        Rows::All => !answers.is_empty() && count == answers.len(),
        Rows::Any => count > 0,
        // A row of which nobody can tell cannot show that the test fails on it.
        Rows::None => answers.iter().all(|answer| *answer == Some(false)),
        Rows::Count(wanted) => u32::try_from(count) == Ok(wanted) && answers.iter().all(Option::is_some),
    };
    Fact {
        property: expectation.property.clone().unwrap_or_default(),
        expected: expectation.to_string(),
        found: found(&values, &answers, expectation.rows),
        met,
    }
}

/// What was found, in one line: for many rows the values that fail first, each once with its count.
fn found(values: &[Option<&Value>], answers: &[Option<bool>], rows: Rows) -> String {
    if values.is_empty() {
        return String::new();
    }
    let mut distinct: Vec<(String, usize, bool)> = Vec::new();
    for (value, answer) in values.iter().zip(answers) {
        let shown = value.map_or_else(|| "—".to_owned(), Value::display);
        match distinct.iter_mut().find(|(known, _, _)| *known == shown) {
            Some((_, count, _)) => *count += 1,
            None => distinct.push((shown, 1, *answer == Some(true))),
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

/// What a test is judged by, beside the value.
struct Judge<'a> {
    rows: Rows,
    inputs: &'a dyn Inputs,
    now: Moment,
}

impl Judge<'_> {
    /// Whether one value passes one test; nothing where the value is none that the test can tell anything of, so that
    /// neither the test nor its opposite is ever met by what nobody understood.
    fn passes(&self, test: &Test, value: &Value) -> Option<bool> {
        match test {
            // A null has no text.
            Test::Matches(_) | Test::Contains(_) if *value == Value::Null => None,
            Test::Present => Some(true),
            Test::Is(operand) => self.equals(operand, value),
            Test::IsNot(operand) => self.equals(operand, value).map(|equal| !equal),
            Test::OneOf(operands) => any(operands.iter().map(|operand| self.equals(operand, value))),
            Test::Matches(pattern) => Some(pattern.is_match(&value.display())),
            Test::Contains(operand) => self.contains(operand, value),
            Test::AtLeast(bound) => number(value).map(|number| number >= *bound),
            Test::AtMost(bound) => number(value).map(|number| number <= *bound),
            Test::VersionAtLeast(bound) => {
                let bound = parse_version(bound)?;
                version(value).map(|version| compare_versions(&version, &bound) != Ordering::Less)
            }
            Test::LaterThan(span) => {
                let span = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
                time(value).map(|millis| millis > self.now.wall.saturating_add(span))
            }
            Test::Empty(wanted) => match wanted {
                Emptiness::Empty => Some(is_empty(value)),
                Emptiness::Filled => Some(!is_empty(value)),
            },
            Test::SameSetAs(operands) => self.same_set(operands, value),
        }
    }

    /// As PowerShell's `-eq` has it with the value on its left: the operand is made what the value is.
    fn equals(&self, operand: &Operand, value: &Value) -> Option<bool> {
        match operand {
            Operand::Bool(wanted) => truth(value).map(|found| found == *wanted),
            Operand::Number(wanted) => {
                number(value).map(|found| found.partial_cmp(wanted) == Some(Ordering::Equal))
            }
            Operand::Text(wanted) => text_equals(value, wanted),
            Operand::Input(id) => {
                let wanted = self.inputs.value(id)?.values();
                any(wanted.iter().map(|wanted| text_equals(value, wanted)))
            }
        }
    }

    /// A list with that element, or a text with that part. Of many values all are wanted; but where no row may pass, one
    /// of them is already too much.
    fn contains(&self, operand: &Operand, value: &Value) -> Option<bool> {
        let parts = self.texts(operand).filter(|parts| !parts.is_empty())?;
        let is_part = |part: &String| match (value, operand) {
            (Value::List(items), Operand::Input(_)) => {
                items.iter().any(|item| text_equals(item, part) == Some(true))
            }
            (Value::List(items), Operand::Bool(_) | Operand::Number(_) | Operand::Text(_)) => {
                items.iter().any(|item| self.equals(operand, item) == Some(true))
            }
            (
                Value::Null
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Float(_)
                | Value::Text(_)
                | Value::Time(_)
                | Value::Version(_)
                | Value::Object(_),
                _,
            ) => value.display().to_lowercase().contains(&part.to_lowercase()),
        };
        Some(match self.rows {
            Rows::None | Rows::Count(0) => parts.iter().any(is_part),
            Rows::All | Rows::Any | Rows::Count(_) => parts.iter().all(is_part),
        })
    }

    fn same_set(&self, operands: &[Operand], value: &Value) -> Option<bool> {
        let wanted: Vec<Vec<String>> =
            operands.iter().map(|operand| self.texts(operand)).collect::<Option<_>>()?;
        let wanted = wanted.concat();
        let items = match value {
            Value::List(items) => items.as_slice(),
            Value::Null => &[],
            Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Text(_)
            | Value::Time(_)
            | Value::Version(_)
            | Value::Object(_) => std::slice::from_ref(value),
        };
        let equal = |item: &Value, wanted: &String| text_equals(item, wanted) == Some(true);
        Some(
            items.iter().all(|item| wanted.iter().any(|wanted| equal(item, wanted)))
                && wanted.iter().all(|wanted| items.iter().any(|item| equal(item, wanted))),
        )
    }

    /// What an operand stands for, as texts; nothing where it is an input that has no value.
    fn texts(&self, operand: &Operand) -> Option<Vec<String>> {
        match operand {
            Operand::Bool(true) => Some(vec!["True".to_owned()]),
            Operand::Bool(false) => Some(vec!["False".to_owned()]),
            Operand::Number(number) => Some(vec![number.to_string()]),
            Operand::Text(text) => Some(vec![text.clone()]),
            Operand::Input(id) => self.inputs.value(id).map(|value| value.values().to_vec()),
        }
    }
}

/// Whether one of them is true; where none is and nobody can tell of one, nobody can tell.
fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let answers: Vec<Option<bool>> = answers.collect();
    if answers.contains(&Some(true)) {
        return Some(true);
    }
    answers.iter().all(Option::is_some).then_some(false)
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

/// A Boolean, or what is one in other words: 1 and 0, `true` and `false`.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Int(_) | Value::Float(_) => [(0.0, false), (1.0, true)]
            .into_iter()
            .find(|(known, _)| number(value) == Some(*known))
            .map(|(_, flag)| flag),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Null
        | Value::Text(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_) => None,
    }
}

/// Text without regard to case. A list is its elements joined; one that is not as a whole may still hold the text, so
/// nobody can tell.
fn text_equals(value: &Value, wanted: &str) -> Option<bool> {
    let equal = value.display().to_lowercase() == wanted.to_lowercase();
    match value {
        Value::Null => None,
        Value::List(_) => equal.then_some(true),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Text(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::Object(_) => Some(equal),
    }
}

#[expect(clippy::cast_precision_loss, reason = "bounds of a checklist are far below 2^53")]
fn number(value: &Value) -> Option<f64> {
    let number: Option<f64> = match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Null
        | Value::Bool(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_) => None,
    };
    number.filter(|number| number.is_finite())
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
