//! One expectation against one row of a check: what each word of the file format means.
//!
//! Each test is what PowerShell's operator of that kind says with the value on its left (a bound stands on the left, so that a text
//! is read as a number), or nothing: where the operator would surprise nobody judges, so that neither the test nor its opposite
//! is met.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::Moment;
use super::super::value::{Member, Value, folded};
use super::bound::{Bound, lead, order, time, version};
use super::version::Version;
use super::{Inputs, equal, number, text};
use crate::checklist::{Emptiness, Expectation, Operand, Pattern, Rows, Test};

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
#[derive(Clone, Copy)]
pub(super) struct RowJudge<'a> {
    pub(super) rows: Rows,
    /// Where the properties stand that a test compares with.
    pub(super) row: &'a Value,
    pub(super) inputs: &'a Inputs,
    pub(super) now: Moment,
}

/// One thing that a value is compared with.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Bool(bool),
    Number(f64),
    Text(&'a str),
    /// What stands in another property of the row.
    Found(&'a Value),
}

impl Wanted<'_> {
    fn equals(self, value: &Value) -> Option<bool> {
        match self {
            Self::Bool(wanted) => equal::truth(value).map(|found| found == wanted),
            Self::Number(wanted) => number::is_number(value, wanted),
            Self::Text(wanted) => equal::is_text(value, wanted),
            Self::Found(wanted) => equal::is_same(value, wanted),
        }
    }

    /// The same of a list of one text, which is that text. Of others `-eq` picks what equals and `-ne` what does not, so that
    /// both are true of one list.
    fn equals_whole(self, value: &Value) -> Option<bool> {
        match value {
            Value::List(items) => match items.as_slice() {
                [item @ Value::Text(text)] if !text.is_empty() => self.equals(item),
                _ => None,
            },
            _ => self.equals(value),
        }
    }

    /// As `-in` has it, which puts it on the left, where a Boolean makes every text one.
    fn is_one(self, value: &Value) -> Option<bool> {
        let equal = self.equals_whole(value);
        match (self, value) {
            (Self::Bool(wanted), Value::Text(_)) => equal.filter(|equal| *equal && wanted),
            (Self::Text(_) | Self::Found(Value::Text(_)), Value::List(_)) => equal,
            (_, Value::List(_)) => None,
            (Self::Found(wanted), _) => equal.filter(|_| equal::is_same(wanted, value) == equal),
            (Self::Bool(_) | Self::Number(_) | Self::Text(_), _) => equal,
        }
    }
}

