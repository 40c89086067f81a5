//! The wizard itself, in a real terminal on the real engine: an operator at the keyboard, from the first screen to the
//! sealed handoff; with a wrong password; with a session lost half-way; with the plug pulled in the middle of a step.

mod ahead;
mod going;
mod operator;
mod questions;
mod rows;
mod terminals;

use std::process::Command;

use operator::Operator;
use serde_json::{Value, json};

use crate::harness::procedure::{REHEARSE, SEVENTEEN, TENANT};
use crate::harness::processes::is_alive;
use crate::harness::terminal::Terminal;
use crate::harness::world::{ADMIN, PASSWORD, World, wait_until};

/// A run of the seventeen steps.
const BEGIN: [&str; 3] = ["run", SEVENTEEN, "--trust"];

fn verified(world: &World) -> String {
    let folder = world.run_folder();
    let run = folder.file_name().unwrap().to_str().unwrap();
    let output = world.greenlight(&["verify", run]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn count(events: &[Value], kind: &str) -> usize {
    events.iter().filter(|event| event["type"] == kind).count()
}

/// The export and the files say what happened, and nobody's password.
fn assert_handed_off(world: &World, screen: &str) {
    assert!(world.is_shared());
    let markdown = world.export("markdown");
    for text in [
        "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True",
        "Ada Lovelace",
        "signed in from inside and outside",
        "SharedSipAddressSpace",
    ] {
        assert!(markdown.contains(text), "{text} is missing in\n{markdown}");
    }
    let verified = verified(world);
    let head = verified.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(markdown.contains(&head), "the export does not bear the head code {head}");
    assert!(screen.contains(&head), "the sealed screen does not show {head}:\n{screen}");
    let exported: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_eq!(exported["rehearsal"], json!(false));
    let events = world.events();
    assert_eq!(events.last().unwrap()["type"], "sealed");
    let handoff = world.run_folder().join("handoff");
    let script = std::fs::read_to_string(handoff.join("start-migration.ps1")).unwrap();
    assert!(
        script.contains("pool01.contoso.com") && script.contains("-WhatIf") && !script.contains("-Force")
    );
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(handoff.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["steps"].as_array().unwrap().len(), 17);
    world.assert_no_secret(&[screen.as_bytes(), markdown.as_bytes()]);
}

#[test]
fn an_operator_goes_from_the_first_screen_to_the_sealed_handoff() {
    const TEST: &str = "an_operator_goes_from_the_first_screen_to_the_sealed_handoff";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &BEGIN);
    operator.to_the_credential(PASSWORD);
    operator.to_the_tenant();
    operator.share_address_space();
    operator.green(17);
    let screen = operator.hand_off();
    operator.quit();
    assert!(operator.terminal.screen().contains("exit code 0"));
    assert_handed_off(&world, &screen);
    let log = world.tenant()["log"].to_string();
    assert_eq!(log.matches("SharedSipAddressSpace").count(), 1, "the apply ran once: {log}");
}

#[test]
fn a_wrong_password_is_explained_and_the_right_one_goes_on() {
    const TEST: &str = "a_wrong_password_is_explained_and_the_right_one_goes_on";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &BEGIN);
    operator.to_the_credential("not the password");
    operator.check_and_apply();
    let screen = operator.idle("Logon failed for the user");
    assert!(screen.contains("What to do") && screen.contains("14 of 17 green"), "{screen}");
    assert!(screen.contains("1 sign-in has failed"), "{screen}");
    // Enter leads to the credential, which is green and is applied again.
    operator.enter_for("Enter  first apply");
    operator.type_credential(PASSWORD);
    operator.idle("14 of 17 green");
    operator.terminal.wait_until("the session step", |screen| {
        screen.contains("Enter  apply it; only this session changes")
    });
    operator.terminal.press(&["Enter"]);
    operator.green(15);
    operator.check_and_apply();
    operator.green(16);
    operator.share_address_space();
    operator.green(17);
    let screen = operator.hand_off();
    operator.quit();
    assert_handed_off(&world, &screen);
    let markdown = world.export("markdown");
    assert!(markdown.contains("Logon failed"), "what went wrong stays in the log:\n{markdown}");
}

