//! The journal against real files: every prefix, every bit, every failing write, a second opener, a killed holder.
#![expect(clippy::cast_possible_truncation, reason = "a test that panics fails, and that is what it is for")]

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
    Newer, Problem, Recovery, Transcript, holder_of, read, tail, verify,
};
use greenlight::facade::run::{Attempt, FileDigest, Who};
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

#[test]
fn what_was_appended_comes_back_and_is_continued() {
    let (_dir, folder) = written(3);
    let (mut journal, events, recovery) = reopen(&folder).unwrap();
    assert_eq!((events, recovery), (notes(3), Recovery::Clean));
    assert_eq!(journal.header().checklist, Sha::of(CHECKLIST));
    let head = journal.append(&note(4)).unwrap();
    assert_eq!((head, head.seq), (journal.head(), 4));
    drop(journal);
    let contents = read::<Note>(&folder).unwrap();
    assert_eq!((contents.events, contents.condition, contents.head), (notes(4), Condition::Whole, head));
}

#[test]
fn the_format_is_the_one_documented() {
    let (_dir, folder) = written(1);
    let text = fs::read_to_string(folder.journal()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut prev = "0".repeat(64);
    for (seq, line) in lines.iter().enumerate() {
        let (body, rest) = line.rsplit_once(",\"hash\":\"").unwrap();
        let hash = rest.strip_suffix("\"}").unwrap();
        assert_eq!(hash, Sha::of(body.as_bytes()).to_string(), "the digest covers the bytes before it");
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["seq"], seq);
        assert_eq!(value["prev"], prev.as_str());
        prev = hash.to_owned();
    }
    assert!(lines[0].contains("\"header\":{\"format\":2,\"run\":"), "{}", lines[0]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn every_prefix_gives_the_whole_records_in_it_and_keeps_the_rest_aside() {
    let (dir, folder) = written(4);
    let whole = fs::read(folder.journal()).unwrap();
    let ends = line_ends(&whole);
    for length in 0..=whole.len() {
        fs::write(folder.journal(), &whole[..length]).unwrap();
        let lines = ends.iter().filter(|end| **end <= length).count();
        let opened = reopen(&folder);
        let Some(last) = lines.checked_sub(1) else {
            assert!(matches!(opened, Err(JournalError::NeverBegan { .. })), "{length}: {opened:?}");
            continue;
        };
        let good = ends[last];
        let (journal, events, recovery) = opened.unwrap();
        assert_eq!(events, notes(last as u32), "{length}");
        assert_eq!(fs::read(folder.journal()).unwrap(), &whole[..good]);
        if good == length {
            assert_eq!(recovery, Recovery::Clean);
        } else {
            let Recovery::SetAside { record, file, bytes } = recovery else {
                panic!("{length}: {recovery:?}")
            };
            assert_eq!((record, bytes), (lines as u64, (length - good) as u64));
            assert_eq!(fs::read(dir.path().join(file)).unwrap(), &whole[good..length]);
        }
        drop(journal);
    }
}

#[test]
fn zeros_that_a_power_cut_left_after_the_last_record_are_a_torn_record() {
    let (_dir, folder) = written(2);
    let mut bytes = fs::read(folder.journal()).unwrap();
    bytes.extend_from_slice(b"{\"seq\":3,");
    bytes.extend_from_slice(&[0; 500]);
    fs::write(folder.journal(), bytes).unwrap();
    let (_, events, recovery) = reopen(&folder).unwrap();
    assert_eq!(events, notes(2));
    assert!(matches!(recovery, Recovery::SetAside { record: 3, bytes: 509, .. }), "{recovery:?}");
}

#[test]
fn every_flipped_bit_is_damage_of_its_record_and_changes_nothing() {
    let (_dir, folder) = written(3);
    let whole = fs::read(folder.journal()).unwrap();
    let ends = line_ends(&whole);
    for at in 0..whole.len() {
        let expected = ends.iter().position(|end| at < *end).unwrap() as u64;
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            fs::write(folder.journal(), &bytes).unwrap();
            match read::<Note>(&folder) {
                Ok(Contents { events, condition: Condition::Damaged { record, .. }, .. }) => {
                    assert_eq!(
                        (record, events),
                        (expected, notes(expected as u32 - 1)),
                        "byte {at} bit {bit}"
                    );
                }
                Err(JournalError::Damaged { record, .. }) => assert_eq!((record, expected), (0, 0)),
                other => panic!("byte {at} bit {bit}: {other:?}"),
            }
            // The rest walks the same way: one bit of each byte will do, and all of those that end a line.
            if bit != at % 8 && whole[at] != b'\n' {
                continue;
            }
            match reopen(&folder) {
                Err(JournalError::Damaged { record, .. }) => {
                    assert_eq!(record, expected, "byte {at} bit {bit}");
                }
                other => panic!("byte {at} bit {bit}: {other:?}"),
            }
            assert_eq!(fs::read(folder.journal()).unwrap(), bytes);
            let problems = verify(&folder, |_: &Note| vec![], None).unwrap_err();
            assert!(
                problems.iter().any(|p| matches!(p, Problem::Record { record, .. } if *record == expected)),
                "{problems:?}"
            );
        }
    }
}

#[test]
fn deleted_swapped_repeated_and_inserted_records_are_found_by_number() {
    let (_dir, folder) = written(5);
    let (_other_dir, other) = written(6);
    let lines = |folder: &Folder| -> Vec<Vec<u8>> {
        let bytes = fs::read(folder.journal()).unwrap();
        bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect()
    };
    let good = lines(&folder);
    let foreign = lines(&other);
    let damaged = |lines: Vec<Vec<u8>>| {
        fs::write(folder.journal(), lines.concat()).unwrap();
        match reopen(&folder) {
            Err(JournalError::Damaged { record, what }) => (record, what),
            other => panic!("{other:?}"),
        }
    };
    for at in 0..good.len() - 1 {
        let number = at as u64;
        let mut deleted = good.clone();
        deleted.remove(at);
        assert_eq!(damaged(deleted), (number, Damage::Sequence { found: number + 1 }));
        let mut swapped = good.clone();
        swapped.swap(at, at + 1);
        assert_eq!(damaged(swapped), (number, Damage::Sequence { found: number + 1 }));
        let mut repeated = good.clone();
        repeated.insert(at, good[at].clone());
        assert_eq!(damaged(repeated), (number + 1, Damage::Sequence { found: number }));
    }
    for (at, stranger) in foreign.iter().enumerate().take(good.len()).skip(1) {
        let mut inserted = good.clone();
        inserted.insert(at, stranger.clone());
        assert_eq!(damaged(inserted), (at as u64, Damage::Link), "a record of another run");
        let mut blank = good.clone();
        blank.insert(at, b"\n".to_vec());
        assert_eq!(damaged(blank), (at as u64, Damage::Form));
    }
}

#[test]
fn a_complete_last_line_is_never_taken_for_a_torn_one() {
    let (_dir, folder) = written(2);
    let mut bytes = fs::read(folder.journal()).unwrap();
    bytes.extend_from_slice(b"{\"seq\":3,\n");
    fs::write(folder.journal(), &bytes).unwrap();
    assert!(matches!(reopen(&folder), Err(JournalError::Damaged { record: 3, what: Damage::Form })));
    let mut junk = fs::read(folder.journal()).unwrap();
    junk.truncate(bytes.len() - 10);
    junk.extend_from_slice(b"what is this");
    fs::write(folder.journal(), &junk).unwrap();
    assert!(
        matches!(reopen(&folder), Err(JournalError::Damaged { record: 3, .. })),
        "no record begins like that"
    );
}

#[test]
fn a_journal_of_a_later_format_is_not_called_damaged() {
    let (_dir, folder) = written(0);
    let body = format!(
        "{{\"seq\":0,\"prev\":\"{}\",\"header\":{{\"format\":3,\"run\":\"r\",\"checklist\":\"{}\",\"more\":1}}",
        "0".repeat(64),
        Sha::of(CHECKLIST)
    );
    fs::write(folder.journal(), format!("{body},\"hash\":\"{}\"}}\n", Sha::of(body.as_bytes()))).unwrap();
    assert!(matches!(reopen(&folder), Err(JournalError::Newer(Newer::Format(3)))));
}

// Failing disks.

/// What happens at one write, flush or other action.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// It fails and does nothing.
    Error,
    /// A write takes only so many bytes; anything else fails.
    Short(usize),
    /// It is done, and reported as failed.
    DoneButFailed,
    /// The process is killed before it.
    KillBefore,
    /// The process is killed in the middle of a write, or after anything else.
    KillDuring(usize),
}

