//! `runs --prune`: removes runs that nobody needs any more. Asks first, never takes a run unnamed that was ever sealed or
//! cannot be read, and never follows a link.

use std::io;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::args::Output;
use super::context::{Context, is_terminal};
use super::exit::{Done, Exit, Failed};
use super::identity::who;
use super::runs::{self, RunCondition};
use crate::journal::{self, Holder, Removal, RunSummary};
use crate::plain::{Out, keys};

/// Whether the operator has been asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    /// They said yes on the command line.
    Already,
    /// They are to be asked.
    NotYet,
}

/// Why a run is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PruneReason {
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
pub(super) fn prune(context: &Context, named: &[String], days: u32, asked: Consent) -> Done {
    let listed = journal::list(&context.data_dir).map_err(|error| context.journal_failed(&error))?;
    let limit = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
    let chosen = if named.is_empty() { old(listed, limit) } else { by_name(context, listed, named)? };
    let (links, chosen): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|(run, _)| run.folder.is_link());
    let mut out = Out::stdout();
    let mut shown = match context.output {
        Output::Text => Out::stdout(),
        Output::Json => Out::stderr(),
    };
    for (run, _) in &links {
        shown.line(&context.text.prune_link(&run.id));
    }
    if chosen.is_empty() {
        match context.output {
            Output::Text => out.line(&context.text.prune_nothing(context.data_dir.display())),
            Output::Json => out.json(&json!({"format": 1, "removed": [], "kept": []})),
        }
        return Ok(Exit::Open);
    }
    shown.line(&context.text.prune_heading());
    for (run, why) in &chosen {
        shown.line(&format!("  {}  {}", run.id, context.prune_why(*why)));
    }
    match asked {
        Consent::Already => {}
        Consent::NotYet if !is_terminal() => {
            return Err(Failed::new(Exit::Usage, context.text.prune_nobody()));
        }
        Consent::NotYet => {
            let lang = context.text.lang();
            shown.text(&context.text.prune_question(
                chosen.len(),
                keys::yes(lang),
                keys::NO.to_ascii_uppercase(),
            ));
            let mut answer = String::new();
            let read = io::stdin().read_line(&mut answer);
            if read.is_err() || !keys::is_yes(&answer, lang) {
                shown.line(&context.text.prune_declined());
                return Ok(Exit::Open);
            }
        }
    }
    remove(context, &mut shown, &chosen, limit)
}

fn remove(context: &Context, shown: &mut Out, chosen: &[(RunSummary, PruneReason)], limit: Duration) -> Done {
    let mut removed = Vec::new();
    let mut failed: Option<Failed> = None;
    let mut kept = Vec::new();
    for (run, why) in chosen {
        let holder = Holder::this_process(who(), jiff::Timestamp::now().as_millisecond());
        // Somebody may have gone on with it, or sealed it, while the question stood there.
        let is_as_listed = || match why {
            PruneReason::Named => true,
            PruneReason::Empty | PruneReason::Damaged | PruneReason::Unfinished => {
                journal::summary(run.folder.clone()).and_then(|now| reason(&now, limit)) == Some(*why)
            }
        };
        match run.folder.remove(&holder, is_as_listed) {
            Ok(Removal::Removed) => removed.push(run.id.to_string()),
            Ok(Removal::Kept) => {
                shown.line(&context.text.prune_changed(&run.id));
                kept.push(run.id.to_string());
            }
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
fn old(listed: Vec<RunSummary>, limit: Duration) -> Vec<(RunSummary, PruneReason)> {
    listed.into_iter().filter_map(|run| reason(&run, limit).map(|why| (run, why))).collect()
}

/// Why a run may go without having been named, if it may.
fn reason(run: &RunSummary, limit: Duration) -> Option<PruneReason> {
    // A clock that was set back makes nothing older.
    let is_old = SystemTime::now().duration_since(run.modified).is_ok_and(|age| age > limit);
    match runs::known(&run.folder).state {
        _ if run.folder.may_have_handoff() => None,
        RunCondition::NeverBegan => Some(PruneReason::Empty),
        RunCondition::Damaged if is_old => Some(PruneReason::Damaged),
        RunCondition::Unfinished if is_old => Some(PruneReason::Unfinished),
        RunCondition::Sealed
        | RunCondition::Damaged
        | RunCondition::Unfinished
        | RunCondition::Newer
        | RunCondition::Unreadable => None,
    }
}

fn by_name(
    context: &Context,
    mut listed: Vec<RunSummary>,
    named: &[String],
) -> Result<Vec<(RunSummary, PruneReason)>, Failed> {
    let mut chosen = Vec::new();
    for name in named {
        // Only what is listed: a path could lead anywhere.
        let Some(position) = listed.iter().position(|run| run.id.as_str() == name) else {
            return Err(Failed::new(Exit::Usage, context.text.no_run(name, context.data_dir.display())));
        };
        let run = listed.swap_remove(position);
        if run.folder.is_link() {
            return Err(Failed::new(Exit::Usage, context.text.prune_link(name)));
        }
        chosen.push((run, PruneReason::Named));
    }
    Ok(chosen)
}

impl Context {
    fn prune_why(&self, why: PruneReason) -> String {
        match why {
            PruneReason::Empty => self.text.prune_empty(),
            PruneReason::Damaged => self.text.run_damaged(),
            PruneReason::Unfinished => self.text.run_unfinished(),
            PruneReason::Named => self.text.prune_named(),
        }
    }
}
