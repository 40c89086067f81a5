//! `when` of `[[step]]`: the condition under which it applies.

use super::expectation;
use super::input::DeclaredInputs;
use super::item::{Fields, Item};
use crate::checklist::mistake::{Fault, ReferenceKind, SourceFault, TablePlace, WhenFault};
use crate::checklist::{Graph, InputId, Step, StepId, StepKind, ValueSource, When};

/// Reads a condition; `steps` are the ids of all steps.
pub(super) fn read(item: &Item<'_>, inputs: &DeclaredInputs<'_>, steps: &[&str]) -> Option<When> {
    let known = [&["input", "step", "property"], expectation::words().as_slice()].concat();
    let fields = item.table(TablePlace::StepWhen, &known)?;
    let (source, test) = (source(&fields, inputs, steps), expectation::of_condition(&fields, inputs));
    Some(When { source: source?, test: test? })
}

fn source(fields: &Fields<'_>, inputs: &DeclaredInputs<'_>, steps: &[&str]) -> Option<ValueSource> {
    match (fields.optional("input"), fields.optional("step"), fields.optional("property")) {
        (Some(input), None, None) => {
            let name = input.name_of(ReferenceKind::Input, &inputs.ids)?;
            Some(ValueSource::Input(InputId::from(name)))
        }
        (None, Some(step), _) => {
            let name = step.name_of(ReferenceKind::Step, steps);
            let property = fields.required("property").and_then(|item| expectation::path(&item));
            Some(ValueSource::Step { step: StepId::from(name?), property: property?.to_owned() })
        }
        (Some(_) | None, _, _) => {
            fields.source.report(fields.bytes.clone(), Fault::When(WhenFault::NotOneSource));
            None
        }
    }
}

/// Each condition on what a step found must be of one that is needed, and that finds something.
pub(super) fn sources(tables: &[Fields<'_>], steps: &[Step]) {
    let graph = Graph::of(steps);
    for (place, (fields, step)) in tables.iter().zip(steps).enumerate() {
        let Some(When { source: ValueSource::Step { step: source, .. }, .. }) = &step.when else { continue };
        let Some(item) = fields.optional("when") else { continue };
        let Some(at) = graph.place(source) else { continue };
        if !graph.prerequisites([place]).contains(&at) {
            item.report(Fault::Source(SourceFault::NotNeeded(source.to_string())));
        } else if steps.get(at).is_some_and(|step| matches!(step.kind, StepKind::Attested { .. })) {
            item.report(Fault::Source(SourceFault::Stated(source.to_string())));
        }
    }
}
