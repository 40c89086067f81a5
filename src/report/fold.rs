//! The one fold from a journal's events to a report. Its memory grows with the steps, not with the records.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::check::{self, counting, is_rehearsal, remedies};
use super::{
    AttemptOutcome, AttemptReport, CommandReport, DamageReport, Excerpt, FORMAT, GateReport, InputReport,
    JournalNote, Made, Operator, Report, Seal, StatementReport, StepReport, Time,
};
use crate::checklist::{Checklist, Step, StepId, StepKind};
use crate::journal::{self, Condition, Contents, Folder, Problem, TranscriptLine};
use crate::run::{
    About, ApplyEnd, Attempt, Build, Event, Failure, FileDigest, HandoffStage, Mode, Moment, Purpose, Run,
    ShellEnd, ShellState, Stamped, StepStatus, Verdict, Who,
};
use crate::text::Text;

/// How many commands of a step a report names.
const ATTEMPTS_KEPT: usize = 10;
/// How many lines of output a report shows for a step.
pub(super) const EXCERPT: usize = 20;
/// How many characters of such a line it shows.
const LINE_KEPT: usize = 500;
/// How many bytes of such a line: what is not seen is written out, at up to six times its length.
const BYTES_KEPT: usize = 1000;

/// A report in the making: give it the events in order, then [`finish`](Self::finish) it.
#[derive(Debug)]
pub struct Folding {
    run: Run,
    greenlight: String,
    operators: Vec<Operator>,
    shells: Vec<About>,
    journal: Vec<JournalNote>,
    attempts: BTreeMap<StepId, Attempts>,
    current: Option<(StepId, AttemptReport)>,
    /// Files that records name, but for transcripts, each with the number of its record.
    files: Vec<(u64, FileDigest)>,
    /// The number of the last record.
    record: u64,
    confirmed: Option<Who>,
    last: Option<Moment>,
}

/// The commands of one step.
#[derive(Debug, Default)]
struct Attempts {
    count: u64,
    last: VecDeque<AttemptReport>,
    /// The last transcript, and the number of the record that names it.
    output: Option<(u64, FileDigest)>,
}

impl Folding {
    /// The report of a run of `checklist` in which nothing has happened.
    pub fn new(checklist: Arc<Checklist>) -> Self {
        Self {
            run: Run::new(checklist),
            greenlight: String::new(),
            operators: Vec::new(),
            shells: Vec::new(),
            journal: Vec::new(),
            attempts: BTreeMap::new(),
            current: None,
            files: Vec::new(),
            record: 0,
            confirmed: None,
            last: None,
        }
    }

    pub fn add(&mut self, Stamped { at, event }: &Stamped) {
        self.run.evolve(*at, event);
        self.last = Some(*at);
        // Record 0 is the header.
        self.record += 1;
        match event {
            Event::Begun { by, greenlight, .. } => {
                self.greenlight.clone_from(greenlight);
                self.operators.push(Operator { who: by.clone(), since: (*at).into(), greenlight: None });
            }
            Event::Resumed { by, greenlight, greenlight_sha256 } => {
                self.cut_off();
                let greenlight = greenlight_sha256
                    .map(|sha256| Build { version: greenlight.clone(), sha256: Some(sha256) });
                self.operators.push(Operator { who: by.clone(), since: (*at).into(), greenlight });
            }
            Event::Quarantined { torn } => {
                self.files.push((self.record, torn.clone()));
                self.journal.push(JournalNote::SetAside { torn: torn.clone(), at: (*at).into() });
            }
            Event::OrphanFile { file } => {
                self.files.push((self.record, file.clone()));
                if let Some((step, attempt)) = &mut self.current
                    && file.file.starts_with(&Folder::transcripts_begin(step, attempt.number))
                {
                    attempt.transcript = Some(file.clone());
                }
                self.journal.push(JournalNote::LeftBehind { file: file.clone(), at: (*at).into() });
            }
            Event::WriteFailed { why } => {
                self.journal.push(JournalNote::StoodStill { why: why.clone(), at: (*at).into() });
            }
            Event::ShellOpened { about, .. } => {
                if !self.shells.contains(about) {
                    self.shells.push(about.clone());
                }
            }
            Event::ShellEnded { .. } => self.cut_off(),
            Event::Started { attempt, step, purpose, .. } => {
                let started = AttemptReport {
                    number: attempt.0.get(),
                    purpose: *purpose,
                    at: (*at).into(),
                    by: self.operators.last().map(|operator| operator.who.clone()),
                    outcome: None,
                    error: None,
                    elapsed_ms: None,
                    transcript: None,
                };
                self.current = Some((step.clone(), started));
            }
            Event::Checked { attempt, finding, transcript } => {
                let outcome = AttemptOutcome::Checked(finding.verdict);
                self.end(*attempt, outcome, &finding.failures, finding.elapsed_ms, transcript.as_ref());
            }
            Event::Applied { attempt, end, failures, elapsed_ms, transcript, .. } => {
                let outcome = AttemptOutcome::Applied(*end);
                self.end(*attempt, outcome, failures, *elapsed_ms, transcript.as_ref());
            }
            Event::HandoffConfirmed { by } => self.confirmed = Some(by.clone()),
            Event::Sealed { files } => {
                self.files.extend(files.iter().map(|file| (self.record, file.clone())));
            }
            Event::InputGiven { .. }
            | Event::ShellStarting { .. }
            | Event::Queued { .. }
            | Event::Asked { .. }
            | Event::Answered { .. }
            | Event::StopAsked { .. }
            | Event::Attested { .. }
            | Event::Expired { .. }
            | Event::HandoffBegun { .. }
            | Event::HandoffAbandoned { .. } => {}
        }
    }

