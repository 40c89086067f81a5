//! What every shell promises, asked of each in the same words: the real engine, the rehearsal, and a scripted peer that
//! plays the versions of PowerShell, in a process of its own.

use std::io::{BufRead as _, Write as _};

use greenlight::facade::psrp::PsValue as Psrp;
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{OutcomeEnd, Prompt};
use greenlight::facade::shell::rehearsal::Rehearsal;
use greenlight::facade::shell::{Answer, PowerShell, Program, Request, Shell, ShellEvent, ShellExit};

use crate::engine::engine;
use crate::harness::peer::{CREATE_PIPELINE, HOST_CALL, HOST_RESPONSE, Heard, OUTPUT, PIPELINE_STATE, Peer};
use crate::harness::programs::script_at;
use crate::harness::shells::Driver;

const HELLO: &str = "'hello'";
const NOTHING: &str = "$null";
const WRITES_AN_ERROR: &str = "Write-Error 'no'";
const THROWS: &str = "throw 'thrown'";
const UNKNOWN: &str = "Get-NothingOfThatName";
const ASKS: &str = "Read-Host";
const NEVER_ENDS: &str = "while ($true) { 'tick'; Start-Sleep -Milliseconds 20 }";

/// The contract.
async fn holds(name: &str, shell: &impl Shell) {
    let (mut driver, _) = Driver::open(shell).await;
    for round in 0..2 {
        let hello = driver.run(HELLO).await.well();
        assert_eq!(*hello.row(), Value::text("hello"), "{name}, round {round}");
        let nothing = driver.run(NOTHING).await.well();
        assert!(nothing.rows.iter().all(|row| *row == Value::Null), "{name}: {nothing:?}");

        let error = driver.run(WRITES_AN_ERROR).await;
        assert_eq!(error.end, Some(OutcomeEnd::Completed), "{name}: an error does not end a command");
        assert_eq!(error.failure().message, "no", "{name}");
        let thrown = driver.run(THROWS).await;
        assert_eq!(thrown.end, Some(OutcomeEnd::Threw), "{name}");
        assert_eq!(thrown.failures.last().unwrap().message, "thrown", "{name}");
        let unknown = driver.run(UNKNOWN).await;
        assert!(unknown.failure().error_id.starts_with("CommandNotFoundException"), "{name}: {unknown:?}");

        let answered = driver.ask(ASKS, |_| Answer::Line("typed".to_owned())).await.well();
        assert_eq!(answered.asked, [Prompt::Line], "{name}");
        assert_eq!(*answered.row(), Value::text("typed"), "{name}");
        let declined = driver.ask(ASKS, |_| Answer::Declined).await;
        assert!(
            declined.end == Some(OutcomeEnd::Threw) || !declined.failures.is_empty(),
            "{name}: a question without an answer is never a good end: {declined:?}"
        );

        let endless = driver.begin(NEVER_ENDS, Vec::new()).await;
        // It runs once it has said something; a stop within the first milliseconds is another matter.
        assert!(
            matches!(driver.report().await, Some(ShellEvent::Line(attempt, _)) if attempt == endless),
            "{name}"
        );
        driver.send(Request::Stop).await;
        let stopped = driver.finish(endless, |prompt| panic!("{prompt:?}")).await;
        assert_eq!(stopped.end, Some(OutcomeEnd::Stopped), "{name}: {stopped:?}");
    }
    driver.run(HELLO).await.well();
    driver.send(Request::Close).await;
    assert_eq!(driver.gone().await, ShellExit::Requested, "{name}: closed");

    refuses_a_second_command(name, shell).await;

    let (mut driver, _) = Driver::open(shell).await;
    driver.hang_up();
    while driver.report().await.is_some() {}
}

