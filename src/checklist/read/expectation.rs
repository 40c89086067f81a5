//! `expect`: one test on one property of the check's rows.

use toml::de::DeValue;

use super::input::DeclaredInputs;
use super::item::{Fields, Item};
use crate::checklist::mistake::{ExpectedForm, Fault, TablePlace, TextForm, WhenFault, Word};
use crate::checklist::{Emptiness, Expectation, Form, Operand, Rows, SignedSpan, Test, time, version};

mod reference;

use reference::{Use, reference};

/// How the value of a test is read; operands may take these inputs.
type Reader = fn(&Item<'_>, &DeclaredInputs<'_>) -> Option<Test>;

const TESTS: [(Word, Reader); 11] = [
    ("is", |item, inputs| operand(item, inputs).map(Test::Is)),
    ("is_not", |item, inputs| operand(item, inputs).map(Test::IsNot)),
    ("one_of", |item, inputs| operands(item, inputs).map(Test::OneOf)),
    ("matches", |item, _| item.pattern().map(Test::Matches)),
    ("contains", |item, inputs| operand(item, inputs).map(Test::Contains)),
    ("at_least", |item, inputs| of_form(item, inputs, Form::Bound).map(Test::AtLeast)),
    ("at_most", |item, inputs| of_form(item, inputs, Form::Bound).map(Test::AtMost)),
    ("version_at_least", |item, inputs| of_form(item, inputs, Form::Version).map(Test::VersionAtLeast)),
    ("later_than", |item, inputs| of_form(item, inputs, Form::Lead).map(Test::LaterThan)),
    ("empty", |item, _| item.boolean().map(emptiness).map(Test::Empty)),
    ("same_set_as", |item, inputs| operands(item, inputs).map(Test::SameSetAs)),
];

pub(super) fn words() -> Vec<Word> {
    TESTS.iter().map(|(word, _)| *word).collect()
}

/// Reads one expectation; `inputs` are those that operands may take.
pub(super) fn read(item: &Item<'_>, inputs: &DeclaredInputs<'_>) -> Option<Expectation> {
    let known = [&["property", "rows"], words().as_slice()].concat();
    let fields = item.table(TablePlace::Expectation, &known)?;
    let property = fields.optional("property");
    let path = property.as_ref().map(path);
    let rows_given = fields.optional("rows");
    let rows = rows_given.as_ref().and_then(rows).unwrap_or_default();
    let tests = tests(&fields);
    let test = match tests.as_slice() {
        [] => present(&fields, property.is_some(), rows_given.is_some()),
        [(item, reader)] => reader(item, inputs).filter(|test| !is_of_itself(item, test, path.flatten())),
        [_, others @ ..] => several(&tests, others, Fault::SeveralTests),
    };
    let property = match path {
        Some(path) => Some(path?.to_owned()),
        None => None,
    };
    Some(Expectation { property, test: test?, rows })
}

/// The tests of a table; one is wanted.
fn tests<'a>(fields: &Fields<'a>) -> Vec<(Item<'a>, Reader)> {
    TESTS.iter().filter_map(|(word, reader)| Some((fields.optional(word)?, *reader))).collect()
}

