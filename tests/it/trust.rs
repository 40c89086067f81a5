//! Trust in a checklist file that is not built in: shown, asked, remembered by content, never assumed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use greenlight::facade::checklist::{Sha, builtin};

use crate::harness::system::{Needs, On, System};
use crate::harness::terminal::Terminal;
use crate::harness::world::World;

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

/// What the operator is given to run, for the end of it.
const HANDOFF: &str = r#"
[[input]]
id = "pool"
kind = "text"
ask = { en = "Pool", es = "Grupo", fr = "Pool" }
[handoff]
title = { en = "Start it", es = "Empezar", fr = "Commencer" }
say = { en = "Run it.", es = "Ejecute.", fr = "Exécutez." }
confirm = "START"
file = "go.ps1"
script = 'Remove-Everything "$pool"'
"#;

struct Place<'a>(&'a World);

impl<'a> Place<'a> {
    fn new(world: &'a World) -> Self {
        let place = Self(world);
        place.write(CHECKLIST);
        place
    }

    fn write(&self, content: &str) {
        fs::write(self.0.path("own.toml"), content).unwrap();
    }

    fn file(&self) -> String {
        self.0.written("own.toml")
    }

    fn runs(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.0.data()).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
    }

    /// Without a terminal.
    fn alone(&self, arguments: &[&str]) -> Output {
        self.0.greenlight(arguments).output().unwrap()
    }

    fn at_terminal(&self, arguments: &[&str]) -> Terminal {
        Terminal::start((100, 40), env!("CARGO_BIN_EXE_greenlight"), arguments, &self.0.environment())
    }
}

on_both!(without_a_terminal_a_file_is_refused_and_nothing_begins_unless_it_is_trusted_in_so_many_words without PowerShell);
fn without_a_terminal_a_file_is_refused_and_nothing_begins_unless_it_is_trusted_in_so_many_words(
    world: &World,
) {
    let place = Place::new(world);
    let file = place.file();
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
    // It is a yes as any other: it is remembered for this content, and for no other.
    assert_ne!(place.alone(&["check", "--rehearse", "default", &file]).status.code(), Some(2));
    place.write(&format!("{CHECKLIST}\n"));
    assert_eq!(place.alone(&["check", "--rehearse", "default", &file]).status.code(), Some(2));
    // What is built in is ours; and to look at a file needs no trust.
    assert_ne!(place.alone(&["check", "--rehearse"]).status.code(), Some(2));
    assert_eq!(place.alone(&["show", &file]).status.code(), Some(0));
}

fn assert_all_is_shown(screen: &str) {
    for shown in [
        "1. It is shared",
        "  | Get-CsTenant",
        "  | Remove-Secret # second line",
        "a check",
        "! the check runs Remove-Secret, which may change something",
        "changes: session 0, computer 0, forest 0, tenant 1 · checks: 1 · warnings: 2",
        "Set-CsTenant -Everything $True",
        "the online tenant",
        "    … 3000 empty lines",
        "Start it",
        "  | Remove-Everything \"$pool\"",
        "not run: written for you to run, as go.ps1",
        "! [handoff]: the input $pool is pasted into a text",
        "sha256 ",
    ] {
        assert!(screen.contains(shown), "{shown} on:\n{screen}");
    }
    let wrapped = screen.lines().find(|line| line.contains("Last-Word")).unwrap();
    assert!(wrapped.starts_with("  | "), "a long line cannot pass for one of ours: {screen}");
}

on_native!(at_a_terminal_all_commands_and_what_they_change_are_shown_and_a_yes_is_remembered_by_content without PowerShell);
fn at_a_terminal_all_commands_and_what_they_change_are_shown_and_a_yes_is_remembered_by_content(
    world: &World,
) {
    if !Terminal::is_there(
        "at_a_terminal_all_commands_and_what_they_change_are_shown_and_a_yes_is_remembered_by_content",
    ) {
        return;
    }
    let place = Place::new(world);
    let file = place.file();
    let arguments = ["check", "--rehearse", "default", &file];
    let pushed_out = format!("second line{}Last-Word", " ".repeat(150));
    let checklist = CHECKLIST
        .replace("Get-Secret", "Remove-Secret")
        .replace("second line", &pushed_out)
        .replace("Get-CsTenant\n", &format!("Get-CsTenant\n\n{}", "\n".repeat(2999)));
    place.write(&format!("{checklist}{HANDOFF}"));

    let terminal = place.at_terminal(&arguments);
    let screen = terminal.wait_for("[y/N]");
    assert_all_is_shown(&screen);
    assert!(place.runs().is_empty() && !screen.contains("longer than the window"), "{screen}");
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
    fs::rename(world.path("own.toml"), world.path("renamed.toml")).unwrap();
    let output = place.alone(&["check", "--rehearse", "default", "renamed.toml"]);
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));

    // One byte more is another content; what does not fit into the window is said to go on above it.
    place.write(&format!("{CHECKLIST}\n"));
    assert_eq!(place.alone(&arguments).status.code(), Some(2));
    let terminal =
        Terminal::start((100, 12), env!("CARGO_BIN_EXE_greenlight"), &arguments, &world.environment());
    let screen = terminal.wait_for("[y/N]").replace('\n', "");
    assert!(screen.contains("longer than the window") && screen.contains("greenlight show /"), "{screen}");
}

