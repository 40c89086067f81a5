//! `check` on the real engine: the whole procedure without a screen, its JSON, its exit codes, and its silence about secrets.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::world::{ADMIN, INPUTS, PASSWORD, World, inputs};

fn check(world: &World, more: &[&str], answers: Option<&[Value]>) -> (Output, Value) {
    let mut arguments = vec!["check", SEVENTEEN, "--trust", "--output", "json"];
    arguments.extend(inputs());
    arguments.extend(more);
    if answers.is_some() {
        arguments.extend(["--answers", "-"]);
    }
    let lines: Vec<String> = answers.unwrap_or_default().iter().map(|answer| format!("{answer}\n")).collect();
    let output = world.run(&arguments, &lines.concat());
    let printed: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("not JSON alone: {}{}", text(&output.stdout), text(&output.stderr)));
    (output, printed)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn verdicts(printed: &Value) -> Vec<(String, String)> {
    let steps = printed["steps"].as_array().unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    steps.iter().map(|step| (word(&step["id"]), word(&step["verdict"]))).collect()
}

fn verdict(printed: &Value, id: &str) -> String {
    verdicts(printed).into_iter().find(|(step, _)| step == id).map(|(_, verdict)| verdict).unwrap()
}

fn step<'a>(printed: &'a Value, id: &str) -> &'a Value {
    printed["steps"].as_array().unwrap().iter().find(|step| step["id"] == id).unwrap()
}

fn credential(password: &str) -> Value {
    json!({ "user": ADMIN, "password": password })
}

on_both!(everything_that_can_be_measured_turns_green_once_the_tenant_shares_its_address_space in every language);
fn everything_that_can_be_measured_turns_green_once_the_tenant_shares_its_address_space(world: &World) {
    world.change_tenant("federation", json!({ "SharedSipAddressSpace": true }));
    let (output, printed) = check(world, &[], Some(&[credential(PASSWORD)]));
    for (id, verdict) in verdicts(&printed) {
        let expected = if id == "onprem-validated" { "not-run" } else { "green" };
        assert_eq!(verdict, expected, "{id}: {printed:#}");
    }
    assert_eq!(printed["rehearsal"], json!(false));
    assert_eq!(printed["gate"]["open"], json!(false), "nobody has stated that the deployment was validated");
    assert_eq!(printed["gate"]["reasons"][0]["step"], json!("onprem-validated"));
    assert_eq!(output.status.code(), Some(1));
    world.assert_no_secret(&[&output.stdout, &output.stderr]);
}

on_both!(an_apply_that_changes_the_tenant_is_never_run_without_a_person);
fn an_apply_that_changes_the_tenant_is_never_run_without_a_person(world: &World) {
    let (output, printed) = check(world, &[], Some(&[credential(PASSWORD)]));
    assert_eq!(verdict(&printed, "shared-sip-address-space"), "red", "{printed:#}");
    let fact = &step(&printed, "shared-sip-address-space")["facts"][0];
    assert_eq!(
        (&fact["property"], &fact["found"], &fact["met"]),
        (&json!("SharedSipAddressSpace"), &json!("False"), &json!(false))
    );
    assert!(!world.is_shared());
    assert_eq!(output.status.code(), Some(1));
}