#[derive(Debug, Default)]
struct Plan {
    actions: usize,
    faults: Option<(BTreeSet<usize>, Fault)>,
    killed: bool,
}

/// A real disk that fails as planned; it counts its actions.
#[derive(Clone, Debug, Default)]
struct FaultyDisk(Arc<Mutex<Plan>>);

impl FaultyDisk {
    fn with(at: impl IntoIterator<Item = usize>, fault: Fault) -> Self {
        Self(Arc::new(Mutex::new(Plan {
            faults: Some((at.into_iter().collect(), fault)),
            ..Plan::default()
        })))
    }

    fn plan(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn action<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let fault = self.next()?;
        let failed = || io::Error::from(io::ErrorKind::StorageFull);
        match fault {
            None => act(),
            Some(Fault::Error | Fault::Short(_) | Fault::KillBefore) => Err(failed()),
            Some(Fault::DoneButFailed | Fault::KillDuring(_)) => act().and(Err(failed())),
        }
    }

    fn next(&self) -> io::Result<Option<Fault>> {
        let mut plan = self.plan();
        if plan.killed {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let number = plan.actions;
        plan.actions += 1;
        let fault = plan.faults.as_ref().and_then(|(at, fault)| at.contains(&number).then_some(*fault));
        plan.killed = matches!(fault, Some(Fault::KillBefore | Fault::KillDuring(_)));
        Ok(fault)
    }
}

impl Disk for FaultyDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.action(|| RealDisk.create_dir(path))
    }
    fn open(&self, path: &Path, how: OpenMode) -> io::Result<Box<dyn Sink>> {
        let sink = self.action(|| RealDisk.open(path, how))?;
        Ok(Box::new(FaultySink(self.clone(), sink)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.action(|| RealDisk.rename(from, to))
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.action(|| RealDisk.sync_dir(path))
    }
}

#[derive(Debug)]
struct FaultySink(FaultyDisk, Box<dyn Sink>);

impl Sink for FaultySink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        match self.0.next()? {
            None => self.1.write(bytes),
            Some(Fault::Error | Fault::KillBefore) => Err(full()),
            Some(Fault::Short(count)) => self.1.write(&bytes[..count.min(bytes.len())]),
            Some(Fault::DoneButFailed) => self.1.write(bytes).and(Err(full())),
            Some(Fault::KillDuring(count)) => self.1.write(&bytes[..count.min(bytes.len())]).and(Err(full())),
        }
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.clone().action(|| self.1.sync())
    }
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.clone().action(|| self.1.truncate(length))
    }
    fn length_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.1.length_at(path)
    }
}

