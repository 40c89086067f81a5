//! A disk that fails while a run is under way: the run stands still, holds nothing that the journal does not, and goes on.

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

/// What a action that fails does before.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Harm {
    /// Nothing.
    Nothing,
    /// Half of what it should.
    Half,
    /// All of it, but it is not known to be durable.
    All,
}

#[derive(Clone, Copy, Debug)]
struct Trial {
    at: usize,
    actions: usize,
    kind: ErrorKind,
    harm: Harm,
}

#[derive(Debug, Default)]
struct State {
    actions: usize,
    trial: Option<Trial>,
}

/// A real disk, without its slow flushes, that fails for some actions.
#[derive(Clone, Debug, Default)]
struct Failing(Arc<Mutex<State>>);

impl Failing {
    fn fault(&self) -> Option<Trial> {
        let mut state = self.0.lock().unwrap();
        let number = state.actions;
        state.actions += 1;
        state.trial.filter(|trial| (trial.at..trial.at + trial.actions).contains(&number))
    }

    fn action<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.fault() {
            None => act(),
            Some(Trial { kind, harm: Harm::Nothing | Harm::Half, .. }) => Err(kind.into()),
            Some(Trial { kind, harm: Harm::All, .. }) => act().and(Err(kind.into())),
        }
    }
}

impl Disk for Failing {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.action(|| RealDisk.create_dir(path))
    }
    fn open(&self, path: &Path, how: OpenMode) -> io::Result<Box<dyn Sink>> {
        let sink = self.action(|| RealDisk.open(path, how))?;
        Ok(Box::new(FailingSink(self.clone(), sink)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.action(|| RealDisk.rename(from, to))
    }
    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        self.action(|| Ok(()))
    }
}

#[derive(Debug)]
struct FailingSink(Failing, Box<dyn Sink>);

impl Sink for FailingSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.fault() {
            None => self.1.write(bytes),
            Some(Trial { kind, harm: Harm::Nothing, .. }) => Err(kind.into()),
            Some(Trial { harm: Harm::Half, .. }) => self.1.write(&bytes[..bytes.len() / 2]),
            Some(Trial { kind, harm: Harm::All, .. }) => self.1.write(bytes).and(Err(kind.into())),
        }
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.clone().action(|| Ok(()))
    }
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.clone().action(|| self.1.truncate(length))
    }
    fn length_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.1.length_at(path)
    }
}

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

/// What an operator does next.
fn next(wizard: &Wizard) -> Do {
    let run = wizard.run();
    if *run.handoff() == HandoffStage::Confirming {
        return Do::ConfirmHandoff { typed: "START".into(), by: me() };
    }
    if *run.shell() == ShellState::Absent {
        return Do::OpenShell;
    }
    if run.inputs().is_empty() {
        return Do::Give { input: "name".into(), typed: vec!["ana".into()] };
    }
    let status = |step: &str| run.status(&StepId::from(step), wizard.now());
    for step in ["session", "validated", "shared"] {
        let id = StepId::from(step);
        return match (status(step), &run.checklist().step(&id).unwrap().kind) {
            (StepStatus::Green, _) => continue,
            (_, StepKind::Attested { statement }) => Do::Attest {
                step: id,
                statement: statement.en.clone(),
                name: "Ana".into(),
                note: String::new(),
                by: me(),
            },
            (StepStatus::Red, _) => Do::Apply { step: id, confirmed: Confirmed::Yes },
            // A sweep leaves more behind than one check.
            (_, _) if step == "session" => Do::CheckAll(vec![id, "shared".into()]),
            (_, _) => Do::Check(id),
        };
    }
    Do::BeginHandoff
}

/// Goes on to the sealed handoff; gives how often the run stood still.
async fn to_the_seal(wizard: &mut Wizard, case: &str) -> usize {
    let mut stood_still = 0;
    for _ in 0..500 {
        let busy = wizard.run().running().is_some() || matches!(wizard.run().shell(), ShellState::Opening(_));
        let done = if wizard.run().is_sealed() {
            assert_holds_what_is_on_disk(wizard, case);
            return stood_still;
        } else if wizard.halted().is_some() {
            stood_still += 1;
            assert_holds_what_is_on_disk(wizard, case);
            let refused = wizard.command(Do::BeginHandoff).unwrap_err();
            assert!(matches!(refused, Trouble::Halted(_)), "{case}: {refused:?}");
            wizard.retry()
        } else if busy {
            wizard.next().await
        } else {
            wizard.command(next(wizard))
        };
        match done {
            Ok(()) => assert!(wizard.halted().is_none(), "{case}"),
            Err(Trouble::Halted(_)) => assert!(wizard.halted().is_some(), "{case}"),
            Err(Trouble::Refused(refusal)) => panic!("{case}: {refusal:?}"),
        }
    }
    panic!("{case}: no end: {:?}", wizard.run());
}

