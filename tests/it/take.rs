//! Taking results away: `--out`, JSON in ASCII, output that is lost, and the module path of a Windows PowerShell that is
//! started below PowerShell 7. On this system, and on Windows under wine where that is there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::system::System;
use crate::harness::world::World;

/// Nothing of it is in ASCII, and one character is none of the sixteen-bit ones.
const CHECKLIST: &str = r#"
format = 1
id = "taken"
version = "1"
title = "Ñandú 😀 €"
[[step]]
id = "path"
title = "Où l’on cherche"
why = "Parce que."
[step.check]
command = "$env:PSModulePath"
expect = [ { matches = "." } ]
"#;

/// A folder in which the program is used, by somebody who reads Spanish.
struct Taken<'a>(&'a World);

impl Taken<'_> {
    fn path(&self, name: &str) -> PathBuf {
        self.0.path(name)
    }

    fn written(&self, path: &Path) -> String {
        self.0.system.written(path)
    }

    fn greenlight(&self, arguments: &[&str]) -> Command {
        let mut command = self.0.greenlight(arguments);
        command.env("GREENLIGHT_LANG", "es").env("GREENLIGHT_POWERSHELL", "no-powershell-at-all");
        command
    }

    fn is_slow(&self) -> bool {
        matches!(self.0.system, System::Windows(_))
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.greenlight(arguments).output().unwrap()
    }

    /// What it prints where all goes well.
    fn printed(&self, arguments: &[&str]) -> Vec<u8> {
        let output = self.output(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        output.stdout
    }

    /// Rehearses the checks and gives the run's id.
    fn rehearse(&self) -> String {
        let output = self.output(&["check", SEVENTEEN, "--trust", REHEARSE]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        self.runs().pop().unwrap()
    }

    fn runs(&self) -> Vec<String> {
        let runs = fs::read_dir(self.path("data")).into_iter().flatten();
        let mut runs: Vec<String> = runs.map(|run| run.unwrap().file_name().into_string().unwrap()).collect();
        runs.sort();
        runs
    }

    /// Every file here that is not a run's, nor the tenant's.
    fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.path("")).unwrap().map(|file| file.unwrap());
        let mut files: Vec<String> = files
            .filter(|file| file.path().is_file())
            .map(|file| file.file_name().into_string().unwrap())
            .filter(|name| name != "tenant.json")
            .collect();
        files.sort();
        files
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

on_both!(a_file_holds_the_bytes_that_standard_output_would_get without PowerShell);
fn a_file_holds_the_bytes_that_standard_output_would_get(world: &World) {
    let desk = Taken(world);
    let run = desk.rehearse();
    for format in crate::harness::formats() {
        let export = ["export", run.as_str(), "--format", format];
        let printed = desk.printed(&export);
        let said = desk.printed(&[&export[..], &["-o", "log"]].concat());
        assert!(fs::read(desk.path("log")).unwrap() == printed, "{format}");
        let replaced = if format == "markdown" { "" } else { ", en lugar del archivo que había" };
        let path = desk.written(&desk.path("log"));
        let line = format!("escrito en {path}, {} bytes{replaced}\n", printed.len());
        assert_eq!(text(&said), line);
        assert_eq!(printed.is_ascii(), format == "json", "{format} is in Spanish");
    }
    let dash = desk.printed(&["export", &run, "--out", "-"]);
    assert_eq!(dash, desk.printed(&["export", &run]));
    assert_eq!(desk.files(), ["log"], "nothing else is left");
}

on_both!(the_result_of_a_check_goes_into_the_file_and_a_summary_to_the_terminal without PowerShell);
fn the_result_of_a_check_goes_into_the_file_and_a_summary_to_the_terminal(world: &World) {
    let desk = Taken(world);
    for output in ["text", "json"] {
        let done =
            desk.output(&["check", SEVENTEEN, "--trust", REHEARSE, "--output", output, "--out", "result"]);
        assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
        let (said, result) = (text(&done.stdout), fs::read(desk.path("result")).unwrap());
        let gate = "ENSAYO: nada de esto es real\nPUERTA CERRADA\n  - ";
        assert!(said.starts_with(gate), "{said}");
        assert!(said.contains("carpeta de la ejecución: ") && said.contains("escrito en "), "{said}");
        assert!(!said.contains("verde: "), "no steps: {said}");
        if output == "json" {
            assert!(result.is_ascii());
            let result: Value = serde_json::from_slice(&result).unwrap();
            assert_eq!(result["gate"]["reasons"][0]["reason"], "no se ha comprobado");
        } else {
            assert!(text(&result).contains("verde: PowerShell es de la versión"), "{}", text(&result));
            assert!(text(&result).contains("carpeta de la ejecución: "), "{}", text(&result));
        }
        fs::remove_file(desk.path("result")).unwrap();
    }
}

on_both!(a_place_that_cannot_be_written_is_told_before_anything_runs_and_what_is_there_stays without PowerShell);
fn a_place_that_cannot_be_written_is_told_before_anything_runs_and_what_is_there_stays(world: &World) {
    let desk = Taken(world);
    let run = desk.rehearse();
    fs::create_dir(desk.path("folder")).unwrap();
    for name in ["kept", "file"] {
        fs::write(desk.path(name), "as it was").unwrap();
    }
    let kept = desk.path("kept");
    let mut permissions = fs::metadata(&kept).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&kept, permissions).unwrap();
    let in_the_run = format!("data/{run}/journal.jsonl");
    let journal = fs::read(desk.path(&in_the_run)).unwrap();
    let mut cases = vec![
        ("folder", "es una carpeta"),
        ("missing/log", "no existe la carpeta"),
        ("missing/", "no existe la carpeta"),
        ("file/log", "no existe la carpeta"),
        ("kept", "es de solo lectura"),
        (&in_the_run, "es la carpeta de una ejecución"),
    ];
    if let System::Native(_) = world.system {
        cases.extend([("/dev/null", "es un dispositivo"), ("/sys/log", "no puede escribir en ella")]);
    }
    for (path, why) in cases {
        // Where they name their file is the same; once is enough where each start takes a second.
        let both = [vec!["export", &run], vec!["check", SEVENTEEN, "--trust", REHEARSE]];
        let both = if desk.is_slow() { &both[1..] } else { &both };
        for arguments in both {
            let output = desk.output(&[&arguments[..], &["--out", path]].concat());
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(70), "{path}: {said}");
            assert!(said.contains(&format!("no se puede escribir {path}: ")) && said.contains(why), "{said}");
            assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
        }
    }
    assert_eq!(desk.runs(), [run], "no check was begun");
    assert_eq!(desk.files(), ["file", "kept"]);
    assert!(desk.files().iter().all(|name| fs::read(desk.path(name)).unwrap() == b"as it was"));
    assert_eq!(fs::read(desk.path(&in_the_run)).unwrap(), journal);
}

