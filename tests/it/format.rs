//! The journal's format: what a new run says of who writes it, and what a later greenlight wrote is never called damage.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use greenlight::facade::checklist::Sha;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::system::System;
use crate::harness::world::World;
use crate::harness::{formats, kept};

/// What anybody may say of themselves. (On Unix, `USER` as the tests have it; wine makes its account of that one.)
const TYPED: [(&str, &str); 4] = [
    ("USERDOMAIN", "CONTOSO-ADMINS"),
    ("USERNAME", "nobody"),
    ("COMPUTERNAME", "ELSEWHERE"),
    ("HOSTNAME", "ELSEWHERE"),
];

fn greenlight(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command.args(arguments).stdin(Stdio::null()).env("HOME", home.path()).env("GREENLIGHT_LANG", "en");
    command.env("XDG_CONFIG_HOME", home.path()).env("GREENLIGHT_DATA_DIR", home.path().join("data"));
    command.output().unwrap()
}

/// A rehearsed run of this greenlight, which is left at once.
fn begun() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command.args(["check", SEVENTEEN, "--trust", REHEARSE]).stdin(Stdio::null()).stdout(Stdio::null());
    command.env("HOME", dir.path()).env("XDG_CONFIG_HOME", dir.path()).env("GREENLIGHT_DATA_DIR", dir.path());
    assert_eq!(command.status().unwrap().code(), Some(1));
    let is_run = |path: &PathBuf| path.join("journal.jsonl").is_file();
    let run = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).find(is_run).unwrap();
    (dir, run)
}

fn records(run: &Path) -> Vec<Value> {
    let journal = fs::read_to_string(run.join("journal.jsonl")).unwrap();
    journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Writes records into a run's journal, chained anew.
fn write(run: &Path, records: &[Value]) {
    let mut prev = "0".repeat(64);
    let mut journal = String::new();
    for (seq, record) in records.iter().enumerate() {
        let key = if seq == 0 { "header" } else { "event" };
        let body = format!("{{\"seq\":{seq},\"prev\":\"{prev}\",\"{key}\":{}", record[key]);
        prev = Sha::of(body.as_bytes()).to_string();
        for part in [&body, ",\"hash\":\"", &prev, "\"}\n"] {
            journal.push_str(part);
        }
    }
    fs::write(run.join("journal.jsonl"), journal).unwrap();
}

on_both!(the_first_record_names_the_greenlight_that_writes_and_the_account_is_the_systems without PowerShell);
fn the_first_record_names_the_greenlight_that_writes_and_the_account_is_the_systems(world: &World) {
    let mut check = world.greenlight(&["check", SEVENTEEN, "--trust", REHEARSE]);
    assert_eq!(World::finish(check.envs(TYPED), "").status.code(), Some(1));
    let run = world.run_folder();
    let begun = records(&run);
    let program = match &world.system {
        System::Native(_) => env!("CARGO_BIN_EXE_greenlight").into(),
        System::Windows(windows) => windows.program.clone(),
    };
    let own = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "sha256": Sha::of(&fs::read(program).unwrap()).to_string(),
    });
    assert_eq!(begun[0]["header"]["format"], 2);
    assert_eq!(begun[0]["header"]["greenlight"], own);
    assert_eq!(begun[0]["header"]["kind"], "checklist");
    let is_the_systems = |by: &Value| {
        for typed in TYPED.map(|(_, typed)| typed).into_iter().chain(["operator"]) {
            assert!(!by.to_string().contains(typed), "{by}");
        }
        assert!(by["user"].as_str().is_some_and(|user| !user.is_empty() && user != "?"), "{by}");
        if matches!(world.system, System::Windows(_)) {
            assert!(by["sid"].as_str().is_some_and(|sid| sid.starts_with("S-1-5-")), "{by}");
            assert!(by["user"].as_str().unwrap().contains('\\'), "{by}");
        }
    };
    is_the_systems(&begun[1]["event"]["event"]["by"]);

    let name = run.file_name().unwrap().to_str().unwrap();
    let mut resume = world.greenlight(&["resume", name, "--plain", REHEARSE]);
    World::finish(resume.envs(TYPED), "q\n");
    let resumed = records(&run).into_iter().map(|record| record["event"]["event"].clone());
    let resumed = resumed.into_iter().find(|event| event["type"] == "resumed").unwrap();
    assert_eq!((&resumed["greenlight"], &resumed["greenlight_sha256"]), (&own["version"], &own["sha256"]));
    assert_eq!(resumed["format"], begun[0]["header"]["format"], "what follows is in this format");
    is_the_systems(&resumed["by"]);

    let export: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_eq!(export["greenlight_sha256"], own["sha256"]);
    assert_eq!(export["operators"][1]["greenlight"], own);
    let markdown = world.export("markdown");
    assert!(markdown.contains(own["sha256"].as_str().unwrap()), "{markdown}");
}

