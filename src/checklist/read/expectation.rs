//! `expect`: one test on one property of the check's rows.

use toml::de::DeValue;

use super::item::{Fields, Item};
use crate::checklist::mistake::{Fault, Named, Place, TextForm, Wanted, Word};
use crate::checklist::{Emptiness, Expectation, InputId, Operand, Rows, Test};

const TESTS: [Word; 11] = [
    "is",
    "is_not",
    "one_of",
    "matches",
    "contains",
    "at_least",
    "at_most",
    "version_at_least",
    "later_than",
    "empty",
    "same_set_as",
];
const KEYS: [Word; 13] = [
    "property",
    "rows",
    "is",
    "is_not",
    "one_of",
    "matches",
    "contains",
    "at_least",
    "at_most",
    "version_at_least",
    "later_than",
    "empty",
    "same_set_as",
];

/// Reads one expectation; `inputs` are the names that operands may take.
pub(super) fn read(item: &Item<'_>, inputs: &[&str]) -> Option<Expectation> {
    let fields = item.table(Place::Expectation, &KEYS)?;
    let property = fields.optional("property");
    let path = property.as_ref().map(path);
    let rows_given = fields.optional("rows");
    let rows = rows_given.as_ref().and_then(rows).unwrap_or_default();
    let tests: Vec<Item<'_>> = TESTS.iter().filter_map(|key| fields.optional(key)).collect();
    let test = match tests.as_slice() {
        [] => present(&fields, property.is_some(), rows_given.is_some()),
        [item] => test(item, inputs),
        [_, others @ ..] => {
            if let Some(second) = others.iter().min_by_key(|item| item.bytes.start) {
                second.report(Fault::SeveralTests(tests.iter().map(|item| item.key).collect()));
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
    fields.source.report(fields.bytes.clone(), Fault::NoTest { known: TESTS.to_vec() });
    None
}

/// Names joined by dots.
fn path<'a>(item: &Item<'a>) -> Option<&'a str> {
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
            item.wrong(Wanted::Rows);
            None
        }
    }
}

fn test(item: &Item<'_>, inputs: &[&str]) -> Option<Test> {
    let single = || operand(item, inputs);
    let several = || -> Option<Vec<Operand>> {
        let read: Vec<Option<Operand>> =
            item.filled_list()?.iter().map(|item| operand(item, inputs)).collect();
        read.into_iter().collect()
    };
    match item.key {
        "is" => single().map(Test::Is),
        "is_not" => single().map(Test::IsNot),
        "contains" => single().map(Test::Contains),
        "one_of" => several().map(Test::OneOf),
        "same_set_as" => several().map(Test::SameSetAs),
        "matches" => item.pattern().map(Test::Matches),
        "at_least" => item.number().map(Test::AtLeast),
        "at_most" => item.number().map(Test::AtMost),
        "version_at_least" => version(item).map(Test::VersionAtLeast),
        "later_than" => item.span().map(Test::LaterThan),
        "empty" => {
            item.boolean().map(|empty| Test::Empty(if empty { Emptiness::Empty } else { Emptiness::Filled }))
        }
        _ => None,
    }
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
            let fields = item.table(Place::Operand, &["input"])?;
            let name = fields.required("input")?.name_of(Named::Input, inputs)?;
            Some(Operand::Input(InputId::from(name)))
        }
        DeValue::Datetime(_) | DeValue::Array(_) => {
            item.wrong(Wanted::Operand);
            None
        }
    }
}
