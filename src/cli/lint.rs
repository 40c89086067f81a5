//! `lint`: mistakes in a checklist file, and what its author may not have meant.

use std::path::Path;

use serde_json::json;

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use crate::checklist::mistake::FilePlace;
use crate::checklist::place::Places;
use crate::checklist::{self, Mistake};
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
    let places = Places::of(&bytes);
    let find = |warning| {
        let (places, bytes) = places.as_ref().and_then(|places| Some((places, places.find(warning)?)))?;
        Some((places.of_bytes(&bytes), bytes))
    };
    match context.output {
        Output::Json => {
            let told = |place: Option<FilePlace>, message: String| {
                let (line, column) = place.map(|place| (place.line, place.column)).unzip();
                json!({"line": line, "column": column, "message": message})
            };
            let mistakes = mistakes.iter().map(|mistake| {
                let Mistake { line, column, .. } = *mistake;
                told(Some(FilePlace { line, column }), text.mistake_alone(mistake))
            });
            let warnings = warnings
                .iter()
                .map(|warning| told(find(warning).map(|(place, _)| place), text.warning(warning)));
            let (mistakes, warnings): (Vec<_>, Vec<_>) = (mistakes.collect(), warnings.collect());
            out.json(&json!({"format": 2, "file": name, "mistakes": mistakes, "warnings": warnings}));
        }
        Output::Text if mistakes.is_empty() => {
            let lines = context.doubts(&bytes, &out);
            for warning in &warnings {
                let (found, told) = (find(warning), text.lint_warning(text.warning(warning)));
                let told = match &found {
                    Some((place, _)) => text.mistake_at(place.line, place.column, told),
                    None => told,
                };
                out.line(&format!("{name}: {told}"));
                if let Some(drawn) = found.zip(lines.as_ref()).map(|((_, bytes), file)| file.draw(&bytes)) {
                    out.drawing(&drawn);
                }
            }
            out.line(&text.lint_clean(&name, warnings.len()));
        }
        Output::Text => {}
    }
    if mistakes.is_empty() { Ok(Exit::Open) } else { Err(context.mistaken(&name, &bytes, &mistakes)) }
}
