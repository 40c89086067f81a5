//! Which engine a program starts, as a file that can be told from another.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::checklist::Sha;
use crate::run::EngineFile;

/// What a pwsh is but a starter of; Windows PowerShell has it in the global assembly cache, out of reach by a path.
const ENGINE: &str = "System.Management.Automation.dll";

/// The engine of `program`; nothing where its file cannot be read.
pub(super) fn of(program: &Path) -> Option<EngineFile> {
    let read = || -> io::Result<EngineFile> {
        // A pwsh on the PATH is often a link to the folder where the rest of it is.
        let program = fs::canonicalize(program)?;
        let beside = program.with_file_name(ENGINE);
        let path = if beside.is_file() { beside } else { program };
        let (sha256, _) = Sha::of_reader(&mut File::open(&path)?, |_| ())?;
        Ok(EngineFile { file: shown(&path), sha256 })
    };
    read().inspect_err(|error| tracing::warn!(%error, "the file of the engine cannot be read")).ok()
}

/// Without the prefix of Windows' verbatim paths, which nobody types.
fn shown(path: &Path) -> String {
    let path = path.display().to_string();
    match path.strip_prefix(r"\\?\") {
        Some(short) if !short.starts_with("UNC") => short.to_owned(),
        Some(_) | None => path,
    }
}
