//! What was found before an apply, beside what was found after it.

use maud::{Markup, html};

use super::super::{ApplyReport, StepReport};
use super::{code, failing, table};
use crate::text::Text;

pub(super) fn applied(step: &StepReport, text: Text) -> Markup {
    html! {
        @if !step.applies.is_empty() { p { (text.report_applies()) ":" } "\n" }
        @for apply in &step.applies {
            p { strong { (apply.line(text)) } } "\n"
            (table(&ApplyReport::headings(text), rows(apply, text)))
            @for (heading, found) in apply.failing(text) {
                p { (heading) ":" } "\n"
                (failing(&found.failing, found.more_rows.as_ref(), text))
            }
        }
    }
}

fn rows(apply: &ApplyReport, text: Text) -> impl Iterator<Item = Vec<Markup>> {
    let verdicts = apply.verdicts(text).map(|cells| cells.map(|cell| html! { (cell) }).to_vec());
    let facts = apply.facts(text).into_iter().map(move |[property, expected, before, after]| {
        let property = if property.is_empty() {
            html! { (text.report_object()) }
        } else {
            code(&property)
        };
        vec![property, code(&expected), code(&before), code(&after)]
    });
    verdicts.into_iter().chain(facts)
}