on_both!(a_run_of_format_1_that_is_resumed_stays_as_it_is_and_goes_on_in_format_2);
fn a_run_of_format_1_that_is_resumed_stays_as_it_is_and_goes_on_in_format_2(world: &World) {
    let kept = kept::run("format-1/engine");
    let run = world.data().join(kept.file_name().unwrap());
    kept::copy(&kept, &run);
    let before = fs::read(run.join("journal.jsonl")).unwrap();
    world.run(&["resume", &world.run_id(), "--plain", "--trust"], "q\n");
    let after = fs::read(run.join("journal.jsonl")).unwrap();
    let added = String::from_utf8(after.strip_prefix(before.as_slice()).unwrap().to_vec()).unwrap();
    let resumed: Value = serde_json::from_str(added.lines().next().unwrap()).unwrap();
    let resumed = &resumed["event"]["event"];
    assert_eq!((&resumed["type"], &resumed["format"]), (&json!("resumed"), &json!(2)));
    let verified = world.run(&["verify", &world.run_id()], "");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

on_both!(each_shell_names_its_program_and_its_engine_and_elevation_has_one_answer);
fn each_shell_names_its_program_and_its_engine_and_elevation_has_one_answer(world: &World) {
    let mut check = world.greenlight(&["check", SEVENTEEN, "--trust", "--output", "json"]);
    let checked = World::finish(check.envs(TYPED).env("OS", "Plan 9"), "");
    let checked: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let opened = world.events().into_iter().find(|event| event["type"] == "shell-opened").unwrap();
    let about = &opened["about"];
    assert_eq!(about["program"], world.system.powershell());
    assert!(about["version"].as_str().is_some_and(|version| version.contains('.')), "{about}");
    let file = match &world.system {
        System::Native(engine) => engine.clone().unwrap(),
        System::Windows(windows) => windows.powershell.clone(),
    };
    let file = file.with_file_name("System.Management.Automation.dll");
    assert_eq!(about["engine"]["sha256"], Sha::of(&fs::read(&file).unwrap()).to_string());
    assert_eq!(about["engine"]["file"], world.system.written(&file));

    let step = checked["steps"].as_array().unwrap().iter().find(|step| step["id"] == "powershell-elevated");
    let by_step = &step.unwrap()["verdict"];
    let doctor = world.run(&["doctor", "--output", "json"], "");
    let doctor: Value = serde_json::from_slice(&doctor.stdout).unwrap();
    let findings = doctor["findings"].as_array().unwrap();
    let by_doctor = findings.iter().find(|finding| finding["id"] == "elevation").unwrap();
    let begun = world.events().into_iter().find(|event| event["type"] == "begun").unwrap();
    match &world.system {
        System::Native(_) => {
            assert_eq!((by_step, &by_doctor["state"]), (&json!("green"), &json!("not-here")));
        }
        System::Windows(_) => {
            let elevated = begun["by"]["elevated"].as_bool().unwrap();
            let words = if elevated { ("green", "fit") } else { ("red", "unfit") };
            assert_eq!((by_step, &by_doctor["state"]), (&json!(words.0), &json!(words.1)), "{by_doctor}");
        }
    }
}

/// What a later greenlight may say: another kind of event, another field, another word.
fn later(record: &Value) -> Vec<Value> {
    let with = |pointer: &str, key: &str, value: Value| {
        let mut record = record.clone();
        record.pointer_mut(pointer).unwrap()[key] = value;
        record
    };
    vec![
        with("/event/event", "type", json!("took-over")),
        with("/event/event", "weather", json!("fair")),
        with("/event/event/by", "badge", json!(7)),
        with("/event", "place", json!("here")),
        with("/event/event", "mode", json!("simulated")),
    ]
}

#[test]
fn what_a_later_greenlight_wrote_is_not_damage_and_nothing_beyond_it_counts() {
    let (_dir, run) = begun();
    let whole = records(&run);
    for said in later(&whole[1]) {
        let mut records = whole.clone();
        // In the middle, so that good records stand behind it.
        records.insert(5, said.clone());
        write(&run, &records);
        is_only_read_up_to(5, &run, "written by a later greenlight: record 5");
    }
}

/// Fails unless every subcommand takes the run for a later greenlight's from that record on, and says so in these words.
fn is_only_read_up_to(record: u64, run: &Path, said: &str) {
    let path = run.to_str().unwrap();
    let before = fs::read(run.join("journal.jsonl")).unwrap();
    let later_code = "9000-0000-0000-0000-0000";
    let others = [
        vec!["resume", path, "--plain"],
        vec!["verify", path],
        vec!["verify", path, "--output", "json"],
        vec!["verify", path, "--head", later_code],
        vec!["watch", path],
    ];
    let exports = formats().map(|format| vec!["export", path, "--format", format]);
    for arguments in others.into_iter().chain(exports) {
        let output = greenlight(&arguments);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(6), "{arguments:?} on {said}: {words}");
        assert!(words.contains(said), "{arguments:?}: {words}");
        assert!(!words.contains("damaged"), "{arguments:?}: {words}");
        if arguments[0] == "export" && record > 0 {
            let document = String::from_utf8(output.stdout).unwrap();
            assert!(document.contains("written by a later greenlight"), "{document}");
        }
    }
    if record > 0 {
        let export = greenlight(&["export", path, "--format", "json"]);
        let export: Value = serde_json::from_slice(&export.stdout).unwrap();
        let shown = (&export["gate"]["open"], &export["head"]["records"]);
        assert_eq!(shown, (&json!(false), &json!(record - 1)), "{export:#}");
    }
    let folder = run.parent().unwrap().to_str().unwrap();
    let listed = greenlight(&["runs", "--data-dir", folder, "--output", "json"]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(listed["runs"][0]["state"], "newer", "{listed}");
    assert_eq!(fs::read(run.join("journal.jsonl")).unwrap(), before, "it is only read");
}

#[test]
fn a_header_of_a_later_greenlight_is_not_damage() {
    let (_dir, run) = begun();
    let whole = records(&run);
    let batch = "written by a later greenlight: it is a run of another kind (“batch”)";
    for (key, value, said) in [
        ("format", json!(3), "written by a later greenlight: its journal has format 3"),
        ("shape", json!("round"), "written by a later greenlight: record 0"),
        ("kind", json!("batch"), batch),
    ] {
        let mut records = whole.clone();
        records[0]["header"][key] = value;
        write(&run, &records);
        is_only_read_up_to(0, &run, said);
    }
}

#[test]
fn a_run_that_was_resumed_in_a_later_format_is_a_later_greenlights_from_there_on() {
    let (_dir, run) = begun();
    let whole = records(&run);
    let by = &whole[1]["event"]["event"]["by"];
    let resumed = json!({"type": "resumed", "by": by, "greenlight": "9.0.0", "format": 3});
    let mut with_more = resumed.clone();
    with_more["weather"] = json!("fair");
    for event in [resumed, with_more] {
        let mut records = whole.clone();
        records.insert(5, json!({"event": {"at": whole[1]["event"]["at"], "event": event}}));
        write(&run, &records);
        is_only_read_up_to(5, &run, "written by a later greenlight: its journal has format 3");
    }
}

#[test]
fn a_kept_checklist_that_says_more_than_is_known_is_a_later_greenlights_and_a_changed_one_is_damage() {
    let (_dir, run) = begun();
    let mut records = records(&run);
    let file = run.join("checklist.toml");
    let mut checklist = fs::read_to_string(&file).unwrap();
    checklist.push_str("\n[weather]\nis = \"fair\"\n");
    fs::write(&file, &checklist).unwrap();
    let output = greenlight(&["export", run.to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(5), "{}", String::from_utf8_lossy(&output.stderr));
    records[0]["header"]["checklist"] = json!(Sha::of(checklist.as_bytes()).to_string());
    write(&run, &records);
    let output = greenlight(&["export", run.to_str().unwrap(), "--format", "json"]);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(6), "{words}");
    assert!(words.contains("its checklist says what is not known here"), "{words}");
}
