//! `[[step.remedy]]`: when it is the right one, what it says, and what does it.

use super::super::item::{Fields, Item};
use super::KnownNames;
use crate::checklist::mistake::{Fault, GoFault, ReferenceKind, TablePlace};
use crate::checklist::{Act, Go, Remedy, RemedyWhen, StepId};

/// The remedies of the step at `place`; those that cannot be read were reported.
pub(super) fn read_all(step: &Fields<'_>, place: usize, names: &KnownNames<'_, '_>) -> Vec<Remedy> {
    let known = ["when", "say", "docs", "go"];
    let tables = step.tables("remedy", TablePlace::Under("[[step.remedy]]"), &known);
    tables.iter().filter_map(|fields| read(fields, place, names)).collect()
}

fn read(fields: &Fields<'_>, place: usize, names: &KnownNames<'_, '_>) -> Option<Remedy> {
    let when = fields.optional("when").map(|item| whens(&item)).unwrap_or_default();
    let say = fields.required("say").and_then(|item| item.localized());
    let docs = fields.optional("docs").and_then(|item| item.address());
    let go = fields.optional("go").and_then(|item| go(&item, place, names));
    Some(Remedy { when, say: say?, docs, go })
}

/// One condition, or a list of which one is enough.
fn whens(item: &Item<'_>) -> Vec<RemedyWhen> {
    let items = if item.value.as_array().is_some() { item.filled_list() } else { Some(vec![item.clone()]) };
    items.iter().flatten().filter_map(when).collect()
}

fn when(item: &Item<'_>) -> Option<RemedyWhen> {
    let fields = item.table(TablePlace::RemedyWhen, &["error_id", "text", "property"])?;
    let text_of = |key| fields.optional(key).and_then(|item: Item<'_>| item.line()).map(str::to_owned);
    let pattern = fields.optional("text").and_then(|item| item.pattern());
    Some(RemedyWhen { error_id: text_of("error_id"), text: pattern, property: text_of("property") })
}

/// Reads where a remedy leads: to its own step or one before it, which has such a command.
fn go(item: &Item<'_>, place: usize, names: &KnownNames<'_, '_>) -> Option<Go> {
    let fields = item.table(TablePlace::RemedyGo, &["step", "act"])?;
    let act =
        fields.required("act").and_then(|item| item.word(&[("apply", Act::Apply), ("check", Act::Check)]));
    let step = fields.required("step")?;
    let name = step.name_of(ReferenceKind::Step, names.steps)?;
    let target = *names.places.get(name)?;
    if target > place {
        // What comes later waits for this one.
        step.report(Fault::Go(GoFault::Later(name.to_owned())));
        return None;
    }
    let act = act?;
    let lacks = match act {
        Act::Apply if !names.applied.contains(&target) => GoFault::NoApply(name.to_owned()),
        Act::Check if names.stated.contains(&target) => GoFault::NoCheck(name.to_owned()),
        Act::Apply | Act::Check => return Some(Go { step: StepId::from(name), act }),
    };
    step.report(Fault::Go(lacks));
    None
}
