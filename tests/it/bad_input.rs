//! Bad input, each with its clear message and its exit code, and nothing half-written behind it: the real program.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use greenlight::facade::checklist::builtin;
use greenlight::facade::journal::{Folder, Holder, Journal};
use greenlight::facade::run::{Command as Do, Mode, ShellEnd, ShellState, Who};
use greenlight::facade::shell::{PowerShell, Program};
use greenlight::facade::wizard::Wizard;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::processes::is_alive;
use crate::harness::programs::script_at;
use crate::harness::system::{Needs, On, System};
use crate::harness::terminal::Terminal;
use crate::harness::world::World;

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

/// A computer with nothing on it.
trait Bare {
    fn said(&self, arguments: &[&str]) -> Said;
    fn runs(&self) -> Vec<PathBuf>;
    fn nothing_is_written(&self);
    fn either<'a>(&self, native: &'a str, windows: &'a str) -> &'a str;
    fn program(&self, native: &str, windows: &str) -> String;
}

impl Bare for World {
    fn said(&self, arguments: &[&str]) -> Said {
        let output = self.greenlight(arguments).env("GREENLIGHT_POWERSHELL", "").output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The folders of all runs.
    fn runs(&self) -> Vec<PathBuf> {
        fs::read_dir(self.data())
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default()
    }

    #[track_caller]
    fn nothing_is_written(&self) {
        assert_eq!(self.runs(), Vec::<PathBuf>::new());
    }

    /// What the system itself says is in its own words.
    fn either<'a>(&self, native: &'a str, windows: &'a str) -> &'a str {
        match self.system {
            System::Native(_) => native,
            System::Windows(_) => windows,
        }
    }

    /// A program of that script, for `sh` or for `cmd`.
    fn program(&self, native: &str, windows: &str) -> String {
        if let System::Windows(_) = self.system {
            fs::write(self.path("program.cmd"), windows.replace('\n', "\r\n")).unwrap();
            return self.written("program.cmd");
        }
        script_at(&self.path(""), "program", native).display().to_string()
    }
}

on_native!(a_checklist_that_is_not_there_is_told_with_the_nearest_one without PowerShell);
fn a_checklist_that_is_not_there_is_told_with_the_nearest_one(bare: &World) {
    for arguments in [
        &["check", "lync-online-to-lync-2012", "--rehearse"][..],
        &["show", "lync-online-to-lync-2012"],
        &["run", "lync-online-to-lync-2012", "--rehearse"],
        &["lync-online-to-lync-2012", "--plain", "--rehearse"],
    ] {
        bare.said(arguments)
            .refused(2, &["lync-online-to-lync-2012", "Did you mean “lync-online-to-lync-2013”?"]);
    }
    bare.said(&["check", "nowhere.toml"])
        .refused(2, &["no checklist and no file “nowhere.toml”", "built in: "]);
    bare.nothing_is_written();
}

on_native!(a_mistyped_subcommand_is_told_with_the_nearest_one without PowerShell);
fn a_mistyped_subcommand_is_told_with_the_nearest_one(bare: &World) {
    for (arguments, near) in [
        (&["resum"][..], "resume"),
        (&["chek", "--rehearse"], "check"),
        (&["exprt", "20261123T021500Z-x"], "export"),
        (&["vrify", "x", "--head", "1-2"], "verify"),
        (&["opne", "20261123T021500Z-x"], "open"),
    ] {
        bare.said(arguments).refused(2, &[&format!("Did you mean “{near}”?")]);
    }
    bare.nothing_is_written();
}

on_both!(mistakes_in_a_checklist_file_are_told_by_line_and_column without PowerShell);
fn mistakes_in_a_checklist_file_are_told_by_line_and_column(bare: &World) {
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
        bare.said(arguments).refused(2, &words);
    }
    fs::write(bare.path("bad.toml"), [0xff, 0xfe, 0]).unwrap();
    bare.said(&["lint", "bad.toml"]).refused(2, &["bad.toml", "line 1"]);
    fs::create_dir(bare.path("folder.toml")).unwrap();
    bare.said(&["check", "folder.toml"])
        .refused(2, &["cannot read folder.toml", bare.either("Is a directory", "Access")]);
    bare.nothing_is_written();
}

