//! The handoff's files, and what the real engine makes of the values bound in the script.

use std::fs;
use std::process::Command;
use std::sync::Arc;

use greenlight::facade::checklist::{self, Sha};
use greenlight::facade::journal::Head;
use greenlight::facade::report::handoff;
use greenlight::facade::run::{Event, Mode, Moment, Run, Who};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::harness::system::System;
use crate::harness::world::World;

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

[[step]]
id = "advice"
required = false
title = "It is advised"
why = "Because."
[step.attest]
statement = "It is advised."

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

/// What the handoff's script says where it is run: for the operator it is a file, which no console need show.
fn said(world: &World, script: &str) -> String {
    let System::Native(Some(engine)) = &world.system else {
        let checklist = format!(
            "format = 1\nid = \"x\"\nversion = \"1\"\ntitle = \"x\"\n[[step]]\nid = \"x\"\ntitle = \"x\"\nwhy = \"x\"\n[step.check]\n\
             command = \"\"\"[IO.File]::WriteAllLines('{}', (& '{script}'))\"\"\"\nexpect = [{{ rows = \"none\" }}]\n",
            world.written("said")
        );
        fs::write(world.path("x.toml"), checklist.replace('\\', r"\\")).unwrap();
        let output = world.run(&["check", &world.written("x.toml"), "--trust"], "");
        assert!(output.status.success(), "{output:?}");
        return fs::read_to_string(world.path("said")).unwrap();
    };
    let mut command = Command::new(engine);
    command.args(["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script]);
    let output = command.current_dir(world.path("")).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs the handoff's script for these values, and gives the values as the script saw them.
fn seen(world: &World, one: &str, several: &[&str]) -> (String, Vec<String>) {
    let files = files(&run(Mode::Live, &[("one", &[one]), ("several", several), ("count", &["41"])]));
    fs::write(world.path("start-migration.ps1"), &files[0].1).unwrap();
    let text = said(world, &world.written("start-migration.ps1"));
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

on_both!(values_that_want_to_be_script_stay_values);
fn values_that_want_to_be_script_stay_values(world: &World) {
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
    for (one, several) in [("'", &["alone"][..]), ("\u{2019}\n'@", &[]), ("$(Remove-Item *)", &hostile)] {
        let (seen_one, seen_several) = seen(world, one, several);
        assert_eq!(
            (seen_one.as_str(), seen_several.as_slice()),
            (one, &several.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>()[..])
        );
    }
}

on_native!(any_values_come_back_unchanged);
fn any_values_come_back_unchanged(world: &World) {
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let value = "['\u{2018}\u{2019}\u{201a}\u{201b}\"\u{201c}`$(){};@#,&|<>% a-zñ€😀\\\\-]{1,24}|\\PC{1,24}";
    let values = (value, proptest::collection::vec(value, 0..20));
    runner
        .run(&values, |(one, several)| {
            let several: Vec<&str> = several.iter().map(String::as_str).collect();
            let (seen_one, seen_several) = seen(world, &one, &several);
            prop_assert_eq!(seen_one, one);
            prop_assert_eq!(seen_several, several);
            Ok(())
        })
        .unwrap();
}
