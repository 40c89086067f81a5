//! A run that may be open elsewhere, as far as its journal was read: no lock is taken and nothing is written. Shared by `watch`
//! and `open`.

use std::borrow::Cow;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::context::{Context, LoadedChecklist};
use super::exit::{Exit, Failed};
use crate::journal::{self, Condition, Folder, Head, Header};
use crate::run::{Moment, Outputs, Run, Stamped};

/// How often the journal and the lock are looked at.
pub(super) const PAUSE: Duration = Duration::from_millis(300);

pub(super) struct FollowedRun {
    pub folder: Folder,
    pub run: Run,
    /// Where the output of each command is.
    pub outputs: Outputs,
    source: LoadedChecklist,
    /// The first and the last record of it.
    read: Option<(Header, Head)>,
    last: Option<Moment>,
    /// The latest wall time that was looked at since: a clock that is set back makes nothing fresher here either.
    latest: i64,
    seen: Look,
}

/// What the journal looks like from outside: another look means that it was written to.
type Look = Option<(u64, Option<SystemTime>)>;

impl FollowedRun {
    /// The run of that id or folder, of which nothing was read yet.
    pub(super) fn open(context: &Context, run: &str) -> Result<Self, Failed> {
        let folder = context.run_folder(run).map(Folder::at)?;
        let source = context.kept_checklist(&folder)?;
        let run = Run::new(Arc::clone(&source.checklist));
        let seen = look(&folder);
        Ok(Self { folder, run, outputs: Outputs::default(), source, read: None, last: None, latest: 0, seen })
    }

    /// Whether something was written to it since that was asked last.
    pub(super) fn has_changed(&mut self) -> bool {
        let now = look(&self.folder);
        std::mem::replace(&mut self.seen, now) != now
    }

    /// What was added to the journal, if it still is the one that was read before; and what is wrong behind that.
    pub(super) fn read(&mut self, context: &Context) -> Result<(Vec<Stamped>, Result<(), Failed>), Failed> {
        let text = context.text;
        let known = self.read.as_ref().map(|(_, head)| *head);
        let mut is_same = true;
        let mut added = Vec::new();
        let contents = journal::read_heads(&self.folder, |head, stamped: Stamped| match known {
            Some(known) if head.seq < known.seq => {}
            Some(known) if head.seq == known.seq => is_same = head == known,
            Some(_) | None => added.push(stamped),
        })
        .map_err(|error| context.journal_failed(&error))?;
        context.is_the_runs_own(&self.source, contents.header.checklist)?;
        let damaged = match contents.condition {
            // The last record is being written, as a rule.
            Condition::Whole | Condition::Torn { .. } => None,
            Condition::Damaged { record, what } => {
                Some(Failed::new(Exit::Damaged, text.journal_damaged(record, &what)))
            }
            Condition::Newer(newer) => Some(Failed::new(Exit::Newer, text.newer(&newer))),
        };
        if let Some((header, head)) = &self.read
            && (*header != contents.header || contents.head.seq < head.seq || !is_same)
        {
            return Err(damaged.unwrap_or_else(|| Failed::new(Exit::Damaged, text.watch_changed(head.seq))));
        }
        self.read = Some((contents.header, contents.head));
        Ok((added, damaged.map_or(Ok(()), Err)))
    }

    /// Takes in one of what was added.
    pub(super) fn fold(&mut self, stamped: &Stamped) {
        self.run.evolve(stamped.at, &stamped.event);
        self.outputs.hear(stamped.at, &stamped.event);
        self.last = Some(stamped.at);
        self.latest = stamped.at.wall;
    }

    /// The run as it is now: where nobody has it open, what ran in it was cut off.
    pub(super) fn as_it_is(&self, is_free: bool) -> Cow<'_, Run> {
        let mut run = Cow::Borrowed(&self.run);
        // Somebody may open it again, and goes on from what is written.
        if is_free {
            run.to_mut().nobody_goes_on(self.last.unwrap_or_default());
        }
        run
    }

    /// The short code of the last record that was read.
    pub(super) fn head(&self) -> String {
        self.read.as_ref().map(|(_, head)| head.code().to_string()).unwrap_or_default()
    }

    /// This moment by the clocks of the process that has the run open.
    pub(super) fn now(&mut self) -> Moment {
        // What was sealed is looked at as it was then: nothing of it grows old.
        if let (true, Some(sealed)) = (self.run.is_sealed(), self.last) {
            return sealed;
        }
        let wall = jiff::Timestamp::now().as_millisecond().max(self.latest);
        self.latest = wall;
        let last = self.last.unwrap_or_default();
        let since = u64::try_from(wall.saturating_sub(last.wall)).unwrap_or(0);
        Moment { wall, mono: last.mono.saturating_add(since) }
    }
}

fn look(folder: &Folder) -> Look {
    fs::metadata(folder.journal()).ok().map(|found| (found.len(), found.modified().ok()))
}
