//! What one step leaves in the session that all steps share never makes a later one green on something else than it says.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use greenlight::facade::journal::{Folder, Holder, Journal};
use greenlight::facade::run::{Mode, Who};
use greenlight::facade::shell::{PowerShell, Program};
use greenlight::facade::wizard::Wizard;
use serde_json::{Value, json};

use crate::harness::dialogue::Dialogue;
use crate::harness::world::World;

const INPUTS: &str = r#"format = 1
id = "polluted"
version = "1"
title = "Polluted"
[[input]]
id = "note"
kind = "text"
ask = "Note"
[[input]]
id = "domains"
kind = "domain"
many = true
ask = "Domains"
[[input]]
id = "nothing"
kind = "text"
optional = true
ask = "Nothing"
"#;

/// A check with its expectations and what else its table holds.
fn step(id: &str, command: &str, rest: &str) -> String {
    format!(
        "[[step]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhy = \"x\"\n[step.check]\ncommand = '''\n{command}'''\n{rest}\n"
    )
}

/// Runs these checks in order in one PowerShell and gives what is found of each.
fn checked(world: &World, steps: &[String]) -> Vec<Value> {
    fs::write(world.path("polluted.toml"), INPUTS.to_owned() + &steps.concat()).unwrap();
    let file = world.written("polluted.toml");
    let mut arguments = vec!["check", &file, "--trust", "--output", "json"];
    arguments.extend(["--input", "note=hello", "--input", "domains=a.example,b.example"]);
    let output = world.run(&arguments, "");
    let printed: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr)));
    printed["steps"].as_array().unwrap().clone()
}

const HELLO: &str = "expect = [{ is = \"hello\" }]";
const ANY: &str = "expect = [{ rows = \"any\" }]";
const NONE: &str = "expect = [{ rows = \"none\" }]";
/// A native program that ends with 3, and an object after it.
const FAILS: &str = "if ($env:OS -eq 'Windows_NT') { cmd /c 'exit 3' } else { /bin/sh -c 'exit 3' }; 1";
/// Gives what the inputs hold, each as its type is.
const SHOW: &str = "if ($domains -is [string] -or @($domains).Count -ne 2 -or $null -ne $nothing) { 'other' } else { $note }";

on_both!(nothing_stands_before_what_greenlight_sets_and_reads);
fn nothing_stands_before_what_greenlight_sets_and_reads(world: &World) {
    let names = [
        "Set-Variable",
        "Get-Variable",
        r"Microsoft.PowerShell.Utility\Set-Variable",
        r"Microsoft.PowerShell.Utility\Get-Variable",
    ];
    let functions: Vec<String> = names.iter().map(|name| format!("function global:{name} {{ }}")).collect();
    let aliases: Vec<String> =
        names.iter().map(|name| format!("Set-Alias -Name '{name}' -Value Get-Date -Scope Global")).collect();
    let ways = [
        "$global:WhatIfPreference = $true".to_owned(),
        "$global:ConfirmPreference = 'Low'".to_owned(),
        functions.join("; "),
        aliases.join("; "),
        "New-Module -Name tools { function Set-Variable { param($Name, $Value, $Scope) } } | Import-Module -Global"
            .to_owned(),
        "Set-StrictMode -Version Latest".to_owned(),
        "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'".to_owned(),
    ];
    for way in ways {
        let pollute =
            format!("$global:note = 'stale'; $global:domains = 'stale'; $global:nothing = 'stale'; {way}; 1");
        let steps = [
            step("pollutes", &pollute, ANY),
            step("reads", SHOW, HELLO),
            step("fails", FAILS, ANY),
            step("again", SHOW, HELLO),
        ];
        let found = checked(world, &steps);
        let verdicts: Vec<&Value> = found.iter().map(|step| &step["verdict"]).collect();
        assert_eq!(verdicts, ["green", "green", "undetermined", "green"], "{way}: {found:#?}");
    }
}

