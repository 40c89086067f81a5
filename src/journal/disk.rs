//! The few things that the journal does to a disk, as a trait, so that a test can make each of them fail.

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::checklist::Sha;

/// Why we refuse a file ourselves, inside an [`io::Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DiskFault {
    NotAFile,
    /// A link or a file has the name of a folder of the run's own.
    NotAFolder,
    /// The last name of an open file is gone; elsewhere it cannot go.
    #[cfg(unix)]
    Deleted,
    /// The disk took a part of a record.
    Partly {
        taken: usize,
        of: usize,
    },
}

impl fmt::Display for DiskFault {
    /// For logs alone: an [`io::Error`] asks for it, and `text` has the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for DiskFault {}

/// What the journal does to a file system. Reading is not part of it: nothing can be lost by reading.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Makes a folder that must not be there yet.
    ///
    /// # Errors
    /// Why it could not be made; `AlreadyExists` if it is there.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Opens a file for writing at its end.
    ///
    /// # Errors
    /// Why it could not be opened.
    fn open(&self, path: &Path, how: OpenMode) -> io::Result<Box<dyn Sink>>;

    /// Gives a file another name, replacing what has it.
    ///
    /// # Errors
    /// Why it could not be renamed.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable, where the system can do that.
    ///
    /// # Errors
    /// Why it could not be flushed.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
}

/// What a file must be before it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    New,
    /// There already; its content stays.
    Existing,
    /// Whatever; its content goes.
    Replace,
}

/// An open file that grows.
pub trait Sink: fmt::Debug + Send {
    /// Writes at the end, once; it may take fewer bytes than it is given.
    ///
    /// # Errors
    /// Why nothing could be written.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Makes what was written durable.
    ///
    /// # Errors
    /// Why it is not known to be durable.
    fn sync(&mut self) -> io::Result<()>;

    /// Cuts the file to `length`; what is written next follows there.
    ///
    /// # Errors
    /// Why it could not be cut.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// The length of the file that now has the name `path`, if it is this one.
    ///
    /// # Errors
    /// Why that could not be found out.
    fn length_at(&self, path: &Path) -> io::Result<Option<u64>>;
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn open(&self, path: &Path, how: OpenMode) -> io::Result<Box<dyn Sink>> {
        let mut options = OpenOptions::new();
        // Not `append`: on Windows such a handle may not cut the file.
        options.write(true);
        keep_name(&mut options);
        // No link is followed: what is there goes, and not what it leads to, or must be a file itself.
        match how {
            OpenMode::New => {}
            OpenMode::Replace => match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            },
            OpenMode::Existing => plain(&fs::symlink_metadata(path)?)?,
        }
        options.create_new(how != OpenMode::Existing);
        let mut file = options.open(path)?;
        file.seek(SeekFrom::End(0))?;
        let identity = Identity::of(&file.metadata()?);
        Ok(Box::new(RealSink { file, identity }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        retry_on_sharing_violation(|| fs::rename(from, to))
    }

    #[cfg(unix)]
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    /// Windows has no way to flush a folder; its file systems log the change of a name.
    #[cfg(not(unix))]
    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Virus scanners and indexers hold a fresh file for a moment: a refusal is tried again for about a second.
#[cfg(windows)]
fn retry_on_sharing_violation(mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    /// `ERROR_SHARING_VIOLATION`.
    const SHARING: i32 = 32;
    for _ in 0..20 {
        match act() {
            Err(error)
                if error.kind() == io::ErrorKind::PermissionDenied
                    || error.raw_os_error() == Some(SHARING) =>
            {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            done => return done,
        }
    }
    act()
}

#[cfg(not(windows))]
fn retry_on_sharing_violation(mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    act()
}

/// On Windows a file that was opened so can be neither deleted nor renamed until it is closed; std allows both.
#[cfg(windows)]
pub(super) fn keep_name(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt as _;
    /// `FILE_SHARE_READ | FILE_SHARE_WRITE`, without `FILE_SHARE_DELETE`.
    const READ_AND_WRITE: u32 = 1 | 2;
    options.share_mode(READ_AND_WRITE);
}

/// Elsewhere nothing keeps a name; [`Identity`] tells that it is gone.
#[cfg(not(windows))]
pub(super) fn keep_name(_options: &mut OpenOptions) {}

/// What tells one file from another that has its name later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    pub(super) fn of(found: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self(found.dev(), found.ino())
    }

    /// The name of an open file stays its own, see [`keep_name`], so there is nothing to tell apart.
    #[cfg(not(unix))]
    pub(super) fn of(_found: &Metadata) -> Self {
        Self(0, 0)
    }

    /// What the file that now has the name `path` is like, if it is this one.
    pub(super) fn at(self, path: &Path) -> io::Result<Option<Metadata>> {
        match fs::metadata(path) {
            Ok(found) => Ok((Self::of(&found) == self).then_some(found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Refuses what is no plain file: opening a pipe would wait for its other end for ever.
pub(super) fn plain(found: &Metadata) -> io::Result<()> {
    if found.is_file() {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, DiskFault::NotAFile))
    }
}

/// Something else, as a link, has the name of a folder.
pub(super) fn no_folder() -> io::Error {
    io::Error::new(io::ErrorKind::NotADirectory, DiskFault::NotAFolder)
}

/// Opens a plain file for reading.
pub(super) fn open_plain(path: &Path) -> io::Result<File> {
    plain(&fs::metadata(path)?)?;
    File::open(path)
}

/// The content of a plain file, or its first `limit` bytes.
///
/// # Errors
/// Why it could not be read.
pub(crate) fn read_plain(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_plain(path)?.take(u64::try_from(limit).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The content of whatever has that name, of which no more than `limit` bytes and one are read: one more than `limit` says that
/// it is longer.
///
/// # Errors
/// Why it could not be read.
pub(crate) fn read_within(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The digest and the length of a plain file, whatever its size.
pub(super) fn digest(path: &Path) -> io::Result<(Sha, u64)> {
    Sha::of_reader(&mut open_plain(path)?, |_| ())
}

#[derive(Debug)]
struct RealSink {
    file: File,
    identity: Identity,
}

/// A file whose last name is gone takes every write, and nobody will ever read it.
#[cfg(unix)]
fn still_there(file: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    match file.metadata()?.nlink() {
        0 => Err(io::Error::new(io::ErrorKind::NotFound, DiskFault::Deleted)),
        _ => Ok(()),
    }
}

/// See [`keep_name`].
#[cfg(not(unix))]
fn still_there(_file: &File) -> io::Result<()> {
    Ok(())
}

impl Sink for RealSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()?;
        still_there(&self.file)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        self.file.seek(SeekFrom::Start(length)).map(drop)
    }

    fn length_at(&self, path: &Path) -> io::Result<Option<u64>> {
        Ok(self.identity.at(path)?.map(|found| found.len()))
    }
}

/// Writes all of `bytes` and flushes them.
pub(super) fn write_all(sink: &mut dyn Sink, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        rest = match sink.write(rest)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            taken => rest.get(taken..).unwrap_or_default(),
        };
    }
    sink.sync()
}

/// Puts a whole file in its place, or nothing: written beside it, flushed, renamed.
pub(super) fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    {
        let mut sink = disk.open(&beside, OpenMode::Replace)?;
        write_all(sink.as_mut(), bytes)?;
    }
    disk.rename(&beside, path)?;
    path.parent().map_or(Ok(()), |folder| disk.sync_dir(folder))
}
