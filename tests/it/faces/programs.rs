//! The same with the real program: an apply that is cut off, one that fails, and one that prints.

use std::fs;

use serde_json::{Value, json};

use crate::harness::dialogue::Dialogue;
use crate::harness::world::World;

/// Its apply fails, or goes on for as long as nobody stops it where there is a file `slow`.
const FLAG: &str = r#"
format = 1
id = "flag"
version = "1"
title = "Flag"
[[step]]
id = "flag-set"
title = "The flag is set"
why = "w"
timeout = "5m"
[step.check]
command = "[pscustomobject]@{ Flag = 'FOUND-BEFORE' }"
expect = [{ property = "Flag", is = "SET" }]
[step.apply]
command = '''
if (Test-Path -LiteralPath '@slow') { 'x' | Set-Content -LiteralPath '@started'; Start-Sleep 300 }
Write-Error 'ERROR-OF-APPLY' -ErrorId FlagFault
'''
changes = "session"
[[step.remedy]]
when = { property = "Flag" }
say = "REMEDY-OF-CHECK"
[[step.remedy]]
when = { error_id = "FlagFault" }
say = "REMEDY-OF-APPLY"
"#;

/// Writes the checklist and gives what names it.
fn flag(world: &World) -> String {
    let flag =
        FLAG.replace("@slow", &world.written("slow")).replace("@started", &world.written("apply.started"));
    fs::write(world.path("flag.toml"), flag).unwrap();
    world.written("flag.toml")
}

/// Checks the step, and begins its apply.
const CHECK_AND_APPLY: [&str; 3] = ["1", "1", "1"];

/// What everybody but the screen shows of the run, by the name of the face; the step as JSON.
fn faces(world: &World) -> (Vec<(&'static str, String)>, Value) {
    let run = world.run_written();
    let listed = world.run(&["resume", &run, "--plain"], "l\nq\n");
    let mut watch = Dialogue::start(&mut world.mortal(&["watch", &run]));
    let watched = watch.wait_for("GATE LOCKED");
    watch.kill();
    let json: Value = serde_json::from_str(&world.export("json")).unwrap();
    let history = "Commands run for this step";
    let markdown = world.export("markdown").split(history).next().unwrap().to_owned();
    let html = world.export("html").split(history).next().unwrap().to_owned();
    let plain = String::from_utf8(listed.stdout).unwrap();
    let faces = [("plain", plain), ("watch", watched), ("Markdown", markdown), ("HTML", html)];
    (faces.to_vec(), json["steps"][0].clone())
}

on_both!(an_apply_that_was_cut_off_leaves_nothing_of_the_check_before_it_on_any_face);
fn an_apply_that_was_cut_off_leaves_nothing_of_the_check_before_it_on_any_face(world: &World) {
    let checklist = flag(world);
    fs::write(world.path("slow"), "").unwrap();
    let mut run = Dialogue::start(&mut world.mortal(&["run", &checklist, "--trust", "--plain"]));
    run.say(&CHECK_AND_APPLY);
    run.wait_for("FOUND-BEFORE");
    world.wait_for_marker("apply");
    run.kill();
    run.end();
    // As it was left, and as it goes on.
    let before: Value = serde_json::from_str(&world.export("json")).unwrap();
    let (faces, after) = faces(world);
    for step in [&before["steps"][0], &after] {
        assert_eq!(step["status"], "interrupted");
        assert_eq!(
            (&step["facts"], &step["remedies"], &step["failures"]),
            (&json!([]), &json!([]), &json!([]))
        );
        assert!(step["reason"].as_str().unwrap().contains("the apply was cut off"), "{step}");
    }
    for (face, text) in faces {
        assert!(text.contains("interrupted") && text.contains("the apply was cut off"), "{face}: {text}");
        for old in ["FOUND-BEFORE", "found: ", "REMEDY-OF"] {
            let command = text.replace("Flag = 'FOUND-BEFORE'", "");
            assert!(!command.contains(old), "{old} on {face}: {text}");
        }
    }
}

on_both!(what_an_apply_failed_of_stands_before_what_its_check_then_finds_on_every_face);
fn what_an_apply_failed_of_stands_before_what_its_check_then_finds_on_every_face(world: &World) {
    let checklist = flag(world);
    let mut run = Dialogue::start(&mut world.greenlight(&["run", &checklist, "--trust", "--plain"]));
    run.say(&CHECK_AND_APPLY);
    run.wait_for("its command failed: ERROR-OF-APPLY");
    run.wait_for("Next (Enter): 1. ");
    run.say(&["l"]);
    let listed = run.wait_for("l = list");
    let in_order = |face: &str, text: &str| {
        let at = |remedy: &str| text.find(remedy).unwrap_or_else(|| panic!("no {remedy} on {face}: {text}"));
        assert!(at("REMEDY-OF-APPLY") < at("REMEDY-OF-CHECK"), "{face}: {text}");
    };
    in_order("plain", &listed);
    let step: Value = serde_json::from_str::<Value>(&world.export("json")).unwrap()["steps"][0].clone();
    assert_eq!(step["status"], "red");
    assert_eq!(step["remedies"], json!(["REMEDY-OF-APPLY", "REMEDY-OF-CHECK"]));
    assert_eq!(step["failures"][0]["message"], "ERROR-OF-APPLY");
    in_order("Markdown", &world.export("markdown"));
    in_order("HTML", &world.export("html"));
    let mut watch = Dialogue::start(&mut world.mortal(&["watch", &world.run_written()]));
    in_order("watch", &watch.wait_for("GATE LOCKED"));
    watch.kill();
    run.say(&["q"]);
    run.end();
    let checked = world.run(&["check", &checklist, "--trust"], "");
    in_order("check", &String::from_utf8(checked.stdout).unwrap());
}

/// Its apply prints lines, one after another, and is read back.
const PRINTS: &str = r#"
format = 1
id = "prints"
version = "1"
title = "Prints"
[[step]]
id = "printed"
title = "It prints"
why = "w"
[step.check]
command = "'read back'; $global:x"
expect = [{ is = "go", rows = "any" }]
[step.apply]
command = "1..3 | ForEach-Object { Write-Host \"moved user $_\"; Start-Sleep -Milliseconds 200 }; $global:x = 'go'; 'all moved'"
changes = "session"
"#;

on_both!(each_line_that_an_apply_prints_is_printed_once);
fn each_line_that_an_apply_prints_is_printed_once(world: &World) {
    fs::write(world.path("prints.toml"), PRINTS).unwrap();
    let typed = CHECK_AND_APPLY.join("\n") + "\nq\n";
    let printed = world.run(&["run", &world.written("prints.toml"), "--trust", "--plain"], &typed);
    let printed = String::from_utf8(printed.stdout).unwrap();
    for (line, times) in
        [("moved user 1", 1), ("moved user 2", 1), ("moved user 3", 1), ("all moved", 1), ("read back", 2)]
    {
        let end = format!(" | {line}");
        let found = printed.lines().filter(|printed| printed.ends_with(&end)).count();
        assert_eq!(found, times, "{line} in\n{printed}");
    }
}
