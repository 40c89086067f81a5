//! A copy of lines for a person, outside of every run: never in place of a file that is there.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf, absolute};

use super::folder::Folder;

/// A file that is being written. Dropped before it is finished it is removed.
#[derive(Debug)]
pub(crate) struct LinesCopy {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    lines: u64,
}

/// Why a copy cannot be written.
#[derive(Debug)]
pub(crate) enum CopyFault {
    Exists,
    /// It would lie in the folder of a run.
    InARun,
    Io(io::Error),
}

impl LinesCopy {
    /// Begins a file.
    ///
    /// # Errors
    /// Why it cannot be.
    pub(crate) fn create(path: &Path) -> Result<Self, CopyFault> {
        let path = absolute(path).map_err(CopyFault::Io)?;
        let folder = path.parent().unwrap_or(&path);
        let real = folder.canonicalize().map_err(CopyFault::Io)?;
        if Folder::any_holds(&real) {
            return Err(CopyFault::InARun);
        }
        match File::options().write(true).create_new(true).open(&path) {
            Ok(file) => Ok(Self { path, file: Some(BufWriter::new(file)), lines: 0 }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(CopyFault::Exists),
            Err(error) => Err(CopyFault::Io(error)),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// How many lines were written.
    pub(crate) const fn lines(&self) -> u64 {
        self.lines
    }

    /// Adds a line.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn push(&mut self, line: &str) -> Result<(), CopyFault> {
        let end = if cfg!(windows) { "\r\n" } else { "\n" };
        self.lines += 1;
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(line.as_bytes()).and_then(|()| file.write_all(end.as_bytes())).map_err(CopyFault::Io)
    }

    /// Ends it: all of it is on disk.
    ///
    /// # Errors
    /// If it is not.
    pub(crate) fn finish(&mut self) -> Result<(), CopyFault> {
        if let Some(file) = &mut self.file {
            file.flush().and_then(|()| file.get_ref().sync_all()).map_err(CopyFault::Io)?;
        }
        self.file = None;
        Ok(())
    }
}

impl Drop for LinesCopy {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // Nothing half-written stays; where it cannot be removed either, that was said already.
            let _ = fs::remove_file(&self.path);
        }
    }
}
