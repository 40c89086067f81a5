//! The wizard as lines: what it says of a command that is refused, of inputs, and of a handoff that failed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where it stands"
)]

#[path = "support/dialogue.rs"]
#[allow(dead_code, reason = "each test uses its own part")]
mod dialogue;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use dialogue::Dialogue;
use tempfile::TempDir;

/// One statement, one input, and a handoff.
const STATED: &str = r#"
format = 1
id = "stated"
version = "1"
title = "Stated"
[[input]]
id = "target_pool"
kind = "fqdn"
ask = "The pool"
[[step]]
id = "said"
title = "Somebody says so"
why = "Because."
[step.attest]
statement = "I say so."
[handoff]
title = "Start"
say = "Go on."
confirm = "GO"
file = "go.ps1"
script = "Get-X $target_pool"
"#;

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        fs::write(desk.0.path().join("stated.toml"), STATED).unwrap();
        desk
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command.env("HOME", self.0.path()).env("XDG_CONFIG_HOME", self.0.path().join("config"));
        command.env("GREENLIGHT_DATA_DIR", self.0.path().join("data")).env("GREENLIGHT_LANG", "en");
        command
    }

    fn start(&self, arguments: &[&str]) -> Dialogue {
        Dialogue::start(&mut self.command(&[&["--plain"], arguments].concat()))
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (status.code(), text(stdout), text(stderr))
    }

    fn folder(&self) -> PathBuf {
        fs::read_dir(self.0.path().join("data")).unwrap().next().unwrap().unwrap().path()
    }
}

const STATED_RUN: [&str; 5] = ["run", "stated.toml", "--trust", "--rehearse=default", "--input"];

#[test]
fn a_command_that_is_refused_is_not_said_to_run_and_shows_no_output_of_another() {
    let desk = Desk::new();
    let mut run = desk.start(&["run", "--rehearse"]);
    run.wait_for("Next (Enter): 1. ");
    run.say(&[""]);
    let first = run.wait_for("Next (Enter): 2. ");
    assert!(first.contains("runs: $PSVersionTable\n") && first.contains("  out | "), "{first}");
    // It needs what nobody has checked yet.
    run.say(&["6"]);
    let refused = run.wait_for("Next (Enter): 2. ");
    assert!(refused.contains("must be green first"), "{refused}");
    assert!(!refused.contains("runs: ") && !refused.contains(" | "), "{refused}");
    run.say(&["q"]);
    run.end();
}

#[test]
fn an_input_can_be_changed_after_it_was_given() {
    let desk = Desk::new();
    let mut run = desk.start(&[&STATED_RUN[..], &["target_pool=old.contoso.com"]].concat());
    run.wait_for("i = inputs");
    run.say(&["i"]);
    run.wait_for("1. The pool: old.contoso.com\n");
    run.say(&["1", "nonsense", "new.contoso.com", "i"]);
    run.wait_for("does not look like");
    run.wait_for("1. The pool: new.contoso.com\n");
    run.say(&["", "q"]);
    run.end();
}

#[test]
fn inputs_of_the_command_line_count_for_a_run_that_is_resumed() {
    let desk = Desk::new();
    desk.run(&[&["--plain"], &STATED_RUN[..], &["target_pool=old.contoso.com"]].concat());
    let resume = ["resume", "--plain", "--input"];
    let before = fs::read(desk.folder().join("journal.jsonl")).unwrap();
    for (input, why) in [
        ("target_pol=a.b", "no input “target_pol”"),
        ("target_pool=nonsense", "“nonsense” does not look like"),
    ] {
        let (code, _, said) = desk.run(&[&resume[..], &[input]].concat());
        assert!(code == Some(2) && said.contains(why), "{code:?} {said}");
    }
    assert_eq!(fs::read(desk.folder().join("journal.jsonl")).unwrap(), before, "nothing is recorded");
    let mut run =
        Dialogue::start(&mut desk.command(&[&resume[..], &["target_pool=new.contoso.com"]].concat()));
    run.say(&["i"]);
    run.wait_for("1. The pool: new.contoso.com\n");
    run.say(&["", "1", "Ana", "", "s", "GO"]);
    run.wait_for("SEALED");
    run.end();
    let (code, _, said) = desk.run(
        &[&["resume"], &[desk.folder().to_str().unwrap()], &resume[1..], &["target_pool=x.contoso.com"]]
            .concat(),
    );
    assert!(code == Some(2) && said.contains("this run is sealed"), "{code:?} {said}");
}

#[test]
fn a_handoff_that_could_not_be_written_says_why_and_can_be_begun_again() {
    let desk = Desk::new();
    let mut run = desk.start(&[&STATED_RUN[..], &["target_pool=pool.contoso.com"]].concat());
    run.wait_for("Next (Enter): 1. ");
    // A file stands where its folder should.
    fs::write(desk.folder().join("handoff"), "").unwrap();
    run.say(&["1", "Ana", "", "s", "GO"]);
    run.wait_for("! The handoff could not be written: ");
    run.wait_for("The gate is OPEN");
    fs::remove_file(desk.folder().join("handoff")).unwrap();
    run.say(&["s", "GO"]);
    let said = run.wait_for("SEALED");
    assert!(!said.contains("could not be written"), "{said}");
    assert_eq!(run.end().0.code(), Some(0));
}

#[test]
fn nothing_is_sealed_that_is_not_as_it_was_written_and_no_unsealed_script_lies_about() {
    let desk = Desk::new();
    let mut run = desk.start(&[&STATED_RUN[..], &["target_pool=pool.contoso.com"]].concat());
    run.wait_for("Next (Enter): 1. ");
    let checklist = desk.folder().join("checklist.toml");
    let kept = fs::read(&checklist).unwrap();
    fs::write(&checklist, [kept.as_slice(), b"\n"].concat()).unwrap();
    run.say(&["1", "Ana", "", "s", "GO"]);
    let said = run.wait_for("The gate is OPEN");
    let said = if said.contains("checklist.toml") { said } else { run.wait_for("checklist.toml") };
    assert!(!said.contains("SEALED"), "{said}");
    assert!(!desk.folder().join("handoff").exists());
    let aside = desk.folder().join("handoff.unsealed-1");
    assert!(aside.join("manifest.json").exists());
    fs::write(&checklist, kept).unwrap();
    run.say(&["s", "GO"]);
    run.wait_for("SEALED");
    assert_eq!(run.end().0.code(), Some(0));
    // What was put aside is vouched for as well.
    let folder = desk.folder().display().to_string();
    assert_eq!(desk.run(&["verify", &folder]).0, Some(0));
    fs::write(aside.join("manifest.json"), "{}").unwrap();
    assert_eq!(desk.run(&["verify", &folder]).0, Some(5));
}
