//! The journal against real files: every prefix, every bit, every failing write, a second opener, a killed holder.
#![expect(clippy::cast_possible_truncation, reason = "a test that panics fails, and that is what it is for")]

mod failures;
mod faulty_disk;
mod holders;
mod records;
mod transcripts;
mod verification;

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, fs};

use greenlight::facade::checklist::{Sha, StepId};
use greenlight::facade::journal::disk::{Disk, OpenMode, RealDisk, Sink};
use greenlight::facade::journal::{
    Condition, Contents, Damage, FileFault, Folder, HeadCode, HeadFault, Holder, Journal, JournalError,
    Newer, Problem, Recovery, RowsFile, Transcript, holder_of, read, tail, verify,
};
use greenlight::facade::run::{Attempt, FailingRow, FileDigest, Who};
use greenlight::facade::shell::{Line, Stream};
use greenlight::facade::text::Text;
use serde::{Deserialize, Serialize};

use crate::harness::programs;

/// What these tests keep; the journal does not care.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    number: u32,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<FileDigest>,
}

fn note(number: u32) -> Note {
    // Letters that one flipped bit turns into a line feed, quotes, and text beyond ASCII.
    Note { number, text: format!("J*\n\"\\ ñ€😀 {}", "x".repeat(number as usize)), file: None }
}

fn notes(count: u32) -> Vec<Note> {
    (1..=count).map(note).collect()
}

fn me() -> Holder {
    Holder::this_process(
        Who { user: "CONTOSO\\ana".into(), host: "SRV01".into(), ..Who::default() },
        1_795_400_100_000,
    )
}

const CHECKLIST: &[u8] = b"format = 1\n";

/// A closed journal of `count` events in its own folder.
fn written(count: u32) -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    let mut journal = Journal::create(folder.clone(), CHECKLIST, me()).unwrap();
    for event in notes(count) {
        journal.append(&event).unwrap();
    }
    (dir, folder)
}

fn reopen(folder: &Folder) -> Result<(Journal, Vec<Note>, Recovery), JournalError> {
    Journal::open(folder.clone(), me())
}

/// Where each line of `bytes` ends, its line feed included.
fn line_ends(bytes: &[u8]) -> Vec<usize> {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect()
}

// The folder, transcripts, verification.

fn attempt(number: u32) -> Attempt {
    Attempt(number.try_into().unwrap())
}

fn line(stream: Stream, text: impl Into<String>) -> Line {
    Line { stream, text: text.into() }
}
