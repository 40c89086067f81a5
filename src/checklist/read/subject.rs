//! `subject` of `[[step]]`: what its check finds there is what later steps act on.

use super::expectation::path;
use super::item::{Fields, Item};
use crate::checklist::mistake::{Fault, TablePlace, Word};
use crate::checklist::{Changes, Step, Subject};

const SCOPES: [(Word, Changes); 3] =
    [("tenant", Changes::Tenant), ("forest", Changes::Forest), ("computer", Changes::Computer)];

/// Reads a subject: its scope with the property of the name, and the property of the id.
pub(super) fn read(item: &Item<'_>) -> Option<Subject> {
    let fields = item.table(TablePlace::Subject, &["tenant", "forest", "computer", "id"])?;
    let id = fields.optional("id").map(|item| path(&item).map(str::to_owned));
    let given = SCOPES.iter().filter_map(|(word, scope)| Some((fields.optional(word)?, *scope)));
    let given: Vec<_> = given.collect();
    let [(name, scope)] = given.as_slice() else {
        item.report(Fault::NotOneScope(SCOPES.iter().map(|(word, _)| *word).collect()));
        return None;
    };
    let subject = Subject { scope: *scope, name: path(name)?.to_owned(), id: None };
    // An id that cannot be read is a mistake, not none.
    Some(Subject { id: id.map_or(Some(None), |id| id.map(Some))?, ..subject })
}

/// Reports each subject of a scope that has one already.
pub(super) fn once_a_scope(tables: &[Fields<'_>], steps: &[Step]) {
    let scope = |step: &Step| step.subject.as_ref().map(|subject| subject.scope);
    for (place, (fields, step)) in tables.iter().zip(steps).enumerate() {
        let first =
            scope(step).and_then(|own| steps.iter().take(place).find(|step| scope(step) == Some(own)));
        if let (Some(first), Some(item)) = (first, fields.optional("subject")) {
            item.report(Fault::SubjectTwice { first: first.id.to_string() });
        }
    }
}
