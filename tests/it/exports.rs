//! Journals of every released format, read, verified and exported by the real program; the published schemas; `--redact`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};

use crate::harness::formats;
use crate::harness::kept;
use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::schema;
use crate::harness::world::World;

/// The kept runs: format and what made them, and their folders. (The examples of `kept_records.rs` are no run that happened.)
fn kept() -> Vec<(String, PathBuf)> {
    let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/runs");
    let mut kept = Vec::new();
    for format in folders(&runs) {
        for made in folders(&format).into_iter().filter(|made| !made.ends_with("every-record")) {
            let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
            kept.push((format!("{}-{}", name(&format), name(&made)), folders(&made).pop().unwrap()));
        }
    }
    assert_eq!(kept.len(), 3, "{kept:?}");
    kept
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn greenlight(world: &World, arguments: &[&str]) -> Output {
    world.greenlight(arguments).output().unwrap()
}

fn export(world: &World, run: &Path, format: &str, more: &[&str]) -> String {
    let run = world.system.written(run);
    let output = greenlight(world, &[&["export", &run, "--format", format], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn read_schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

on_both!(a_run_of_every_released_format_is_whole_and_reads_as_it_always_did without PowerShell);
fn a_run_of_every_released_format_is_whole_and_reads_as_it_always_did(world: &World) {
    for (name, run) in kept() {
        let verified = greenlight(world, &["verify", &world.system.written(&run), "--output", "json"]);
        assert_eq!(verified.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&verified.stderr));
        insta::assert_snapshot!(format!("{name}.markdown"), export(world, &run, "markdown", &[]));
        insta::assert_snapshot!(format!("{name}.csv"), export(world, &run, "csv", &[]).replace("\r\n", "\n"));
        insta::assert_snapshot!(format!("{name}.junit"), export(world, &run, "junit", &[]));
        insta::assert_snapshot!(format!("{name}.json"), export(world, &run, "json", &[]));
    }
}

/// A copy of a kept run that is sealed, to be damaged.
fn sealed_copy() -> (tempfile::TempDir, PathBuf) {
    let kept = kept::run("format-1/rehearsal");
    let dir = tempfile::tempdir().unwrap();
    let run = dir.path().join(kept.file_name().unwrap());
    kept::copy(&kept, &run);
    (dir, run)
}

/// Exports what is damaged in every format: the exit code is 5, and the document and standard error say `named`.
fn export_damaged(world: &World, run: &Path, named: &str) -> Vec<String> {
    let documents: Vec<String> = formats()
        .map(|format| {
            let output = greenlight(world, &["export", &world.system.written(run), "--format", format]);
            let (document, said) =
                (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
            assert_eq!(output.status.code(), Some(5), "{format}: {said}");
            assert!(said.contains(named), "{named:?} in {format}: {said}");
            assert!(
                document.replace("&#39;", "'").replace('\\', "").contains(named),
                "{named:?} in {format}: {document}"
            );
            document
        })
        .collect();
    let [markdown, json, html, csv, junit] = documents.as_slice() else {
        panic!("what {} say is written nowhere", documents.len())
    };
    for page in [markdown, html] {
        assert!(page.contains("DAMAGED: not everything is as it was written"), "{page}");
    }
    assert!(csv.lines().nth(1).unwrap().contains("\"damaged\""), "{csv}");
    assert!(junit.contains("failures=\"1\"") && junit.contains("<failure type=\"damaged\""), "{junit}");
    schema::assert_fits(&read_schema("export.schema.json"), &serde_json::from_str(json).unwrap());
    documents
}

on_both!(a_damaged_or_torn_journal_is_said_in_every_format_and_its_gate_is_never_open without PowerShell);
fn a_damaged_or_torn_journal_is_said_in_every_format_and_its_gate_is_never_open(world: &World) {
    let (_dir, run) = sealed_copy();
    let path = run.join("journal.jsonl");
    let whole = fs::read(&path).unwrap();
    let begin = whole.split_inclusive(|byte| *byte == b'\n').take(100).map(<[u8]>::len).sum::<usize>();
    let mut flipped = whole.clone();
    *flipped.get_mut(begin + 150).unwrap() ^= 1;
    let torn = whole.get(..whole.len() - 7).unwrap().to_vec();
    for (bytes, record, named) in [
        (flipped, 100, "record 100: its digest does not fit its content"),
        (torn, 101, "record 101, the last, is cut off"),
    ] {
        fs::write(&path, bytes).unwrap();
        let documents = export_damaged(world, &run, named);
        for document in &documents {
            assert!(!document.contains("Gate OPEN") && !document.contains("\"gate.open\" value=\"true\""));
        }
        let json: Value = serde_json::from_str(&documents[1]).unwrap();
        assert_eq!(json["gate"]["open"], false);
        assert_eq!(
            (&json["damage"][0]["record"], &json["damage"][0]["file"]),
            (&record.into(), &Value::Null)
        );
    }
    fs::write(&path, whole).unwrap();
    assert!(export(world, &run, "markdown", &[]).contains("Gate OPEN"), "what is whole is open");
}

on_native!(changed_text_of_a_transcript_is_no_evidence_and_changed_files_of_the_seal_are_said without PowerShell);
fn changed_text_of_a_transcript_is_no_evidence_and_changed_files_of_the_seal_are_said(world: &World) {
    let (_dir, run) = sealed_copy();
    let json: Value = serde_json::from_str(&export(world, &run, "json", &[])).unwrap();
    let shown = json["steps"].as_array().unwrap().iter().filter_map(|step| {
        let text = step["excerpt"]["lines"].as_array()?.last()?["x"].as_str()?;
        Some((step["excerpt"]["file"].as_str()?.to_owned(), text.to_owned()))
    });
    let (file, text) = shown.max_by_key(|(_, text)| text.len()).unwrap();
    let path = run.join(&file);
    let written = fs::read_to_string(&path).unwrap();
    let forged = "f0rged".repeat(text.len()).get(..text.len()).unwrap().to_owned();
    assert!(written.contains(&text) && text.len() > 5, "{text:?} in {written}");
    fs::write(&path, written.replace(&text, &forged)).unwrap();
    for document in export_damaged(world, &run, &format!("{file}, named by record ")) {
        assert!(!document.contains("f0rg"), "{document}");
    }
    fs::write(&path, written).unwrap();
    export(world, &run, "markdown", &[]);
    let script = run.join("handoff/start-migration.ps1");
    fs::write(&script, fs::read_to_string(&script).unwrap().replace("-WhatIf", "-Force ")).unwrap();
    export_damaged(world, &run, "handoff/start-migration.ps1, named by record 101: its content has changed");
    fs::remove_file(run.join("handoff/manifest.json")).unwrap();
    export_damaged(world, &run, "handoff/manifest.json, named by record 101: it cannot be read");
}

on_native!(every_export_carries_the_head_code_that_verify_takes without PowerShell);
fn every_export_carries_the_head_code_that_verify_takes(world: &World) {
    for (name, run) in kept() {
        let json: Value = serde_json::from_str(&export(world, &run, "json", &[])).unwrap();
        let code = json["head"]["code"].as_str().unwrap();
        for format in formats() {
            for more in [&[][..], &["--redact"]] {
                assert!(export(world, &run, format, more).contains(code), "{name} as {format}");
            }
        }
        assert_eq!(
            greenlight(world, &["verify", &world.system.written(&run), "--head", code]).status.code(),
            Some(0)
        );
    }
}

on_native!(json_fits_the_published_schema without PowerShell);
fn json_fits_the_published_schema(world: &World) {
    let schema = read_schema("export.schema.json");
    for (_, run) in kept() {
        for more in [&[][..], &["--redact"], &["--lang", "fr"]] {
            let json = export(world, &run, "json", more);
            schema::assert_fits(&schema, &serde_json::from_str(&json).unwrap());
        }
    }
}

on_native!(the_schema_refuses_what_it_does_not_describe without PowerShell);
fn the_schema_refuses_what_it_does_not_describe(world: &World) {
    let schema = read_schema("export.schema.json");
    let (_, run) = kept().pop().unwrap();
    let json: Value = serde_json::from_str(&export(world, &run, "json", &[])).unwrap();
    for (pointer, value) in [
        ("/format", Value::from(2)),
        ("/steps/0/verdict", Value::from("fine")),
        ("/head/code", Value::from("41-ILOU")),
        ("/steps/0/attempts", Value::from("1")),
    ] {
        let mut other = json.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        assert!(!schema::fits(&schema, &other), "{pointer}");
    }
    let mut more = json.clone();
    more["surprise"] = Value::Null;
    assert!(!schema::fits(&schema, &more));
    let mut less = json;
    less.as_object_mut().unwrap().remove("gate");
    assert!(!schema::fits(&schema, &less));
}

on_both!(the_json_of_check_fits_its_published_schema without PowerShell);
fn the_json_of_check_fits_its_published_schema(world: &World) {
    let output = greenlight(
        world,
        &["check", SEVENTEEN, "--trust", REHEARSE, "--output", "json", "--input", "sip_domain=contoso.com"],
    );
    schema::assert_fits(&read_schema("check.schema.json"), &serde_json::from_slice(&output.stdout).unwrap());
}

/// A checklist that names the page that it comes from.
const OF_A_PAGE: &str = r#"format = 1
id = "of-a-page"
version = "1"
title = "Of a page"
[source]
title = { en = "Before you move", es = "Antes de mover", fr = "Avant de déplacer" }
page = "https://wiki.fabrikam.com/moving"
id = "Dn123456"
revision = "2016-12-08"
note = { en = "Its product is retired.", es = "Su producto se ha retirado.", fr = "Son produit est retiré." }
[[step]]
id = "one"
title = "One"
why = "W"
[step.attest]
statement = "S"
"#;

on_both!(the_page_that_a_checklist_comes_from_stands_in_every_face_and_every_export without PowerShell);
fn the_page_that_a_checklist_comes_from_stands_in_every_face_and_every_export(world: &World) {
    fs::write(world.path("of-a-page.toml"), OF_A_PAGE).unwrap();
    let line = "Before you move · Dn123456 · 2016-12-08 · https://wiki.fabrikam.com/moving · Its product is retired.";
    let source = json!({
        "title": "Before you move", "page": "https://wiki.fabrikam.com/moving", "id": "Dn123456",
        "revision": "2016-12-08", "note": "Its product is retired.",
    });
    let printed = |arguments: &[&str]| {
        let arguments = [arguments, &["--lang", "en"]].concat();
        String::from_utf8(world.run(&arguments, "q\n").stdout).unwrap()
    };
    let parsed = |arguments: &[&str]| -> Value { serde_json::from_str(&printed(arguments)).unwrap() };
    let checked = ["check", "of-a-page.toml", "--trust", "--rehearse=default", "--output", "json"];
    assert_eq!(parsed(&checked)["checklist"]["source"], source);
    assert_eq!(parsed(&["show", "of-a-page.toml", "--output", "json"])["source"], source);
    let lines = printed(&["run", "of-a-page.toml", "--plain", "--rehearse=default"]);
    for shown in [printed(&["show", "of-a-page.toml"]), lines] {
        assert!(shown.contains(&format!("source: {line}")), "{shown}");
    }
    let run = world.run_id();
    for format in formats() {
        let export = printed(&["export", &run, "--format", format]);
        if format == "json" {
            let export: Value = serde_json::from_str(&export).unwrap();
            assert_eq!(export["checklist"]["source"], source);
            schema::assert_fits(&read_schema("export.schema.json"), &export);
        } else {
            assert!(export.contains(line), "{format}: {export}");
        }
        let hidden = printed(&["export", &run, "--format", format, "--redact"]);
        assert!(hidden.contains("Before you move") && !hidden.contains("fabrikam"), "{format}: {hidden}");
    }
}

on_native!(redacted_exports_name_nobody_and_the_same_name_is_the_same_token_in_every_format without PowerShell);
fn redacted_exports_name_nobody_and_the_same_name_is_the_same_token_in_every_format(world: &World) {
    for (name, run) in kept() {
        for format in formats() {
            let shown = export(world, &run, format, &[]).to_lowercase();
            let hidden = export(world, &run, format, &["--redact"]);
            let lower = hidden.to_lowercase();
            assert_eq!(hidden, export(world, &run, format, &["--redact"]), "{name} as {format}");
            for secret in ["contoso", "srv01", "ana @", "ana ruiz", "ada@", "bob@", "pool01"] {
                assert!(!lower.contains(secret), "{secret} in {name} as {format}:\n{hidden}");
            }
            if format != "junit" && format != "csv" {
                assert!(shown.contains("contoso.com") && shown.contains("srv01"), "{name} as {format}");
                for token in ["domain-1", "host-1", "user-1"] {
                    assert!(hidden.contains(token), "{token} in {name} as {format}:\n{hidden}");
                }
                assert!(lower.contains("redacted") || lower.contains("same token"), "{hidden}");
            }
            // What belongs to nobody stays.
            let (_, checklist) = run.file_name().unwrap().to_str().unwrap().split_once("Z-").unwrap();
            assert!(hidden.contains(checklist), "{name} as {format}");
        }
        insta::assert_snapshot!(format!("{name}.redacted"), export(world, &run, "markdown", &["--redact"]));
    }
}
