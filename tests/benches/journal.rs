//! Figures of the journal and the exports. Run with `cargo bench --bench journal`; a figure that is missed fails.
//!
//! Each figure is measured in a process of its own, so that the memory of one is not counted for another.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that panics has failed, and printing is what it is for"
)]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::num::NonZeroU32;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, fs};

use greenlight::checklist::{self, Checklist, Sha};
use greenlight::journal::{self, Folder, Holder, Journal};
use greenlight::report::{self, Folding};
use greenlight::run::{
    Attempt, Errand, Event, Fact, FileDigest, Finding, Mode, Moment, Purpose, Run, Session, Stamped, Verdict,
    VerdictReason, Who,
};
use greenlight::text::Text;

const RECORDS: u64 = 100_000;
const STEPS: u32 = 500;
const TRANSCRIPTS: u64 = 1 << 30;
const MEMORY: u64 = 64 << 20;

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
    for figure in ["resume", "verify", "append"] {
        measure(figure, &long);
    }
    let wide = dir.path().join("wide");
    write_wide(&wide);
    for format in ["markdown", "json", "html", "csv", "junit"] {
        measure(format, &wide);
    }
}

fn measure(figure: &str, folder: &Path) {
    let status =
        Command::new(env::current_exe().unwrap()).env("FIGURE", figure).env("FOLDER", folder).status();
    assert!(status.unwrap().success(), "{figure} missed its figure");
}

fn who() -> Who {
    Who { user: "CONTOSO\\ana".into(), host: "SRV01".into() }
}

/// The best of some times: what else the computer does must not count.
fn best(mut measured: impl FnMut()) -> Duration {
    let times = (0..7).map(|_| {
        let begun = Instant::now();
        measured();
        begun.elapsed()
    });
    times.min().unwrap()
}

fn resume(folder: &Folder) {
    let checklist = checklist_of(folder);
    let took = best(|| {
        let mut run = Run::new(Arc::clone(&checklist));
        let holder = Holder::this_process(who(), 0);
        let (journal, _) = Journal::open_each(folder.clone(), holder, |stamped: Stamped| {
            run.evolve(stamped.at, &stamped.event);
        })
        .unwrap();
        assert!(journal.head().seq >= RECORDS);
    });
    println!("resume {RECORDS} records: {took:.0?}, {} MiB", peak() >> 20);
    assert!(took < Duration::from_secs(1));
}

fn verify(folder: &Folder) {
    let files = |stamped: &Stamped| match &stamped.event {
        Event::Checked { transcript, .. } => transcript.iter().cloned().collect(),
        _ => Vec::new(),
    };
    let took = best(|| assert!(journal::verify::<Stamped>(folder, files, None).is_ok()));
    println!("verify {RECORDS} records: {took:.0?}, {} MiB", peak() >> 20);
    assert!(took < Duration::from_secs(1));
}

fn append(folder: Folder) {
    let (mut journal, _) =
        Journal::open_each(folder, Holder::this_process(who(), 0), |_: Stamped| ()).unwrap();
    let begun = Instant::now();
    let count: u32 = 200;
    for number in 1..=count {
        journal.append(&started(number, 1)).unwrap();
    }
    println!("append a record, with its flush: {:.0?}", begun.elapsed() / count);
}

fn export(folder: &Folder, format: &str) {
    let checklist = checklist_of(folder);
    let begun = Instant::now();
    let mut folding = Folding::new(checklist);
    let contents = journal::read_each(folder, |stamped: Stamped| folding.add(&stamped)).unwrap();
    let (report, text) = (folding.finish(folder, &contents, Text::default()), Text::default());
    let page = match format {
        "markdown" => report::markdown(&report, text),
        "json" => report::json(&report),
        "html" => report::html(&report, text),
        "csv" => report::csv(&report),
        _ => report::junit(&report, text),
    };
    let (took, peak) = (begun.elapsed(), peak());
    println!(
        "export {STEPS} steps with {} MiB of transcripts as {format}: {took:.0?}, {} MiB, {} KiB written",
        TRANSCRIPTS >> 20,
        peak >> 20,
        page.len() >> 10
    );
    assert!(peak < MEMORY, "{} MiB", peak >> 20);
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
        errand: Errand::Asked,
        command: "Get-It".into(),
        session: Session(number(1)),
    };
    stamped(attempt, event)
}

fn checked(attempt: u32, transcript: Option<FileDigest>) -> Stamped {
    let fact = Fact { property: "A".into(), expected: "is True".into(), found: "True".into(), met: true };
    let finding = Finding {
        verdict: Verdict::Green,
        reason: VerdictReason::Met,
        facts: vec![fact],
        failures: Vec::new(),
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

fn write_wide(folder: &Path) {
    fs::create_dir_all(folder.join("transcript")).unwrap();
    let line = |at: u64| {
        format!(
            "{{\"t\":{at},\"s\":\"output\",\"x\":\"{}\"}}\n",
            "An object of some length, as they come. ".repeat(50)
        )
    };
    let each = TRANSCRIPTS / u64::from(STEPS);
    let digests: Vec<FileDigest> = (1..=STEPS)
        .map(|step| {
            let file = format!("transcript/s{step}-{step}.jsonl");
            let mut to = BufWriter::new(File::create(folder.join(&file)).unwrap());
            let mut bytes = 0;
            while bytes < each {
                let line = line(bytes);
                to.write_all(line.as_bytes()).unwrap();
                bytes += u64::try_from(line.len()).unwrap();
            }
            to.flush().expect("room for 1 GiB");
            let sha256 = Sha::of(&fs::read(folder.join(&file)).unwrap());
            FileDigest { file, sha256, bytes }
        })
        .collect();
    let events = (1..=STEPS)
        .zip(digests)
        .flat_map(|(step, digest)| [started(step, step), checked(step, Some(digest))]);
    write(folder, STEPS, events);
}
