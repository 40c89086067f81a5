//! `runs --prune`: asks, removes only what it names, and never a sealed run that was not named.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::harness::kept;
use crate::harness::terminal::Terminal;
use crate::harness::world::World;

const DAY: u64 = 24 * 60 * 60;

/// A data folder: a run of each kind, each `days` old.
struct Data<'a>(&'a World);

impl<'a> Data<'a> {
    fn new(world: &'a World, days: u64) -> Self {
        let data = Self(world);
        for (made, name) in [
            ("format-1/rehearsal", "sealed"),
            ("format-1/engine", "unfinished"),
            ("format-1/engine", "damaged"),
            ("format-1/rehearsal", "sealed-damaged"),
        ] {
            kept::copy(&kept::run(made), &data.path(name));
        }
        for name in ["damaged", "sealed-damaged"] {
            let journal = data.path(name).join("journal.jsonl");
            fs::write(&journal, fs::read_to_string(&journal).unwrap().replacen("\"mono\":", "\"mono\":9", 9))
                .unwrap();
        }
        fs::create_dir(data.path("empty")).unwrap();
        fs::write(data.path("empty").join(".lock"), "").unwrap();
        fs::create_dir(data.path("no-run")).unwrap();
        fs::write(data.path("no-run").join("letter.txt"), "dear").unwrap();
        let old = SystemTime::now() - Duration::from_secs(days * DAY + 60);
        for name in data.names() {
            let journal = data.path(&name).join("journal.jsonl");
            if let Ok(file) = File::options().write(true).open(journal) {
                file.set_modified(old).unwrap();
            }
        }
        data
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.data().join(name)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.data())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn greenlight(&self, arguments: &[&str]) -> Output {
        self.0.greenlight(arguments).output().unwrap()
    }
}

const ALL: [&str; 6] = ["damaged", "empty", "no-run", "sealed", "sealed-damaged", "unfinished"];

on_both!(without_a_terminal_it_lists_and_removes_nothing without PowerShell);
fn without_a_terminal_it_lists_and_removes_nothing(world: &World) {
    let data = Data::new(world, 100);
    let output = data.greenlight(&["runs", "--prune"]);
    assert_eq!(output.status.code(), Some(2));
    let listed = String::from_utf8(output.stdout).unwrap();
    for (name, is_listed) in [
        ("damaged", true),
        ("empty", true),
        ("unfinished", true),
        ("sealed", false),
        ("sealed-damaged", false),
        ("no-run", false),
    ] {
        assert_eq!(listed.contains(&format!("  {name}  ")), is_listed, "{name} in:\n{listed}");
    }
    assert!(String::from_utf8(output.stderr).unwrap().contains("--yes"));
    assert_eq!(data.names(), ALL);
}

