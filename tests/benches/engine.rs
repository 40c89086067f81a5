//! Our client and the engine's own, side by side over the same kind of process: `cargo bench --bench engine`.
//!
//! Needs `GREENLIGHT_POWERSHELL`. The engine's own client is `PowerShell.Invoke` on an out-of-process runspace, timed
//! inside the engine.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the figures are its output")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a figure of a failed run is none"
)]

#[path = "../psrp_engine/server.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod server;

use std::process::Command;
use std::time::{Duration, Instant};

use greenlight::psrp::{Event, Pipeline};
use server::Server;

const PIPELINES: usize = 1000;
const STRINGS: &str = "$s = 'x' * 50; foreach ($i in 1..200000) { $s }";

/// Prints the median of a null pipeline, in microseconds, and the time of 200,000 strings, in milliseconds.
const THEIRS: &str = "
$r = [runspacefactory]::CreateOutOfProcessRunspace($null)
$r.Open()
function Run($text) {
    $p = [powershell]::Create()
    $p.Runspace = $r
    $null = $p.AddScript($text)
    $w = [System.Diagnostics.Stopwatch]::StartNew()
    $o = $p.Invoke()
    $w.Stop()
    $p.Dispose()
    $w.Elapsed.TotalMilliseconds * 1000
    $o.Count
}
foreach ($i in 1..100) { $null = Run '$null' }
$times = foreach ($i in 1..1000) { (Run '$null')[0] }
$times = [double[]]$times
[array]::Sort($times)
[string][long]$times[500]
$best = 1e12
foreach ($i in 1..3) {
    $it = Run 'STRINGS'
    if ($it[1] -ne 200000) { throw 'some are missing' }
    if ($it[0] -lt $best) { $best = $it[0] }
}
[string][long]($best / 1000)
$r.Dispose()
exit
";

fn main() {
    let Some(path) = server::engine("bench engine") else { return };
    let mut server = Server::start(&path);
    for _ in 0..100 {
        server.script("$null");
    }
    let mut times: Vec<(Duration, Duration)> = (0..PIPELINES).map(|_| null_pipeline(&mut server)).collect();
    times.sort();
    let (whole, ours) = times[PIPELINES / 2];
    let strings = (0..3).map(|_| strings(&mut server)).min().expect("three rounds");
    server.close();

    let script = THEIRS.replace("STRINGS", &STRINGS.replace('\'', "''"));
    let output = Command::new(&path)
        .args(["-NoLogo", "-NoProfile", "-Command", &script])
        .output()
        .expect("the engine starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut theirs = text.lines().filter_map(|line| line.trim().parse::<u64>().ok());
    let (Some(null), Some(many)) = (theirs.next(), theirs.next()) else {
        eprintln!(
            "the engine's own client gave no figures: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        return;
    };
    println!("                              ours        the engine's own");
    println!("a null pipeline, median  {:6} us {null:16} us", whole.as_micros());
    println!("  of it in our code      {:6} us", ours.as_micros());
    println!("200,000 strings          {:6} ms {many:16} ms", strings.as_millis());
}

/// The time of a pipeline, and how much of it is spent in the client.
fn null_pipeline(server: &mut Server) -> (Duration, Duration) {
    server.spent = Duration::ZERO;
    let start = Instant::now();
    server.run(Pipeline::script("$null"));
    (start.elapsed(), server.spent)
}

fn strings(server: &mut Server) -> Duration {
    let start = Instant::now();
    server.client.invoke(Pipeline::script(STRINGS)).expect("nothing runs");
    let mut count = 0;
    loop {
        match server.event() {
            Event::Output { .. } => count += 1,
            Event::Finished { .. } => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(count, 200_000);
    start.elapsed()
}
