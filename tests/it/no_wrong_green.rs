//! Checks on the real engine that a careless or hostile author could write so that a failure looks like the good state.

use std::fs;

use serde_json::{Value, json};

use crate::harness::world::World;

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
            ("many", "1..10001", no_bad, "green"),
            ("many-and-one", "1..10001; 'bad'", no_bad, "red"),
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

on_both!(what_a_pipeline_without_output_leaves_is_nothing);
fn what_a_pipeline_without_output_leaves_is_nothing(world: &World) {
    let left = "[pscustomobject]@{ State = (Get-Item /no-such* | Select-Object -ExpandProperty Name) }";
    let not_failed = "{ property = \"State\", is_not = \"Failed\" }";
    let none_failed = "{ property = \"State\", is = \"Failed\", rows = \"none\" }";
    let no_x = "{ property = \"State\", contains = \"x\", rows = 0 }";
    assert_verdicts(
        world,
        &[
            ("nothing-found", left, not_failed, "red"),
            ("nothing-none", "@{ Name = 'svc'; State = (Get-Item /no-such*) }", none_failed, "red"),
            ("count-zero", "[pscustomobject]@{ State = (& { }) }", no_x, "red"),
            ("real-null", "[pscustomobject]@{ Name = 'svc'; State = $null }", not_failed, "red"),
            ("by-script", "@{ A = 1 } | Select-Object @{ n = 'State'; e = { } }", not_failed, "red"),
            ("by-if", "@{ State = $(if ($false) { 'Failed' }) }", none_failed, "red"),
            ("in-a-list", "@{ State = @((& { }), 'y') }", no_x, "red"),
            (
                "deeper",
                "@{ A = @{ State = (& { }) } }",
                "{ property = \"A.State\", is_not = \"Failed\" }",
                "red",
            ),
            ("one-of", left, "{ property = \"State\", one_of = [\"Failed\"], rows = \"none\" }", "red"),
            ("matches", left, "{ property = \"State\", matches = \"Failed\", rows = \"none\" }", "red"),
            ("at-most", left, "{ property = \"State\", at_most = 5, rows = \"none\" }", "red"),
            ("version", left, "{ property = \"State\", version_at_least = \"5.0\", rows = \"none\" }", "red"),
            ("of-a-database", "@{ State = [DBNull]::Value }", not_failed, "red"),
            ("is-empty", left, "{ property = \"State\", empty = true }", "green"),
            ("is-not-filled", left, "{ property = \"State\", empty = false, rows = \"none\" }", "green"),
            // As a row it is an object that somebody put out.
            ("a-row", "[pscustomobject]@{}", "{ rows = \"none\" }", "red"),
            ("a-bare-row", "@{ A = 1 } | Select-Object NoSuch*", "{ rows = \"none\" }", "red"),
            ("no-row", "Get-Item /no-such*", "{ rows = \"none\" }", "green"),
        ],
        None,
    );
}

