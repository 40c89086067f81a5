//! Which remedies are right for what a command gave.

use super::{Fact, Failure};
use crate::checklist::{Remedy, RemedyWhen};

/// The positions of the remedies that fit, where `facts` are those of rows that were judged. One without any condition fits
/// whatever is not green, and comes last.
pub(super) fn remedies(remedies: &[Remedy], failures: &[&[Failure]], facts: &[Fact]) -> Vec<usize> {
    let fits = |remedy: &Remedy| {
        let when = &remedy.when;
        (!asks_failure(when) || failures.iter().copied().flatten().any(|failure| failure_fits(when, failure)))
            && when.property.as_ref().is_none_or(|property| {
                facts.iter().any(|fact| is_wrong(fact) && fact.property.eq_ignore_ascii_case(property))
            })
    };
    let mut found: Vec<(bool, usize)> = remedies
        .iter()
        .enumerate()
        .filter(|(_, remedy)| fits(remedy))
        .map(|(position, remedy)| (remedy.when.is_empty(), position))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, position)| position).collect()
}

/// Whether there was something to judge, and it was not as expected.
fn is_wrong(fact: &Fact) -> bool {
    !fact.met && fact.rows.is_some_and(|rows| rows > 0)
}

/// Whether a remedy is for a failure of a certain kind.
pub(super) fn asks_failure(when: &RemedyWhen) -> bool {
    when.error_id.is_some() || when.text.is_some()
}

/// Whether a failure is of the kind that a remedy is for.
pub(super) fn failure_fits(when: &RemedyWhen, failure: &Failure) -> bool {
    when.error_id.as_ref().is_none_or(|id| error_id_is(failure, id))
        && when.text.as_ref().is_none_or(|text| text.is_match(&failure.message))
}

/// Whether a failure is of that id: the `FullyQualifiedErrorId` up to its first comma, or the exception's last name.
fn error_id_is(failure: &Failure, id: &str) -> bool {
    let own = failure.error_id.split(',').next().unwrap_or_default();
    let exception = failure.exception.rsplit('.').next().unwrap_or_default();
    let is_code = || code(own).is_some_and(|own| code(id) == Some(own));
    own.eq_ignore_ascii_case(id) || exception.eq_ignore_ascii_case(id) || is_code()
}

/// A code of Windows in any of the forms in which it is written: -2144108526, 2150858770 and 0x80338012 are one.
/// Source: `WSManTransportManagerUtils.GetFQEIDFromTransportError`, which gives the first; documentation has all three.
fn code(text: &str) -> Option<u32> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse::<i32>().map(i32::cast_unsigned).or_else(|_| text.parse()).ok(),
    }
}
