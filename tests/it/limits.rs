//! What has no end is not read to its end, what has no limit is kept up to one, and what leads elsewhere is not followed.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Output};

use serde_json::Value;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::world::World;

/// As much memory as the program needs, and a fraction of what it would read.
const MEMORY_KIB: u32 = 1 << 20;

/// Runs the program with no more memory than that.
fn frugal(world: &World, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -v {MEMORY_KIB}; exec \"$@\"")).arg("sh");
    command.arg(env!("CARGO_BIN_EXE_greenlight")).args(arguments).envs(world.environment());
    World::finish(&mut command, "")
}

on_native!(what_has_no_end_is_read_up_to_its_limit without PowerShell);
fn what_has_no_end_is_read_up_to_its_limit(world: &World) {
    for command in ["lint", "check", "show"] {
        let output = frugal(world, &[command, "/dev/zero"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("larger than 1 MiB"), "{command}: {said}");
    }
    let folder = world.path("config/greenlight");
    fs::create_dir_all(&folder).unwrap();
    symlink("/dev/zero", folder.join("trusted.txt")).unwrap();
    fs::write(world.path("own.toml"), OWN).unwrap();
    let output = frugal(world, &["check", &world.written("own.toml"), "--rehearse"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("--trust"), "{said}");
    symlink("/dev/zero", folder.join("config.toml")).unwrap();
    let output = frugal(world, &["runs"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("config.toml"), "{said}");
}

const OWN: &str = r#"format = 1
id = "own"
version = "1"
title = "Own"
[[step]]
id = "loud"
title = "Loud"
why = "w"
[step.check]
command = "1..66 | ForEach-Object { 'x' * 1MB }; 'the end'"
expect = [{ is = "no", rows = "none" }]
"#;

on_both!(a_transcript_is_kept_up_to_a_limit_and_the_journal_vouches_for_what_was_left_out);
fn a_transcript_is_kept_up_to_a_limit_and_the_journal_vouches_for_what_was_left_out(world: &World) {
    fs::write(world.path("own.toml"), OWN).unwrap();
    let output = world.run(&["check", &world.written("own.toml"), "--trust", "--output", "json"], "");
    let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(checked["steps"][0]["verdict"], "green", "{checked:#}");
    let ended = world.events().into_iter().find(|event| event["type"] == "checked").unwrap();
    let kept = &ended["transcript"];
    let file = world.run_folder().join(kept["file"].as_str().unwrap());
    let length = fs::metadata(&file).unwrap().len();
    assert_eq!(kept["bytes"], length);
    assert!(length <= 64 << 20 && length > 60 << 20, "{length}");
    let lines = fs::read_to_string(&file).unwrap().lines().count() as u64;
    assert_eq!(kept["left_out"]["lines"].as_u64().unwrap() + lines, 67, "{kept}");
    let left_out = (66 << 20) + 7 - (lines << 20);
    assert_eq!(kept["left_out"]["bytes"], left_out, "{kept}");

    let said = format!("{} more lines, {left_out} bytes, had no room", kept["left_out"]["lines"]);
    let verified = world.run(&["verify", &world.run_id()], "");
    assert_eq!(verified.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&verified.stdout).contains(&said), "{verified:?}");
    for format in ["markdown", "html"] {
        assert!(world.export(format).contains(&said), "{format}");
    }
    let export: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_eq!(export["steps"][0]["excerpt"]["left_out"], kept["left_out"]);
    assert_eq!(export["steps"][0]["last_attempts"][0]["transcript"]["left_out"], kept["left_out"]);
}

on_native!(a_folder_of_the_run_that_became_a_link_is_not_followed without PowerShell);
fn a_folder_of_the_run_that_became_a_link_is_not_followed(world: &World) {
    let elsewhere = world.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let mut run = Dialogue::start(&mut world.greenlight(&["run", SEVENTEEN, "--trust", "--plain", REHEARSE]));
    run.wait_for("> ");
    let transcript = world.run_folder().join("transcript");
    symlink(&elsewhere, &transcript).unwrap();
    run.say(&[""]);
    run.wait_for("transcript");
    run.wait_for("1 = try again");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    fs::remove_file(&transcript).unwrap();
    run.say(&["1", "q"]);
    run.end();
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}

on_native!(a_link_in_the_place_of_a_file_of_the_run_is_not_written_through without PowerShell);
fn a_link_in_the_place_of_a_file_of_the_run_is_not_written_through(world: &World) {
    fs::write(world.path("stated.toml"), STATED).unwrap();
    let victim = world.path("victim");
    fs::write(&victim, "mine").unwrap();
    let file = world.written("stated.toml");
    let mut run =
        Dialogue::start(&mut world.greenlight(&["run", &file, "--trust", "--rehearse=default", "--plain"]));
    run.wait_for("> ");
    let handoff = world.run_folder().join("handoff");
    fs::create_dir(&handoff).unwrap();
    // What is written first has another name until it is whole.
    symlink(&victim, handoff.join("go.ps1.new")).unwrap();
    fs::hard_link(&victim, handoff.join("manifest.json.new")).unwrap();
    run.say(&["1", "Ana", "", "s", "GO"]);
    run.wait_for("SEALED");
    run.end();
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert!(handoff.join("go.ps1").symlink_metadata().unwrap().is_file());

    // A journal that is a link is not gone on with.
    world.begin_anew();
    let mut run =
        Dialogue::start(&mut world.greenlight(&["run", &file, "--trust", "--rehearse=default", "--plain"]));
    run.wait_for("> ");
    run.say(&["q"]);
    run.end();
    let journal = world.run_folder().join("journal.jsonl");
    let moved = world.path("moved.jsonl");
    fs::rename(&journal, &moved).unwrap();
    symlink(&moved, &journal).unwrap();
    let before = fs::read(&moved).unwrap();
    let output = world.run(&["resume", &world.run_id(), "--plain"], "q\n");
    assert_ne!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(fs::read(&moved).unwrap(), before);
}

const STATED: &str = r#"format = 1
id = "stated"
version = "1"
title = "Stated"
[[step]]
id = "said"
title = "Somebody says so"
why = "Because."
[step.attest]
statement = "I say so."
[handoff]
title = "Start"
say = "Go on."
confirm = "GO"
file = "go.ps1"
script = "Get-X"
"#;
