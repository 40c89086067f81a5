//! Checks on the real engine that a careless or hostile author could write so that a failure looks like the good state.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs,
    reason = "a test fails where it stands, and says by name that it was skipped"
)]

#[macro_use]
#[path = "support/world.rs"]
#[allow(dead_code, reason = "each test uses its own part")]
mod world;

use std::fs;

use serde_json::{Value, json};
use world::World;

/// Id, command, expectations, and the verdict.
type Case = (&'static str, &'static str, &'static str, &'static str);

fn checklist(cases: &[Case]) -> String {
    let head = "format = 1\nid = \"careless\"\nversion = \"1\"\ntitle = \"Careless\"\n";
    let step = |(id, command, expect, _): &Case| {
        format!(
            "[[step]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhy = \"x\"\n[step.check]\ncommand = '''\n{command}'''\nexpect = [{expect}]\n"
        )
    };
    head.to_owned() + &cases.iter().map(step).collect::<String>()
}

/// Runs the checks in order in one PowerShell, gives `answer` to what is asked, and compares all verdicts.
fn assert_verdicts(world: &World, cases: &[Case], answer: Option<&Value>) {
    fs::write(world.path("careless.toml"), checklist(cases)).unwrap();
    let file = world.written("careless.toml");
    let answers = answer.map(|answer| format!("{answer}\n")).unwrap_or_default();
    let output = world.run(&["check", &file, "--trust", "--output", "json", "--answers", "-"], &answers);
    let printed: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr)));
    for (step, (id, _, _, verdict)) in printed["steps"].as_array().unwrap().iter().zip(cases) {
        assert_eq!((&step["id"], &step["verdict"]), (&json!(id), &json!(verdict)), "{step:#}");
    }
    let green = cases.iter().all(|(.., verdict)| *verdict == "green");
    assert_eq!(output.status.code(), Some(i32::from(!green)));
}

on_both!(errors_count_however_they_are_hushed_or_sent_on in every language);
fn errors_count_however_they_are_hushed_or_sent_on(world: &World) {
    let none = "{ rows = \"none\" }";
    let any = "{ rows = \"any\" }";
    assert_verdicts(
        world,
        &[
            ("nothing-there", "Get-Item /no-such-thing*", none, "green"),
            ("hush", "$ErrorActionPreference = 'SilentlyContinue'; 1", any, "green"),
            ("after-hush", "Get-Item /no-such-thing", none, "undetermined"),
            ("strict", "$ErrorActionPreference = 'Stop'; 1", any, "green"),
            ("after-strict", "Get-Item /no-such-thing; 'good'", any, "undetermined"),
            ("sent-on", "Get-Item /no-such-thing 2>&1", any, "undetermined"),
            ("kept", "$Error[0]", any, "undetermined"),
            ("well", "'good'", any, "green"),
        ],
        None,
    );
}

on_both!(an_object_that_is_too_large_is_not_taken_for_one_that_was_looked_at);
fn an_object_that_is_too_large_is_not_taken_for_one_that_was_looked_at(world: &World) {
    let no_bad = "{ contains = \"bad\", rows = \"none\" }";
    let not_failed = "{ property = \"Status\", is_not = \"Failed\" }";
    assert_verdicts(
        world,
        &[
            ("list", ",@(1..1000)", no_bad, "green"),
            ("long-list", ",@(@(1..60000) + 'bad')", no_bad, "undetermined"),
            ("beside", "@{ List = 1..1000; Status = 'Well' }", not_failed, "green"),
            ("behind", "[ordered]@{ List = 1..60000; Status = 'Failed' }", not_failed, "undetermined"),
            ("text", "'x' * 1MB", no_bad, "green"),
            ("long-text", "('x' * 5MB) + 'bad'", no_bad, "undetermined"),
            ("many", "1..10001", no_bad, "undetermined"),
        ],
        None,
    );
}

on_both!(a_verdict_never_hangs_on_what_stands_in_place_of_a_password);
fn a_verdict_never_hangs_on_what_stands_in_place_of_a_password(world: &World) {
    let state = "{ property = \"State\", is_not = \"Fail2013\" }";
    let said = "@{ State = 'Fail2013' }";
    assert_verdicts(
        world,
        &[
            ("before", said, state, "red"),
            ("asks", "$cred = Get-Credential -Message who; 1", "{ rows = \"any\" }", "green"),
            ("after", said, state, "undetermined"),
            (
                "in-pieces",
                "[ordered]@{ A = 'Fail'; State = '2013' }",
                "{ property = \"State\", is_not = \"2013\" }",
                "undetermined",
            ),
            (
                "absent",
                said,
                "{ property = \"State\", is_not = \"Fail2013\", rows = \"none\" }",
                "undetermined",
            ),
            ("other", "@{ State = 'Well' }", state, "green"),
        ],
        Some(&json!({ "user": "ada@contoso.com", "password": "Fail2013" })),
    );
}

on_both!(numbers_times_and_versions_are_told_apart_from_what_only_looks_like_them in every language);
fn numbers_times_and_versions_are_told_apart_from_what_only_looks_like_them(world: &World) {
    assert_verdicts(
        world,
        &[
            ("half", "1.5", "{ at_least = 1.5 }, { at_most = 1.5 }", "green"),
            ("less", "1.25", "{ at_least = 1.5 }", "red"),
            ("exact", "[decimal]'2.5'", "{ at_least = 2.25 }, { at_most = 2.75 }", "green"),
            ("large", "[double]1e300", "{ at_least = 1000 }", "green"),
            ("beside", "@{ Load = 0.75 }", "{ property = \"Load\", at_most = 0.8 }", "green"),
            ("version", "[version]'10.0.17763'", "{ version_at_least = \"9.5\" }", "green"),
            (
                "older",
                "[version]'4.10'",
                "{ version_at_least = \"4.9\" }, { version_at_least = \"5.0\" }",
                "red",
            ),
            ("soon", "(Get-Date).AddDays(2)", "{ later_than = \"1d\" }", "green"),
            ("gone", "(Get-Date).AddDays(-2)", "{ later_than = \"1d\" }", "red"),
            ("universal", "[DateTime]::UtcNow.AddHours(26)", "{ later_than = \"25h\" }", "green"),
            ("true", "1.5 -gt 1.25", "{ is = true }", "green"),
            // What the system's own language writes is text, and no number.
            ("written", "'{0:N1}' -f 1234.5", "{ at_least = 1000 }", "red"),
            ("day", "(Get-Date).AddDays(2).ToString()", "{ later_than = \"1d\" }", "red"),
        ],
        None,
    );
}
