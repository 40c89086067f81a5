//! `runs --prune`: removes runs that nobody needs any more. Asks first, never takes a run unnamed that was ever sealed or
//! cannot be read, and never follows a link.

use std::io;
use std::time::Duration;

use serde_json::json;

use super::args::Output;
use super::context::{Context, is_terminal};
use super::exit::{Done, Exit, Failed};
use super::identity::who;
use crate::archive::{self, PruneReason, RunListing};
use crate::journal::{Holder, Removal};
use crate::plain::{Out, keys};
use crate::text::Text;

/// Whether the operator has been asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    /// They said yes on the command line.
    Already,
    /// They are to be asked.
    NotYet,
}

/// Removes the runs that are `named`; without names the empty ones, and the unfinished and damaged ones whose last record
/// is older than `days`.
pub(super) fn prune(context: &Context, named: &[String], days: u32, asked: Consent) -> Done {
    let listed = archive::list(&context.data_dir).map_err(|error| context.journal_failed(&error))?;
    let limit = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
    let chosen = if named.is_empty() {
        let may_go = |run: RunListing| archive::may_go(&run, limit).map(|why| (run, why));
        listed.into_iter().filter_map(may_go).collect()
    } else {
        by_name(context, listed, named)?
    };
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
                Text::letter_of_yes(lang),
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

fn remove(context: &Context, shown: &mut Out, chosen: &[(RunListing, PruneReason)], limit: Duration) -> Done {
    let mut removed = Vec::new();
    let mut failed: Option<Failed> = None;
    let mut kept = Vec::new();
    for (run, why) in chosen {
        let holder = Holder::this_process(who(), jiff::Timestamp::now().as_millisecond());
        match archive::remove(&run.folder, *why, limit, &holder) {
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

fn by_name(
    context: &Context,
    mut listed: Vec<RunListing>,
    named: &[String],
) -> Result<Vec<(RunListing, PruneReason)>, Failed> {
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
