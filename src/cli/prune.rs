//! `runs --prune`: removes runs that nobody needs any more. Asks first, and never takes a sealed run that was not named.

use std::io;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::args::Output;
use super::context::{Context, is_terminal, who};
use super::exit::{Done, Exit, Failed};
use super::runs::{self, State};
use crate::journal::{self, Folder, Holder, Outline, RunSummary};
use crate::plain::Out;

/// Whether the operator has been asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// They said yes on the command line.
    Already,
    /// They are to be asked.
    NotYet,
}

/// Why a run is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// It was cut off before its first record.
    Empty,
    /// It is damaged and old.
    Damaged,
    /// It is unfinished and old.
    Unfinished,
    /// The operator named it.
    Named,
}

/// Removes the runs that are `named`; without names the empty ones, and the unfinished and damaged ones whose last record
/// is older than `days`.
pub fn prune(context: &Context, named: &[String], days: u32, asked: Asked) -> Done {
    let listed = journal::list(&context.data_dir).map_err(|error| context.journal_failed(&error))?;
    let chosen = if named.is_empty() { old(listed, days) } else { by_name(context, listed, named)? };
    let mut out = Out::stdout();
    if chosen.is_empty() {
        match context.output {
            Output::Text => out.line(&context.text.prune_nothing(context.data_dir.display())),
            Output::Json => out.json(&json!({"format": 1, "removed": [], "kept": []})),
        }
        return Ok(Exit::Open);
    }
    let mut shown = match context.output {
        Output::Text => Out::stdout(),
        Output::Json => Out::stderr(),
    };
    shown.line(&context.text.prune_heading());
    for (run, why) in &chosen {
        shown.line(&format!("  {}  {}", run.id, context.prune_why(*why)));
    }
    match asked {
        Asked::Already => {}
        Asked::NotYet if !is_terminal() => {
            return Err(Failed::new(Exit::Usage, context.text.prune_nobody()));
        }
        Asked::NotYet => {
            shown.text(&context.text.prune_question(chosen.len()));
            let mut answer = String::new();
            let read = io::stdin().read_line(&mut answer);
            if read.is_err() || !answer.trim().eq_ignore_ascii_case(&context.text.yes_letter()) {
                shown.line(&context.text.prune_declined());
                return Ok(Exit::Open);
            }
        }
    }
    remove(context, &chosen)
}

fn remove(context: &Context, chosen: &[(RunSummary, Why)]) -> Done {
    let mut removed = Vec::new();
    let mut failed: Option<Failed> = None;
    let mut kept = Vec::new();
    for (run, _) in chosen {
        let holder = Holder::this_process(who(), jiff::Timestamp::now().as_millisecond());
        match run.folder.remove(&holder) {
            Ok(()) => removed.push(run.id.to_string()),
            Err(error) => {
                let why = context.journal_failed(&error);
                kept.push(run.id.to_string());
                match &mut failed {
                    Some(failed) => {
                        failed.message = format!("{}\n{}: {}", failed.message, run.id, why.message);
                    }
                    None => failed = Some(Failed::new(why.exit, format!("{}: {}", run.id, why.message))),
                }
            }
        }
    }
    let mut out = Out::stdout();
    match context.output {
        Output::Text => out.line(&context.text.prune_done(removed.len())),
        Output::Json => out.json(&json!({"format": 1, "removed": removed, "kept": kept})),
    }
    failed.map_or(Ok(Exit::Open), Err)
}

/// What may go without having been named.
fn old(listed: Vec<RunSummary>, days: u32) -> Vec<(RunSummary, Why)> {
    let limit = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
    let now = SystemTime::now();
    listed
        .into_iter()
        .filter_map(|run| {
            // A clock that was set back makes nothing older.
            let is_old = now.duration_since(run.modified).is_ok_and(|age| age > limit);
            let why = if run.outline == Outline::NeverBegan {
                Why::Empty
            } else {
                match runs::known(&run.folder).state {
                    State::Damaged if is_old && !was_sealed(&run.folder) => Why::Damaged,
                    State::Unfinished if is_old => Why::Unfinished,
                    State::NeverBegan => Why::Empty,
                    State::Sealed | State::Damaged | State::Unfinished => return None,
                }
            };
            Some((run, why))
        })
        .collect()
}

/// Whether a run that cannot be read to its end has written a handoff: it may have been sealed.
fn was_sealed(folder: &Folder) -> bool {
    folder.path().join("handoff").exists()
}

fn by_name(
    context: &Context,
    mut listed: Vec<RunSummary>,
    named: &[String],
) -> Result<Vec<(RunSummary, Why)>, Failed> {
    let mut chosen = Vec::new();
    for name in named {
        // Only what is listed: a path could lead anywhere.
        let Some(position) = listed.iter().position(|run| run.id.as_str() == name) else {
            return Err(Failed::new(Exit::Usage, context.text.no_run(name, context.data_dir.display())));
        };
        chosen.push((listed.swap_remove(position), Why::Named));
    }
    Ok(chosen)
}

impl Context {
    fn prune_why(&self, why: Why) -> String {
        match why {
            Why::Empty => self.text.prune_empty(),
            Why::Damaged => self.text.run_damaged(),
            Why::Unfinished => self.text.run_unfinished(),
            Why::Named => self.text.prune_named(),
        }
    }
}
