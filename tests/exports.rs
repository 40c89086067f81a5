//! Journals of every released format, read, verified and exported by the real program; the published schemas; `--redact`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that panics fails, and that is what it is for"
)]

#[path = "support/schema.rs"]
mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The kept runs: format and what made them, and their folders.
fn kept() -> Vec<(String, PathBuf)> {
    let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/runs");
    let mut kept = Vec::new();
    for format in folders(&runs) {
        for made in folders(&format) {
            let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
            kept.push((format!("{}-{}", name(&format), name(&made)), folders(&made).pop().unwrap()));
        }
    }
    assert_eq!(kept.len(), 2, "{kept:?}");
    kept
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn greenlight(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command
        .args(arguments)
        .args(["--lang", "en"])
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path());
    command.env("GREENLIGHT_DATA_DIR", home.path().join("data")).output().unwrap()
}

fn export(run: &Path, format: &str, more: &[&str]) -> String {
    let mut arguments = vec!["export", run.to_str().unwrap(), "--format", format];
    arguments.extend(more);
    let output = greenlight(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn read_schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

const FORMATS: [&str; 5] = ["markdown", "json", "html", "csv", "junit"];

#[test]
fn a_run_of_every_released_format_is_whole_and_reads_as_it_always_did() {
    for (name, run) in kept() {
        let verified = greenlight(&["verify", run.to_str().unwrap(), "--output", "json"]);
        assert_eq!(verified.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&verified.stderr));
        insta::assert_snapshot!(format!("{name}.markdown"), export(&run, "markdown", &[]));
        insta::assert_snapshot!(format!("{name}.csv"), export(&run, "csv", &[]).replace("\r\n", "\n"));
        insta::assert_snapshot!(format!("{name}.junit"), export(&run, "junit", &[]));
        insta::assert_snapshot!(format!("{name}.json"), export(&run, "json", &[]));
    }
}

#[test]
fn every_export_carries_the_head_code_that_verify_takes() {
    for (name, run) in kept() {
        let json: Value = serde_json::from_str(&export(&run, "json", &[])).unwrap();
        let code = json["head"]["code"].as_str().unwrap();
        for format in FORMATS {
            for more in [&[][..], &["--redact"]] {
                assert!(export(&run, format, more).contains(code), "{name} as {format}");
            }
        }
        assert_eq!(greenlight(&["verify", run.to_str().unwrap(), "--head", code]).status.code(), Some(0));
    }
}

#[test]
fn json_fits_the_published_schema() {
    let schema = read_schema("export.schema.json");
    for (_, run) in kept() {
        for more in [&[][..], &["--redact"], &["--lang", "fr"]] {
            let arguments = [&["export", run.to_str().unwrap(), "--format", "json"], more].concat();
            let arguments: Vec<&str> = arguments.into_iter().collect();
            let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
            let output = command.args(arguments).env("HOME", run.as_os_str()).output().unwrap();
            schema::assert_fits(&schema, &serde_json::from_slice(&output.stdout).unwrap());
        }
    }
}

#[test]
fn the_schema_refuses_what_it_does_not_describe() {
    let schema = read_schema("export.schema.json");
    let (_, run) = kept().pop().unwrap();
    let json: Value = serde_json::from_str(&export(&run, "json", &[])).unwrap();
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

#[test]
fn the_json_of_check_fits_its_published_schema() {
    let data = tempfile::tempdir().unwrap();
    let data_dir = data.path().to_str().unwrap();
    let output = greenlight(&[
        "check",
        "--rehearse",
        "--output",
        "json",
        "--data-dir",
        data_dir,
        "--input",
        "sip_domain=contoso.com",
    ]);
    schema::assert_fits(&read_schema("check.schema.json"), &serde_json::from_slice(&output.stdout).unwrap());
}

#[test]
fn redacted_exports_name_nobody_and_the_same_name_is_the_same_token_in_every_format() {
    for (name, run) in kept() {
        for format in FORMATS {
            let shown = export(&run, format, &[]).to_lowercase();
            let hidden = export(&run, format, &["--redact"]);
            let lower = hidden.to_lowercase();
            assert_eq!(hidden, export(&run, format, &["--redact"]), "{name} as {format}");
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
            assert!(hidden.contains("lync-online-to-lync-2013"), "{name} as {format}");
        }
        insta::assert_snapshot!(format!("{name}.redacted"), export(&run, "markdown", &["--redact"]));
    }
}
