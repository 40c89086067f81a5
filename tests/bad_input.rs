//! Bad input, each with its clear message and its exit code, and nothing half-written behind it: the real program.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails where it stands, and says by name that it was skipped"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use greenlight::checklist::builtin;
use greenlight::journal::{Folder, Holder, Journal};
use greenlight::run::{Command as Do, Mode, ShellEnd, ShellState, Who};
use greenlight::shell::{PowerShell, Program};
use greenlight::wizard::Wizard;
use tempfile::TempDir;

#[path = "support/dialogue.rs"]
#[allow(dead_code, reason = "not every test needs all of it")]
mod dialogue;
#[path = "support/terminal.rs"]
#[allow(dead_code, reason = "not every test needs all of it")]
mod terminal;
use dialogue::Dialogue;
use terminal::Terminal;

/// A computer with nothing on it.
struct Bare(TempDir);

/// What the program said, and how it ended.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Said {
    /// It ended with that code and said all of these on standard error.
    #[track_caller]
    fn refused(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing: {self:?}");
        }
    }
}

impl Bare {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command.envs(self.environment());
        command
    }

    fn environment(&self) -> Vec<(String, String)> {
        let text = |path: PathBuf| path.display().to_string();
        [
            ("HOME", text(self.path("home"))),
            ("XDG_CONFIG_HOME", text(self.path("config"))),
            ("GREENLIGHT_DATA_DIR", text(self.path("data"))),
            ("GREENLIGHT_LANG", "en".to_owned()),
            ("GREENLIGHT_POWERSHELL", String::new()),
            ("NO_COLOR", "1".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The folders of all runs.
    fn runs(&self) -> Vec<PathBuf> {
        fs::read_dir(self.path("data"))
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default()
    }

    #[track_caller]
    fn nothing_is_written(&self) {
        assert_eq!(self.runs(), Vec::<PathBuf>::new());
    }

    /// A program of that shell script.
    fn program(&self, script: &str) -> String {
        let path = self.path("program");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    }
}

#[test]
fn a_checklist_that_is_not_there_is_told_with_the_nearest_one() {
    let bare = Bare::new();
    for arguments in [
        &["check", "lync-online-to-lync-2012", "--rehearse"][..],
        &["show", "lync-online-to-lync-2012"],
        &["run", "lync-online-to-lync-2012", "--rehearse"],
        &["lync-online-to-lync-2012", "--plain", "--rehearse"],
    ] {
        bare.run(arguments)
            .refused(2, &["lync-online-to-lync-2012", "Did you mean “lync-online-to-lync-2013”?"]);
    }
    bare.run(&["check", "nowhere.toml"])
        .refused(2, &["no checklist and no file “nowhere.toml”", "built in: "]);
    bare.nothing_is_written();
}

#[test]
fn a_mistyped_subcommand_is_told_with_the_nearest_one() {
    let bare = Bare::new();
    for (arguments, near) in [
        (&["resum"][..], "resume"),
        (&["chek", "--rehearse"], "check"),
        (&["exprt", "20261123T021500Z-x"], "export"),
        (&["vrify", "x", "--head", "1-2"], "verify"),
    ] {
        bare.run(arguments).refused(2, &[&format!("Did you mean “{near}”?")]);
    }
    bare.nothing_is_written();
}

#[test]
fn mistakes_in_a_checklist_file_are_told_by_line_and_column() {
    let bare = Bare::new();
    let text = String::from_utf8(builtin::all()[0].bytes.to_vec()).unwrap();
    let bad = text.replacen("\nneeds = ", "\nneds = ", 1);
    let line = bad.lines().position(|line| line.starts_with("neds")).unwrap() + 1;
    fs::write(bare.path("bad.toml"), bad).unwrap();
    let words =
        ["bad.toml", &format!("line {line}, column 1"), "unknown key \"neds\"", "did you mean \"needs\"?"];
    for arguments in [
        &["lint", "bad.toml"][..],
        &["check", "bad.toml", "--trust", "--rehearse"],
        &["run", "bad.toml", "--trust", "--rehearse"],
    ] {
        bare.run(arguments).refused(2, &words);
    }
    fs::write(bare.path("bad.toml"), [0xff, 0xfe, 0]).unwrap();
    bare.run(&["lint", "bad.toml"]).refused(2, &["bad.toml", "line 1"]);
    fs::create_dir(bare.path("folder.toml")).unwrap();
    bare.run(&["check", "folder.toml"]).refused(2, &["cannot read folder.toml", "Is a directory"]);
    bare.nothing_is_written();
}

#[test]
fn a_data_folder_that_cannot_be_one_is_named_with_its_reason() {
    let bare = Bare::new();
    fs::write(bare.path("file"), "mine").unwrap();
    for (folder, why) in
        [("file", ""), ("file/below", "Not a directory"), ("/proc/nonexistent/x", "No such file")]
    {
        for arguments in [&["check", "--rehearse"][..], &["run", "--plain", "--rehearse"]] {
            let said = bare.run(&[arguments, &["--data-dir", folder]].concat());
            said.refused(
                2,
                &["greenlight: cannot create ", folder, why, "name another folder with --data-dir"],
            );
            assert_eq!(said.out, "", "nothing is said to have happened");
        }
    }
    for arguments in [&["runs"][..], &["resume", "--plain"]] {
        bare.run(&[arguments, &["--data-dir", "file"]].concat())
            .refused(2, &["cannot read file", "Not a directory", "name another folder with --data-dir"]);
    }
    assert_eq!(fs::read_to_string(bare.path("file")).unwrap(), "mine");
}

#[test]
fn the_wizard_asks_for_a_terminal_and_says_what_goes_without_one() {
    let bare = Bare::new();
    for arguments in [&["run", "--rehearse"][..], &[], &["--rehearse"], &["resume"]] {
        let said = bare.run(arguments);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{said:?}");
    }
    bare.run(&["run", "--rehearse"]).refused(2, &["needs a terminal", "--plain", "greenlight check"]);
    bare.nothing_is_written();
}

#[test]
fn inputs_that_do_not_fit_are_refused_before_anything_begins() {
    let bare = Bare::new();
    for (input, words) in [
        ("target_pol=x", &["no input “target_pol”", "target_pool"][..]),
        ("target_pool", &["not of the form ID=VALUE"]),
        ("=x", &["names no input"]),
        ("target_pool=not_a_name", &["Front End pool", "“not_a_name”", "pool01.contoso.com"]),
        ("pilot_users=a@contoso.com,nobody", &["“nobody”"]),
    ] {
        for subcommand in [&["check", "--rehearse"][..], &["run", "--plain", "--rehearse"]] {
            bare.run(&[subcommand, &["--input", input]].concat()).refused(2, words);
        }
    }
    bare.nothing_is_written();
}

#[test]
fn an_unknown_scenario_is_told_with_the_nearest_one() {
    let bare = Bare::new();
    for arguments in
        [&["check", "--rehearse=wrong-pasword"][..], &["run", "--plain", "--rehearse=wrong-pasword"]]
    {
        bare.run(arguments)
            .refused(2, &["“wrong-pasword”", "session-expires", "Did you mean “wrong-password”?"]);
    }
    bare.nothing_is_written();
}

#[test]
fn there_is_nothing_to_resume_before_something_began() {
    let bare = Bare::new();
    bare.run(&["resume", "--plain"]).refused(2, &["no unfinished run under", "data"]);
    for subcommand in ["resume", "export", "verify"] {
        bare.run(&[subcommand, "20260101T000000Z-x"])
            .refused(2, &["no run “20260101T000000Z-x”", "greenlight runs"]);
    }
    bare.nothing_is_written();
}

#[test]
fn a_powershell_that_is_none_is_told_by_its_name() {
    let bare = Bare::new();
    bare.run(&["check", "--powershell", "nowhere"])
        .refused(3, &["no program `nowhere`", "Install Windows PowerShell 3.0", "--rehearse"]);
    bare.nothing_is_written();
    let text = bare.path("text");
    fs::write(&text, "no program").unwrap();
    let text = text.display().to_string();
    bare.run(&["check", "--powershell", &text])
        .refused(3, &["PowerShell did not start", &text, "Permission denied"]);
}

#[test]
fn a_powershell_that_ends_at_once_is_told_with_its_last_words() {
    let bare = Bare::new();
    let program = bare.program("echo 'no licence' >&2; exit 7");
    let said = bare.run(&["check", "--powershell", &program, "--output", "json"]);
    said.refused(3, &["PowerShell did not start", &program, "7", "no licence"]);
    let printed: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(printed["gate"]["open"], false);
    let steps = printed["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["verdict"] == "not-run"), "{printed:#}");
    let folder = bare.runs().remove(0);
    assert_eq!(bare.run(&["verify", &folder.display().to_string()]).code, Some(0), "what was tried is kept");
}

#[test]
fn a_powershell_that_writes_garbage_is_told_and_shown_harmless() {
    let bare = Bare::new();
    let escape = "printf '\\033]0;owned\\007\\033[2J'";
    for (script, word) in [
        (format!("{escape}; head -c 100000 /dev/urandom; exit 0"), "ended"),
        (format!("while {escape}; do head -c 100000 /dev/urandom; done"), "does not speak"),
    ] {
        let program = bare.program(&script);
        let said = bare.run(&["check", "--powershell", &program]);
        said.refused(3, &["PowerShell did not start", &program, word]);
        assert!(!said.err.contains('\u{1b}') && !said.out.contains('\u{1b}'), "{said:?}");
        assert!(said.err.len() < 10_000, "{} bytes of garbage", said.err.len());
    }
}

/// A wizard on a PowerShell of that script, which may take only a moment to become ready.
fn impatient(bare: &Bare, script: &str) -> Wizard {
    let path = bare.path("data/run");
    fs::create_dir_all(&path).unwrap();
    let who = Who { user: "ana".into(), host: "SRV01".into(), ..Who::default() };
    let bytes = builtin::all()[0].bytes;
    let journal = Journal::create(Folder::at(path), bytes, Holder::this_process(who.clone(), 0)).unwrap();
    let program = Program { path: bare.program(script).into() };
    let shell = PowerShell::new(program).patience(Duration::from_millis(300));
    let checklist = greenlight::checklist::read(bytes).unwrap();
    Wizard::begin(journal, checklist.into(), Mode::Live, who, Box::new(shell)).unwrap()
}

#[tokio::test]
async fn a_powershell_that_never_answers_is_given_up_and_ended() {
    let bare = Bare::new();
    let mark = bare.path("pid");
    let mut wizard = impatient(&bare, &format!("echo $$ > {}; exec sleep 1000", mark.display()));
    wizard.command(Do::OpenShell).unwrap();
    while *wizard.run().shell() != ShellState::Absent {
        wizard.next().await.unwrap();
    }
    let Some(ShellEnd::NeverCame { detail }) = wizard.last_shell_end() else {
        panic!("{:?}", wizard.last_shell_end())
    };
    assert!(detail.contains("program"), "which one: {detail}");
    let pid = fs::read_to_string(mark).unwrap();
    let state = || fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    let start = std::time::Instant::now();
    while state().is_ok_and(|state| !state.contains(") Z ")) {
        assert!(start.elapsed() < Duration::from_secs(20), "it is still there");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A rehearsal that waits at its menu.
fn open_rehearsal(bare: &Bare) -> (Dialogue, String) {
    let mut run = Dialogue::start(&mut bare.command(&["run", "--plain", "--rehearse"]));
    run.wait_for("Next (Enter): 1. ");
    let id = bare.runs().remove(0).file_name().unwrap().to_str().unwrap().to_owned();
    (run, id)
}

#[test]
fn a_run_that_is_held_is_refused_with_who_where_and_since_when_and_can_be_read() {
    let bare = Bare::new();
    let (mut run, id) = open_rehearsal(&bare);
    let held = bare.run(&["resume", &id, "--plain"]);
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let process = format!("process {}", run.id());
    let watch = format!("`greenlight watch {id}`");
    held.refused(4, &["open in another greenlight", &process, host.trim(), ", since 2", " UTC", &watch]);
    bare.run(&["resume", "--plain"]).refused(4, &[&watch]);
    for arguments in [&["verify", &id][..], &["export", &id], &["runs"]] {
        let said = bare.run(arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    run.say(&["", "q"]);
    let (status, text) = run.end();
    assert!(text.contains(&format!("not finished: `greenlight resume {id}` goes on")), "{text}");
    assert_eq!(status.code(), Some(1), "the holder is not disturbed: {text}");
    assert!(text.contains("green: PowerShell is version 3.0 or later"), "{text}");
    let mut again = Dialogue::start(&mut bare.command(&["resume", &id, "--plain"]));
    again.say(&["q"]);
    assert_eq!(again.end().0.code(), Some(1), "it is free at once");
}

#[test]
fn a_damaged_journal_is_read_only_and_its_record_is_named() {
    let bare = Bare::new();
    let (mut run, id) = open_rehearsal(&bare);
    run.say(&["", "", "q"]);
    run.end();
    let journal = bare.path("data").join(&id).join("journal.jsonl");
    let good = fs::read_to_string(&journal).unwrap();
    let changed = good.replacen("PSVersion", "PSVersiom", 1);
    let record = changed.lines().position(|line| line.contains("PSVersiom")).unwrap().to_string();
    fs::write(&journal, &changed).unwrap();
    bare.run(&["resume", &id, "--plain"]).refused(5, &["damaged at record", &record, "can only be read"]);
    bare.run(&["verify", &id]).refused(5, &[&record]);
    let export = bare.run(&["export", &id]);
    export.refused(5, &["record", &record]);
    assert!(export.out.contains("# Before migrating users"), "what stands before it is exported");
    assert!(bare.run(&["runs"]).out.contains("damaged"));
    assert_eq!(fs::read_to_string(&journal).unwrap(), changed, "nothing is changed");
}

#[test]
fn a_terminal_that_is_too_small_says_so_and_recovers() {
    if !Terminal::is_there("a_terminal_that_is_too_small_says_so_and_recovers") {
        return;
    }
    let bare = Bare::new();
    let program = Path::new(env!("CARGO_BIN_EXE_greenlight")).display().to_string();
    let terminal = Terminal::start((20, 5), &program, &["run", "--rehearse"], &bare.environment());
    terminal.wait_for("60");
    terminal.resize(80, 24);
    let screen = terminal.wait_for("Before migrating users");
    assert!(screen.contains("REHEARSAL"), "{screen}");
    terminal.resize(20, 5);
    let screen = terminal
        .wait_until("the small one again", |screen| screen.lines().count() <= 5 && screen.contains("60"));
    assert!(!screen.contains("Before migrating"), "{screen}");
    terminal.press(&["q"]);
    terminal.resize(100, 24);
    let screen = terminal.wait_for("exit code 1");
    assert!(screen.contains("greenlight resume 2"), "{screen}");
}
