//! Which runs may go without having been named: never one that was ever sealed or cannot be read.

use std::time::{Duration, SystemTime};

use super::{Extent, RunCondition, RunListing, listing};
use crate::journal::{Folder, Holder, JournalError, Removal};

/// Why a run is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PruneReason {
    /// It was cut off before its first record.
    Empty,
    /// It is damaged and old.
    Damaged,
    /// It is unfinished and old.
    Unfinished,
    /// The operator named it.
    Named,
}

/// Why a listed run may go unnamed, if it may: all of its journal is asked, unless its ends forbid it already.
pub(crate) fn may_go(run: &RunListing, older_than: Duration) -> Option<PruneReason> {
    reason(run, older_than)?;
    reason(&listing(run.folder.clone(), Extent::Whole)?, older_than)
}

fn reason(run: &RunListing, older_than: Duration) -> Option<PruneReason> {
    // A clock that was set back makes nothing older.
    let is_old = SystemTime::now().duration_since(run.modified).is_ok_and(|age| age > older_than);
    match run.condition {
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

/// Removes a run that was chosen for that reason, unless somebody has it open, went on with it or sealed it meanwhile.
///
/// # Errors
/// If it is held, or something cannot be removed.
pub(crate) fn remove(
    folder: &Folder,
    why: PruneReason,
    older_than: Duration,
    holder: &Holder,
) -> Result<Removal, JournalError> {
    folder.remove(holder, || match why {
        PruneReason::Named => true,
        PruneReason::Empty | PruneReason::Damaged | PruneReason::Unfinished => {
            listing(folder.clone(), Extent::Whole).and_then(|now| reason(&now, older_than)) == Some(why)
        }
    })
}
