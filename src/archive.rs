//! The runs below a data folder: what is there, in what condition each is, and which of them may go.
//!
//! Owns that knowledge; never opens a run for writing, prints or asks. A list reads both ends of each journal and no more;
//! what acts on a run, as `resume` and `runs --prune` do, reads all of the ones that it would act on.

use std::path::Path;
use std::time::SystemTime;
use std::{fs, io};

use crate::journal::{self, Condition, Contents, FileAction, Folder, Head, JournalError, RunId};
use crate::run::{Event, Mode, Stamped, Who};

mod prune;
mod subjects;

pub(crate) use prune::{PruneReason, may_go, remove};
pub use subjects::ListedSubject;
use subjects::Subjects;

/// What a list shows of a run.
#[derive(Clone, Debug)]
pub struct RunListing {
    pub id: RunId,
    pub folder: Folder,
    /// When something was last added to it.
    pub modified: SystemTime,
    /// Its checklist, as named by its first record; empty where that cannot be read.
    pub checklist: String,
    /// Who began it.
    pub by: Option<Who>,
    /// The scenario, in a rehearsal.
    pub scenario: Option<String>,
    /// What the work was done to, as it was said last; none where that lies between the ends.
    pub subjects: Vec<ListedSubject>,
    pub condition: RunCondition,
}

/// What can be done with a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunCondition {
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
    pub(crate) const fn word(self) -> &'static str {
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

/// How much of a journal is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Its two ends: damage between them, or what a later greenlight wrote there, is not seen.
    Ends,
    Whole,
}

/// The runs below `data`, the newest first, from the ends of their journals.
///
/// # Errors
/// If `data` is there and cannot be read; a run that cannot be read is listed as such.
pub fn list(data: &Path) -> Result<Vec<RunListing>, JournalError> {
    let io = || JournalError::io(FileAction::Read, data);
    let entries = match fs::read_dir(data) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io()(error)),
    };
    let mut runs = Vec::new();
    for entry in entries {
        runs.extend(listing(Folder::at(entry.map_err(io())?.path()), Extent::Ends));
    }
    runs.sort_by(|a, b| b.id.cmp(&a.id));
    Ok(runs)
}

/// The newest run that can be resumed, as all of its journal says.
///
/// # Errors
/// As [`list`].
pub fn newest_unfinished(data: &Path) -> Result<Option<Folder>, JournalError> {
    let is_unfinished = |run: &RunListing| run.condition == RunCondition::Unfinished;
    let likely = list(data)?.into_iter().filter(is_unfinished);
    let mut whole = likely.filter_map(|run| listing(run.folder, Extent::Whole)).filter(is_unfinished);
    Ok(whole.next().map(|run| run.folder))
}

/// What can be said of `folder`, unless it is no run at all.
fn listing(folder: Folder, extent: Extent) -> Option<RunListing> {
    let changed = |path: &Path| fs::metadata(path).and_then(|found| found.modified());
    let modified = match changed(&folder.journal()) {
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return None,
        // What was cut off before it had a journal has its lock.
        Err(error) if error.kind() == io::ErrorKind::NotFound => changed(&folder.lock()).ok()?,
        changed => changed.unwrap_or(SystemTime::UNIX_EPOCH),
    };
    let (condition, Said { begun, subjects, .. }) = condition(&folder, extent);
    let subjects = subjects.listed();
    let Begun { checklist, scenario, by } = begun.unwrap_or_default();
    Some(RunListing { id: folder.run(), folder, modified, checklist, by, scenario, subjects, condition })
}

/// What a run's first event says of it.
#[derive(Default)]
struct Begun {
    checklist: String,
    scenario: Option<String>,
    by: Option<Who>,
}

/// What is taken from the events that are read.
#[derive(Default)]
struct Said {
    begun: Option<Begun>,
    sealed: bool,
    subjects: Subjects,
}

impl Said {
    fn hear(&mut self, record: u64, event: Event) {
        self.subjects.hear(record, &event);
        match event {
            Event::Begun { checklist, mode, by, .. } => {
                let scenario = match mode {
                    Mode::Live => None,
                    Mode::Rehearsal(scenario) => Some(scenario),
                };
                self.begun = Some(Begun { checklist: checklist.to_string(), scenario, by: Some(by) });
            }
            // The last event of a run that has it: nothing is added to a sealed run.
            Event::Sealed { .. } => self.sealed = true,
            _ => {}
        }
    }
}

fn condition(folder: &Folder, extent: Extent) -> (RunCondition, Said) {
    let mut said = Said::default();
    let each = |head: Head, stamped: Stamped| said.hear(head.seq, stamped.event);
    let read: Result<Contents<Stamped>, _> = match extent {
        Extent::Ends => journal::read_ends(folder, each),
        Extent::Whole => journal::read_heads(folder, each),
    };
    // What has left anything but its beginnings behind did begin, whatever its journal says now.
    let never_began = || if folder.is_bare() { RunCondition::NeverBegan } else { RunCondition::Damaged };
    let condition = match read.map(|contents| contents.condition) {
        Ok(Condition::Damaged { .. }) | Err(JournalError::Damaged { .. }) => RunCondition::Damaged,
        Ok(Condition::Newer(_)) | Err(JournalError::Newer(_)) => RunCondition::Newer,
        Err(JournalError::NeverBegan { .. }) => never_began(),
        Err(_) => RunCondition::Unreadable,
        Ok(Condition::Whole | Condition::Torn { .. }) if said.begun.is_none() => never_began(),
        Ok(Condition::Whole | Condition::Torn { .. }) if said.sealed => RunCondition::Sealed,
        Ok(Condition::Whole | Condition::Torn { .. }) => RunCondition::Unfinished,
    };
    (condition, said)
}
