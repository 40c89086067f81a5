//! Start, stop, death: of the engine, and of programs that are no PowerShell.

use std::path::Path;
use std::time::Duration;

use greenlight::facade::run::OutcomeEnd;
use greenlight::facade::run::value::Value;
use greenlight::facade::shell::powershell::locate;
use greenlight::facade::shell::{Answer, PowerShell, Program, Request, ShellEvent, ShellExit, Stream};
use greenlight::facade::text::Text;

use crate::engine::engine;
use crate::harness::processes::{all_end, is_alive, kill};
use crate::harness::programs::script_at;
use crate::harness::shells::{CommandOutput, Driver};

const NOBODY: fn(&greenlight::facade::run::Prompt) -> Answer = |_| Answer::Declined;

#[tokio::test]
async fn stop_keeps_the_session() {
    let Some(engine) = engine("stop_keeps_the_session") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    shell.run("$x = 5").await.well();
    for command in ["while ($true) { }", "Start-Sleep -Seconds 600", "Read-Host"] {
        let attempt = shell.begin(&format!("'begun'; {command}"), Vec::new()).await;
        let mut given = CommandOutput::default();
        while given.rows.is_empty() {
            let report = shell.report().await.unwrap();
            given.take(attempt, report);
        }
        shell.send(Request::Stop).await;
        let given = finish_ignoring_questions(&mut shell, attempt).await;
        assert_eq!(given.end, Some(OutcomeEnd::Stopped), "{command}: {given:?}");
    }
    assert_eq!(shell.run("$x").await.well().row(), &Value::Int(5));
}

/// A question that is overtaken by a stop waits for no answer.
async fn finish_ignoring_questions(
    shell: &mut Driver,
    attempt: greenlight::facade::run::Attempt,
) -> CommandOutput {
    let mut given = CommandOutput::default();
    while given.end.is_none() {
        let report = shell.report().await.unwrap();
        given.take(attempt, report);
    }
    given
}

#[tokio::test]
async fn stop_is_honoured_in_a_flood_that_nobody_reads() {
    let Some(engine) = engine("stop_is_honoured_in_a_flood_that_nobody_reads") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let flood = "foreach ($i in 1..200000) { \"$i \" + 'x' * 44 }; 'all'";
    let attempt = shell.begin(flood, Vec::new()).await;
    let mut given = CommandOutput::default();
    while given.rows.len() < 1000 {
        let report = shell.report().await.unwrap();
        given.take(attempt, report);
    }
    // The channel is full now, and stays so while the stop is taken.
    shell.send(Request::Stop).await;
    let given = shell.finish(attempt, NOBODY).await;
    assert_eq!(given.end, Some(OutcomeEnd::Stopped));
    assert!(given.rows.len() < 150_000, "{} rows after the stop", given.rows.len());
    shell.run("'alive'").await.well();
}

#[tokio::test]
async fn a_flood_arrives_whole_and_in_order() {
    let Some(engine) = engine("a_flood_arrives_whole_and_in_order") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let given = shell.run("1..20000").await.well();
    assert!(given.rows.iter().eq((1..=20_000).map(Value::Int).collect::<Vec<_>>().iter()));
    assert_eq!(given.stream(Stream::Output).len(), 20_000);
}

#[tokio::test]
async fn kill_ends_the_process_and_its_children_at_once() {
    let Some(engine) = engine("kill_ends_the_process_and_its_children_at_once") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let family = with_a_family(&mut shell).await;
    let attempt = shell.begin("[Threading.Thread]::Sleep(600000)", Vec::new()).await;
    shell.send(Request::Stop).await;
    shell.send(Request::Kill).await;
    let given = shell.finish(attempt, NOBODY).await;
    assert_eq!((given.end, given.gone), (None, Some(ShellExit::Requested)));
    all_end(&family);
}

