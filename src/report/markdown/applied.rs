//! What was found before an apply, beside what was found after it.

use super::super::{ApplyReport, StepReport};
use super::{MarkdownWriter, Table, code, failing, prose};
use crate::text::Text;

pub(super) fn applied(page: &mut MarkdownWriter, step: &StepReport, text: Text) {
    if !step.applies.is_empty() {
        page.block(format!("{}:", text.report_applies()));
    }
    for apply in &step.applies {
        page.block(format!("**{}**", prose(&apply.line(text))));
        let mut table = Table::new(page, &ApplyReport::headings(text));
        for cells in apply.verdicts(text) {
            table.row(cells.map(|cell| prose(&cell)));
        }
        for [property, expected, before, after] in apply.facts(text) {
            let property = if property.is_empty() { text.report_object() } else { code(&property) };
            table.row([property, code(&expected), code(&before), code(&after)]);
        }
        table.end();
        for (heading, found) in apply.failing(text) {
            page.block(format!("{heading}:"));
            failing(page, &found.failing, found.more_rows.as_ref(), text);
        }
    }
}
