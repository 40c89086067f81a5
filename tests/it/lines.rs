//! The operator in lines on the real engine, on both systems: from the first step to the sealed handoff; with a wrong
//! password; with a session lost half-way; with either process killed in the middle of a step; with one that hangs.

use std::fs;

use serde_json::{Value, json};

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{
    SEVENTEEN, TENANT, to_hand_off, to_the_credential, to_the_seal, to_the_tenant,
};
use crate::harness::processes::is_alive;
use crate::harness::system::{kill, signal};
use crate::harness::world::{ADMIN, PASSWORD, World, inputs, wait_until};

const SESSION: &str = "A remote session with the tenant is open";
const COMMANDS: &str = "The tenant's commands are imported, and the tenant answers";
const SHARED: &str = "The tenant shares its SIP address space";

fn begin(world: &World) -> Dialogue {
    let mut arguments = vec!["run", SEVENTEEN, "--trust", "--plain"];
    arguments.extend(inputs());
    Dialogue::start(&mut world.greenlight(&arguments))
}

/// Waits until a step is said to stand so.
fn stands(run: &mut Dialogue, status: &str, title: &str) {
    run.wait_for(&format!("{status}: {title}\n"));
}

/// The export and the files say what happened, and nobody's password.
fn assert_handed_off(world: &World, said: &str) {
    assert!(world.is_shared());
    let log = world.tenant()["log"].to_string();
    assert_eq!(log.matches("SharedSipAddressSpace").count(), 1, "the apply ran once: {log}");
    let markdown = world.export("markdown");
    for text in ["Set-CsTenantFederationConfiguration -SharedSipAddressSpace $True", "Ana", "CHG-1142"] {
        assert!(markdown.contains(text), "{text} is missing in\n{markdown}");
    }
    let verified = world.run(&["verify", &world.run_id()], "");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let verified = String::from_utf8(verified.stdout).unwrap();
    let head = verified.trim().rsplit(' ').next().unwrap();
    assert!(markdown.contains(head) && said.contains(head), "{head} is not told:\n{said}");
    let exported: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_eq!(exported["rehearsal"], json!(false));
    assert_eq!(world.events().last().unwrap()["type"], "sealed");
    let handoff = world.run_folder().join("handoff");
    let script = fs::read_to_string(handoff.join("start-migration.ps1")).unwrap();
    assert!(script.contains("pool01.contoso.com") && !script.contains("-Force"), "{script}");
    let manifest: Value = serde_json::from_slice(&fs::read(handoff.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["steps"].as_array().unwrap().len(), 17);
    world.assert_no_secret(&[said.as_bytes(), markdown.as_bytes()]);
}

on_both!(the_whole_procedure_goes_from_the_first_step_to_the_seal);
fn the_whole_procedure_goes_from_the_first_step_to_the_seal(world: &World) {
    let mut run = begin(world);
    run.say(&to_the_seal(ADMIN, PASSWORD));
    stands(&mut run, "red", SHARED);
    stands(&mut run, "green", SHARED);
    run.wait_for("SEALED.");
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(0), "{said}");
    assert_handed_off(world, &said);
}

on_both!(a_wrong_password_is_explained_and_the_right_one_goes_on);
fn a_wrong_password_is_explained_and_the_right_one_goes_on(world: &World) {
    let mut run = begin(world);
    run.say(&to_the_credential(ADMIN, "not the password"));
    run.say(&["", "", "1"]);
    run.wait_for("Logon failed for the user");
    stands(&mut run, "red", SESSION);
    run.wait_for("1 sign-in has failed");
    run.wait_for("remedy: The user name or the password is wrong");
    // Enter leads to the credential, which is green, and then to the session.
    run.say(&["", "1", ADMIN, PASSWORD, "", "1", "q"]);
    stands(&mut run, "green", SESSION);
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(1), "{said}");
    let markdown = world.export("markdown");
    assert!(markdown.contains("Logon failed"), "what went wrong stays in the log:\n{markdown}");
    world.assert_no_secret(&[said.as_bytes()]);
}

on_both!(a_session_lost_half_way_is_noticed_and_opened_again);
fn a_session_lost_half_way_is_noticed_and_opened_again(world: &World) {
    let mut run = begin(world);
    run.say(&to_the_credential(ADMIN, PASSWORD));
    run.say(&to_the_tenant());
    stands(&mut run, "green", COMMANDS);
    world.change_tenant("expire", json!(true));
    run.say(&[""]);
    stands(&mut run, "undetermined", SHARED);
    assert!(!world.is_shared());
    // The session is found broken, opened again, its commands imported again.
    run.say(&["15"]);
    run.wait_for("1 = run it");
    run.say(&["2"]);
    stands(&mut run, "red", SESSION);
    run.say(&["", "1"]);
    stands(&mut run, "green", SESSION);
    // They are of the old session: to be imported again, not only looked at.
    run.say(&["", "1"]);
    stands(&mut run, "green", COMMANDS);
    run.say(&["", "1", TENANT]);
    stands(&mut run, "green", SHARED);
    run.say(&to_hand_off());
    run.wait_for("SEALED.");
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(0), "{said}");
    assert_handed_off(world, &said);
}

