//! The one fold from a journal's events to a report. Its memory grows with the steps, not with the records.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::{AttemptOutcome, AttemptReport, JournalNote, Operator};
use crate::checklist::{Checklist, StepId};
use crate::journal::Folder;
use crate::run::{
    About, ApplyEnd, ApplyGivenUp, Attempt, Build, Event, Failure, FileDigest, Finding, FoundSubject, Moment,
    Purpose, Run, Stamped, Trigger, Verdict, VerdictReason, Who,
};

mod applied;
mod finish;

use applied::Applies;

pub(super) use finish::statement;

/// How many commands of a step a report names.
const ATTEMPTS_KEPT: usize = 10;

/// A report in the making: give it the events in order, then [`finish`](Self::finish) it.
#[derive(Debug)]
pub struct Folding {
    run: Run,
    greenlight: String,
    operators: Vec<Operator>,
    shells: Vec<About>,
    subjects: Vec<FoundSubject>,
    journal: Vec<JournalNote>,
    attempts: BTreeMap<StepId, Attempts>,
    applies: Applies,
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
            subjects: Vec::new(),
            journal: Vec::new(),
            attempts: BTreeMap::new(),
            applies: Applies::default(),
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
            Event::Resumed { by, greenlight, greenlight_sha256, .. } => {
                self.cut_off();
                let greenlight = greenlight_sha256
                    .map(|sha256| Build { version: greenlight.clone(), sha256: Some(sha256) });
                self.operators.push(Operator { who: by.clone(), since: (*at).into(), greenlight });
            }
            Event::Quarantined { torn } => {
                self.files.push((self.record, torn.clone()));
                self.journal.push(JournalNote::Quarantined { torn: torn.clone(), at: (*at).into() });
            }
            Event::OrphanFile { file } => self.orphan_file(*at, file),
            Event::WriteFailed { why } => {
                self.journal.push(JournalNote::WriteFailed { why: why.clone(), at: (*at).into() });
            }
            Event::ShellOpened { about, .. } => {
                if !self.shells.contains(about) {
                    self.shells.push(about.clone());
                }
            }
            Event::ShellEnded { .. } => self.cut_off(),
            Event::Started { attempt, step, purpose, trigger, .. } => {
                self.begin(*at, *attempt, step, *purpose, *trigger);
            }
            Event::ApplyPlanned { step, subject, before, .. } => {
                subject.iter().cloned().for_each(|found| self.keep_subject(found));
                self.applies.planned(&self.run, step, subject.as_ref(), *before);
            }
            Event::ApplyGivenUp { step, why } => {
                if let ApplyGivenUp::SubjectChanged { subject } = why {
                    self.keep_subject(subject.clone());
                }
                let by = self.operators.last().map(|operator| &operator.who);
                self.applies.given_up(&self.run, *at, by, step, why);
            }
            Event::Checked { attempt, finding, transcript } => {
                self.met(finding);
                let outcome = AttemptOutcome::Checked(finding.verdict);
                self.files.extend(finding.rows_file.as_deref().map(|file| (self.record, file.clone())));
                self.end(*attempt, outcome, &finding.failures, finding.elapsed_ms, transcript.as_ref());
            }
            Event::Applied { attempt, end, failures, elapsed_ms, transcript, .. } => {
                let outcome = AttemptOutcome::Applied(*end);
                self.end(*attempt, outcome, failures, *elapsed_ms, transcript.as_ref());
            }
            Event::HandoffConfirmed { by } => self.confirmed = Some(by.clone()),
            Event::Sealed { files, .. } => {
                self.files.extend(files.iter().map(|file| (self.record, file.clone())));
            }
            Event::InputGiven { .. }
            | Event::ShellStarting { .. }
            | Event::Queued { .. }
            | Event::Asked { .. }
            | Event::Answered { .. }
            | Event::StopAsked { .. }
            | Event::TimeoutExtended { .. }
            | Event::KillAsked { .. }
            | Event::Held { .. }
            | Event::Released {}
            | Event::Attested { .. }
            | Event::ApplicabilityKnown { .. }
            | Event::Expired { .. }
            | Event::WaitEnded { .. }
            | Event::GoBegun { .. }
            | Event::GoEnded { .. }
            | Event::HandoffBegun { .. }
            | Event::HandoffAbandoned { .. } => {}
        }
    }

    /// Keeps which subjects a check speaks of: one, or several of which only the names are known.
    fn met(&mut self, finding: &Finding) {
        let named = match &finding.reason {
            VerdictReason::SubjectUnclear { scope, names } => {
                let named =
                    |name: &String| FoundSubject { scope: *scope, name: name.clone(), id: name.clone() };
                names.iter().map(named).collect()
            }
            _ => Vec::new(),
        };
        for found in finding.subject.as_deref().cloned().into_iter().chain(named) {
            self.keep_subject(found);
        }
    }

    fn keep_subject(&mut self, found: FoundSubject) {
        if !self.subjects.contains(&found) {
            self.subjects.push(found);
        }
    }

    fn orphan_file(&mut self, at: Moment, file: &FileDigest) {
        self.files.push((self.record, file.clone()));
        if let Some((step, attempt)) = &mut self.current
            && file.file.starts_with(&Folder::transcripts_begin(step, attempt.number))
        {
            attempt.transcript = Some(file.clone());
        }
        self.journal.push(JournalNote::OrphanFile { file: file.clone(), at: at.into() });
    }

    fn begin(&mut self, at: Moment, attempt: Attempt, step: &StepId, purpose: Purpose, trigger: Trigger) {
        let by = self.operators.last().map(|operator| &operator.who);
        match purpose {
            Purpose::Check => self.applies.check_begun(trigger),
            Purpose::Apply => self.applies.begun(&self.run, at, by, step, attempt),
        }
        let begun = AttemptReport {
            number: attempt.0.get(),
            purpose,
            errand: trigger,
            at: at.into(),
            by: by.cloned(),
            outcome: None,
            error: None,
            elapsed_ms: None,
            transcript: None,
        };
        self.current = Some((step.clone(), begun));
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
            match outcome {
                AttemptOutcome::Checked(_) => self.applies.checked(&self.run, &step, attempt),
                AttemptOutcome::Applied(end) => self.applies.ended(attempt, end),
            }
            ended.outcome = Some(outcome);
            ended.error = failures.first().map(|failure| failure.told().into_owned());
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
        self.run.nobody_goes_on(self.last.unwrap_or_default());
        self.cut_off();
    }

    /// What ran is interrupted.
    fn cut_off(&mut self) {
        self.applies.cut_off();
        if let Some((step, mut attempt)) = self.current.take() {
            attempt.outcome = Some(match attempt.purpose {
                Purpose::Check => AttemptOutcome::Checked(Verdict::Interrupted),
                Purpose::Apply => AttemptOutcome::Applied(ApplyEnd::Interrupted),
            });
            self.keep(step, attempt);
        }
    }
}
