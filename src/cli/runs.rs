//! `runs`: the runs under the data folder, the newest first.

use serde_json::json;

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit};
use crate::journal::{self, Condition, Folder, JournalError};
use crate::plain::Out;
use crate::run::{Event, Mode, Stamped};
use crate::sanitize::escape_controls;

/// What a list shows of a run.
pub(super) struct RunListing {
    pub id: String,
    /// Its checklist, as named by its first record; empty where that cannot be read.
    pub checklist: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// What can be done with it.
    pub state: RunCondition,
}

/// What can be done with a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunCondition {
    /// It was cut off before its first event: there is nothing in it.
    NeverBegan,
    /// It can be resumed.
    Unfinished,
    /// It is handed off.
    Sealed,
    /// Its journal is damaged: it can only be read.
    Damaged,
    /// A later greenlight wrote it: it can be read as far as it is known.
    Newer,
    /// It cannot be read now: the system refuses it.
    Unreadable,
}

impl RunCondition {
    /// The word for programs.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::NeverBegan => "never-began",
            Self::Unfinished => "unfinished",
            Self::Sealed => "sealed",
            Self::Damaged => "damaged",
            Self::Newer => "newer",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Reads what a list shows of the run in `folder`.
pub(super) fn known(folder: &Folder) -> RunListing {
    let id = folder.run().to_string();
    let nothing = |id, state| RunListing { id, checklist: String::new(), rehearsal: false, state };
    let mut begun = None;
    let mut sealed = false;
    let read = journal::read_each(folder, |stamped: Stamped| match &stamped.event {
        Event::Begun { checklist, mode, .. } => begun = Some((checklist.to_string(), *mode != Mode::Live)),
        Event::Sealed { .. } => sealed = true,
        _ => {}
    });
    // What has left anything but its beginnings behind did begin, whatever its journal says now.
    let never_began = || if folder.is_bare() { RunCondition::NeverBegan } else { RunCondition::Damaged };
    let contents = match read {
        Ok(contents) => contents,
        Err(JournalError::NeverBegan { .. }) => return nothing(id, never_began()),
        Err(JournalError::Damaged { .. }) => return nothing(id, RunCondition::Damaged),
        Err(JournalError::Newer(_)) => return nothing(id, RunCondition::Newer),
        Err(_) => return nothing(id, RunCondition::Unreadable),
    };
    if begun.is_none() && matches!(contents.condition, Condition::Whole | Condition::Torn { .. }) {
        return nothing(id, never_began());
    }
    let state = match contents.condition {
        Condition::Damaged { .. } => RunCondition::Damaged,
        Condition::Newer(_) => RunCondition::Newer,
        Condition::Whole | Condition::Torn { .. } if sealed => RunCondition::Sealed,
        Condition::Whole | Condition::Torn { .. } => RunCondition::Unfinished,
    };
    let (checklist, rehearsal) = begun.unwrap_or_default();
    RunListing { id, checklist, rehearsal, state }
}

pub(super) fn runs(context: &Context) -> Done {
    let listed = journal::list(&context.data_dir).map_err(|error| context.journal_failed(&error))?;
    let runs: Vec<RunListing> = listed
        .iter()
        .map(|run| known(&run.folder))
        .filter(|run| run.state != RunCondition::NeverBegan)
        .collect();
    let mut out = Out::stdout();
    match context.output {
        Output::Json => {
            let rows: Vec<_> = runs
                .iter()
                .map(|run| {
                    json!({"id": run.id, "checklist": run.checklist, "rehearsal": run.rehearsal, "state": run.state.word()})
                })
                .collect();
            out.json(&json!({"format": 1, "runs": rows}));
        }
        Output::Text => {
            if runs.is_empty() {
                out.line(&context.text.no_runs(context.data_dir.display()));
            }
            for run in &runs {
                let state = match run.state {
                    RunCondition::NeverBegan => continue,
                    RunCondition::Unfinished => context.text.run_unfinished(),
                    RunCondition::Sealed => context.text.run_sealed(),
                    RunCondition::Damaged => context.text.run_damaged(),
                    RunCondition::Newer => context.text.run_newer(),
                    RunCondition::Unreadable => context.text.run_unreadable(),
                };
                let mode = if run.rehearsal { context.text.run_rehearsal() } else { context.text.run_live() };
                out.line(&format!("{}  {state}  {mode}  {}", run.id, escape_controls(&run.checklist)));
            }
        }
    }
    Ok(Exit::Open)
}
