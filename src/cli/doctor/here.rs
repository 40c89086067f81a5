//! What this process can tell by itself: its account, its console, and whether its files can be written.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use super::judge::{CheckId, Diagnosis, Health};
use crate::run::Who;
use crate::text::Text;
use crate::tui::terminal::takes_escapes;

/// Whether this process, and so the PowerShell that it starts, runs as administrator; with the account, as it is recorded.
pub(super) fn elevation(who: &Who, text: Text) -> Diagnosis {
    let (word, state, remedy) = match who.elevated {
        Some(true) => (text.doctor_yes(), Health::Fit, None),
        Some(false) => (text.doctor_no(), Health::Unfit, Some(text.doctor_remedy_elevation())),
        None if cfg!(windows) => (text.doctor_unknown(), Health::Unknown, None),
        None => (text.doctor_not_here(), Health::NotHere, None),
    };
    let sid = who.sid.as_ref().map(|sid| format!(" ({sid})")).unwrap_or_default();
    Diagnosis { id: CheckId::Elevation, found: format!("{word}: {}{sid}", who.user), state, remedy }
}

/// What kind of console standard output is.
pub(super) fn console(text: Text) -> Diagnosis {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (state, found, remedy) = if !io::stdout().is_terminal() {
        (Health::Notice, text.doctor_no_terminal(), Some(text.doctor_remedy_no_terminal()))
    } else if !takes_escapes() {
        (Health::Notice, text.doctor_old_console(), Some(text.doctor_remedy_old_console()))
    } else if variable("WT_SESSION").is_some() {
        (Health::Fit, "Windows Terminal".to_owned(), None)
    } else {
        let kind = variable("TERM").unwrap_or_else(|| "console".to_owned());
        match kind.as_str() {
            "dumb" => (Health::Notice, kind, Some(text.doctor_remedy_no_terminal())),
            _ => (Health::Fit, kind, None),
        }
    };
    let found = match crossterm::terminal::size() {
        Ok((columns, rows)) if io::stdout().is_terminal() => format!("{found}, {columns}x{rows}"),
        Ok(_) | Err(_) => found,
    };
    Diagnosis { id: CheckId::Console, found, state, remedy }
}

/// Whether runs can be written where they are to be kept. Leaves nothing behind: a folder that is not there yet is not
/// made; the nearest one above it is tried.
pub(super) fn data_folder(folder: &Path, text: Text) -> Diagnosis {
    let found = folder.display().to_string();
    let existing = folder.ancestors().find(|folder| folder.exists());
    let tried = existing.map_or_else(|| Err(io::Error::from(io::ErrorKind::NotFound)), writable);
    match tried {
        Ok(()) => Diagnosis { id: CheckId::DataFolder, found, state: Health::Fit, remedy: None },
        Err(error) => Diagnosis {
            id: CheckId::DataFolder,
            found: format!("{found}: {error}"),
            state: Health::Unfit,
            remedy: Some(text.doctor_remedy_data_folder()),
        },
    }
}

fn writable(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!(".greenlight-doctor-{}", std::process::id()));
    OpenOptions::new().write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)
}