/// One command at a time; a kill ends it all the same.
async fn refuses_a_second_command(name: &str, shell: &impl Shell) {
    let (mut driver, _) = Driver::open(shell).await;
    driver.begin(NEVER_ENDS, Vec::new()).await;
    let refused = driver.begin(HELLO, Vec::new()).await;
    loop {
        match driver.report().await.expect("a second command is refused, not forgotten") {
            ShellEvent::Ended(attempt, end) if attempt == refused => {
                assert_eq!(end, OutcomeEnd::Threw, "{name}: one command at a time");
                break;
            }
            other => {
                assert!(!matches!(other, ShellEvent::Row(..) | ShellEvent::Exited(_)), "{name}: {other:?}");
            }
        }
    }
    driver.send(Request::Kill).await;
    assert_eq!(driver.gone().await, ShellExit::Requested, "{name}: killed");
}

#[tokio::test]
async fn the_engine_keeps_the_contract() {
    let Some(engine) = engine("the_engine_keeps_the_contract") else { return };
    holds("engine", &engine).await;
}

#[tokio::test]
async fn the_rehearsal_keeps_the_contract() {
    let scenario = format!(
        "format = 1\nid = \"contract\"\ntitle.en = \"contract\"\n\
         [[reply]]\ncommand = \"\"\"{HELLO}\"\"\"\nrows = [\"hello\"]\n\
         [[reply]]\ncommand = \"{NOTHING}\"\n\
         [[reply]]\ncommand = \"{WRITES_AN_ERROR}\"\nerror = {{ error_id = \"E\", exception = \"X\", category = \"C\", message = \"no\" }}\n\
         [[reply]]\ncommand = \"{THROWS}\"\nerror = {{ error_id = \"E\", exception = \"X\", category = \"C\", message = \"thrown\", throw = true }}\n\
         [[reply]]\ncommand = \"{ASKS}\"\nprompt = \"line\"\ninto = \"answer\"\nrows = [{{ variable = \"answer\" }}]\n\
         [[reply]]\ncommand = \"{NEVER_ENDS}\"\nafter = \"4s\"\nstream = [{{ verbose = \"tick\" }}]\n"
    );
    let rehearsal =
        Rehearsal::read(scenario.as_bytes()).unwrap_or_else(|error| panic!("{error:?}\n{scenario}"));
    holds("rehearsal", &rehearsal).await;
}

/// The versions that the peer plays: Windows PowerShell 3.0 and 4.0, 5.1, the 7 that was, the 7 that is, one to come.
const VERSIONS: [&str; 4] = ["2.2", "2.3", "2.4", "2.9"];

#[tokio::test]
async fn a_peer_of_every_version_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let tests = std::env::current_exe().unwrap();
    for version in VERSIONS {
        // PowerShell's own arguments mean nothing to a test program.
        let play = "--exact engine::contract::a_peer_in_a_process_of_its_own --nocapture";
        let script = if cfg!(windows) {
            format!("set GREENLIGHT_PEER={version}\r\n\"{}\" {play}", tests.display())
        } else {
            format!("GREENLIGHT_PEER={version} exec '{}' {play}", tests.display())
        };
        let path = script_at(folder.path(), &format!("peer-{}", version.replace('.', "-")), &script);
        holds(version, &PowerShell::new(Program { path })).await;
    }
}

/// The peer's process; as a test of the suite it has nothing to do.
#[test]
fn a_peer_in_a_process_of_its_own() {
    let Ok(version) = std::env::var("GREENLIGHT_PEER") else { return };
    let mut played = Played { peer: Peer::default(), version, asked: None, endless: None };
    for line in std::io::stdin().lock().lines() {
        let line = format!("{}\n", line.unwrap());
        for (heard, acknowledgement) in played.peer.hear(line.as_bytes()) {
            let (before, after) = played.answer(heard);
            let mut out = std::io::stdout().lock();
            out.write_all(&before).unwrap();
            out.write_all(acknowledgement.as_bytes()).unwrap();
            out.write_all(&after).unwrap();
            out.flush().unwrap();
        }
    }
    std::process::exit(0);
}

struct Played {
    peer: Peer,
    version: String,
    asked: Option<String>,
    /// The pipeline that does not end by itself.
    endless: Option<String>,
}

