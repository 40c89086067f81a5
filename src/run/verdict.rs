//! Objects against expectations: what a check's outcome says of its step.
//!
//! The only place where a verdict is made. An error, a throw, missing rows or cut output are never green.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::Moment;
use super::value::Value;
use crate::checklist::{
    Check, Emptiness, Expectation, InputId, InputValue, Operand, Remedy, Rows, Step, Test,
};

/// What is known of a step after its check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The state holds.
    Green,
    /// It does not.
    Red,
    /// It could not be found out.
    Undetermined,
    /// We stopped watching.
    Interrupted,
}

/// Why the verdict is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum VerdictReason {
    /// Every expectation was met.
    Met,
    /// This many were not.
    Unmet {
        /// How many.
        count: usize,
    },
    /// The command returned nothing where something was needed.
    NoRows,
    /// It wrote errors, or threw.
    Failed,
    /// Its output was larger than is kept, so not all of it was looked at.
    Cut,
    /// It asked something that nobody answered.
    Unanswered {
        /// What was asked.
        asked: String,
    },
    /// It asked to sign in to a session that had been there, and nobody did: the session has expired.
    SessionExpired {
        /// What was asked.
        asked: String,
    },
    /// The operator stopped it.
    Stopped,
    /// Its timeout passed.
    TimedOut,
    /// The shell ended under it.
    ShellLost,
}

/// One expectation with what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The property, or empty for the object itself.
    pub property: String,
    /// What was expected, in the words of the file format.
    pub expected: String,
    /// What was found, in one line.
    pub found: String,
    /// Whether that is enough.
    pub met: bool,
}

/// An error record, or what was thrown, with the secrets taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The `FullyQualifiedErrorId`.
    pub error_id: String,
    /// The exception's type name.
    pub exception: String,
    /// The category.
    pub category: String,
    /// The message.
    pub message: String,
}

/// What a check found: all that a screen or an export shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: VerdictReason,
    /// Each expectation with what was found.
    pub facts: Vec<Fact>,
    /// The first errors.
    pub failures: Vec<Failure>,
    /// The step's remedies that fit, by position.
    pub remedies: Vec<usize>,
    /// How long the check took, milliseconds.
    pub elapsed_ms: u64,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeEnd {
    /// It ran to its end.
    Completed,
    /// It threw; what was thrown is the last of the failures.
    Threw,
    /// It was stopped.
    Stopped,
    /// The shell ended under it.
    Lost,
}

/// Everything that a command gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub end: OutcomeEnd,
    /// The objects of its output stream, as far as they are kept.
    pub rows: Vec<Value>,
    /// How many more there were.
    pub rows_dropped: u64,
    /// Its errors, as far as they are kept; what was thrown is the last.
    pub failures: Vec<Failure>,
    /// How long it took, milliseconds.
    pub elapsed_ms: u64,
}

/// How many failures a finding keeps.
pub const FAILURES_KEPT: usize = 5;
/// How many characters of a found value a fact keeps.
const FOUND_KEPT: usize = 300;

/// The operator's values, by input.
pub trait Inputs {
    /// The value of `id`, if it has one.
    fn value(&self, id: &InputId) -> Option<&InputValue>;
}