#[test]
fn a_session_lost_half_way_is_noticed_and_opened_again() {
    const TEST: &str = "a_session_lost_half_way_is_noticed_and_opened_again";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &BEGIN);
    operator.to_the_credential(PASSWORD);
    operator.to_the_tenant();
    world.change_tenant("expire", json!(true));
    operator.enter_for("Enter  check whether it holds");
    let screen = operator.idle("undetermined");
    assert!(screen.contains("gate locked"), "{screen}");
    assert!(!world.is_shared());
    // Two steps back: the session is found broken, opened again, its commands imported again.
    operator.terminal.press(&["k", "k"]);
    operator.idle("$CSSession = New-CsOnlineSession");
    operator.terminal.press(&["c"]);
    // The engine says `Broken` a moment after the session is no longer available; either is red.
    operator.idle("is Available");
    operator.idle("red ·");
    operator.terminal.press(&["a"]);
    operator.green(15);
    // What was imported belongs to the old session: it is to be imported again, and not only looked at.
    let screen = operator.idle("” was applied");
    assert!(screen.contains("to do"), "{screen}");
    operator.enter_for("Enter  apply it; only this session changes");
    operator.green(16);
    operator.share_address_space();
    operator.green(17);
    let screen = operator.hand_off();
    operator.quit();
    assert_handed_off(&world, &screen);
}

#[test]
fn after_kill_9_in_the_middle_of_a_step_the_run_goes_on_where_it_was() {
    const TEST: &str = "after_kill_9_in_the_middle_of_a_step_the_run_goes_on_where_it_was";
    let Some(world) = World::new(TEST) else { return };
    if !Terminal::is_there(TEST) {
        return;
    }
    let operator = Operator::start(&world, &BEGIN);
    operator.to_the_credential(PASSWORD);
    operator.check_and_apply();
    operator.green(15);
    world.change_tenant("import_delay_ms", json!(600_000));
    operator.check_and_apply();
    world.wait_for_marker("Import-PSSession");
    let engine: u32 =
        std::fs::read_to_string(world.path("Import-PSSession.started")).unwrap().trim().parse().unwrap();
    let pid = operator.terminal.pid_of("greenlight").expect("greenlight runs in the terminal");
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
    operator.terminal.wait_for("exit code 137");
    wait_until("the end of PowerShell", || !is_alive(engine));
    drop(operator);
    // The log of a run that nobody has open says what became of the command.
    let log = world.export("markdown");
    assert!(!log.contains("is running now") && log.contains("interrupted"), "{log}");

    world.change_tenant("import_delay_ms", json!(0));
    let operator = Operator::start(&world, &[]);
    let screen = operator.terminal.wait_for("BEGIN");
    assert!(screen.find("Before migrating") < screen.find("BEGIN"), "going on is offered first:\n{screen}");
    operator.terminal.press(&["Enter"]);
    operator.terminal.wait_for("> [ Start PowerShell and begin ]");
    operator.terminal.press(&["Enter"]);
    let screen = operator.idle("interrupted");
    assert!(screen.contains("gate locked"), "{screen}");
    let events = world.events();
    assert_eq!(count(&events, "resumed"), 1);
    assert_left_behind(&events);

    // What lived in the session is asked for again; what was measured is measured again before it counts.
    operator.check_all();
    operator.idle("5 of 17 green");
    operator.quit();
    let unsealed = world.events();
    assert_eq!(count(&unsealed, "sealed"), 0);
    verified(&world);
    let markdown = world.export("markdown");
    assert!(markdown.to_lowercase().contains("interrupted"), "{markdown}");
    world.assert_no_secret(&[markdown.as_bytes()]);
}

/// An apply was the last that began before the run was opened again, and what it had put out is vouched for.
fn assert_left_behind(events: &[Value]) {
    let before: Vec<&Value> = events.iter().take_while(|event| event["type"] != "resumed").collect();
    let [.., last, left] = before.as_slice() else { panic!("{before:?}") };
    assert_eq!(
        (&last["type"], &last["purpose"], &last["step"]),
        (&json!("started"), &json!("apply"), &json!("tenant-commands"))
    );
    assert_eq!(left["type"], "left-behind");
    let transcript = left["file"]["file"].as_str().unwrap();
    assert!(transcript.starts_with("transcript/tenant-commands-"), "{transcript}");
}
