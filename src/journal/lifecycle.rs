//! The end of a run's folder, and what a handoff puts into it.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::de::IgnoredAny;

use super::disk;
use super::error::{FileAction, JournalError};
use super::folder::{Folder, HANDOFF};
use super::holder::Holder;
use super::lock::Lock;
use super::read::read;
use crate::checklist::Sha;
use crate::run::FileDigest;

/// What became of a run that was to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    Removed,
    /// It was not any more what was to be removed.
    Kept,
}

impl Folder {
    /// Takes away the folder of a run that never began, as far as it can: it holds nothing of anybody's.
    pub fn discard(&self) {
        let began = read::<IgnoredAny>(self).is_ok_and(|contents| !contents.events.is_empty());
        if !began && let Err(error) = fs::remove_dir_all(self.path()) {
            tracing::warn!(%error, path = %self.path().display(), "a run that never began stays");
        }
    }

    /// Removes the run with all its files, unless somebody has it open, or `is_wanted` says under the lock that it is not
    /// any more what was to be removed.
    ///
    /// # Errors
    /// If it is held, or something cannot be removed; the journal goes last, so that what is left stays a run.
    pub fn remove(&self, holder: &Holder, is_wanted: impl FnOnce() -> bool) -> Result<Removal, JournalError> {
        let lock = Lock::take(self, holder)?;
        if !is_wanted() {
            return Ok(Removal::Kept);
        }
        let io = |path: &Path| JournalError::io(FileAction::Remove, path);
        for entry in fs::read_dir(self.path()).map_err(io(self.path()))? {
            let path = entry.map_err(io(self.path()))?.path();
            if path == self.journal() || path == self.lock() {
                continue;
            }
            let is_folder = fs::symlink_metadata(&path).map_err(io(&path))?.is_dir();
            let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(io(&path))?;
        }
        // Windows removes no locked file; elsewhere nobody gets in before the folder is gone.
        let held = (!cfg!(windows)).then_some(lock);
        fs::remove_dir_all(self.path()).map_err(io(self.path()))?;
        drop(held);
        Ok(Removal::Removed)
    }

    /// Puts the files of a handoff that was not sealed where nobody takes them for those of one that was.
    ///
    /// # Errors
    /// If they cannot be moved.
    pub fn set_handoff_aside(&self) -> Result<(), JournalError> {
        let path = self.path().join(HANDOFF);
        if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir()) {
            return Ok(());
        }
        let free = |number: &u32| !self.path().join(format!("{HANDOFF}.unsealed-{number}")).exists();
        let number = (1..u32::MAX).find(free).unwrap_or(u32::MAX);
        fs::rename(&path, self.path().join(format!("{HANDOFF}.unsealed-{number}")))
            .map_err(JournalError::io(FileAction::Quarantine, &path))
    }

    /// Writes the handoff's files, each whole or not at all: name and bytes.
    ///
    /// # Errors
    /// If one cannot be written; those before it are.
    pub fn write_handoff(&self, files: &[(String, Vec<u8>)]) -> Result<Vec<FileDigest>, JournalError> {
        self.subfolder(HANDOFF)?;
        let mut digests = Vec::with_capacity(files.len());
        for (name, bytes) in files {
            let file = format!("{HANDOFF}/{name}");
            let path = self.inside(&file).ok_or_else(|| JournalError::Io {
                action: FileAction::Create,
                path: PathBuf::from(&file),
                source: io::ErrorKind::InvalidFilename.into(),
            })?;
            disk::replace(self.disk(), &path, bytes).map_err(JournalError::io(FileAction::Write, &path))?;
            let bytes_written = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let sha256 = Sha::of(bytes);
            digests.push(FileDigest { file, sha256, bytes: bytes_written, left_out: None });
        }
        self.disk().sync_dir(self.path()).map_err(JournalError::io(FileAction::Write, self.path()))?;
        Ok(digests)
    }
}