on_both!(what_did_not_come_through_is_undetermined);
fn what_did_not_come_through_is_undetermined(world: &World) {
    let conflict = "{ property = \"Conflict\", empty = true }";
    let set = "$a = [pscustomobject]@{ Id = 5 }; $o = [pscustomobject]@{ Name = 'x' }; $o.PSObject.Members.Add([Management.Automation.PSMemberSet]::new('Details', [Management.Automation.PSMemberInfo[]]@([Management.Automation.PSNoteProperty]::new('first', $a)))); $o.PSObject.Properties.Add([Management.Automation.PSNoteProperty]::new('Conflict', $a)); $o";
    let file = "Get-ChildItem -File $PSHOME/*.json | Select-Object -First 1";
    assert_verdicts(
        world,
        &[
            (
                "cycle",
                "$o = [pscustomobject]@{ Conflict = $null }; $o.Conflict = $o; $o",
                conflict,
                "undetermined",
            ),
            (
                "cycle-deeper",
                "$o = @{}; $o.A = $o; $o",
                "{ property = \"A.A\", is_not = \"x\" }",
                "undetermined",
            ),
            (
                "cycle-in-a-list",
                "$o = [pscustomobject]@{ L = $null }; $o.L = @($o, 'y'); $o",
                "{ property = \"L\", contains = \"x\", rows = 0 }",
                "undetermined",
            ),
            ("set", set, conflict, "red"),
            (
                "in-the-set",
                set,
                "{ property = \"Details.first.Id\", is = 5 }, { property = \"Conflict.Id\", is = 5 }",
                "green",
            ),
            ("folder", file, "{ property = \"Directory.Name\", is_not = \"x\" }", "undetermined"),
            (
                "folder-selected",
                "Get-ChildItem -File $PSHOME/*.json | Select-Object -First 1 @{ n = 'Folder'; e = { $_.Directory.Name } }",
                "{ property = \"Folder\", is_not = \"x\" }",
                "green",
            ),
            (
                "days",
                "@{ Age = New-TimeSpan -Days 9 }",
                "{ property = \"Age.Days\", at_most = 5, rows = \"none\" }",
                "undetermined",
            ),
            ("days-of-a-row", "New-TimeSpan -Days 9", "{ property = \"Days\", is = 9 }", "undetermined"),
            (
                "host",
                "@{ Where = [uri]'http://x' }",
                "{ property = \"Where.Host\", is_not = \"y\" }",
                "undetermined",
            ),
            (
                "length",
                "@{ List = 1, 2 }",
                "{ property = \"List.Count\", is = 5, rows = \"none\" }",
                "undetermined",
            ),
            (
                "of-elements",
                "@{ List = @(@{ State = 'Failed' }) }",
                "{ property = \"List.State\", is = \"Failed\", rows = \"none\" }",
                "undetermined",
            ),
            (
                "two-keys",
                "$d = [Collections.Generic.Dictionary[string, object]]::new(); $d['Ok'] = $false; $d['ok'] = $true; ,$d",
                "{ property = \"Ok\", is = true }",
                "undetermined",
            ),
            ("two-types", "@{ 1 = $false; '1' = $true }", "{ property = \"1\", is = true }", "undetermined"),
            ("absent", "@{ A = 1 }", "{ property = \"B\", is_not = \"x\" }", "red"),
            (
                "soon",
                "@{ Ends = [DateTimeOffset]::Now.AddDays(2) }",
                "{ property = \"Ends\", later_than = \"1d\" }",
                "green",
            ),
            ("gone", "[DateTimeOffset]::UtcNow.AddDays(-2)", "{ later_than = \"1d\" }", "red"),
        ],
        None,
    );
}

on_both!(what_powershells_operators_deny_is_not_green in every language);
fn what_powershells_operators_deny_is_not_green(world: &World) {
    let list = "@{ D = @('a.example', 'b.example') }";
    assert_verdicts(
        world,
        &[
            (
                "decimal",
                "[decimal]::Parse('9.99999999999999999999', [cultureinfo]::InvariantCulture)",
                "{ at_least = 10 }",
                "red",
            ),
            (
                "decimal-exact",
                "[decimal]::Parse('9.99999999999999999999', [cultureinfo]::InvariantCulture)",
                "{ at_most = 10 }, { is = 10, rows = \"none\" }",
                "green",
            ),
            ("int64", "[int64]9007199254740993", "{ is = 9007199254740992 }", "red"),
            (
                "int64-exact",
                "[int64]9007199254740993",
                "{ is_not = 9007199254740992 }, { at_least = 9007199254740992 }",
                "green",
            ),
            ("uint64", "[uint64]::MaxValue", "{ at_most = 9007199254740992 }", "red"),
            ("bigint", "[bigint]::Parse('99999999999999999999')", "{ at_least = 1000 }", "green"),
            ("thousands", "'1.500'", "{ at_most = 100 }", "red"),
            ("thousands-less", "'1.500'", "{ at_least = 100, rows = \"none\" }", "red"),
            ("written", "'10'", "{ at_least = 5 }, { is = 10 }", "green"),
            ("written-otherwise", "'10.0'", "{ is = 10 }", "red"),
            ("grouped", "'1_500'", "{ at_least = 5 }", "red"),
            ("preview", "'5.0.0-preview.1'", "{ version_at_least = \"5.0.0\" }", "red"),
            ("preview-semver", "[semver]'7.0.0-preview.1'", "{ version_at_least = \"7.0.0\" }", "red"),
            ("preview-of-a-later", "'5.1.0-preview.1'", "{ version_at_least = \"5.0.0\" }", "green"),
            ("date", "'2013-07-02'", "{ version_at_least = \"5.0.8308\" }", "red"),
            ("part", "@{ D = 'notcontoso.com' }", "{ property = \"D\", contains = \"contoso.com\" }", "red"),
            (
                "part-found",
                "@{ D = 'notcontoso.com' }",
                "{ property = \"D\", matches = \"contoso\\\\.com\" }",
                "green",
            ),
            ("whole", "@{ D = 'contoso.com' }", "{ property = \"D\", contains = \"contoso.com\" }", "green"),
            ("number", "150", "{ contains = 5 }", "red"),
            ("object", "@{ A = 'contoso.com' }", "{ contains = \"contoso.com\" }", "red"),
            ("kelvin", "[string][char]0x212A", "{ is = \"k\" }", "red"),
            ("kelvin-not", "[string][char]0x212A", "{ is_not = \"k\" }", "red"),
            ("false-text", "$true", "{ is = \"False\" }", "red"),
            ("true-text", "$true", "{ is_not = \"x\" }", "red"),
            // What an input becomes that was bound to a variable of one text, and what it is.
            ("joined", list, "{ property = \"D\", is = \"a.example b.example\" }", "red"),
            ("joined-by-commas", list, "{ property = \"D\", is = \"a.example, b.example\" }", "red"),
            ("not-joined", list, "{ property = \"D\", is_not = \"x\" }", "red"),
            ("element", list, "{ property = \"D\", contains = \"B.example\" }", "green"),
            ("short-name", "[DayOfWeek]'Monday'", "{ is_not = \"mon\" }", "red"),
            ("name", "[DayOfWeek]'Monday'", "{ is = \"monday\" }, { is_not = \"Sunday\" }", "green"),
            ("span", "[timespan]'1.00:00:00'", "{ is_not = \"1\" }", "red"),
            ("letters", "'été'", "{ matches = '^\\w+$', rows = \"none\" }", "red"),
        ],
        None,
    );
}

