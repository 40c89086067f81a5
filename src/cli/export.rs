//! `export`: a run's completion log, on standard output or in a file.

use std::path::Path;
use std::sync::Arc;

use super::context::Context;
use super::exit::{Done, Exit, Failed};
use super::out_file::OutFile;
use crate::journal::{self, Folder, Held};
use crate::plain::Out;
use crate::report::{self, Folding, Format};
use crate::run::Stamped;
use crate::sanitize::ascii_json;

/// What becomes of the names in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameVisibility {
    Shown,
    /// Each is replaced by a token.
    Hidden,
}

/// Writes the log. What is damaged, or of a later greenlight, is exported as far as it is good, and said in the log; the exit
/// code is 5 then, or 6.
pub(super) fn export(
    context: &Context,
    run: &str,
    format: Format,
    names: NameVisibility,
    out: Option<&Path>,
) -> Done {
    let file = OutFile::named(out, context.text)?;
    let folder: Folder = context.run_folder(run).map(Folder::at)?;
    let source = context.kept_checklist(&folder)?;
    let mut folding = Folding::new(Arc::clone(&source.checklist));
    let contents = journal::read_each(&folder, |event: Stamped| folding.add(&event))
        .map_err(|error| context.journal_failed(&error))?;
    context.is_the_runs_own(&source, contents.header.checklist)?;
    if matches!(journal::held(&folder), Held::Free) {
        folding.nobody_goes_on();
    }
    let report = folding.finish(&folder, &contents, context.text);
    let report = match names {
        NameVisibility::Shown => report,
        NameVisibility::Hidden => report::pseudonymize(report, &source.checklist),
    };
    let text = format.render(&report, context.text);
    let mut out = Out::stdout();
    match (&file, format) {
        (Some(file), _) => {
            let text = if format == Format::Json { ascii_json(&text) } else { text };
            out.line(&file.write(text.as_bytes())?);
        }
        (None, Format::Json) => out.json_text(&text),
        (None, _) => out.bytes(text.as_bytes()),
    }
    let damage: Vec<&str> = report.damage.iter().map(|damage| damage.what.as_str()).collect();
    match report.newer {
        _ if !damage.is_empty() => Err(Failed::new(Exit::Damaged, damage.join("\n"))),
        Some(newer) => Err(Failed::new(Exit::Newer, newer)),
        None => Ok(Exit::Open),
    }
}