on_both!(a_data_folder_that_cannot_be_one_is_named_with_its_reason without PowerShell);
fn a_data_folder_that_cannot_be_one_is_named_with_its_reason(bare: &World) {
    fs::write(bare.path("file"), "mine").unwrap();
    for (folder, why) in [
        ("file", ""),
        ("file/below", bare.either("Not a directory", "os error 183")),
        (bare.either("/proc/nonexistent/x", r"Q:\nonexistent\x"), bare.either("No such file", "os error 2")),
    ] {
        for arguments in [
            &["check", SEVENTEEN, "--trust", REHEARSE][..],
            &["run", SEVENTEEN, "--trust", "--plain", REHEARSE],
        ] {
            let said = bare.said(&[arguments, &["--data-dir", folder]].concat());
            said.refused(
                2,
                &["greenlight: cannot create ", folder, why, "name another folder with --data-dir"],
            );
            assert_eq!(said.out, "", "nothing is said to have happened");
        }
    }
    for arguments in [&["runs"][..], &["resume", "--plain"]] {
        bare.said(&[arguments, &["--data-dir", "file"]].concat()).refused(
            2,
            &[
                "cannot read file",
                bare.either("Not a directory", "os error"),
                "name another folder with --data-dir",
            ],
        );
    }
    assert_eq!(fs::read_to_string(bare.path("file")).unwrap(), "mine");
}

on_both!(the_wizard_asks_for_a_terminal_and_says_what_goes_without_one without PowerShell);
fn the_wizard_asks_for_a_terminal_and_says_what_goes_without_one(bare: &World) {
    for arguments in [&["run", "--rehearse"][..], &[], &["--rehearse"], &["resume"]] {
        let said = bare.said(arguments);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{said:?}");
    }
    bare.said(&["run", "--rehearse"]).refused(2, &["needs a terminal", "--plain", "greenlight check"]);
    bare.nothing_is_written();
}

on_native!(inputs_that_do_not_fit_are_refused_before_anything_begins without PowerShell);
fn inputs_that_do_not_fit_are_refused_before_anything_begins(bare: &World) {
    for (input, words) in [
        ("target_pol=x", &["no input “target_pol”", "target_pool"][..]),
        ("target_pool", &["not of the form ID=VALUE"]),
        ("=x", &["names no input"]),
        ("target_pool=not_a_name", &["Front End pool", "“not_a_name”", "pool01.contoso.com"]),
        ("pilot_users=a@contoso.com,nobody", &["“nobody”"]),
    ] {
        for subcommand in [
            &["check", SEVENTEEN, "--trust", REHEARSE][..],
            &["run", SEVENTEEN, "--trust", "--plain", REHEARSE],
        ] {
            bare.said(&[subcommand, &["--input", input]].concat()).refused(2, words);
        }
    }
    bare.nothing_is_written();
}

on_native!(an_unknown_scenario_is_told_with_the_nearest_one without PowerShell);
fn an_unknown_scenario_is_told_with_the_nearest_one(bare: &World) {
    for arguments in
        [&["check", "--rehearse=wrong-pasword"][..], &["run", "--plain", "--rehearse=wrong-pasword"]]
    {
        bare.said(arguments)
            .refused(2, &["“wrong-pasword”", "session-expires", "Did you mean “wrong-password”?"]);
    }
    bare.nothing_is_written();
}

on_both!(there_is_nothing_to_resume_before_something_began without PowerShell);
fn there_is_nothing_to_resume_before_something_began(bare: &World) {
    bare.said(&["resume", "--plain"]).refused(2, &["no unfinished run under", "data"]);
    for subcommand in ["resume", "export", "verify", "open", "watch"] {
        bare.said(&[subcommand, "20260101T000000Z-x"])
            .refused(2, &["no run “20260101T000000Z-x”", "greenlight runs"]);
    }
    bare.nothing_is_written();
}

on_both!(a_powershell_that_is_none_is_told_by_its_name without PowerShell);
fn a_powershell_that_is_none_is_told_by_its_name(bare: &World) {
    bare.said(&["check", "--powershell", "nowhere"])
        .refused(3, &["no program `nowhere`", "Install Windows PowerShell 3.0", "--rehearse"]);
    bare.nothing_is_written();
    fs::write(bare.path("text"), "no program").unwrap();
    let text = bare.written("text");
    bare.said(&["check", "--powershell", &text])
        .refused(3, &["PowerShell did not start", &text, bare.either("Permission denied", "os error 193")]);
}

