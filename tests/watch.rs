//! Following a run that is open elsewhere: live, and without touching it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails where it stands, and says by name that it was skipped"
)]

use std::fs;
use std::path::Path;
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
