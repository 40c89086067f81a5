//! One expectation against the rows of a check: what each word of the file format means.
//!
//! Each test is what PowerShell's operator of that kind says with the value on its left, or nothing: where the operator would
//! surprise (texts as numbers, lists, a Boolean against a text) nobody judges, so that neither the test nor its opposite is met.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::super::Moment;
use super::super::value::{Member, Value, folded, is_same};
use super::{Fact, Inputs};
use crate::checklist::{Emptiness, Expectation, Operand, Rows, Test};

/// How many characters of a found value a fact keeps.
const FOUND_KEPT: usize = 300;

/// What can be told of one value by one test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Passes,
    Fails,
    /// It is no value that the test can tell anything of.
    NotJudged,
    /// There is a value, and it could not be read.
    Unread,
}

/// What an expectation comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    Yes,
    No,
    /// It hangs on what could not be read.
    Unread,
}

/// Holds one expectation against all rows.
pub(super) fn fact(
    expectation: &Expectation,
    rows: &[&Value],
    inputs: &dyn Inputs,
    now: Moment,
) -> (Fact, Met) {
    let members: Vec<Member<'_>> = rows
        .iter()
        .map(|row| match &expectation.property {
            Some(path) => row.member(path),
            None => Member::Here(*row),
        })
        .collect();
    let judge = Judge { rows: expectation.rows, inputs, now };
    let answers: Vec<Answer> = members.iter().map(|member| judge.answer(&expectation.test, *member)).collect();
    let count = |wanted: Answer| answers.iter().filter(|answer| **answer == wanted).count();
    let (passes, fails, unread) = (count(Answer::Passes), count(Answer::Fails), count(Answer::Unread));
    let all = answers.len();
    // Whether it is met, and whether what could not be read might make it so.
    let (met, may_be_met) = match expectation.rows {
        Rows::All => (all > 0 && passes == all, passes + unread == all),
        Rows::Any => (passes > 0, true),
        // A row of which nobody can tell cannot show that the test fails on it.
        Rows::None => (fails == all, fails + unread == all),
        Rows::Count(wanted) => {
            let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
            (passes == wanted && passes + fails == all, passes <= wanted && passes + fails + unread == all)
        }
    };
    let met = match (met, unread > 0 && may_be_met) {
        (true, _) => Met::Yes,
        (false, true) => Met::Unread,
        (false, false) => Met::No,
    };
    let fact = Fact {
        property: expectation.property.clone().unwrap_or_default(),
        expected: expectation.to_string(),
        found: found(&members, &answers, expectation.rows),
        met: met == Met::Yes,
    };
    (fact, met)
}

