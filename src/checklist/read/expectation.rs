//! `expect`: one test on one property of the check's rows.

use toml::de::DeValue;

use super::item::{Fields, Item};
use crate::checklist::mistake::{ExpectedForm, Fault, ReferenceKind, TablePlace, TextForm, Word};
use crate::checklist::{Emptiness, Expectation, InputId, Operand, Rows, Test};

/// How the value of a test is read; operands may take these inputs.
type Reader = fn(&Item<'_>, &[&str]) -> Option<Test>;

const TESTS: [(Word, Reader); 11] = [
    ("is", |item, inputs| operand(item, inputs).map(Test::Is)),
    ("is_not", |item, inputs| operand(item, inputs).map(Test::IsNot)),
    ("one_of", |item, inputs| operands(item, inputs).map(Test::OneOf)),
    ("matches", |item, _| item.pattern().map(Test::Matches)),
    ("contains", |item, inputs| operand(item, inputs).map(Test::Contains)),
    ("at_least", |item, _| item.number().map(Test::AtLeast)),
    ("at_most", |item, _| item.number().map(Test::AtMost)),
    ("version_at_least", |item, _| version(item).map(Test::VersionAtLeast)),
    ("later_than", |item, _| item.span().map(Test::LaterThan)),
    ("empty", |item, _| item.boolean().map(emptiness).map(Test::Empty)),
    ("same_set_as", |item, inputs| operands(item, inputs).map(Test::SameSetAs)),
];

fn words() -> Vec<Word> {
    TESTS.iter().map(|(word, _)| *word).collect()
}

/// Reads one expectation; `inputs` are the names that operands may take.
pub(super) fn read(item: &Item<'_>, inputs: &[&str]) -> Option<Expectation> {
    let known = [&["property", "rows"], words().as_slice()].concat();
    let fields = item.table(TablePlace::Expectation, &known)?;
    let property = fields.optional("property");
    let path = property.as_ref().map(path);
    let rows_given = fields.optional("rows");
    let rows = rows_given.as_ref().and_then(rows).unwrap_or_default();
    let tests: Vec<(Item<'_>, Reader)> =
        TESTS.iter().filter_map(|(word, reader)| Some((fields.optional(word)?, *reader))).collect();
    let test = match tests.as_slice() {
        [] => present(&fields, property.is_some(), rows_given.is_some()),
        [(item, reader)] => reader(item, inputs),
        [_, others @ ..] => {
            if let Some((second, _)) = others.iter().min_by_key(|(item, _)| item.bytes.start) {
                second.report(Fault::SeveralTests(tests.iter().map(|(item, _)| item.key).collect()));
            }
            None
        }
    };
    let property = match path {
        Some(path) => Some(path?.to_owned()),
        None => None,
    };
    Some(Expectation { property, test: test?, rows })
}

/// `rows` alone asks for rows, whatever they say.
fn present(fields: &Fields<'_>, has_property: bool, has_rows: bool) -> Option<Test> {
    if has_rows && !has_property {
        return Some(Test::Present);
    }
    fields.source.report(fields.bytes.clone(), Fault::NoTest { known: words() });
    None
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

fn operands(item: &Item<'_>, inputs: &[&str]) -> Option<Vec<Operand>> {
    let read: Vec<Option<Operand>> = item.filled_list()?.iter().map(|item| operand(item, inputs)).collect();
    read.into_iter().collect()
}

const fn emptiness(empty: bool) -> Emptiness {
    if empty { Emptiness::Empty } else { Emptiness::Filled }
}

fn version(item: &Item<'_>) -> Option<String> {
    let text = item.line()?;
    let parts: Vec<&str> = text.split('.').collect();
    let number = |part: &&str| part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u32>().is_ok();
    if (2..=4).contains(&parts.len()) && parts.iter().all(number) {
        return Some(text.to_owned());
    }
    item.is_not(text, TextForm::Version);
    None
}

fn operand(item: &Item<'_>, inputs: &[&str]) -> Option<Operand> {
    match item.value {
        DeValue::Boolean(value) => Some(Operand::Bool(*value)),
        DeValue::Integer(_) | DeValue::Float(_) => item.number().map(Operand::Number),
        DeValue::String(_) => item.text().map(|text| Operand::Text(text.to_owned())),
        DeValue::Table(_) => {
            let fields = item.table(TablePlace::Operand, &["input"])?;
            let name = fields.required("input")?.name_of(ReferenceKind::Input, inputs)?;
            Some(Operand::Input(InputId::from(name)))
        }
        DeValue::Datetime(_) | DeValue::Array(_) => {
            item.wrong(ExpectedForm::Operand);
            None
        }
    }
}