impl Played {
    /// What is said before and after the acknowledgement.
    fn answer(&mut self, heard: Heard) -> (Vec<u8>, Vec<u8>) {
        const INIT_RUNSPACEPOOL: u32 = 0x0001_0004;
        let mut after = Vec::new();
        match heard {
            Heard::Message { kind: INIT_RUNSPACEPOOL, .. } => {
                let version = self.version.clone();
                after = self.peer.opening(&version);
            }
            Heard::Message { kind: CREATE_PIPELINE, to, value, .. } => after = self.run(&to, &value),
            Heard::Message { kind: HOST_RESPONSE, value, .. } => {
                let to = self.asked.take().expect("something was asked");
                after = match value.property("mr").and_then(Psrp::as_str) {
                    Some(typed) => self.said(&to, typed),
                    None => self.failed(&to, "nobody answered"),
                };
            }
            // A signal is acknowledged only when the pipeline has stopped.
            Heard::Signal(to) if self.endless.take_if(|endless| *endless == to).is_some() => {
                return (self.peer.finished(&to, 3), after);
            }
            Heard::Message { .. } | Heard::Signal(_) | Heard::Command(_) | Heard::Close(_) | Heard::Part => {}
        }
        (Vec::new(), after)
    }

    fn run(&mut self, to: &str, value: &Psrp) -> Vec<u8> {
        let commands =
            value.property("PowerShell").and_then(|shell| shell.property("Cmds")).and_then(Psrp::items);
        let text = commands.unwrap_or_default()[0].property("Cmd").map(Psrp::display).unwrap_or_default();
        match text.as_str() {
            HELLO => self.said(to, "hello"),
            WRITES_AN_ERROR => self.error(to, "no", "Microsoft.PowerShell.Commands.WriteErrorException"),
            UNKNOWN => self.error(to, "not recognized", "CommandNotFoundException"),
            THROWS => self.failed(to, "thrown"),
            ASKS => {
                const READ_LINE: i32 = 11;
                self.asked = Some(to.to_owned());
                self.peer.host_call(HOST_CALL, to, 1, READ_LINE, "")
            }
            NEVER_ENDS => {
                self.endless = Some(to.to_owned());
                self.peer.say(OUTPUT, to, "<S>tick</S>")
            }
            // What the shell runs of its own: the preferences of every command, and the last exit code.
            own if own.starts_with("${global:ErrorActionPreference}") => {
                self.said(to, "Continue Continue False High True 7")
            }
            "${global:LASTEXITCODE}" => {
                let mut bytes = self.peer.say(OUTPUT, to, "<Nil/>");
                bytes.extend(self.peer.finished(to, 4));
                bytes
            }
            // `$null`.
            _ => self.peer.finished(to, 4),
        }
    }

    fn said(&mut self, to: &str, text: &str) -> Vec<u8> {
        let mut bytes = self.peer.say(OUTPUT, to, &format!("<S>{text}</S>"));
        bytes.extend(self.peer.finished(to, 4));
        bytes
    }

    fn error(&mut self, to: &str, message: &str, id: &str) -> Vec<u8> {
        const ERROR_RECORD: u32 = 0x0004_1005;
        let mut bytes = self.peer.say(ERROR_RECORD, to, &record("", message, id));
        bytes.extend(self.peer.finished(to, 4));
        bytes
    }

    fn failed(&mut self, to: &str, message: &str) -> Vec<u8> {
        let reason = record(" N=\"ExceptionAsErrorRecord\"", message, "RuntimeException");
        let state = format!("<Obj RefId=\"9\"><MS><I32 N=\"PipelineState\">5</I32>{reason}</MS></Obj>");
        self.peer.say(PIPELINE_STATE, to, &state)
    }
}

/// An error record as MS-PSRP 2.2.3.15 has it.
fn record(name: &str, message: &str, id: &str) -> String {
    format!(
        "<Obj{name} RefId=\"1\"><ToString>{message}</ToString><MS><Obj N=\"Exception\" RefId=\"2\"><MS>\
         <S N=\"Message\">{message}</S></MS></Obj><Nil N=\"TargetObject\"/>\
         <S N=\"FullyQualifiedErrorId\">{id}</S><I32 N=\"ErrorCategory_Category\">0</I32></MS></Obj>"
    )
}
