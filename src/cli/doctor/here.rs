//! What this process can tell by itself: its account, its console, and whether its files can be written.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use super::judge::{CheckId, Finding, State};
use crate::run::Who;
use crate::text::Text;
use crate::tui::terminal::takes_escapes;

/// Whether this process, and so the PowerShell that it starts, runs as administrator; with the account, as it is recorded.
pub(super) fn elevation(who: &Who, text: Text) -> Finding {
    let (word, state, remedy) = match who.elevated {
        Some(true) => (text.doctor_yes(), State::Fit, None),
        Some(false) => (text.doctor_no(), State::Unfit, Some(text.doctor_remedy_elevation())),
        None if cfg!(windows) => (text.doctor_unknown(), State::Unknown, None),
        None => (text.doctor_not_here(), State::NotHere, None),
    };
    let sid = who.sid.as_ref().map(|sid| format!(" ({sid})")).unwrap_or_default();
    Finding { id: CheckId::Elevation, found: format!("{word}: {}{sid}", who.user), state, remedy }
}

/// What kind of console standard output is.
pub(super) fn console(text: Text) -> Finding {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (state, found, remedy) = if !io::stdout().is_terminal() {
        (State::Notice, text.doctor_no_terminal(), Some(text.doctor_remedy_no_terminal()))
    } else if !takes_escapes() {
        (State::Notice, text.doctor_old_console(), Some(text.doctor_remedy_old_console()))
    } else if variable("WT_SESSION").is_some() {
        (State::Fit, "Windows Terminal".to_owned(), None)
    } else {
        let kind = variable("TERM").unwrap_or_else(|| "console".to_owned());
        match kind.as_str() {
            "dumb" => (State::Notice, kind, Some(text.doctor_remedy_no_terminal())),
            _ => (State::Fit, kind, None),
        }
    };
    let found = match crossterm::terminal::size() {
        Ok((columns, rows)) if io::stdout().is_terminal() => format!("{found}, {columns}x{rows}"),
        Ok(_) | Err(_) => found,
    };
    Finding { id: CheckId::Console, found, state, remedy }
}

/// Whether runs can be written where they are to be kept. Leaves nothing behind: a folder that is not there yet is not
/// made; the nearest one above it is tried.
pub(super) fn data_folder(folder: &Path, text: Text) -> Finding {
    let found = folder.display().to_string();
    let existing = folder.ancestors().find(|folder| folder.exists());
    let tried = existing.map_or_else(|| Err(io::Error::from(io::ErrorKind::NotFound)), writable);
    match tried {
        Ok(()) => Finding { id: CheckId::DataFolder, found, state: State::Fit, remedy: None },
        Err(error) => Finding {
            id: CheckId::DataFolder,
            found: format!("{found}: {error}"),
            state: State::Unfit,
            remedy: Some(text.doctor_remedy_data_folder()),
        },
    }
}

fn writable(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!(".greenlight-doctor-{}", std::process::id()));
    OpenOptions::new().write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)
}