#[tokio::test]
async fn hanging_up_leaves_nothing_behind() {
    let Some(engine) = engine("hanging_up_leaves_nothing_behind") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let family = with_a_family(&mut shell).await;
    shell.hang_up();
    assert!(shell.report().await.is_none());
    all_end(&family);
}

#[tokio::test]
async fn a_killed_engine_is_noticed_at_once_and_its_children_end() {
    let Some(engine) = engine("a_killed_engine_is_noticed_at_once_and_its_children_end") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let family = with_a_family(&mut shell).await;
    let attempt = shell.begin("'begun'; Start-Sleep -Seconds 600", Vec::new()).await;
    assert!(matches!(shell.report().await, Some(ShellEvent::Line(..))));
    kill(family[0]);
    let given = shell.finish(attempt, NOBODY).await;
    let Some(ShellExit::Died(fault)) = given.gone else { panic!("{given:?}") };
    let words = Text::default().shell_fault(&fault);
    assert!(words.contains(if cfg!(windows) { "exit code: 1" } else { "signal: 9" }), "{words}");
    all_end(&family);
}

#[tokio::test]
async fn close_ends_in_peace_and_soon() {
    let Some(engine) = engine("close_ends_in_peace_and_soon") else { return };
    for command in [None, Some("Start-Sleep -Seconds 600")] {
        let (mut shell, _) = Driver::open(&engine).await;
        if let Some(command) = command {
            shell.begin(command, Vec::new()).await;
        }
        shell.send(Request::Close).await;
        assert_eq!(shell.gone().await, ShellExit::Requested);
    }
}

