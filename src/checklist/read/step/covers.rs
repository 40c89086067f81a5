//! `covers`: the names that a check must speak of.

use toml::de::DeValue;

use super::super::expectation::path;
use super::super::item::{Fields, Item};
use super::KnownNames;
use crate::checklist::mistake::{ExpectedForm, Fault, ReferenceKind, SourceFault, TablePlace, Unsuited};
use crate::checklist::{Arity, Covers, InputId, StepId};

/// What the check of the step at `place` covers.
pub(super) fn read(item: &Item<'_>, place: usize, names: &KnownNames<'_, '_>) -> Option<Covers> {
    match item.value {
        DeValue::Array(_) => {
            let read: Vec<Option<&str>> = item.filled_list()?.iter().map(Item::line).collect();
            let names: Option<Vec<&str>> = read.into_iter().collect();
            Some(Covers::List(names?.into_iter().map(str::to_owned).collect()))
        }
        DeValue::Table(_) => {
            source(item, &item.table(TablePlace::Covers, &["input", "step", "property"])?, place, names)
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {
            item.wrong(ExpectedForm::Names);
            None
        }
    }
}

fn source(item: &Item<'_>, fields: &Fields<'_>, place: usize, names: &KnownNames<'_, '_>) -> Option<Covers> {
    match (fields.optional("input"), fields.optional("step"), fields.optional("property")) {
        (Some(input), None, None) => {
            let name = input.name_of(ReferenceKind::Input, &names.inputs.ids)?;
            if names.inputs.get(name).is_some_and(|input| input.arity == Arity::One) {
                let why = Unsuited::HoldsOne;
                item.report(Fault::InputUnsuited { input: name.to_owned(), key: item.key, why });
                return None;
            }
            Some(Covers::Input(InputId::from(name)))
        }
        (None, Some(step), Some(property)) => {
            let (step, property) = (taken_from(&step, place, names), path(&property));
            Some(Covers::Step { step: step?, property: property?.to_owned() })
        }
        _ => {
            item.report(Fault::Source(SourceFault::NotOne));
            None
        }
    }
}

/// A step of whose rows another one takes something: it has some, and must be green first.
pub(super) fn taken_from(item: &Item<'_>, place: usize, names: &KnownNames<'_, '_>) -> Option<StepId> {
    let name = item.name_of(ReferenceKind::Step, names.steps)?;
    let source = *names.places.get(name)?;
    if !names.rests_on(place, source) {
        item.report(Fault::Source(SourceFault::NotNeeded(name.to_owned())));
        return None;
    }
    if names.stated.contains(&source) {
        item.report(Fault::Source(SourceFault::Stated(name.to_owned())));
        return None;
    }
    Some(StepId::from(name))
}
