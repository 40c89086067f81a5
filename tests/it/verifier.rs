//! `docs/journal-format.md` and `docs/verify-run.ps1`, which whoever has no greenlight verifies a run by: they find what `verify` finds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use greenlight::facade::checklist::Sha;
use greenlight::facade::journal::{Folder, HeadCode, verify};
use greenlight::facade::run::Stamped;
use serde_json::{Value, json};

use crate::harness::kept;
use crate::harness::system::System;
use crate::harness::world::World;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/verify-run.ps1");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/journal-format.md");

/// A run that the script and greenlight are asked about.
struct Case {
    name: &'static str,
    run: PathBuf,
    head: String,
    /// The exit code of both, and what both name.
    expected: (i32, &'static str),
}

type Change = fn(&Path);

/// Changes the lines of a run's journal and writes them with digests that fit.
fn rewrite(run: &Path, change: impl FnOnce(&mut [String])) {
    let path = run.join("journal.jsonl");
    let mut lines: Vec<String> = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    change(&mut lines);
    fs::write(path, kept::chained(&lines).join("\n") + "\n").unwrap();
}

fn change_bytes(run: &Path, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let path = run.join(name);
    let mut bytes = fs::read(&path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// Where a record begins.
fn begin(bytes: &[u8], record: usize) -> usize {
    bytes.split_inclusive(|byte| *byte == b'\n').take(record).map(<[u8]>::len).sum()
}

const TRANSCRIPT: &str = "transcript/onprem-shell-7.jsonl";

/// What may have been done to a run.
const CHANGES: [(&str, Change, (i32, &str)); 14] = [
    ("whole", |_| (), (0, "no damage found")),
    (
        "a flipped byte",
        |run| {
            change_bytes(run, "journal.jsonl", |bytes| {
                let at = begin(bytes, 9) + 150;
                bytes[at] ^= 1;
            });
        },
        (5, "record 9"),
    ),
    (
        "a deleted record",
        |run| change_bytes(run, "journal.jsonl", |bytes| drop(bytes.drain(begin(bytes, 7)..begin(bytes, 8)))),
        (5, "record 7"),
    ),
    (
        "a torn end",
        |run| change_bytes(run, "journal.jsonl", |bytes| bytes.truncate(bytes.len() - 7)),
        (5, "cut off"),
    ),
    ("no journal", |run| fs::write(run.join("journal.jsonl"), "").unwrap(), (5, "journal")),
    ("a changed transcript", |run| change_bytes(run, TRANSCRIPT, |bytes| bytes[5] ^= 1), (5, TRANSCRIPT)),
    ("a longer transcript", |run| change_bytes(run, TRANSCRIPT, |bytes| bytes.push(b'\n')), (5, TRANSCRIPT)),
    ("no transcript", |run| fs::remove_file(run.join(TRANSCRIPT)).unwrap(), (5, TRANSCRIPT)),
    (
        "another checklist",
        |run| change_bytes(run, "checklist.toml", |bytes| bytes.push(b'\n')),
        (5, "checklist.toml"),
    ),
    (
        "another script",
        |run| change_bytes(run, "handoff/start-migration.ps1", |bytes| bytes[9] ^= 1),
        (5, "handoff/start-migration.ps1"),
    ),
    (
        "a file elsewhere",
        |run| rewrite(run, |lines| lines[8] = lines[8].replace("transcript/", "transcript/../../")),
        (5, "leads out of"),
    ),
    (
        "a later format",
        |run| rewrite(run, |lines| lines[0] = lines[0].replace("\"format\":2", "\"format\":3")),
        (6, "later greenlight"),
    ),
    (
        "another kind of run",
        |run| rewrite(run, |lines| lines[0] = lines[0].replace("\"checklist\",", "\"batch\",")),
        (6, "later greenlight"),
    ),
    (
        "an unknown event",
        |run| rewrite(run, |lines| lines[5] = lines[5].replace("\"type\":\"", "\"type\":\"re-")),
        (6, "later greenlight"),
    ),
];

fn cases(world: &World) -> Vec<Case> {
    let small = kept::run("format-2/rehearsal");
    let changed = CHANGES.iter().enumerate().map(|(number, (name, change, expected))| {
        let run = world.path(&format!("{number}"));
        kept::copy(&small, &run);
        change(&run);
        Case { name, run, head: String::new(), expected: *expected }
    });
    let whole = ["format-1/engine", "format-1/rehearsal", "format-2/rehearsal", "format-2/every-record"];
    let whole = whole.map(|name| Case {
        name,
        run: kept::run(name),
        head: String::new(),
        expected: (0, "no damage found"),
    });
    let record = "2-SSW5-8QVJ-DZ0X-J562";
    let codes = [
        ("an earlier code", record.to_owned(), (0, "no damage found")),
        ("a code as people copy it", " 2 ssw58qvj\u{2013}dzox j562 ".to_owned(), (0, "no damage found")),
        ("a wrong code", record.replace("SSW5", "SSW6"), (5, "2-SSW6-8QVJ-DZ0X-J562")),
        ("a code of what is gone", record.replace("2-S", "90-S"), (5, "90-SSW5-8QVJ-DZ0X-J562")),
        ("no code at all", "2-SSW5".to_owned(), (2, "2-SSW5")),
    ];
    let with_codes = codes.map(|(name, head, expected)| Case { name, run: small.clone(), head, expected });
    changed.chain(whole).chain(with_codes).collect()
}

/// What the PowerShell of this system gives for a command, by a check of the program's.
fn asked(world: &World, command: &str) -> Value {
    let checklist = format!(
        "format = 1\nid = \"a\"\nversion = \"1\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         [[step]]\nid = \"one\"\ntitle = {{ en = \"T\", es = \"T\", fr = \"T\" }}\n\
         why = {{ en = \"T\", es = \"T\", fr = \"T\" }}\ndocs = [\"https://example.org\"]\n\
         [step.check]\ncommand = '''\nConvertTo-Json -Depth 4 -InputObject @({command}) | Set-Content -Encoding UTF8 '{}'\n'''\n\
         expect = [{{ rows = \"none\" }}]\n",
        world.written("answer.json")
    );
    fs::write(world.path("ask.toml"), checklist).unwrap();
    let output = world.run(&["check", &world.written("ask.toml"), "--trust"], "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
    let answer = fs::read_to_string(world.path("answer.json")).unwrap();
    serde_json::from_str(answer.trim_start_matches('\u{feff}')).unwrap()
}

on_both!(the_script_finds_what_verify_finds);
fn the_script_finds_what_verify_finds(world: &World) {
    let cases = cases(world);
    let asks: Vec<Value> =
        cases.iter().map(|case| json!([world.system.written(&case.run), case.head])).collect();
    fs::write(world.path("cases.json"), json!({"cases": asks}).to_string()).unwrap();
    let answers = asked(
        world,
        &format!(
            "foreach ($case in ((Get-Content -Encoding UTF8 '{}') | ConvertFrom-Json).cases) {{
                $said = & '{}' $case[0] $case[1]; @{{ code = $LASTEXITCODE; said = \"$said\" }}; $global:LASTEXITCODE = 0 }}",
            world.written("cases.json"),
            world.system.written(Path::new(SCRIPT))
        ),
    );
    assert_eq!(answers.as_array().unwrap().len(), cases.len());
    for (case, answer) in cases.iter().zip(answers.as_array().unwrap()) {
        let (code, named) = case.expected;
        let (said, name) = (answer["said"].as_str().unwrap(), case.name);
        assert_eq!(answer["code"], json!(code), "{name}: {said}");
        assert!(said.contains(named), "{name}: {said}");
        let run = world.system.written(&case.run);
        let mut arguments = vec!["verify", &run];
        if !case.head.is_empty() {
            arguments.extend(["--head", &case.head]);
        }
        let output = world.run(&arguments, "");
        let own = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(code), "{name}: {own}");
        assert!(own.contains(named), "{name}: {own}");
        if code == 0 {
            let head = own.lines().find_map(|line| line.split_once("; head ")).unwrap().1;
            assert!(said.ends_with(head), "{name}: {said}");
        }
    }
    // The process ends with the code, as a task or another script asks it.
    if let System::Native(Some(engine)) = &world.system {
        let last = cases.len() - 1;
        for case in [0, 1, 11, last].map(|at| &cases[at]) {
            let mut command = Command::new(engine);
            command.args(["-NoProfile", "-NonInteractive", "-File", SCRIPT]).arg(&case.run);
            let output = command.args((!case.head.is_empty()).then_some(&case.head)).output().unwrap();
            assert_eq!(output.status.code(), Some(case.expected.0), "{}: {output:?}", case.name);
        }
    }
}

/// What a script may call that is to run in PowerShell 3.0.
const COMMANDS: [&str; 9] = [
    "Add-Type",
    "ForEach-Object",
    "Get-Item",
    "Join-Path",
    "New-Object",
    "Resolve-Path",
    "Set-StrictMode",
    "Test-Path",
    "Write-Output",
];

// As the engine's own parser has it. (What .NET 4.0 lacks, which 3.0 may run on, no parser knows.)
on_both!(the_script_is_written_in_the_grammar_of_3_0_and_calls_what_3_0_has);
fn the_script_is_written_in_the_grammar_of_3_0_and_calls_what_3_0_has(world: &World) {
    let text = fs::read_to_string(SCRIPT).unwrap();
    assert!(
        text.is_ascii(),
        "Windows PowerShell reads a script without a mark in the code page of the system"
    );
    let parsed = asked(
        world,
        &format!(
            "& {{ $mistakes = $null; $tokens = $null
                $tree = [Management.Automation.Language.Parser]::ParseFile('{}', [ref]$tokens, [ref]$mistakes)
                $all = $tree.FindAll({{ $true }}, $true)
                @{{ mistakes = \"$mistakes\"; kinds = \"$($tokens | ForEach-Object {{ $_.Kind }})\"
                    nodes = \"$($all | ForEach-Object {{ $_.GetType().Name }})\"
                    functions = \"$($all | Where-Object {{ $_.Name -and $_.Body }} | ForEach-Object {{ $_.Name }})\"
                    commands = \"$($all | Where-Object {{ $_.CommandElements }} | ForEach-Object {{ $_.GetCommandName() }})\"
                    members = \"$($all | Where-Object {{ $_.Member }} | ForEach-Object {{ $_.Member.Extent.Text }})\" }} }}",
            world.system.written(Path::new(SCRIPT))
        ),
    );
    let words = |key: &str| -> BTreeSet<&str> {
        let words = parsed[0][key].as_str().unwrap_or_else(|| panic!("{parsed}"));
        words.split_whitespace().collect()
    };
    assert_eq!(words("mistakes"), BTreeSet::new());
    #[rustfmt::skip]
    let later = [
        "QuestionMark", "QuestionQuestion", "QuestionQuestionEquals", "QuestionDot", "QuestionLBracket", "AndAnd",
        "OrOr", "Class", "Enum", "Using", "Clean", "Parallel", "Configuration", "DynamicKeyword",
    ];
    assert!(words("kinds").is_disjoint(&later.into()), "{:?}", words("kinds"));
    assert!(words("kinds").contains("Function"), "{parsed}");
    #[rustfmt::skip]
    let later = [
        "TypeDefinitionAst", "UsingStatementAst", "TernaryExpressionAst", "PipelineChainAst", "ConfigurationDefinitionAst",
    ];
    assert!(words("nodes").is_disjoint(&later.into()), "{:?}", words("nodes"));
    let own = words("functions");
    let called: BTreeSet<&str> = words("commands").difference(&own).copied().collect();
    assert_eq!(called, BTreeSet::from(COMMANDS));
    // Methods of the language itself came with 4.0 and 5.0.
    let members: BTreeSet<String> = words("members").iter().map(|member| member.to_lowercase()).collect();
    for later in ["new", "where", "foreach"] {
        assert!(!members.contains(later), "{members:?}");
    }
    assert!(members.contains("computehash"), "{members:?}");
}

#[test]
fn the_script_knows_the_kinds_of_event_of_which_examples_are_kept() {
    let script = fs::read_to_string(SCRIPT).unwrap();
    let (_, kinds) = script.split_once("$kinds = ").unwrap();
    let (kinds, _) = kinds.split_once("$longest").unwrap();
    let known: BTreeSet<&str> = kinds.split('\'').skip(1).step_by(2).collect();
    let journal = fs::read_to_string(kept::run("format-2/every-record").join("journal.jsonl")).unwrap();
    let records: Vec<Value> = journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kept: BTreeSet<&str> =
        records[1..].iter().map(|record| record["event"]["event"]["type"].as_str().unwrap()).collect();
    assert_eq!(known, kept);
}

#[test]
fn the_test_vectors_of_the_page_are_what_the_code_makes_of_them() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (_, vectors) = page.split_once("## Test vectors\n").unwrap();
    let block = |fence: &str| vectors.split_once(fence).unwrap().1.split_once("```").unwrap().0;
    let words: Vec<&str> = vectors.split('`').collect();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("journal.jsonl"), block("```jsonl\n")).unwrap();
    fs::copy(kept::run("format-2/rehearsal").join("checklist.toml"), folder.path().join("checklist.toml"))
        .unwrap();
    let code = words.iter().copied().find(|word| word.starts_with("2-")).unwrap();
    let read: HeadCode = code.parse().unwrap();
    let verified = verify::<Stamped>(&Folder::at(folder.path()), |_| Vec::new(), Some(read)).unwrap();
    assert_eq!((verified.head.code().to_string(), verified.head.seq), (code.to_owned(), 2));
    let transcript = block("```json\n");
    let digest = Sha::of(transcript.as_bytes()).to_string();
    assert!(words.contains(&digest.as_str()), "{digest}");
    assert!(vectors.contains(&format!("and {} bytes", transcript.len())), "{}", transcript.len());
}
