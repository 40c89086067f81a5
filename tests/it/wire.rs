//! What greenlight says to PowerShell, kept byte by byte by a relay between the two.

use std::fs;
use std::path::{Path, PathBuf};

use greenlight::facade::psrp::PsValue;

use crate::harness::peer::{CREATE_PIPELINE, Heard, Peer};
use crate::harness::system::System;
use crate::harness::world::World;

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
title.en = "The culture is one"
why.en = "So that something more is run."
[step.check]
command = "Get-Culture"
expect = [{ property = "Name", is_not = "nowhere" }]
"#;

/// The relay that was built beside the program.
fn relay(world: &World) -> PathBuf {
    let program = match &world.system {
        System::Native(_) => Path::new(env!("CARGO_BIN_EXE_greenlight")),
        System::Windows(windows) => &windows.program,
    };
    let relay =
        program.with_file_name("examples/relay").with_extension(program.extension().unwrap_or_default());
    assert!(relay.is_file(), "{} is missing: build it with --example relay", relay.display());
    relay
}

on_both!(every_message_leaves_the_apartment_to_powershell);
fn every_message_leaves_the_apartment_to_powershell(world: &World) {
    fs::write(world.path("wire.toml"), CHECKLIST).unwrap();
    let relay = world.system.written(&relay(world));
    let checklist = world.written("wire.toml");
    let mut check =
        world.greenlight(&["check", &checklist, "--trust", "--output", "json", "--powershell", &relay]);
    check.env("GREENLIGHT_RELAY_TO", world.system.powershell());
    check.env("GREENLIGHT_RELAY_RECORD", world.written("record"));
    let output = check.output().unwrap();
    let recorded = fs::read(world.path("record")).expect("the relay was started");
    let (arguments, sent) = recorded.split_at(recorded.iter().position(|byte| *byte == b'\n').unwrap() + 1);

    // As the first argument, `-s` starts the 2.0 mode of Windows PowerShell.
    assert_eq!(String::from_utf8_lossy(arguments), "-NoLogo -NoProfile -s\n");
    let (mut pools, mut pipelines) = (0, 0);
    for (heard, _) in Peer::default().hear(sent) {
        let Heard::Message { kind, value, .. } = heard else { continue };
        let said = format!("{value:?}");
        let mut words = said.split(|letter: char| !letter.is_alphanumeric());
        assert!(!words.any(|word| ["STA", "MTA"].contains(&word)), "{said}");
        let number = |name| value.property(name).and_then(PsValue::as_i64);
        if kind == INIT_RUNSPACEPOOL {
            pools += 1;
            assert_eq!(number("PSThreadOptions"), Some(0), "Default: {said}");
            assert_eq!(number("ApartmentState"), Some(2), "Unknown: {said}");
        }
        if kind == CREATE_PIPELINE {
            pipelines += 1;
            assert_eq!(number("ApartmentState"), Some(2), "Unknown: {said}");
        }
    }
    assert_eq!(pools, 1);
    assert!(pipelines >= 2, "{pipelines}");

    let printed: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    for step in printed["steps"].as_array().unwrap() {
        assert_eq!(step["verdict"], "green", "{printed:#}");
    }
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
