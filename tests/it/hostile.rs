//! Text is data: what a terminal, a browser, a spreadsheet or a Markdown reader would obey is shown, wherever it comes from.
#![allow(clippy::format_collect, reason = "a test that panics fails, and that is what it is for")]

use std::fs;

use crate::harness::system::System;
use crate::harness::world::World;

/// Sets the title, clears the screen, turns text round, writes to the clipboard, hides itself; in C0, C1, bidi and tags.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}gpj\u{2066}\u{200b}\u{7f}\u{8}\u{e0041}\u{feff}\u{1b}]52;c;AAAA\u{1b}\\";

fn checklist() -> String {
    // TOML takes no control characters but in escapes; PowerShell makes its own.
    let hostile: String = HOSTILE.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    format!(
        r#"
format = 1
id = "hostile"
version = "1"
title = {{ en = "Title {hostile} <b>bold</b> | *x* [a](javascript:alert(1))" }}
[[input]]
id = "word"
kind = "text"
ask = {{ en = "Word {hostile}" }}
[[step]]
id = "loud"
title = {{ en = "Step {hostile} </td><script>alert(1)</script>" }}
group = {{ en = "Group {hostile} </td><script>alert(1)</script> | *x*" }}
why = {{ en = "Why {hostile} ```` <img src=x onerror=alert(1)>" }}
[step.check]
command = '''
$e = "$([char]27)]0;owned$([char]7)$([char]27)[2J$([char]0x9b)31m$([char]0x202e)gpj$([char]0x2066)$([char]0x200b)$([char]0x7f)$([char]8)$([char]0xfeff)"
Write-Warning "w $e"; Write-Host "h $e <script>"; Write-Error "e $e </pre><script>alert(1)</script>" -ErrorAction Continue
New-Object PSObject -Property @{{ Name = "=cmd|' /C calc'!A0"; Loud = "$e</code><script>alert(1)</script> | ``` | $word"; Semicolon = "ok; =cmd|' /C calc'!A0;`"=1+1" }}; "@SUM(1) $e"'''
expect = [{{ property = "Name", is = "x{hostile}" }}, {{ property = "Loud", is = "x" }}, {{ property = "Semicolon", is = "x" }}]
[[step.remedy]]
say = {{ en = "Remedy {hostile} <script>" }}
[[step]]
id = "asks"
title = {{ en = "Asks" }}
why = {{ en = "x" }}
[step.check]
command = '''$e = "$([char]27)[2J$([char]0x202e)"; Read-Host "who $e"'''
expect = [{{ rows = "any" }}]
[[step]]
id = "throws"
title = {{ en = "Throws" }}
why = {{ en = "x" }}
[step.check]
command = '''throw "t $([char]27)[2J$([char]0x9b)$([char]0x202e)"'''
expect = [{{ rows = "any" }}]
"#
    )
}

/// Fails if a character that acts stands in `text`, but for the ends of lines and what begins a file of CSV.
fn assert_inert(what: &str, text: &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let acting = line.chars().find(|c| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        });
        assert!(acting.is_none(), "{what}, line {}: {acting:?} in {line:?}", number + 1);
    }
}

on_both!(hostile_text_is_shown_and_never_obeyed_wherever_it_comes_from);
fn hostile_text_is_shown_and_never_obeyed_wherever_it_comes_from(world: &World) {
    // The name of the file is text of somebody else too; Windows allows no control characters in one.
    let name = match world.system {
        System::Native(_) => "own\u{1b}[31m\u{202e}.toml",
        System::Windows(_) => "own\u{202e}\u{2066}.toml",
    };
    fs::write(world.path(name), checklist()).unwrap();
    let file = &world.written(name);
    // An input takes no control characters; what it takes is hostile enough.
    let refused = format!("word={HOSTILE}");
    let input = "word=\u{202e}gpj\u{2066}<script>alert(1)</script> | `x`".to_owned();
    let run = |arguments: &[&str], input: &str| inert(world, arguments, input);
    assert_refusals_are_inert(&run, file, &refused);
    let begin_again = || drop(fs::remove_dir_all(world.data()));
    begin_again();

    let (_, json, said) = run(&["check", file, "--trust", "--output", "json", "--input", &input], "");
    let json: serde_json::Value =
        serde_json::from_str(&json).unwrap_or_else(|_| panic!("no JSON: {json}{said}"));
    let found = json.pointer("/steps/0/facts/1/found").and_then(serde_json::Value::as_str).unwrap();
    assert!(
        found.contains('\u{1b}') && found.contains('\u{202e}'),
        "a program gets the text itself: {found:?}"
    );
    begin_again();

    // As an operator without a screen: every step, the listing, the gate, what is typed wrong.
    let keys = format!("1\n\n2\n{HOSTILE}\n3\nl\ng\n{HOSTILE}\nq\n");
    let (_, plain, _) = run(&["--plain", file, "--trust", "--input", &input], &keys);
    assert!(plain.contains("\\u{1b}") && plain.contains("\\u{202e}"), "{plain}");
    begin_again();

    let (_, text, _) = run(&["check", file, "--trust", "--input", &input], "");
    for shown in ["\\u{1b}[2J", "\\u{9b}31m", "\\u{202e}gpj"] {
        assert!(text.contains(shown), "{shown} is not shown:\n{text}");
    }
    run(&["runs"], "");
    run(&["runs", "--output", "json"], "");

    assert_exports_are_inert(world);
}