/// A run on that disk; how often it stood still, unless it never began.
async fn run_on(disk: &Failing, case: &str) -> Option<usize> {
    let data = TempDir::new().unwrap();
    let path = data.path().join("run");
    fs::create_dir(&path).unwrap();
    let folder = Folder::on(Arc::new(disk.clone()), &path);
    let shell = Rehearsal::read(SCENARIO.as_bytes()).unwrap();
    let begun = Journal::create(folder.clone(), CHECKLIST.as_bytes(), Holder::this_process(me(), 0))
        .map_err(|error| Trouble::Halted(Arc::new(error)))
        .and_then(|journal| {
            Wizard::begin(journal, checklist(), Mode::Rehearsal("small".into()), me(), Box::new(shell))
        });
    let Ok(mut wizard) = begun else {
        folder.discard();
        let discarded = !path.exists();
        // A record that reached the disk unknown to us is a run like any other.
        assert!(discarded || folded(&folder, 0).began().is_some(), "{case}");
        return None;
    };
    let stood_still = to_the_seal(&mut wizard, case).await;
    wizard.close().await;
    let events = journal::read::<Stamped>(&Folder::at(&path)).unwrap().events;
    let noted = events.iter().filter(|stamped| matches!(stamped.event, Event::WriteFailed { .. })).count();
    assert!(noted <= stood_still && (noted > 0) == (stood_still > 0), "{case}: {noted} of {stood_still}");
    let files = |stamped: &Stamped| match &stamped.event {
        Event::Checked { transcript, .. } | Event::Applied { transcript, .. } => {
            transcript.iter().cloned().collect()
        }
        Event::Sealed { files } => files.clone(),
        _ => Vec::new(),
    };
    journal::verify(&Folder::at(&path), files, None)
        .unwrap_or_else(|problems| panic!("{case}: {problems:?}"));
    Some(stood_still)
}

#[tokio::test]
async fn a_failure_at_every_action_of_a_run_stops_it_and_loses_nothing_and_it_goes_on_to_the_seal() {
    let dry = Failing::default();
    assert_eq!(run_on(&dry, "a good disk").await, Some(0));
    let actions = dry.0.lock().unwrap().actions;
    assert!(actions > 50, "{actions}");
    let kinds = [
        ErrorKind::StorageFull,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::PermissionDenied,
        ErrorKind::NotFound,
        ErrorKind::StaleNetworkFileHandle,
    ];
    let (mut trials, mut stopped) = (0, 0);
    for at in 0..actions {
        for (position, harm) in [Harm::Nothing, Harm::Half, Harm::All].into_iter().enumerate() {
            let length = if (at + position) % 2 == 0 { 1 } else { 7 };
            let kind = kinds[at % kinds.len()];
            let disk = Failing::default();
            let trial = Trial { at, actions: length, kind, harm };
            disk.0.lock().unwrap().trial = Some(trial);
            let stood_still = run_on(&disk, &format!("{trial:?}")).await;
            trials += 1;
            stopped += usize::from(stood_still.is_none_or(|times| times > 0));
        }
    }
    // The rest failed where it only delays: a transcript's line is written later, a handoff is begun again.
    assert!(stopped * 2 > trials, "only {stopped} of {trials} trials stopped a run");
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

/// A small file system of its own; gone when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// Nothing, said by name, where none may be mounted.
    fn mount(test: &str) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k", "greenlight-test"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if !mounted.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED {test}: a file system of its own cannot be mounted here");
            return None;
        }
        Some(Self(folder))
    }

    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        let mut filler = fs::File::create(self.filler()).unwrap();
        while filler.write(&[0; 512]).is_ok() {}
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn greenlight(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
        command.args(arguments).arg("--data-dir").arg(self.0.path().join("data"));
        command.env("GREENLIGHT_LANG", "en").env("HOME", self.0.path()).stdin(Stdio::null());
        command
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _left = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_run_on_a_full_disk_stands_still_and_goes_on_when_there_is_room() {
    let Some(disk) = SmallDisk::mount("a_run_on_a_full_disk_stands_still_and_goes_on_when_there_is_room")
    else {
        return;
    };
    let mut run = Dialogue::start(&mut disk.greenlight(&["run", "--plain", "--rehearse"]));
    run.wait_for("Next (Enter): 1. ");
    run.say(&[""]);
    run.wait_for("Next (Enter): 2. ");
    disk.fill();
    run.say(&[""]);
    let said = run.wait_for("1 = try again, 0 = leave: ");
    assert!(said.contains("The run stands still"), "{said}");
    assert!(
        said.contains("No space left on device") && said.contains("data/"),
        "what failed, on what: {said}"
    );
    assert!(!said.contains("green: PowerShell runs as a 64-bit process"), "{said}");
    disk.make_room();
    run.say(&["1"]);
    let list = run.wait_for("Next (Enter): 2. ");
    assert!(list.contains("green: PowerShell is version 3.0 or later"), "what was green is still: {list}");
    run.say(&["r", ""]);
    run.wait_for("green: PowerShell runs as a 64-bit process");
    run.say(&["q"]);
    let (status, text) = run.end();
    assert_eq!(status.code(), Some(1), "{text}");

    let listed = disk.greenlight(&["runs", "--output", "json"]).output().unwrap();
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let id = listed["runs"][0]["id"].as_str().unwrap();
    assert!(disk.greenlight(&["verify", id]).status().unwrap().success());
    let log = disk.greenlight(&["export", id]).output().unwrap();
    assert!(String::from_utf8_lossy(&log.stdout).contains("the run stood still until"));
}

#[test]
fn a_full_disk_that_is_left_full_ends_the_run_with_its_reason() {
    let Some(disk) = SmallDisk::mount("a_full_disk_that_is_left_full_ends_the_run_with_its_reason") else {
        return;
    };
    let mut run = Dialogue::start(&mut disk.greenlight(&["run", "--plain", "--rehearse"]));
    run.wait_for("Next (Enter): 1. ");
    disk.fill();
    run.say(&[""]);
    run.wait_for("1 = try again, 0 = leave: ");
    run.say(&["0"]);
    let (status, text) = run.end();
    assert_eq!(status.code(), Some(70), "{text}");
    assert!(text.contains("greenlight: cannot"), "{text}");
    disk.make_room();
    let mut again = Dialogue::start(&mut disk.greenlight(&["resume", "--plain"]));
    again.wait_for("Next (Enter): 1. ");
    again.say(&["", "q"]);
    let (status, text) = again.end();
    assert!(text.contains("green: PowerShell is version 3.0 or later"), "{text}");
    assert_eq!(status.code(), Some(1), "{text}");
}

#[test]
fn nothing_begins_on_a_full_disk_and_nothing_is_left_of_it() {
    let Some(disk) = SmallDisk::mount("nothing_begins_on_a_full_disk_and_nothing_is_left_of_it") else {
        return;
    };
    disk.fill();
    let output = disk.greenlight(&["check", "--rehearse", "--output", "json"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(70), &b""[..]), "{said}");
    assert!(said.contains("cannot write") && said.contains("No space left on device"), "{said}");
    let data = disk.0.path().join("data");
    assert!(fs::read_dir(&data).is_ok_and(|entries| entries.count() == 0), "half a run is left");
    let listed = disk.greenlight(&["runs"]).output().unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("no runs"));
}

