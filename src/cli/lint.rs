//! `lint`: mistakes in a checklist file, and what its author may not have meant.

use std::path::Path;

use serde_json::json;

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use crate::checklist;
use crate::checklist::place::Places;
use crate::journal::disk::read_within;
use crate::plain::Out;

/// Reads and lints a file. Mistakes are exit code 2; warnings are not.
pub(super) fn lint(context: &Context, file: &Path) -> Done {
    let text = context.text;
    let name = file.display().to_string();
    let bytes = read_within(file, checklist::SIZE_MAX)
        .map_err(|error| Failed::new(Exit::Usage, text.unreadable(&name, error)))?;
    let mut out = Out::stdout();
    let (mistakes, warnings) = match checklist::read(&bytes) {
        Ok(checklist) => (Vec::new(), checklist::lint(&checklist)),
        Err(mistakes) => (mistakes, Vec::new()),
    };
    match context.output {
        Output::Json => {
            let mistakes: Vec<String> = mistakes.iter().map(|mistake| text.mistake(mistake)).collect();
            let warnings: Vec<String> = warnings.iter().map(|warning| text.warning(warning)).collect();
            out.json(&json!({"format": 1, "file": name, "mistakes": mistakes, "warnings": warnings}));
        }
        Output::Text if mistakes.is_empty() => {
            let lines = Places::of(&bytes).zip(context.doubts(&bytes, &out));
            for warning in &warnings {
                out.line(&text.lint_warning(&name, text.warning(warning)));
                let drawn = lines.as_ref().and_then(|(places, file)| Some(file.draw(&places.find(warning)?)));
                if let Some(drawn) = drawn {
                    out.drawing(&drawn);
                }
            }
            out.line(&text.lint_clean(&name, warnings.len()));
        }
        Output::Text => {}
    }
    if mistakes.is_empty() { Ok(Exit::Open) } else { Err(context.mistaken(&name, &bytes, &mistakes)) }
}
