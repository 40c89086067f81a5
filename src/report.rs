//! What happened in a run, for people and programs that were not there.
//!
//! Owns the one fold from a journal's events to a [`Report`], and its renderings. Writes nothing and decides nothing; only
//! [`Folding::finish`] reads, and shows of a file only what fits its digest. All text from commands and inputs is data and
//! is shown as such.

use std::sync::Arc;

use serde::Serialize;

use crate::checklist::{Changes, Checklist, Sha};
use crate::journal::{Contents, Folder, Head, Problem, TranscriptLine};
use crate::run::{About, Build, Failure, FileDigest, FoundSubject, LeftOut, Purpose, Stamped, Who};
use crate::text::Text;

mod applied;
mod applies;
mod attempt;
pub(crate) mod check;
mod csv;
mod fold;
mod format;
pub(crate) mod handoff;
mod html;
mod json;
mod junit;
mod markdown;
mod markup;
mod pseudonymize;
mod source;
mod time;

use applied::{ApplyReport, FindingReport};
use attempt::{AttemptOutcome, AttemptReport, attempt_cells, attempt_headings};
pub(crate) use check::{CheckedStep, ChecklistRef, GateReport};
pub use csv::csv;
pub use fold::Folding;
pub use format::Format;
pub use html::html;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use pseudonymize::pseudonymize;
pub(crate) use source::SourceReport;
pub(crate) use time::Time;

/// The format of [`json()`].
pub(crate) const FORMAT: u32 = 1;

/// A run, as far as its journal goes.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Whether it was only rehearsed. First, so that it stands in the first line of every export.
    pub rehearsal: bool,
    /// The scenario that it was rehearsed with.
    pub scenario: Option<String>,
    /// Whether names were taken out; see [`pseudonymize()`].
    pub redacted: bool,
    /// `FORMAT`.
    pub format: u32,
    /// What is not as it was written; as a rule, nothing. The gate is never open where it is the journal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<DamageReport>,
    /// By what a later greenlight is known that wrote it; nothing from there on is in the report, and the gate is not open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer: Option<String>,
    pub run: String,
    pub checklist: ChecklistRef,
    pub title: String,
    /// The version of greenlight that began it.
    pub greenlight: String,
    /// SHA-256 of that greenlight's file; from format 2 of the journal on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greenlight_sha256: Option<Sha>,
    pub began: Option<Time>,
    /// The time of the last record, for which all verdicts are given.
    pub until: Option<Time>,
    /// Who was at the keyboard, from when on.
    pub operators: Vec<Operator>,
    /// What ran the commands.
    pub shells: Vec<About>,
    /// What happened to the journal itself; as a rule, nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub journal: Vec<JournalNote>,
    /// What the operator gave.
    pub inputs: Vec<InputReport>,
    pub gate: GateReport,
    /// All that was found to be worked on, also what no part of the report names as such: [`pseudonymize()`] hides them.
    #[serde(skip)]
    pub subjects: Vec<FoundSubject>,
    /// The steps, in the order of the checklist.
    pub steps: Vec<StepReport>,
    /// The handoff, where there was one.
    pub handoff: Option<Seal>,
    pub head: HeadReport,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, Serialize)]
pub struct DamageReport {
    /// The record that is damaged, or that names the file.
    pub record: Option<u64>,
    /// The file, where it is not the journal.
    pub file: Option<String>,
    /// What is wrong, in words.
    pub what: String,
}

impl DamageReport {
    fn new(problem: &Problem, text: Text) -> Self {
        let (record, file) = match problem {
            Problem::Record { record, .. } | Problem::Torn { record } => (Some(*record), None),
            Problem::File { record, file, .. } => (Some(*record), Some(file.clone())),
            Problem::Journal(_) | Problem::Head { .. } => (None, None),
        };
        Self { record, file, what: text.problem(problem) }
    }
}

/// Who was at the keyboard from then on.
#[derive(Clone, Debug, Serialize)]
pub struct Operator {
    /// Who, and on which computer.
    #[serde(flatten)]
    pub who: Who,
    /// When they began or resumed the run.
    pub since: Time,
    /// The greenlight with which they resumed it, where its file could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greenlight: Option<Build>,
}

impl Report {
    /// What is not as it should be in what was read: a heading, and what stands under it.
    fn not_whole(&self, text: Text) -> Vec<(String, Vec<&str>)> {
        let damage: Vec<&str> = self.damage.iter().map(|damage| damage.what.as_str()).collect();
        let newer: Vec<&str> = self.newer.as_deref().into_iter().collect();
        let all = [(text.report_damaged(), damage), (text.report_newer(), newer)];
        all.into_iter().filter(|(_, what)| !what.is_empty()).collect()
    }
}

/// Something that happened to the journal itself.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum JournalNote {
    /// Its last record had been cut off, and was set aside in this file.
    #[serde(rename = "set-aside")]
    Quarantined {
        #[serde(flatten)]
        torn: FileDigest,
        at: Time,
    },
    /// This file was found, and nothing had vouched for it.
    #[serde(rename = "left-behind")]
    OrphanFile {
        #[serde(flatten)]
        file: FileDigest,
        at: Time,
    },
    /// A record could not be written until then.
    #[serde(rename = "stood-still")]
    WriteFailed {
        why: String,
        /// Until when.
        at: Time,
    },
}