fn several(
    tests: &[(Item<'_>, Reader)],
    others: &[(Item<'_>, Reader)],
    fault: fn(Vec<Word>) -> Fault,
) -> Option<Test> {
    if let Some((second, _)) = others.iter().min_by_key(|(item, _)| item.bytes.start) {
        second.report(fault(tests.iter().map(|(item, _)| item.key).collect()));
    }
    None
}

/// The test of a condition, which is held against no row.
pub(super) fn of_condition(fields: &Fields<'_>, inputs: &DeclaredInputs<'_>) -> Option<Test> {
    let tests = tests(fields);
    let (item, reader) = match tests.as_slice() {
        [] => {
            fields.source.report(fields.bytes.clone(), Fault::When(WhenFault::NoTest { known: words() }));
            return None;
        }
        [one] => one,
        [_, others @ ..] => {
            return several(&tests, others, |tests| Fault::When(WhenFault::SeveralTests(tests)));
        }
    };
    let test = reader(item, inputs)?;
    if test.operands().iter().any(|operand| matches!(operand, Operand::Property(_))) {
        item.report(Fault::When(WhenFault::OfRow));
        return None;
    }
    Some(test)
}

/// `rows` alone asks for rows, whatever they say.
fn present(fields: &Fields<'_>, has_property: bool, has_rows: bool) -> Option<Test> {
    if has_rows && !has_property {
        return Some(Test::Present);
    }
    fields.source.report(fields.bytes.clone(), Fault::NoTest { known: words() });
    None
}

/// Whether a property would be held against itself, and so be met by whatever it is.
fn is_of_itself(item: &Item<'_>, test: &Test, path: Option<&str>) -> bool {
    let is_same = |operand: &&Operand| match (operand, path) {
        (Operand::Property(other), Some(path)) => other.to_lowercase() == path.to_lowercase(),
        (Operand::Bool(_) | Operand::Number(_) | Operand::Text(_) | Operand::Input(_), _)
        | (Operand::Property(_), None) => false,
    };
    let found = test.operands().iter().find(is_same);
    if let (Some(_), Some(path)) = (found, path) {
        item.report(Fault::OfItself(path.to_owned()));
    }
    found.is_some()
}

/// Names joined by dots.
pub(super) fn path<'a>(item: &Item<'a>) -> Option<&'a str> {
    let path = item.line()?;
    if path.split('.').any(|name| name.trim().is_empty()) {
        item.is_not(path, TextForm::Property);
        return None;
    }
    Some(path)
}

fn rows(item: &Item<'_>) -> Option<Rows> {
    match item.value {
        DeValue::Integer(_) => match item.integer()? {
            // No row that passes and no row that passes not: asked as "none", a row without the property is not overlooked.
            0 => Some(Rows::None),
            count => {
                let count = u32::try_from(count).ok();
                if count.is_none() {
                    item.report(Fault::NegativeRows);
                }
                count.map(Rows::Count)
            }
        },
        DeValue::String(_) => item.word(&[("all", Rows::All), ("any", Rows::Any), ("none", Rows::None)]),
        DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => {
            item.wrong(ExpectedForm::Rows);
            None
        }
    }
}

/// Operands in a list, or one that holds many.
fn operands(item: &Item<'_>, inputs: &DeclaredInputs<'_>) -> Option<Vec<Operand>> {
    if matches!(item.value, DeValue::Table(_)) {
        return reference(item, inputs, Use::Many).map(|operand| vec![operand]);
    }
    let read: Vec<Option<Operand>> = item.filled_list()?.iter().map(|item| operand(item, inputs)).collect();
    read.into_iter().collect()
}

const fn emptiness(empty: bool) -> Emptiness {
    if empty { Emptiness::Empty } else { Emptiness::Filled }
}

fn operand(item: &Item<'_>, inputs: &DeclaredInputs<'_>) -> Option<Operand> {
    match item.value {
        DeValue::Boolean(value) => Some(Operand::Bool(*value)),
        DeValue::Integer(_) | DeValue::Float(_) => item.number().map(Operand::Number),
        DeValue::String(_) => item.text().map(|text| Operand::Text(text.to_owned())),
        DeValue::Table(_) => reference(item, inputs, Use::Any),
        DeValue::Datetime(_) | DeValue::Array(_) => {
            item.wrong(ExpectedForm::Operand);
            None
        }
    }
}

/// A literal of that form, or what stands for one.
fn of_form(item: &Item<'_>, inputs: &DeclaredInputs<'_>, form: Form) -> Option<Operand> {
    let is_number = matches!(item.value, DeValue::Integer(_) | DeValue::Float(_));
    match (item.value, form) {
        (DeValue::Table(_), _) => reference(item, inputs, Use::One(form)),
        (_, Form::Lead) => lead(item),
        (_, Form::Version) => text_that(item, form, |text| version(text).is_some()),
        (DeValue::String(_), Form::Bound) => {
            text_that(item, form, |text| version(text).is_some() || time(text).is_some())
        }
        (_, Form::Bound) if is_number => item.number().map(Operand::Number),
        (_, Form::Bound) => {
            item.wrong(ExpectedForm::Bound);
            None
        }
    }
}

fn text_that(item: &Item<'_>, form: Form, fits: impl Fn(&str) -> bool) -> Option<Operand> {
    let text = item.line()?;
    if fits(text) {
        return Some(Operand::Text(text.to_owned()));
    }
    item.is_not(text, TextForm::Compared(form));
    None
}

/// Kept in one way of writing.
fn lead(item: &Item<'_>) -> Option<Operand> {
    let lead = item.lasting(TextForm::Compared(Form::Lead), |lead: &SignedSpan| lead.span.0)?;
    Some(Operand::Text(lead.to_string()))
}