/// Runs the program, which must put out nothing that acts on a terminal.
fn inert(world: &World, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output = world.run(arguments, input);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert_inert(&format!("standard output of {arguments:?}"), &out);
    assert_inert(&format!("standard error of {arguments:?}"), &err);
    (output.status.code(), out, err)
}

/// What is looked at, refused, or not understood.
fn assert_refusals_are_inert(
    run: &impl Fn(&[&str], &str) -> (Option<i32>, String, String),
    file: &str,
    refused: &str,
) {
    assert_eq!(run(&["check", file], "").0, Some(2), "not trusted, and told so with the file's name");
    let (linted, _, mistakes) = run(&["lint", file], "");
    assert_eq!(linted, Some(0), "{mistakes}");
    run(&["lint", file, "--output", "json"], "");
    run(&["show", file], "");
    run(&["show", file, "--output", "json"], "");
    run(&["check", &format!("{file}-is-missing")], "");
    let unknown = format!("{HOSTILE}=1");
    run(&["check", file, "--trust", "--input", &unknown], "");
    assert_eq!(run(&["check", file, "--trust", "--input", refused], "").0, Some(2));
    // What the command line itself does not understand is echoed too.
    for arguments in
        [vec![format!("--{HOSTILE}")], vec!["check".to_owned(), "a".to_owned(), HOSTILE.to_owned()]]
    {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (code, _, said) = run(&arguments, "");
        assert!(code == Some(2) && said.contains("\\u{9b}31m"), "{said}");
    }
    run(&["export", HOSTILE], "");
    run(&["verify", HOSTILE, "--head", HOSTILE], "");
    run(&["--rehearse", HOSTILE, "--plain"], "");
}

fn assert_exports_are_inert(world: &World) {
    for format in crate::harness::formats() {
        let export = world.export(format);
        assert_inert(format, &export);
        match format {
            "html" | "junit" => {
                let lower = export.to_lowercase();
                for markup in ["<script", "<img", "<b>", "href=\"javascript"] {
                    assert!(!lower.contains(markup), "{markup} in {format}");
                }
            }
            "csv" => {
                for cell in
                    export.split("\r\n").flat_map(|line| line.split("\",\"")).flat_map(|cell| cell.split(';'))
                {
                    let cell = cell.trim_start_matches(['"', ' ']);
                    assert!(!cell.starts_with(['=', '+', '-', '@']), "a spreadsheet would compute {cell:?}");
                }
            }
            "markdown" => assert_no_markup(&export),
            "json" => drop(serde_json::from_str::<serde_json::Value>(&export).expect("JSON")),
            other => panic!("what would act in {other} is written nowhere"),
        }
    }
}

/// Outside of fences and code no text of others is markup, and every fence is closed.
fn assert_no_markup(markdown: &str) {
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if line == open.as_str() => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let prose = prose(line);
                for markup in ["<", "](", "**x"] {
                    assert!(!prose.contains(markup), "{markup} in {line:?}");
                }
            }
        }
    }
    assert_eq!(fence, None);
}

/// A line without its code and without what a backslash escapes (`CommonMark`, sections 2.4 and 6.1).
fn prose(line: &str) -> String {
    let mut prose = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let escaped: usize = rest.chars().take(2).map(char::len_utf8).sum();
            rest = &rest[escaped..];
        } else if c == '`' {
            let run = rest.len() - rest.trim_start_matches('`').len();
            let inner = &rest[run..];
            let mut runs = inner.match_indices(&rest[..run]).map(|(at, _)| at);
            let closes = runs.find(|at| !inner[..*at].ends_with('`') && !inner[at + run..].starts_with('`'));
            rest = closes.map_or("", |at| &inner[at + run..]);
            assert!(closes.is_some(), "code that is not closed in {line:?}");
        } else {
            prose.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    prose
}