    fn end(
        &mut self,
        attempt: Attempt,
        outcome: AttemptOutcome,
        failures: &[Failure],
        ms: u64,
        transcript: Option<&FileDigest>,
    ) {
        if let Some((step, mut ended)) = self.current.take_if(|(_, own)| own.number == attempt.0.get()) {
            ended.outcome = Some(outcome);
            ended.error = failures.first().map(|failure| failure.message.clone());
            ended.elapsed_ms = Some(ms);
            ended.transcript = transcript.cloned();
            if let Some(transcript) = transcript {
                let attempts = self.attempts.entry(step.clone()).or_default();
                attempts.output = Some((self.record, transcript.clone()));
            }
            self.keep(step, ended);
        }
    }

    fn keep(&mut self, step: StepId, attempt: AttemptReport) {
        let attempts = self.attempts.entry(step).or_default();
        attempts.count += 1;
        if attempts.last.len() == ATTEMPTS_KEPT {
            attempts.last.pop_front();
        }
        attempts.last.push_back(attempt);
    }

    /// Nobody has the run open: what the journal shows to be running was cut off, with its session, where the records end.
    pub fn nobody_goes_on(&mut self) {
        let (Some(last), false) = (self.last, self.run.is_sealed()) else { return };
        let (ShellState::Opening(session) | ShellState::Open(session, _)) = *self.run.shell() else { return };
        let detail = String::new();
        self.run.evolve(last, &Event::ShellEnded { session, end: ShellEnd::Died { detail } });
        self.cut_off();
    }

    /// What ran is interrupted.
    fn cut_off(&mut self) {
        if let Some((step, mut attempt)) = self.current.take() {
            attempt.outcome = Some(match attempt.purpose {
                Purpose::Check => AttemptOutcome::Checked(Verdict::Interrupted),
                Purpose::Apply => AttemptOutcome::Applied(ApplyEnd::Interrupted),
            });
            self.keep(step, attempt);
        }
    }

    /// The report, with the ends of the transcripts in `folder`. `read` is the journal that the events came from.
    pub fn finish<T>(mut self, folder: &Folder, read: &Contents<T>, text: Text) -> Report {
        if let Some((step, running)) = self.current.take() {
            self.keep(step, running);
        }
        let mut damage: Vec<DamageReport> = Vec::new();
        let mut newer = None;
        match read.condition.clone() {
            Condition::Whole => {}
            Condition::Newer(what) => newer = Some(text.newer(&what)),
            Condition::Torn { record } => damage.push(DamageReport::new(&Problem::Torn { record }, text)),
            Condition::Damaged { record, what } => {
                damage.push(DamageReport::new(&Problem::Record { record, what }, text));
            }
        }
        for (record, file) in &self.files {
            if let Err(fault) = journal::fits(folder, file) {
                let (record, file) = (*record, file.file.clone());
                damage.push(DamageReport::new(&Problem::File { record, file, fault }, text));
            }
        }
        let mut excerpts: BTreeMap<StepId, Excerpt> = BTreeMap::new();
        for (step, attempts) in &self.attempts {
            if let Some((record, transcript)) = &attempts.output {
                let excerpt = excerpt(folder, *record, transcript, text);
                excerpts.insert(
                    step.clone(),
                    excerpt.unwrap_or_else(|found| {
                        let excerpt = Excerpt {
                            file: transcript.file.clone(),
                            lines: Vec::new(),
                            left_out: transcript.left_out,
                            damage: Some(found.what.clone()),
                        };
                        damage.push(found);
                        excerpt
                    }),
                );
            }
        }
        let now = self.last.unwrap_or_default();
        let lang = text.lang();
        let fold = &self.run;
        let checklist = fold.checklist();
        let inputs = checklist.inputs.iter().filter_map(|input| {
            let values = fold.inputs().get(&input.id)?.values().to_vec();
            Some(InputReport { id: input.id.to_string(), label: input.ask.get(lang).to_owned(), values })
        });
        let gate = check::gate(fold, now, text);
        let statuses = fold.statuses(now);
        let checked = check::steps(fold, now, text);
        let steps = checklist.steps.iter().zip(statuses).zip(checked);
        Report {
            rehearsal: is_rehearsal(fold.mode()),
            scenario: match fold.mode() {
                Mode::Live => None,
                Mode::Rehearsal(scenario) => Some(scenario.clone()),
            },
            redacted: false,
            format: FORMAT,
            damage,
            newer,
            run: read.header.run.clone(),
            checklist: checklist.into(),
            title: checklist.title.get(lang).to_owned(),
            greenlight: self.greenlight.clone(),
            greenlight_sha256: read.header.greenlight.as_ref().and_then(|greenlight| greenlight.sha256),
            began: fold.began().map(Time::from),
            until: self.last.map(Time::from),
            operators: self.operators.clone(),
            shells: self.shells.clone(),
            journal: self.journal.clone(),
            inputs: inputs.collect(),
            gate: GateReport { open: gate.open && read.condition == Condition::Whole, ..gate },
            steps: steps
                .map(|((step, status), checked)| {
                    self.step(step, &status, checked, text, excerpts.remove(&step.id))
                })
                .collect(),
            handoff: match fold.handoff() {
                HandoffStage::Sealed { at, files } => {
                    Some(Seal { at: (*at).into(), by: self.confirmed.clone(), files: files.clone() })
                }
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Confirming
                | HandoffStage::Writing => None,
            },
            head: read.head.into(),
        }
    }