impl RowJudge<'_> {
    /// One expectation against what one row has for it.
    pub(super) fn answer(&self, test: &Test, member: Member<'_>) -> Judgement {
        let value = match member {
            Member::Here(Value::Unread) | Member::Unread => return Judgement::Unread,
            Member::Here(value) => value,
            Member::Absent => return Judgement::NotJudged,
        };
        let beside_unread = |operand: &Operand| unread_beside(operand, self.row).is_some();
        match self.passes(test, value) {
            Some(true) => Judgement::Passes,
            Some(false) => Judgement::Fails,
            None if is_unread(member) || test.operands().iter().any(beside_unread) => Judgement::Unread,
            None => Judgement::NotJudged,
        }
    }

    /// Whether one value passes one test; nothing where the value is none that the test can tell anything of, so that
    /// neither the test nor its opposite is ever met by what nobody understood.
    fn passes(&self, test: &Test, value: &Value) -> Option<bool> {
        match test {
            Test::Present => Some(true),
            Test::Is(operand) => self.is(operand, value),
            Test::IsNot(operand) => self.is(operand, value).map(|equal| !equal),
            // Of no operands either a null is not told to be none.
            Test::OneOf(_) if *value == Value::Null => None,
            Test::OneOf(operands) => {
                any(self.elements(operands).into_iter().map(|wanted| wanted?.is_one(value)))
            }
            Test::Matches(pattern) => found_in(pattern, value),
            Test::Contains(operand) => self.contains(operand, value),
            Test::AtLeast(operand) => self.order(operand, value).map(Ordering::is_ge),
            Test::AtMost(operand) => self.order(operand, value).map(Ordering::is_le),
            Test::VersionAtLeast(operand) => {
                let bound = version(self.bound(operand)?)?;
                Version::of(value)?.compare(&bound).map(Ordering::is_ge)
            }
            Test::LaterThan(operand) => {
                let lead = lead(self.bound(operand)?)?;
                time(value).map(|millis| millis > self.now.wall.saturating_add(lead))
            }
            Test::Empty(wanted) => match wanted {
                Emptiness::Empty => Some(is_empty(value)),
                Emptiness::Filled => Some(!is_empty(value)),
            },
            Test::SameSetAs(operands) => self.same_set(operands, value),
        }
    }

    /// Whether a value equals an operand, or one of the values of an input that holds many.
    fn is(&self, operand: &Operand, value: &Value) -> Option<bool> {
        any(self.wanted(operand)?.into_iter().map(|wanted| wanted.equals_whole(value)))
    }

    /// A list with that element; anything else is compared whole. Of many values all are wanted; but where no row may pass, one
    /// of them is already too much.
    fn contains(&self, operand: &Operand, value: &Value) -> Option<bool> {
        let parts = self.wanted(operand)?;
        if *value == Value::Null {
            return None;
        }
        let held = parts.iter().map(|part| any(items(value).iter().map(|item| part.equals(item))));
        match self.rows {
            Rows::None | Rows::Count(0) => any(held),
            Rows::All | Rows::Any | Rows::Count(_) => all(held),
        }
    }

    fn same_set(&self, operands: &[Operand], value: &Value) -> Option<bool> {
        let wanted: Vec<Wanted<'_>> = self.elements(operands).into_iter().collect::<Option<_>>()?;
        let items = items(value);
        // As nearly always: a list of thousands is no square of it.
        if texts(items).is_some_and(|items| Some(items) == wanted_texts(&wanted)) {
            return Some(true);
        }
        let each_item = items.iter().map(|item| any(wanted.iter().map(|wanted| wanted.equals(item))));
        let each_wanted = wanted.iter().map(|wanted| any(items.iter().map(|item| wanted.equals(item))));
        all(each_item.chain(each_wanted))
    }

    fn order(&self, operand: &Operand, value: &Value) -> Option<Ordering> {
        order(value, self.bound(operand)?)
    }

    /// What an operand stands for, one value or those of an input that holds many; nothing where there is none.
    fn wanted<'v>(&'v self, operand: &'v Operand) -> Option<Vec<Wanted<'v>>> {
        match operand {
            Operand::Bool(wanted) => Some(vec![Wanted::Bool(*wanted)]),
            Operand::Number(wanted) => Some(vec![Wanted::Number(*wanted)]),
            Operand::Text(wanted) => Some(vec![Wanted::Text(wanted)]),
            Operand::Input(id) => {
                let values = self.inputs.get(id)?.values();
                (!values.is_empty()).then(|| values.iter().map(|value| Wanted::Text(value)).collect())
            }
            Operand::Property(path) => Some(vec![Wanted::Found(self.single(path)?)]),
        }
    }

    /// What operands stand for where a list is wanted: each element of what holds many, and nothing for what is not there.
    fn elements<'v>(&'v self, operands: &'v [Operand]) -> Vec<Option<Wanted<'v>>> {
        let mut elements = Vec::new();
        for operand in operands {
            match operand {
                Operand::Bool(wanted) => elements.push(Some(Wanted::Bool(*wanted))),
                Operand::Number(wanted) => elements.push(Some(Wanted::Number(*wanted))),
                Operand::Text(wanted) => elements.push(Some(Wanted::Text(wanted))),
                Operand::Input(id) => match self.inputs.get(id) {
                    Some(given) => {
                        elements.extend(given.values().iter().map(|text| Some(Wanted::Text(text))));
                    }
                    None => elements.push(None),
                },
                Operand::Property(path) => match self.row.member(path) {
                    Member::Here(Value::List(items)) => {
                        elements.extend(items.iter().map(|item| Some(Wanted::Found(item))));
                    }
                    Member::Here(_) | Member::Absent | Member::Unread => {
                        elements.push(self.single(path).map(Wanted::Found));
                    }
                },
            }
        }
        elements
    }

    /// The one value that a test holds another against.
    fn bound<'v>(&'v self, operand: &'v Operand) -> Option<Bound<'v>> {
        match operand {
            Operand::Bool(_) => None,
            Operand::Number(number) => Some(Bound::Number(*number)),
            Operand::Text(text) => Some(Bound::Written(text)),
            Operand::Input(id) => match self.inputs.get(id)?.values() {
                [given] => Some(Bound::Given(given)),
                _ => None,
            },
            Operand::Property(path) => self.single(path).map(Bound::Found),
        }
    }

    /// What stands in a property of the row, where it is one value.
    fn single(&self, path: &str) -> Option<&Value> {
        match self.row.member(path) {
            Member::Here(Value::Null | Value::List(_) | Value::Unread) | Member::Absent | Member::Unread => {
                None
            }
            Member::Here(value) => Some(value),
        }
    }
}

/// What of a row could not be read that an expectation hangs on: a property, or with an empty name the object itself.
pub(super) fn unread_at<'t>(expectation: &'t Expectation, row: &Value, member: Member<'_>) -> &'t str {
    let beside = || expectation.test.operands().iter().find_map(|operand| unread_beside(operand, row));
    let own = expectation.property.as_deref().unwrap_or_default();
    if is_unread(member) { own } else { beside().unwrap_or(own) }
}

/// The property that an operand names, if that could not be read.
fn unread_beside<'t>(operand: &'t Operand, row: &Value) -> Option<&'t str> {
    match operand {
        Operand::Property(path) => is_unread(row.member(path)).then_some(path),
        Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) | Operand::Input(_) => None,
    }
}

/// Whether a value, or an element of it, which may be the one that is asked for, could not be read.
fn is_unread(member: Member<'_>) -> bool {
    match member {
        Member::Here(Value::List(items)) => items.contains(&Value::Unread),
        Member::Here(value) => *value == Value::Unread,
        Member::Unread => true,
        Member::Absent => false,
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

fn wanted_texts(wanted: &[Wanted<'_>]) -> Option<HashSet<String>> {
    let text = |wanted: &Wanted<'_>| match wanted {
        Wanted::Text(text) => Some(folded(text)),
        Wanted::Found(Value::Text(text)) => Some(folded(text)),
        _ => None,
    };
    wanted.iter().map(text).collect()
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
