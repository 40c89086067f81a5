//! What greenlight says to PowerShell, kept byte by byte by a relay between the two, on Linux and by the Windows program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test fails where it stands, and says by name that it was skipped"
)]

#[path = "psrp_peer/peer.rs"]
#[allow(dead_code, reason = "not all of the peer is needed")]
mod peer;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use greenlight::psrp::Value;
use peer::{CREATE_PIPELINE, Heard, Peer};

const INIT_RUNSPACEPOOL: u32 = 0x0001_0004;

const CHECKLIST: &str = r#"
format = 1
id = "wire"
version = "1.0.0"
title.en = "Wire"

[[step]]
id = "first"
title.en = "A property is as it should be"
why.en = "So that something is run."
[step.check]
command = "[pscustomobject]@{ Enabled = $true }"
expect = [{ property = "Enabled", is = true }]

[[step]]
id = "second"
title.en = "The culture has a name"
why.en = "So that something more is run."
[step.check]
command = "Get-Culture"
expect = [{ property = "Name", is_not = "nowhere" }]
"#;

/// Runs the checklist through the relay and asserts what came by; tells of how many assertions.
fn on_the_wire(mut greenlight: Command, relay: &Path, powershell: &Path, spelt: fn(&Path) -> String) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let (checklist, record) = (folder.path().join("wire.toml"), folder.path().join("record"));
    fs::write(&checklist, CHECKLIST).unwrap();
    let output = greenlight
        .args(["check", &spelt(&checklist), "--trust", "--data-dir", &spelt(&folder.path().join("data"))])
        .args(["--output", "json", "--powershell", &spelt(relay)])
        .env("GREENLIGHT_RELAY_TO", spelt(powershell))
        .env("GREENLIGHT_RELAY_RECORD", spelt(&record))
        .output()
        .unwrap();
    let printed: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let recorded = fs::read(record).expect("the relay was started");
    let end = recorded.iter().position(|byte| *byte == b'\n').unwrap();
    let (arguments, sent) = recorded.split_at(end + 1);

    // As the first argument, `-s` starts the 2.0 mode of Windows PowerShell.
    assert_eq!(String::from_utf8_lossy(arguments), "-NoLogo -NoProfile -s\n");
    let mut asserted = 1;
    let (mut pools, mut pipelines) = (0, 0);
    for (heard, _) in Peer::default().hear(sent) {
        let Heard::Message { kind, value, .. } = heard else { continue };
        let said = format!("{value:?}");
        let apartments = said.split(|letter: char| !letter.is_alphanumeric());
        assert_eq!(apartments.filter(|word| ["STA", "MTA"].contains(word)).count(), 0, "{said}");
        asserted += 1;
        let number = |name| value.property(name).and_then(Value::as_i64);
        if [INIT_RUNSPACEPOOL, CREATE_PIPELINE].contains(&kind) {
            assert_eq!(number("ApartmentState"), Some(2), "Unknown: {said}");
            asserted += 1;
        }
        if kind == INIT_RUNSPACEPOOL {
            assert_eq!(number("PSThreadOptions"), Some(0), "Default: {said}");
            asserted += 1;
        }
        pools += usize::from(kind == INIT_RUNSPACEPOOL);
        pipelines += usize::from(kind == CREATE_PIPELINE);
    }
    assert_eq!(pools, 1);
    assert!(pipelines >= 2, "{pipelines}");
    for step in printed["steps"].as_array().unwrap() {
        assert_eq!(step["verdict"], "green", "{printed:#}");
        asserted += 1;
    }
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    asserted + 3
}

fn named<const N: usize>(test: &str, names: [&str; N]) -> Option<[PathBuf; N]> {
    let values = names.map(|name| env::var_os(name).map(PathBuf::from).ok_or(name));
    for name in values.iter().filter_map(|value| value.as_ref().err()) {
        eprintln!("SKIPPED {test}: {name} is not set");
    }
    values.iter().all(Result::is_ok).then(|| values.map(Result::unwrap))
}

/// The relay that was built with this program.
fn relay_of(program: &Path) -> PathBuf {
    let relay = program.parent().unwrap().join("examples/relay").with_extension(
        program.extension().unwrap_or_default(),
    );
    assert!(relay.is_file(), "{} is missing: build it with --example relay", relay.display());
    relay
}

#[test]
fn every_message_leaves_the_apartment_to_powershell() {
    let Some([powershell]) =
        named("every_message_leaves_the_apartment_to_powershell", ["GREENLIGHT_POWERSHELL"])
    else {
        return;
    };
    let program = Path::new(env!("CARGO_BIN_EXE_greenlight"));
    on_the_wire(Command::new(program), &relay_of(program), &powershell, |path| path.display().to_string());
}

#[test]
fn every_message_of_the_windows_program_leaves_the_apartment_to_powershell() {
    let names = ["GREENLIGHT_WINE", "GREENLIGHT_WINDOWS", "GREENLIGHT_WINDOWS_POWERSHELL"];
    let name = "every_message_of_the_windows_program_leaves_the_apartment_to_powershell";
    let Some([wine, program, powershell]) = named(name, names) else { return };
    let mut greenlight = Command::new(wine);
    greenlight.arg(&program);
    let asserted = on_the_wire(greenlight, &relay_of(&program), &powershell, |path| {
        format!("Z:{}", path.display()).replace('/', "\\")
    });
    println!("ON WINDOWS {name}: {asserted} assertions");
}
