//! What can go wrong with a journal, as data: `text` has the words.

use std::io;
use std::path::{Path, PathBuf};

use super::holder::Holder;
use super::record::{Damage, EncodeFault, Newer};

/// Why a journal could not be opened, read or written.
#[derive(Debug)]
pub enum JournalError {
    Io {
        /// What was being done.
        action: FileAction,
        /// To which file or folder.
        path: PathBuf,
        source: io::Error,
    },
    /// Another process has the run open.
    Held {
        /// Which, if it says so.
        by: Option<Holder>,
    },
    /// A record is not what was written.
    Damaged {
        /// Its number, counted from the header, which is 0.
        record: u64,
        /// What is wrong with it.
        what: Damage,
    },
    /// The folder holds no journal, or one that was cut off before its first record.
    NeverBegan {
        folder: PathBuf,
    },
    /// It was written by a later greenlight.
    Newer(Newer),
    /// An earlier write failed, and [`super::Journal::repair`] has not been called since.
    Broken,
    /// The journal or its lock is not as this process left it: somebody else wrote to it, replaced it or took it away.
    Changed {
        /// Which of the two.
        path: PathBuf,
    },
    /// This account may not write there.
    NotAllowed {
        folder: PathBuf,
    },
    Encode(EncodeFault),
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
    Quarantine,
    Remove,
}
