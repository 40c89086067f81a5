//! The handoff's files, and what the real engine makes of the values bound in the script.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that panics fails, and that is what it is for"
)]

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::{env, fs};

use greenlight::checklist::{self, Sha};
use greenlight::journal::Head;
use greenlight::report::handoff;
use greenlight::run::{Event, Mode, Moment, Run, Who};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const CHECKLIST: &str = r#"
format = 1
id = "demo"
version = "1.0.0"
title = { en = "Demo", es = "Demo", fr = "Démo" }

[[input]]
id = "one"
kind = "text"
ask = { en = "One", es = "Uno", fr = "Un" }

[[input]]
id = "several"
kind = "text"
many = true
ask = { en = "Several", es = "Varios", fr = "Plusieurs" }

[[input]]
id = "count"
kind = "integer"
min = -5
max = 500
ask = { en = "Count", es = "Número", fr = "Nombre" }

[[input]]
id = "nothing"
kind = "text"
optional = true
ask = { en = "Nothing", es = "Nada", fr = "Rien" }

[[input]]
id = "not_used"
kind = "text"
optional = true
ask = { en = "Unused", es = "Sin uso", fr = "Inutile" }

[[step]]
id = "step"
title = { en = "It holds", es = "Se cumple", fr = "C’est le cas" }
why = { en = "Because.", es = "Porque sí.", fr = "Parce que." }
[step.attest]
statement = { en = "It holds.", es = "Se cumple.", fr = "C’est le cas." }

[handoff]
title = { en = "Go", es = "Ir", fr = "Aller" }
say = { en = "Run it.", es = "Ejecútelo.", fr = "Exécutez." }
confirm = "START"
file = "start-migration.ps1"
script = '''
function Show($value) { "$([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$value)))" }
"ONE " + (Show $one)
"MANY " + $several.Count
foreach ($value in $several) { "ITEM " + (Show $value) }
"COUNT " + ($count + 1)
"NULL " + ($null -eq $nothing)
"LITERAL " + (Show 'ñ€😀')
'''
"#;

fn run(mode: Mode, inputs: &[(&str, &[&str])]) -> Run {
    let checklist = Arc::new(checklist::read(CHECKLIST.as_bytes()).unwrap());
    let mut run = Run::new(Arc::clone(&checklist));
    let at = Moment { wall: 1_795_400_100_000, mono: 0 };
    let by = Who { user: "CONTOSO\\ana\r\nRemove-Item *".into(), host: "SRV01".into(), ..Who::default() };
    let (id, version, sha256) = (checklist.id.clone(), checklist.version.clone(), checklist.sha256);
    run.evolve(
        at,
        &Event::Begun { checklist: id, version, sha256, mode, by: by.clone(), greenlight: "0".into() },
    );
    for (input, values) in inputs {
        let value = serde_json::from_value(serde_json::json!(values)).unwrap();
        run.evolve(at, &Event::InputGiven { input: (*input).into(), value });
    }
    let statement = "It holds.".to_owned();
    run.evolve(
        at,
        &Event::Attested { step: "step".into(), statement, name: "Ana".into(), note: "seen".into(), by },
    );
    run
}

fn files(run: &Run) -> Vec<(String, Vec<u8>)> {
    let head = Head { seq: 7, hash: Sha::of(b"head") };
    let now = Moment { wall: 1_795_400_101_000, mono: 1000 };
    handoff::files(run, now, "20261123T021500Z-demo", &head)
}