on_both!(a_wrong_password_is_told_as_documented_and_leaves_no_trace);
fn a_wrong_password_is_told_as_documented_and_leaves_no_trace(world: &World) {
    let wrong = format!("{PASSWORD}-wrong");
    let (output, printed) = check(world, &[], Some(&[credential(&wrong)]));
    let session = step(&printed, "online-session");
    assert_ne!(session["verdict"], json!("green"));
    assert!(session["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty()), "{session:#}");
    assert_eq!(verdict(&printed, "shared-sip-address-space"), "not-run");
    world.assert_no_secret(&[&output.stdout, &output.stderr]);
}

on_both!(a_prompt_that_nobody_answers_makes_the_step_undetermined);
fn a_prompt_that_nobody_answers_makes_the_step_undetermined(world: &World) {
    let (output, printed) = check(world, &[], None);
    let credential = step(&printed, "credential");
    assert_eq!(credential["verdict"], json!("undetermined"), "{credential:#}");
    let asked = credential["reason"].as_str().unwrap();
    assert!(asked.to_lowercase().contains("credential"), "says what was asked: {asked}");
    let events = world.events();
    let at = |kind: &str| events.iter().position(|event| event["type"] == kind);
    assert!(at("asked") < at("answered"), "{events:#?}");
    assert_eq!(output.status.code(), Some(1));
}

on_both!(answers_that_do_not_fit_the_question_are_a_usage_error_and_never_quoted);
fn answers_that_do_not_fit_the_question_are_a_usage_error_and_never_quoted(world: &World) {
    let (output, printed) = check(world, &[], Some(&[json!({ "choice": 0, "text": PASSWORD })]));
    assert_eq!(output.status.code(), Some(2), "{} {printed:#}", text(&output.stderr));
    assert!(text(&output.stderr).contains("line 1 of the answers"));
    assert_eq!(verdict(&printed, "credential"), "undetermined");
    world.assert_no_secret(&[&output.stdout, &output.stderr]);
}

on_both!(a_broken_deployment_is_red_and_says_what_was_found);
fn a_broken_deployment_is_red_and_says_what_was_found(world: &World) {
    world.set_on_premises(&json!({
        "replication": [{ "ReplicaFqdn": "fe01.contoso.com", "UpToDate": true }, { "ReplicaFqdn": "edge01.contoso.com", "UpToDate": false, "stuck": true }],
        "windows_services": [{ "Name": "RTCSRV", "DisplayName": "Lync Server Front-End", "Status": "Stopped" }],
    }));
    let (_, printed) = check(world, &[], None);
    assert_eq!(verdict(&printed, "onprem-replication"), "red", "{printed:#}");
    assert_eq!(verdict(&printed, "onprem-services"), "red");
    assert!(step(&printed, "onprem-services")["facts"].to_string().contains("Stopped"));
    assert!(step(&printed, "onprem-replication")["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty()));
}

on_both!(an_error_is_not_an_answer);
fn an_error_is_not_an_answer(world: &World) {
    world.set_on_premises(&json!({ "fail": { "Get-CsTopology": "the topology cannot be read" } }));
    let (_, printed) = check(world, &[], None);
    assert_eq!(verdict(&printed, "onprem-topology"), "undetermined", "{printed:#}");
    assert_eq!(verdict(&printed, "onprem-pool"), "not-run", "what needs it is not even asked");
}

on_both!(without_the_product_nothing_is_green_that_needs_it);
fn without_the_product_nothing_is_green_that_needs_it(world: &World) {
    let mut command = world.greenlight(&[
        "check", SEVENTEEN, "--trust", "--output", "json", "--input", INPUTS[0], "--input", INPUTS[1],
    ]);
    command.env("PSModulePath", world.written("no-modules"));
    let output = command.output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(verdict(&printed, "powershell-version"), "green", "{printed:#}");
    for (id, verdict) in verdicts(&printed) {
        if id.starts_with("onprem")
            || id.starts_with("online")
            || id.starts_with("tenant")
            || id.starts_with("shared")
        {
            assert_ne!(verdict, "green", "{id}");
        }
    }
}

on_both!(an_input_that_nobody_gave_is_named_with_how_to_give_it without PowerShell);
fn an_input_that_nobody_gave_is_named_with_how_to_give_it(world: &World) {
    let check = |more: &[&str]| {
        world.greenlight(&[&["check", SEVENTEEN, "--trust", REHEARSE], more].concat()).output().unwrap()
    };
    let say = "the input “Front End pool that will host the users” has no value: give it with --input target_pool=VALUE";
    let output = check(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains(say), "{}", text(&output.stdout));
    let printed: Value = serde_json::from_slice(&check(&["--output", "json"]).stdout).unwrap();
    assert_eq!(step(&printed, "onprem-pool")["remedy"], json!(say), "{printed:#}");
    assert_eq!(step(&printed, "powershell-version")["remedy"], Value::Null);
    let given = check(&["--input", "target_pool=pool01.contoso.com"]);
    assert!(!text(&given.stdout).contains("--input target_pool"), "{}", text(&given.stdout));
}

on_both!(json_carries_the_error_of_an_apply_that_failed);
fn json_carries_the_error_of_an_apply_that_failed(world: &World) {
    let checklist = r#"format = 1
id = "own"
version = "1"
title = "Own"
[[step]]
id = "a"
title = "A"
why = "w"
[step.check]
command = "$false"
expect = [{ is = true }]
[step.apply]
command = "Write-Error 'The pool is away' -ErrorId PoolAway"
changes = "session"
"#;
    fs::write(world.path("own.toml"), checklist).unwrap();
    let output = world.run(&["check", &world.written("own.toml"), "--trust", "--output", "json"], "");
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let failure = &printed["steps"][0]["failures"][0];
    assert_eq!(failure["message"], "The pool is away", "{printed:#}");
    assert!(failure["error_id"].as_str().unwrap().contains("PoolAway"), "{failure}");
}