on_both!(a_run_that_was_begun_is_resumed_with_its_own_checklist_without_another_question without PowerShell);
fn a_run_that_was_begun_is_resumed_with_its_own_checklist_without_another_question(world: &World) {
    let place = Place::new(world);
    let file = place.file();
    place.alone(&["check", "--rehearse", "default", "--trust", &file]);
    fs::remove_file(world.path("own.toml")).unwrap();
    let output = place.alone(&["resume", "--plain", &world.run_written()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("It is shared"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_ne!(output.status.code(), Some(2));
}

on_both!(a_checklist_that_was_exchanged_in_a_runs_folder_is_not_run without PowerShell);
fn a_checklist_that_was_exchanged_in_a_runs_folder_is_not_run(world: &World) {
    let place = Place::new(world);
    let file = place.file();
    place.alone(&["check", "--rehearse", "default", "--trust", &file]);
    let run = place.runs().pop().unwrap();
    fs::write(run.join("checklist.toml"), CHECKLIST.replace("Get-CsTenant\n", "Remove-CsTenant\n")).unwrap();
    let output = place.alone(&["resume", "--plain", &world.run_written()]);
    assert_eq!(output.status.code(), Some(5), "{}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("checklist.toml"), "{said}");
}

/// The run with other commands in it, and all digests made anew: its journal is whole, as far as it can tell.
fn forge(run: &Path) {
    let kept = fs::read_to_string(run.join("checklist.toml")).unwrap();
    let other = kept.replace("Get-CsTenant\n", "Remove-CsTenant\n");
    assert_ne!(kept, other);
    let digest = |text: &str| Sha::of(text.as_bytes()).to_string();
    let mut previous = "0".repeat(64);
    let mut journal: Vec<String> = Vec::new();
    for line in fs::read_to_string(run.join("journal.jsonl")).unwrap().lines() {
        let (body, _) = line.rsplit_once(",\"hash\":").unwrap();
        let (head, rest) = body.split_once("\"prev\":\"").unwrap();
        let rest = rest.get(64..).unwrap().replace(&digest(&kept), &digest(&other));
        let body = format!("{head}\"prev\":\"{previous}{rest}");
        previous = digest(&body);
        journal.push(format!("{body},\"hash\":\"{previous}\"}}\n"));
    }
    fs::write(run.join("checklist.toml"), other).unwrap();
    fs::write(run.join("journal.jsonl"), journal.concat()).unwrap();
}

on_native!(a_run_whose_checklist_this_person_never_accepted_is_not_resumed_without_a_question without PowerShell);
fn a_run_whose_checklist_this_person_never_accepted_is_not_resumed_without_a_question(world: &World) {
    let place = Place::new(world);
    let file = place.file();
    place.alone(&["check", "--rehearse", "default", "--trust", &file]);
    let run = place.runs().pop().unwrap();
    let folder = run.to_str().unwrap();
    let refused = |output: &Output| {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("checklist.toml is not built in") && said.contains("--trust"), "{said}");
    };
    // Somebody else's run, in a folder that both can read.
    let other = World::of(System::new(On::Native, Needs::Nothing).unwrap());
    let other = Place::new(&other);
    refused(&other.alone(&["resume", "--plain", folder]));
    refused(&other.alone(&["resume", "--plain", "--data-dir", &world.written("data")]));
    // One's own, but with other commands.
    forge(&run);
    let before = fs::read(run.join("journal.jsonl")).unwrap();
    refused(&place.alone(&["resume", "--plain", folder]));
    assert_eq!(fs::read(run.join("journal.jsonl")).unwrap(), before, "nothing is recorded either");
    let output = place.alone(&["resume", "--plain", "--trust", folder]);
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_ne!(place.alone(&["resume", "--plain", folder]).status.code(), Some(2), "that was remembered");
}

on_both!(an_earlier_built_in_checklist_is_asked_about_and_says_so without PowerShell);
fn an_earlier_built_in_checklist_is_asked_about_and_says_so(world: &World) {
    let place = Place::new(world);
    let text = String::from_utf8(builtin::all().first().unwrap().bytes.to_vec()).unwrap();
    place.write(&format!("{text}# earlier\n"));
    let output = place.alone(&["check", "--rehearse", "default", &place.file()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("is built into this greenlight with another content"), "{said}");
    // A copy of what is built in is as good as that.
    place.write(&text);
    let output = place.alone(&["check", "--rehearse", "default", &place.file()]);
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
}

on_native!(the_first_screen_asks_before_it_resumes_too without PowerShell);
fn the_first_screen_asks_before_it_resumes_too(world: &World) {
    if !Terminal::is_there("the_first_screen_asks_before_it_resumes_too") {
        return;
    }
    let place = Place::new(world);
    let file = place.file();
    place.alone(&["check", "--rehearse", "default", "--trust", &file]);
    forge(&place.runs().pop().unwrap());
    let mut environment = world.environment();
    // Any program: it is not started before the question.
    environment.push(("GREENLIGHT_POWERSHELL".to_owned(), env!("CARGO_BIN_EXE_greenlight").to_owned()));
    let terminal = Terminal::start((100, 40), env!("CARGO_BIN_EXE_greenlight"), &[], &environment);
    terminal.wait_for("own");
    terminal.press(&["Enter"]);
    let screen = terminal.wait_for("[y/N]");
    assert!(screen.contains("  | Remove-CsTenant"), "{screen}");
    terminal.type_text("y");
    terminal.press(&["Enter"]);
    terminal.wait_for("Start PowerShell and begin");
}
