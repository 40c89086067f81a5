//! Figures of the journal and the exports: `cargo bench --bench journal`. More memory than the limit fails; time does not.
//!
//! Each round of each figure is measured in a process of its own, so that the memory of one is not counted for another.
//! `GREENLIGHT_BENCH_ROUNDS` for other than 7 rounds.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench that panics has failed, and printing is what it is for"
)]

#[path = "support/figures.rs"]
mod figures;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::num::NonZeroU32;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;
use std::{env, fs};

use greenlight::facade::checklist::{self, Checklist, Sha};
use greenlight::facade::journal::{self, Folder, Holder, Journal};
use greenlight::facade::report::{self, Folding};
use greenlight::facade::run::{
    Attempt, Event, Fact, FileDigest, Finding, Mode, Moment, MoreErrors, Purpose, Run, Session, Stamped,
    Trigger, Verdict, VerdictReason, Who,
};
use greenlight::facade::text::Text;

const RECORDS: u64 = 100_000;
const STEPS: u32 = 500;
const MEMORY: f64 = 64.0;
/// What the lines of the transcripts hold, and how many MiB there are of them.
const WIDE: [(&str, &str, u64); 3] = [
    ("text", "An object of some length, as they come. ", 1024),
    ("characters of four bytes", "\u{1f600}\u{1f4e6}\u{1f512}", 64),
    ("names, in each line others", "user#@contoso.com on srv#.contoso.com; ", 64),
];
const FORMATS: [&str; 7] = ["markdown", "json", "html", "csv", "junit", "markdown --redact", "json --redact"];

fn main() {
    // Under `cargo test --benches` only that it runs is asked for.
    if env::args().any(|argument| argument == "--test") {
        return;
    }
    if let (Ok(figure), Ok(folder)) = (env::var("FIGURE"), env::var("FOLDER")) {
        let folder = Folder::at(folder);
        match figure.as_str() {
            "resume" => resume(&folder),
            "verify" => verify(&folder),
            "append" => append(folder),
            format => export(&folder, format),
        }
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let long = dir.path().join("long");
    write_long(&long);
    figures::head(&format!("a journal of {RECORDS} records"));
    for (figure, unit) in [("resume", "ms (goal: 1000)"), ("verify", "ms (goal: 1000)"), ("append", "ms")] {
        measure(figure, unit, &long);
    }
    for (name, text, mebibytes) in WIDE {
        let wide = dir.path().join("wide");
        write_wide(&wide, text, mebibytes << 20);
        figures::head(&format!("export {STEPS} steps with {mebibytes} MiB of transcripts: {name}"));
        for format in FORMATS {
            measure(format, "ms", &wide);
        }
        fs::remove_dir_all(wide).unwrap();
    }
}

fn measure(figure: &str, unit: &str, folder: &Path) {
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..figures::count("GREENLIGHT_BENCH_ROUNDS", 7) {
        let mut round = Command::new(env::current_exe().unwrap());
        let output = round.env("FIGURE", figure).env("FOLDER", folder).output().unwrap();
        assert!(output.status.success(), "{figure}: {}", String::from_utf8_lossy(&output.stderr));
        let numbers = String::from_utf8(output.stdout).unwrap();
        let mut numbers = numbers.split_whitespace().map(|number| number.parse::<f64>().unwrap());
        while let (Some(time), Some(peak)) = (numbers.next(), numbers.next()) {
            times.push(time);
            memory.push(peak);
        }
    }
    figures::line(figure, unit, &times);
    figures::line("  memory at its most", "MiB (limit: 64)", &memory);
    assert!(memory.iter().all(|peak| *peak < MEMORY), "{figure} takes {memory:?} MiB");
}

/// What the measuring process reads: the milliseconds since `begun`, and the most memory in MiB.
fn tell(begun: Instant) {
    println!("{} {}", begun.elapsed().as_secs_f64() * 1e3, peak() as f64 / f64::from(1 << 20));
}

fn who() -> Who {
    Who { user: "CONTOSO\\ana".into(), host: "SRV01".into(), ..Who::default() }
}

fn resume(folder: &Folder) {
    let checklist = checklist_of(folder);
    let begun = Instant::now();
    let mut run = Run::new(checklist);
    let holder = Holder::this_process(who(), 0);
    let (journal, _) = Journal::open_each(folder.clone(), holder, |stamped: Stamped| {
        run.evolve(stamped.at, &stamped.event);
    })
    .unwrap();
    tell(begun);
    assert!(journal.head().seq >= RECORDS);
}

fn verify(folder: &Folder) {
    let files = |stamped: &Stamped| match &stamped.event {
        Event::Checked { transcript, .. } => transcript.iter().cloned().collect(),
        _ => Vec::new(),
    };
    let begun = Instant::now();
    assert!(journal::verify::<Stamped>(folder, files, None).is_ok());
    tell(begun);
}

/// Adds records, each with its flush.
fn append(folder: Folder) {
    let (mut journal, _) =
        Journal::open_each(folder, Holder::this_process(who(), 0), |_: Stamped| ()).unwrap();
    for number in 1..=50 {
        let begun = Instant::now();
        journal.append(&started(number, 1)).unwrap();
        tell(begun);
    }
}

fn export(folder: &Folder, figure: &str) {
    let checklist = checklist_of(folder);
    let begun = Instant::now();
    let mut folding = Folding::new(Arc::clone(&checklist));
    let contents = journal::read_each(folder, |stamped: Stamped| folding.add(&stamped)).unwrap();
    let (report, text) = (folding.finish(folder, &contents, Text::default()), Text::default());
    let (format, report) = match figure.split_once(' ') {
        Some((format, _)) => (format, report::pseudonymize(report, &checklist)),
        None => (figure, report),
    };
    let page = match format {
        "markdown" => report::markdown(&report, text),
        "json" => report::json(&report),
        "html" => report::html(&report, text),
        "csv" => report::csv(&report, Text::default()),
        _ => report::junit(&report, text),
    };
    tell(begun);
    assert!(!page.is_empty());
}

/// The most memory that this process has had (proc(5), `VmHWM`); nothing where the system does not say.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kib.unwrap_or_default() << 10
}

