//! Names that a check must speak of, with the real program on a real PowerShell.

use std::fs;

use serde_json::{Value, json};

use crate::harness::schema::assert_fits;
use crate::harness::world::World;

/// One step whose rows are servers; `command` gives them, and `rest` stands in its check.
fn servers(world: &World, command: &str, rest: &str) -> String {
    let text = format!(
        "format = 1\nid = \"servers\"\nversion = \"1\"\ntitle = \"Servers\"\n\
         [[input]]\nid = \"servers\"\nkind = \"text\"\nmany = true\nask = \"Servers\"\n\
         [[input]]\nid = \"without\"\nkind = \"text\"\nmany = true\noptional = true\nleaves_out = true\nask = \"Without\"\n\
         [[step]]\nid = \"a\"\ntitle = \"Every server answers\"\nwhy = \"w\"\ndocs = [\"https://example.org\"]\n\
         [step.check]\ncommand = '''\n{command}\n'''\nexpect = [{{ property = \"Ok\", is = true }}]\n{rest}\n"
    );
    fs::write(world.path("servers.toml"), text).unwrap();
    world.written("servers.toml")
}

fn check(world: &World, checklist: &str, more: &[&str]) -> String {
    let output = world.run(&[&["check", checklist, "--trust"], more].concat(), "");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const BUT_B: &str = "$servers | Where-Object { $_ -ne 'b' } | ForEach-Object { [pscustomobject]@{ Server = $_; Ok = $true } }";
const COVERED: &str = "key = \"Server\"\ncovers = { input = \"servers\" }";
const ABC: [&str; 2] = ["--input", "servers=a,b,c"];

on_both!(a_name_without_a_row_is_red_and_named_and_without_covers_lint_warns);
fn a_name_without_a_row_is_red_and_named_and_without_covers_lint_warns(world: &World) {
    let as_it_stood = servers(world, BUT_B, "");
    assert!(check(world, &as_it_stood, &ABC).contains("[ OK ] green"));
    let lint = world.run(&["lint", &as_it_stood], "");
    let said = String::from_utf8(lint.stdout).unwrap() + &String::from_utf8(lint.stderr).unwrap();
    assert!(said.contains("covers = { input = \"servers\" }"), "{said}");
    world.begin_anew();
    let said = check(world, &servers(world, BUT_B, COVERED), &ABC);
    assert!(said.contains("[FAIL] red: Every server answers\n       2 of 3; missing: b\n"), "{said}");
    assert!(said.contains("  | Server expected: covers $servers; found: 2 of 3; missing: b"), "{said}");
    assert!(said.contains("  - Every server answers: 2 of 3; missing: b"), "{said}");
    let spanish = check(world, &servers(world, BUT_B, COVERED), &[&ABC[..], &["--lang", "es"]].concat());
    assert!(spanish.contains("2 de 3; faltan: b"), "{spanish}");
    assert!(spanish.contains("cubre $servers; encontrado: 2 de 3; faltan: b"), "{spanish}");
    assert!(!spanish.contains("missing"), "{spanish}");
}

on_both!(programs_and_every_export_are_told_what_is_missing_and_what_is_left_out);
fn programs_and_every_export_are_told_what_is_missing_and_what_is_left_out(world: &World) {
    let inputs = ["--input", "servers=fe01,b,fe02,edge09", "--input", "without=EDGE09,nobody"];
    let json = check(world, &servers(world, BUT_B, COVERED), &[&inputs[..], &["--output", "json"]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    let schema = |name: &str| -> Value {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    assert_fits(&schema("check.schema.json"), &json);
    assert_eq!(json["steps"][0]["covered"], json!({"names": 3, "spoken": 2, "missing": [{"name": "b"}]}));
    assert_eq!(json["steps"][0]["reason"], "2 of 3; missing: b");
    assert_eq!(json["gate"]["reasons"][0]["reason"], "2 of 3; missing: b");
    assert_eq!(json["gate"]["left_out"], json!(["EDGE09", "nobody"]));
    let exported: Value = serde_json::from_str(&world.export("json")).unwrap();
    assert_fits(&schema("export.schema.json"), &exported);
    assert_eq!(exported["gate"]["left_out"], json["gate"]["left_out"]);
    assert_eq!(exported["steps"][0]["covered"], json["steps"][0]["covered"]);
    for format in ["markdown", "html", "csv", "junit"] {
        let export = world.export(format);
        assert!(export.contains("2 of 3; missing: b"), "{format}: {export}");
        assert!(export.contains("EDGE09") && export.contains("nobody"), "{format}: {export}");
        let redacted = world.run(&["export", &world.run_written(), "--format", format, "--redact"], "");
        let redacted = String::from_utf8(redacted.stdout).unwrap();
        assert!(!redacted.contains("EDGE09") && redacted.contains("2 of 3"), "{format}: {redacted}");
    }
    assert!(world.export("csv").contains("\"left-out\",\"EDGE09\""), "{}", world.export("csv"));
    assert!(world.export("markdown").contains("left out: EDGE09, nobody"));
}

on_both!(a_name_is_missed_beside_errors_and_the_one_about_it_is_told_with_it);
fn a_name_is_missed_beside_errors_and_the_one_about_it_is_told_with_it(world: &World) {
    let command = "foreach ($server in $servers) { if ($server -eq 'b') { Write-Error 'refused' -TargetObject $server } \
                   else { [pscustomobject]@{ Server = \"$server.contoso.com\".Replace('a.contoso.com', 'a'); Ok = $true } } }";
    let said = check(world, &servers(world, command, COVERED), &ABC);
    let why = "1 of 3; missing: b (refused), c (there is a row c.contoso.com)";
    assert!(said.contains(&format!("[FAIL] red: Every server answers\n       {why}\n")), "{said}");
    // Where every name has a row, it could not be found out.
    world.begin_anew();
    let all = format!(
        "{command}\n[pscustomobject]@{{ Server = 'B'; Ok = $true }}\n[pscustomobject]@{{ Server = 'c'; Ok = $true }}"
    );
    let said = check(world, &servers(world, &all, COVERED), &ABC);
    assert!(said.contains("[ ?? ] undetermined: Every server answers") && said.contains("refused"), "{said}");
    // A row that fails stands beside a name that is missing.
    world.begin_anew();
    let bad = "[pscustomobject]@{ Server = 'a'; Ok = $false }, [pscustomobject]@{ Server = 'x'; Ok = $true }";
    let said = check(world, &servers(world, bad, COVERED), &ABC);
    assert!(said.contains("1 of 3; missing: b, c; not as expected: 1 of 2 rows: a"), "{said}");
}

on_both!(of_one_value_a_file_may_hold_a_comma);
fn of_one_value_a_file_may_hold_a_comma(world: &World) {
    let file = servers(world, "[pscustomobject]@{ Ok = $servers -eq 'CN=b,OU=c' }", "");
    let text = fs::read_to_string(world.path("servers.toml")).unwrap();
    fs::write(world.path("servers.toml"), text.replacen("many = true\n", "", 1)).unwrap();
    fs::write(world.path("list.txt"), "CN=b,OU=c\n").unwrap();
    let said = check(world, &file, &["--input", &format!("servers=@{}", world.written("list.txt"))]);
    assert!(said.contains("[ OK ] green"), "{said}");
}

on_both!(an_empty_list_is_red_whatever_emptied_it);
fn an_empty_list_is_red_whatever_emptied_it(world: &World) {
    let empty = "there is nothing to cover: the list of names is empty";
    let optional = |text: &str| {
        text.replace("many = true\nask = \"Servers\"", "many = true\noptional = true\nask = \"Servers\"")
    };
    let row = "[pscustomobject]@{ Server = 'a'; Ok = $true }";
    let file = servers(world, row, COVERED);
    let text = fs::read_to_string(world.path("servers.toml")).unwrap();
    let left_out = check(world, &file, &["--input", "servers=a, A", "--input", "without= A "]);
    assert!(left_out.contains(&format!("[FAIL] red: Every server answers\n       {empty}\n")), "{left_out}");
    assert!(left_out.contains("\n  left out: A\n"), "{left_out}");
    world.begin_anew();
    fs::write(world.path("servers.toml"), optional(&text)).unwrap();
    let never_given = check(world, &file, &[]);
    assert!(never_given.contains(empty), "{never_given}");
}

/// A step that gives servers, and one that covers them.
fn pool(world: &World, first: &str) -> String {
    let text = format!(
        "format = 1\nid = \"pool\"\nversion = \"1\"\ntitle = \"Pool\"\n\
         [[step]]\nid = \"pool\"\ntitle = \"The pool has servers\"\nwhy = \"w\"\n\
         [step.check]\ncommand = '''{first}'''\nexpect = [{{ property = \"Up\", is = true, rows = \"any\" }}]\n\
         [[step]]\nid = \"all\"\ntitle = \"Every server answers\"\nwhy = \"w\"\nneeds = [\"pool\"]\n\
         [step.check]\ncommand = '''1..3 | ForEach-Object {{ [pscustomobject]@{{ Server = \"FE0$_\" }} }}'''\n\
         key = \"Server\"\ncovers = {{ step = \"pool\", property = \"computers\" }}\nexpect = [{{ rows = \"any\" }}]\n"
    );
    fs::write(world.path("pool.toml"), text).unwrap();
    world.written("pool.toml")
}

on_both!(names_come_from_another_step_typed_and_of_all_its_rows);
fn names_come_from_another_step_typed_and_of_all_its_rows(world: &World) {
    let rows = |rows: &str| check(world, &pool(world, rows), &[]);
    let green = rows(
        "[pscustomobject]@{ Up = $true; Computers = 'fe01', ' fe02 ' }\n[pscustomobject]@{ Up = $false; Computers = 'fe03' }",
    );
    assert!(green.contains("[ OK ] green: Every server answers"), "{green}");
    let events = world.events();
    let finding = &events.iter().find(|event| event["type"] == "checked").unwrap()["finding"];
    assert_eq!(
        finding["kept"],
        json!([{"property": "computers", "values": [{"list": [{"text": "fe01"}, {"text": " fe02 "}]}, {"text": "fe03"}]}])
    );
    world.begin_anew();
    let missing = rows("[pscustomobject]@{ Up = $true; Computers = 'fe01', 'fe04' }");
    assert!(
        missing.contains("[FAIL] red: Every server answers\n       1 of 2; missing: fe04\n"),
        "{missing}"
    );
    for unread in ["$null", "'fe01', $null", "''", "@(, @('fe01', 'fe02'))", "@{ a = 1 }"] {
        world.begin_anew();
        let said = rows(&format!("[pscustomobject]@{{ Up = $true; Computers = {unread} }}"));
        assert!(said.contains("[ ?? ] undetermined: Every server answers"), "{unread}: {said}");
        assert!(
            said.contains("what is to be covered could not be read: computers is no text"),
            "{unread}: {said}"
        );
    }
    world.begin_anew();
    let absent = rows("[pscustomobject]@{ Up = $true; Computers = 'fe01' }\n[pscustomobject]@{ Up = $true }");
    assert!(absent.contains("[ ?? ] undetermined: Every server answers"), "{absent}");
    world.begin_anew();
    let none = rows("[pscustomobject]@{ Up = $true; Computers = @() }");
    assert!(none.contains("[FAIL] red: Every server answers\n       there is nothing to cover"), "{none}");
}

on_both!(a_hundred_thousand_names_come_from_another_step_and_no_more);
fn a_hundred_thousand_names_come_from_another_step_and_no_more(world: &World) {
    let first = |more: &str| {
        format!(
            "0..99 | ForEach-Object {{ [pscustomobject]@{{ Up = $true; Computers = ($_ * 1000)..($_ * 1000 + 999) }} }}{more}"
        )
    };
    let said = check(world, &pool(world, &first("")), &[]);
    assert!(said.contains("[ OK ] green: The pool has servers"), "{said}");
    assert!(said.contains("0 of 100000; missing: 0, 1, 2"), "{said}");
    assert!(world.run(&["verify", &world.run_written()], "").status.success());
    world.begin_anew();
    let said =
        check(world, &pool(world, &first("\n[pscustomobject]@{ Up = $true; Computers = $null }")), &[]);
    assert!(said.contains("[ ?? ] undetermined: The pool has servers"), "{said}");
    assert!(said.contains("it gave more values for other steps than are kept"), "{said}");
}

on_both!(other_names_end_the_green_of_the_step_that_covers_them);
fn other_names_end_the_green_of_the_step_that_covers_them(world: &World) {
    fs::write(world.path("names.txt"), "fe01\n").unwrap();
    let names = world.written("names.txt");
    let file =
        pool(world, &format!("[pscustomobject]@{{ Up = $true; Computers = @(Get-Content '{names}') }}"));
    let mut run = crate::harness::dialogue::Dialogue::start(
        &mut world.greenlight(&["run", &file, "--plain", "--trust"]),
    );
    run.wait_for("l = ");
    // What these names lead to, as the list has it; a round ends with the keys below it.
    let mut round = |names: &str, typed: &[&str]| {
        fs::write(world.path("names.txt"), names).unwrap();
        run.say(typed);
        let said = run.wait_for("l = ");
        let listed = said.lines().rfind(|line| line.contains(": Every server answers"));
        (listed.unwrap_or_default().trim().to_owned(), said)
    };
    let green = "2. [ OK ] green: Every server answers";
    assert_eq!(round("fe01\n", &["1", "2", "l"]).0, green);
    // In another order, and in capitals, they are the same.
    assert_eq!(round("FE01\nfe01\n", &["1", "l"]).0, green);
    let (stale, said) = round("fe01\nfe09\n", &["1", "l"]);
    assert_eq!(stale, "2. [OLD ] stale: Every server answers");
    assert!(said.contains("“The pool has servers” found other names after this was checked"), "{said}");
    // What has ended does not come back with them.
    assert_eq!(round("fe01\n", &["1", "l"]).0, stale);
    run.say(&["q"]);
    run.end();
}

on_both!(the_values_of_an_input_come_from_a_file);
fn the_values_of_an_input_come_from_a_file(world: &World) {
    let file = servers(world, BUT_B, COVERED);
    let utf16 = |text: &str| {
        [&[0xFF, 0xFE][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
    };
    let list = world.written("list.txt");
    let from_file = format!("servers=@{list}");
    for bytes in
        [b"a\r\n\r\n  b \r\nc".to_vec(), b"\xEF\xBB\xBFa\nb\n\nc\n".to_vec(), utf16("\u{e1}\r\nb\r\n c\r\n")]
    {
        world.begin_anew();
        fs::write(world.path("list.txt"), bytes).unwrap();
        let said = check(world, &file, &["--input", &from_file]);
        assert!(said.contains("2 of 3; missing: b"), "{said}");
    }
    // A mark at its beginning is none of the first name.
    for bytes in [
        b"\xEF\xBB\xBFa\n".to_vec(),
        utf16("A\r\n"),
        [&[0xFE, 0xFF][..], &"a\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()].concat(),
    ] {
        world.begin_anew();
        fs::write(world.path("list.txt"), bytes).unwrap();
        let said = check(world, &file, &[&ABC[..], &["--input", &format!("without=@{list}")]].concat());
        assert!(said.contains("1 of 2; missing: b"), "{said}");
        assert!(said.to_lowercase().contains("left out: a\n"), "{said}");
    }
    // An old Mac's line ends too.
    world.begin_anew();
    fs::write(world.path("list.txt"), "a\rb\rc").unwrap();
    let said = check(world, &file, &["--input", &from_file]);
    assert!(said.contains("2 of 3; missing: b"), "{said}");
    // Beside others, and a text that begins with the sign.
    fs::write(world.path("list.txt"), "a\nb\nc\n").unwrap();
    world.begin_anew();
    let said =
        check(world, &file, &["--input", &from_file, "--input", "servers=@@d", "--input", "without=@@d"]);
    assert!(said.contains("2 of 3; missing: b") && said.contains("left out: @d"), "{said}");
    let refused = |bytes: Option<&[u8]>, why: &str| {
        world.begin_anew();
        match bytes {
            Some(bytes) => fs::write(world.path("list.txt"), bytes).unwrap(),
            None => drop(fs::remove_file(world.path("list.txt"))),
        }
        for command in [&["check", &file, "--trust"][..], &["run", &file, "--plain", "--trust"]] {
            let output = world.run(&[command, &["--input", &from_file]].concat(), "");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(why), "{said}");
        }
        assert_eq!(fs::read_dir(world.data()).map_or(0, Iterator::count), 0, "nothing begins");
    };
    refused(None, "list.txt");
    refused(Some(b"a\n\xFF\n"), "neither UTF-8 nor UTF-16");
    refused(Some(&[0xFF, 0xFE, 0x61]), "neither UTF-8 nor UTF-16");
    refused(Some(b"\n \n"), "a value is needed");
    refused(Some(&vec![b'a'; (4 << 20) + 1]), "larger than 4 MiB");
    // One a line: nothing parts a line, and no value of a list holds what would.
    for line in ["CN=b,OU=c", "b;c", "b,"] {
        let why = format!("one value a line, and no value of a list holds a comma or a semicolon: {line}");
        refused(Some(format!("a\n  {line} \n").as_bytes()), &why);
    }
    fs::remove_file(world.path("list.txt")).unwrap();
    fs::create_dir(world.path("list.txt")).unwrap();
    let output = world.run(&["check", &file, "--trust", "--input", &from_file], "");
    assert_eq!(output.status.code(), Some(2));
    fs::remove_dir(world.path("list.txt")).unwrap();
}

/// Rows by key, one name missing until the pool is mended.
const SCENARIO: &str = r#"
format = 1
id = "pool"
title = { en = "A server is missing" }

[state]
mended = 0

[[reply]]
command = "Get-Pool"
rows = [{ Up = true, Computers = ["fe01", "fe02", " FE09 "] }]

[[reply]]
command = "Get-Server"
when = { mended = 1 }
rows = [{ Server = "fe01" }, { Server = "fe02" }]

[[reply]]
command = "Get-Server"
rows = [{ Server = "fe01" }, { Server = "fe02.contoso.com" }]

[[reply]]
command = "Repair-Server"
count = ["mended"]
"#;

const REHEARSED: &str = r#"
format = 1
id = "pool"
version = "1"
title = "Pool"
[[input]]
id = "without"
kind = "text"
many = true
leaves_out = true
ask = "Without"
[[step]]
id = "pool"
title = "The pool has servers"
why = "w"
[step.check]
command = "Get-Pool"
expect = [{ property = "Up", is = true }]
[[step]]
id = "all"
title = "Every server answers"
why = "w"
needs = ["pool"]
[step.check]
command = "Get-Server"
key = "Server"
covers = { step = "pool", property = "Computers" }
expect = [{ rows = "any" }]
[step.apply]
command = "Repair-Server"
changes = "computer"
[handoff]
title = "Go"
say = "Go on"
confirm = "GO"
file = "go.ps1"
script = "Move-It"
"#;

on_both!(a_rehearsal_misses_a_name_and_hands_off_with_what_is_left_out without PowerShell);
fn a_rehearsal_misses_a_name_and_hands_off_with_what_is_left_out(world: &World) {
    fs::write(world.path("pool.toml"), REHEARSED).unwrap();
    fs::write(world.path("missing.toml"), SCENARIO).unwrap();
    let (file, scenario) = (world.written("pool.toml"), world.written("missing.toml"));
    let arguments = ["run", &file, "--plain", "--trust", "--rehearse", &scenario, "--input", "without=fe09"];
    let mut run = crate::harness::dialogue::Dialogue::start(&mut world.greenlight(&arguments));
    run.wait_for("l = ");
    run.say(&["1", "2", "2", "l"]);
    run.wait_for("1 of 2; missing: fe02 (there is a row fe02.contoso.com)");
    let mut watch =
        crate::harness::dialogue::Dialogue::start(&mut world.greenlight(&["watch", &world.run_id()]));
    watch.wait_for("1 of 2; missing: fe02 (there is a row fe02.contoso.com)");
    watch.wait_for("left out: fe09");
    watch.kill();
    run.say(&["2", "1", "APPLY"]);
    run.wait_for("[ OK ] green: Every server answers");
    run.say(&["g"]);
    run.wait_for("left out: fe09");
    run.say(&["s"]);
    run.wait_for("left out: fe09");
    run.say(&["GO"]);
    run.end();
    let manifest = fs::read_to_string(world.run_folder().join("handoff/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["gate"]["left_out"], json!(["fe09"]));
    assert_eq!(manifest["steps"][1]["covered"], json!({"names": 2, "spoken": 2}));
}
