//! The folder of one run, and where things are in it.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs, io};

use serde::Deserialize;

use super::disk::{self, Disk, RealDisk};
use super::error::{FileAction, JournalError};
use crate::checklist::{ChecklistId, StepId};
use crate::run::{Attempt, FileDigest};

/// The name of a run, which is also the name of its folder: the time it began, then its checklist.
///
/// It sorts by time: `20261123T021500Z-lync-online-to-lync-2013`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(String);

impl RunId {
    /// How many characters of the checklist's id it takes over: old Windows allows 260 for a whole path.
    const CHECKLIST: usize = 60;

    /// The name of a run of `checklist` that began at `wall`, milliseconds since the Unix epoch.
    pub fn new(wall: i64, checklist: &ChecklistId) -> Self {
        let time = jiff::Timestamp::from_millisecond(wall)
            .map_or_else(|_| wall.to_string(), |time| time.strftime("%Y%m%dT%H%M%SZ").to_string());
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let checklist: String = checklist.as_str().chars().map(plain).take(Self::CHECKLIST).collect();
        Self(format!("{time}-{checklist}"))
    }

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of the handoff's manifest.
pub(crate) const MANIFEST: &str = "manifest.json";
/// How much of it is read.
const MANIFEST_MAX: usize = 64 << 20;
/// The name of the folder of transcripts.
pub(super) const TRANSCRIPTS: &str = "transcript";
/// The name of the folder of failing rows that no record holds.
pub(super) const ROWS: &str = "rows";
/// The name of the folder of the handoff's files; those of a seal that never came lie beside it.
pub(super) const HANDOFF: &str = "handoff";
/// The name of the folder in which a script that was handed off keeps records of its own: nobody vouches for them.
pub(super) const RESULTS: &str = "results";
/// What the name of a torn end begins with.
const TORN: &str = "journal.torn-";

/// The folder of one run.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    disk: Arc<dyn Disk>,
}