on_both!(with_yes_it_removes_what_is_old_and_never_what_is_sealed_or_no_run without PowerShell);
fn with_yes_it_removes_what_is_old_and_never_what_is_sealed_or_no_run(world: &World) {
    let data = Data::new(world, 100);
    let output = data.greenlight(&["runs", "--prune", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(data.names(), ["no-run", "sealed", "sealed-damaged"]);
}

on_native!(what_is_not_old_stays without PowerShell);
fn what_is_not_old_stays(world: &World) {
    let data = Data::new(world, 89);
    assert_eq!(data.greenlight(&["runs", "--prune", "--yes"]).status.code(), Some(0));
    assert_eq!(
        data.names(),
        ["damaged", "no-run", "sealed", "sealed-damaged", "unfinished"],
        "only what is empty goes"
    );
    assert_eq!(data.greenlight(&["runs", "--prune", "--yes", "--older-than", "30"]).status.code(), Some(0));
    assert_eq!(data.names(), ["no-run", "sealed", "sealed-damaged"]);
    let again = data.greenlight(&["runs", "--prune", "--older-than", "0"]);
    assert_eq!(again.status.code(), Some(0), "there is nothing to ask about");
    assert!(String::from_utf8(again.stdout).unwrap().contains("nothing to remove"));
}

on_both!(a_sealed_run_goes_when_it_is_named_and_a_path_is_no_name without PowerShell);
fn a_sealed_run_goes_when_it_is_named_and_a_path_is_no_name(world: &World) {
    let data = Data::new(world, 0);
    for name in ["no-run", "../elsewhere", r"..\elsewhere", ".", "unknown"] {
        let output = data.greenlight(&["runs", "--prune", name, "--yes"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
    }
    assert_eq!(data.names(), ALL);
    let output = data.greenlight(&["runs", "--prune", "sealed", "--yes", "--output", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["removed"], serde_json::json!(["sealed"]));
    assert!(!data.path("sealed").exists() && data.path("sealed-damaged").exists());
}

on_native!(a_run_that_somebody_has_open_stays without PowerShell);
fn a_run_that_somebody_has_open_stays(world: &World) {
    let data = Data::new(world, 100);
    let lock = File::create(data.path("unfinished").join(".lock")).unwrap();
    lock.lock().unwrap();
    let output = data.greenlight(&["runs", "--prune", "--yes"]);
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(data.path("unfinished").join("journal.jsonl").exists());
    assert!(!data.path("damaged").exists(), "the others are removed");
}

on_native!(at_a_terminal_it_asks_and_enter_is_no without PowerShell);
fn at_a_terminal_it_asks_and_enter_is_no(world: &World) {
    if !Terminal::is_there("at_a_terminal_it_asks_and_enter_is_no") {
        return;
    }
    let data = Data::new(world, 100);
    for (key, kept) in [("", 6), ("n", 6), ("y", 3)] {
        let terminal = Terminal::start(
            (100, 30),
            env!("CARGO_BIN_EXE_greenlight"),
            &["runs", "--prune"],
            &world.environment(),
        );
        terminal.wait_for("[y/N]");
        terminal.type_text(key);
        terminal.press(&["Enter"]);
        terminal.wait_for("exit code 0");
        assert_eq!(data.names().len(), kept, "after {key:?}");
    }
}

/// A journal of a later format that is otherwise good.
fn of_a_later_format(journal: &Path) {
    let text = fs::read_to_string(journal).unwrap();
    let header = text.lines().next().unwrap();
    let body = header[..header.rfind(",\"hash\"").unwrap()].replace("\"format\":1", "\"format\":3");
    let hash = greenlight::facade::checklist::Sha::of(body.as_bytes());
    fs::write(journal, format!("{body},\"hash\":\"{hash}\"}}\n")).unwrap();
}

on_both!(what_was_ever_sealed_or_cannot_be_read_is_not_taken_unnamed without PowerShell);
fn what_was_ever_sealed_or_cannot_be_read_is_not_taken_unnamed(world: &World) {
    let data = Data::new(world, 100);
    let harmed = |from: &str, name: &str, harm: &dyn Fn(&Path)| {
        kept::copy(&data.path(from), &data.path(name));
        let journal = data.path(name).join("journal.jsonl");
        harm(&journal);
        let old = SystemTime::now() - Duration::from_secs(100 * DAY + 60);
        if let Ok(file) = File::options().write(true).open(&journal) {
            file.set_modified(old).unwrap();
        }
    };
    let shorten = |journal: &Path, length| File::options().write(true).open(journal).unwrap().set_len(length);
    harmed("sealed", "sealed-emptied", &|journal| shorten(journal, 0).unwrap());
    harmed("sealed", "sealed-header-cut", &|journal| shorten(journal, 100).unwrap());
    harmed("sealed", "sealed-gone", &|journal| {
        fs::write(journal.with_file_name(".lock"), "").unwrap();
        fs::remove_file(journal).unwrap();
    });
    harmed("unfinished", "handed-over", &|journal| {
        fs::create_dir(journal.with_file_name("handoff")).unwrap();
    });
    harmed("sealed", "later", &|journal| {
        fs::rename(journal.with_file_name("handoff"), journal.with_file_name("delivered")).unwrap();
        of_a_later_format(journal);
    });
    harmed("unfinished", "no-file", &|journal| {
        fs::remove_file(journal).unwrap();
        fs::create_dir(journal).unwrap();
    });
    let output = data.greenlight(&["runs"]);
    let listed = String::from_utf8(output.stdout).unwrap();
    for (name, state) in [
        ("sealed-emptied", "damaged"),
        ("sealed-header-cut", "damaged"),
        ("sealed-gone", "damaged"),
        ("handed-over", "unfinished"),
        ("later", "of a later greenlight"),
        ("no-file", "unreadable"),
    ] {
        assert!(listed.contains(&format!("{name}  {state}  ")), "{name}: {listed}");
    }
    assert!(!listed.contains("empty"), "{listed}");
    assert_eq!(data.greenlight(&["runs", "--prune", "--yes"]).status.code(), Some(0));
    let kept = ["handed-over", "later", "no-file", "no-run", "sealed", "sealed-damaged"];
    assert_eq!(data.names()[..6], kept);
    assert_eq!(data.names()[6..], ["sealed-emptied", "sealed-gone", "sealed-header-cut"]);
}

on_native!(an_emptied_run_with_transcripts_is_not_empty without PowerShell);
fn an_emptied_run_with_transcripts_is_not_empty(world: &World) {
    let data = Data::new(world, 10);
    fs::write(data.path("unfinished").join("journal.jsonl"), "").unwrap();
    assert_eq!(data.greenlight(&["runs", "--prune", "--yes"]).status.code(), Some(0));
    assert!(data.path("unfinished").join("transcript").exists());
}

on_native!(a_link_to_a_run_elsewhere_is_never_followed without PowerShell);
fn a_link_to_a_run_elsewhere_is_never_followed(world: &World) {
    let data = Data::new(world, 100);
    let elsewhere = TempDir::new().unwrap();
    let run = elsewhere.path().join("run");
    fs::rename(data.path("unfinished"), &run).unwrap();
    std::os::unix::fs::symlink(&run, data.path("link")).unwrap();
    let output = data.greenlight(&["runs", "--prune", "--yes"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("link is a link to a folder elsewhere"));
    assert_eq!(data.greenlight(&["runs", "--prune", "link", "--yes"]).status.code(), Some(2));
    assert!(
        data.path("link").exists() && run.join("journal.jsonl").exists() && run.join("transcript").exists()
    );
}

on_native!(a_run_that_was_sealed_while_the_question_stood_there_stays without PowerShell);
fn a_run_that_was_sealed_while_the_question_stood_there_stays(world: &World) {
    if !Terminal::is_there("a_run_that_was_sealed_while_the_question_stood_there_stays") {
        return;
    }
    let data = Data::new(world, 100);
    let terminal = Terminal::start(
        (100, 30),
        env!("CARGO_BIN_EXE_greenlight"),
        &["runs", "--prune"],
        &world.environment(),
    );
    terminal.wait_for("[y/N]");
    fs::remove_dir_all(data.path("unfinished")).unwrap();
    kept::copy(&data.path("sealed"), &data.path("unfinished"));
    terminal.type_text("y");
    terminal.press(&["Enter"]);
    let screen = terminal.wait_for("exit code 0");
    assert!(screen.contains("unfinished was kept"), "{screen}");
    assert_eq!(data.names(), ["no-run", "sealed", "sealed-damaged", "unfinished"]);
}
