//! `lint`: mistakes in a checklist file, and what its author may not have meant.

use std::path::Path;

use serde_json::json;

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use crate::checklist;
use crate::journal::disk::read_within;
use crate::plain::Out;

/// Reads and lints a file. Mistakes are exit code 2; warnings are not.
pub(super) fn lint(context: &Context, file: &Path) -> Done {
    let name = file.display().to_string();
    let bytes = read_within(file, checklist::SIZE_MAX)
        .map_err(|error| Failed::new(Exit::Usage, context.text.unreadable(&name, error)))?;
    let mut out = Out::stdout();
    let (mistakes, warnings) = match checklist::read(&bytes) {
        Ok(checklist) => (Vec::new(), checklist::lint(&checklist)),
        Err(mistakes) => (mistakes, Vec::new()),
    };
    let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    match context.output {
        Output::Json => {
            out.json(&json!({"format": 1, "file": name, "mistakes": mistakes, "warnings": warnings}));
        }
        Output::Text if mistakes.is_empty() => {
            for warning in &warnings {
                out.line(&context.text.lint_warning(&name, warning));
            }
            out.line(&context.text.lint_clean(&name, warnings.len()));
        }
        Output::Text => {}
    }
    if mistakes.is_empty() {
        return Ok(Exit::Open);
    }
    let lines: Vec<String> = mistakes.iter().map(|mistake| format!("{name}: {mistake}")).collect();
    Err(Failed::new(Exit::Usage, lines.join("\n")))
}