/// What the operator gave for an input.
#[derive(Clone, Debug, Serialize)]
pub struct InputReport {
    pub id: String,
    pub label: String,
    pub values: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct StepReport {
    /// What `check` says of it.
    #[serde(flatten)]
    pub checked: CheckedStep,
    /// The word for where it stands.
    #[serde(skip)]
    pub word: String,
    /// What stands above it: the name of a group, and how many of its steps are green.
    #[serde(skip)]
    pub heading: Option<(String, String)>,
    /// Why it must hold.
    pub why: String,
    pub commands: Vec<CommandReport>,
    /// When the check that counts began.
    pub checked_at: Option<Time>,
    /// The statement, where the step is one.
    pub statement: Option<StatementReport>,
    /// How many commands were run for it.
    pub attempts: u64,
    /// The last of them.
    pub last_attempts: Vec<AttemptReport>,
    /// Its applies beyond the session, the last of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applies: Vec<ApplyReport>,
    /// The end of the last output.
    pub excerpt: Option<Excerpt>,
}

/// A command of a step, letter for letter.
#[derive(Clone, Debug, Serialize)]
pub struct CommandReport {
    pub purpose: Purpose,
    pub command: String,
    pub changes: Option<Changes>,
}

/// A statement that a person makes.
#[derive(Clone, Debug, Serialize)]
pub struct StatementReport {
    pub statement: String,
    /// Who made it, if anybody has.
    pub made: Option<Made>,
}

/// Who made a statement.
#[derive(Clone, Debug, Serialize)]
pub struct Made {
    pub name: String,
    pub note: String,
    pub by: Who,
    pub at: Time,
}

/// The end of a transcript.
#[derive(Clone, Debug, Serialize)]
pub struct Excerpt {
    /// The file in the run's folder.
    pub file: String,
    /// Its last lines; none where it is not what was written.
    pub lines: Vec<TranscriptLine>,
    /// What had no room in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
    /// What is wrong with it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub damage: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Seal {
    pub at: Time,
    pub by: Option<Who>,
    pub files: Vec<FileDigest>,
}

#[derive(Clone, Debug, Serialize)]
pub struct HeadReport {
    pub code: String,
    /// The number of the last record.
    pub records: u64,
    pub sha256: Sha,
}

impl From<Head> for HeadReport {
    fn from(head: Head) -> Self {
        Self { code: head.code().to_string(), records: head.seq, sha256: head.hash }
    }
}

/// The report of the run in `folder`, from what was read of its journal.
pub fn build(checklist: &Arc<Checklist>, read: &Contents<Stamped>, folder: &Folder, text: Text) -> Report {
    let mut folding = Folding::new(Arc::clone(checklist));
    for event in &read.events {
        folding.add(event);
    }
    folding.finish(folder, read, text)
}

/// The gate in words.
fn gate_line(gate: &GateReport, text: Text) -> String {
    match (gate.open, gate.reasons.len()) {
        (true, _) => text.report_gate_open(),
        (false, 0) => text.report_gate_unproved(),
        (false, _) if gate.nothing_applies => text.report_gate_nothing_applies(),
        (false, count) => text.report_gate_locked(count),
    }
}

/// A person and their computer in one word.
fn at_host(who: &Who) -> String {
    if who.host.is_empty() { who.user.clone() } else { format!("{} @ {}", who.user, who.host) }
}

/// An operator with their account as the system has it.
fn operator_line(operator: &Operator, text: Text) -> String {
    let elevated = operator
        .who
        .elevated
        .map(|elevated| if elevated { text.report_elevated() } else { text.report_not_elevated() });
    let account: Vec<String> = operator.who.sid.clone().into_iter().chain(elevated).collect();
    let who = at_host(&operator.who);
    let who = if account.is_empty() { who } else { format!("{who} ({})", account.join(", ")) };
    text.report_operator(who, operator.since)
}

/// The greenlights that wrote the run, each once, in the order of the records.
fn greenlights(report: &Report) -> Vec<String> {
    let began = Build { version: report.greenlight.clone(), sha256: report.greenlight_sha256 };
    let resumed = report.operators.iter().filter_map(|operator| operator.greenlight.clone());
    let mut lines: Vec<String> = Vec::new();
    for Build { version, sha256 } in std::iter::once(began).chain(resumed) {
        let line = sha256.map_or_else(|| version.clone(), |sha| format!("{version}, SHA-256 {sha}"));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// What ran the commands, without the program's name.
fn shell_line(about: &About) -> String {
    let engine = about.engine.as_ref().map(|engine| format!("({}, SHA-256 {})", engine.file, engine.sha256));
    let parts = [Some(about.version.clone()), Some(about.edition.clone()), engine];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A note on the journal, in words.
fn journal_note(note: &JournalNote, text: Text) -> String {
    match note {
        JournalNote::Quarantined { torn, at } => text.report_quarantined(&torn.file, torn.bytes, at),
        JournalNote::OrphanFile { file, at } => text.report_orphan_file(&file.file, at),
        JournalNote::WriteFailed { why, at } => text.report_write_failed(why, at),
    }
}

/// The errors of a step, as the rows of a block.
fn failure_lines(step: &StepReport) -> String {
    step.checked.failures.iter().map(failure_line).collect::<Vec<_>>().join("\n")
}

/// An error with the rest of its record below it.
fn failure_line(failure: &Failure) -> String {
    let told = failure.told().into_owned();
    std::iter::once(told).chain(failure.record()).collect::<Vec<_>>().join("\n    ")
}

/// The end of a step's output, as the rows of a block: when, from which stream, what.
fn excerpt_lines(excerpt: &Excerpt, text: Text) -> String {
    let lines = excerpt
        .lines
        .iter()
        .map(|kept| format!("{:>8} {:<8} {}", time::seconds(kept.at), text.stream(kept.stream), kept.text));
    lines.collect::<Vec<_>>().join("\n")
}
