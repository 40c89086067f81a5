//! A step that is checked again after its apply, with the real program.

use std::fs;

use serde_json::Value;

use crate::harness::dialogue::Dialogue;
use crate::harness::world::World;

const CHECKLIST: &str = r#"
format = 1
id = "far"
version = "1"
title = "Far away"

[[step]]
id = "far"
title = "The change has come through"
why = "W"
lasts = "session"
[step.check]
command = "$global:asked++; $global:asked -ge 3"
until = { every = "1s", for = "2m" }
expect = [{ is = true }]
[step.apply]
command = "$global:asked = 0"
changes = "session"
"#;

const SCENARIO: &str = r#"
format = 1
id = "far"
title = { en = "Far" }
[state]
applied = false
asked = 0
[[reply]]
command = "$global:asked = 0"
set = { applied = true }
[[reply]]
command = "$global:asked++; $global:asked -ge 3"
when = { asked = { at_least = 2 } }
rows = [true]
[[reply]]
command = "$global:asked++; $global:asked -ge 3"
when = { applied = true }
count = ["asked"]
rows = [false]
[[reply]]
command = "$global:asked++; $global:asked -ge 3"
rows = [false]
"#;

fn written(world: &World, name: &str, text: &str) -> String {
    fs::write(world.path(name), text).unwrap();
    world.written(name)
}

/// How many of the checks nobody asked for.
fn polls(world: &World) -> usize {
    world.events().iter().filter(|event| event["errand"] == "poll").count()
}

on_both!(a_check_waits_for_what_its_apply_brings_about);
fn a_check_waits_for_what_its_apply_brings_about(world: &World) {
    let file = written(world, "far.toml", CHECKLIST);
    let output = world.run(&["check", &file, "--trust", "--output", "json"], "");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["steps"][0]["status"], &json["gate"]["open"]), (&"green".into(), &true.into()));
    assert_eq!((output.status.code(), polls(world)), (Some(0), 2));
    assert!(world.run(&["verify", &world.run_written()], "").status.success());
}

on_both!(an_effect_may_come_at_the_third_check_of_a_rehearsal without PowerShell);
fn an_effect_may_come_at_the_third_check_of_a_rehearsal(world: &World) {
    let file = written(world, "far.toml", &CHECKLIST.replace("1s", "30s"));
    let scenario = written(world, "played.toml", SCENARIO);
    let shown = world.run(&["show", &file], "");
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("checked every 30s until it is green, for 2m at most"), "{shown}");
    let mut run = Dialogue::start(&mut world.greenlight(&[
        "run",
        &file,
        "--trust",
        "--plain",
        "--rehearse",
        &scenario,
    ]));
    run.wait_for("Next (Enter): 1. ");
    run.say(&["1"]);
    run.wait_for("Next (Enter): 1. ");
    run.say(&["1", "1"]);
    run.wait_for(
        "checked every 30s until it is green, for 2m at most. (in this rehearsal the time is shortened)",
    );
    run.wait_for("[POLL] waiting: The change has come through");
    run.wait_for("(in this rehearsal the time is shortened)");
    run.wait_for("x = stop waiting");
    run.wait_for("[ OK ] green: The change has come through");
    run.say(&["q"]);
    let (_, text) = run.end();
    assert_eq!(text.matches("[POLL]").count(), 1, "it is told once: {text}");
    assert_eq!(polls(world), 2);
}

on_both!(a_wait_is_stopped_in_lines without PowerShell);
fn a_wait_is_stopped_in_lines(world: &World) {
    let file = written(world, "far.toml", &CHECKLIST.replace("1s", "30s"));
    let scenario = written(world, "played.toml", &SCENARIO.replace("at_least = 2", "at_least = 90"));
    let mut run = Dialogue::start(&mut world.greenlight(&[
        "run",
        &file,
        "--trust",
        "--plain",
        "--rehearse",
        &scenario,
    ]));
    run.wait_for("Next (Enter): 1. ");
    run.say(&["1"]);
    run.wait_for("Next (Enter): 1. ");
    run.say(&["1", "1"]);
    run.wait_for("x = stop waiting");
    run.say(&["x"]);
    run.wait_for("expected: is True; found: False");
    run.say(&["q"]);
    let (_, text) = run.end();
    let events = world.events();
    let ends = |event: &&Value| event["type"] == "wait-ended" || event["type"] == "stop-asked";
    assert_eq!(events.iter().filter(ends).count(), 1, "{text}");
}
