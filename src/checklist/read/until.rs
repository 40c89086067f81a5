//! `until` of `[step.check]`.

use std::time::Duration;

use super::item::Item;
use crate::checklist::Until;
use crate::checklist::mistake::{Fault, TablePlace, UntilFault};

/// The shortest `every`: each check asks a server, and leaves two records and a transcript.
const EVERY_MIN: Duration = Duration::from_secs(1);

pub(super) fn read(item: &Item<'_>, apply: Option<&Item<'_>>) -> Option<Until> {
    if apply.is_none() {
        item.report(Fault::Until(UntilFault::WithoutApply));
    }
    let fields = item.table(TablePlace::Until, &["every", "for"])?;
    let (every, limit) = (fields.required("every"), fields.required("for"));
    let span = |item: &Option<Item<'_>>| item.as_ref().and_then(Item::span);
    let until = Until { every: span(&every)?, limit: span(&limit)? };
    match (every, limit) {
        (Some(every), _) if until.every < EVERY_MIN => {
            every.report(Fault::Until(UntilFault::TooOften));
        }
        (_, Some(limit)) if until.limit < until.every => {
            limit.report(Fault::Until(UntilFault::TooShort));
        }
        (Some(_) | None, Some(_) | None) => {}
    }
    Some(until)
}
