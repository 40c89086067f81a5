//! `export`: a run's completion log, on standard output.

use super::args::Format;
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use crate::journal::{self, Condition, Folder};
use crate::plain::Out;
use crate::report;
use crate::run::Stamped;

/// Writes the log. A damaged journal is exported as far as it is good, with exit code 5.
pub fn export(context: &Context, run: &str, format: Format) -> Done {
    let folder: Folder = context.run_folder(run).map(Folder::at)?;
    let contents = journal::read::<Stamped>(&folder).map_err(|error| context.journal_failed(&error))?;
    let source = context.kept_checklist(&folder)?;
    let report = report::build(&source.checklist, &contents.events, &contents.head, &folder, context.text);
    let text = match format {
        Format::Markdown => report::markdown(&report, context.text),
        Format::Json => report::json(&report),
        Format::Html => report::html(&report, context.text),
        Format::Csv => report::csv(&report),
        Format::Junit => report::junit(&report, context.text),
    };
    Out::stdout().bytes(text.as_bytes());
    match contents.condition {
        Condition::Whole | Condition::Torn { .. } => Ok(Exit::Open),
        Condition::Damaged { record, what } => {
            Err(Failed::new(Exit::Damaged, context.text.damaged_record(record, context.text.damage(&what))))
        }
    }
}
