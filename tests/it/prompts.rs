//! Every kind of question on the real engine, through the wizard and through the program: answered, declined, and never a hang.

use std::cell::Cell;
use std::fmt::Write as _;

use greenlight::facade::run::prompt::Pick;
use greenlight::facade::run::{Command, Prompt, PromptReply, StepStatus, VerdictReason};
use greenlight::facade::shell::{Answer, FieldAnswer, Secret};
use serde_json::{Value, json};

use crate::harness::engine_session::{EngineSession, OnlineChecks};
use crate::harness::world::World;

const OPTIONS: &str = "$o = [Management.Automation.Host.ChoiceDescription[]]('&Red', '&Green', '&Blue')";

/// A line, a choice with a default that deletes, and a pass phrase.
pub const IN_A_ROW: &str = r#"format = 1
id = "questions"
version = "1.0.0"
title = "Questions in a row"
[[step]]
id = "q"
title = "It asks"
why = "w"
[step.check]
command = "$script:x"
expect = [{ is = "go" }]
[step.apply]
command = '''
$n = Read-Host 'Ticket number'
$c = $Host.UI.PromptForChoice('Delete all?', 'Delete every user?', [Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No'), 0)
$p = Read-Host 'Pass phrase' -AsSecureString
Write-Host "ticket $n, chose $c, phrase of $($p.Length)"
'''
changes = "session"
"#;

/// A command of each kind, which gives `$true` where it is answered as below.
fn commands() -> Vec<(&'static str, String)> {
    vec![
        ("credential", "(Get-Credential).UserName -eq 'ada'".to_owned()),
        ("choice", format!("{OPTIONS}; $Host.UI.PromptForChoice('Which?', 'One', $o, 0) -eq 1")),
        (
            "choices",
            format!("{OPTIONS}; \"$($Host.UI.PromptForChoice('Which?', 'Some', $o, [int[]]@(1)))\" -eq '0 2'"),
        ),
        ("line", "(Read-Host) -eq 'a line'".to_owned()),
        ("secure-line", "[Net.NetworkCredential]::new('', (Read-Host -AsSecureString)).Password -ceq 'hidden-7'".to_owned()),
        (
            "fields",
            "function Test-Both { param([Parameter(Mandatory)] [string]$First, [Parameter(Mandatory)] [int]$Second) \
             \"$First $($Second + 1)\" -eq 'one 3' }; Test-Both"
                .to_owned(),
        ),
        (
            "process",
            "function Test-Sure { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() \
             if ($PSCmdlet.ShouldProcess('the tenant')) { $true } }; Test-Sure"
                .to_owned(),
        ),
        (
            "process-all",
            "function Test-Each { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] \
             param([Parameter(ValueFromPipeline)] $Item) process { if ($PSCmdlet.ShouldProcess(\"item $Item\")) { $true } } }; \
             1..5 | Test-Each"
                .to_owned(),
        ),
    ]
}

fn checklist() -> String {
    let mut text =
        String::from("format = 1\nid = \"prompts\"\nversion = \"1.0.0\"\ntitle.en = \"Prompts\"\n");
    for (id, command) in commands() {
        write!(
            text,
            "\n[[step]]\nid = \"{id}\"\ntitle.en = \"{id}\"\nwhy.en = \"It asks.\"\n[step.check]\ncommand = '''{command}'''\nexpect = [{{ is = true }}]\n"
        )
        .unwrap();
    }
    text
}

fn right_answer(prompt: &Prompt) -> Answer {
    match prompt {
        Prompt::Credential { .. } => Answer::Credential("ada".to_owned(), Secret::new("pw".to_owned())),
        Prompt::Choice { pick: Pick::Many, .. } => Answer::Choice(vec![0, 2]),
        // Of a confirmation, 1 is "Yes to All".
        Prompt::Choice { pick: Pick::One, .. } => Answer::Choice(vec![1]),
        Prompt::Line => Answer::Line("a line".to_owned()),
        Prompt::SecureLine => Answer::SecureLine(Secret::new("hidden-7".to_owned())),
        Prompt::Fields { fields, .. } => {
            assert_eq!(fields.len(), 2);
            let typed = ["one", "2"].map(|text| FieldAnswer::Text(text.to_owned()));
            Answer::Fields(typed.into())
        }
    }
}

