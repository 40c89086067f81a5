//! A checklist and a scenario of one's own: groups, warnings and inputs on every face, from the first line to the exports.

use std::fs;

use serde_json::{Value, json};

use crate::harness::dialogue::Dialogue;
use crate::harness::schema::assert_fits;
use crate::harness::world::World;

const CHECKLIST: &str = r#"
format = 1
id = "own"
version = "1"
title = "Own"

[[input]]
id = "pool_name"
kind = "fqdn"
ask = "Pool"

[[input]]
id = "front_ends"
kind = "fqdn"
many = true
ask = "Servers"

[[step]]
id = "module"
title = "The module is there"
why = "W"
group = { en = "This computer", es = "Este equipo", fr = "Cet ordinateur" }
[step.check]
command = "Get-Module Own"
expect = [{ property = "Name", is = "Own" }]

[[step]]
id = "pool"
title = "The pool answers"
why = "W"
group = { en = "On-premises", es = "Local", fr = "Sur site" }
[step.check]
command = "Get-Pool $pool_name"
expect = [{ property = "Identity", is = { input = "pool_name" } }]

[[step]]
id = "servers"
title = "Every server answers"
why = "W"
group = "On-premises"
[step.check]
command = "$front_ends | Test-Server"
expect = [{ is = { input = "front_ends" } }, { rows = 2 }]

[[step]]
id = "last"
title = "The last one"
why = "W"
required = false
[step.check]
command = "Get-Last"
expect = [{ is = true }]
"#;

const SCENARIO: &str = r#"
format = 1
id = "own"
title = { en = "Own" }

[[reply]]
command = "Get-Module Own"
rows = [{ Name = "Own" }]
stream = [{ warning = "an old module" }]

[[reply]]
command = "Get-Pool $pool_name"
rows = [{ Identity = "another.contoso.com" }]
stream = [
    { warning = "{pool_name} is slow" }, { warning = "two" }, { warning = "three" },
    { warning = "four" }, { warning = "five" }, { warning = "six" }, { warning = "seven" },
]

[[reply]]
command = "$front_ends | Test-Server"
rows = [{ variable = "front_ends" }]

[[reply]]
command = "Get-Last"
rows = [true]
"#;

const INPUTS: [&str; 4] =
    ["--input", "pool_name=pool.contoso.com", "--input", "front_ends=fe01.contoso.com,fe02.contoso.com"];

fn write(world: &World) -> (String, String) {
    fs::write(world.path("own.toml"), CHECKLIST).unwrap();
    fs::write(world.path("busy day.toml"), SCENARIO).unwrap();
    (world.written("own.toml"), world.written("busy day.toml"))
}

