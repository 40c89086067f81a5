//! How fast CLIXML is read and written, on one core: `cargo bench --bench clixml` (`GREENLIGHT_BENCH_ROUNDS` for other than
//! 7 rounds). In each round every document is read, read by the engine's own reader where `GREENLIGHT_POWERSHELL` names an
//! engine, and written, each as often as fits into a part of a second. What counts is processor time, so that other jobs on the
//! same cores take nothing from it.

#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures are its output"
)]
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a document that cannot be read has no speed")]

#[path = "support/cpu.rs"]
mod cpu;
#[path = "support/figures.rs"]
mod figures;

use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use cpu::cpu;
use greenlight::facade::psrp::clixml::{self, Limits};
use greenlight::facade::psrp::{PsObject, PsValue};

const ROUND: Duration = Duration::from_millis(400);

fn main() {
    let lines: Vec<PsValue> =
        (0..20_000).map(|n| format!("{n:06} {}", "plain text, ".repeat(4)).into()).collect();
    let object = |n: i32| -> PsValue {
        PsObject {
            type_names: ["Deserialized.Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser".to_owned()]
                .into(),
            adapted: vec![
                ("Identity".into(), format!("CN=User {n},OU=People,DC=contoso,DC=com").into()),
                ("SipAddress".into(), format!("sip:user{n}@contoso.com").into()),
                ("Enabled".into(), (n % 2 == 0).into()),
                ("LineUri".into(), PsValue::Null),
                ("Count".into(), n.into()),
                ("WhenChanged".into(), PsValue::DateTime("2026-02-28T23:59:59.1234567Z".to_owned())),
                ("Policies".into(), PsValue::list(vec!["Tag:Default".into(), "Tag:Remote".into()])),
            ],
            ..PsObject::default()
        }
        .into()
    };
    let objects = PsValue::list((0..5000).map(object).collect());
    let escaped = PsValue::from("a line with \u{1f600} and <markup> & an_underscore\r\n".repeat(20_000));

    let mut engine = Engine::start();
    let mut report = |name, values: &[PsValue]| report(name, values, engine.as_mut());
    report("200 strings of 60 characters each", lines.get(..200).unwrap_or_default());
    report("20,000 strings of 60 characters each", &lines);
    report("one list of 5,000 users", &[objects]);
    report("one string of many lines with escapes", &[escaped]);
}

fn report(name: &str, values: &[PsValue], mut engine: Option<&mut Engine>) {
    // `cargo bench --bench clixml users` measures only what has the word in its name.
    if std::env::args().skip(1).any(|word| !word.starts_with('-') && !name.contains(&word)) {
        return;
    }
    let inside: String = values.iter().map(|value| clixml::to_string(value).expect("no secret")).collect();
    let text = format!(
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">{inside}</Objs>"
    );
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("document.xml");
    std::fs::write(&path, &text).unwrap();
    let limits = Limits::default();
    let rounds = figures::count("GREENLIGHT_BENCH_ROUNDS", 7);
    let (mut read, mut written, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        read.push(speed(text.len(), || {
            black_box(clixml::parse_all(black_box(&text), limits).expect("well-formed"));
        }));
        theirs.extend(engine.as_mut().map(|engine| engine.speed(text.len(), &path)));
        written.push(speed(text.len(), || {
            for value in values {
                black_box(clixml::to_string(black_box(value)).expect("no secret"));
            }
        }));
    }
    figures::head(&format!("{name}, {} bytes", text.len()));
    let ours = figures::line("read", "MB/s (goal: 150)", &read);
    if !theirs.is_empty() {
        let engine = figures::line("read by the engine's own reader", "MB/s", &theirs);
        println!("{:<58} {:>10.3}", "ours / the engine's, medians", ours / engine);
    }
    figures::line("written", "MB/s", &written);
}

/// Millions of bytes a second of processor time.
fn speed(bytes: usize, mut run: impl FnMut()) -> f64 {
    let (begun, mut runs, mut taken) = (cpu(), 0_u32, 0.0);
    while taken < ROUND.as_secs_f64() {
        run();
        runs += 1;
        taken = cpu() - begun;
    }
    megabytes(bytes, runs) / taken
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn megabytes(bytes: usize, runs: u32) -> f64 {
    bytes as f64 * f64::from(runs) / 1e6
}

/// The engine's own reader, in a process that runs `clixml.ps1`.
struct Engine {
    child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
}

impl Engine {
    fn start() -> Option<Self> {
        let Ok(engine) = std::env::var("GREENLIGHT_POWERSHELL") else {
            eprintln!("SKIPPED the engine's own reader: GREENLIGHT_POWERSHELL is not set");
            return None;
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/benches/clixml.ps1");
        let mut child = Command::new(engine)
            .args(["-NoLogo", "-NoProfile", "-File"])
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Some(Self { child, stdin, stdout: BufReader::new(stdout).lines() })
    }

    /// Millions of bytes a second, after as long a time to warm up.
    fn speed(&mut self, bytes: usize, document: &Path) -> f64 {
        let mut run = || {
            writeln!(self.stdin, "{} {}", ROUND.as_millis(), document.display()).unwrap();
            let line = self.stdout.next().unwrap().unwrap();
            let (runs, millis) = line.split_once(' ').unwrap();
            megabytes(bytes, runs.parse().unwrap()) / millis.parse::<f64>().unwrap() * 1e3
        };
        run();
        run()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