const FAULTS: [Fault; 9] = [
    Fault::Error,
    Fault::Short(0),
    Fault::Short(1),
    Fault::Short(150),
    Fault::DoneButFailed,
    Fault::KillBefore,
    Fault::KillDuring(0),
    Fault::KillDuring(150),
    Fault::KillDuring(usize::MAX),
];

/// What a life of a journal on a failing disk came to.
#[derive(Debug, Default)]
struct Life {
    acknowledged: Vec<Note>,
    tried: Option<Note>,
}

/// Writes 4 events, repairing as long as there is any hope.
fn live(folder: Folder, disk: &FaultyDisk) -> Life {
    let mut life = Life::default();
    let Ok(mut journal) = Journal::create(folder, CHECKLIST, me()) else { return life };
    for event in notes(4) {
        life.tried = Some(event.clone());
        while let Err(error) = journal.append(&event) {
            assert!(matches!(error, JournalError::Io { .. }), "{error:?}");
            assert!(
                matches!(journal.append(&event), Err(JournalError::Broken)),
                "nothing follows a half record"
            );
            while let Err(error) = journal.repair() {
                if disk.plan().killed {
                    return life;
                }
                assert!(matches!(error, JournalError::Io { .. }), "{error:?}");
                assert!(journal.is_broken());
            }
        }
        life.acknowledged.push(event);
        life.tried = None;
    }
    life
}

#[test]
fn a_failure_at_every_write_and_flush_loses_nothing_that_was_acknowledged() {
    let dry = FaultyDisk::default();
    let dir = tempfile::tempdir().unwrap();
    live(Folder::on(Arc::new(dry.clone()), dir.path()), &dry);
    let actions = dry.plan().actions;
    assert!(actions >= 8 + 8, "{actions}");
    for at in 0..actions {
        for fault in FAULTS {
            for length in [1, 3] {
                let disk = FaultyDisk::with(at..at + length, fault);
                let dir = tempfile::tempdir().unwrap();
                let life = live(Folder::on(Arc::new(disk.clone()), dir.path()), &disk);
                let case = format!("action {at}, {length} times {fault:?}: {life:?}");
                if !disk.plan().killed && !life.acknowledged.is_empty() {
                    assert_eq!(life.acknowledged, notes(4), "{case}");
                }
                match reopen(&Folder::at(dir.path())) {
                    Ok((_, events, _)) => {
                        let mut with_tried = life.acknowledged.clone();
                        with_tried.extend(life.tried.clone());
                        assert!(events == life.acknowledged || events == with_tried, "{case}: {events:?}");
                        let whole = read::<Note>(&Folder::at(dir.path())).unwrap();
                        assert_eq!(whole.condition, Condition::Whole, "{case}");
                    }
                    Err(JournalError::NeverBegan { .. }) => assert!(life.acknowledged.is_empty(), "{case}"),
                    Err(other) => panic!("{case}: {other:?}"),
                }
            }
        }
    }
}

