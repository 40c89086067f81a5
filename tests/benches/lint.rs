//! How right the lint's reading of PowerShell is, judged by the engine's own parser: `GREENLIGHT_POWERSHELL=… cargo bench
//! --bench lint`. Of each kind of part it counts what the engine finds, what the lint misses (there an apply could hide in a
//! check) and what it names too much, in the texts written in this project and in texts made by chance. Only texts that
//! the engine takes count.
//!
//! `GREENLIGHT_BENCH_SEED` (1), `GREENLIGHT_BENCH_TEXTS` (20,000: how many are made), `GREENLIGHT_BENCH_FOLDER` (one more folder
//! with checklists and scripts), `GREENLIGHT_BENCH_SHOW` (5: differences shown of each kind), `GREENLIGHT_BENCH_OUT` (a file
//! for all texts with what both said, a line of JSON each).

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    reason = "the table is its output"
)]
#![expect(clippy::unwrap_used, reason = "without its engine it measures nothing")]

#[expect(dead_code, reason = "each benchmark takes its part")]
#[path = "support/figures.rs"]
mod figures;
#[path = "support/random.rs"]
mod random;
#[path = "support/scripts.rs"]
mod scripts;
#[path = "support/written.rs"]
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use greenlight::facade::checklist::{Part, parts};
use random::Random;
use scripts::Maker;

const KINDS: [&str; 8] =
    ["command", "computed", "method", "static", "variable", "member", "redirection", "quoted"];
/// What a text does, as kind and name in lower case, and how often.
type Said = BTreeMap<(String, String), usize>;

fn main() {
    let Ok(engine) = std::env::var("GREENLIGHT_POWERSHELL") else {
        eprintln!("SKIPPED: GREENLIGHT_POWERSHELL is not set, and only an engine knows what is right");
        return;
    };
    let mut written = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    written::below(&root.join("assets"), &mut written);
    written::below(&root.join("tests"), &mut written);
    if let Ok(folder) = std::env::var("GREENLIGHT_BENCH_FOLDER") {
        written::below(Path::new(&folder), &mut written);
    }
    let written: Vec<String> = written.into_iter().collect();
    let (composed, damaged) = made(&written);
    let mut out = String::new();
    for (name, texts) in [
        ("written here", written),
        ("composed by chance", composed),
        ("written here, damaged by chance", damaged),
    ] {
        let said = by_engine(&engine, &texts);
        table(name, &texts, &said, &mut out);
    }
    if let Ok(path) = std::env::var("GREENLIGHT_BENCH_OUT") {
        std::fs::write(path, out).unwrap();
    }
}

fn made(written: &[String]) -> (Vec<String>, Vec<String>) {
    let seed = figures::count("GREENLIGHT_BENCH_SEED", 1);
    let count = figures::count("GREENLIGHT_BENCH_TEXTS", 20_000);
    let short: Vec<&String> = written.iter().filter(|text| text.len() < 400).collect();
    let (mut composed, mut damaged) = (BTreeSet::new(), BTreeSet::new());
    for case in 0..count {
        let mut random = Random::new(seed, case);
        let mut maker = Maker { random: &mut random };
        if case % 2 == 0 {
            composed.insert(maker.text());
        } else {
            let (text, other) = (*maker.random.pick(&short), *maker.random.pick(&short));
            damaged.insert(maker.damaged(text, other));
        }
    }
    (composed.into_iter().collect(), damaged.into_iter().collect())
}

/// What the engine finds in each text; nothing where it does not take the text.
fn by_engine(engine: &str, texts: &[String]) -> Vec<Option<Said>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/benches/lint.ps1");
    let mut child = Command::new(engine)
        .args(["-NoLogo", "-NoProfile", "-File"])
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = std::thread::scope(|scope| {
        scope.spawn(move || {
            for text in texts {
                writeln!(stdin, "{}", serde_json::to_string(text).unwrap()).unwrap();
            }
        });
        let read = |line: std::io::Result<String>| {
            serde_json::from_str::<Option<Vec<(String, String)>>>(&line.unwrap()).unwrap().map(counted)
        };
        lines.map(read).collect::<Vec<_>>()
    });
    assert!(
        child.wait().unwrap().success() && said.len() == texts.len(),
        "the engine did not answer for every text"
    );
    said
}

fn counted(parts: impl IntoIterator<Item = (String, String)>) -> Said {
    let mut said = Said::new();
    for (kind, name) in parts {
        *said.entry((kind, name.to_lowercase())).or_default() += 1;
    }
    // How often a variable becomes a part of a text says nothing.
    for ((kind, _), times) in &mut said {
        *times = if kind == "quoted" { 1 } else { *times };
    }
    said
}

/// What the lint finds in a text; nothing where it says that it cannot read it.
fn by_us(text: &str) -> Option<Said> {
    let parts = parts(text);
    if parts.contains(&Part::Unreadable) {
        return None;
    }
    Some(counted(parts.into_iter().map(|part| {
        let (kind, name) = match part {
            Part::Command(name) => ("command", name),
            Part::Method(name) => ("method", name),
            Part::Static(name) => ("static", name),
            Part::Variable(name) => ("variable", name),
            Part::Quoted(name) => ("quoted", name),
            Part::Computed => ("computed", String::new()),
            Part::ComputedMethod => ("method", "(computed)".to_owned()),
            Part::Member => ("member", String::new()),
            Part::Redirection => ("redirection", String::new()),
            Part::Unreadable => ("unreadable", String::new()),
        };
        (kind.to_owned(), name)
    })))
}

fn table(name: &str, texts: &[String], said: &[Option<Said>], out: &mut String) {
    let show = figures::count("GREENLIGHT_BENCH_SHOW", 5) as usize;
    let mut rows: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut shown: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let (mut taken, mut unread) = (0, 0);
    for (text, theirs) in texts.iter().zip(said) {
        let Some(theirs) = theirs else { continue };
        taken += 1;
        let ours = by_us(text);
        let pairs = |said: &Said| {
            said.iter().map(|((kind, name), times)| (kind.clone(), name.clone(), *times)).collect::<Vec<_>>()
        };
        let line = serde_json::json!({ "of": name, "text": text, "theirs": pairs(theirs), "ours": ours.as_ref().map(pairs) });
        writeln!(out, "{line}").unwrap();
        let Some(ours) = ours else {
            unread += 1;
            continue;
        };
        for kind in KINDS {
            let row = rows.entry(kind).or_default();
            row[0] += theirs.iter().filter(|((of, _), _)| of == kind).map(|(_, times)| times).sum::<usize>();
            for (at, what, (from, other)) in
                [(1, "missed", (theirs, &ours)), (2, "too much", (&ours, theirs))]
            {
                for (part, times) in from.iter().filter(|((of, _), _)| of == kind) {
                    let more = times.saturating_sub(other.get(part).copied().unwrap_or_default());
                    row[at] += more;
                    if more > 0 {
                        shown.entry((kind, what)).or_default().push(format!("{:?} in {text:?}", part.1));
                    }
                }
            }
        }
    }
    println!("\n{name}: {taken} of {} texts are PowerShell, {unread} of them nested too deeply", texts.len());
    println!("{:<14} {:>10} {:>10} {:>10}", "", "engine", "missed", "too much");
    for kind in KINDS {
        let [all, missed, more] = rows.get(kind).copied().unwrap_or_default();
        println!("{kind:<14} {all:>10} {missed:>10} {more:>10}");
    }
    for ((kind, what), mut examples) in shown {
        examples.sort_by_key(String::len);
        for example in examples.iter().take(show) {
            println!("  {kind} {what}: {example}");
        }
    }
}
