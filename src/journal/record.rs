//! One line of a journal, and the walk over all of them. The format is described in `docs/journal-format.md`.

use std::io::{self, BufRead, Read as _};

use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{IgnoredAny, IntoDeserializer as _};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::head::Head;
use crate::checklist::Sha;
use crate::run::{Build, FORMAT, RunKind};

/// The longest line of a record that is written or read. What a check found takes kilobytes; only a question may hold a whole
/// message of the shell, which ends at as much.
pub(super) const LONGEST: usize = 64 << 20;

/// What stands between a record's hashed bytes and its digest, and after it.
const HASH: (&[u8], &[u8]) = (b",\"hash\":\"", b"\"}");
/// The length of all that with the 64 digits.
const HASH_LENGTH: usize = 9 + 64 + 2;

/// Record 0: what the journal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The format of the lines.
    pub format: u32,
    pub run: String,
    #[serde(default)]
    pub kind: RunKind,
    /// SHA-256 of `checklist.toml` in the run's folder.
    pub checklist: Sha,
    /// The greenlight that began the run; from format 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greenlight: Option<Build>,
}

/// By what a later greenlight is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Newer {
    Format(u32),
    /// A kind of run that is not known here, by its name.
    Kind(String),
    /// A kind, field or variant that is not known here; nothing from this record on was read.
    Record {
        record: u64,
        detail: String,
    },
    /// The run's checklist, which is the one that the journal names, says what is not known here.
    Checklist {
        detail: String,
    },
}

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The line does not have the form of a record.
    Form,
    /// Its digest does not fit its bytes.
    Hash,
    /// A record of another number stands in its place.
    Sequence { found: u64 },
    /// It does not follow the record before it.
    Link,
    /// It is no JSON.
    Json { detail: String },
}

/// Why an event cannot be a record.
#[derive(Debug)]
pub enum EncodeFault {
    Json(serde_json::Error),
    /// It is longer than a record may be.
    TooLong,
}

impl From<serde_json::Error> for EncodeFault {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// The name under which a record's content stands.
const fn key(seq: u64) -> &'static str {
    if seq == 0 { "header" } else { "event" }
}

/// What the line of record `seq` begins with.
fn beginning(seq: u64, prev: Sha) -> Vec<u8> {
    format!("{{\"seq\":{seq},\"prev\":\"{prev}\",\"{}\":", key(seq)).into_bytes()
}

/// The line of a record, with its line feed, and the head that it makes.
pub(super) fn encode<T: Serialize>(seq: u64, prev: Sha, content: &T) -> Result<(Vec<u8>, Head), EncodeFault> {
    let mut line = beginning(seq, prev);
    serde_json::to_writer(&mut line, content)?;
    let hash = Sha::of(&line);
    line.extend_from_slice(HASH.0);
    line.extend_from_slice(hash.to_string().as_bytes());
    line.extend_from_slice(HASH.1);
    line.push(b'\n');
    if line.len() > LONGEST {
        return Err(EncodeFault::TooLong);
    }
    Ok((line, Head { seq, hash }))
}

/// The content of record `seq`, which must follow `prev`, from its line without the line feed.
fn decode(line: &[u8], seq: u64, prev: Sha) -> Result<(&[u8], Sha), Damage> {
    let split = line.len().checked_sub(HASH_LENGTH).and_then(|at| line.split_at_checked(at));
    let (body, end) = split.ok_or(Damage::Form)?;
    let digits = end.strip_prefix(HASH.0).and_then(|end| end.strip_suffix(HASH.1)).ok_or(Damage::Form)?;
    let hash = Sha::of(body);
    // As text: the digits have one spelling only, so that no bit of them is free.
    if digits != hash.to_string().as_bytes() {
        return Err(Damage::Hash);
    }
    match body.strip_prefix(beginning(seq, prev).as_slice()) {
        Some(content) => Ok((content, hash)),
        None => Err(misplaced(line, seq)),
    }
}

/// Why a line whose digest fits is not the record expected.
fn misplaced(line: &[u8], seq: u64) -> Damage {
    #[derive(Deserialize)]
    struct Place {
        seq: u64,
    }
    match serde_json::from_slice::<Place>(line) {
        Ok(Place { seq: found }) if found != seq => Damage::Sequence { found },
        Ok(_) => Damage::Link,
        Err(_) => Damage::Form,
    }
}

/// The record before the first of `lines`, as that one's own line states it; nothing where no whole line is there, or one that
/// states none.
pub(super) fn stated_before(lines: &[u8]) -> Option<Head> {
    #[derive(Deserialize)]
    struct Place {
        seq: u64,
        prev: Sha,
    }
    let line = lines.split_inclusive(|byte| *byte == b'\n').next()?.strip_suffix(b"\n")?;
    let Place { seq, prev } = serde_json::from_slice(line).ok()?;
    Some(Head { seq: seq.checked_sub(1)?, hash: prev })
}

/// Whether a last line without a line feed can be what a cut-off write of record `seq` left behind.
///
/// Such a write leaves the beginning of the line, or zeros where the system had only made room.
fn is_torn(tail: &[u8], seq: u64, prev: Sha) -> bool {
    let zeros = tail.iter().rev().take_while(|byte| **byte == 0).count();
    let written = tail.get(..tail.len() - zeros).unwrap_or_default();
    let beginning = beginning(seq, prev);
    let begins = written.starts_with(&beginning) || beginning.starts_with(written);
    // A whole record with another byte in the place of its line feed was not cut off but changed.
    let whole = written.split_last().is_some_and(|(_, line)| decode(line, seq, prev).is_ok());
    begins && !whole
}

