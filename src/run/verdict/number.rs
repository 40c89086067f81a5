//! Numbers, and texts that are one, compared exactly or not at all.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::value::Value;

/// As many digits as a double has in every version of PowerShell, when it is written or made a `decimal`.
const DIGITS: usize = 15;
/// As many as are the same in a single and in the double that it arrives as.
const DIGITS_OF_SINGLE: usize = 6;
/// 2^53: beyond it doubles leave out whole numbers, and whether PowerShell compares as such hangs on how a number is written.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// How a value compares with a number of the checklist.
pub(super) fn compare(value: &Value, bound: f64) -> Option<Ordering> {
    if let Value::Float(number) = value {
        return number.is_finite().then(|| number.partial_cmp(&bound)).flatten();
    }
    if bound.abs() > WHOLE {
        return None;
    }
    let exact = decimal(bound)?;
    let order = of(value)?.cmp(&exact);
    // A `decimal` is compared with what a double becomes as one, which is shorter.
    let rounded = exact.round_sf(15)?;
    let is_sure = matches!(value, Value::Int(_)) || of(value)?.cmp(&rounded) == order;
    is_sure.then_some(order)
}

/// Whether a value is that number. A text is it where it is written as the number is: PowerShell compares the texts.
pub(super) fn is_number(value: &Value, wanted: f64) -> Option<bool> {
    let Value::Text(text) = value else { return compare(value, wanted).map(Ordering::is_eq) };
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

/// What a text of digits says as a number; a dot and three digits are a fraction to some and thousands to others.
fn read(text: &str) -> Option<Decimal> {
    let text = text.trim_ascii();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = are_digits(whole) && are_digits(fraction) && digits.len() <= DIGITS;
    if !is_one || fraction.len() == 3 {
        return None;
    }
    Decimal::from_str_exact(text).ok()
}

fn decimal(number: f64) -> Option<Decimal> {
    Decimal::from_str_exact(&number.to_string()).ok()
}