on_both!(a_powershell_that_ends_at_once_is_told_with_its_last_words without PowerShell);
fn a_powershell_that_ends_at_once_is_told_with_its_last_words(bare: &World) {
    let program = bare.program("echo 'no licence' >&2; exit 7", "@echo no licence>&2\n@exit 7\n");
    let said = bare.said(&["check", "--powershell", &program, "--output", "json"]);
    said.refused(3, &["PowerShell did not start", &program, "7", "no licence"]);
    let printed: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(printed["gate"]["open"], false);
    let steps = printed["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["verdict"] == "not-run"), "{printed:#}");
    assert_eq!(bare.said(&["verify", &bare.run_written()]).code, Some(0), "what was tried is kept");
}

on_both!(a_powershell_that_writes_garbage_is_told_and_shown_harmless without PowerShell);
fn a_powershell_that_writes_garbage_is_told_and_shown_harmless(bare: &World) {
    let mut garbage = b"\x1b]0;owned\x07\x1b[2J".to_vec();
    garbage.extend((0..100_000).map(|_| rand::random::<u8>()));
    fs::write(bare.path("garbage"), garbage).unwrap();
    let cat = format!("cat '{}'", bare.path("garbage").display());
    let show = "@type garbage";
    for (native, windows, word) in [
        (format!("{cat}; exit 0"), format!("{show}\n@exit 0\n"), "ended"),
        (format!("while {cat}; do :; done"), format!(":again\n{show}\n@goto again\n"), "does not speak"),
    ] {
        let program = bare.program(&native, &windows);
        let said = bare.said(&["check", "--powershell", &program]);
        said.refused(3, &["PowerShell did not start", &program, word]);
        assert!(!said.err.contains('\u{1b}') && !said.out.contains('\u{1b}'), "{said:?}");
        assert!(said.err.len() < 10_000, "{} bytes of garbage", said.err.len());
    }
}

/// This computer.
fn bare() -> World {
    World::of(System::new(On::Native, Needs::Nothing).unwrap())
}

/// A wizard on a PowerShell of that script, which may take only a moment to become ready.
fn impatient(bare: &World, script: &str) -> Wizard {
    let path = bare.path("data/run");
    fs::create_dir_all(&path).unwrap();
    let who = Who { user: "ana".into(), host: "SRV01".into(), ..Who::default() };
    let bytes = builtin::all()[0].bytes;
    let journal = Journal::create(Folder::at(path), bytes, Holder::this_process(who.clone(), 0)).unwrap();
    let program = Program { path: bare.program(script, "").into() };
    // Long enough for the script to begin.
    let shell = PowerShell::new(program).patience(Duration::from_secs(2));
    let checklist = greenlight::facade::checklist::read(bytes).unwrap();
    Wizard::begin(journal, checklist.into(), Mode::Live, who, Box::new(shell)).unwrap()
}

#[tokio::test]
async fn a_powershell_that_never_answers_is_given_up_and_ended() {
    let bare = bare();
    let mark = bare.path("pid");
    let mut wizard = impatient(&bare, &format!("echo $$ > {}; exec sleep 1000", mark.display()));
    wizard.command(Do::OpenShell).unwrap();
    while *wizard.run().shell() != ShellState::Absent {
        wizard.next().await.unwrap();
    }
    let Some(ShellEnd::StartFailed { detail }) = wizard.last_shell_end() else {
        panic!("{:?}", wizard.last_shell_end())
    };
    assert!(detail.contains("program"), "which one: {detail}");
    let pid: i64 = fs::read_to_string(mark).unwrap().trim().parse().unwrap();
    let ended = async {
        while is_alive(pid) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), ended).await.expect("it ends");
}

/// A rehearsal that waits at its menu.
fn open_rehearsal(bare: &World) -> (Dialogue, String) {
    let mut run = Dialogue::start(&mut bare.greenlight(&["run", SEVENTEEN, "--trust", "--plain", REHEARSE]));
    run.wait_for("Next (Enter): 1. ");
    (run, bare.run_id())
}

on_both!(a_run_that_is_held_is_refused_with_who_where_and_since_when_and_can_be_read without PowerShell);
fn a_run_that_is_held_is_refused_with_who_where_and_since_when_and_can_be_read(bare: &World) {
    let (mut run, id) = open_rehearsal(bare);
    let held = bare.said(&["resume", &id, "--plain"]);
    let watch = format!("`greenlight watch {id}`");
    held.refused(4, &["open in another greenlight", &bare.holder(), ", since 2", " UTC", &watch]);
    // Windows knows it by fifteen characters, in capitals.
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap().to_lowercase();
    let host: String = host.trim().chars().take(15).collect();
    assert!(held.err.to_lowercase().contains(&host), "{host}: {held:?}");
    bare.said(&["resume", "--plain"]).refused(4, &[&watch]);
    for arguments in [&["verify", &id][..], &["export", &id], &["runs"]] {
        let said = bare.said(arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    run.say(&["", "q"]);
    let (status, text) = run.end();
    assert!(text.contains(&format!("not finished: `greenlight resume {id}` goes on")), "{text}");
    assert_eq!(status.code(), Some(1), "the holder is not disturbed: {text}");
    assert!(text.contains("green: PowerShell is version 3.0 or later"), "{text}");
    let mut again = Dialogue::start(&mut bare.greenlight(&["resume", &id, "--plain", REHEARSE]));
    again.say(&["q"]);
    assert_eq!(again.end().0.code(), Some(1), "it is free at once");
}

on_both!(a_damaged_journal_is_read_only_and_its_record_is_named without PowerShell);
fn a_damaged_journal_is_read_only_and_its_record_is_named(bare: &World) {
    let (mut run, id) = open_rehearsal(bare);
    run.say(&["", "", "q"]);
    run.end();
    let journal = bare.run_folder().join("journal.jsonl");
    let good = fs::read_to_string(&journal).unwrap();
    let changed = good.replacen("PSVersion", "PSVersiom", 1);
    let record = changed.lines().position(|line| line.contains("PSVersiom")).unwrap().to_string();
    fs::write(&journal, &changed).unwrap();
    bare.said(&["resume", &id, "--plain"]).refused(5, &["damaged at record", &record, "can only be read"]);
    bare.said(&["verify", &id]).refused(5, &[&record]);
    bare.said(&["open", &id]).refused(5, &["damaged at record", &record]);
    let export = bare.said(&["export", &id]);
    export.refused(5, &["record", &record]);
    assert!(export.out.contains("# Before migrating users"), "what stands before it is exported");
    assert!(bare.said(&["runs"]).out.contains("damaged"));
    assert_eq!(fs::read_to_string(&journal).unwrap(), changed, "nothing is changed");
}

on_native!(a_terminal_that_is_too_small_says_so_and_recovers without PowerShell);
fn a_terminal_that_is_too_small_says_so_and_recovers(bare: &World) {
    if !Terminal::is_there("a_terminal_that_is_too_small_says_so_and_recovers") {
        return;
    }
    let program = env!("CARGO_BIN_EXE_greenlight");
    let terminal =
        Terminal::start((20, 5), program, &["run", SEVENTEEN, "--trust", REHEARSE], &bare.environment());
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

on_both!(a_checklist_before_a_subcommand_is_a_usage_error_and_never_another_checklist without PowerShell);
fn a_checklist_before_a_subcommand_is_a_usage_error_and_never_another_checklist(world: &World) {
    let file = world.written("own.toml");
    fs::write(world.path("own.toml"), "format = 1").unwrap();
    for (arguments, said) in [
        (&[file.as_str(), "check"][..], format!("write: greenlight check {file}")),
        (&[&file, "run", "--plain"], format!("write: greenlight run {file}")),
        (&["/nonexistent.toml", "check", "--rehearse", "--output", "json"], "/nonexistent.toml".to_owned()),
        (&[&file, "show", "lync-online-to-lync-2013"], format!("write: greenlight show {file}")),
        (&["lync-online-to-lync-2013", "check", &file], "write: greenlight check".to_owned()),
        (&[&file, "runs"], "“runs” takes no checklist".to_owned()),
        (&[&file, "doctor"], "“doctor” takes no checklist".to_owned()),
        (&[&file, "open", "x"], "“open” takes no checklist".to_owned()),
        (&[&file, "config"], "“config” takes no checklist".to_owned()),
        (&[&file, "man"], "“man” takes no checklist".to_owned()),
        (&[&file, "completions", "bash"], "“completions” takes no checklist".to_owned()),
    ] {
        let output = world.run(arguments, "");
        let printed = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {printed}");
        assert!(printed.contains(&said), "{arguments:?}: {printed}");
        assert!(output.stdout.is_empty() && !world.data().exists(), "{arguments:?}");
    }
}