/// What was found, in one line: for many rows the values that fail first, each once with its count.
fn found(members: &[Member<'_>], answers: &[Answer], rows: Rows) -> String {
    if members.is_empty() {
        return String::new();
    }
    let mut distinct: Vec<(String, usize, bool)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (member, answer) in members.iter().zip(answers) {
        let shown = match member {
            Member::Here(value) => value.display(),
            Member::Absent => "—".to_owned(),
            Member::Unread => Value::Unread.display(),
        };
        match places.get(&shown).and_then(|place| distinct.get_mut(*place)) {
            Some((_, count, _)) => *count += 1,
            None => {
                places.insert(shown.clone(), distinct.len());
                distinct.push((shown, 1, *answer == Answer::Passes));
            }
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
    fn answer(&self, test: &Test, member: Member<'_>) -> Answer {
        let value = match member {
            Member::Here(value) => value,
            Member::Absent => return Answer::NotJudged,
            Member::Unread => return Answer::Unread,
        };
        if *value == Value::Unread && !matches!(test, Test::Present) {
            return Answer::Unread;
        }
        match self.passes(test, value) {
            Some(true) => Answer::Passes,
            // An element that could not be read may be the one.
            Some(false) if holds_unread(test, value) => Answer::Unread,
            Some(false) => Answer::Fails,
            None => Answer::NotJudged,
        }
    }

    /// Whether one value passes one test; nothing where the value is none that the test can tell anything of, so that
    /// neither the test nor its opposite is ever met by what nobody understood.
    fn passes(&self, test: &Test, value: &Value) -> Option<bool> {
        match test {
            Test::Present => Some(true),
            Test::Is(operand) => self.equals(operand, value),
            Test::IsNot(operand) => self.equals(operand, value).map(|equal| !equal),
            Test::OneOf(operands) => any(operands.iter().map(|operand| self.equals(operand, value))),
            Test::Matches(pattern) => searched(value).map(|text| pattern.is_match(&text)),
            Test::Contains(operand) => self.contains(operand, value),
            Test::AtLeast(bound) => compare(value, *bound).map(Ordering::is_ge),
            Test::AtMost(bound) => compare(value, *bound).map(Ordering::is_le),
            Test::VersionAtLeast(bound) => {
                let bound = Version::parse(bound)?;
                version(value)?.compare(&bound).map(Ordering::is_ge)
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
            Operand::Number(wanted) => number_equals(value, *wanted),
            Operand::Text(wanted) => text_equals(value, wanted),
            Operand::Input(id) => {
                let wanted = self.inputs.value(id)?.values();
                any(wanted.iter().map(|wanted| text_equals(value, wanted)))
            }
        }
    }

    /// A list with that element; anything else is compared whole. Of many values all are wanted; but where no row may pass, one
    /// of them is already too much.
    fn contains(&self, operand: &Operand, value: &Value) -> Option<bool> {
        let items = match value {
            Value::Null => return None,
            Value::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        let parts: Vec<Operand> = match operand {
            Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) => vec![operand.clone()],
            Operand::Input(id) => {
                self.inputs.value(id)?.values().iter().map(|text| Operand::Text(text.clone())).collect()
            }
        };
        if parts.is_empty() {
            return None;
        }
        let held = parts.iter().map(|part| any(items.iter().map(|item| self.equals(part, item))));
        match self.rows {
            Rows::None | Rows::Count(0) => any(held),
            Rows::All | Rows::Any | Rows::Count(_) => all(held),
        }
    }

    fn same_set(&self, operands: &[Operand], value: &Value) -> Option<bool> {
        let mut wanted: Vec<Operand> = Vec::new();
        for operand in operands {
            match operand {
                Operand::Input(id) => {
                    wanted.extend(self.inputs.value(id)?.values().iter().map(|text| Operand::Text(text.clone())));
                }
                Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) => wanted.push(operand.clone()),
            }
        }
        let items = match value {
            Value::List(items) => items.as_slice(),
            Value::Null => &[],
            other => std::slice::from_ref(other),
        };
        // Texts against texts, as nearly always, are looked up: a list of thousands is no square of it.
        if let (Some(items), Some(wanted)) = (texts(items), operand_texts(&wanted)) {
            return Some(items == wanted);
        }
        let each_item = all(items.iter().map(|item| any(wanted.iter().map(|wanted| self.equals(wanted, item)))));
        let each_wanted = all(wanted.iter().map(|wanted| any(items.iter().map(|item| self.equals(wanted, item)))));
        all([each_item, each_wanted].into_iter())
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

/// Whether a test that looks into a list looked at an element that could not be read.
fn holds_unread(test: &Test, value: &Value) -> bool {
    let looks_inside = matches!(test, Test::Contains(_) | Test::SameSetAs(_));
    looks_inside && matches!(value, Value::List(items) if items.contains(&Value::Unread))
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

/// A Boolean, or what is one in other words: 1 and 0, `true` and `false`.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Int(_) | Value::Decimal(_) | Value::Float(_) => [(0.0, false), (1.0, true)]
            .into_iter()
            .find(|(known, _)| compare(value, *known) == Some(Ordering::Equal))
            .map(|(_, flag)| flag),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Null
        | Value::Text(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unread => None,
    }
}

/// Whether a value is that text, without regard to case; a number where the text is one. `$true -eq 'False'` is true in
/// PowerShell, so a Boolean is not judged by a text; nor is a list of several, of which `-eq` picks.
fn text_equals(value: &Value, wanted: &str) -> Option<bool> {
    match value {
        Value::Null | Value::Bool(_) | Value::Unread => None,
        Value::List(items) => match items.as_slice() {
            [item] => text_equals(item, wanted),
            _ => None,
        },
        Value::Int(_) | Value::Decimal(_) | Value::Float(_) => match Number::read(wanted) {
            Some(Number::Is(number)) => compare_exactly(value, number).map(Ordering::is_eq),
            Some(Number::MayBe) => None,
            None => Some(false),
        },
        Value::Time(millis) => time(&Value::text(wanted)).map(|wanted| wanted == *millis),
        Value::Version(parts) => match Version::parse(wanted) {
            Some(wanted) => Some(wanted.label.is_none() && wanted.parts == *parts),
            None => Some(false),
        },
        Value::Text(text) => Some(is_same(text, wanted)),
        Value::Object(object) => Some(is_same(&object.text, wanted)),
    }
}

/// Whether a value is that number. A text is it where it is written as the number is; one that only means the same is not judged,
/// for PowerShell compares the texts.
fn number_equals(value: &Value, wanted: f64) -> Option<bool> {
    match value {
        Value::Text(text) if text == &wanted.to_string() => Some(true),
        Value::Text(text) => match Number::read(text) {
            Some(Number::Is(number)) => {
                let equal = decimal(wanted).is_some_and(|wanted| wanted == number);
                (!equal).then_some(false)
            }
            Some(Number::MayBe) | None => None,
        },
        Value::List(items) => match items.as_slice() {
            [item] => number_equals(item, wanted),
            _ => None,
        },
        _ => compare(value, wanted).map(Ordering::is_eq),
    }
}

/// What a text says as a number.
enum Number {
    Is(Decimal),
    /// A dot and three digits: a fraction to some, thousands to others.
    MayBe,
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((_, thousandths)) = text.split_once('.')
            && thousandths.len() == 3
            && thousandths.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Some(Self::MayBe);
        }
        Decimal::from_str_exact(text).ok().map(Self::Is)
    }
}

/// How a value compares with a bound of the checklist, which is below 2^53.
fn compare(value: &Value, bound: f64) -> Option<Ordering> {
    match value {
        Value::Float(number) if number.is_finite() => number.partial_cmp(&bound),
        _ => compare_exactly(value, decimal(bound)?),
    }
}

fn compare_exactly(value: &Value, bound: Decimal) -> Option<Ordering> {
    let number = match value {
        Value::Int(number) => Decimal::from(*number),
        Value::Decimal(number) => *number,
        Value::Float(number) => decimal(*number)?,
        Value::Text(text) => match Number::read(text)? {
            Number::Is(number) => number,
            Number::MayBe => return None,
        },
        Value::Null
        | Value::Bool(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unread => return None,
    };
    Some(number.cmp(&bound))
}

/// A double as a `decimal`, by the digits that it is written with.
fn decimal(number: f64) -> Option<Decimal> {
    Decimal::from_str_exact(&number.to_string()).ok()
}

/// The text that a pattern is searched in: PowerShell's own, where it is the same in every culture.
fn searched(value: &Value) -> Option<String> {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Decimal(_) | Value::Text(_) | Value::Version(_) => Some(value.display()),
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(value.display()),
        Value::Object(object) if !object.text.is_empty() => Some(object.text.clone()),
        Value::List(items) => match items.as_slice() {
            [item] => searched(item),
            _ => None,
        },
        Value::Null | Value::Float(_) | Value::Time(_) | Value::Object(_) | Value::Unread => None,
    }
}

/// Whole numbers joined by dots, and a label (`7.6.0-preview.1`), by which it comes before the version of these numbers.
struct Version {
    parts: Vec<u32>,
    label: Option<String>,
}

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split_once('+').map_or(text, |(version, _build)| version);
        let (numbers, label) = match text.split_once('-') {
            Some((numbers, label)) => (numbers, Some(label.to_owned())),
            None => (text, None),
        };
        let parts: Vec<u32> = numbers.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        // A date has hyphens as well, and no dot before them.
        let is_version = (1..=4).contains(&parts.len()) && (label.is_none() || parts.len() > 1);
        is_version.then_some(Self { parts, label })
    }

    /// Missing parts count as zero. Two labels of the same numbers are not judged.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        let part = |parts: &[u32], position| parts.get(position).copied().unwrap_or(0);
        let numbers = (0..4)
            .map(|position| part(&self.parts, position).cmp(&part(&other.parts, position)))
            .find(|order| order.is_ne());
        match (numbers, &self.label, &other.label) {
            (Some(order), _, _) => Some(order),
            (None, None, None) => Some(Ordering::Equal),
            (None, Some(_), None) => Some(Ordering::Less),
            (None, None, Some(_)) => Some(Ordering::Greater),
            (None, Some(own), Some(others)) => (own == others).then_some(Ordering::Equal),
        }
    }
}

fn version(value: &Value) -> Option<Version> {
    let of = |parts: Vec<u32>| Version { parts, label: None };
    match value {
        Value::Version(parts) => Some(of(parts.clone())),
        Value::Text(text) => Version::parse(text),
        Value::Int(major) => u32::try_from(*major).ok().map(|major| of(vec![major])),
        Value::Object(object) => Version::parse(&object.text),
        Value::Null
        | Value::Bool(_)
        | Value::Decimal(_)
        | Value::Float(_)
        | Value::Time(_)
        | Value::List(_)
        | Value::Unread => None,
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
