//! `runs`: the runs under the data folder, the newest first.

use serde_json::json;

use super::args::Output;
use super::colour::Line;
use super::context::Context;
use super::exit::{Done, Exit};
use crate::archive::{self, RunCondition, RunListing};
use crate::plain::Out;
use crate::sanitize::escape_controls;
use crate::tui::theme::Meaning;

pub(super) fn runs(context: &Context) -> Done {
    let listed = archive::list(&context.data_dir).map_err(|error| context.journal_failed(&error))?;
    let runs: Vec<RunListing> =
        listed.into_iter().filter(|run| run.condition != RunCondition::NeverBegan).collect();
    let mut out = Out::stdout();
    match context.output {
        Output::Json => {
            let rows: Vec<_> = runs
                .iter()
                .map(|run| {
                    json!({"id": run.id.as_str(), "checklist": run.checklist, "rehearsal": run.scenario.is_some(), "scenario": run.scenario, "subjects": run.subjects, "state": run.condition.word()})
                })
                .collect();
            out.json(&json!({"format": 1, "runs": rows}));
        }
        Output::Text => {
            if runs.is_empty() {
                out.line(&context.text.no_runs(context.data_dir.display()));
            }
            for run in &runs {
                let (state, meaning) = match run.condition {
                    RunCondition::NeverBegan => continue,
                    RunCondition::Unfinished => (context.text.run_unfinished(), Meaning::Accent),
                    RunCondition::Sealed => (context.text.run_sealed(), Meaning::Good),
                    RunCondition::Damaged => (context.text.run_damaged(), Meaning::Bad),
                    RunCondition::Newer => (context.text.run_newer(), Meaning::Doubt),
                    RunCondition::Unreadable => (context.text.run_unreadable(), Meaning::Bad),
                };
                let mode = context.text.run_mode(run.scenario.as_deref());
                let subjects =
                    run.subjects.iter().map(|known| context.text.listed_subject(&known.found, known.sure));
                let of = [run.checklist.clone()].into_iter().chain(subjects).collect::<Vec<_>>().join("  ");
                let (before, after) =
                    (format!("{}  ", run.id), format!("  {mode}  {}", escape_controls(&of)));
                Line::marked([&before, &state, &after], meaning).print(&mut out, context);
            }
        }
    }
    Ok(Exit::Open)
}
