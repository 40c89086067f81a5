//! Completion of a command line: what `complete` knows, and the scripts by which shells ask it.

use std::process::Command;

use crate::harness::procedure::{REHEARSE, SEVENTEEN};
use crate::harness::system::System;
use crate::harness::world::World;

/// What may stand behind these words, in the place of the last one.
fn complete(world: &World, words: &[&str]) -> Vec<String> {
    let (last, before) = words.split_last().unwrap();
    let last = format!("--last={last}");
    let output = world.run(&[&["complete", &last, "--"], before].concat(), "");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

on_both!(what_may_stand_somewhere_is_known_with_runs_and_checklists without PowerShell);
fn what_may_stand_somewhere_is_known_with_runs_and_checklists(world: &World) {
    assert_eq!(complete(world, &["resume", ""]), Vec::<String>::new(), "there is no run yet");
    world.run(&["check", SEVENTEEN, "--trust", REHEARSE], "");
    let run = world.run_id();
    let built_in = "lync-online-to-lync-2013";
    for (words, expected) in [
        (&["ex"][..], &["export"][..]),
        (&["re"], &["resume"]),
        (&["comp"], &["completions"]),
        (&["export", ""], &[&run]),
        (&["export", &run[..5]], &[&run]),
        (&["export", &run, ""], &[]),
        (&["runs", "--prune", ""], &[&run]),
        (&["check", ""], &[built_in]),
        (&["--plain", "run", "ly"], &[built_in]),
        (&["export", &run, "--format", "ht"], &["html"]),
        (&["export", &run, "--format=ht"], &["--format=html"]),
        (&["export", &run, "--format", "=", "ht"], &["html"]),
        (&["check", "--rehearse", "ba"], &["basic-off"]),
        (&["check", "--lang", ""], &["en", "es", "fr"]),
        (&["lint", "--ou"], &["--output"]),
        (&["lint", "--re"], &[]),
        (&["help", "exit"], &["exit-codes"]),
        (&["man", "exp"], &["export"]),
        (&["lint", "own"], &[]),
        (&["no-such", "--", "x"], &[]),
        (&["--data-dir", "nowhere", "resume", ""], &[]),
    ] {
        assert_eq!(complete(world, words), expected, "{words:?}");
    }
}

/// Runs a script of a shell in which greenlight is on the path.
fn run(world: &World, mut shell: Command) -> String {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_greenlight"));
    let path = std::env::var("PATH").unwrap_or_default();
    shell.env("PATH", format!("{}:{path}", program.parent().unwrap().display()));
    shell.envs(world.environment()).current_dir(world.path(""));
    let output = shell.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed.replace("\r\n", "\n")
}

on_native!(a_real_powershell_completes_runs_and_one_before_5_is_asked_in_its_own_way);
fn a_real_powershell_completes_runs_and_one_before_5_is_asked_in_its_own_way(world: &World) {
    world.run(&["check", SEVENTEEN, "--trust", REHEARSE], "");
    let id = world.run_id();
    let System::Native(_) = world.system else { return };
    let powershell = |script: &str| {
        let mut shell = Command::new(world.system.powershell());
        shell.args(["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script]);
        run(world, shell)
    };
    let load = "greenlight completions powershell | Out-String | Invoke-Expression";
    let tab = |line: &str| {
        powershell(&format!(
            "{load}; (TabExpansion2 '{line}' {}).CompletionMatches | ForEach-Object {{ $_.CompletionText }}",
            line.len()
        ))
    };
    assert_eq!(tab("greenlight export "), format!("{id}\n"));
    assert_eq!(tab("greenlight export --format ht"), "html\n");
    assert_eq!(tab("$log = greenlight ex"), "export\n");
    assert_eq!(tab("greenlight lint --ou"), "--output\n");

    // Nothing in it is newer than 3.0, where the engine asks a function `TabExpansion` with the line and its last word.
    let script = String::from_utf8(world.run(&["completions", "powershell"], "").stdout).unwrap();
    for newer in ["using ", "class ", "enum ", "::new(", "??", "&&"] {
        assert!(!script.contains(newer), "{newer}");
    }
    let older = "Set-Alias -Name Get-Command -Value Write-Nothing -Scope Global -Force; function global:Write-Nothing {}; \
                 function global:TabExpansion($line, $last) { \"other $line\" }";
    let asked = powershell(&format!(
        "{older}; {load}; {load}; TabExpansion 'greenlight export ' ''; TabExpansion 'x | greenlight verify 2' '2'; TabExpansion 'Get-X' 'Get-X'"
    ));
    assert_eq!(asked, format!("{id}\n{id}\nother Get-X\n"));
}

on_native!(bash_completes_runs_and_flags without PowerShell);
fn bash_completes_runs_and_flags(world: &World) {
    world.run(&["check", SEVENTEEN, "--trust", REHEARSE], "");
    let id = world.run_id();
    let tab = |words: &str, place: usize| {
        let mut shell = Command::new("bash");
        let script = format!(
            "source <(greenlight completions bash); COMP_WORDS=({words}); COMP_CWORD={place}; \
             _greenlight greenlight \"${{COMP_WORDS[COMP_CWORD]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        shell.args(["--norc", "-c", &script]);
        run(world, shell)
    };
    assert_eq!(tab("greenlight export ''", 2), format!("{id}\n"));
    assert_eq!(tab("greenlight export --format = ht", 4), "html\n");
    assert_eq!(tab("greenlight lint --ou", 2), "--output\n");
}