#[test]
fn a_failure_at_every_moment_of_a_recovery_can_be_recovered_from() {
    let (_dir, source) = written(2);
    let mut torn = fs::read(source.journal()).unwrap();
    torn.truncate(torn.len() - 20);
    let attempt = |disk: &FaultyDisk| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("journal.jsonl"), &torn).unwrap();
        let first = Journal::open::<Note>(Folder::on(Arc::new(disk.clone()), dir.path()), me()).map(|_| ());
        let (_, events, _) = reopen(&Folder::at(dir.path())).unwrap();
        assert_eq!(events, notes(1));
        first
    };
    let dry = FaultyDisk::default();
    attempt(&dry).unwrap();
    let actions = dry.plan().actions;
    for at in 0..actions {
        for fault in FAULTS {
            let _any = attempt(&FaultyDisk::with([at], fault));
        }
    }
}

#[test]
fn a_repair_refuses_to_cut_away_what_somebody_else_wrote() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::default();
    let mut journal =
        Journal::create(Folder::on(Arc::new(disk.clone()), dir.path()), CHECKLIST, me()).unwrap();
    journal.append(&note(1)).unwrap();
    let next = disk.plan().actions;
    disk.plan().faults = Some(([next].into(), Fault::Error));
    journal.append(&note(2)).unwrap_err();
    let path = journal.folder().journal();
    let mine = fs::read(&path).unwrap();
    fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .unwrap()
        .write_all(b"{\"seq\":2,\"prev\":\"other")
        .unwrap();
    assert!(matches!(journal.repair(), Err(JournalError::Changed { .. })));
    fs::write(&path, &mine[..mine.len() - 1]).unwrap();
    assert!(matches!(journal.repair(), Err(JournalError::Changed { .. })), "a record is gone");
    fs::write(&path, &mine).unwrap();
    journal.repair().unwrap();
    journal.append(&note(2)).unwrap();
    assert_eq!(read::<Note>(journal.folder()).unwrap().events, notes(2));
}

#[test]
fn nothing_is_added_to_a_journal_that_is_not_the_one_in_the_folder() {
    type Action = fn(&Path);
    let harms: [(&str, Action); 6] = [
        ("removed", |path| fs::remove_file(path).unwrap()),
        ("moved away", |path| fs::rename(path, path.with_extension("away")).unwrap()),
        ("a copy in its place, one byte longer", |path| {
            let bytes = fs::read(path).unwrap();
            fs::remove_file(path).unwrap();
            fs::write(path, [bytes.as_slice(), b"{"].concat()).unwrap();
        }),
        ("shorter", |path| {
            fs::OpenOptions::new().write(true).open(path).unwrap().set_len(150).unwrap();
        }),
        ("emptied", |path| fs::write(path, "").unwrap()),
        ("longer", |path| {
            fs::OpenOptions::new().append(true).open(path).unwrap().write_all(&[0; 90]).unwrap();
        }),
    ];
    for (case, harm) in harms {
        let (_dir, folder) = written(2);
        let (mut journal, _, _) = reopen(&folder).unwrap();
        let path = folder.journal();
        let whole = fs::read(&path).unwrap();
        harm(&path);
        let harmed = fs::read(&path).ok();
        let error = journal.append(&note(3)).unwrap_err();
        assert!(
            matches!(&error, JournalError::Changed { path: named } if *named == path),
            "{case}: {error:?}"
        );
        assert!(matches!(journal.append(&note(3)), Err(JournalError::Broken)), "{case}");
        journal.repair().unwrap_err();
        assert_eq!(fs::read(&path).ok(), harmed, "{case}: what somebody else did is not undone");
        fs::write(&path, &whole).unwrap();
        journal.repair().unwrap();
        journal.append(&note(3)).unwrap();
        assert_eq!(read::<Note>(&folder).unwrap().events, notes(3), "{case}");
    }
}

#[test]
fn a_copy_in_the_journals_place_is_noticed_and_taken_over_by_the_repair() {
    let (_dir, folder) = written(2);
    let (mut journal, _, _) = reopen(&folder).unwrap();
    let kept = folder.path().join("kept");
    fs::rename(folder.journal(), &kept).unwrap();
    fs::copy(&kept, folder.journal()).unwrap();
    assert!(matches!(journal.append(&note(3)), Err(JournalError::Changed { .. })));
    journal.repair().unwrap();
    journal.append(&note(3)).unwrap();
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(3));
}

