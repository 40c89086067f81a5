//! What can go wrong with a journal.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use super::holder::Holder;
use super::record::{Damage, Newer};

/// Why a journal could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was being done.
        action: FileAction,
        /// To which file or folder.
        path: PathBuf,
        source: io::Error,
    },
    /// Another process has the run open.
    #[error("the run is open in another greenlight ({}); close it there first", by.as_ref().map_or_else(|| "it does not say whose".to_owned(), Holder::to_string))]
    Held {
        /// Which, if it says so.
        by: Option<Holder>,
    },
    /// A record is not what was written.
    #[error("the journal is damaged at record {record}: {what}; the run can only be read, up to there")]
    Damaged {
        /// Its number, counted from the header, which is 0.
        record: u64,
        /// What is wrong with it.
        what: Damage,
    },
    /// The folder holds no journal, or one that was cut off before its first record.
    #[error("no run ever began in {}", folder.display())]
    NeverBegan { folder: PathBuf },
    /// It was written by a later greenlight.
    #[error("the run was written by a later greenlight: {0}")]
    Newer(Newer),
    /// An earlier write failed, and [`super::Journal::repair`] has not been called since.
    #[error("the last record could not be written; nothing is added before the journal is repaired")]
    Broken,
    /// The journal or its lock is not as this process left it: somebody else wrote to it, replaced it or took it away.
    #[error("{} was changed, replaced or removed by somebody else; nothing is added to it", path.display())]
    Changed {
        /// Which of the two.
        path: PathBuf,
    },
    /// This account may not write there.
    #[error("this account may not write to the run in {}", folder.display())]
    NotAllowed { folder: PathBuf },
    /// The event cannot be written as JSON.
    #[error("an event cannot be written as JSON: {0}")]
    Encode(serde_json::Error),
}

impl JournalError {
    /// Wraps what the system said.
    pub(crate) fn io(action: FileAction, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}

/// What was being done when the system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAction {
    /// Making a file or folder.
    Create,
    Read,
    Write,
    Lock,
    /// Setting a torn record aside.
    SetAside,
    Remove,
}

impl fmt::Display for FileAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Write => "write",
            Self::Lock => "lock",
            Self::Remove => "remove",
            Self::SetAside => "set aside the torn end of",
        })
    }
}
