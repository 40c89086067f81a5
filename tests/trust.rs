//! Trust in a checklist file that is not built in: shown, asked, remembered by content, never assumed.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that panics fails, and that is what it is for"
)]

#[path = "support/terminal.rs"]
#[expect(dead_code, reason = "this file does not need all of it")]
mod terminal;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;
use terminal::Terminal;

const CHECKLIST: &str = r#"
format = 1
id = "own"
version = "1.0.0"
title = { en = "Own", es = "Propia", fr = "Propre" }
[[step]]
id = "shared"
title = { en = "It is shared", es = "Se comparte", fr = "Partagé" }
why = { en = "Because.", es = "Porque sí.", fr = "Parce que." }
[step.check]
command = '''
Get-CsTenant
Get-Secret # second line'''
expect = [{ rows = "any" }]
[step.apply]
command = "Set-CsTenant -Everything $True"
changes = "tenant"
"#;

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        place.write(CHECKLIST);
        place
    }

    fn write(&self, content: &str) {
        fs::write(self.file(), content).unwrap();
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("own.toml")
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn runs(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.data()).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
    }

    fn environment(&self) -> Vec<(String, String)> {
        let text = |path: PathBuf| path.display().to_string();
        [
            ("GREENLIGHT_DATA_DIR", text(self.data())),
            ("GREENLIGHT_LANG", "en".to_owned()),
            ("HOME", text(self.0.path().to_owned())),
            ("XDG_CONFIG_HOME", text(self.0.path().join("config"))),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    /// Without a terminal.
    fn alone(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
        command.args(arguments).envs(self.environment()).stdin(std::process::Stdio::null()).output().unwrap()
    }

    fn at_terminal(&self, arguments: &[&str]) -> Terminal {
        Terminal::start((100, 40), env!("CARGO_BIN_EXE_greenlight"), arguments, &self.environment())
    }
}

#[test]
fn without_a_terminal_a_file_is_refused_and_nothing_begins_unless_it_is_trusted_in_so_many_words() {
    let place = Place::new();
    let file = place.file().display().to_string();
    for arguments in [
        vec!["check", "--rehearse", "default", &file],
        vec!["run", "--plain", "--rehearse", "default", &file],
    ] {
        let output = place.alone(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("--trust") && said.contains("greenlight show"), "{said}");
        assert!(output.stdout.is_empty());
        assert!(place.runs().is_empty(), "no run was begun");
    }
    let output = place.alone(&["check", "--rehearse", "default", "--trust", &file]);
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(place.runs().len(), 1);
    // The flag speaks for one start only.
    assert_eq!(place.alone(&["check", "--rehearse", "default", &file]).status.code(), Some(2));
    // What is built in is ours; and to look at a file needs no trust.
    assert_ne!(place.alone(&["check", "--rehearse"]).status.code(), Some(2));
    assert_eq!(place.alone(&["show", &file]).status.code(), Some(0));
}

#[test]
fn at_a_terminal_all_commands_and_what_they_change_are_shown_and_a_yes_is_remembered_by_content() {
    if !Terminal::is_there(
        "at_a_terminal_all_commands_and_what_they_change_are_shown_and_a_yes_is_remembered_by_content",
    ) {
        return;
    }
    let place = Place::new();
    let file = place.file().display().to_string();
    let arguments = ["check", "--rehearse", "default", &file];

    let terminal = place.at_terminal(&arguments);
    let screen = terminal.wait_for("[y/N]");
    for shown in [
        "Get-CsTenant",
        "Get-Secret # second line",
        "a check",
        "Set-CsTenant -Everything $True",
        "the online tenant",
        "sha256 ",
    ] {
        assert!(screen.contains(shown), "{shown} on:\n{screen}");
    }
    assert!(place.runs().is_empty());
    // Enter is no.
    terminal.press(&["Enter"]);
    let screen = terminal.wait_for("exit code 2");
    assert!(screen.contains("nothing was run"), "{screen}");
    assert!(place.runs().is_empty());

    let terminal = place.at_terminal(&arguments);
    terminal.wait_for("[y/N]");
    terminal.type_text("y");
    terminal.press(&["Enter"]);
    terminal.wait_for("run folder:");
    assert_eq!(place.runs().len(), 1);

    // The same content under another name is the same content, also where nobody can be asked.
    let other = place.0.path().join("renamed.toml");
    fs::copy(place.file(), &other).unwrap();
    let output = place.alone(&["check", "--rehearse", "default", other.to_str().unwrap()]);
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));

    // One byte more is another content.
    place.write(&format!("{CHECKLIST}\n"));
    assert_eq!(place.alone(&arguments).status.code(), Some(2));
    let terminal = place.at_terminal(&arguments);
    terminal.wait_for("[y/N]");
}

#[test]
fn a_run_that_was_begun_is_resumed_with_its_own_checklist_without_another_question() {
    let place = Place::new();
    let file = place.file().display().to_string();
    place.alone(&["check", "--rehearse", "default", "--trust", &file]);
    fs::remove_file(place.file()).unwrap();
    let run = place.runs().pop().unwrap();
    let output = place.alone(&["resume", "--plain", run.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("It is shared"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_ne!(output.status.code(), Some(2));
}

#[test]
fn a_checklist_that_was_exchanged_in_a_runs_folder_is_not_run() {
    let place = Place::new();
    let file = place.file().display().to_string();
    place.alone(&["check", "--rehearse", "default", "--trust", &file]);
    let run = place.runs().pop().unwrap();
    fs::write(run.join("checklist.toml"), CHECKLIST.replace("Get-CsTenant\n", "Remove-CsTenant\n")).unwrap();
    let output = place.alone(&["resume", "--plain", run.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(5), "{}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("checklist.toml"), "{said}");
}
