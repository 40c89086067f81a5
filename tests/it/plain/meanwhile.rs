//! While a command runs in lines: Ctrl+C stops it and not greenlight, its time can be given once more, its step is named.

use std::fs;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{rehearsed, to_the_seal};
use crate::harness::system::signal;
use crate::harness::terminal::Terminal;
use crate::harness::world::{ADMIN, PASSWORD, World};

/// The first goes on until it is stopped.
const GOES_ON: &str = r#"
format = 1
id = "goes-on"
version = "1"
title = "Goes on"
[[step]]
id = "goes-on"
title = "It goes on"
why = "w"
timeout = "5m"
[step.check]
command = "[IO.File]::WriteAllText(\"$env:GREENLIGHT_FIXTURE_MARKERS/on.started\", $PID); 1; Start-Sleep 600"
expect = [{ rows = "any" }]
[[step]]
id = "after"
title = "It ends"
why = "w"
[step.check]
command = "'PRINTED'; Write-Warning 'WARNED'"
expect = [{ rows = "any" }]
[[step]]
id = "stubborn"
title = "It does not stop"
why = "w"
timeout = "5m"
[step.check]
command = "[IO.File]::WriteAllText(\"$env:GREENLIGHT_FIXTURE_MARKERS/stubborn.started\", $PID); [Threading.Thread]::Sleep(600000)"
expect = [{ rows = "any" }]
"#;

const STOPPED: &str = "! the command is being stopped; Ctrl+C once more leaves greenlight";

fn written(world: &World) -> String {
    fs::write(world.path("goes-on.toml"), GOES_ON).unwrap();
    world.written("goes-on.toml")
}

#[test]
fn ctrl_c_stops_the_command_and_not_greenlight_and_at_a_question_it_leaves() {
    let Some(world) = World::new("ctrl_c_stops_the_command_and_not_greenlight_and_at_a_question_it_leaves")
    else {
        return;
    };
    let file = written(&world);
    let mut run = Dialogue::start(&mut world.greenlight(&["run", &file, "--trust", "--plain"]));
    run.say(&["1"]);
    world.wait_for_marker("on");
    signal(run.id(), "-INT");
    run.wait_for(STOPPED);
    run.wait_for("[STOP] interrupted: It goes on");
    run.wait_for("Next (Enter)");
    // What it printed before it was stopped can be looked at, and the shell is the same.
    run.say(&["2"]);
    let after = run.wait_for("[ OK ] green: It ends");
    assert!(after.contains("  out | PRINTED"), "{after}");
    run.say(&["o", "2"]);
    let output = run.wait_for("  warning | WARNED");
    assert!(output.contains("2. It ends\ncheck, kept in ") && output.contains("  out | PRINTED"), "{output}");
    run.wait_for("> ");
    signal(run.id(), "-INT");
    run.wait_for("greenlight resume");
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(130), "{said}");
    assert_eq!(said.matches("PowerShell is gone").count(), 0, "{said}");
}

#[test]
fn a_second_ctrl_c_leaves_while_the_command_is_being_stopped() {
    let Some(world) = World::new("a_second_ctrl_c_leaves_while_the_command_is_being_stopped") else { return };
    let file = written(&world);
    let mut run = Dialogue::start(&mut world.greenlight(&["run", &file, "--trust", "--plain"]));
    run.say(&["3"]);
    world.wait_for_marker("stubborn");
    signal(run.id(), "-INT");
    run.wait_for(STOPPED);
    signal(run.id(), "-INT");
    run.wait_for("greenlight resume");
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(130), "{said}");
    assert!(said.contains("greenlight resume"), "{said}");
}

#[test]
fn on_a_terminal_a_command_is_given_more_time_and_is_stopped() {
    const TEST: &str = "on_a_terminal_a_command_is_given_more_time_and_is_stopped";
    let Some(world) = World::new(TEST).filter(|_| Terminal::is_there(TEST)) else { return };
    let file = written(&world);
    let terminal = Terminal::greenlight((100, 60), &world, &["run", &file, "--plain", "--trust"]);
    let enter = |line: &str| {
        terminal.type_text(line);
        terminal.press(&["Enter"]);
    };
    terminal.wait_for("Next (Enter)");
    enter("1");
    world.wait_for_marker("on");
    enter("what");
    terminal.wait_for("“what” is none of these");
    terminal.wait_for("Ctrl+C = stop the command · m = more time, once · x = stop the command");
    enter("m");
    terminal.wait_for("it may take 5:0");
    enter("m");
    terminal.wait_for("It was given more time already");
    enter("x");
    terminal.wait_for("interrupted: It goes on");
    fs::remove_file(world.path("on.started")).unwrap();
    enter("1");
    world.wait_for_marker("on");
    terminal.press(&["C-c"]);
    // The first ones were of `x`.
    for again in [STOPPED, "[STOP] interrupted: It goes on"] {
        let screen = terminal.wait_until(again, |screen| screen.matches(again).count() == 2);
        assert!(!screen.contains("exit code"), "{screen}");
    }
}

on_both!(a_question_names_its_step_and_the_handoff_says_how_far_it_is without PowerShell);
fn a_question_names_its_step_and_the_handoff_says_how_far_it_is(world: &World) {
    let mut run = rehearsed(world);
    run.say(&to_the_seal(ADMIN, PASSWORD));
    run.wait_for("14. The tenant administrator's credential was given asks:\n");
    run.wait_for("Every step is checked again before the handoff\n");
    let again = run.wait_for("Not measured, but stated by a person");
    for told in ["1 of 16, ", "9 of 16, ", "16 of 16, "] {
        assert!(again.contains(told), "{told} is missing in\n{again}");
    }
    run.wait_for("SEALED.");
    run.end();
}
