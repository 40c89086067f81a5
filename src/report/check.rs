//! The result of a run in the shape that `check --output json` prints. Names and fields are a published format.

use serde::Serialize;

mod words;

pub use words::StepVerdict;
pub(super) use words::{Basis, StepStatusWord};

use super::SourceReport;
use crate::checklist::{Changes, Checklist, ChecklistId, Go, InputId, Need, Sha, Step, StepId, Weight};
use crate::run::gate::{self, Gate};
use crate::run::{
    Assessment, Count, Coverage, Fact, FailingRow, Failure, FoundSubject, KnownSubject, Mode, Moment, Run,
    StepStatus,
};
use crate::text::Text;

/// The format of [`json`].
pub(crate) const FORMAT: u32 = 1;

#[derive(Clone, Debug, Serialize)]
pub(crate) struct CheckReport {
    /// [`FORMAT`].
    pub format: u32,
    pub checklist: ChecklistRef,
    /// Whether it was only rehearsed.
    pub rehearsal: bool,
    pub gate: GateReport,
    /// The steps, in the order of the checklist.
    pub steps: Vec<CheckedStep>,
}

/// Which checklist a result belongs to.
#[derive(Clone, Debug, Serialize)]
pub struct ChecklistRef {
    pub id: ChecklistId,
    pub version: String,
    /// The digest of its file.
    pub sha256: Sha,
    /// The page that it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceReport>,
}

