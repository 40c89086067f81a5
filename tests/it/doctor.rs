//! `doctor`: its lines, its JSON and its exit code, on the real engine and without one.

#[cfg(unix)]
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::harness::system::System;
use crate::harness::world::World;

const IDS: [&str; 12] = [
    "powershell",
    "bits",
    "elevation",
    "language-mode",
    "execution-policy",
    "script-block-logging",
    "module-logging",
    "transcription",
    "module-path",
    "modules",
    "console",
    "data-folder",
];

fn finding<'a>(printed: &'a Value, id: &str) -> &'a Value {
    printed["findings"].as_array().unwrap().iter().find(|finding| finding["id"] == id).unwrap()
}

on_both!(everything_is_looked_at_and_told_to_programs);
fn everything_is_looked_at_and_told_to_programs(world: &World) {
    let output = world.greenlight(&["doctor", "--output", "json"]).output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{printed:#}");
    assert_eq!(
        (&printed["format"], &printed["usable"], &printed["trouble"]),
        (&json!(1), &json!(true), &Value::Null)
    );
    assert!(printed["powershell"]["version"].as_str().unwrap().contains('.'));
    let findings = printed["findings"].as_array().unwrap();
    let ids: Vec<&str> = findings.iter().map(|finding| finding["id"].as_str().unwrap()).collect();
    assert_eq!(ids, IDS);
    for finding in findings {
        let state = finding["state"].as_str().unwrap();
        assert!(["fit", "notice", "unfit", "not-here", "unknown"].contains(&state), "{finding}");
        assert_eq!(finding["remedy"].is_string(), ["notice", "unfit"].contains(&state), "{finding}");
        assert!(!finding["found"].as_str().unwrap().is_empty(), "{finding}");
    }
    assert_eq!(finding(&printed, "bits")["found"], "64");
    assert_eq!(finding(&printed, "language-mode")["found"], "FullLanguage");
    assert_eq!(finding(&printed, "modules")["state"], "fit");
    assert!(finding(&printed, "module-path")["found"].as_str().unwrap().contains("fixtures"));
    let policy = finding(&printed, "execution-policy")["found"].as_str().unwrap();
    if let System::Native(_) = world.system {
        assert_eq!(finding(&printed, "elevation")["state"], "not-here");
        assert!(policy.starts_with("Unrestricted ("), "{policy}");
    } else {
        assert_ne!(finding(&printed, "elevation")["state"], "not-here");
        assert!(policy.starts_with("Bypass ("), "{policy}");
    }
    assert!(!world.data().exists(), "doctor leaves nothing behind");
}

on_both!(it_speaks_to_people_in_their_language);
fn it_speaks_to_people_in_their_language(world: &World) {
    for (lang, words) in [
        ("en", ["execution policy", "not a terminal", "The screens need a terminal"]),
        ("es", ["directiva de ejecución", "no es un terminal", "Las pantallas necesitan un terminal"]),
        ("fr", ["stratégie d’exécution", "pas un terminal", "Les écrans demandent un terminal"]),
    ] {
        let output = world.greenlight(&["doctor", "--lang", lang]).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        for word in words {
            assert!(printed.contains(word), "{lang}: {printed}");
        }
    }
}

on_both!(what_is_missing_is_named_with_a_remedy_and_is_no_failure);
fn what_is_missing_is_named_with_a_remedy_and_is_no_failure(world: &World) {
    std::fs::write(world.path("a-file"), "").unwrap();
    let blocked = world.system.written(&world.path("a-file").join("data"));
    let mut command = world.greenlight(&["doctor", "--output", "json", "--data-dir", &blocked]);
    let output = command.env("PSModulePath", world.written("no-modules")).output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "PowerShell is usable");
    assert_eq!(finding(&printed, "modules")["state"], "notice");
    assert!(finding(&printed, "modules")["remedy"].as_str().unwrap().contains("LyncOnlineConnector"));
    assert_eq!(finding(&printed, "data-folder")["state"], "unfit");
    assert!(finding(&printed, "data-folder")["remedy"].as_str().unwrap().contains("--data-dir"));
}

on_both!(without_a_powershell_it_says_what_to_install_and_ends_with_3 without PowerShell);
fn without_a_powershell_it_says_what_to_install_and_ends_with_3(world: &World) {
    let missing = world.written("no-powershell");
    for (output, expect) in [("json", "\"usable\":false"), ("text", "no usable PowerShell")] {
        let run = world.run(&["doctor", "--output", output, "--powershell", &missing], "");
        let printed = String::from_utf8(run.stdout).unwrap();
        assert_eq!(run.status.code(), Some(3), "{printed}");
        assert!(printed.contains(expect) && printed.contains("Install Windows PowerShell"), "{printed}");
    }
}

on_native!(a_key_map_of_ones_own_is_named_and_refused_with_both_lines_where_it_clashes without PowerShell);
fn a_key_map_of_ones_own_is_named_and_refused_with_both_lines_where_it_clashes(world: &World) {
    let folder = world.path("config/greenlight");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("keymap.toml");
    let doctor = |keys: &str| {
        let row = format!("[[key]]\ncontext = \"steps\"\naction = \"check\"\nkeys = [{keys}]\n");
        std::fs::write(&file, row).unwrap();
        world.run(&["doctor", "--powershell", &world.written("no-powershell")], "")
    };
    let used = doctor("\"v\"");
    let said = String::from_utf8_lossy(&used.stdout).into_owned();
    assert!(said.contains(&format!("key map: {}", file.display())), "{said}");
    let clash = doctor("\"a\"");
    let said = String::from_utf8_lossy(&clash.stderr).into_owned();
    assert_eq!(clash.status.code(), Some(2), "{said}");
    let both = format!("a means two things in one place: {}:1 and assets/keymap.toml:", file.display());
    assert!(said.contains(&both), "{said}");
}

#[cfg(unix)]
#[test]
fn a_program_that_is_no_powershell_is_told_in_the_language_of_the_reader_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let doctor = |lang: &str, output: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_greenlight"))
            .args(["doctor", "--powershell", "/bin/true", "--lang", lang, "--output", output, "--data-dir"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(3));
        String::from_utf8(run.stdout).unwrap()
    };
    for (lang, why, remedy) in [
        ("en", "this PowerShell cannot be used: ", "Install Windows Management Framework 3.0"),
        ("es", "este PowerShell no se puede usar: ", "Instale Windows Management Framework 3.0"),
        ("fr", "ce PowerShell est inutilisable : ", "Installez Windows Management Framework 3.0"),
    ] {
        let printed = doctor(lang, "text");
        assert!(printed.contains(why) && printed.contains(remedy), "{lang}: {printed}");
    }
    let printed: Value = serde_json::from_str(&doctor("en", "json")).unwrap();
    assert!(printed["trouble"].as_str().unwrap().starts_with("this PowerShell cannot be used: `/bin/true`"));
    assert_eq!(finding(&printed, "powershell")["state"], "unfit");
    assert!(finding(&printed, "powershell")["remedy"].is_string());
}