fn check(world: &World, more: &[&str]) -> String {
    let (checklist, scenario) = write(world);
    let arguments = ["check", &checklist, "--trust", "--rehearse", &scenario];
    let output = world.run(&[&arguments[..], &INPUTS, more].concat(), "");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

on_both!(where_a_remedy_leads_is_shown_before_anything_runs without PowerShell);
fn where_a_remedy_leads_is_shown_before_anything_runs(world: &World) {
    let leads = "[[step.remedy]]\nsay = \"Import it anew.\"\ngo = { step = \"module\", act = \"check\" }\n";
    fs::write(world.path("leads.toml"), CHECKLIST.to_owned() + leads).unwrap();
    let file = world.written("leads.toml");
    let shown = |more: &[&str]| {
        let output = world.run(&[&["show", &file], more].concat(), "");
        String::from_utf8(output.stdout).unwrap()
    };
    let said = shown(&[]);
    assert!(said.contains("remedy: Import it anew.\n       leads to: check “The module is there”"), "{said}");
    let json: Value = serde_json::from_str(&shown(&["--output", "json"])).unwrap();
    assert_eq!(json["steps"][3]["go"], json!([{ "step": "module", "act": "check" }]));
}

on_both!(a_scenario_of_ones_own_answers_with_the_inputs_and_goes_by_the_name_of_its_file without PowerShell);
fn a_scenario_of_ones_own_answers_with_the_inputs_and_goes_by_the_name_of_its_file(world: &World) {
    let said = check(world, &[]);
    let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
    assert_eq!(
        lines[..15],
        [
            "REHEARSAL: nothing here is real",
            "Group “This computer”: 1 of 1 green",
            "[ OK ] green: The module is there",
            "Group “On-premises”: 1 of 2 green",
            "[FAIL] red: The pool answers",
            "       1 expectation not met",
            "         | Identity expected: is $pool_name; found: another.contoso.com",
            "       warning: pool.contoso.com is slow",
            "       warning: two",
            "       warning: three",
            "       warning: four",
            "       warning: five",
            "       more warnings: 2",
            "[ OK ] green: Every server answers",
            "No group: advisory",
        ],
        "{said}"
    );
    let begun = &world.events()[0];
    assert_eq!(begun["mode"], json!({ "rehearsal": "busy day.toml" }));
    let markdown = world.export("markdown");
    assert!(markdown.starts_with("> **REHEARSAL (scenario “busy day.toml”)"), "{markdown}");
}

on_both!(groups_and_warnings_stand_in_every_export without PowerShell);
fn groups_and_warnings_stand_in_every_export(world: &World) {
    let printed: Value = serde_json::from_str(&check(world, &["--output", "json"])).unwrap();
    let schema = |name: &str| -> Value {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    assert_fits(&schema("check.schema.json"), &printed);
    let exported: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_fits(&schema("export.schema.json"), &exported);
    for steps in [&printed["steps"], &exported["steps"]] {
        let groups: Vec<&Value> = steps.as_array().unwrap().iter().map(|step| &step["group"]).collect();
        assert_eq!(
            groups,
            [&json!("This computer"), &json!("On-premises"), &json!("On-premises"), &Value::Null]
        );
        assert_eq!(steps[0]["warnings"], json!(["an old module"]), "of a green one too");
        let warnings = json!(["pool.contoso.com is slow", "two", "three", "four", "five"]);
        assert_eq!((&steps[1]["warnings"], &steps[1]["more_warnings"]), (&warnings, &json!(2)));
    }
    for (format, shown) in [
        ("markdown", "|  | **On-premises** | 1 of 2 green |  |"),
        (
            "markdown",
            "Warnings:\n\n```\npool.contoso.com is slow\ntwo\nthree\nfour\nfive\nmore warnings: 2\n```",
        ),
        ("html", "<strong>On-premises</strong>"),
        ("html", "an old module"),
        ("csv", "\"On-premises\""),
        ("junit", "pool.contoso.com is slow"),
    ] {
        let export = world.export(format).replace("\r\n", "\n");
        assert!(export.contains(shown), "{format}: {export}");
    }
    let redacted = world.run(&["export", &world.run_id(), "--format", "json", "--redact"], "").stdout;
    let redacted = String::from_utf8(redacted).unwrap();
    assert!(redacted.contains(" is slow") && !redacted.contains("contoso"), "{redacted}");
}

on_both!(a_list_has_its_headings_and_what_is_watched_has_them_once without PowerShell);
fn a_list_has_its_headings_and_what_is_watched_has_them_once(world: &World) {
    let (checklist, scenario) = write(world);
    let arguments = ["run", &checklist, "--plain", "--trust", "--lang", "es", "--rehearse", &scenario];
    let mut run = Dialogue::start(&mut world.greenlight(&[&arguments[..], &INPUTS].concat()));
    let list = run.wait_for("l = ");
    let headings =
        ["Grupo «Este equipo»: 0 de 1 verdes", "Grupo «Local»: 0 de 2 verdes", "Sin grupo: orientativo"];
    for (heading, step) in headings.iter().zip(["  1. ", "  2. ", "  4. "]) {
        assert!(list.replace('\r', "").contains(&format!("{heading}\n{step}")), "{list}");
    }
    let mut watch = Dialogue::start(&mut world.greenlight(&["watch", &world.run_id(), "--lang", "es"]));
    for heading in headings {
        watch.wait_for(heading);
    }
    watch.wait_for("PUERTA");
    run.say(&["1"]);
    let news = watch.wait_for("The module is there");
    run.say(&["q"]);
    run.end();
    assert!(!news.contains("Grupo"), "{news}");
    // What was left is taken up again with the same file, and only with it.
    let resume = ["resume", "--plain", "--trust", "--lang", "en"];
    let refused = world.run(&resume, "");
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{why}");
    assert!(why.contains("“busy day.toml”") && why.contains("--rehearse"), "{why}");
    let resumed = world.run(&[&resume[..], &["--rehearse", &scenario]].concat(), "2\nq\n");
    let said = String::from_utf8_lossy(&resumed.stdout).into_owned();
    assert!(said.contains("red: The pool answers"), "{said}");
    watch.kill();
}

on_both!(what_is_wrong_with_a_scenarios_file_is_told_by_line_and_column without PowerShell);
fn what_is_wrong_with_a_scenarios_file_is_told_by_line_and_column(world: &World) {
    let (checklist, scenario) = write(world);
    let told = |named: &str| {
        let output = world.run(&["check", &checklist, "--trust", "--rehearse", named], "");
        assert_eq!(output.status.code(), Some(2), "{named}");
        String::from_utf8(output.stderr).unwrap()
    };
    for (from, to, said) in [
        ("rows = [true]", "rows = [true", "line 25, column 13: the scenario cannot be read: unclosed array"),
        ("format = 1", "format = 7", "line 2, column 10: the scenario has `format = 7`"),
        (
            "warning = \"two\"",
            "wrning = \"two\"",
            "line 15, column 44: the scenario cannot be read: unknown variant",
        ),
        (
            "\"Get-Last\"",
            "\"Get-Last\"\nwhen = { on = true }",
            "line 24, column 11: the reply to `Get-Last` names the flag `on`",
        ),
    ] {
        fs::write(world.path("busy day.toml"), SCENARIO.replace(from, to)).unwrap();
        let why = told(&scenario);
        assert!(why.contains(&format!("busy day.toml: {said}")), "{why}");
    }
    let why = told("nowhere.toml");
    assert!(why.contains("nowhere.toml"), "{why}");
    let why = told("busyday");
    assert!(why.contains("there is no rehearsal scenario “busyday”"), "{why}");
    assert!(!world.data().join("x").exists() && fs::read_dir(world.data()).map_or(0, Iterator::count) == 0);
}
