//! `[[step.remedy]]`: when it is the right one, what it says, and what does it; `[[remedy]]`: one of several steps.

use std::collections::BTreeSet;

use super::super::item::{Fields, Item};
use super::KnownNames;
use crate::checklist::mistake::{Fault, GoFault, ReferenceKind, TablePlace};
use crate::checklist::{Act, Go, Remedy, RemedyWhen, Step, StepId};

/// The remedies of the step at `place`; those that cannot be read were reported.
pub(super) fn read_all(step: &Fields<'_>, place: usize, names: &KnownNames<'_, '_>) -> Vec<Remedy> {
    let known = ["when", "say", "docs", "go"];
    let tables = step.tables("remedy", TablePlace::Under("[[step.remedy]]"), &known);
    tables.iter().filter_map(|fields| read(fields, place, names)).collect()
}

/// A remedy that is written once for several steps.
pub(super) struct Shared {
    /// Their places.
    steps: BTreeSet<usize>,
    remedy: Remedy,
}

/// The remedies of several steps; those that cannot be read were reported.
pub(super) fn shared(root: &Fields<'_>, names: &KnownNames<'_, '_>) -> Vec<Shared> {
    let known = ["steps", "when", "say", "docs", "go"];
    let tables = root.tables("remedy", TablePlace::Under("[[remedy]]"), &known);
    let read = |fields: &Fields<'_>| {
        let steps = fields.required("steps").map(|item| steps_of(&item, names)).unwrap_or_default();
        // What it leads to must stand before the first of them.
        let remedy = read(fields, steps.first().copied().unwrap_or(usize::MAX), names)?;
        Some(Shared { steps, remedy })
    };
    tables.iter().filter_map(read).collect()
}

fn steps_of(item: &Item<'_>, names: &KnownNames<'_, '_>) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    for item in item.filled_list().unwrap_or_default() {
        let Some(name) = item.name_of(ReferenceKind::Step, names.steps) else { continue };
        if !names.places.get(name).is_some_and(|place| places.insert(*place)) {
            item.report(Fault::NamedTwice(name.to_owned()));
        }
    }
    places
}

/// Gives each step those that it shares: after its own that have a condition, before its own that fit always.
pub(super) fn share(steps: &mut [Step], shared: &[Shared]) {
    for (place, step) in steps.iter_mut().enumerate() {
        let of_step = shared.iter().filter(|shared| shared.steps.contains(&place));
        let of_step: Vec<Remedy> = of_step.map(|shared| shared.remedy.clone()).collect();
        // Journals name remedies by their position: without any that is shared it is that of the file.
        if !of_step.is_empty() {
            let own = std::mem::take(&mut step.remedies);
            let (general, mut all): (Vec<_>, Vec<_>) = own.into_iter().partition(|own| own.when.is_empty());
            all.extend(of_step);
            all.extend(general);
            step.remedies = all;
        }
    }
}

fn read(fields: &Fields<'_>, place: usize, names: &KnownNames<'_, '_>) -> Option<Remedy> {
    let when = fields.optional("when").and_then(|item| when(&item)).unwrap_or_default();
    let say = fields.required("say").and_then(|item| item.localized());
    let docs = fields.optional("docs").and_then(|item| item.address());
    let go = fields.optional("go").and_then(|item| go(&item, place, names));
    Some(Remedy { when, say: say?, docs, go })
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
