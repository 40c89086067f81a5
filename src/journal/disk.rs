//! The few things that the journal does to a disk, as a trait, so that a test can make each of them fail.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

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
    fn open(&self, path: &Path, how: How) -> io::Result<Box<dyn Sink>>;

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
pub enum How {
    /// Not there yet.
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
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn open(&self, path: &Path, how: How) -> io::Result<Box<dyn Sink>> {
        let mut options = OpenOptions::new();
        // Not `append`: on Windows such a handle may not cut the file.
        options.write(true);
        match how {
            How::New => options.create_new(true),
            How::Existing => &mut options,
            How::Replace => options.create(true).truncate(true),
        };
        let mut file = options.open(path)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Box::new(RealSink(file)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        patiently(|| fs::rename(from, to))
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
fn patiently(mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
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
fn patiently(mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    act()
}

#[derive(Debug)]
struct RealSink(File);

/// A file whose last name is gone takes every write, and nobody will ever read it.
#[cfg(unix)]
fn still_there(file: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    match file.metadata()?.nlink() {
        0 => Err(io::Error::new(io::ErrorKind::NotFound, "it was deleted")),
        _ => Ok(()),
    }
}

/// Windows does not delete an open file that was not opened for that.
#[cfg(not(unix))]
fn still_there(_file: &File) -> io::Result<()> {
    Ok(())
}

impl Sink for RealSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()?;
        still_there(&self.0)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)?;
        self.0.seek(SeekFrom::Start(length)).map(drop)
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
        let mut sink = disk.open(&beside, How::Replace)?;
        write_all(sink.as_mut(), bytes)?;
    }
    disk.rename(&beside, path)?;
    path.parent().map_or(Ok(()), |folder| disk.sync_dir(folder))
}