#[test]
fn the_script_is_what_old_windows_powershell_reads_right() {
    let run = run(Mode::Live, &[("one", &["O'Brien \u{2019}"]), ("several", &[]), ("count", &["7"])]);
    let files = files(&run);
    assert_eq!(
        files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["start-migration.ps1", "manifest.json"]
    );
    let script = &files[0].1;
    assert!(script.starts_with(b"\xef\xbb\xbf# "), "a byte order mark, then a comment");
    let text = String::from_utf8(script.clone()).unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    insta::assert_snapshot!("script", text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    insta::assert_snapshot!("manifest", String::from_utf8(files[1].1.clone()).unwrap());
}

#[test]
fn a_rehearsed_handoff_says_so_first() {
    let files = files(&run(Mode::Rehearsal("default".into()), &[]));
    let script = String::from_utf8(files[0].1.clone()).unwrap();
    assert!(script.lines().next().unwrap().contains("REHEARSAL"), "{script}");
    let manifest: serde_json::Value = serde_json::from_slice(&files[1].1).unwrap();
    assert_eq!(manifest["rehearsal"], true);
}

/// The engine, or a word about the test that needs it.
fn engine(test: &str) -> Option<PathBuf> {
    let engine = env::var_os("GREENLIGHT_POWERSHELL").map(PathBuf::from);
    if engine.is_none() {
        eprintln!("SKIPPED {test}: GREENLIGHT_POWERSHELL is not set");
    }
    engine
}

/// Runs the handoff's script for these values, and gives the values as the script saw them.
fn seen(engine: &PathBuf, one: &str, several: &[&str]) -> (String, Vec<String>) {
    let files = files(&run(Mode::Live, &[("one", &[one]), ("several", several), ("count", &["41"])]));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("start-migration.ps1");
    fs::write(&path, &files[0].1).unwrap();
    let output = Command::new(engine)
        .args(["-NoLogo", "-NoProfile", "-NonInteractive", "-File"])
        .arg(&path)
        .current_dir(dir.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && output.stderr.is_empty(), "{text}\n{output:?}");
    let decode = |line: &str, mark: &str| {
        use base64::Engine as _;
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(line.strip_prefix(mark).unwrap()).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], format!("MANY {}", several.len()), "{text}");
    let (items, rest) = lines[2..].split_at(several.len());
    assert_eq!(rest[..2], ["COUNT 42", "NULL True"], "{text}");
    assert_eq!(decode(rest[2], "LITERAL "), "ñ€😀");
    (decode(lines[0], "ONE "), items.iter().map(|item| decode(item, "ITEM ")).collect())
}

#[test]
fn values_that_want_to_be_script_stay_values() {
    let Some(engine) = engine("values_that_want_to_be_script_stay_values") else { return };
    let hostile = [
        "'",
        "''",
        "\"",
        "'@",
        "@'",
        "$(Remove-Item *)",
        "`n",
        "`",
        "';exit 3;'",
        "\u{2018}",
        "\u{2019}",
        "\u{201a}",
        "\u{201b}",
        "\u{201c}x\u{201d}",
        "'\u{2019}'",
        "\u{2019};exit 3;\u{2018}",
        "$env:PATH",
        "#",
        "<#",
        "#>",
        "--%",
        "a,b",
        "@(1)",
        "{",
        "}",
        "%",
        " leading",
        "trailing ",
        "ñ€😀",
        "\\",
        "C:\\temp\\",
        "[char]0",
    ];
    for value in ["'", "\u{2019}", "'@", "$(Remove-Item *)"] {
        assert_eq!(seen(&engine, value, &[]).0, value);
    }
    assert_eq!(seen(&engine, "x", &hostile).1, hostile);
    assert_eq!(seen(&engine, "x", &["alone"]).1, ["alone"], "one value of many stays a list");
}

#[test]
fn any_values_come_back_unchanged() {
    let Some(engine) = engine("any_values_come_back_unchanged") else { return };
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let value = "['\u{2018}\u{2019}\u{201a}\u{201b}\"\u{201c}`$(){};@#,&|<>% a-zñ€😀\\\\-]{1,24}|\\PC{1,24}";
    let values = (value, proptest::collection::vec(value, 0..20));
    runner
        .run(&values, |(one, several)| {
            let several: Vec<&str> = several.iter().map(String::as_str).collect();
            let (seen_one, seen_several) = seen(&engine, &one, &several);
            prop_assert_eq!(seen_one, one);
            prop_assert_eq!(seen_several, several);
            Ok(())
        })
        .unwrap();
}
