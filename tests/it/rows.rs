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
    // The rows stand below, so they are not said here as well.
    assert!(spanish.contains("encontrado: 2 de 4 filas\n"), "{spanish}");
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
    let wanted = "in 2 of 4 rows: edge02, row 4; edge02: UpToDate expected: is True; found: False";
    assert!(reason.ends_with(wanted), "{reason}");
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
    for format in ["markdown", "html", "junit"] {
        for lang in ["en", "es"] {
            let run = world.run_written();
            let export = world.run(&["export", &run, "--format", format, "--lang", lang], "");
            let export = String::from_utf8(export.stdout).unwrap();
            let count = if lang == "en" { "2 of 4 rows" } else { "2 de 4 filas" };
            assert!(export.contains(count) && !export.contains("rows: edge02: False"), "{format} {export}");
            assert!(!export.contains("filas: edge02: False"), "{format} {export}");
        }
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

on_both!(rows_of_a_check_that_was_cut_off_are_recorded_as_they_were_found);
fn rows_of_a_check_that_was_cut_off_are_recorded_as_they_were_found(world: &World) {
    check(world, &servers(world, THREE, ""), &[]);
    let rows = world.run_folder().join("rows");
    fs::create_dir(&rows).unwrap();
    fs::write(rows.join("replica-9.jsonl"), "{\"row\":1001").unwrap();
    world.run(&["resume", &world.run_written(), "--plain"], "q\n");
    let events = world.events();
    let behind = events.iter().find(|event| event["type"] == "left-behind").expect("it is recorded");
    assert_eq!(behind["file"]["file"], "rows/replica-9.jsonl");
    assert!(world.run(&["verify", &world.run_written()], "").status.success());
}

on_both!(in_lines_all_of_them_are_printed_a_page_at_a_time_or_at_once);
fn in_lines_all_of_them_are_printed_a_page_at_a_time_or_at_once(world: &World) {
    let wrong = "1..1200 | ForEach-Object { [pscustomobject]@{ Fqdn = \"s$_\"; UpToDate = $false } }";
    let file = servers(world, wrong, "");
    let said = |arguments: &[&str], typed: &str| {
        String::from_utf8(world.run(&[arguments, &["--plain"]].concat(), typed).stdout).unwrap()
    };
    // The first page, then the rest; then the first page alone.
    let all = said(&["run", &file, "--trust"], "1\nt\n\n2\nt\n0\nq\n");
    assert!(all.contains("t = failing rows"), "{all}");
    assert!(
        all.contains("deviations 1 to 50 of 1200") && all.contains("deviations 51 to 100 of 1200"),
        "{all}"
    );
    assert!(all.contains("deviations 1151 to 1200 of 1200"), "{all}");
    for (name, times) in [("s50:", 2), ("s51:", 1), ("s1001:", 1), ("s1200:", 1)] {
        let of_row = format!("  | {name} UpToDate expected: is True; found: False\n");
        assert_eq!(all.matches(&of_row).count(), times, "{name} {all}");
    }
    let kept = world.run_folder().join("rows/replica-1.jsonl");
    fs::write(&kept, fs::read_to_string(&kept).unwrap().replace("s1200", "s1201")).unwrap();
    let changed = said(&["resume", &world.run_written()], "t\n2\nq\n");
    assert!(changed.contains("deviations 951 to 1000 of 1000"), "{changed}");
    assert!(changed.contains("200 more cannot be shown: rows/replica-1.jsonl is not what"), "{changed}");
    assert!(!changed.contains("s1001:") && !changed.contains("s1201"), "{changed}");
}