impl ChecklistRef {
    pub(super) fn new(checklist: &Checklist, text: Text) -> Self {
        Self {
            id: checklist.id.clone(),
            version: checklist.version.clone(),
            sha256: checklist.sha256,
            source: checklist.source.as_ref().map(|source| SourceReport::new(source, text.lang())),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct GateReport {
    /// Whether it is open.
    pub open: bool,
    /// Why it is not.
    pub reasons: Vec<GateReason>,
    /// Whether that is because no required step applies: these are listed as such, and once.
    #[serde(skip)]
    pub nothing_applies: bool,
    /// How the required steps stand.
    pub count: Count,
    /// What the work is done to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<GateSubject>,
    /// What no check has to cover.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// What the work is done to, as a step's check found it.
#[derive(Clone, Debug, Serialize)]
pub struct GateSubject {
    pub scope: Changes,
    /// The step that finds it.
    pub step: StepId,
    /// As it was found last.
    pub found: Option<FoundSubject>,
    /// Whether it still is that one, as far as may be said now.
    pub sure: bool,
}

/// A step that keeps the gate locked.
#[derive(Clone, Debug, Serialize)]
pub struct GateReason {
    pub step: StepId,
    pub reason: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct CheckedStep {
    pub id: StepId,
    pub title: String,
    /// The group that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether it counts for the gate.
    pub required: bool,
    pub verdict: StepVerdict,
    pub basis: Basis,
    /// How it stands, as every screen has it: finer than the verdict.
    pub status: StepStatusWord,
    /// The steps that it needs and that are not green.
    pub waits_for: Vec<StepId>,
    pub facts: Vec<Fact>,
    /// The rows by which it is not green, the first of them.
    pub failing: Vec<FailingRow>,
    /// How many rows fail.
    pub failing_rows: u64,
    /// How many more times one fails than `failing` says.
    pub more_failing: u64,
    /// The same in words.
    #[serde(skip)]
    pub more_rows: Option<String>,
    /// Of which of the names that its check must speak of it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covered: Option<Coverage>,
    /// The first warnings of the check that counts, and how many more there were.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_warnings: Option<u64>,
    /// Why it is not green, in words.
    pub reason: Option<String>,
    /// The nearest of the remedies.
    pub remedy: Option<String>,
    /// All that fit, the nearest first.
    pub remedies: Vec<String>,
    /// Where those lead that lead to a command, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub go: Vec<Go>,
    /// The same in words, of each remedy.
    #[serde(skip)]
    pub leads: Vec<Option<String>>,
    /// How many sign-ins have failed in a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_sign_ins: Option<u32>,
    /// The first errors of the last apply and the last check, the nearest to the cause first.
    pub failures: Vec<Failure>,
    /// How long the check took.
    pub elapsed_ms: Option<u64>,
}

impl GateSubject {
    /// Its name among properties.
    pub(super) const fn property(&self) -> &'static str {
        match self.scope {
            Changes::Tenant => "subject.tenant",
            Changes::Forest => "subject.forest",
            Changes::Computer | Changes::Session => "subject.computer",
        }
    }
}

impl GateReport {
    /// What the work is done to, in words.
    pub(super) fn subject_lines(&self, text: Text) -> Vec<String> {
        let line = |GateSubject { scope, found, sure, .. }: &GateSubject| {
            text.subject_line(*scope, found.as_ref(), *sure)
        };
        self.subjects.iter().map(line).collect()
    }

    /// What no check has to cover, in words.
    pub(super) fn left_out_line(&self, text: Text) -> Option<String> {
        text.left_out_names(&self.left_out.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

impl CheckedStep {
    /// What was found, without the rows that fail where those are shown as well.
    pub(super) fn found(&self, fact: &Fact, text: Text) -> String {
        found_beside(&self.failing, fact, text)
    }

    /// The remedies, the nearest first, each with where it leads.
    pub(super) fn remedies(&self) -> impl Iterator<Item = (&String, Option<&String>)> {
        self.remedies.iter().zip(self.leads.iter().map(Option::as_ref))
    }

    /// How many sign-ins have failed in a row, in words.
    pub(super) fn sign_ins_failed(&self, text: Text) -> Option<String> {
        text.sign_ins_failed(self.failed_sign_ins?)
    }

    /// The warnings, as the rows of a block.
    pub(super) fn warning_lines(&self, text: Text) -> String {
        let more = self.more_warnings.map(|more| text.more_warnings(more));
        self.warnings.iter().cloned().chain(more).collect::<Vec<_>>().join("\n")
    }
}

/// What was found, without the rows that fail where those are shown as well.
pub(super) fn found_beside(failing: &[FailingRow], fact: &Fact, text: Text) -> String {
    if failing.is_empty() { fact.found.clone() } else { text.found_beside_rows(fact) }
}

/// The result of `run` at `now` as one line of JSON.
pub fn json(run: &Run, now: Moment, text: Text) -> String {
    let steps = run.assess_all(now).into_iter().map(|assessment| {
        let mut step = checked(run, &assessment, text);
        step.remedy = step.remedy.or_else(|| missing_inputs(run, &assessment, text));
        step
    });
    let report = CheckReport {
        format: FORMAT,
        checklist: ChecklistRef::new(run.checklist(), text),
        rehearsal: is_rehearsal(run.mode()),
        gate: gate(run, now, text),
        steps: steps.collect(),
    };
    super::json::line(&report)
}

/// What to give on the command line, where a step was not checked because it has inputs without a value.
pub(crate) fn missing_inputs(run: &Run, assessment: &Assessment<'_>, text: Text) -> Option<String> {
    let missing = match assessment.status {
        StepStatus::NotRun | StepStatus::Waiting | StepStatus::ToDo => run.missing_inputs(assessment.step),
        StepStatus::Green
        | StepStatus::DoesNotApply
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted
        | StepStatus::Stale(_)
        | StepStatus::Polling
        | StepStatus::Running(_) => Vec::new(),
    };
    let say = |id: &InputId| text.check_input_missing(run.name_of(id.as_str(), text.lang()), id);
    let needed = |id: &&InputId| run.checklist().input(id).is_some_and(|input| input.need == Need::Required);
    let inputs: Vec<String> = missing.iter().filter(needed).map(say).collect();
    (!inputs.is_empty()).then(|| inputs.join("; "))
}

pub(super) const fn is_rehearsal(mode: &Mode) -> bool {
    match mode {
        Mode::Live => false,
        Mode::Rehearsal(_) => true,
    }
}

pub(super) fn gate(run: &Run, now: Moment, text: Text) -> GateReport {
    let name = |id: &str| run.name_of(id, text.lang());
    let count = run.count(now);
    let left_out = run.left_out().into_iter().map(str::to_owned).collect();
    let subjects = run.subjects(now).into_iter().map(|KnownSubject { scope, step, found, is_sure }| {
        GateSubject { scope, step: step.clone(), found: found.cloned(), sure: is_sure }
    });
    let subjects = subjects.collect();
    match gate::evaluate(run, now) {
        Gate::Open(_) => {
            GateReport { open: true, reasons: Vec::new(), nothing_applies: false, count, subjects, left_out }
        }
        Gate::Locked(reasons) => GateReport {
            open: false,
            nothing_applies: gate::nothing_applies(&reasons),
            count,
            subjects,
            left_out,
            reasons: run
                .assess_locking(&reasons, now)
                .iter()
                .filter_map(|assessment| {
                    let reason = text.why_locked(assessment, &name)?;
                    Some(GateReason { step: assessment.step.id.clone(), reason })
                })
                .collect(),
        },
    }
}

/// What was found, in the words of the reader.
pub(super) fn facts_in_words(facts: &[Fact], step: &Step, text: Text) -> Vec<Fact> {
    let told =
        |fact: &Fact| Fact { expected: text.expected(step, fact), found: text.found(fact), ..fact.clone() };
    facts.iter().map(told).collect()
}

/// The rows that fail, in the words of the reader.
pub(super) fn rows_in_words(rows: &[FailingRow], step: &Step, text: Text) -> Vec<FailingRow> {
    let told = |row: &FailingRow| FailingRow { expected: text.row_expected(step, row), ..row.clone() };
    rows.iter().map(told).collect()
}

/// A step as it stands, in the words of the reader.
pub(super) fn checked(run: &Run, assessment: &Assessment<'_>, text: Text) -> CheckedStep {
    let step = assessment.step;
    let finding = assessment.found.map(|found| &found.finding);
    let facts = finding.map_or(&[][..], |finding| &finding.facts);
    let failing = assessment.rows.map_or(&[][..], |rows| rows.shown);
    let name = |id: &str| run.name_of(id, text.lang());
    let leads =
        assessment.remedies.iter().map(|remedy| remedy.go.as_ref().map(|go| text.go(go, &step.id, &name)));
    let says = assessment.remedies.iter().map(|remedy| remedy.say.get(text.lang()).to_owned());
    let remedies: Vec<String> = says.collect();
    CheckedStep {
        id: step.id.clone(),
        title: step.title.get(text.lang()).to_owned(),
        group: step.group.as_ref().map(|group| group.get(text.lang()).to_owned()),
        required: match step.weight {
            Weight::Required => true,
            Weight::Advisory => false,
        },
        verdict: assessment.into(),
        basis: (&step.kind).into(),
        status: (&assessment.status).into(),
        waits_for: assessment.waits_for.iter().copied().cloned().collect(),
        facts: facts_in_words(facts, step, text),
        failing: rows_in_words(failing, step, text),
        failing_rows: assessment.rows.map_or(0, |rows| rows.count),
        more_failing: assessment.rows.map_or(0, |rows| rows.more),
        more_rows: assessment.rows.and_then(|rows| text.more_failing(&rows, rows.shown.len())),
        covered: finding.and_then(|finding| finding.covered.as_deref().cloned()),
        warnings: finding.map(|finding| finding.warnings.clone()).unwrap_or_default(),
        more_warnings: finding.map(|finding| finding.more_warnings).filter(|more| *more > 0),
        reason: text.why_not_green(assessment, &name),
        remedy: remedies.first().cloned(),
        remedies,
        go: assessment.remedies.iter().filter_map(|remedy| remedy.go.clone()).collect(),
        leads: leads.collect(),
        failed_sign_ins: Some(assessment.failed_sign_ins).filter(|failed| *failed > 0),
        failures: assessment.failures.iter().map(|(_, failure)| (*failure).clone()).collect(),
        elapsed_ms: finding.map(|finding| finding.elapsed_ms),
    }
}