/// In the middle of the import, which never ends; the processes of PowerShell.
fn importing(world: &World, run: &mut Dialogue) -> Vec<u32> {
    run.say(&to_the_credential(ADMIN, PASSWORD));
    run.say(&["", "", "1"]);
    stands(run, "green", SESSION);
    world.change_tenant("import_delay_ms", json!(600_000));
    run.say(&["", "", "1"]);
    world.wait_for_marker("Import-PSSession");
    world.change_tenant("import_delay_ms", json!(0));
    let started = world.system.started_by(run.id());
    assert!(started.len() >= 2, "PowerShell and the tenant's end of its session: {started:?}");
    started
}

on_both!(after_kill_9_in_the_middle_of_a_step_the_run_goes_on_where_it_was);
fn after_kill_9_in_the_middle_of_a_step_the_run_goes_on_where_it_was(world: &World) {
    let mut arguments = vec!["run", SEVENTEEN, "--trust", "--plain"];
    arguments.extend(inputs());
    let mut run = Dialogue::start(&mut world.mortal(&arguments));
    let started = importing(world, &mut run);
    run.kill();
    wait_until("the end of every PowerShell", || !started.iter().any(|pid| is_alive(*pid)));
    let (_, said) = run.end();
    assert!(!said.contains(&format!("green: {COMMANDS}\n")), "{said}");
    let log = world.export("markdown");
    assert!(!log.contains("is running now") && log.contains("interrupted"), "{log}");

    let mut again = Dialogue::start(&mut world.greenlight(&["resume", "--plain"]));
    again.wait_for("Next (Enter): ");
    let events = world.events();
    let before: Vec<&Value> = events.iter().take_while(|event| event["type"] != "resumed").collect();
    assert!(before.len() < events.len(), "it was resumed");
    let [.., last, left] = before.as_slice() else { panic!("{before:?}") };
    assert_eq!(
        (&last["type"], &last["purpose"], &last["step"]),
        (&json!("started"), &json!("apply"), &json!("tenant-commands"))
    );
    assert_eq!(left["type"], "left-behind", "what it had put out is vouched for as it was found");
    // What lived in the session is asked for again; what was measured is measured again before it counts.
    again.say(&["a", "g", "q"]);
    again.wait_for("GATE LOCKED");
    let (status, said) = again.end();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(!said.contains(&format!("green: {SESSION}\n")), "{said}");
    assert!(world.run(&["verify", &world.run_id()], "").status.success());
    world.assert_no_secret(&[said.as_bytes()]);
}

on_both!(a_powershell_killed_in_the_middle_of_a_step_is_told_and_comes_back);
fn a_powershell_killed_in_the_middle_of_a_step_is_told_and_comes_back(world: &World) {
    let mut run = begin(world);
    let started = importing(world, &mut run);
    kill(started[0]);
    run.wait_for("! PowerShell is gone");
    stands(&mut run, "interrupted", COMMANDS);
    wait_until("the end of every PowerShell", || !started.iter().any(|pid| is_alive(*pid)));
    // One letter, and the password, and all is as it was.
    run.say(&["r", ADMIN, PASSWORD]);
    run.wait_for("Next (Enter): ");
    run.say(&["", "1"]);
    stands(&mut run, "green", COMMANDS);
    run.say(&["q"]);
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(1), "{said}");
    world.assert_no_secret(&[said.as_bytes()]);
}

/// A step that outlasts its time, and one after it.
const HANGS: &str = r#"
format = 1
id = "hangs"
version = "1"
title = "Hangs"
[[step]]
id = "hangs"
title = "Something that does not end"
why = "It is ended."
timeout = "3s"
[step.check]
command = "[IO.File]::WriteAllText(\"$env:GREENLIGHT_FIXTURE_MARKERS/hangs.started\", $PID); [Threading.Thread]::Sleep(600000)"
expect = [{ rows = "any" }]
[[step]]
id = "after"
title = "Something after it"
why = "Nobody knows what it would find."
[step.check]
command = "1"
expect = [{ rows = "any" }]
"#;

/// Runs the checklist, does `then` to the PowerShell that runs, and holds the program to the step's time.
fn assert_given_up(world: &World, then: &str) {
    fs::write(world.path("hangs.toml"), HANGS).unwrap();
    let arguments = ["check", &world.written("hangs.toml"), "--trust", "--output", "json"];
    let check = Dialogue::start(&mut world.greenlight(&arguments));
    world.wait_for_marker("hangs");
    let started = world.system.started_by(check.id());
    signal(started[0], then);
    let (status, said) = check.end();
    assert_eq!(status.code(), Some(1), "{said}");
    let printed: Value = serde_json::from_str(&said).unwrap();
    let verdict = |step: usize| printed["steps"][step]["verdict"].clone();
    assert_eq!((verdict(0), verdict(1)), (json!("interrupted"), json!("not-run")), "{said}");
    assert_eq!(
        printed["steps"][0]["reason"],
        "the command took longer than the 0:03 that it has and said nothing: a program may have waited for an answer, at a console that nobody sees"
    );
    wait_until("the end of PowerShell", || !is_alive(started[0]));
}

on_both!(a_step_that_never_ends_is_given_up_when_its_time_is_over);
fn a_step_that_never_ends_is_given_up_when_its_time_is_over(world: &World) {
    assert_given_up(world, "-CONT");
}

on_both!(a_powershell_that_hangs_is_ended_when_the_time_of_its_step_is_over);
fn a_powershell_that_hangs_is_ended_when_the_time_of_its_step_is_over(world: &World) {
    assert_given_up(world, "-STOP");
}
