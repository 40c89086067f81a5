//! Following a run that is open elsewhere: live, and without touching it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test fails where it stands, and says by name that it was skipped"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

#[path = "support/dialogue.rs"]
#[allow(dead_code, reason = "not every test needs all of it")]
mod dialogue;
#[path = "support/procedure.rs"]
mod procedure;
use dialogue::Dialogue;

fn greenlight(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command.args(arguments).stdin(Stdio::null()).env("HOME", home);
    command.env("GREENLIGHT_LANG", "en").env("GREENLIGHT_DATA_DIR", home.join("data"));
    command
}

#[test]
fn a_run_is_followed_from_its_first_step_to_the_seal() {
    let home = TempDir::new().unwrap();
    let mut arguments = vec!["run", "--plain", "--rehearse"];
    for input in ["sip_domain=contoso.com", "target_pool=pool01.contoso.com", "pilot_users=a@contoso.com"] {
        arguments.extend(["--input", input]);
    }
    let mut run = Dialogue::start(&mut greenlight(home.path(), &arguments));
    run.wait_for("Next (Enter): 1. ");
    let folder = fs::read_dir(home.path().join("data")).unwrap().next().unwrap().unwrap().path();
    let id = folder.file_name().unwrap().to_str().unwrap();
    let mut watch = Dialogue::start(&mut greenlight(home.path(), &["watch", id]));
    let process = format!("process {}", run.id());
    watch.wait_for(&process);
    watch.wait_for("not run: PowerShell is version 3.0 or later");
    watch.wait_for("GATE LOCKED");
    let keys = procedure::to_the_seal("admin@contoso.com", "secret");
    run.say(&keys[..1]);
    watch.wait_for("green: PowerShell is version 3.0 or later");
    run.say(&keys[1..]);
    watch.wait_for("red: The tenant shares its SIP address space");
    watch.wait_for("green: The tenant shares its SIP address space");
    watch.wait_for("GATE OPEN");
    let (status, text) = run.end();
    assert_eq!(status.code(), Some(0), "the one who works is not disturbed: {text}");
    let (status, text) = watch.end();
    assert_eq!(status.code(), Some(0), "the seal ends it: {text}");
    assert!(text.trim_end().ends_with("sealed"), "{text}");
    assert!(greenlight(home.path(), &["verify", id]).output().unwrap().status.success());
}

/// The folder of a run that was begun and left, in lines.
fn begun(home: &Path) -> PathBuf {
    let mut run = Dialogue::start(&mut greenlight(home, &["run", "--plain", "--rehearse"]));
    run.wait_for("Next (Enter): 1. ");
    run.say(&["1"]);
    run.wait_for("Next (Enter): 2. ");
    run.say(&["q"]);
    run.end();
    fs::read_dir(home.join("data")).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn a_journal_that_is_not_what_was_read_ends_watching() {
    let home = TempDir::new().unwrap();
    let folder = begun(home.path());
    let journal = folder.join("journal.jsonl");
    let whole = fs::read(&journal).unwrap();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let other = TempDir::new().unwrap();
    let other = fs::read(begun(other.path()).join("journal.jsonl")).unwrap();
    let mut flipped = whole.clone();
    flipped[lines[0].len() + 100] ^= 1;
    for (what, changed, said) in [
        ("cut", Some(lines[..lines.len() - 2].concat()), "is not the one that was read"),
        ("cut within a record", Some(whole[..whole.len() - 9].to_vec()), "is not the one that was read"),
        ("cut to its header", Some(lines[0].to_vec()), "is not the one that was read"),
        ("another in its place", Some(other), "is not the one that was read"),
        ("a bit flipped", Some(flipped), "damaged at record 1"),
        ("emptied", Some(Vec::new()), "no journal"),
        ("gone", None, "no journal"),
    ] {
        let mut watch = Dialogue::start(&mut greenlight(home.path(), &["watch", folder.to_str().unwrap()]));
        watch.wait_for("GATE LOCKED");
        match changed {
            Some(changed) => fs::write(&journal, changed).unwrap(),
            None => fs::remove_file(&journal).unwrap(),
        }
        let (status, text) = watch.end();
        assert_eq!(status.code(), Some(5), "{what}: {text}");
        assert!(text.contains(said), "{what}: {text}");
        fs::write(&journal, &whole).unwrap();
    }
}

#[test]
fn a_checklist_that_is_not_the_runs_own_is_not_shown() {
    let home = TempDir::new().unwrap();
    let folder = begun(home.path());
    let path = folder.join("checklist.toml");
    let own = fs::read_to_string(&path).unwrap();
    fs::write(&path, own.replace("Lync", "Forged")).unwrap();
    let watch = Dialogue::start(&mut greenlight(home.path(), &["watch", folder.to_str().unwrap()]));
    let (status, text) = watch.end();
    assert_eq!(status.code(), Some(5), "{text}");
    assert!(text.contains("checklist.toml") && !text.contains("Forged"), "{text}");
}

#[test]
fn who_has_the_run_is_told_when_that_changes_however_they_went() {
    let home = TempDir::new().unwrap();
    let mut run = Dialogue::start(&mut greenlight(home.path(), &["run", "--plain", "--rehearse"]));
    run.wait_for("Next (Enter): 1. ");
    let folder = fs::read_dir(home.path().join("data")).unwrap().next().unwrap().unwrap().path();
    let mut watch = Dialogue::start(&mut greenlight(home.path(), &["watch", folder.to_str().unwrap()]));
    watch.wait_for(&format!("process {}", run.id()));
    watch.wait_for("GATE LOCKED");
    run.kill();
    watch.wait_for("nobody has the run open");
    assert!(folder.join(".holder").exists(), "who was killed left its name behind");
    let mut late = Dialogue::start(&mut greenlight(home.path(), &["watch", folder.to_str().unwrap()]));
    late.wait_for("nobody has the run open");
    let mut again = greenlight(home.path(), &["resume", folder.to_str().unwrap(), "--plain"]);
    let mut again = Dialogue::start(&mut again);
    let process = format!("process {}", again.id());
    again.wait_for("Next (Enter): 1. ");
    let start = watch.text().len();
    watch.wait_for("taken over by ");
    while !watch.text()[start..].contains(&process) {
        // Either may come first: the record, or who holds the lock.
        watch.wait_for("\n");
    }
    again.say(&["q"]);
    watch.wait_for("nobody has the run open");
}

#[test]
fn watching_writes_nothing_and_ends_with_the_operator() {
    let home = TempDir::new().unwrap();
    let mut run = Dialogue::start(&mut greenlight(home.path(), &["run", "--plain", "--rehearse"]));
    run.wait_for("Next (Enter): 1. ");
    run.say(&["q"]);
    run.end();
    let folder = fs::read_dir(home.path().join("data")).unwrap().next().unwrap().unwrap().path();
    let files = || {
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        (names, fs::read(folder.join("journal.jsonl")).unwrap())
    };
    let before = files();
    let mut watch = Dialogue::start(&mut greenlight(home.path(), &["watch", &folder.display().to_string()]));
    watch.wait_for("nobody has the run open");
    watch.wait_for("GATE LOCKED");
    let pid = watch.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let (status, text) = watch.end();
    assert_eq!(status.code(), Some(130), "{text}");
    assert_eq!(files(), before);
    let mut events = Dialogue::start(&mut greenlight(
        home.path(),
        &["watch", &folder.display().to_string(), "--output", "json"],
    ));
    let first = events.wait_for("\n");
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(first["event"]["type"], "begun");
}
