//! The wizard as lines: what it says of a command that is refused, of inputs, and of a handoff that failed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where it stands"
)]

#[macro_use]
#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test uses its own part")]
mod world;
#[path = "support/dialogue.rs"]
#[allow(dead_code, reason = "each test uses its own part")]
mod dialogue;

use std::fs;
use std::process::Output;

use dialogue::Dialogue;
use world::World;

/// One statement, one input, and a handoff.
const STATED: &str = r#"
format = 1
id = "stated"
version = "1"
title = "Stated"
[[input]]
id = "target_pool"
kind = "fqdn"
ask = "The pool"
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
script = "Get-X $target_pool"
"#;

fn start(world: &World, arguments: &[&str]) -> Dialogue {
    fs::write(world.path("stated.toml"), STATED).unwrap();
    Dialogue::start(&mut world.greenlight(&[&["--plain"], arguments].concat()))
}

fn outcome(world: &World, arguments: &[&str]) -> (Option<i32>, String, String) {
    fs::write(world.path("stated.toml"), STATED).unwrap();
    let Output { status, stdout, stderr } = world.greenlight(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

const STATED_RUN: [&str; 5] = ["run", "stated.toml", "--trust", "--rehearse=default", "--input"];

on_both!(a_command_that_is_refused_is_not_said_to_run_and_shows_no_output_of_another without PowerShell);
fn a_command_that_is_refused_is_not_said_to_run_and_shows_no_output_of_another(world: &World) {
    let mut run = start(world, &["run", "--rehearse"]);
    run.wait_for("Next (Enter): 1. ");
    run.say(&[""]);
    let first = run.wait_for("Next (Enter): 2. ");
    assert!(first.contains("runs: $PSVersionTable\n") && first.contains("  out | "), "{first}");
    // It needs what nobody has checked yet.
    run.say(&["6"]);
    let refused = run.wait_for("Next (Enter): 2. ");
    assert!(refused.contains("must be green first"), "{refused}");
    assert!(!refused.contains("runs: ") && !refused.contains(" | "), "{refused}");
    run.say(&["q"]);
    run.end();
}

on_both!(an_input_can_be_changed_after_it_was_given without PowerShell);
fn an_input_can_be_changed_after_it_was_given(world: &World) {
    let mut run = start(world, &[&STATED_RUN[..], &["target_pool=old.contoso.com"]].concat());
    run.wait_for("i = inputs");
    run.say(&["i"]);
    run.wait_for("1. The pool: old.contoso.com\n");
    run.say(&["1", "nonsense", "new.contoso.com", "i"]);
    run.wait_for("does not look like");
    run.wait_for("1. The pool: new.contoso.com\n");
    run.say(&["", "q"]);
    run.end();
}

on_both!(inputs_of_the_command_line_count_for_a_run_that_is_resumed without PowerShell);
fn inputs_of_the_command_line_count_for_a_run_that_is_resumed(world: &World) {
    outcome(world, &[&["--plain"], &STATED_RUN[..], &["target_pool=old.contoso.com"]].concat());
    let resume = ["resume", "--plain", "--input"];
    let before = fs::read(world.run_folder().join("journal.jsonl")).unwrap();
    for (input, why) in [
        ("target_pol=a.b", "no input “target_pol”"),
        ("target_pool=nonsense", "“nonsense” does not look like"),
    ] {
        let (code, _, said) = outcome(world, &[&resume[..], &[input]].concat());
        assert!(code == Some(2) && said.contains(why), "{code:?} {said}");
    }
    assert_eq!(fs::read(world.run_folder().join("journal.jsonl")).unwrap(), before, "nothing is recorded");
    let mut run =
        Dialogue::start(&mut world.greenlight(&[&resume[..], &["target_pool=new.contoso.com"]].concat()));
    run.say(&["i"]);
    run.wait_for("1. The pool: new.contoso.com\n");
    run.say(&["", "1", "Ana", "", "s", "GO"]);
    run.wait_for("SEALED");
    run.end();
    let (code, _, said) = outcome(
        world,
        &[&["resume"], &[world.run_written().as_str()], &resume[1..], &["target_pool=x.contoso.com"]]
            .concat(),
    );
    assert!(code == Some(2) && said.contains("this run is sealed"), "{code:?} {said}");
}

on_both!(a_handoff_that_could_not_be_written_says_why_and_can_be_begun_again without PowerShell);
fn a_handoff_that_could_not_be_written_says_why_and_can_be_begun_again(world: &World) {
    let mut run = start(world, &[&STATED_RUN[..], &["target_pool=pool.contoso.com"]].concat());
    run.wait_for("Next (Enter): 1. ");
    // A file stands where its folder should.
    fs::write(world.run_folder().join("handoff"), "").unwrap();
    run.say(&["1", "Ana", "", "s", "GO"]);
    run.wait_for("! The handoff could not be written: ");
    run.wait_for("The gate is OPEN");
    fs::remove_file(world.run_folder().join("handoff")).unwrap();
    run.say(&["s", "GO"]);
    let said = run.wait_for("SEALED");
    assert!(!said.contains("could not be written"), "{said}");
    assert_eq!(run.end().0.code(), Some(0));
}

on_both!(nothing_is_sealed_that_is_not_as_it_was_written_and_no_unsealed_script_lies_about without PowerShell);
fn nothing_is_sealed_that_is_not_as_it_was_written_and_no_unsealed_script_lies_about(world: &World) {
    let mut run = start(world, &[&STATED_RUN[..], &["target_pool=pool.contoso.com"]].concat());
    run.wait_for("Next (Enter): 1. ");
    let checklist = world.run_folder().join("checklist.toml");
    let kept = fs::read(&checklist).unwrap();
    fs::write(&checklist, [kept.as_slice(), b"\n"].concat()).unwrap();
    run.say(&["1", "Ana", "", "s", "GO"]);
    let said = run.wait_for("The gate is OPEN");
    let said = if said.contains("checklist.toml") { said } else { run.wait_for("checklist.toml") };
    assert!(!said.contains("SEALED"), "{said}");
    assert!(!world.run_folder().join("handoff").exists());
    let aside = world.run_folder().join("handoff.unsealed-1");
    assert!(aside.join("manifest.json").exists());
    fs::write(&checklist, kept).unwrap();
    run.say(&["s", "GO"]);
    run.wait_for("SEALED");
    assert_eq!(run.end().0.code(), Some(0));
    // What was put aside is vouched for as well.
    let folder = world.run_written();
    assert_eq!(outcome(world, &["verify", &folder]).0, Some(0));
    fs::write(aside.join("manifest.json"), "{}").unwrap();
    assert_eq!(outcome(world, &["verify", &folder]).0, Some(5));
}
