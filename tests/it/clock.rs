//! The computer's clock is set while the wizard runs: what was once too old stays so until it is checked or stated again.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::harness::dialogue::Dialogue;
use crate::harness::world::World;

const CHECKLIST: &str = r#"format = 1
id = "fresh"
version = "1"
title = "Fresh"
[[step]]
id = "a"
title = "Measured"
why = "w"
fresh_for = "2m"
[step.check]
command = "1"
expect = [{ is = 1 }]
[[step]]
id = "b"
title = "Stated"
why = "w"
fresh_for = "2m"
[step.attest]
statement = "I swear"
"#;

/// Where the clock's offset stands, and the library that reads it.
const OFFSET: &str = "offset";
const LIBRARY: &str = "wall_clock.so";

fn set_clock(world: &World, seconds: i64) {
    fs::write(world.path(OFFSET), seconds.to_string()).unwrap();
}

fn stand(run: &mut Dialogue, word: &str) {
    run.say(&["l"]);
    let stated = if word == "green" { "stated" } else { word };
    for (word, title) in [(word, "Measured"), (stated, "Stated")] {
        run.wait_for(&format!("{word}: {title}\n"));
    }
    run.say(&["g"]);
    run.wait_for(if word == "green" { "GATE OPEN" } else { "GATE LOCKED" });
}

on_both!(what_was_once_too_old_stays_so_when_the_clock_is_set_back);
fn what_was_once_too_old_stays_so_when_the_clock_is_set_back(world: &World) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/wall_clock.c");
    let library = world.path(LIBRARY);
    let built = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).args([&library, &source]).status();
    assert!(built.unwrap().success());
    fs::write(world.path("fresh.toml"), CHECKLIST).unwrap();
    set_clock(world, 0);
    let file = world.written("fresh.toml");
    let mut command = world.greenlight(&["run", &file, "--plain", "--trust"]);
    command.env("LD_PRELOAD", library).env("WALL_CLOCK", world.path(OFFSET));
    let mut run = Dialogue::start(&mut command);
    run.wait_for("> ");
    run.say(&["1", "2", "Ada", ""]);
    run.wait_for("stated: Stated\n");
    stand(&mut run, "green");

    set_clock(world, 600);
    stand(&mut run, "stale");
    set_clock(world, -10_800);
    stand(&mut run, "stale");
    let ended: Vec<_> = world.events().into_iter().filter(|event| event["type"] == "expired").collect();
    assert_eq!(ended, [json!({ "type": "expired", "steps": ["a", "b"], "why": "age" })]);

    run.say(&["1", "2", "Ada", ""]);
    run.wait_for("stated: Stated\n");
    stand(&mut run, "green");
    // Back at the time of day, which is later than that of the checks: three hours have passed.
    set_clock(world, 0);
    stand(&mut run, "stale");
    run.say(&["q"]);
    run.end();
}