/// How the walk over a journal ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// After the last record.
    Whole,
    /// Before a last record that was cut off.
    Torn(Vec<u8>),
    /// Before a record that is not what was written.
    Damaged(Damage),
    /// Before a record that is well chained, and says what this greenlight does not know: a later one wrote it.
    Newer(Newer),
}

/// What the walk over a journal found.
#[derive(Debug)]
pub(super) struct Walk {
    /// Record 0, unless the journal ends before it does.
    pub(super) header: Option<Header>,
    /// Record 0 as a head.
    pub(super) start: Option<Head>,
    /// The last good record.
    pub(super) head: Option<Head>,
    /// The length of all good records.
    pub(super) committed_len: u64,
    pub(super) end: End,
}

impl Walk {
    /// The number of the record after the last good one.
    pub(super) fn next(&self) -> u64 {
        self.head.map_or(0, |head| head.seq + 1)
    }
}

/// Reads records until the end or the first that is not good, and gives each event's bytes to `each`.
pub(super) fn walk(from: impl BufRead, each: impl FnMut(Head, &[u8]) -> Result<(), End>) -> io::Result<Walk> {
    walk_from(None, from, each)
}

/// The same from the record behind `before` on; at least one must be there.
pub(super) fn walk_on(
    from: impl BufRead,
    before: Head,
    each: impl FnMut(Head, &[u8]) -> Result<(), End>,
) -> io::Result<Walk> {
    walk_from(Some(before), from, each)
}

fn walk_from(
    before: Option<Head>,
    mut from: impl BufRead,
    mut each: impl FnMut(Head, &[u8]) -> Result<(), End>,
) -> io::Result<Walk> {
    let mut walk = Walk { header: None, start: None, head: before, committed_len: 0, end: End::Whole };
    let mut line = Vec::new();
    loop {
        line.clear();
        // Nothing that we wrote, and so nothing that was cut off, is longer.
        if from.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(walk);
        }
        let seq = walk.next();
        let prev = walk.head.map_or(Sha::from_bytes([0; 32]), |head| head.hash);
        let Some(record) = line.strip_suffix(b"\n") else {
            let is_cut = line.len() < LONGEST && is_torn(&line, seq, prev);
            walk.end = if is_cut { End::Torn(line) } else { End::Damaged(Damage::Form) };
            return Ok(walk);
        };
        let read = decode(record, seq, prev).map_err(End::Damaged).and_then(|(content, hash)| {
            let head = Head { seq, hash };
            if seq == 0 {
                walk.header = Some(header(content)?);
                walk.start = Some(head);
            } else {
                each(head, content)?;
            }
            Ok(head)
        });
        match read {
            Ok(head) => {
                walk.head = Some(head);
                walk.committed_len += u64::try_from(line.len()).unwrap_or(u64::MAX);
            }
            Err(end) => {
                walk.end = end;
                return Ok(walk);
            }
        }
    }
}

fn header(content: &[u8]) -> Result<Header, End> {
    match named::<FormatOnly>(content) {
        Some(FormatOnly { format }) if !(1..=FORMAT).contains(&format) => {
            Err(End::Newer(Newer::Format(format)))
        }
        Some(_) | None => understand(0, content).map_err(|end| other_kind(content).unwrap_or(end)),
    }
}

/// That a header is one of a run of another kind, if it is.
fn other_kind(header: &[u8]) -> Option<End> {
    #[derive(Deserialize)]
    struct KindOnly {
        kind: String,
    }
    let KindOnly { kind } = named(header)?;
    let word: StrDeserializer<'_, WordError> = kind.as_str().into_deserializer();
    RunKind::deserialize(word).is_err().then_some(End::Newer(Newer::Kind(kind)))
}

#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

/// A part of a record's content, whatever else is in it.
fn named<'a, T: Deserialize<'a>>(content: &'a [u8]) -> Option<T> {
    serde_json::from_slice(content).ok()
}

/// The value that the content of record `seq` stands for. Its digest fits: what was written is here, but for one who knows it.
pub(super) fn understand<'a, T: Deserialize<'a>>(seq: u64, content: &'a [u8]) -> Result<T, End> {
    let is_json = || serde_json::from_slice::<IgnoredAny>(content).is_ok();
    serde_json::from_slice(content).map_err(|error| match error.classify() {
        // What is not understood may stand before what is none.
        Category::Data if is_json() => End::Newer(
            later_format(content)
                .map_or_else(|| Newer::Record { record: seq, detail: error.to_string() }, Newer::Format),
        ),
        Category::Data | Category::Io | Category::Syntax | Category::Eof => {
            End::Damaged(Damage::Json { detail: error.to_string() })
        }
    })
}

/// The format that an event names for what follows it, where that is a later one. The place is the format's own: no event has
/// a field of this name that means anything else.
fn later_format(content: &[u8]) -> Option<u32> {
    #[derive(Deserialize)]
    struct EventOnly {
        event: FormatOnly,
    }
    let EventOnly { event: FormatOnly { format } } = named(content)?;
    (format > FORMAT).then_some(format)
}
