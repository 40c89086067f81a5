//! A file of lines, as a transcript. Of one that a record vouches for no line is given before all of it was found to be what was
//! written, and then a few at a time; of one that is still being written, all that is there so far.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::FileFault;
use super::disk;
use super::folder::Folder;
use crate::checklist::Sha;
use crate::run::FileDigest;

/// How many bytes are looked through at a time: who draws frames meanwhile waits for no more.
const PART: usize = 256 * 1024;
/// The place of one line of so many is remembered.
const STRIDE: u64 = 64;
/// How many bytes are read ahead: a line may stand far from the next one that is wanted.
const AHEAD: usize = 16 * 1024;

/// A file of lines that are `T`, while it is read. What it holds of it is the place of one line of [`STRIDE`].
#[derive(Debug)]
pub(crate) struct LinesReader<T> {
    file: BufReader<File>,
    name: String,
    digest: Sha256,
    /// What a record says of it, once there is one: its digest and its length.
    record: Option<(Sha, u64)>,
    looked_through: u64,
    lines: u64,
    places: Vec<u64>,
    lines_are: PhantomData<fn() -> T>,
}

/// How far a file was looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// There is more of it.
    Part,
    /// All of it is what was written.
    Whole,
}

impl<T: DeserializeOwned> LinesReader<T> {
    /// Opens the file that a record names.
    ///
    /// # Errors
    /// What is wrong with it, as far as that shows at once.
    pub(crate) fn open(folder: &Folder, file: &FileDigest) -> Result<Self, FileFault> {
        let path = folder.inside(&file.file).ok_or(FileFault::Outside)?;
        let opened = disk::open_plain(&path).map_err(FileFault::Unreadable)?;
        let found = opened.metadata().map_err(FileFault::Unreadable)?.len();
        if found != file.bytes {
            return Err(FileFault::Length { found });
        }
        Ok(Self::of(opened, &file.file, Some((file.sha256, file.bytes))))
    }

    /// Opens one that is still being written, of which no record speaks yet.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(crate) fn open_growing(folder: &Folder, name: &str) -> Result<Self, FileFault> {
        let path = folder.inside(name).ok_or(FileFault::Outside)?;
        disk::open_plain(&path).map(|opened| Self::of(opened, name, None)).map_err(FileFault::Unreadable)
    }

    fn of(file: File, name: &str, record: Option<(Sha, u64)>) -> Self {
        Self {
            file: BufReader::with_capacity(AHEAD, file),
            name: name.to_owned(),
            digest: Sha256::new(),
            record,
            looked_through: 0,
            lines: 0,
            places: vec![0],
            lines_are: PhantomData,
        }
    }

    /// A record speaks of it now.
    pub(crate) const fn vouch(&mut self, file: &FileDigest) {
        self.record = Some((file.sha256, file.bytes));
    }

    /// Whether there is more of it than was looked through.
    ///
    /// # Errors
    /// That it is there no longer.
    pub(crate) fn has_grown(&self) -> Result<bool, FileFault> {
        let found = self.file.get_ref().metadata().map_err(FileFault::Unreadable)?.len();
        Ok(found > self.looked_through)
    }

    /// Its name inside the run's folder.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How many lines of it were come across so far.
    pub(crate) const fn lines(&self) -> u64 {
        self.lines
    }

    /// How much of it was looked through, in hundredths.
    pub(crate) fn percent(&self) -> u64 {
        let bytes = self.record.map_or(0, |(_, bytes)| bytes);
        self.looked_through.saturating_mul(100).checked_div(bytes).unwrap_or(100)
    }

    /// Looks through the next part of it.
    ///
    /// # Errors
    /// What is wrong with it; then nothing of it may be shown.
    pub(crate) fn look_on(&mut self) -> Result<Look, FileFault> {
        let mut part = vec![0; PART];
        // Lines may have been read elsewhere in it meanwhile.
        self.file.seek(SeekFrom::Start(self.looked_through)).map_err(FileFault::Unreadable)?;
        let taken = read_some(&mut self.file, &mut part).map_err(FileFault::Unreadable)?;
        let part = part.get(..taken).unwrap_or_default();
        self.digest.update(part);
        for (place, _) in (self.looked_through..).zip(part).filter(|(_, byte)| **byte == b'\n') {
            self.lines += 1;
            if self.lines.is_multiple_of(STRIDE) {
                self.places.push(place + 1);
            }
        }
        self.looked_through += u64::try_from(taken).unwrap_or(u64::MAX);
        let Some((sha256, bytes)) = self.record else { return Ok(Look::Part) };
        match self.looked_through {
            found if taken > 0 && found <= bytes => Ok(Look::Part),
            found if found != bytes => Err(FileFault::Length { found }),
            _ if Sha::from_bytes(self.digest.clone().finalize().into()) == sha256 => Ok(Look::Whole),
            _ => Err(FileFault::Content),
        }
    }

    /// Looks through all that is left of it.
    ///
    /// # Errors
    /// As [`Self::look_on`].
    pub(crate) fn look_through(&mut self) -> Result<(), FileFault> {
        while self.look_on()? == Look::Part {}
        Ok(())
    }

    /// So many lines from one on, of which the first is 0; fewer where it ends, or was not looked through yet.
    ///
    /// # Errors
    /// If they cannot be read, or are none of ours: the file has changed meanwhile.
    pub(crate) fn read(&mut self, from: u64, count: usize) -> Result<Vec<T>, FileFault> {
        let end = self.lines.min(from.saturating_add(u64::try_from(count).unwrap_or(u64::MAX)));
        let stride = usize::try_from(from / STRIDE).unwrap_or(usize::MAX);
        let Some(place) = self.places.get(stride).filter(|_| from < end) else { return Ok(Vec::new()) };
        self.file.seek(SeekFrom::Start(*place)).map_err(FileFault::Unreadable)?;
        let (mut lines, mut line) = (Vec::new(), Vec::new());
        for number in from - from % STRIDE..end {
            line.clear();
            self.file.read_until(b'\n', &mut line).map_err(FileFault::Unreadable)?;
            if number >= from {
                lines.push(serde_json::from_slice(&line).map_err(|_no_line| FileFault::Content)?);
            }
        }
        Ok(lines)
    }

    /// How many bytes its index takes, and what is read ahead.
    #[cfg(test)]
    pub(crate) const fn held(&self) -> usize {
        self.places.capacity() * size_of::<u64>() + AHEAD
    }
}

fn read_some(file: &mut BufReader<File>, part: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(part) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}