#[tokio::test]
async fn when_we_are_killed_powershell_ends_whatever_it_is_doing() {
    const NAME: &str = "engine::shell::life::when_we_are_killed_powershell_ends_whatever_it_is_doing";
    const ROLE: &str = "GREENLIGHT_TEST_TO_BE_KILLED";
    let Some(engine) = engine(NAME) else { return };
    // The test starts itself again; the second one opens the shell and is killed.
    if let Some(command) = std::env::var_os(ROLE) {
        let (mut shell, _) = Driver::open(&engine).await;
        let family = with_a_family(&mut shell).await;
        shell.begin(&format!("'begun'; {}", command.to_string_lossy()), Vec::new()).await;
        assert!(matches!(shell.report().await, Some(ShellEvent::Line(..))));
        println!("PowerShell {}", family.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        return std::future::pending().await;
    }
    for command in ["while ($true) { }", "[Threading.Thread]::Sleep(600000)", "Read-Host"] {
        let mut host = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture"])
            .env(ROLE, command)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let said = std::io::BufReader::new(host.stdout.take().unwrap());
        let ids = std::io::BufRead::lines(said)
            .find_map(|line| line.unwrap().strip_prefix("PowerShell ").map(str::to_owned))
            .unwrap();
        let family: Vec<i64> = ids.split(' ').map(|id| id.parse().unwrap()).collect();
        assert!(family.iter().all(|id| is_alive(*id)));
        host.kill().unwrap();
        host.wait().unwrap();
        all_end(&family);
    }
}

/// What PowerShell or its children do to it is not done to ours, and a child that needs one has one.
#[cfg(windows)]
#[tokio::test]
async fn it_has_a_console_of_its_own() {
    let Some(engine) = engine("it_has_a_console_of_its_own") else { return };
    let (mut shell, _) = Driver::open(&engine).await;
    let given = shell.run("[Console]::Title = 'hidden'; [Console]::Title").await.well();
    assert_eq!(given.row(), &Value::text("hidden"));
}

/// The process ids of the engine, and of a child and a grandchild that outlive their command and say nothing.
async fn with_a_family(shell: &mut Driver) -> Vec<i64> {
    let child = if cfg!(windows) {
        "'cmd.exe', '/c ping -n 600 127.0.0.1 >nul'"
    } else {
        "'/bin/sh', [string[]]('-c', '/bin/sleep 600; :')"
    };
    let command = format!(
        "$child = [Diagnostics.Process]::Start({child})
        do {{ $below = Get-Process -Name ping, sleep -ErrorAction Ignore | Where-Object {{ $_.Parent.Id -eq $child.Id }} }} until ($below)
        $PID; $child.Id; $below.Id"
    );
    let given = shell.run(&command).await.well();
    let ids: Vec<i64> =
        given.rows.iter().filter_map(|row| if let Value::Int(id) = row { Some(*id) } else { None }).collect();
    assert_eq!(ids.len(), 3, "{given:?}");
    assert!(ids.iter().all(|id| is_alive(*id)));
    ids
}

/// A program made of shell script, which is no PowerShell; it is waited for that long.
fn impostor(folder: &Path, script: &str, patience: Duration) -> PowerShell {
    PowerShell::new(Program { path: script_at(folder, "impostor", script) }).patience(patience)
}

#[tokio::test]
async fn a_program_that_is_no_powershell_never_comes_and_says_why() {
    const UNIX: [(&str, &[&str]); 9] = [
        ("exit 3", &["ended (exit status: 3)"]),
        ("exit 0", &["ended (exit status: 0)"]),
        (
            "echo 'cannot find libcoffee.so' >&2; exit 127",
            &["exit status: 127", "standard error: cannot find libcoffee.so"],
        ),
        ("echo 'Usage: impostor [options]'", &["not PowerShell's protocol: Usage: impostor [options]"]),
        ("exec cat", &["did not answer in time"]),
        ("yes", &["does not speak PowerShell's protocol", "y\\ny\\n"]),
        ("head -c 300000 /dev/urandom; sleep 600", &["not PowerShell's protocol", "did not answer in time"]),
        ("sleep 600", &["did not answer in time"]),
        ("exec >&-; sleep 600", &["closed its output"]),
    ];
    // cmd cannot close its output, and has no bytes that are no text.
    const WINDOWS: [(&str, &[&str]); 6] = [
        ("exit /b 3", &["ended (exit code: 3)"]),
        ("exit /b 0", &["ended (exit code: 0)"]),
        (
            "echo cannot find libcoffee.dll>&2\r\nexit /b 127",
            &["exit code: 127", "standard error: cannot find libcoffee.dll"],
        ),
        ("echo Usage: impostor [options]", &["not PowerShell's protocol: Usage: impostor [options]"]),
        ("ping -n 600 127.0.0.1 >nul", &["did not answer in time"]),
        ("echo half of it\r\nping -n 600 127.0.0.1 >nul", &["half of it", "did not answer in time"]),
    ];
    for (script, expected) in if cfg!(windows) { &WINDOWS[..] } else { &UNIX } {
        let folder = tempfile::tempdir().unwrap();
        // Only those that are to be given up are; the others end by themselves, however slow the computer is.
        let patience = if expected.contains(&"did not answer in time") { 3 } else { 60 };
        let impostor = impostor(folder.path(), script, Duration::from_secs(patience));
        let (mut shell, first) = Driver::start(&impostor).await;
        let ShellEvent::Exited(ShellExit::StartFailed(fault)) = first else { panic!("{script}: {first:?}") };
        let words = Text::default().shell_fault(&fault);
        for part in *expected {
            assert!(words.contains(part), "{script}: {words}");
        }
        assert!(words.contains("impostor"), "{words}");
        assert!(shell.report().await.is_none(), "nothing follows");
    }
}

#[tokio::test]
async fn a_program_that_cannot_be_started_never_comes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pwsh").with_extension(std::env::consts::EXE_EXTENSION);
    std::fs::write(&path, "not a program").unwrap();
    let program = locate(Some(&path)).unwrap();
    let (_, first) = Driver::start(&PowerShell::new(program)).await;
    let ShellEvent::Exited(ShellExit::StartFailed(fault)) = first else { panic!("{first:?}") };
    let words = Text::default().shell_fault(&fault);
    assert!(words.contains("could not be started") && words.contains("pwsh"), "{words}");
}
