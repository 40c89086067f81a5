//! Our client and the engine's own, side by side over the same kind of process: `cargo bench --bench clients`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark"
)]

#[path = "support/figures.rs"]
mod figures;
#[path = "support/server.rs"]
mod server;

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use server::Server;

const STRINGS: &str = "$s = 'x' * 50; foreach ($i in 1..200000) { $s }";

fn main() {
    let Some(engine) = Server::engine("clients") else { return };
    let rounds = figures::count("GREENLIGHT_BENCH_ROUNDS", 5);
    let (mut ours, mut theirs) = (Server::start(&engine, None), Theirs::start(&engine));
    // Both engines compile what they run often.
    (0..300).for_each(|_| assert_eq!(ours.run("1"), 1));
    theirs.run(300, "1");

    let (mut our_null, mut our_share, mut their_null) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        for _ in 0..200 {
            ours.ours = Duration::ZERO;
            let begin = Instant::now();
            ours.run("1");
            our_null.push(begin.elapsed().as_secs_f64() * 1e3);
            our_share.push(ours.ours.as_secs_f64() * 1e3);
        }
        their_null.extend(theirs.run(200, "1").1);
    }
    figures::head("a null pipeline, `1`, in turns of 200");
    let our_median = figures::line("ours", "ms", &our_null);
    let their_median = figures::line("the engine's own client", "ms", &their_null);
    println!("{:<58} {:>10.3} (goal: at most 1)", "ours / the engine's, medians", our_median / their_median);
    figures::line("spent in our own code", "ms (goal: 0.3)", &our_share);

    let (mut our_strings, mut our_share, mut their_strings) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        ours.ours = Duration::ZERO;
        let begin = Instant::now();
        assert_eq!(ours.run(STRINGS), 200_000);
        our_strings.push(begin.elapsed().as_secs_f64() * 1e3);
        our_share.push(ours.ours.as_secs_f64() * 1e3);
        let (objects, taken) = theirs.run(1, STRINGS);
        assert_eq!(objects, 200_000);
        their_strings.extend(taken);
    }
    figures::head("200,000 strings of 50 characters, in turns");
    let our_median = figures::line("ours", "ms", &our_strings);
    let their_median = figures::line("the engine's own client", "ms", &their_strings);
    println!("{:<58} {:>10.3} (goal: at most 1)", "ours / the engine's, medians", our_median / their_median);
    figures::line("spent in our own code", "ms", &our_share);
}

/// The engine's own client, in a process that runs `clients.ps1`.
struct Theirs {
    child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
}

impl Theirs {
    fn start(engine: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/benches/clients.ps1");
        let mut child = Command::new(engine)
            .args(["-NoLogo", "-NoProfile", "-File"])
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, stdin, stdout: BufReader::new(stdout).lines() }
    }

    fn run(&mut self, count: usize, script: &str) -> (usize, Vec<f64>) {
        writeln!(self.stdin, "{count} {script}").unwrap();
        let line = self.stdout.next().unwrap().unwrap();
        let mut words = line.split(' ');
        let objects = words.next().unwrap().parse().unwrap();
        (objects, words.map(|word| word.parse().unwrap()).collect())
    }
}

impl Drop for Theirs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