impl Folder {
    /// The folder at `path`.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self::on(Arc::new(RealDisk), path)
    }

    /// The folder at `path` of another disk.
    pub fn on(disk: Arc<dyn Disk>, path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), disk }
    }

    /// Makes the folder of a new run below `data`, which is made too if need be. A name that is taken gets a number.
    ///
    /// # Errors
    /// If a folder cannot be made.
    pub fn create(data: &Path, run: &RunId, disk: Arc<dyn Disk>) -> Result<Self, JournalError> {
        fs::create_dir_all(data).map_err(JournalError::io(FileAction::Create, data))?;
        let mut number = 1_u32;
        loop {
            let name = if number == 1 { run.to_string() } else { format!("{run}-{number}") };
            let path = data.join(name);
            match disk.create_dir(&path) {
                Ok(()) => {
                    disk.sync_dir(data).map_err(JournalError::io(FileAction::Create, data))?;
                    return Ok(Self { path, disk });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(source) => return Err(JournalError::Io { action: FileAction::Create, path, source }),
            }
        }
    }

    /// Whether a place lies in the folder of a run; no link may stand in `real`.
    pub(crate) fn any_holds(real: &Path) -> bool {
        real.ancestors().any(|above| Self::at(above).journal().exists())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The run's id: the folder's name.
    pub fn run(&self) -> RunId {
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        RunId(name.unwrap_or_default())
    }

    pub(super) fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    pub fn journal(&self) -> PathBuf {
        self.path.join("journal.jsonl")
    }

    /// The checklist, byte for byte as it was used.
    pub fn checklist(&self) -> PathBuf {
        self.path.join("checklist.toml")
    }

    pub fn lock(&self) -> PathBuf {
        self.path.join(".lock")
    }

    /// Who holds the lock.
    pub fn holder(&self) -> PathBuf {
        self.path.join(".holder")
    }

    /// The name inside the folder of a torn end.
    pub(super) fn torn(number: u64) -> String {
        format!("{TORN}{number}")
    }

    /// The numbers of the torn ends that are there, the lowest first.
    pub(super) fn torn_numbers(&self) -> Result<BTreeSet<u64>, JournalError> {
        let io = || JournalError::io(FileAction::Read, &self.path);
        let mut numbers = BTreeSet::new();
        for entry in fs::read_dir(&self.path).map_err(io())? {
            let name = entry.map_err(io())?.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(TORN)?.parse().ok());
            // As a number is written: `+7` and `07` are no names of ours.
            numbers.extend(number.filter(|number| name == *Self::torn(*number)));
        }
        Ok(numbers)
    }

    /// The torn ends of the journal that were set aside, the oldest first.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn quarantined(&self) -> Result<Vec<FileDigest>, JournalError> {
        self.torn_numbers()?.into_iter().map(|number| self.digest_of(Self::torn(number))).collect()
    }

    /// A file inside as it is now.
    pub(super) fn digest_of(&self, file: String) -> Result<FileDigest, JournalError> {
        let path = self.path.join(&file);
        let (sha256, bytes) = disk::digest(&path).map_err(JournalError::io(FileAction::Read, &path))?;
        Ok(FileDigest { file, sha256, bytes, left_out: None })
    }

    /// Whether a handoff was ever written, whatever the journal says; where nobody can tell, it may have been.
    pub fn may_have_handoff(&self) -> bool {
        let found = fs::symlink_metadata(self.path.join(HANDOFF));
        found.map_or_else(|error| error.kind() != io::ErrorKind::NotFound, |_there| true)
    }

    /// The record that was the last when the handoff's manifest was written, if one was and says so.
    pub(super) fn handoff_head(&self) -> Option<u64> {
        #[derive(Deserialize)]
        struct ManifestHead {
            head: Named,
        }
        #[derive(Deserialize)]
        struct Named {
            records: u64,
        }
        let bytes = disk::read_plain(&self.path.join(HANDOFF).join(MANIFEST), MANIFEST_MAX).ok()?;
        serde_json::from_slice(&bytes).ok().map(|manifest: ManifestHead| manifest.head.records)
    }

    /// The name inside the folder of a command's transcript.
    pub(super) fn transcript(step: &StepId, attempt: Attempt, number: u32) -> String {
        numbered(&Self::transcripts_begin(step, attempt.0.get()), number)
    }

    /// The name inside the folder of the file of a check's failing rows.
    pub(super) fn rows(step: &StepId, attempt: Attempt, number: u32) -> String {
        numbered(&format!("{ROWS}/{step}-{}.", attempt.0), number)
    }

    /// What the names of a command's transcripts begin with.
    pub fn transcripts_begin(step: &StepId, attempt: u32) -> String {
        format!("{TRANSCRIPTS}/{step}-{attempt}.")
    }

    /// Where a file that a record names is, if the name stays inside the folder.
    pub fn inside(&self, file: &str) -> Option<PathBuf> {
        let plain = !file.is_empty()
            && !file.contains(['\\', ':'])
            && Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
        plain.then(|| self.path.join(file))
    }

    /// Makes a folder inside, unless it is there.
    pub(super) fn subfolder(&self, name: &str) -> Result<(), JournalError> {
        let path = self.path.join(name);
        let made = match self.disk.create_dir(&path) {
            // A link is not followed: what is written belongs into the run.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => fs::symlink_metadata(&path)
                .and_then(|found| if found.is_dir() { Ok(()) } else { Err(disk::no_folder()) }),
            made => made,
        };
        made.map_err(JournalError::io(FileAction::Create, &path))
    }

    /// Whether nothing is in it but what is there before a run's first event.
    pub fn is_bare(&self) -> bool {
        const BEGINNINGS: [&str; 5] =
            [".lock", ".holder", "checklist.toml", "checklist.toml.new", "journal.jsonl"];
        fs::read_dir(&self.path).is_ok_and(|mut entries| {
            entries.all(|entry| {
                entry.is_ok_and(|entry| BEGINNINGS.iter().any(|known| entry.file_name() == *known))
            })
        })
    }

    /// Whether its name is a link to a folder elsewhere.
    pub fn is_link(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|found| found.is_symlink())
    }
}

/// The name of the file that `begins` so, or of one beside it.
fn numbered(begins: &str, number: u32) -> String {
    match number {
        1 => format!("{begins}jsonl"),
        _ => format!("{begins}{number}.jsonl"),
    }
}