on_both!(a_column_that_is_null_meets_no_test);
fn a_column_that_is_null_meets_no_test(world: &World) {
    let rows = "$t = New-Object Data.DataTable; [void]$t.Columns.Add('State'); [void]$t.Columns.Add('Name'); [void]$t.Rows.Add([DBNull]::Value, 'x'); $t.Rows";
    let cases = [
        ("differs", rows, "{ property = \"State\", is_not = \"Failed\" }", "undetermined"),
        ("none", rows, "{ property = \"State\", is = \"Failed\", rows = \"none\" }", "undetermined"),
        ("matches", rows, "{ property = \"State\", matches = \"x\", rows = \"none\" }", "undetermined"),
        ("selected", "$t.Rows | Select-Object State", "{ property = \"State\", is_not = \"Failed\" }", "red"),
        ("named", rows, "{ property = \"Name\", is = \"x\" }", "green"),
    ];
    assert_verdicts(world, &cases, None);
}

on_both!(of_many_errors_none_is_lost_that_a_remedy_or_the_operator_needs);
fn of_many_errors_none_is_lost_that_a_remedy_or_the_operator_needs(world: &World) {
    let remedy = |when: &str, say: &str| format!("[[step.remedy]]\nwhen = {{ {when} }}\nsay = \"{say}\"\n");
    let command = "1..300 | ForEach-Object { Write-Error -Message \"no $_\" -ErrorId \"E$_\" -TargetObject \"fe$_\" }; throw 'over'";
    let remedies = [
        remedy("text = \"^no 77$\"", "Mend 77."),
        remedy("error_id = \"E200\"", "Mend 200."),
        remedy("error_id = \"E200\", text = \"no 201\"", "Mend neither."),
        remedy("error_id = \"E299\"", "Mend 299."),
        remedy("text = \"over\"", "Mend the end."),
    ];
    let none = ("many", command, "{ rows = \"none\" }", "");
    fs::write(world.path("careless.toml"), checklist(&[none]) + &remedies.concat()).unwrap();
    let file = world.written("careless.toml");
    let output = world.run(&["check", &file, "--trust"], "");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    // 301, less the five that are shown; of the first of them stands what they were done to.
    assert!(printed.contains("more errors: 296 (fe6, fe7, fe8"), "{printed}");
    let events = world.events();
    let checked = events.iter().find(|event| event["type"] == "checked").unwrap();
    let finding = &checked["finding"];
    assert_eq!(finding["remedies"], json!([0, 1, 3, 4]));
    let targets = finding["more_errors"]["targets"].as_array().unwrap();
    assert_eq!((targets.len(), &targets[294]), (296, &json!("fe300")));
    assert_eq!(finding["failures"][0]["target"], "fe1");
}