on_both!(an_input_that_the_session_does_not_let_be_set_is_named_and_the_command_does_not_run);
fn an_input_that_the_session_does_not_let_be_set_is_named_and_the_command_does_not_run(world: &World) {
    let breakpoint = |when: &str| {
        format!(
            "$null = [runspace]::DefaultRunspace.Debugger.SetVariableBreakpoint('note', '{when}', {{ $global:note = 'stale' }}, $null)"
        )
    };
    let ways = [
        ("note", "Set-Variable note stale -Option ReadOnly -Scope Global".to_owned()),
        ("note", "Set-Variable note stale -Option Constant -Scope Global; $global:ErrorActionPreference = 'SilentlyContinue'".to_owned()),
        ("note", "Set-Variable note stale -Option Private -Scope Global".to_owned()),
        ("note", "[ValidateSet('stale')][string]$global:note = 'stale'".to_owned()),
        ("note", "[int]$global:note = 5".to_owned()),
        ("domains", "[string]$global:domains = 'stale'".to_owned()),
        ("nothing", "[string]$global:nothing = 'stale'".to_owned()),
        ("note", breakpoint("Write")),
        ("note", breakpoint("ReadWrite")),
    ];
    for (variable, way) in ways {
        let pollute = format!("{way}; 1");
        let steps = [
            step("pollutes", &pollute, ANY),
            step("reads", "\"ran with $note $domains $nothing\"", ANY),
            step("other", "1", ANY),
        ];
        let found = checked(world, &steps);
        let verdicts: Vec<&Value> = found.iter().map(|step| &step["verdict"]).collect();
        assert_eq!(verdicts, ["green", "undetermined", "green"], "{way}: {found:#?}");
        let reason = found[1]["reason"].as_str().unwrap();
        assert!(reason.contains(&format!("${variable} ")), "{way}: {reason}");
        assert!(!found[1].to_string().contains("ran with"), "{way}: {:#}", found[1]);
    }
}

on_both!(no_preference_of_a_step_reaches_the_next);
fn no_preference_of_a_step_reaches_the_next(world: &World) {
    let fail = format!("{NONE}\nwarnings = \"fail\"");
    let hushed = [
        "$PSDefaultParameterValues['*:ErrorAction'] = 'SilentlyContinue'",
        "$global:PSDefaultParameterValues = @{ '*:ErrorAction' = 'Ignore'; '*:WarningAction' = 'Ignore' }",
        "$global:ErrorActionPreference = 'SilentlyContinue'; $global:WarningPreference = 'SilentlyContinue'",
        "$ErrorActionPreference = 'Ignore'; $WarningPreference = 'Ignore'; Set-StrictMode -Version Latest",
        "Update-TypeData -TypeName System.Collections.Hashtable -MemberType ScriptProperty -MemberName Count -Value { 0 } -Force; $global:PSDefaultParameterValues = @{ '*:ErrorAction' = 'Ignore'; '*:WarningAction' = 'Ignore' }",
    ];
    for hush in hushed {
        let steps = [
            step("hushes", &format!("{hush}; 1"), ANY),
            step("errs", "Get-Item /no-such-thing", NONE),
            step("hushes-again", &format!("{hush}; 1"), ANY),
            step("warns", "Write-Warning 'mind the gap'", &fail),
            step("well", "'good'", ANY),
        ];
        let found = checked(world, &steps);
        let verdicts: Vec<&Value> = found.iter().map(|step| &step["verdict"]).collect();
        assert_eq!(verdicts, ["green", "undetermined", "green", "red", "green"], "{hush}: {found:#?}");
        assert_eq!(found[3]["reason"], "the command warned: mind the gap");
    }
    // What cannot be set back is said.
    let breakpoint = "$null = [runspace]::DefaultRunspace.Debugger.SetVariableBreakpoint('ErrorActionPreference', 'ReadWrite', { $global:ErrorActionPreference = 'SilentlyContinue' }, $null)";
    for way in [
        breakpoint,
        "Set-Variable ErrorActionPreference SilentlyContinue -Option Constant -Scope Global -Force",
    ] {
        let steps =
            [step("hushes", &format!("{way}; 1"), ANY), step("errs", "Get-Item /no-such-thing", NONE)];
        let found = checked(world, &steps);
        assert_ne!(found[1]["verdict"], "green", "{way}: {found:#?}");
    }
    // Nor is an exit code that the session hides from whoever reads it.
    let hides = "$null = [runspace]::DefaultRunspace.Debugger.SetVariableBreakpoint('LASTEXITCODE', 'Read', { $global:LASTEXITCODE = $null }, $null)";
    let found = checked(world, &[step("hides", &format!("{hides}; 1"), ANY), step("fails", FAILS, ANY)]);
    assert_ne!(found[1]["verdict"], "green", "{found:#?}");
    // A warning without words is one.
    let found =
        checked(world, &[step("warns", "Write-Warning ''; 1", &format!("{ANY}\nwarnings = \"fail\""))]);
    assert_eq!(found[0]["verdict"], "red", "{found:#?}");
}