/// Judges a check that ran to an end that it chose itself.
pub fn judge(step: &Step, check: &Check, outcome: &Outcome, inputs: &dyn Inputs, now: Moment) -> Finding {
    let rows: Vec<&Value> = outcome.rows.iter().filter(|row| !matches!(row, Value::Null)).collect();
    let facts: Vec<Fact> =
        check.expect.iter().map(|expectation| fact(expectation, &rows, inputs, now)).collect();
    let unmet = facts.iter().filter(|fact| !fact.met).count();
    let failed = !outcome.failures.is_empty() || outcome.end == OutcomeEnd::Threw;
    let (verdict, reason) = match (outcome.end, failed) {
        (OutcomeEnd::Stopped, _) => (Verdict::Interrupted, VerdictReason::Stopped),
        (OutcomeEnd::Lost, _) => (Verdict::Interrupted, VerdictReason::ShellLost),
        (OutcomeEnd::Threw, _) | (OutcomeEnd::Completed, true) => {
            (Verdict::Undetermined, VerdictReason::Failed)
        }
        (OutcomeEnd::Completed, false) if outcome.rows_dropped > 0 => {
            (Verdict::Undetermined, VerdictReason::Cut)
        }
        (OutcomeEnd::Completed, false) if unmet == 0 && !facts.is_empty() => {
            (Verdict::Green, VerdictReason::Met)
        }
        (OutcomeEnd::Completed, false) if rows.is_empty() => (Verdict::Red, VerdictReason::NoRows),
        (OutcomeEnd::Completed, false) => (Verdict::Red, VerdictReason::Unmet { count: unmet }),
    };
    let failures: Vec<Failure> = outcome.failures.iter().take(FAILURES_KEPT).cloned().collect();
    let remedies = match verdict {
        Verdict::Green => Vec::new(),
        Verdict::Red | Verdict::Undetermined | Verdict::Interrupted => {
            remedies(&step.remedies, &outcome.failures, &facts)
        }
    };
    Finding { verdict, reason, facts, failures, remedies, elapsed_ms: outcome.elapsed_ms }
}

/// The finding of a check that was cut off, or that asked in vain.
pub fn cut_off(verdict: Verdict, reason: VerdictReason, failures: Vec<Failure>, elapsed_ms: u64) -> Finding {
    Finding { verdict, reason, facts: Vec::new(), failures, remedies: Vec::new(), elapsed_ms }
}

/// The positions of the remedies that fit. One without any condition fits whatever is not green, and comes last.
pub fn remedies(remedies: &[Remedy], failures: &[Failure], facts: &[Fact]) -> Vec<usize> {
    let fits = |remedy: &Remedy| {
        let when = &remedy.when;
        let failure_fits = |failure: &Failure| {
            when.error_id.as_ref().is_none_or(|id| error_id_is(failure, id))
                && when.text.as_ref().is_none_or(|text| text.is_match(&failure.message))
        };
        let asks_failure = when.error_id.is_some() || when.text.is_some();
        (!asks_failure || failures.iter().any(failure_fits))
            && when.property.as_ref().is_none_or(|property| {
                facts.iter().any(|fact| !fact.met && fact.property.eq_ignore_ascii_case(property))
            })
    };
    let general = |remedy: &Remedy| {
        remedy.when.error_id.is_none() && remedy.when.text.is_none() && remedy.when.property.is_none()
    };
    let mut found: Vec<(bool, usize)> = remedies
        .iter()
        .enumerate()
        .filter(|(_, remedy)| fits(remedy))
        .map(|(position, remedy)| (general(remedy), position))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, position)| position).collect()
}

/// Whether a failure is of that id: the `FullyQualifiedErrorId` up to its first comma, or the exception's last name.
fn error_id_is(failure: &Failure, id: &str) -> bool {
    let own = failure.error_id.split(',').next().unwrap_or_default();
    let exception = failure.exception.rsplit('.').next().unwrap_or_default();
    own.eq_ignore_ascii_case(id) || exception.eq_ignore_ascii_case(id)
}

fn fact(expectation: &Expectation, rows: &[&Value], inputs: &dyn Inputs, now: Moment) -> Fact {
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
        Test::Contains(operand) => match value {
            Value::List(items) => items.iter().any(|item| equal(operand, item)),
            Value::Null => false,
            Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Text(_)
            | Value::Time(_)
            | Value::Version(_)
            | Value::Object(_) => {
                let whole = value.display().to_lowercase();
                operand_texts(operand, inputs).iter().any(|part| whole.contains(&part.to_lowercase()))
            }
        },
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
