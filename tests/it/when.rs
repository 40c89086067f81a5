//! Steps that do not apply, with the real program on a real PowerShell.

use std::fs;

use serde_json::{Value, json};

use crate::harness::dialogue::Dialogue;
use crate::harness::schema::assert_fits;
use crate::harness::world::World;

/// A step of each era of the server, one of each era of the module that a file names, and one above all; `more` stands in the
/// first step.
fn eras(world: &World) -> String {
    let names = world.written("names.txt");
    let step = |id: &str, title: &str, more: &str, command: &str| {
        format!(
            "[[step]]\nid = \"{id}\"\ntitle = \"{title}\"\nwhy = \"w\"\n{more}\n[step.check]\ncommand = '''{command}'''\n\
             expect = [{{ rows = \"any\" }}]\n"
        )
    };
    let era = |era: &str| format!("when = {{ input = \"era\", is = \"{era}\" }}");
    let module = |names: &str| {
        format!(
            "needs = [\"module\"]\nwhen = {{ step = \"module\", property = \"Name\", one_of = [{names}] }}"
        )
    };
    let text = [
        "format = 1\nid = \"eras\"\nversion = \"1\"\ntitle = \"Eras\"\n[[input]]\nid = \"era\"\nkind = \"choice\"\n\
         choices = [\"2010\", \"2013\"]\nask = \"Era\"\n"
            .to_owned(),
        step("old", "The old tools are there", &era("2010"), "'old'"),
        step("new", "The new tools are there", &era("2013"), "'new'"),
        step(
            "module",
            "A module is there",
            "",
            &format!(
                "Get-Content '{names}' -ErrorAction Stop | ForEach-Object {{ [pscustomobject]@{{ Name = $_ }} }}"
            ),
        ),
        step("skype", "Skype signs in", &module("\"SkypeOnlineConnector\", \"LyncOnlineConnector\""), "'skype'"),
        step("teams", "Teams signs in", &module("\"MicrosoftTeams\""), "'teams'"),
        step("last", "All is ready", "needs = [\"old\", \"new\", \"skype\", \"teams\"]", "'last'"),
    ]
    .concat();
    fs::write(world.path("eras.toml"), text).unwrap();
    world.written("eras.toml")
}

fn names(world: &World, names: &str) {
    fs::write(world.path("names.txt"), names).unwrap();
}