// One operator at a time.

#[test]
fn removing_the_lock_admits_nobody_and_stops_its_holder() {
    let (_dir, folder) = written(2);
    let (mut journal, _, _) = reopen(&folder).unwrap();
    fs::remove_file(folder.lock()).unwrap();
    // The folder itself is locked, where the system can do that.
    let error = reopen(&folder).unwrap_err();
    assert!(matches!(&error, JournalError::Held { by: Some(by) } if *by == me()), "{error:?}");
    let error = journal.append(&note(3)).unwrap_err();
    assert!(matches!(&error, JournalError::Changed { path } if *path == folder.lock()), "{error:?}");
    // Where it cannot, somebody else has the new file.
    let other = fs::File::create(folder.lock()).unwrap();
    other.lock().unwrap();
    assert!(matches!(journal.repair(), Err(JournalError::Held { .. })));
    other.unlock().unwrap();
    journal.repair().unwrap();
    journal.append(&note(3)).unwrap();
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(3));
}

#[test]
fn a_second_opener_is_told_who_has_the_run_and_may_still_read_it() {
    let (_dir, folder) = written(2);
    let (journal, _, _) = reopen(&folder).unwrap();
    let error = reopen(&folder).unwrap_err();
    assert!(matches!(&error, JournalError::Held { by: Some(by) } if *by == me()), "{error:?}");
    let message = Text::default().journal_error(&error);
    let pid = std::process::id().to_string();
    for part in ["CONTOSO\\ana", "SRV01", &pid, "2026-11-23"] {
        assert!(message.contains(part), "{message}");
    }
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(2));
    drop(journal);
    assert_eq!(holder_of(&folder), None);
    reopen(&folder).unwrap();
}

#[test]
fn who_holds_a_run_is_told_on_one_line() {
    let holder =
        Holder::this_process(Who { user: "a\n\u{1b}[2Jb".into(), host: "h\r".into(), ..Who::default() }, 0);
    let told = Text::default().holder(&holder);
    assert!(told.starts_with("a\\n\\u{1b}[2Jb on h\\r, process "), "{told}");
}

#[cfg(unix)]
#[test]
fn the_note_of_a_holder_is_replaced_and_never_written_through_a_link() {
    let (dir, folder) = written(1);
    let precious = dir.path().join("precious");
    fs::write(&precious, "dear").unwrap();
    std::os::unix::fs::symlink(&precious, folder.holder()).unwrap();
    let _open = reopen(&folder).unwrap();
    assert_eq!(fs::read(&precious).unwrap(), b"dear");
    assert_eq!(holder_of(&folder), Some(me()));
}

#[cfg(unix)]
const ACCOUNT: &str = "JOURNAL_TEST_ACCOUNT";

/// Not a test by itself: another account that opens the run.
#[cfg(unix)]
#[test]
fn account_process() {
    let Some(path) = env::var_os(ACCOUNT) else { return };
    let error = reopen(&Folder::at(PathBuf::from(path))).unwrap_err();
    println!("SAID {}", Text::default().journal_error(&error));
}

#[cfg(unix)]
#[test]
fn another_account_is_told_who_has_the_run_and_that_it_may_not_write() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let (dir, folder) = written(2);
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let before = fs::read(folder.journal()).unwrap();
    let program = dir.path().join("program");
    programs::copy(&env::current_exe().unwrap(), &program);
    let other_account = || {
        let mut command = Command::new(&program);
        command.args(["--exact", "journal::account_process", "--nocapture"]).env(ACCOUNT, folder.path());
        let output = command.uid(65534).gid(65534).current_dir("/").output();
        output.map(|output| String::from_utf8(output.stdout).unwrap())
    };
    let Ok(free) = other_account() else {
        eprintln!("SKIPPED another_account_is_told_who_has_the_run_and_that_it_may_not_write: only root may");
        return;
    };
    assert!(free.contains("this account may not write to the run in"), "{free}");
    let (journal, _, _) = reopen(&folder).unwrap();
    let held = other_account().unwrap();
    assert!(held.contains("open in another greenlight (CONTOSO\\ana on SRV01"), "{held}");
    drop(journal);
    // Where folders cannot be locked, the file tells, though it cannot be written.
    let lock = fs::File::open(folder.lock()).unwrap();
    lock.lock().unwrap();
    let held = other_account().unwrap();
    assert!(held.contains("open in another greenlight"), "{held}");
    lock.unlock().unwrap();
    // The lock alone is not enough.
    fs::set_permissions(folder.lock(), fs::Permissions::from_mode(0o666)).unwrap();
    let free = other_account().unwrap();
    assert!(free.contains("this account may not write to the run in"), "{free}");
    assert_eq!(fs::read(folder.journal()).unwrap(), before);
}

