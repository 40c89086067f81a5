//! `--out`: a file for what a subcommand puts out. The bytes themselves are written, whole or not at all: what reads
//! standard output in between, as Windows PowerShell's `>` does, would encode them again.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf, absolute, is_separator};

use super::exit::{Exit, Failed};
use crate::journal::Folder;
use crate::journal::disk::{Disk as _, RealDisk};
use crate::text::Text;

/// A place where a file can be written.
#[derive(Debug)]
pub(super) struct OutFile {
    path: PathBuf,
    text: Text,
}

impl OutFile {
    /// The file that was named, if one was, and if it can be written; `-` stands for standard output. Leaves nothing behind.
    pub(super) fn named(path: Option<&Path>, text: Text) -> Result<Option<Self>, Failed> {
        let Some(named) = path.filter(|path| *path != Path::new("-")) else { return Ok(None) };
        let fault = |message| Failed::new(Exit::Fault, message);
        let shown = named.display();
        let path = absolute(named).map_err(|why| fault(text.out_failed(&shown, why)))?;
        let ends_as_folder = named.to_string_lossy().ends_with(is_separator);
        let path = match fs::metadata(&path) {
            Ok(found) if found.is_dir() => return Err(fault(text.out_is_folder(shown))),
            Ok(found) if !found.is_file() => return Err(fault(text.out_no_file(shown))),
            // A rename would replace it all the same.
            Ok(found) if found.permissions().readonly() => return Err(fault(text.out_read_only(shown))),
            // And the link instead of what it leads to.
            Ok(_) if path.is_symlink() => {
                path.canonicalize().map_err(|why| fault(text.out_failed(&shown, why)))?
            }
            Err(_) if ends_as_folder => return Err(fault(text.out_no_folder(&shown, &shown))),
            Ok(_) | Err(_) => path,
        };
        let folder = path.parent().unwrap_or(&path);
        if !folder.is_dir() {
            return Err(fault(text.out_no_folder(shown, folder.display())));
        }
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        if Folder::any_holds(&real) {
            return Err(fault(text.out_of_a_run(shown)));
        }
        let file = Self { path, text };
        let beside = file.beside();
        let tried = Self::create(&beside).and_then(|_| fs::remove_file(&beside));
        tried.map_err(|why| file.failed(&why))?;
        Ok(Some(file))
    }

    /// Puts `bytes` there, in place of what there may be, and says so.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<String, Failed> {
        let before = fs::metadata(&self.path).ok();
        let beside = self.beside();
        let write = || {
            let mut file = Self::create(&beside)?;
            file.write_all(bytes)?;
            if let Some(before) = &before {
                file.set_permissions(before.permissions())?;
            }
            file.sync_all()?;
            drop(file);
            RealDisk.rename(&beside, &self.path)
        };
        write().map_err(|why| {
            // Nothing half-written stays; where it cannot be removed either, that is said already.
            let _ = fs::remove_file(&beside);
            self.failed(&why)
        })?;
        let path = self.path.display();
        Ok(match before {
            None => self.text.out_written(path, bytes.len()),
            Some(_) => self.text.out_replaced(path, bytes.len()),
        })
    }

    /// Where it is written until it is whole.
    fn beside(&self) -> PathBuf {
        self.path.with_file_name(format!(".greenlight-{}.tmp", std::process::id()))
    }

    /// Nobody's file or link is followed or cut.
    fn create(beside: &Path) -> io::Result<fs::File> {
        OpenOptions::new().write(true).create_new(true).open(beside)
    }

    fn failed(&self, why: &io::Error) -> Failed {
        let path = self.path.display();
        let message = match why.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => self.text.out_denied(path, why),
            _ => self.text.out_failed(path, why),
        };
        Failed::new(Exit::Fault, message)
    }
}