fn check(world: &World, file: &str, code: i32, more: &[&str]) -> String {
    let output = world.run(&[&["check", file, "--trust"], more].concat(), "");
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// The commands that were run, by step.
fn ran(world: &World) -> Vec<String> {
    let events = world.events();
    let began = events.iter().filter(|event| event["type"] == "started");
    began.map(|event| event["step"].as_str().unwrap().to_owned()).collect()
}

const OLD: &str = "because “Era” is 2013";
const TEAMS: &str = "because Name is SkypeOnlineConnector, Other (“A module is there”)";

on_both!(what_does_not_apply_is_not_run_and_every_face_says_why);
fn what_does_not_apply_is_not_run_and_every_face_says_why(world: &World) {
    names(world, "SkypeOnlineConnector\nOther\n");
    let file = eras(world);
    let said = check(world, &file, 0, &["--input", "era=2013"]);
    assert!(said.contains(&format!("does not apply: The old tools are there\n       {OLD}\n")), "{said}");
    assert!(said.contains(&format!("does not apply: Teams signs in\n       {TEAMS}\n")), "{said}");
    assert!(said.contains("[ OK ] green: All is ready"), "{said}");
    assert!(said.contains("4 of 4 green, 2 do not apply"), "{said}");
    assert_eq!(ran(world), ["new", "module", "skype", "last"]);
    let events = world.events();
    let mut known = events.iter().filter(|event| event["type"] == "applicability-known");
    let era = json!({"because": "input", "input": "era", "found": "2013"});
    assert_eq!(known.next().unwrap()["steps"][0], json!({"step": "old", "applies": "no", "why": era}));
    assert_eq!(known.count(), 1, "what the module says, at once");
    world.begin_anew();
    let told = check(world, &file, 0, &["--input", "era=2013", "--output", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let schema = |name: &str| -> Value {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    assert_fits(&schema("check.schema.json"), &told);
    let exported: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_fits(&schema("export.schema.json"), &exported);
    for all in [&told, &exported] {
        let of = |place: usize, key: &str| all["steps"][place][key].clone();
        assert_eq!((of(0, "status"), of(0, "reason")), (json!("does-not-apply"), json!(OLD)));
        assert_eq!((of(4, "status"), of(4, "reason")), (json!("does-not-apply"), json!(TEAMS)));
        assert_eq!(of(1, "status"), "green");
    }
    for format in ["markdown", "html", "csv", "junit"] {
        let export = world.export(format);
        assert!(export.contains(OLD) && export.contains(TEAMS), "{format}: {export}");
    }
    assert!(world.export("markdown").contains("4 of 4 green, 2 do not apply"));
    let spanish = check(world, &file, 0, &["--input", "era=2013", "--lang", "es"]);
    assert!(spanish.contains("porque «Era» es 2013"), "{spanish}");
}

on_both!(an_error_in_the_source_never_leads_to_does_not_apply);
fn an_error_in_the_source_never_leads_to_does_not_apply(world: &World) {
    let file = eras(world);
    let unknown = |command: &str, word: &str| {
        let text = fs::read_to_string(world.path("eras.toml")).unwrap();
        let (head, rest) = text.split_once("title = \"A module is there\"").unwrap();
        let (before, after) = rest.split_once("[step.check]").unwrap();
        let (_, after) = after.split_once("'''\nexpect").unwrap();
        let text = format!(
            "{head}title = \"A module is there\"{before}[step.check]\ncommand = '''{command}'''\nexpect{after}"
        );
        fs::write(world.path("failing.toml"), text).unwrap();
        let said = check(world, &world.written("failing.toml"), 1, &["--input", "era=2013"]);
        assert!(said.contains(&format!("{word}: A module is there")), "{said}");
        for title in ["Skype signs in", "Teams signs in"] {
            assert!(said.contains(&format!("waits: {title}")), "{command}: {said}");
            assert!(said.contains(&format!("  - {title}: ")), "{command}: {said}");
        }
        assert_eq!(ran(world), ["new", "module"], "{command}");
        world.begin_anew();
    };
    let _ = file;
    unknown("throw 'no'", "undetermined");
    unknown("[pscustomobject]@{ Name = 'SkypeOnlineConnector' }; Write-Error 'no'", "undetermined");
    unknown("@()", "red");
}

on_both!(a_value_that_nobody_can_judge_locks_the_gate_and_refuses_the_step);
fn a_value_that_nobody_can_judge_locks_the_gate_and_refuses_the_step(world: &World) {
    eras(world);
    let text = fs::read_to_string(world.path("eras.toml")).unwrap();
    let text = text.replace("one_of = [\"MicrosoftTeams\"]", "version_at_least = \"2.0\"");
    fs::write(world.path("versions.toml"), text).unwrap();
    names(world, "SkypeOnlineConnector\n");
    let file = world.written("versions.toml");
    let said = check(world, &file, 1, &["--input", "era=2013"]);
    assert!(said.contains("undetermined: Teams signs in\n       whether it applies"), "{said}");
    assert!(said.contains("  - Teams signs in: whether it applies"), "{said}");
    assert_eq!(ran(world), ["new", "module", "skype"]);
    let mut run = Dialogue::start(&mut world.greenlight(&["resume", &world.run_id(), "--plain"]));
    run.wait_for("l = ");
    run.say(&["3", "5"]);
    let _ = run.wait_for("whether it applies");
    run.say(&["q"]);
    run.end();
    assert_eq!(ran(world).iter().filter(|step| *step == "teams").count(), 0);
}

on_both!(a_flip_ends_what_rests_on_it_and_what_ended_does_not_come_back);
fn a_flip_ends_what_rests_on_it_and_what_ended_does_not_come_back(world: &World) {
    names(world, "MicrosoftTeams\n");
    let file = eras(world);
    let arguments = ["run", &file, "--plain", "--trust", "--input", "era=2013"];
    let mut run = Dialogue::start(&mut world.greenlight(&arguments));
    run.wait_for("l = ");
    run.say(&["a", "l"]);
    run.wait_for("does not apply: Skype signs in");
    run.wait_for("[ OK ] green: All is ready");
    // The other module: one step applies now, another no longer.
    names(world, "LyncOnlineConnector\n");
    run.say(&["3", "l"]);
    run.wait_for("not run: Skype signs in");
    run.wait_for("does not apply: Teams signs in");
    run.wait_for("stale: All is ready");
    names(world, "MicrosoftTeams\n");
    run.say(&["3", "l"]);
    run.wait_for("does not apply: Skype signs in");
    run.wait_for("stale: Teams signs in");
    run.wait_for("stale: All is ready");
    run.say(&["5", "6", "l"]);
    run.wait_for("[ OK ] green: All is ready");
    // The same by an input.
    run.say(&["i", "1", "2010", "l"]);
    run.wait_for("does not apply: The new tools are there");
    run.wait_for("stale: All is ready");
    run.say(&["q"]);
    run.end();
}

/// A server of either era: whichever it is, steps of the other do not apply.
const SCENARIO: &str = r#"
format = 1
id = "era"
title = { en = "A server of 2013" }

[state]
mended = 0

[[reply]]
command = "Get-Module"
rows = [{ Name = "Connector" }]

[[reply]]
command = "Get-Server"
when = { mended = 1 }
rows = [{ Era = "2010" }]

[[reply]]
command = "Get-Server"
rows = [{ Era = "2013" }]

[[reply]]
command = "Repair-Server"
count = ["mended"]

[[reply]]
command = "Get-Old"
rows = [true]

[[reply]]
command = "Get-New"
rows = [true]
"#;

const REHEARSED: &str = r#"
format = 1
id = "era"
version = "1"
title = "Era"
[[input]]
id = "site"
kind = "text"
ask = "Site"
[[step]]
id = "server"
title = "The server answers"
why = "w"
[step.check]
command = "Get-Server"
expect = [{ rows = "any" }]
[step.apply]
command = "Repair-Server"
changes = "computer"
[[step]]
id = "old"
title = "The old tools are there"
why = "w"
needs = ["server"]
when = { step = "server", property = "Era", is = "2010" }
[step.check]
command = "Get-Old"
expect = [{ is = true }]
[[step]]
id = "new"
title = "The new tools are there"
why = "w"
needs = ["server"]
when = { step = "server", property = "Era", is = "2013" }
[step.check]
command = "Get-New"
expect = [{ is = true }]
[[step]]
id = "said"
title = "The other site agrees"
why = "w"
when = { input = "site", is = "Madrid" }
[step.attest]
statement = "It agrees"
[handoff]
title = "Go"
say = "Go on"
confirm = "GO"
file = "go.ps1"
script = "Move-It"
"#;

on_both!(a_rehearsal_is_handed_off_with_steps_that_do_not_apply without PowerShell);
fn a_rehearsal_is_handed_off_with_steps_that_do_not_apply(world: &World) {
    fs::write(world.path("era.toml"), REHEARSED).unwrap();
    fs::write(world.path("server.toml"), SCENARIO).unwrap();
    let (file, scenario) = (world.written("era.toml"), world.written("server.toml"));
    let arguments = ["run", &file, "--plain", "--trust", "--rehearse", &scenario, "--input", "site=Lugo"];
    let mut run = Dialogue::start(&mut world.greenlight(&arguments));
    run.wait_for("l = ");
    run.say(&["1", "2", "l"]);
    run.wait_for("does not apply: The old tools are there");
    run.wait_for("not run: The new tools are there");
    let mut watch = Dialogue::start(&mut world.greenlight(&["watch", &world.run_id()]));
    watch.wait_for("does not apply: The old tools are there");
    watch.wait_for("1 of 2 green, 2 do not apply");
    watch.kill();
    run.say(&["2"]);
    run.wait_for("! this step does not apply, because Era is 2013 (“The server answers”)");
    // Nobody is asked for a name.
    run.say(&["4"]);
    run.wait_for("! this step does not apply, because “Site” is Lugo");
    run.say(&["3", "g"]);
    run.wait_for("2 of 2 green, 2 do not apply");
    run.say(&["s", "GO"]);
    run.wait_for("SEALED");
    run.end();
    let manifest = fs::read_to_string(world.run_folder().join("handoff/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let old = "because Era is 2013 (“The server answers”)";
    assert_eq!(manifest["steps"][1]["reason"], old);
    assert!(world.run(&["verify", &world.run_written()], "").status.success());
    assert!(world.export("markdown").contains(old));
    let again: Vec<Value> = world.events().into_iter().filter(|event| event["type"] == "started").collect();
    assert_eq!(again.len(), 4, "those that apply, once and then for the handoff");
}

on_both!(show_says_when_a_step_applies without PowerShell);
fn show_says_when_a_step_applies(world: &World) {
    let file = eras(world);
    let show = |more: &[&str]| {
        let output = world.run(&[&["show", &file], more].concat(), "");
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let said = show(&[]);
    assert!(said.contains("     applies when $era is 2010\n"), "{said}");
    assert!(said.contains("applies when Name of \"module\" one of MicrosoftTeams"), "{said}");
    assert_eq!(said.matches("applies when").count(), 4, "{said}");
    let shown: Value = serde_json::from_str(&show(&["--output", "json"])).unwrap();
    assert_eq!(
        (&shown["steps"][0]["when"], &shown["steps"][2]["when"]),
        (&json!("$era is 2010"), &Value::Null)
    );
}