fn checklist_of(folder: &Folder) -> Arc<Checklist> {
    Arc::new(checklist::read(&fs::read(folder.checklist()).unwrap()).unwrap())
}

fn checklist(steps: u32) -> String {
    let mut file = String::from("format = 1\nid = \"wide\"\nversion = \"1\"\ntitle = { en = \"Wide\" }\n");
    for step in 1..=steps {
        write!(
            file,
            "[[step]]\nid = \"s{step}\"\ntitle = {{ en = \"Step {step}\" }}\nwhy = {{ en = \"Because.\" }}\n[step.check]\ncommand = \"Get-It\"\nexpect = [{{ property = \"A\", is = true }}]\n"
        )
        .unwrap();
    }
    file
}

fn stamped(number: u32, event: Event) -> Stamped {
    Stamped { at: Moment { wall: 1_795_400_100_000 + i64::from(number), mono: u64::from(number) }, event }
}

fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap()
}

fn started(attempt: u32, step: u32) -> Stamped {
    let event = Event::Started {
        attempt: Attempt(number(attempt)),
        step: format!("s{step}").as_str().into(),
        purpose: Purpose::Check,
        trigger: Trigger::Asked,
        command: "Get-It".into(),
        session: Session(number(1)),
        before: None,
    };
    stamped(attempt, event)
}

fn checked(attempt: u32, transcript: Option<FileDigest>) -> Stamped {
    let fact = Fact {
        property: "A".into(),
        expected: "is True".into(),
        found: "True".into(),
        met: true,
        rows: None,
        rows_met: None,
    };
    let finding = Finding {
        verdict: Verdict::Green,
        reason: VerdictReason::Met,
        facts: vec![fact],
        failing: Vec::new(),
        failing_rows: 0,
        more_failing: 0,
        rows_file: None,
        failures: Vec::new(),
        more_errors: MoreErrors::default(),
        warnings: Vec::new(),
        more_warnings: 0,
        covered: None,
        kept: Vec::new(),
        subject: None,
        remedies: Vec::new(),
        elapsed_ms: 100,
    };
    stamped(attempt, Event::Checked { attempt: Attempt(number(attempt)), finding, transcript })
}

/// A journal of these events, written at once: a flush for each of 100,000 records would be a bench of the disk.
fn write(folder: &Path, steps: u32, events: impl Iterator<Item = Stamped>) {
    fs::create_dir_all(folder).unwrap();
    let toml = checklist(steps);
    let holder = Holder::this_process(who(), 0);
    let checklist = checklist::read(toml.as_bytes()).unwrap();
    drop(Journal::create(Folder::at(folder), toml.as_bytes(), holder).unwrap());
    let path = folder.join("journal.jsonl");
    let header = fs::read_to_string(&path).unwrap();
    let mut prev = header.trim_end().rsplit('"').nth(1).unwrap().to_owned();
    let mut file = BufWriter::new(File::options().append(true).open(path).unwrap());
    let begun = Event::Begun {
        checklist: checklist.id.clone(),
        version: checklist.version.clone(),
        sha256: checklist.sha256,
        mode: Mode::Live,
        by: who(),
        greenlight: "0.1.0".into(),
    };
    for (seq, event) in (1..).zip(std::iter::once(stamped(0, begun)).chain(events)) {
        let body = format!(
            "{{\"seq\":{seq},\"prev\":\"{prev}\",\"event\":{}",
            serde_json::to_string(&event).unwrap()
        );
        prev = Sha::of(body.as_bytes()).to_string();
        writeln!(file, "{body},\"hash\":\"{prev}\"}}").unwrap();
    }
    file.flush().unwrap();
}

fn write_long(folder: &Path) {
    let attempts = u32::try_from(RECORDS / 2).unwrap();
    write(
        folder,
        17,
        (1..=attempts).flat_map(|attempt| [started(attempt, attempt % 17 + 1), checked(attempt, None)]),
    );
}

fn write_wide(folder: &Path, text: &str, bytes: u64) {
    fs::create_dir_all(folder.join("transcript")).unwrap();
    let text = text.repeat(2000 / text.len());
    // `#` is another number in each line.
    let line = |step: u32, at: u64| {
        let text = text.replace('#', &format!("{step}-{at}"));
        format!("{{\"t\":{at},\"s\":\"output\",\"x\":\"{text}\"}}\n")
    };
    let each = bytes / u64::from(STEPS);
    let digests: Vec<FileDigest> = (1..=STEPS)
        .map(|step| {
            let file = format!("transcript/s{step}-{step}.jsonl");
            let mut to = BufWriter::new(File::create(folder.join(&file)).unwrap());
            let mut bytes = 0;
            while bytes < each {
                let line = line(step, bytes);
                to.write_all(line.as_bytes()).unwrap();
                bytes += u64::try_from(line.len()).unwrap();
            }
            to.flush().expect("room for 1 GiB");
            let sha256 = Sha::of(&fs::read(folder.join(&file)).unwrap());
            FileDigest { file, sha256, bytes, left_out: None }
        })
        .collect();
    let events = (1..=STEPS)
        .zip(digests)
        .flat_map(|(step, digest)| [started(step, step), checked(step, Some(digest))]);
    write(folder, STEPS, events);
}