#[test]
fn the_screens_say_why_a_run_stands_still_and_go_on_at_a_key() {
    let test = "the_screens_say_why_a_run_stands_still_and_go_on_at_a_key";
    if !Terminal::is_there(test) {
        return;
    }
    let Some(disk) = SmallDisk::mount(test) else { return };
    let shown = |path: &Path| path.display().to_string();
    let environment = [
        ("HOME", shown(disk.0.path())),
        ("GREENLIGHT_DATA_DIR", shown(&disk.0.path().join("data"))),
        ("GREENLIGHT_LANG", "en".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    let mut arguments = vec!["run", "--rehearse"];
    for input in ["sip_domain=contoso.com", "target_pool=pool01.contoso.com", "pilot_users=a@contoso.com"] {
        arguments.extend(["--input", input]);
    }
    let program = env!("CARGO_BIN_EXE_greenlight");
    let terminal = Terminal::start((100, 30), program, &arguments, &environment);
    terminal.wait_for("Front End pool");
    terminal.press(&["Escape"]);
    terminal.wait_until("the steps", |screen| !screen.contains("Front End pool that"));
    terminal.press(&["R"]);
    terminal.wait_for("check all");
    disk.fill();
    terminal.press(&["c"]);
    let screen = terminal.wait_for("The run stands still");
    assert!(screen.contains("No space left on device") && screen.contains("try again"), "{screen}");
    disk.make_room();
    terminal.press(&["Enter"]);
    terminal.wait_until("the dialog to go", |screen| !screen.contains("The run stands still"));
    terminal.press(&["R"]);
    terminal.wait_until("a shell", |screen| !screen.contains("PowerShell was closed"));
    terminal.press(&["c"]);
    terminal.wait_for("1 of 17 green");
    terminal.press(&["q"]);
    terminal.wait_for("exit code 1");
}

#[test]
fn a_check_whose_disk_fills_up_ends_with_the_reason_and_prints_no_verdict() {
    let Some(disk) =
        SmallDisk::mount("a_check_whose_disk_fills_up_ends_with_the_reason_and_prints_no_verdict")
    else {
        return;
    };
    let mut check = disk.greenlight(&["check", "--rehearse", "--output", "json"]);
    let check = check.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = || {
        let runs = fs::read_dir(disk.0.path().join("data")).ok()?;
        runs.flatten().find(|run| run.path().join("transcript").exists())
    };
    // The rehearsal is short: nothing is waited for besides.
    let start = std::time::Instant::now();
    while begun().is_none() {
        assert!(start.elapsed().as_secs() < 120, "it never began");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    disk.fill();
    let output = check.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(70), &b""[..]), "{said}");
    assert!(said.contains("cannot ") && said.contains("No space left on device"), "{said}");
}