#[tokio::test]
async fn every_kind_of_question_is_answered_and_the_step_goes_on() {
    let Some(world) = World::new("every_kind_of_question_is_answered_and_the_step_goes_on") else { return };
    let mut desk = EngineSession::begin_with(&world, &checklist(), OnlineChecks::Seldom).await;
    for (step, _) in commands() {
        let asked = Cell::new(0);
        desk.command(Command::Check(step.into()));
        desk.until_idle_asked(|prompt| {
            asked.set(asked.get() + 1);
            right_answer(prompt)
        })
        .await;
        let state = desk.wizard.run().state(&step.into());
        assert_eq!(desk.status(step), StepStatus::Green, "{step}: {state:?}");
        assert_eq!(asked.get(), 1, "{step}: \"Yes to All\" is asked for once");
    }
}

#[tokio::test]
async fn a_question_that_nobody_answers_is_never_green_and_never_hangs() {
    let Some(world) = World::new("a_question_that_nobody_answers_is_never_green_and_never_hangs") else {
        return;
    };
    let mut desk = EngineSession::begin_with(&world, &checklist(), OnlineChecks::Seldom).await;
    for given in [PromptReply::Declined, PromptReply::Unattended] {
        for (step, _) in commands() {
            desk.command(Command::Check(step.into()));
            loop {
                if desk.wizard.run().running().is_none() {
                    break;
                }
                if desk.wizard.run().running().is_some_and(|running| running.asking.is_some()) {
                    desk.command(Command::Answer(given));
                }
                desk.next().await;
            }
            assert_eq!(desk.status(step), StepStatus::Undetermined, "{step}");
            assert!(
                matches!(desk.reason(step), VerdictReason::Unanswered { .. }),
                "{step}: {:?}",
                desk.reason(step)
            );
        }
    }
    // What was declined has broken nothing.
    desk.command(Command::Check("process".into()));
    desk.until_idle_asked(right_answer).await;
    assert_eq!(desk.status("process"), StepStatus::Green);
}

#[tokio::test]
async fn no_is_an_answer_and_makes_the_step_red() {
    let Some(world) = World::new("no_is_an_answer_and_makes_the_step_red") else { return };
    let mut desk = EngineSession::begin_with(&world, &checklist(), OnlineChecks::Seldom).await;
    for (step, label) in [("process", "&No"), ("process-all", "No to A&ll")] {
        let asked = Cell::new(0);
        desk.command(Command::Check(step.into()));
        desk.until_idle_asked(|prompt| {
            asked.set(asked.get() + 1);
            let Prompt::Choice { choices, .. } = prompt else { panic!("{prompt:?}") };
            Answer::Choice(vec![choices.iter().position(|choice| choice.label == label).unwrap()])
        })
        .await;
        assert_eq!((desk.status(step), asked.get()), (StepStatus::Red, 1), "{step}");
    }
}

#[tokio::test]
async fn a_stop_overtakes_any_question() {
    let Some(world) = World::new("a_stop_overtakes_any_question") else { return };
    let mut desk = EngineSession::begin_with(&world, &checklist(), OnlineChecks::Seldom).await;
    for (step, _) in commands() {
        desk.command(Command::Check(step.into()));
        desk.until_asked().await;
        desk.command(Command::Stop);
        desk.until("nothing runs", |run| run.running().is_none()).await;
        assert_eq!(
            (desk.status(step), desk.reason(step)),
            (StepStatus::Interrupted, VerdictReason::Stopped),
            "{step}"
        );
    }
}

