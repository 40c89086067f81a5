//! What was folded, as a report.

use std::collections::BTreeMap;

use super::super::check::{self, is_rehearsal};
use super::super::{
    ChecklistRef, CommandReport, DamageReport, Excerpt, FORMAT, GateReport, InputReport, Made, Report, Seal,
    StatementReport, StepReport, Time,
};
use super::Folding;
use crate::checklist::{Step, StepId, StepKind};
use crate::journal::{self, Condition, Contents, Folder, Problem, TranscriptLine};
use crate::run::{Assessment, FileDigest, HandoffStage, Mode, Moment, Purpose};
use crate::text::Text;

/// How many lines of output a report shows for a step.
const EXCERPT: usize = 20;
/// How many characters of such a line it shows.
const LINE_KEPT: usize = 500;
/// How many bytes of such a line: what is not seen is written out, at up to six times its length.
const BYTES_KEPT: usize = 1000;

impl Folding {
    /// The report, with the ends of the transcripts in `folder`. `read` is the journal that the events came from.
    pub fn finish<T>(mut self, folder: &Folder, read: &Contents<T>, text: Text) -> Report {
        if let Some((step, running)) = self.current.take() {
            self.keep(step, running);
        }
        let (mut damage, newer) = self.not_whole(folder, &read.condition, text);
        let excerpts = self.excerpts(folder, &mut damage, text);
        let now = self.last.unwrap_or_default();
        let run = &self.run;
        let checklist = run.checklist();
        let gate = check::gate(run, now, text);
        Report {
            rehearsal: is_rehearsal(run.mode()),
            scenario: match run.mode() {
                Mode::Live => None,
                Mode::Rehearsal(scenario) => Some(scenario.clone()),
            },
            redacted: false,
            format: FORMAT,
            damage,
            newer,
            run: read.header.run.clone(),
            checklist: ChecklistRef::new(checklist, text),
            title: checklist.title.get(text.lang()).to_owned(),
            greenlight_sha256: read.header.greenlight.as_ref().and_then(|greenlight| greenlight.sha256),
            began: run.began().map(Time::from),
            until: self.last.map(Time::from),
            inputs: self.inputs(text),
            gate: GateReport { open: gate.open && read.condition == Condition::Whole, ..gate },
            steps: self.steps(now, excerpts, text),
            handoff: self.seal(),
            head: read.head.into(),
            greenlight: self.greenlight,
            operators: self.operators,
            shells: self.shells,
            subjects: self.subjects,
            journal: self.journal,
        }
    }

    /// What is damaged, and what a newer program wrote.
    fn not_whole(
        &self,
        folder: &Folder,
        condition: &Condition,
        text: Text,
    ) -> (Vec<DamageReport>, Option<String>) {
        let (record, newer) = match condition.clone() {
            Condition::Whole => (None, None),
            Condition::Newer(what) => (None, Some(text.newer(&what))),
            Condition::Torn { record } => (Some(Problem::Torn { record }), None),
            Condition::Damaged { record, what } => (Some(Problem::Record { record, what }), None),
        };
        let files = self.files.iter().filter_map(|(record, file)| {
            let fault = journal::fits(folder, file).err()?;
            Some(Problem::File { record: *record, file: file.file.clone(), fault })
        });
        let damage = record.into_iter().chain(files).map(|problem| DamageReport::new(&problem, text));
        (damage.collect(), newer)
    }

    /// The end of each step's last output; where it is not what was written, that it is not, which is damage too.
    fn excerpts(
        &self,
        folder: &Folder,
        damage: &mut Vec<DamageReport>,
        text: Text,
    ) -> BTreeMap<StepId, Excerpt> {
        let outputs =
            self.attempts.iter().filter_map(|(step, attempts)| Some((step, attempts.output.as_ref()?)));
        let excerpts = outputs.map(|(step, (record, transcript))| {
            let excerpt = excerpt(folder, *record, transcript, text).unwrap_or_else(|found| {
                let excerpt = Excerpt {
                    file: transcript.file.clone(),
                    lines: Vec::new(),
                    left_out: transcript.left_out,
                    damage: Some(found.what.clone()),
                };
                damage.push(found);
                excerpt
            });
            (step.clone(), excerpt)
        });
        excerpts.collect()
    }

    fn inputs(&self, text: Text) -> Vec<InputReport> {
        let inputs = self.run.checklist().inputs.iter().filter_map(|input| {
            let values = self.run.inputs().get(&input.id)?.values().to_vec();
            Some(InputReport {
                id: input.id.to_string(),
                label: input.ask.get(text.lang()).to_owned(),
                values,
            })
        });
        inputs.collect()
    }

    fn seal(&self) -> Option<Seal> {
        match self.run.handoff() {
            HandoffStage::Sealed { at, files } => {
                Some(Seal { at: (*at).into(), by: self.confirmed.clone(), files: files.clone() })
            }
            HandoffStage::Idle
            | HandoffStage::Rechecking { .. }
            | HandoffStage::Confirming
            | HandoffStage::Writing => None,
        }
    }

    fn steps(&self, now: Moment, mut excerpts: BTreeMap<StepId, Excerpt>, text: Text) -> Vec<StepReport> {
        let steps = self.run.assess_all(now);
        steps.iter().map(|step| self.step(step, text, excerpts.remove(&step.step.id))).collect()
    }

    fn step(&self, assessment: &Assessment<'_>, text: Text, excerpt: Option<Excerpt>) -> StepReport {
        let step = assessment.step;
        let attempts = self.attempts.get(&step.id);
        StepReport {
            checked: check::checked(&self.run, assessment, text),
            word: text.standing(assessment),
            heading: assessment.heading.as_ref().map(|heading| text.heading(heading)),
            why: step.why.get(text.lang()).to_owned(),
            commands: commands(step),
            checked_at: assessment.found.map(|found| found.at.into()),
            statement: statement(assessment, text),
            attempts: attempts.map_or(0, |attempts| attempts.count),
            last_attempts: attempts
                .map(|attempts| attempts.last.iter().cloned().collect())
                .unwrap_or_default(),
            applies: self.applies.report(step, text),
            excerpt,
        }
    }
}

/// What is or was stated, where the step is a statement.
pub(in crate::report) fn statement(assessment: &Assessment<'_>, text: Text) -> Option<StatementReport> {
    let asked = match &assessment.step.kind {
        StepKind::Measured { .. } => return None,
        StepKind::Attested { statement } => statement.get(text.lang()).to_owned(),
    };
    Some(match assessment.statement {
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
