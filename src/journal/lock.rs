//! One operator at a time: the lock on a run's folder.
//!
//! The lock is an open file that the system locks, so it is free as soon as its holder is gone, however it went. Who
//! holds it stands beside it, because a locked file cannot be read on Windows; that text is only ever a message.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;
use std::time::Duration;
use std::{fmt, fs, io, thread};

use serde::{Deserialize, Serialize};

use super::error::{Action, JournalError};
use super::folder::Folder;
use crate::run::Who;

/// How often a lock that is held is tried again, and after how long.
const TRIES: u32 = 10;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// Who holds a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The account and the computer.
    #[serde(flatten)]
    pub who: Who,
    /// The process.
    pub pid: u32,
    /// Since when: milliseconds since the Unix epoch, UTC.
    pub since: i64,
}

impl Holder {
    /// This process, at the hands of `who`, since `since`.
    pub fn this_process(who: Who, since: i64) -> Self {
        Self { who, pid: std::process::id(), since }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who: Who { user, host }, pid, since } = self;
        write!(f, "{user} on {host}, process {pid}")?;
        match jiff::Timestamp::from_millisecond(*since) {
            Ok(since) => write!(f, ", since {}", since.strftime("%Y-%m-%d %H:%M UTC")),
            Err(_) => Ok(()),
        }
    }
}

/// The lock, held until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    // Closing the file is what gives the lock back.
    _file: File,
    note: PathBuf,
}

impl Lock {
    /// Takes the lock of `folder`, or says who has it.
    pub(super) fn take(folder: &Folder, holder: &Holder) -> Result<Self, JournalError> {
        let path = folder.lock();
        let failed = |source| JournalError::Io { action: Action::Lock, path: path.clone(), source };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        let mut tries = 0;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // A process that is just being started holds our handles until it runs its own program.
                Err(TryLockError::WouldBlock) if tries < TRIES => {
                    tries += 1;
                    thread::sleep(BETWEEN_TRIES);
                }
                Err(TryLockError::WouldBlock) => return Err(JournalError::Held { by: holder_of(folder) }),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        let note = folder.holder();
        // Only a message: without it the lock is as good, and it need not outlive a power cut.
        if let Err(error) =
            serde_json::to_vec(holder).map_err(io::Error::from).and_then(|text| fs::write(&note, text))
        {
            tracing::warn!(%error, "who holds the run could not be noted");
        }
        Ok(Self { _file: file, note })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only a message: if it stays, the next holder replaces it.
        drop(fs::remove_file(&self.note));
    }
}

/// Who last said that they hold `folder`; the lock itself may be free.
pub fn holder_of(folder: &Folder) -> Option<Holder> {
    serde_json::from_slice(&fs::read(folder.holder()).ok()?).ok()
}

/// Whether somebody holds a run now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nobody does.
    Free,
    /// Somebody does, and as a rule says who.
    By(Option<Holder>),
}

/// Whether somebody holds `folder` now: asks the system, which knows of a holder that was killed, and neither waits nor
/// keeps the lock.
pub fn held(folder: &Folder) -> Held {
    let asked =
        File::open(folder.lock()).map_err(TryLockError::Error).and_then(|file| file.try_lock_shared());
    match asked {
        Ok(()) => Held::Free,
        Err(TryLockError::WouldBlock) => Held::By(holder_of(folder)),
        // It cannot be asked, or was never taken: what the last holder left behind is all that is known.
        Err(TryLockError::Error(_)) => holder_of(folder).map_or(Held::Free, |by| Held::By(Some(by))),
    }
}