const HOLD: &str = "JOURNAL_TEST_HOLD";

/// Not a test by itself: the process that the next test kills.
#[test]
fn holder_process() {
    let Some(path) = env::var_os(HOLD) else { return };
    let (mut journal, _, _) = reopen(&Folder::at(PathBuf::from(path))).unwrap();
    journal.append(&note(3)).unwrap();
    println!("HOLDING");
    io::stdin().read_line(&mut String::new()).unwrap();
    panic!("was not killed");
}

#[test]
fn a_killed_holder_frees_the_lock_at_once_and_leaves_its_records() {
    let (_dir, folder) = written(2);
    let mut holder = Command::new(env::current_exe().unwrap())
        .args(["--exact", "journal::holder_process", "--nocapture"])
        .env(HOLD, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("HOLDING")));
    let error = reopen(&folder).unwrap_err();
    assert!(matches!(&error, JournalError::Held { by: Some(by) } if by.pid == holder.id()), "{error:?}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    let (_, events, recovery) = reopen(&folder).unwrap();
    assert_eq!((events, recovery), (notes(3), Recovery::Clean));
}

#[test]
fn a_torn_end_is_damage_where_the_handoffs_manifest_names_its_record() {
    let (_dir, folder) = written(4);
    let whole = fs::read(folder.journal()).unwrap();
    let ends = line_ends(&whole);
    let zeroed_from = |record: usize, manifest: u32| {
        let bytes = format!("{{\"head\":{{\"records\":{manifest}}}}}").into_bytes();
        folder.write_handoff(&[("manifest.json".into(), bytes)]).unwrap();
        let mut bytes = whole.clone();
        bytes[ends[record - 1]..].fill(0);
        fs::write(folder.journal(), &bytes).unwrap();
        bytes
    };
    // The manifest was made after record 3: that one was on disk, whatever stands there now.
    let zeroed = zeroed_from(3, 3);
    assert!(matches!(reopen(&folder), Err(JournalError::Damaged { record: 3, .. })));
    assert!(matches!(read::<Note>(&folder).unwrap().condition, Condition::Damaged { record: 3, .. }));
    let problems = verify(&folder, |_: &Note| vec![], None).unwrap_err();
    assert!(matches!(&problems[..], [Problem::Record { record: 3, .. }]), "{problems:?}");
    assert_eq!(fs::read(folder.journal()).unwrap(), zeroed, "nothing is cut away");
    // The seal itself may have been cut off, and so may what came after a handoff that failed.
    for (record, manifest) in [(4, 3), (4, 1)] {
        zeroed_from(record, manifest);
        let (_, events, recovery) = reopen(&folder).unwrap();
        assert_eq!(events, notes(3));
        assert!(matches!(recovery, Recovery::SetAside { record: 4, .. }), "{recovery:?}");
    }
}

#[test]
fn the_name_of_a_torn_end_never_comes_twice() {
    let (dir, folder) = written(2);
    let mut named = BTreeSet::new();
    for round in 3..8 {
        fs::OpenOptions::new().append(true).open(folder.journal()).unwrap().write_all(&[0; 9]).unwrap();
        let (mut journal, _, recovery) = reopen(&folder).unwrap();
        let Recovery::SetAside { file, .. } = recovery else { panic!("{recovery:?}") };
        assert!(named.insert(file.clone()), "{file} came twice");
        // The one of this round is not noted, the one of the next is; then both are deleted.
        if round % 2 == 0 {
            journal.append(&note(round)).unwrap();
            journal.append(&note(round)).unwrap();
            for file in &named {
                let _deleted_before = fs::remove_file(dir.path().join(file));
            }
        } else {
            assert!(folder.set_aside().unwrap().iter().any(|kept| kept.file == file));
        }
    }
}

#[test]
fn a_line_that_is_too_long_to_be_ours_is_damage_and_takes_no_memory() {
    let (_dir, folder) = written(2);
    let length = fs::metadata(folder.journal()).unwrap().len();
    let file = fs::OpenOptions::new().write(true).open(folder.journal()).unwrap();
    file.set_len(length + (8 << 30)).unwrap();
    assert!(matches!(read::<Note>(&folder).unwrap().condition, Condition::Damaged { record: 3, .. }));
    file.set_len(length).unwrap();
    let (mut journal, _, _) = reopen(&folder).unwrap();
    let long = Note { text: "x".repeat(65 << 20), ..note(3) };
    assert!(matches!(journal.append(&long), Err(JournalError::Encode(_))));
    journal.append(&note(3)).unwrap();
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(3));
}

