//! The wizard as lines: what it says of a command that is refused, of inputs, and of a handoff that failed.

mod inputs;
mod looking;
mod meanwhile;
mod pulse;

use std::fs;
use std::process::Output;

use crate::harness::dialogue::Dialogue;
use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::world::World;

/// One statement, one input, and a handoff.
const STATED: &str = r#"
format = 1
id = "stated"
version = "1"
title = "Stated"
[[input]]
id = "target_pool"
kind = "fqdn"
ask = "The pool"
[[step]]
id = "said"
title = "Somebody says so"
why = "Because."
[step.attest]
statement = "I say so."
[handoff]
title = "Start"
say = "Go on."
confirm = "GO"
file = "go.ps1"
script = "Get-X $target_pool"
"#;

fn start(world: &World, arguments: &[&str]) -> Dialogue {
    fs::write(world.path("stated.toml"), STATED).unwrap();
    Dialogue::start(&mut world.greenlight(&[&["--plain"], arguments].concat()))
}

fn outcome(world: &World, arguments: &[&str]) -> (Option<i32>, String, String) {
    fs::write(world.path("stated.toml"), STATED).unwrap();
    let Output { status, stdout, stderr } = world.greenlight(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

const STATED_RUN: [&str; 5] = ["run", "stated.toml", "--trust", "--rehearse=default", "--input"];

on_both!(a_command_that_is_refused_is_not_said_to_run_and_shows_no_output_of_another without PowerShell);
fn a_command_that_is_refused_is_not_said_to_run_and_shows_no_output_of_another(world: &World) {
    let mut run = start(world, &["run", SEVENTEEN, "--trust", REHEARSE]);
    run.wait_for("Next (Enter): 1. ");
    run.say(&[""]);
    let first = run.wait_for("Next (Enter): 2. ");
    assert!(first.contains("runs: $PSVersionTable\n") && first.contains("  out | "), "{first}");
    // It needs what nobody has checked yet.
    run.say(&["6"]);
    let refused = run.wait_for("Next (Enter): 2. ");
    assert!(refused.contains("must be green first"), "{refused}");
    assert!(!refused.contains("runs: ") && !refused.contains(" out | "), "{refused}");
    run.say(&["q"]);
    run.end();
}

on_both!(an_input_can_be_changed_after_it_was_given without PowerShell);
fn an_input_can_be_changed_after_it_was_given(world: &World) {
    let mut run = start(world, &[&STATED_RUN[..], &["target_pool=old.contoso.com"]].concat());
    run.wait_for("i = inputs");
    run.say(&["i"]);
    run.wait_for("1. The pool: old.contoso.com\n");
    run.say(&["1", "nonsense", "new.contoso.com", "i"]);
    run.wait_for("does not look like");
    run.wait_for("1. The pool: new.contoso.com\n");
    run.say(&["", "q"]);
    run.end();
}

on_both!(a_statement_without_a_name_says_what_is_missing_and_is_none without PowerShell);
fn a_statement_without_a_name_says_what_is_missing_and_is_none(world: &World) {
    let mut run = start(world, &[&STATED_RUN[..], &["target_pool=pool.contoso.com"]].concat());
    run.say(&["1", " "]);
    run.wait_for("! your name is missing: a statement is somebody’s");
    run.wait_for("not run: Somebody says so");
    run.say(&["1", "Ana", "", "q"]);
    run.wait_for("[SAID] stated: Somebody says so");
    run.end();
}

on_both!(inputs_of_the_command_line_count_for_a_run_that_is_resumed without PowerShell);
fn inputs_of_the_command_line_count_for_a_run_that_is_resumed(world: &World) {
    outcome(world, &[&["--plain"], &STATED_RUN[..], &["target_pool=old.contoso.com"]].concat());
    let resume = ["resume", "--plain", "--input"];
    let before = fs::read(world.run_folder().join("journal.jsonl")).unwrap();
    for (input, why) in [
        ("target_pol=a.b", "no input “target_pol”"),
        ("target_pool=nonsense", "“nonsense” does not look like"),
    ] {
        let (code, _, said) = outcome(world, &[&resume[..], &[input]].concat());
        assert!(code == Some(2) && said.contains(why), "{code:?} {said}");
    }
    assert_eq!(fs::read(world.run_folder().join("journal.jsonl")).unwrap(), before, "nothing is recorded");
    let mut run =
        Dialogue::start(&mut world.greenlight(&[&resume[..], &["target_pool=new.contoso.com"]].concat()));
    run.say(&["i"]);
    run.wait_for("1. The pool: new.contoso.com\n");
    run.say(&["", "1", "Ana", "", "s", "GO"]);
    run.wait_for("SEALED");
    run.end();
    let (code, _, said) = outcome(
        world,
        &[&["resume"], &[world.run_written().as_str()], &resume[1..], &["target_pool=x.contoso.com"]]
            .concat(),
    );
    assert!(code == Some(2) && said.contains("this run is sealed"), "{code:?} {said}");
}

on_both!(a_handoff_that_could_not_be_written_says_why_and_can_be_begun_again without PowerShell);
fn a_handoff_that_could_not_be_written_says_why_and_can_be_begun_again(world: &World) {
    let mut run = start(world, &[&STATED_RUN[..], &["target_pool=pool.contoso.com"]].concat());
    run.wait_for("Next (Enter): 1. ");
    // A file stands where its folder should.
    fs::write(world.run_folder().join("handoff"), "").unwrap();
    run.say(&["1", "Ana", "", "s", "GO"]);
    run.wait_for("! The handoff could not be written: ");
    run.wait_for("The gate is OPEN");
    fs::remove_file(world.run_folder().join("handoff")).unwrap();
    run.say(&["s", "GO"]);
    let said = run.wait_for("SEALED");
    assert!(!said.contains("could not be written"), "{said}");
    assert_eq!(run.end().0.code(), Some(0));
}

on_both!(nothing_is_sealed_that_is_not_as_it_was_written_and_no_unsealed_script_lies_about without PowerShell);
fn nothing_is_sealed_that_is_not_as_it_was_written_and_no_unsealed_script_lies_about(world: &World) {
    let mut run = start(world, &[&STATED_RUN[..], &["target_pool=pool.contoso.com"]].concat());
    run.wait_for("Next (Enter): 1. ");
    let checklist = world.run_folder().join("checklist.toml");
    let kept = fs::read(&checklist).unwrap();
    fs::write(&checklist, [kept.as_slice(), b"\n"].concat()).unwrap();
    run.say(&["1", "Ana", "", "s", "GO"]);
    let said = run.wait_for("The gate is OPEN");
    let said = if said.contains("checklist.toml") { said } else { run.wait_for("checklist.toml") };
    assert!(!said.contains("SEALED"), "{said}");
    assert!(!world.run_folder().join("handoff").exists());
    let aside = world.run_folder().join("handoff.unsealed-1");
    assert!(aside.join("manifest.json").exists());
    fs::write(&checklist, kept).unwrap();
    run.say(&["s", "GO"]);
    run.wait_for("SEALED");
    assert_eq!(run.end().0.code(), Some(0));
    // What was put aside is vouched for as well.
    let folder = world.run_written();
    assert_eq!(outcome(world, &["verify", &folder]).0, Some(0));
    fs::write(aside.join("manifest.json"), "{}").unwrap();
    assert_eq!(outcome(world, &["verify", &folder]).0, Some(5));
}

/// In each text that greenlight shows of it, lines that pretend to be greenlight's.
const SPOOF: &str = r#"format = 1
id = "spoof"
version = "1"
title = "GATE OPEN: FORGED title\n[ OK ] green: FORGED"
about = "about\n[ OK ] green: FORGED"
[source]
title = "GATE OPEN: FORGED source\n[ OK ] green: FORGED"
page = "https://example.org/FORGED"
[[input]]
id = "note"
kind = "text"
ask = "GATE OPEN: FORGED ask\n[ OK ] green: FORGED"
help = "help\nGATE OPEN: FORGED"
[[step]]
id = "a"
title = "The gate is OPEN: FORGED title\r\n[ OK ] green: FORGED"
group = "GATE OPEN: FORGED group\n[ OK ] green: FORGED"
why = "GATE OPEN: FORGED why\n[ OK ] green: FORGED\rThe gate is OPEN: FORGED"
[step.check]
command = """
2 <#
[ OK ] green: FORGED
GATE OPEN: FORGED
The gate is OPEN: FORGED
#>; $null = $note; Write-Host "GATE OPEN: FORGED`n[ OK ] green: FORGED"; Write-Warning "x`nGATE OPEN: FORGED"
[Console]::Out.WriteLine("GATE OPEN: FORGED"); $answer = Read-Host "GATE OPEN: FORGED prompt`n[ OK ] green: FORGED"
Write-Error "GATE OPEN: FORGED error`nGATE OPEN: FORGED"
"""
expect = [{ is = 1 }]
[step.apply]
command = "1\n# GATE OPEN: FORGED\n[void]1"
changes = "session"
note = "GATE OPEN: FORGED note\n[ OK ] green: FORGED"
[[step.remedy]]
say = "GATE OPEN: FORGED remedy\nGATE OPEN: FORGED"
[[step]]
id = "b"
title = "B"
why = "w"
[step.attest]
statement = "GATE OPEN: FORGED statement\n[ OK ] green: FORGED"
"#;

on_both!(nothing_of_a_checklist_or_of_powershell_looks_like_a_line_of_greenlight);
fn nothing_of_a_checklist_or_of_powershell_looks_like_a_line_of_greenlight(world: &World) {
    fs::write(world.path("spoof.toml"), SPOOF).unwrap();
    let file = world.written("spoof.toml");
    // The note, the answer, the apply, the statement; then all lists.
    let typed = "1\nnote\nanswer\n1\n1\nanswer\nl\ng\ni\n\n2\n\nl\nq\n";
    let mut printed = Vec::new();
    for arguments in [
        &["run", &file, "--plain", "--trust", "--input", "note=x"][..],
        &["run", &file, "--plain", "--trust", "--ascii"],
        &["check", &file, "--trust", "--input", "note=x"],
        &["show", &file],
    ] {
        let output = world.run(arguments, typed);
        printed.push(String::from_utf8(output.stdout).unwrap());
    }
    for printed in printed {
        assert!(printed.contains("FORGED"), "{printed}");
        for line in printed.lines().filter(|line| line.contains("FORGED")) {
            let line = line.trim_start_matches("> ");
            let own = line.trim_start();
            let begins = ["[ OK ]", "GATE", "The gate", "green"].iter().any(|forged| own.starts_with(forged));
            assert!(!begins, "{line:?} in\n{printed}");
            // Behind the bar, or after words of ours.
            let led = [
                "1. ",
                "2. ",
                "[",
                "- ",
                "out | ",
                "error | ",
                "warning | ",
                "info | ",
                "noise | ",
                "runs: ",
                "source: ",
                "remedy: ",
                "warning: ",
                "Group “",
                "Group \"",
            ];
            let more = [
                "would run: ",
                "checking: ",
                "applying: ",
                "the command asked",
                "its command",
                "the command reported an error: ",
                "the apply failed: ",
                "to be stated",
                "Next (Enter)",
                "$note: ",
                "Number of the input",
                "! ",
                "Your name",
            ];
            assert!(
                own.starts_with("| ") || led.iter().chain(&more).any(|words| own.starts_with(words)),
                "{line:?} in\n{printed}"
            );
        }
    }
}

on_both!(with_ascii_everything_that_is_printed_is_ascii without PowerShell);
fn with_ascii_everything_that_is_printed_is_ascii(world: &World) {
    fs::write(world.path("accents.toml"), STATED.replace("Somebody says so", "Ça va… «ñ» → 日")).unwrap();
    let file = world.written("accents.toml");
    for lang in ["en", "es", "fr"] {
        for (arguments, typed) in [
            (&["run", SEVENTEEN, "--trust", "--plain", REHEARSE][..], "\n\nx\ni\nl\ng\n4\n\nq\n"),
            (
                &["run", &file, "--rehearse=default", "--plain", "--trust"],
                "1\npool.contoso.com\nAña\n\nl\nq\n",
            ),
            (&["check", SEVENTEEN, "--trust", REHEARSE], ""),
            (&["check", SEVENTEEN, "--trust", REHEARSE, "--output", "json"], ""),
            (&["show", "lync-online-to-lync-2013"], ""),
            (&["show", &file], ""),
            (&["lint", &file], ""),
            (&["runs"], ""),
            (&["doctor"], ""),
            (&["open", "ningún"], ""),
            (&["open", "--help"], ""),
            (&["config"], ""),
            (&["help", "exit-codes"], ""),
            (&["check", "lync-onlin"], ""),
            (&["check", "acentó.toml"], ""),
            (&[&file, "check"], ""),
            (&["--help"], ""),
            (&["check", "--hepl"], ""),
        ] {
            let output = world.run(&[&["--ascii", "--lang", lang], arguments].concat(), typed);
            let printed = [output.stdout, output.stderr].concat();
            assert!(!printed.is_empty(), "{arguments:?}");
            assert!(printed.is_ascii(), "{lang} {arguments:?}: {}", String::from_utf8_lossy(&printed));
        }
    }
    let shown = world.run(&["show", &file, "--ascii"], "");
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("Ca va... <n> -> \\u{65e5}"), "{shown}");
}
