//! What a text must be where it is compared as more than a text, whoever wrote it: the file, the operator or the row.

use super::SignedSpan;

/// What a text must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A number, a version or a time.
    Bound,
    /// Two to four whole numbers joined by dots.
    Version,
    /// A length of time from now on, or back with a minus before it.
    Lead,
}

impl Form {
    pub(crate) fn fits(self, text: &str) -> bool {
        match self {
            Self::Bound => {
                text.parse::<i64>().is_ok()
                    || is_plain_number(text)
                    || version(text).is_some()
                    || time(text).is_some()
            }
            Self::Version => version(text).is_some(),
            Self::Lead => text.parse::<SignedSpan>().is_ok_and(|lead| lead.millis() != 0),
        }
    }
}

/// Whether a text is a number in plain digits that everybody reads alike: a dot and three digits are a fraction to some and
/// thousands to others, and of more than fifteen digits a double has not all.
pub(crate) fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(fraction) && digits.len() <= 15 && fraction.len() != 3
}

/// Two to four whole numbers joined by dots.
pub(crate) fn version(text: &str) -> Option<Vec<u32>> {
    let number =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    let parts: Vec<u32> = text.split('.').map(number).collect::<Option<_>>()?;
    (2..=4).contains(&parts.len()).then_some(parts)
}

/// A time in ISO 8601 with its offset, milliseconds since the Unix epoch.
pub(crate) fn time(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}