    fn step(
        &self,
        step: &Step,
        status: &StepStatus,
        checked: check::CheckedStep,
        text: Text,
        excerpt: Option<Excerpt>,
    ) -> StepReport {
        let state = self.run.state(&step.id);
        let found = state.and_then(|state| state.found.as_ref());
        let finding = counting(state, status);
        let attempts = self.attempts.get(&step.id);
        StepReport {
            failures: check::failures(state, status),
            checked,
            word: text.status(status),
            why: step.why.get(text.lang()).to_owned(),
            commands: commands(step),
            checked_at: finding.and(found).map(|found| found.at.into()),
            remedies: remedies(state, status, step, text),
            statement: self.statement(step, text),
            attempts: attempts.map_or(0, |attempts| attempts.count),
            last_attempts: attempts
                .map(|attempts| attempts.last.iter().cloned().collect())
                .unwrap_or_default(),
            excerpt,
        }
    }

    fn statement(&self, step: &Step, text: Text) -> Option<StatementReport> {
        let asked = match &step.kind {
            StepKind::Measured { .. } => return None,
            StepKind::Attested { statement } => statement.get(text.lang()).to_owned(),
        };
        let made = self.run.state(&step.id).and_then(|state| state.statement.as_ref());
        Some(match made {
            None => StatementReport { statement: asked, made: None },
            // In the words in which it was made, whatever the language of the report.
            Some(made) => StatementReport {
                statement: made.statement.clone(),
                made: Some(Made {
                    name: made.name.clone(),
                    note: made.note.clone(),
                    by: made.by.clone(),
                    at: made.at.into(),
                }),
            },
        })
    }
}

/// The end of a transcript that is what was written.
fn excerpt(
    folder: &Folder,
    record: u64,
    transcript: &FileDigest,
    text: Text,
) -> Result<Excerpt, DamageReport> {
    let file = transcript.file.clone();
    match journal::tail(folder, transcript, EXCERPT) {
        Ok(lines) => {
            let lines = lines.into_iter().map(shortened).collect();
            Ok(Excerpt { file, lines, left_out: transcript.left_out, damage: None })
        }
        Err(fault) => Err(DamageReport::new(&Problem::File { record, file, fault }, text)),
    }
}

/// A line with its end left out where it is very long; all of it is in the transcript.
fn shortened(mut line: TranscriptLine) -> TranscriptLine {
    let mut kept = line.text.char_indices().enumerate();
    if let Some((_, (end, _))) =
        kept.find(|(count, (at, c))| *count == LINE_KEPT || at + c.len_utf8() > BYTES_KEPT)
    {
        line.text.truncate(end);
        // What it was read into may be much larger.
        line.text.shrink_to_fit();
        line.text.push('…');
    }
    line
}

fn commands(step: &Step) -> Vec<CommandReport> {
    match &step.kind {
        StepKind::Attested { .. } => Vec::new(),
        StepKind::Measured { check, apply } => {
            let check =
                CommandReport { purpose: Purpose::Check, command: check.command.clone(), changes: None };
            let apply = apply.as_ref().map(|apply| CommandReport {
                purpose: Purpose::Apply,
                command: apply.command.clone(),
                changes: Some(apply.changes),
            });
            std::iter::once(check).chain(apply).collect()
        }
    }
}
