//! One operator at a time: the lock on a run's folder.
//!
//! The lock is an open file that the system locks, so it is free as soon as its holder is gone, however it went. Where a
//! folder can be locked too it is, so that removing the file admits nobody. Who holds it stands beside it, because a
//! locked file cannot be read on Windows; that text is only ever a message.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io, thread};

use super::disk::{Identity, keep_name, open_plain, plain, read_plain};
use super::error::{FileAction, JournalError};
use super::folder::Folder;
use super::holder::Holder;

/// How often a lock that is held is tried again, and after how long.
const TRIES: u32 = 10;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);
/// How much of the note about its holder is read.
const NOTE: usize = 4096;

/// The lock, held until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    // Closing the files is what gives the lock back.
    _file: File,
    _folder: Option<File>,
    identity: Identity,
    path: PathBuf,
    note: PathBuf,
}

impl Lock {
    /// Takes the lock of `folder`, or says who has it.
    pub(super) fn take(folder: &Folder, holder: &Holder) -> Result<Self, JournalError> {
        let path = folder.lock();
        let failed = |source| JournalError::Io { action: FileAction::Lock, path: path.clone(), source };
        let held = || JournalError::Held { by: holder_of(folder) };
        let locked_folder = match lock_folder(folder.path()) {
            Err(TryLockError::WouldBlock) => return Err(held()),
            // A network share, as a rule: there the file alone must do.
            Err(TryLockError::Error(_)) => None,
            Ok(file) => Some(file),
        };
        let (file, identity) = loop {
            let file = match open(&path) {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    // Who may read it may still ask whether it is free.
                    return Err(match File::open(&path).map(|file| try_lock(&file)) {
                        Ok(Err(TryLockError::WouldBlock)) => held(),
                        _ => JournalError::NotAllowed { folder: folder.path().to_owned() },
                    });
                }
                opened => opened.map_err(failed)?,
            };
            match try_lock(&file) {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(held()),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            let identity = Identity::of(&file.metadata().map_err(failed)?);
            // Somebody may have removed it, or put another in its place, before it was locked.
            if identity.at(&path).map_err(failed)?.is_some() {
                break (file, identity);
            }
        };
        let note = folder.holder();
        // Only a message: without it the lock is as good, and it need not outlive a power cut.
        if let Err(error) = leave_note(&note, holder) {
            tracing::warn!(%error, "who holds the run could not be noted");
        }
        Ok(Self { _file: file, _folder: locked_folder, identity, path, note })
    }

    /// Whether the file that is locked is still the one that others would lock.
    pub(super) fn is_in_place(&self) -> io::Result<bool> {
        Ok(self.identity.at(&self.path)?.is_some())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only a message: if it stays, the next holder replaces it. If the lock is another's by now, so is the message.
        if self.is_in_place().unwrap_or(false) {
            drop(fs::remove_file(&self.note));
        }
    }
}

/// Opens the file that is locked, and makes it if need be. No link is followed, and no pipe waited for.
fn open(path: &Path) -> io::Result<File> {
    if let Ok(found) = fs::symlink_metadata(path) {
        plain(&found)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    keep_name(&mut options);
    options.open(path)
}

/// A process that is just being started holds our handles until it runs its own program, so a refusal is tried again.
fn try_lock(file: &File) -> Result<(), TryLockError> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(BETWEEN_TRIES),
            done => return done,
        }
    }
    file.try_lock()
}

#[cfg(unix)]
fn lock_folder(path: &Path) -> Result<File, TryLockError> {
    let folder = File::open(path).map_err(TryLockError::Error)?;
    try_lock(&folder)?;
    Ok(folder)
}

/// Elsewhere a folder cannot be locked; the file that is locked cannot be removed instead.
#[cfg(not(unix))]
fn lock_folder(_path: &Path) -> Result<File, TryLockError> {
    Err(TryLockError::Error(io::ErrorKind::Unsupported.into()))
}

/// Another account's note cannot be overwritten but replaced, and a link must not be followed.
fn leave_note(path: &Path, holder: &Holder) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(&serde_json::to_vec(holder)?)
}

/// Who last said that they hold `folder`; the lock itself may be free.
pub fn holder_of(folder: &Folder) -> Option<Holder> {
    serde_json::from_slice(&read_plain(&folder.holder(), NOTE).ok()?).ok()
}

/// Whether somebody holds a run now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Free,
    /// Somebody does, and as a rule says who.
    By(Option<Holder>),
}

/// Whether somebody holds `folder` now: asks the system, which knows of a holder that was killed, and neither waits nor
/// keeps the lock.
pub(crate) fn held(folder: &Folder) -> Held {
    let asked =
        open_plain(&folder.lock()).map_err(TryLockError::Error).and_then(|file| file.try_lock_shared());
    match asked {
        Ok(()) => Held::Free,
        Err(TryLockError::WouldBlock) => Held::By(holder_of(folder)),
        // It cannot be asked, or was never taken: what the last holder left behind is all that is known.
        Err(TryLockError::Error(_)) => holder_of(folder).map_or(Held::Free, |by| Held::By(Some(by))),
    }
}
