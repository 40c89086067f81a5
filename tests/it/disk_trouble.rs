//! A disk that fails while a run is under way: the run stands still, holds nothing that the journal does not, and goes on.

mod failing;
mod full;

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use greenlight::facade::checklist::{Checklist, StepId, StepKind, read as read_checklist};
use greenlight::facade::journal::disk::{Disk, OpenMode, RealDisk, Sink};
use greenlight::facade::journal::{self, Condition, Folder, Holder, Journal, JournalError};
use greenlight::facade::run::{
    Command as Do, Confirmed, Event, HandoffStage, Mode, Run, ShellState, Stamped, StepStatus, Who,
};
use greenlight::facade::shell::Rehearsal;
use greenlight::facade::wizard::{Trouble, Wizard};
use tempfile::TempDir;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::terminal::Terminal;
use crate::harness::world::wait_until;

const CHECKLIST: &str = r#"
format = 1
id = "small"
version = "1.0.0"
title = { en = "Small" }

[[input]]
id = "name"
kind = "text"
ask = { en = "Name" }

[[step]]
id = "session"
title = { en = "There is a session" }
why = { en = "It is needed." }
lasts = "session"
check = { command = "Get-Session", expect = [{ is = true }] }
apply = { command = "New-Session", changes = "session" }

[[step]]
id = "validated"
title = { en = "It was validated" }
why = { en = "Nobody can measure it." }
attest = { statement = { en = "I state it." } }

[[step]]
id = "shared"
title = { en = "It is shared" }
why = { en = "It is asked for." }
needs = ["session"]
check = { command = "Get-Shared -Name $name", expect = [{ property = "Shared", is = true }] }
apply = { command = "Set-Shared", changes = "tenant" }

[handoff]
title = { en = "Start" }
say = { en = "Go on." }
confirm = "START"
file = "start.ps1"
script = "Start-It\n"
"#;

const SCENARIO: &str = r#"
format = 1
id = "small"
title = { en = "Small" }
[state]
shared = false
[session]
open = false

[[reply]]
command = "Get-Session"
when = { open = true }
rows = [true]
[[reply]]
command = "Get-Session"
when = { open = false }
rows = [false]
[[reply]]
command = "New-Session"
stream = [{ verbose = "opening" }]
set = { open = true }
[[reply]]
command = "Get-Shared -Name $name"
when = { shared = true }
rows = [{ Shared = true }]
[[reply]]
command = "Get-Shared -Name $name"
when = { shared = false }
rows = [{ Shared = false }]
[[reply]]
command = "Set-Shared"
set = { shared = true }
"#;

fn me() -> Who {
    Who { user: "ana".into(), host: "SRV01".into(), ..Who::default() }
}

fn checklist() -> Arc<Checklist> {
    Arc::new(read_checklist(CHECKLIST.as_bytes()).unwrap())
}

/// The run that a journal stands for, without its last `less` events.
fn folded(folder: &Folder, less: usize) -> Run {
    let contents = journal::read::<Stamped>(folder).unwrap();
    assert!(!matches!(contents.condition, Condition::Damaged { .. }), "{:?}", contents.condition);
    let mut run = Run::new(checklist());
    let count = contents.events.len() - less;
    contents.events.iter().take(count).for_each(|stamped| run.evolve(stamped.at, &stamped.event));
    run
}

/// One that stands still holds what the journal holds, but for one record that may have reached the disk unknown to us.
fn assert_holds_what_is_on_disk(wizard: &Wizard, case: &str) {
    let own = format!("{:?}", wizard.run());
    let folder = Folder::at(wizard.path());
    let on_disk =
        [0, usize::from(wizard.halted().is_some())].map(|less| format!("{:?}", folded(&folder, less)));
    assert!(on_disk.contains(&own), "{case}\nin memory: {own}\non disk: {}", on_disk[0]);
}