on_both!(a_changed_input_never_leaves_the_gate_open_on_the_value_before);
fn a_changed_input_never_leaves_the_gate_open_on_the_value_before(world: &World) {
    let tools = "New-Module -Name tools { function Set-Variable { param($Name, $Value, $Scope) } } | Import-Module -Global; 1";
    let steps = [step("pool", "$note", "expect = [{ is = \"pool-old\" }]"), step("tools", tools, ANY)];
    fs::write(world.path("stale.toml"), INPUTS.to_owned() + &steps.concat()).unwrap();
    let file = world.written("stale.toml");
    let mut run = Dialogue::start(&mut world.greenlight(&[
        "run",
        &file,
        "--plain",
        "--trust",
        "--input",
        "note=pool-old",
        "--input",
        "domains=a.example",
    ]));
    run.say(&["1"]);
    run.wait_for("green: pool\n");
    run.say(&["2"]);
    run.wait_for("green: tools\n");
    run.say(&["i", "1", "pool-new", "1"]);
    run.wait_for("red: pool\n");
    let (status, said) = run.end();
    assert_eq!(status.code(), Some(1), "{said}");
    let findings: Vec<Value> =
        world.events().into_iter().filter(|event| event["type"] == "checked").collect();
    assert_eq!(findings.last().unwrap()["finding"]["verdict"], json!("red"), "{findings:#?}");
}

on_both!(every_variable_of_powershell_itself_is_refused_as_an_input);
fn every_variable_of_powershell_itself_is_refused_as_an_input(world: &World) {
    let list = "$known = [psobject].Assembly.GetType('System.Management.Automation.SpecialVariables').GetFields('NonPublic, Static') | Where-Object { $_.FieldType -eq [string] } | ForEach-Object { $_.GetValue($null) }; (Get-Variable -Scope Global).Name + $known | Sort-Object -Unique";
    checked(world, &[step("list", list, ANY)]);
    let transcript = fs::read_to_string(world.run_folder().join("transcript/list-1.jsonl")).unwrap();
    let lines = transcript.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let name = |line: Value| line["x"].as_str().unwrap_or_default().to_lowercase();
    let is_id =
        |name: &String| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()) && name != "known";
    let mut names: Vec<String> = lines.map(name).filter(is_id).collect();
    assert!(names.len() > 60, "{names:?}");
    // Windows PowerShell has these as well, and versions before 5.
    let older = ["maximumerrorcount", "maximumvariablecount", "consolefilename", "sourceargs", "transcript"];
    names.extend(older.map(str::to_owned));
    let input = |name: &String| format!("[[input]]\nid = \"{name}\"\nkind = \"text\"\nask = \"x\"\n");
    let inputs: String = names.iter().map(input).collect();
    fs::write(world.path("ids.toml"), INPUTS.to_owned() + &inputs + &step("s", "1", ANY)).unwrap();
    let linted = world.run(&["lint", &world.written("ids.toml"), "--output", "json"], "");
    let linted: Value = serde_json::from_slice(&linted.stdout).unwrap();
    let mistakes = linted["mistakes"].to_string();
    let taken: Vec<&String> = names
        .iter()
        .filter(|name| !mistakes.contains(&format!("\\\"{name}\\\" is, or may become")))
        .collect();
    assert_eq!(taken, Vec::<&String>::new());
    let refused = world.run(&["check", &world.written("ids.toml"), "--trust"], "");
    assert_eq!(refused.status.code(), Some(2));
}

on_both!(a_run_that_was_begun_with_such_an_input_is_read_and_goes_on);
fn a_run_that_was_begun_with_such_an_input_is_read_and_goes_on(world: &World) {
    let input = "[[input]]\nid = \"warningpreference\"\nkind = \"text\"\nask = \"x\"\n";
    let checklist =
        INPUTS.to_owned() + input + &step("s", "\"$warningpreference\"", "expect = [{ is = \"stop\" }]");
    let folder = world.data().join("20260101T000000Z-polluted");
    fs::create_dir_all(&folder).unwrap();
    let who = Who { user: "ana".into(), host: "SRV01".into(), ..Who::default() };
    let holder = Holder::this_process(who.clone(), 0);
    let journal = Journal::create(Folder::at(&folder), checklist.as_bytes(), holder).unwrap();
    assert!(greenlight::facade::checklist::read(checklist.as_bytes()).is_err());
    let kept = greenlight::facade::checklist::read_kept(checklist.as_bytes()).unwrap();
    let shell = Box::new(PowerShell::new(Program { path: PathBuf::new() }));
    drop(Wizard::begin(journal, Arc::new(kept), Mode::Live, who, shell).unwrap());
    let mut run = Dialogue::start(&mut world.greenlight(&["resume", &world.run_id(), "--plain", "--trust"]));
    run.say(&["1", "Stop"]);
    run.wait_for("green: s\n");
    run.end();
    assert!(world.export("json").contains("warningpreference"));
}
