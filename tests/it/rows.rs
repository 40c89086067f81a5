//! Rows that fail, by their names, with the real program on a real PowerShell.

use std::fs;

use serde_json::{Value, json};

use crate::harness::world::World;

/// A checklist of one step whose check gives servers.
fn servers(world: &World, command: &str, rest: &str) -> String {
    let text = format!(
        "format = 1\nid = \"servers\"\nversion = \"1\"\ntitle = \"Servers\"\n\
         [[step]]\nid = \"replica\"\ntitle = \"Every server has the configuration\"\nwhy = \"w\"\n\
         [step.check]\ncommand = '''\n{command}\n'''\nkey = \"Fqdn\"\n\
         expect = [{{ property = \"UpToDate\", is = true{rest} }}]\n"
    );
    fs::write(world.path("servers.toml"), text).unwrap();
    world.written("servers.toml")
}

fn check(world: &World, checklist: &str, more: &[&str]) -> String {
    let output = world.run(&[&["check", checklist, "--trust"], more].concat(), "");
    String::from_utf8(output.stdout).unwrap()
}

const THREE: &str = "1..3 | ForEach-Object { [pscustomobject]@{ Fqdn = \"edge0$_\"; UpToDate = $_ -ne 2 } }\n\
                     [pscustomobject]@{ Fqdn = $null; UpToDate = $false }";

on_both!(a_red_names_the_rows_that_fail);
fn a_red_names_the_rows_that_fail(world: &World) {
    let file = servers(world, THREE, "");
    let said = check(world, &file, &[]);
    assert!(said.contains("1 expectation not met, in 2 of 4 rows: edge02, row 4"), "{said}");
    assert!(said.contains("  | edge02: UpToDate expected: is True; found: False"), "{said}");
    assert!(said.contains("  | row 4: UpToDate expected: is True; found: False"), "{said}");
    assert!(!said.contains("edge01") && !said.contains("edge03"), "{said}");
    let spanish = check(world, &file, &["--lang", "es"]);
    assert!(spanish.contains("en 2 de 4 filas: edge02, fila 4"), "{spanish}");
    assert!(spanish.contains("hallado: 2 de 4 filas: edge02: False; False"), "{spanish}");
    let json: Value = serde_json::from_str(&check(world, &file, &["--output", "json"])).unwrap();
    let step = &json["steps"][0];
    let row =
        |number: u64| json!({"row": number, "property": "UpToDate", "expected": "is True", "found": "False"});
    let mut edge = row(2);
    edge["key"] = json!("edge02");
    assert_eq!(step["failing"], json!([edge, row(4)]));
    assert_eq!((&step["failing_rows"], &step["more_failing"]), (&json!(2), &json!(0)));
    assert_eq!((&step["facts"][0]["rows"], &step["facts"][0]["rows_met"]), (&json!(4), &json!(2)));
    let reason = json["gate"]["reasons"][0]["reason"].as_str().unwrap();
    assert!(reason.ends_with("in 2 of 4 rows: edge02, row 4"), "{reason}");
}

on_both!(every_export_names_the_rows_that_fail_and_a_redacted_one_does_not);
fn every_export_names_the_rows_that_fail_and_a_redacted_one_does_not(world: &World) {
    check(world, &servers(world, THREE, ""), &[]);
    for format in ["json", "markdown", "html", "csv", "junit"] {
        let export = world.export(format);
        assert!(export.contains("edge02"), "{export}");
        let run = world.run_written();
        let redacted = world.run(&["export", &run, "--format", format, "--redact"], "");
        let redacted = String::from_utf8(redacted.stdout).unwrap();
        assert!(redacted.contains("UpToDate") && !redacted.contains("edge02"), "{redacted}");
    }
    let csv = world.export("csv");
    assert!(csv.contains(r#""2","edge02","UpToDate","is True","False","false""#), "{csv}");
    assert!(csv.contains(r#""4","","UpToDate","is True","False","false""#), "{csv}");
}

on_both!(no_number_of_rows_is_too_large);
fn no_number_of_rows_is_too_large(world: &World) {
    let of = |wrong: &str| {
        let row = format!("[pscustomobject]@{{ Fqdn = \"s$_\"; UpToDate = -not ({wrong}) }}");
        format!("1..12000 | ForEach-Object {{ {row} }}")
    };
    let all = check(world, &servers(world, &of("$false"), ""), &[]);
    assert!(all.contains("[ OK ] green"), "{all}");
    world.begin_anew();
    let one = check(world, &servers(world, &of("$_ -eq 12000"), ""), &[]);
    assert!(one.contains("in 1 of 12000 rows: s12000"), "{one}");
    world.begin_anew();
    // Those that the record has no room for lie in a file that it vouches for.
    let many = check(world, &servers(world, &of("$_ -gt 10000"), ""), &[]);
    assert!(many.contains("in 2000 of 12000 rows: s10001, s10002"), "{many}");
    assert!(many.contains("and 1980 more, 1000 of them in rows/replica-1.jsonl"), "{many}");
    let run = world.run_written();
    assert!(world.run(&["verify", &run], "").status.success());
    let kept = world.run_folder().join("rows/replica-1.jsonl");
    let rows = fs::read_to_string(&kept).unwrap();
    let last: Value = serde_json::from_str(rows.lines().last().unwrap()).unwrap();
    assert_eq!((rows.lines().count(), &last["row"], &last["key"]), (1000, &json!(12000), &json!("s12000")));
    fs::write(&kept, rows.replace("s12000", "s12001")).unwrap();
    assert_eq!(world.run(&["verify", &run], "").status.code(), Some(5));
}

on_both!(a_name_can_neither_write_lines_nor_hide);
fn a_name_can_neither_write_lines_nor_hide(world: &World) {
    let command = "[pscustomobject]@{ Fqdn = \"x`n[ OK ] green: all$([char]27)[2J\"; UpToDate = $false }\n\
                   [pscustomobject]@{ Fqdn = '[ OK ] green'; UpToDate = $false }";
    let said = check(world, &servers(world, command, ""), &[]);
    assert!(!said.contains('\u{1b}'), "{said:?}");
    assert!(!said.lines().any(|line| line.trim_start().starts_with("[ OK ]")), "{said}");
    assert!(said.contains("  | [ OK ] green: UpToDate expected"), "{said}");
}

on_both!(where_none_or_so_many_may_be_those_that_are_too_many_are_named);
fn where_none_or_so_many_may_be_those_that_are_too_many_are_named(world: &World) {
    let none = check(world, &servers(world, THREE, ", rows = \"none\""), &[]);
    assert!(none.contains("in 2 of 4 rows: edge01, edge03"), "{none}");
    world.begin_anew();
    let one = check(world, &servers(world, THREE, ", rows = 1"), &[]);
    assert!(one.contains("in 2 of 4 rows: edge01, edge03"), "{one}");
    world.begin_anew();
    let three = check(world, &servers(world, THREE, ", rows = 3"), &[]);
    assert!(three.contains("found: 2 of 4 rows; False; False"), "{three}");
    assert!(!three.contains("edge"), "it fails as a whole: {three}");
}

on_both!(who_reads_a_checklist_is_told_what_names_its_rows without PowerShell);
fn who_reads_a_checklist_is_told_what_names_its_rows(world: &World) {
    let shown = world.run(&["show", &servers(world, THREE, "")], "");
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("rows are named by Fqdn"), "{shown}");
}