#[tokio::test]
async fn a_journal_that_was_deleted_takes_no_more_records() {
    let data = TempDir::new().unwrap();
    let folder = Folder::at(data.path());
    let journal =
        Journal::create(folder.clone(), CHECKLIST.as_bytes(), Holder::this_process(me(), 0)).unwrap();
    let shell = Rehearsal::read(SCENARIO.as_bytes()).unwrap();
    let mode = Mode::Rehearsal("small".into());
    let mut wizard = Wizard::begin(journal, checklist(), mode, me(), Box::new(shell)).unwrap();
    let kept = fs::read(folder.journal()).unwrap();
    fs::remove_file(folder.journal()).unwrap();
    let give = || Do::Give { input: "name".into(), typed: vec!["ana".into()] };
    assert!(matches!(wizard.command(give()), Err(Trouble::Halted(_))));
    assert!(wizard.run().inputs().is_empty());
    assert!(matches!(wizard.retry(), Err(Trouble::Halted(why)) if matches!(*why, JournalError::Io { .. })));
    // The share is back, with what was on it.
    fs::write(folder.journal(), kept).unwrap();
    wizard.retry().unwrap();
    wizard.command(give()).unwrap();
    assert_holds_what_is_on_disk(&wizard, "the file is back");
}

#[test]
fn a_torn_end_is_recorded_again_where_another_file_has_its_name() {
    let data = TempDir::new().unwrap();
    let folder = Folder::at(data.path());
    let holder = || Holder::this_process(me(), 0);
    let shell = || Box::new(Rehearsal::read(SCENARIO.as_bytes()).unwrap());
    let mode = Mode::Rehearsal("small".into());
    let journal = Journal::create(folder.clone(), CHECKLIST.as_bytes(), holder()).unwrap();
    drop(Wizard::begin(journal, checklist(), mode, me(), shell()).unwrap());
    let resume = || {
        let (journal, events, _) = Journal::open::<Stamped>(folder.clone(), holder()).unwrap();
        drop(Wizard::resume(journal, checklist(), &events, me(), shell()).unwrap());
        let events = journal::read::<Stamped>(&folder).unwrap().events;
        let set_aside = events.into_iter().filter_map(|stamped| match stamped.event {
            Event::Quarantined { torn } => Some(torn),
            _ => None,
        });
        set_aside.collect::<Vec<_>>()
    };
    let tear = || {
        fs::OpenOptions::new().append(true).open(folder.journal()).unwrap().write_all(&[0; 9]).unwrap();
    };
    tear();
    let first = resume();
    assert_eq!(first.len(), 1);
    assert_eq!(resume(), first, "it is recorded once");
    fs::remove_file(data.path().join(&first[0].file)).unwrap();
    tear();
    let both = resume();
    assert_eq!(both.len(), 2);
    assert_ne!(both[0].file, both[1].file);
    fs::write(data.path().join(&both[1].file), "something else").unwrap();
    assert_eq!(resume().len(), 3);
}

#[test]
fn room_is_asked_for_only_where_there_is_none() {
    let said = |kind: ErrorKind| {
        let path = PathBuf::from("journal.jsonl");
        let error = JournalError::Io { action: journal::FileAction::Write, path, source: kind.into() };
        greenlight::facade::text::Text::default().journal_error(&error)
    };
    for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
        assert!(said(kind).contains("make room"), "{kind}");
    }
    for kind in [ErrorKind::Other, ErrorKind::ReadOnlyFilesystem, ErrorKind::PermissionDenied] {
        assert!(!said(kind).contains("make room"), "{kind}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_files_place_is_refused_and_not_waited_for() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/runs/format-1/rehearsal");
    let sealed = fs::read_dir(fixtures).unwrap().next().unwrap().unwrap().path();
    let transcript = "transcript/powershell-version-1.jsonl";
    for name in ["journal.jsonl", ".lock", ".holder", "checklist.toml", transcript, "handoff/manifest.json"] {
        let data = TempDir::new().unwrap();
        let run = data.path().join("run");
        assert!(Command::new("cp").arg("-r").arg(&sealed).arg(&run).status().unwrap().success());
        let _absent = fs::remove_file(run.join(name));
        assert!(Command::new("mkfifo").arg(run.join(name)).status().unwrap().success());
        let _note = journal::holder_of(&Folder::at(&run));
        for arguments in [
            &["runs"][..],
            &["verify", "run"],
            &["watch", "run"],
            &["export", "run"],
            &["resume", "run", "--plain"],
            &["runs", "--prune", "run", "--yes"],
        ] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
            command.args(arguments).arg("--data-dir").arg(data.path());
            command.env("GREENLIGHT_LANG", "en").env("HOME", data.path());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            wait_until(&format!("{arguments:?}, which meets {name}"), || child.try_wait().unwrap().is_some());
        }
    }
}