// The folder, transcripts, verification.

fn attempt(number: u32) -> Attempt {
    Attempt(number.try_into().unwrap())
}

fn line(stream: Stream, text: impl Into<String>) -> Line {
    Line { stream, text: text.into() }
}

#[test]
fn a_transcript_keeps_every_line_in_order_and_its_digest_is_that_of_the_file() {
    let (dir, folder) = written(0);
    let step = StepId::from("tenant-session");
    let mut transcript = Transcript::create(&folder, &step, attempt(7)).unwrap();
    for number in 0..20_000 {
        let stream = if number % 2 == 0 { Stream::Output } else { Stream::Noise };
        transcript.push(number, &line(stream, format!("{number} \u{1b}[31m \u{0} ñ"))).unwrap();
    }
    let digest = transcript.finish().unwrap();
    assert_eq!(digest.file, "transcript/tenant-session-7.jsonl");
    let bytes = fs::read(dir.path().join(&digest.file)).unwrap();
    assert_eq!((digest.bytes, digest.sha256), (bytes.len() as u64, Sha::of(&bytes)));
    let text = String::from_utf8(bytes).unwrap();
    for (number, line) in text.lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["t"], number);
    }
    assert_eq!(text.lines().count(), 20_000);
    assert_eq!(text.lines().nth(1).unwrap(), r#"{"t":1,"s":"noise","x":"1 \u001b[31m \u0000 ñ"}"#);
    let last = tail(&folder, &digest, 20).unwrap();
    assert_eq!(last.iter().map(|kept| kept.at).collect::<Vec<_>>(), (19_980..20_000).collect::<Vec<_>>());
    let outside = FileDigest { file: "../journal.jsonl".into(), ..digest };
    assert!(matches!(tail(&folder, &outside, 1), Err(FileFault::Outside)));
    let again = Transcript::create(&folder, &step, attempt(7)).unwrap().finish().unwrap();
    assert_eq!(again.file, "transcript/tenant-session-7.2.jsonl", "nothing is overwritten");
}

#[test]
fn a_transcript_goes_on_after_a_write_that_failed() {
    let dir = tempfile::tempdir().unwrap();
    let plain = Folder::at(dir.path());
    for fault in [Fault::Error, Fault::Short(0), Fault::Short(11)] {
        let disk = FaultyDisk::default();
        let folder = Folder::on(Arc::new(disk.clone()), dir.path());
        let mut transcript = Transcript::create(&folder, &StepId::from("step"), attempt(1)).unwrap();
        let next = disk.plan().actions;
        disk.plan().faults = Some(((next..next + 3).collect(), fault));
        let mut failures = 0;
        for number in 0..9_000 {
            failures += u32::from(transcript.push(number, &line(Stream::Output, "x".repeat(40))).is_err());
        }
        let digest = loop {
            match transcript.finish() {
                Ok(digest) => break digest,
                Err(_) => failures += 1,
            }
        };
        assert_eq!(failures > 0, !matches!(fault, Fault::Short(11)), "{fault:?}");
        let bytes = fs::read(plain.path().join(&digest.file)).unwrap();
        assert_eq!((digest.bytes, digest.sha256), (bytes.len() as u64, Sha::of(&bytes)), "{fault:?}");
    }
}

