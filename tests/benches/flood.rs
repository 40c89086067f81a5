//! A flood of output through the real program on a real PowerShell, in a terminal: memory, keys, and the transcript:
//! `cargo bench --bench flood`.
//!
//! `GREENLIGHT_FLOOD_LINES` (5,000,000).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

#[path = "support/figures.rs"]
mod figures;
#[expect(dead_code, reason = "each benchmark takes its part")]
#[path = "support/pane.rs"]
mod pane;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pane::{Pane, status};

/// A word that stands on the help and nowhere else.
const HELP: &str = "Esc close";

fn main() {
    let Some(engine) = std::env::var("GREENLIGHT_POWERSHELL").ok() else {
        return eprintln!("SKIPPED flood: GREENLIGHT_POWERSHELL is not set");
    };
    let lines = figures::count("GREENLIGHT_FLOOD_LINES", 5_000_000);
    let Some(mut pane) = Pane::open("flood", 120, 40) else { return };
    let folder = tempfile::tempdir().unwrap();
    let checklist = folder.path().join("flood.toml");
    fs::write(&checklist, text_of_checklist(lines)).unwrap();
    let data = folder.path().join("data");
    let environment = [
        ("GREENLIGHT_DATA_DIR", data.display().to_string()),
        ("GREENLIGHT_POWERSHELL", engine),
        ("GREENLIGHT_LANG", "en".to_owned()),
        ("HOME", folder.path().display().to_string()),
        ("XDG_CONFIG_HOME", folder.path().join("config").display().to_string()),
    ];
    let checklist = checklist.display().to_string();
    let (_, pid) = pane.exec(&environment, &[env!("CARGO_BIN_EXE_greenlight"), "run", &checklist, "--trust"]);
    pane.wait_for_output("help");
    pane.deaf();
    pane.press("Enter");
    pane.wait_until("the steps", |screen| screen.contains("has run nothing yet"));
    let quiet: Vec<f64> = (0..30).map(|_| answer(&mut pane)).collect();

    let begin = Instant::now();
    pane.press("c");
    pane.wait_until("the command to run", |screen| screen.contains("checking"));
    let (mut answers, mut memory) = (Vec::new(), Vec::new());
    let (transcript, left_out) = loop {
        answers.push(answer(&mut pane));
        memory.push(status(pid, "VmRSS") as f64 / 1024.0);
        std::thread::sleep(Duration::from_millis(200));
        if let Some(ended) = ended(&data) {
            break ended;
        }
    };
    let taken = begin.elapsed().as_secs_f64();
    let peak = status(pid, "VmHWM") as f64 / 1024.0;

    figures::head(&format!("a flood of {lines} lines in the wizard, 120x40"));
    figures::line("the whole", "s", &[taken]);
    figures::line("lines", "a second", &[lines as f64 / taken]);
    figures::line("memory of greenlight while it passes", "MiB (goal: 64)", &memory);
    figures::line("memory of greenlight at its most (VmHWM)", "MiB (goal: 64)", &[peak]);
    figures::line("from the key to the help on the screen, at rest", "ms", &quiet);
    figures::line("from the key to the help on the screen, in the flood", "ms (goal: 50)", &answers);
    assert_eq!(complete(&transcript) + left_out, lines, "lines are missing");
    println!(
        "the transcript on disk holds every line, in order, but {left_out} that it says it left out ({} MB)",
        fs::metadata(&transcript).unwrap().len() / 1_000_000
    );
}

/// How long after `?` the help stands on the screen, in ms; then it is closed again.
fn answer(pane: &mut Pane) -> f64 {
    let begin = Instant::now();
    pane.press("?");
    pane.wait_until("the help", |screen| screen.contains(HELP));
    let taken = begin.elapsed().as_secs_f64() * 1e3;
    pane.press("Escape");
    pane.wait_until("the steps again", |screen| !screen.contains(HELP));
    taken
}

/// The transcript, and how many lines the journal says are not in it, once its digest stands there.
fn ended(data: &Path) -> Option<(PathBuf, u64)> {
    let run = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir())?;
    let journal = fs::read_to_string(run.join("journal.jsonl")).unwrap();
    if !journal.contains("\"transcript\":{") {
        return None;
    }
    let digits = |rest: &str| rest.split(',').next().and_then(|number| number.parse().ok());
    let left_out = journal.split("\"left_out\":{\"lines\":").nth(1).and_then(digits).unwrap_or(0);
    let mut files = fs::read_dir(run.join("transcript")).unwrap();
    Some((files.next().expect("a transcript").unwrap().path(), left_out))
}

/// How many lines a transcript holds, each the one that comes after the one before.
fn complete(transcript: &Path) -> u64 {
    let mut count = 0;
    for line in BufReader::new(File::open(transcript).unwrap()).lines() {
        let line = line.unwrap();
        assert!(line.contains(&format!("\"line {}\"", count + 1)), "after {count} lines: {line}");
        count += 1;
    }
    count
}

fn text_of_checklist(lines: u64) -> String {
    format!(
        r#"format = 1
id = "flood"
version = "1"
title = "A flood"

[[step]]
id = "flood"
title = "A great many lines"
why = "They must not take memory, nor keep anybody waiting."
docs = ["https://example.org/flood"]
timeout = "2h"

[step.check]
command = 'for ($i = 1; $i -le {lines}; $i++) {{ "line $i" }}'
expect = [{{ matches = "^line", rows = "all" }}]
"#
    )
}