on_both!(without_a_screen_every_kind_of_question_takes_its_answer_and_nobodys_silence_is_green);
fn without_a_screen_every_kind_of_question_takes_its_answer_and_nobodys_silence_is_green(world: &World) {
    std::fs::write(world.path("prompts.toml"), checklist()).unwrap();
    let file = world.written("prompts.toml");
    let check = |more: &[&str], answers: &[Value], verdict: &str| {
        let lines: Vec<String> = answers.iter().map(|answer| format!("{answer}\n")).collect();
        let output =
            world.run(&[&["check", &file, "--trust", "--output", "json"], more].concat(), &lines.concat());
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        for step in printed["steps"].as_array().unwrap() {
            assert_eq!(step["verdict"], verdict, "{step:#}");
        }
    };
    let answers = [
        json!({ "user": "ada", "password": "pw" }),
        json!({ "choice": "green" }),
        json!({ "choice": [0, 2] }),
        json!({ "text": "a line" }),
        json!({ "text": "hidden-7" }),
        json!({ "fields": { "First": "one", "Second": "2" } }),
        json!({ "choice": 1 }),
        json!({ "choice": 1 }),
    ];
    check(&["--answers", "-"], &answers, "green");
    check(&[], &[], "undetermined");
}

on_both!(the_question_of_a_background_job_is_named);
fn the_question_of_a_background_job_is_named(world: &World) {
    let found =
        checked(world, &[("job", "$j = Start-Job { Read-Host 'something' }; $j | Receive-Job -Wait", "60s")]);
    assert_eq!(found[0]["verdict"], "undetermined");
    assert!(found[0]["reason"].as_str().unwrap().contains("something"), "{:#}", found[0]);
}

on_both!(a_command_that_is_silent_until_its_timeout_may_have_waited_for_an_answer);
fn a_command_that_is_silent_until_its_timeout_may_have_waited_for_an_answer(world: &World) {
    let found = checked(
        world,
        &[
            ("silent", "Start-Sleep 600", "2s"),
            ("loud", "while ($true) { 'x'; Start-Sleep -Milliseconds 50 }", "2s"),
            ("asks", "Read-Host; Start-Sleep 600", "60s"),
        ],
    );
    let reason = |at: usize| found[at]["reason"].as_str().unwrap();
    assert_eq!(
        reason(0),
        "the command took longer than allowed and said nothing: a program may have waited for an answer, at a console that nobody sees"
    );
    assert_eq!(reason(1), "the command took longer than allowed");
    assert!(reason(2).contains("Read-Host"), "{}", reason(2));
}

/// Runs these checks, each with its timeout, and answers nothing.
fn checked(world: &World, steps: &[(&str, &str, &str)]) -> Vec<Value> {
    let mut file = "format = 1\nid = \"asks\"\nversion = \"1\"\ntitle = \"Asks\"\n".to_owned();
    for (id, command, timeout) in steps {
        let _ = write!(
            file,
            "[[step]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhy = \"x\"\ntimeout = \"{timeout}\"\n[step.check]\ncommand = '''\n{command}'''\nexpect = [{{ rows = \"any\" }}]\n"
        );
    }
    std::fs::write(world.path("asks.toml"), file).unwrap();
    let output = world.run(&["check", &world.written("asks.toml"), "--trust", "--output", "json"], "");
    let printed: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr)));
    printed["steps"].as_array().unwrap().clone()
}

on_both!(in_lines_enter_alone_takes_no_default_and_leaves_nothing_empty);
fn in_lines_enter_alone_takes_no_default_and_leaves_nothing_empty(world: &World) {
    std::fs::write(world.path("questions.toml"), IN_A_ROW).unwrap();
    let file = world.written("questions.toml");
    // The check, the apply; Enter, and the ticket; Enter twice, and the number; Enter, and the pass phrase.
    let typed = ["", "", "1", "", "4711", "", "", "2", "", "abc", "q", ""].join("\n");
    let output = world.run(&["run", "--plain", &file, "--trust"], &typed);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("ticket 4711, chose 1, phrase of 3"), "{printed}");
    assert_eq!(printed.matches("Enter alone chooses nothing; type the number").count(), 2, "{printed}");
    assert_eq!(printed.matches("nothing was typed; Enter once more leaves it empty").count(), 2, "{printed}");
}
