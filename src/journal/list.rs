//! The runs below a data folder.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use super::disk;
use super::error::{FileAction, JournalError};
use super::folder::{Folder, RunId};
use super::record::{self, Header};

/// What a list shows of a run, from the two ends of its journal; [`super::read`] tells the rest.
#[derive(Clone, Debug)]
pub struct RunSummary {
    pub id: RunId,
    pub folder: Folder,
    /// When something was last added to it.
    pub modified: SystemTime,
    /// What its journal looks like from outside.
    pub outline: Outline,
}

/// What a journal looks like from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outline {
    /// It was cut off before its first record.
    NeverBegan,
    /// Its header is good and its last record complete.
    Complete(Header),
    /// Its header is good and its last record cut off, or being written.
    Torn(Header),
    /// Its header is damaged or of a later format.
    Unreadable,
}

/// The longest header that is looked for.
const HEADER: u64 = 16 * 1024;

/// The runs below `data`, the newest first. Cheap: it reads the ends of each journal only.
///
/// # Errors
/// If `data` is there and cannot be read; a run that cannot be read is listed as such.
pub fn list(data: &Path) -> Result<Vec<RunSummary>, JournalError> {
    let io = || JournalError::io(FileAction::Read, data);
    let entries = match fs::read_dir(data) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io()(error)),
    };
    let mut runs = Vec::new();
    for entry in entries {
        let folder = Folder::at(entry.map_err(io())?.path());
        if let Some(run) = summary(folder) {
            runs.push(run);
        }
    }
    runs.sort_by(|a, b| b.id.cmp(&a.id));
    Ok(runs)
}

/// What can be said of `folder`, unless it is no run at all.
pub(crate) fn summary(folder: Folder) -> Option<RunSummary> {
    let journal = folder.journal();
    let changed = |path: &Path| fs::metadata(path).and_then(|found| found.modified()).ok();
    let (modified, outline) = match disk::open_plain(&journal) {
        Ok(file) => (changed(&journal), outline(file).unwrap_or(Outline::Unreadable)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            (Some(changed(&folder.lock())?), Outline::NeverBegan)
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return None,
        Err(_) => (changed(&journal), Outline::Unreadable),
    };
    let modified = modified.unwrap_or(SystemTime::UNIX_EPOCH);
    Some(RunSummary { id: folder.run(), folder, modified, outline })
}

fn outline(file: File) -> io::Result<Outline> {
    let mut first = Vec::new();
    let mut reader = BufReader::new(file.take(HEADER));
    reader.read_until(b'\n', &mut first)?;
    let walk = record::walk(first.as_slice(), |_, _| Ok(()))?;
    let header = match (walk.header, walk.end) {
        (Some(header), _) => header,
        (None, record::End::Whole | record::End::Torn(_)) => return Ok(Outline::NeverBegan),
        (None, record::End::Damaged(_) | record::End::Newer(_)) => return Ok(Outline::Unreadable),
    };
    let mut file = reader.into_inner().into_inner();
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(if last == *b"\n" { Outline::Complete(header) } else { Outline::Torn(header) })
}
