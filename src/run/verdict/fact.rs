//! One expectation against one row of a check: what each word of the file format means.
//!
//! Each test is what PowerShell's operator of that kind says with the value on its left (a bound stands on the left, so that a text
//! is read as a number), or nothing: where the operator would surprise nobody judges, so that neither the test nor its opposite
//! is met.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::Moment;
use super::super::value::{Member, Value, folded};
use super::version::Version;
use super::{Inputs, equal, number, text};
use crate::checklist::{Emptiness, Operand, Pattern, Rows, Test};

/// What can be told of one value by one test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    Passes,
    Fails,
    /// It is no value that the test can tell anything of.
    NotJudged,
    /// There is a value, and it could not be read.
    Unread,
}

/// What a test is judged by, beside the value.
pub(super) struct RowJudge<'a> {
    pub(super) rows: Rows,
    pub(super) inputs: &'a Inputs,
    pub(super) now: Moment,
}

impl RowJudge<'_> {
    /// One expectation against what one row has for it.
    pub(super) fn answer(&self, test: &Test, member: Member<'_>) -> Judgement {
        let value = match member {
            Member::Here(Value::Unread) | Member::Unread => return Judgement::Unread,
            Member::Here(value) => value,
            Member::Absent => return Judgement::NotJudged,
        };
        match self.passes(test, value) {
            Some(true) => Judgement::Passes,
            Some(false) => Judgement::Fails,
            // An element that could not be read may be the one.
            None if matches!(value, Value::List(items) if items.contains(&Value::Unread)) => {
                Judgement::Unread
            }
            None => Judgement::NotJudged,
        }
    }

    /// Whether one value passes one test; nothing where the value is none that the test can tell anything of, so that
    /// neither the test nor its opposite is ever met by what nobody understood.
    fn passes(&self, test: &Test, value: &Value) -> Option<bool> {
        match test {
            Test::Present => Some(true),
            Test::Is(operand) => self.equals_whole(operand, value),
            Test::IsNot(operand) => self.equals_whole(operand, value).map(|equal| !equal),
            Test::OneOf(operands) => any(operands.iter().map(|operand| self.is_one(operand, value))),
            Test::Matches(pattern) => found_in(pattern, value),
            Test::Contains(operand) => self.contains(operand, value),
            Test::AtLeast(bound) => number::compare(value, *bound).map(Ordering::is_ge),
            Test::AtMost(bound) => number::compare(value, *bound).map(Ordering::is_le),
            Test::VersionAtLeast(bound) => {
                let bound = Version::parse(bound)?;
                Version::of(value)?.compare(&bound).map(Ordering::is_ge)
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

    /// Whether a value equals an operand; a list of one text is that text. Of others `-eq` picks what equals and `-ne` what
    /// does not, so that both are true of one list.
    fn equals_whole(&self, operand: &Operand, value: &Value) -> Option<bool> {
        match value {
            Value::List(items) => match items.as_slice() {
                [item @ Value::Text(text)] if !text.is_empty() => self.equals(operand, item),
                _ => None,
            },
            _ => self.equals(operand, value),
        }
    }

    /// As `-in` has it, which puts the operand on the left, where a Boolean makes every text one.
    fn is_one(&self, operand: &Operand, value: &Value) -> Option<bool> {
        let equal = self.equals_whole(operand, value);
        match (operand, value) {
            (Operand::Bool(wanted), Value::Text(_)) => equal.filter(|equal| *equal && *wanted),
            (Operand::Bool(_) | Operand::Number(_), Value::List(_)) => None,
            _ => equal,
        }
    }

    fn equals(&self, operand: &Operand, value: &Value) -> Option<bool> {
        match operand {
            _ if *value == Value::Null => None,
            Operand::Bool(wanted) => equal::truth(value).map(|found| found == *wanted),
            Operand::Number(wanted) => number::is_number(value, *wanted),
            Operand::Text(wanted) => equal::is_text(value, wanted),
            Operand::Input(id) => {
                any(self.inputs.get(id)?.values().iter().map(|wanted| equal::is_text(value, wanted)))
            }
        }
    }

    /// A list with that element; anything else is compared whole. Of many values all are wanted; but where no row may pass, one
    /// of them is already too much.
    fn contains(&self, operand: &Operand, value: &Value) -> Option<bool> {
        let parts = self.each(std::slice::from_ref(operand))?;
        if parts.is_empty() || *value == Value::Null {
            return None;
        }
        let held = parts.iter().map(|part| any(items(value).iter().map(|item| self.equals(part, item))));
        match self.rows {
            Rows::None | Rows::Count(0) => any(held),
            Rows::All | Rows::Any | Rows::Count(_) => all(held),
        }
    }

    fn same_set(&self, operands: &[Operand], value: &Value) -> Option<bool> {
        let (items, wanted) = (items(value), self.each(operands)?);
        // As nearly always: a list of thousands is no square of it.
        if texts(items).is_some_and(|items| Some(items) == operand_texts(&wanted)) {
            return Some(true);
        }
        let each_item = items.iter().map(|item| any(wanted.iter().map(|wanted| self.equals(wanted, item))));
        let each_wanted = wanted.iter().map(|wanted| any(items.iter().map(|item| self.equals(wanted, item))));
        all(each_item.chain(each_wanted))
    }

    /// Operands, with each value of an input that has many; nothing where one was never given.
    fn each(&self, operands: &[Operand]) -> Option<Vec<Operand>> {
        let mut each = Vec::new();
        for operand in operands {
            match operand {
                Operand::Input(id) => {
                    each.extend(self.inputs.get(id)?.values().iter().cloned().map(Operand::Text));
                }
                Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) => each.push(operand.clone()),
            }
        }
        Some(each)
    }
}

/// The elements of a list; of anything else that itself, and of a null none.
fn items(value: &Value) -> &[Value] {
    match value {
        Value::List(items) => items,
        Value::Null => &[],
        other => std::slice::from_ref(other),
    }
}

fn texts(items: &[Value]) -> Option<HashSet<String>> {
    let text = |item: &Value| match item {
        Value::Text(text) => Some(folded(text)),
        _ => None,
    };
    items.iter().map(text).collect()
}

fn operand_texts(operands: &[Operand]) -> Option<HashSet<String>> {
    let text = |operand: &Operand| match operand {
        Operand::Text(text) => Some(folded(text)),
        _ => None,
    };
    operands.iter().map(text).collect()
}

/// Whether a pattern is found in what PowerShell makes of the value where it needs a text, or in an element of a list.
fn found_in(pattern: &Pattern, value: &Value) -> Option<bool> {
    match value {
        Value::Text(own) => text::found(pattern, own),
        Value::Bool(_) | Value::Version(_) => text::found(pattern, &value.display()),
        Value::Int(_) | Value::Decimal(_) | Value::Float(_) => text::found(pattern, &number::shown(value)?),
        Value::Object(object) if equal::has_text(object) => text::found(pattern, &object.text),
        // An element that is nothing to PowerShell does not count, though it is found.
        Value::List(items) => any(items.iter().map(|item| match item {
            Value::Text(own) if !own.is_empty() => text::found(pattern, own),
            _ => None,
        })),
        Value::Null | Value::Time(_) | Value::Object(_) | Value::Unread => None,
    }
}

/// Whether one of them is true; where none is and nobody can tell of one, nobody can tell.
fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut told = Some(false);
    for answer in answers {
        match answer {
            Some(true) => return Some(true),
            Some(false) => {}
            None => told = None,
        }
    }
    told
}

/// Whether all of them are true; where none is false and nobody can tell of one, nobody can tell.
fn all(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    any(answers.map(|answer| answer.map(|told| !told))).map(|told| !told)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(object) => object.text.is_empty() && object.properties.is_empty(),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Decimal(_)
        | Value::Float(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::Unread => false,
    }
}

fn time(value: &Value) -> Option<i64> {
    match value {
        Value::Time(millis) => Some(*millis),
        Value::Text(text) => text.trim().parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Decimal(_)
        | Value::Float(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unread => None,
    }
}