on_native!(what_could_not_be_written_whole_leaves_nothing_and_takes_nothing_away without PowerShell);
/// A full disk, as a process has it that may not write files beyond a length.
fn what_could_not_be_written_whole_leaves_nothing_and_takes_nothing_away(world: &World) {
    let desk = Taken(world);
    let run = desk.rehearse();
    fs::write(desk.path("log"), "as it was").unwrap();
    let export = desk.greenlight(&["export", &run, "--out", "log"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""]).arg(export.get_program());
    limited.args(export.get_args()).current_dir(desk.path(""));
    limited.envs(export.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = limited.output().unwrap();
    assert_eq!(output.status.code(), Some(70), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("sigue como estaba"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(desk.path("log")).unwrap(), "as it was");
    assert_eq!(desk.files(), ["log"]);
}

/// The arguments of everything that prints, with the exit codes.
fn all_that_prints(run: &str) -> Vec<(Vec<&str>, i32)> {
    let of_a_run = [vec!["verify", run], vec!["export", run], vec!["export", run, "--out", "log"]];
    let others = [
        vec!["--help"],
        vec!["--version"],
        vec!["open", "--help"],
        vec!["completions", "powershell"],
        vec!["complete", "--last=ru"],
        vec!["config"],
        vec!["help", "exit-codes"],
        vec!["man"],
        vec!["runs"],
        vec!["runs", "--output", "json"],
        vec!["show", "lync-online-to-lync-2013"],
        vec!["show", "lync-online-to-lync-2013", "--output", "json"],
        vec!["lint", "taken.toml"],
        vec!["runs", "--prune", "--yes"],
    ];
    let with = |code| move |arguments: Vec<&'static str>| (arguments, code);
    let locked = [
        vec!["check", SEVENTEEN, "--trust", REHEARSE],
        vec!["check", SEVENTEEN, "--trust", REHEARSE, "--out", "result"],
        vec!["run", SEVENTEEN, "--trust", "--plain", REHEARSE],
        vec!["resume", "--plain", REHEARSE],
    ];
    let mut all: Vec<(Vec<&str>, i32)> = others.into_iter().map(with(0)).collect();
    all.extend(of_a_run.into_iter().map(|arguments| (arguments, 0)));
    all.extend(locked.into_iter().map(with(1)));
    all.push((vec!["doctor"], 3));
    all
}

on_both!(output_that_is_lost_is_a_fault_and_one_that_nobody_reads_is_none without PowerShell);
fn output_that_is_lost_is_a_fault_and_one_that_nobody_reads_is_none(world: &World) {
    let desk = Taken(world);
    fs::write(desk.path("taken.toml"), CHECKLIST).unwrap();
    let run = desk.rehearse();
    let mut all = all_that_prints(&run);
    all.push((vec!["watch", &run], 0));
    if desk.is_slow() {
        // One of each way in which something is printed.
        let some = ["--help", "man", "runs", "export", "check", "run", "watch"];
        all.retain(|(arguments, _)| some.contains(&arguments[0]) && !arguments.contains(&"--prune"));
    }
    for (arguments, code) in all {
        let full = File::options().write(true).open("/dev/full");
        if let Ok(full) = full {
            let lost = desk.greenlight(&arguments).stdout(full).output().unwrap();
            let said = text(&lost.stderr);
            assert_eq!(lost.status.code(), Some(70), "{arguments:?}: {said}");
            let told = ["no lo recibió todo", "did not take everything"];
            assert!(told.iter().any(|told| said.contains(told)), "{arguments:?}: {said}");
        }
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let unread = desk.greenlight(&arguments).stdout(writer).output().unwrap();
        let said = text(&unread.stderr);
        assert_eq!(unread.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.is_empty(), "{arguments:?}: {said}");
    }
}

on_both!(json_is_ascii_and_says_the_same without PowerShell);
fn json_is_ascii_and_says_the_same(world: &World) {
    let desk = Taken(world);
    fs::write(desk.path("taken.toml"), CHECKLIST).unwrap();
    let run = desk.rehearse();
    let all = [
        vec!["show", "taken.toml"],
        vec!["lint", "taken.toml"],
        vec!["runs"],
        vec!["config"],
        vec!["verify", &run],
        vec!["export", &run, "--format", "json"],
        vec!["runs", "--prune", "--yes"],
    ];
    for arguments in all {
        let more: &[&str] = if arguments[0] == "export" { &[] } else { &["--output", "json"] };
        let printed = desk.printed(&[&arguments[..], more].concat());
        assert!(printed.is_ascii(), "{arguments:?}: {}", text(&printed));
        let parsed: Value = serde_json::from_slice(&printed).unwrap();
        if arguments[0] == "show" {
            assert_eq!(parsed["title"], "Ñandú 😀 €");
            assert_eq!(parsed["steps"][0]["title"], "Où l’on cherche");
            let escaped = r#""title":"\u00d1and\u00fa \ud83d\ude00 \u20ac""#;
            assert!(text(&printed).contains(escaped), "{}", text(&printed));
        }
    }
    for (arguments, code) in [(vec!["doctor"], 3), (vec!["check", SEVENTEEN, "--trust", REHEARSE], 1)] {
        let output = desk.output(&[&arguments[..], &["--output", "json"]].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_ascii(), "{arguments:?}: {}", text(&output.stdout));
        let parsed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(!parsed.to_string().is_ascii(), "{arguments:?} speaks Spanish");
    }
}

/// A `powershell.exe` that is a PowerShell: the one for Windows, under the name by which Windows PowerShell is known.
fn as_windows_powershell(engine: &Path) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("as-windows-powershell");
    let program = folder.join("powershell.exe");
    if !program.exists() {
        drop(fs::remove_dir_all(&folder));
        let linked = Command::new("cp").arg("-al").arg(engine.parent().unwrap()).arg(&folder).status();
        if !linked.is_ok_and(|status| status.success()) {
            drop(fs::remove_dir_all(&folder));
            let copied = Command::new("cp").arg("-a").arg(engine.parent().unwrap()).arg(&folder).status();
            assert!(copied.unwrap().success());
        }
        fs::rename(folder.join(engine.file_name().unwrap()), &program).unwrap();
    }
    program
}

on_windows!(windows_powershell_below_powershell_7_has_its_own_modules_and_the_operators);
fn windows_powershell_below_powershell_7_has_its_own_modules_and_the_operators(world: &World) {
    let System::Windows(windows) = &world.system else { panic!("only Windows has one") };
    let desk = Taken(world);
    let program = as_windows_powershell(windows.powershell());
    // A PowerShell 7 that was unpacked from a zip.
    fs::create_dir_all(desk.path("tools/pwsh-7.4/Modules")).unwrap();
    fs::write(desk.path("tools/pwsh-7.4/pwsh.exe"), "").unwrap();
    let unpacked = desk.written(&desk.path("tools/pwsh-7.4/Modules"));
    let others = [
        r"C:\Program Files\PowerShell\7\Modules",
        r"C:\Program Files\WindowsApps\Microsoft.PowerShell_7.5.0.0_x64__8wekyb3d8bbwe\Modules",
        &unpacked,
    ];
    let kept = [
        r"C:\Program Files\Microsoft SQL Server\110\Tools\PowerShell\Modules\",
        r"C:\Program Files (x86)\Microsoft SDKs\Azure\PowerShell\ServiceManagement",
        r"D:\PowerShell\Modules",
    ];
    let own = [
        r"Documents\WindowsPowerShell\Modules",
        r"C:\Program Files\WindowsPowerShell\Modules",
        r"C:\windows\System32\WindowsPowerShell\v1.0\Modules",
    ];
    let polluted = others.iter().zip(kept).flat_map(|(other, kept)| [*other, kept]).collect::<Vec<_>>();
    let start = |arguments: &[&str]| -> Value {
        let mut command = desk.greenlight(arguments);
        command.env("GREENLIGHT_POWERSHELL", desk.written(&program)).env("PSModulePath", polluted.join(";"));
        command.env("GREENLIGHT_LANG", "en");
        let output = command.output().unwrap();
        let parsed = serde_json::from_slice(&output.stdout);
        parsed.unwrap_or_else(|error| panic!("{error}: {}{}", text(&output.stdout), text(&output.stderr)))
    };

    let looked = start(&["doctor", "--output", "json"]);
    let findings = looked["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["id"] == "module-path").unwrap();
    assert_eq!(finding["state"], "notice", "{finding:#}");
    let told = finding["remedy"].as_str().unwrap();
    let (left_out, added) = told.split_once(" Added, because they are its own: ").unwrap();
    assert!(left_out.ends_with(&format!("PowerShell 6 or later: {}.", others.join("; "))), "{told}");
    assert!(own.iter().all(|folder| added.contains(folder)), "{told}");

    fs::write(desk.path("taken.toml"), CHECKLIST).unwrap();
    let checked = start(&["check", "taken.toml", "--trust", "--output", "json"]);
    assert_eq!(checked["steps"][0]["verdict"], "green", "{checked:#}");
    let transcript = desk.path("data").join(desk.runs().pop().unwrap()).join("transcript/path-1.jsonl");
    let transcript = fs::read_to_string(transcript).unwrap();
    let line: Value = serde_json::from_str(transcript.lines().next().unwrap()).unwrap();
    for found in [&finding["found"], &line["x"]] {
        let has = |folder: &str| found.as_str().unwrap().split(';').any(|other| other.ends_with(folder));
        assert!(own.iter().chain(&kept).all(|folder| has(folder)), "{found}");
        assert!(!others.iter().any(|folder| has(folder)), "{found}");
    }
}

on_native!(what_could_not_be_printed_whole_is_a_failure_of_every_subcommand without PowerShell);
fn what_could_not_be_printed_whole_is_a_failure_of_every_subcommand(world: &World) {
    world.run(&["check", SEVENTEEN, "--trust", REHEARSE], "");
    let run = world.run_id();
    let lint = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/checklists/lync-online-to-lync-2013.toml");
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["--help"],
        vec!["--version"],
        vec!["check", "--help"],
        vec!["open", "--help"],
        vec!["check", SEVENTEEN, "--trust", REHEARSE],
        vec!["check", SEVENTEEN, "--trust", REHEARSE, "--output", "json"],
        vec!["run", SEVENTEEN, "--trust", "--plain", REHEARSE],
        vec!["resume", &run, "--plain", REHEARSE],
        vec!["completions", "bash"],
        vec!["complete", "--last=ru"],
        vec!["config"],
        vec!["help", "exit-codes"],
        vec!["man"],
        vec!["runs", "--prune", "--yes", "--older-than", "0"],
    ];
    for command in [
        &["runs"][..],
        &["show", "lync-online-to-lync-2013"],
        &["lint", lint],
        &["verify", &run],
        &["doctor"],
    ] {
        commands.insert(0, command.to_vec());
        commands.insert(0, [command, &["--output", "json"]].concat());
    }
    for format in crate::harness::formats() {
        commands.insert(0, vec!["export", &run, "--format", format]);
    }
    for arguments in commands {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = world.greenlight(&arguments);
        let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(70), "{arguments:?}: {said}");
        assert!(said.contains("did not take everything"), "{arguments:?}: {said}");
    }
}