#[test]
fn verification_finds_what_was_done_to_files_and_what_the_head_code_shows() {
    let (dir, folder) = written(0);
    let (mut journal, _, _) = reopen(&folder).unwrap();
    let mut transcript = Transcript::create(&folder, &StepId::from("one"), attempt(1)).unwrap();
    transcript.push(0, &line(Stream::Output, "hello")).unwrap();
    let digest = transcript.finish().unwrap();
    journal.append(&note(1)).unwrap();
    journal.append(&Note { file: Some(digest.clone()), ..note(2) }).unwrap();
    let code = journal.head().code();
    let handoff = folder.write_handoff(&[("manifest.json".into(), b"{}".to_vec())]).unwrap();
    journal.append(&Note { file: Some(handoff[0].clone()), ..note(3) }).unwrap();
    drop(journal);

    let check =
        |code: Option<HeadCode>| verify(&folder, |note: &Note| note.file.clone().into_iter().collect(), code);
    let good = check(Some(code)).unwrap();
    assert_eq!((good.head.seq, good.files, good.since_code), (3, 3, Some(1)));
    assert_eq!(check(None).unwrap().since_code, None);

    // The code as a person copies it.
    let typed = code.to_string().to_lowercase().replace('-', " ").replacen(' ', "-", 1);
    assert_eq!(typed.parse::<HeadCode>().unwrap(), code, "{typed}");
    for wrong in
        ["", "2", "2-", "2-ABCD", "x-7ZJ4-9MQX-C0TB-HW2E", "2-7ZJ4-9MQX-C0TB-HW2EE", "2-UZJ4-9MQX-C0TB-HW2E"]
    {
        wrong.parse::<HeadCode>().unwrap_err();
    }

    let with = |path: &Path, change: &dyn Fn(&mut Vec<u8>), code: Option<HeadCode>| {
        let good = fs::read(path).unwrap();
        let mut bytes = good.clone();
        change(&mut bytes);
        fs::write(path, &bytes).unwrap();
        let found = check(code);
        fs::write(path, good).unwrap();
        found.unwrap_err()
    };
    let kept = dir.path().join(&digest.file);
    for at in 0..fs::read(&kept).unwrap().len() {
        let problems = with(&kept, &|bytes| bytes[at] ^= 1, None);
        assert!(
            matches!(&problems[..], [Problem::File { record: 2, fault: FileFault::Content, .. }]),
            "{problems:?}"
        );
    }
    let problems = with(&kept, &|bytes| bytes.truncate(3), None);
    assert!(
        matches!(&problems[..], [Problem::File { fault: FileFault::Length { found: 3 }, .. }]),
        "{problems:?}"
    );
    let problems = with(&folder.checklist(), &|bytes| bytes.push(b' '), None);
    assert!(matches!(&problems[..], [Problem::File { record: 0, .. }]), "{problems:?}");
    let problems = with(&dir.path().join(&handoff[0].file), &|bytes| bytes[0] = b'[', None);
    assert!(matches!(&problems[..], [Problem::File { record: 3, .. }]), "{problems:?}");

    // Cut after a whole record: the chain cannot show it, the code does.
    let ends = line_ends(&fs::read(folder.journal()).unwrap());
    let problems = with(&folder.journal(), &|bytes| bytes.truncate(ends[1]), Some(code));
    assert!(
        matches!(&problems[..], [Problem::Head { fault: HeadFault::Shorter { last: 1 }, .. }]),
        "{problems:?}"
    );
    // Written anew with a chain of its own.
    let (_other_dir, other) = written(3);
    let problems = verify(&other, |_: &Note| vec![], Some(code)).unwrap_err();
    assert!(matches!(&problems[..], [Problem::Head { fault: HeadFault::Differs, .. }]), "{problems:?}");
    // A file that is gone.
    fs::remove_file(&kept).unwrap();
    let problems = check(None).unwrap_err();
    assert!(matches!(&problems[..], [Problem::File { fault: FileFault::Unreadable(_), .. }]), "{problems:?}");
}

#[test]
fn a_journal_cannot_lead_verification_out_of_its_folder() {
    let (_dir, folder) = written(1);
    for name in ["../journal.jsonl", "/etc/passwd", "", "a/../../b", "C:\\x", "a\\..\\b", "."] {
        let file = FileDigest { file: name.into(), sha256: Sha::of(b""), bytes: 0, left_out: None };
        let problems = verify(&folder, |_: &Note| vec![file.clone()], None).unwrap_err();
        assert!(
            matches!(&problems[..], [Problem::File { fault: FileFault::Outside, .. }]),
            "{name}: {problems:?}"
        );
    }
}

#[test]
fn the_handoff_is_written_whole_or_not_at_all() {
    let names =
        [("start.ps1".to_owned(), vec![b'x'; 5_000]), ("manifest.json".to_owned(), vec![b'y'; 5_000])];
    let dry = FaultyDisk::default();
    let dir = tempfile::tempdir().unwrap();
    let digests = Folder::on(Arc::new(dry.clone()), dir.path()).write_handoff(&names).unwrap();
    assert_eq!(digests[1].sha256, Sha::of(&names[1].1));
    let actions = dry.plan().actions;
    for at in 0..actions {
        for fault in FAULTS {
            let dir = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::with([at], fault);
            let _any = Folder::on(Arc::new(disk), dir.path()).write_handoff(&names);
            for (name, bytes) in &names {
                match fs::read(dir.path().join("handoff").join(name)) {
                    Ok(found) => assert_eq!(found, *bytes, "action {at}: {fault:?}"),
                    Err(error) => assert_eq!(error.kind(), io::ErrorKind::NotFound),
                }
            }
            Folder::at(dir.path()).write_handoff(&names).unwrap();
        }
    }
}
