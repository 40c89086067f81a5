//! Numbers, and texts that are one, compared exactly or not at all.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::value::Value;
use crate::checklist::is_plain_number;

/// As many digits as a double has in every version of PowerShell, when it is written or made a `decimal`.
const DIGITS: usize = 15;
/// As many as are the same in a single and in the double that it arrives as.
const DIGITS_OF_SINGLE: usize = 6;
/// 2^53: beyond it doubles leave out whole numbers, and whether PowerShell compares as such hangs on how a number is written.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// A number of the checklist as a value.
#[expect(clippy::cast_possible_truncation, reason = "it is whole, and not beyond 2^53")]
pub(super) fn literal(number: f64) -> Value {
    let is_whole = number.fract() == 0.0 && number.abs() <= WHOLE;
    if is_whole { Value::Int(number as i64) } else { Value::Float(number) }
}

/// How two numbers compare, or texts that are one.
#[expect(clippy::cast_precision_loss, reason = "it is not beyond 2^53")]
pub(super) fn compare(value: &Value, bound: &Value) -> Option<Ordering> {
    match (value, bound) {
        (Value::Float(own), Value::Float(bound)) if own.is_finite() => own.partial_cmp(bound),
        // As large as a double may be, a whole number that is one too is compared with it.
        (Value::Float(own), Value::Int(bound)) if own.is_finite() && bound.unsigned_abs() <= 1 << 53 => {
            own.partial_cmp(&(*bound as f64))
        }
        (Value::Float(own), _) => Some(with_double(bound, *own)?.reverse()),
        (_, Value::Float(bound)) => with_double(value, *bound),
        _ => Some(of(value)?.cmp(&of(bound)?)),
    }
}

/// How what is no double compares with one.
fn with_double(value: &Value, bound: f64) -> Option<Ordering> {
    if bound.abs() > WHOLE {
        return None;
    }
    let (own, exact) = (of(value)?, decimal(bound)?);
    let order = own.cmp(&exact);
    let is_sure = match value {
        // It becomes a double.
        Value::Int(own) => own.unsigned_abs() <= 1 << 53,
        _ => readings(bound)?.iter().all(|reading| own.cmp(reading) == order),
    };
    is_sure.then_some(order)
}

/// What a double, or a single that came as one, becomes as a `decimal` or as a text: it is shorter.
#[expect(clippy::cast_possible_truncation, reason = "that is the question")]
fn readings(number: f64) -> Option<Vec<Decimal>> {
    let exact = decimal(number)?;
    let is_single = (f64::from(number as f32) - number) == 0.0;
    let rounded = is_single.then(|| exact.round_sf(7)).flatten();
    Some([Some(exact), exact.round_sf(15), rounded].into_iter().flatten().collect())
}

/// Whether a value is the number that stands in another property.
pub(super) fn is_same(value: &Value, wanted: &Value) -> Option<bool> {
    let Value::Text(text) = value else { return compare(value, wanted).map(Ordering::is_eq) };
    if shown(wanted).is_some_and(|shown| shown == *text) {
        return Some(true);
    }
    let own = of(value)?;
    let wanted = match wanted {
        Value::Float(number) => readings(*number)?,
        _ => vec![of(wanted)?],
    };
    (!wanted.contains(&own)).then_some(false)
}

/// Whether a value is that number. A text is it where it is written as the number is: PowerShell compares the texts.
pub(super) fn is_number(value: &Value, wanted: f64) -> Option<bool> {
    let Value::Text(text) = value else { return compare(value, &literal(wanted)).map(Ordering::is_eq) };
    match written(wanted, DIGITS) {
        Some(written) if written == *text => Some(true),
        _ => (of(value)? != decimal(wanted)?).then_some(false),
    }
}

/// Whether a number is that text: where it is written as the number is. One that only means the same is not judged, for
/// PowerShell reads more texts as numbers than anybody would (`0x5`, `5kb`, `1,500`, nothing at all).
pub(super) fn is_text(number: &Value, wanted: &str) -> Option<bool> {
    let is_word =
        wanted.contains(|c: char| c.is_ascii_alphabetic()) && !wanted.contains(|c: char| c.is_ascii_digit());
    if is_word {
        return is_finite(number).then_some(false);
    }
    let own = shown(number)?;
    (own == wanted).then_some(true).or_else(|| (read(wanted)? != read(&own)?).then_some(false))
}

fn is_finite(number: &Value) -> bool {
    !matches!(number, Value::Float(number) if !number.is_finite())
}

/// A number as PowerShell shows it, where it does so in every version.
pub(super) fn shown(number: &Value) -> Option<String> {
    match number {
        Value::Float(number) => written(*number, DIGITS_OF_SINGLE),
        Value::Int(_) | Value::Decimal(_) => Some(number.display()),
        _ => None,
    }
}

/// A double in digits; nothing where PowerShell would write it with an exponent, or in another way.
fn written(number: f64, digits_most: usize) -> Option<String> {
    let text = number.to_string();
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    let is_plain = (1e-4..1e15).contains(&number.abs()) || (number == 0.0 && number.is_sign_positive());
    (is_plain && digits <= digits_most).then_some(text)
}

/// A number, or a text that is one, exactly; a double is compared as what it is.
fn of(value: &Value) -> Option<Decimal> {
    match value {
        Value::Int(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        Value::Text(text) => read(text),
        Value::Null
        | Value::Bool(_)
        | Value::Float(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unread => None,
    }
}

/// What a text of digits says as a number.
fn read(text: &str) -> Option<Decimal> {
    let text = text.trim_ascii();
    is_plain_number(text).then(|| Decimal::from_str_exact(text).ok()).flatten()
}

fn decimal(number: f64) -> Option<Decimal> {
    Decimal::from_str_exact(&number.to_string()).ok()
}
