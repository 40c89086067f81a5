//! Which program.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::shell::Program;

/// No PowerShell to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPowerShell {
    /// The program that was named is not there.
    NotThere(PathBuf),
    /// None was named, and none was found.
    NotFound,
}

/// Finds PowerShell: the one named, else Windows PowerShell (64-bit), else `pwsh` on the PATH.
///
/// # Errors
/// If the one named does not exist, or none was named and none is found.
pub fn locate(named: Option<&Path>) -> Result<Program, NoPowerShell> {
    let search = env::var_os("PATH").unwrap_or_default();
    if let Some(path) = named {
        let found = if path.components().count() == 1 && !path.is_file() {
            on_path(path.as_os_str(), &search)
        } else {
            Some(path.to_path_buf()).filter(|path| path.is_file())
        };
        return found.map(|path| Program { path }).ok_or_else(|| NoPowerShell::NotThere(path.to_path_buf()));
    }
    let system = env::var_os("SystemRoot").filter(|_| cfg!(windows));
    system
        .and_then(|root| windows_powershell(Path::new(&root)))
        .or_else(|| on_path(OsStr::new("pwsh"), &search))
        .map(|path| Program { path })
        .ok_or(NoPowerShell::NotFound)
}

/// `sysnative` is there only for a 32-bit process, for which `System32` holds the 32-bit PowerShell.
fn windows_powershell(root: &Path) -> Option<PathBuf> {
    ["sysnative", "System32"]
        .into_iter()
        .map(|folder| root.join(folder).join(r"WindowsPowerShell").join("v1.0").join("powershell.exe"))
        .find(|path| path.is_file())
}

fn on_path(name: &OsStr, search: &OsStr) -> Option<PathBuf> {
    let mut file = name.to_os_string();
    file.push(env::consts::EXE_SUFFIX);
    env::split_paths(search)
        .flat_map(|folder| [folder.join(name), folder.join(&file)])
        // A relative entry would run whatever lies in the current folder.
        .find(|path| path.is_absolute() && path.is_file() && (cfg!(unix) || path.extension().is_some()))
}

/// Whether it is Windows PowerShell (up to 5.1), not PowerShell 6 or later.
pub(super) fn is_windows_powershell(program: &Path) -> bool {
    program.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("powershell"))
}

#[cfg(test)]
mod tests;
