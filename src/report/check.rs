//! The result of a run in the shape that `check --output json` prints. Names and fields are a published format.

use serde::Serialize;

use crate::checklist::{Checklist, ChecklistId, InputId, Sha, Step, StepId, StepKind, Weight};
use crate::run::gate::{self, Gate};
use crate::run::{Fact, Failure, Finding, Mode, Moment, Run, StepState, StepStatus, Verdict};
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
    pub steps: Vec<PrintedStep>,
}

/// Which checklist a result belongs to.
#[derive(Clone, Debug, Serialize)]
pub struct ChecklistRef {
    pub id: ChecklistId,
    pub version: String,
    /// The digest of its file.
    pub sha256: Sha,
}

impl From<&Checklist> for ChecklistRef {
    fn from(checklist: &Checklist) -> Self {
        Self { id: checklist.id.clone(), version: checklist.version.clone(), sha256: checklist.sha256 }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct GateReport {
    /// Whether it is open.
    pub open: bool,
    /// Why it is not.
    pub reasons: Vec<GateReason>,
}

/// A step that keeps the gate locked.
#[derive(Clone, Debug, Serialize)]
pub struct GateReason {
    pub step: StepId,
    pub reason: String,
}

/// What counts now of a step. A green that no longer counts is undetermined, never green.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepVerdict {
    Green,
    Red,
    /// It is not known.
    Undetermined,
    Interrupted,
    /// It was never checked or stated.
    NotRun,
}

impl StepVerdict {
    /// The word for programs, as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Red => "red",
            Self::Undetermined => "undetermined",
            Self::Interrupted => "interrupted",
            Self::NotRun => "not-run",
        }
    }
}

impl From<&StepStatus> for StepVerdict {
    fn from(status: &StepStatus) -> Self {
        match status {
            StepStatus::Green => Self::Green,
            StepStatus::Red => Self::Red,
            StepStatus::Undetermined | StepStatus::Stale(_) | StepStatus::Running(_) => Self::Undetermined,
            StepStatus::Interrupted => Self::Interrupted,
            StepStatus::NotRun => Self::NotRun,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct CheckedStep {
    pub id: StepId,
    pub title: String,
    /// Whether it counts for the gate.
    pub required: bool,
    pub verdict: StepVerdict,
    pub facts: Vec<Fact>,
    /// Why it is not green, in words.
    pub reason: Option<String>,
    pub remedy: Option<String>,
    /// How long the check took.
    pub elapsed_ms: Option<u64>,
}

/// One step's result, as `check` prints it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PrintedStep {
    #[serde(flatten)]
    step: CheckedStep,
    failures: Vec<Failure>,
}

/// The result of `run` at `now` as one line of JSON.
pub fn json(run: &Run, now: Moment, text: Text) -> String {
    let statuses = run.statuses(now);
    let printed = |((mut checked, step), status): ((CheckedStep, &Step), &StepStatus)| {
        checked.remedy = checked.remedy.or_else(|| missing_inputs(run, step, status, text));
        PrintedStep { step: checked, failures: failures(run.state(&step.id), status) }
    };
    let report = CheckReport {
        format: FORMAT,
        checklist: run.checklist().into(),
        rehearsal: is_rehearsal(run.mode()),
        gate: gate(run, now, text),
        steps: steps(run, now, text)
            .into_iter()
            .zip(&run.checklist().steps)
            .zip(&statuses)
            .map(printed)
            .collect(),
    };
    super::json::line(&report)
}

/// What to give on the command line, where a step was not checked because it has inputs without a value.
pub(crate) fn missing_inputs(run: &Run, step: &Step, status: &StepStatus, text: Text) -> Option<String> {
    let missing = match status {
        StepStatus::NotRun => run.missing_inputs(step),
        StepStatus::Green
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted
        | StepStatus::Stale(_)
        | StepStatus::Running(_) => Vec::new(),
    };
    let say = |id: &InputId| text.check_input_missing(run.name_of(id.as_str(), text.lang()), id);
    let inputs: Vec<String> = missing.iter().map(say).collect();
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
    match gate::evaluate(run, now) {
        Gate::Open(_) => GateReport { open: true, reasons: Vec::new() },
        Gate::Locked(reasons) => GateReport {
            open: false,
            reasons: reasons
                .into_iter()
                .map(|reason| GateReason { reason: text.why_locked(&reason.why, &name), step: reason.step })
                .collect(),
        },
    }
}

pub(super) fn steps(run: &Run, now: Moment, text: Text) -> Vec<CheckedStep> {
    let steps = run.checklist().steps.iter().zip(run.statuses(now));
    steps.map(|(step, status)| checked(run, step, &status, text)).collect()
}

fn checked(run: &Run, step: &Step, status: &StepStatus, text: Text) -> CheckedStep {
    let state = run.state(&step.id);
    let finding = counting(state, status);
    CheckedStep {
        id: step.id.clone(),
        title: step.title.get(text.lang()).to_owned(),
        required: match step.weight {
            Weight::Required => true,
            Weight::Advisory => false,
        },
        verdict: status.into(),
        facts: finding.map(|finding| facts(step, finding, text)).unwrap_or_default(),
        reason: reason(run, step, status, text),
        remedy: remedies(state, status, step, text).into_iter().next(),
        elapsed_ms: finding.map(|finding| finding.elapsed_ms),
    }
}

/// The first errors of the last apply and the last check, unless it is green.
pub(super) fn failures(state: Option<&StepState>, status: &StepStatus) -> Vec<Failure> {
    match status {
        StepStatus::Green => Vec::new(),
        StepStatus::NotRun
        | StepStatus::Running(_)
        | StepStatus::Stale(_)
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted => {
            let applied = state.and_then(|state| state.applied.as_ref());
            let applied = applied.map_or(&[][..], |applied| applied.failures.as_slice());
            let checked = counting(state, status).map_or(&[][..], |finding| finding.failures.as_slice());
            [applied, checked].concat()
        }
    }
}

/// What was found, with what was expected in the language of the reader.
fn facts(step: &Step, finding: &Finding, text: Text) -> Vec<Fact> {
    let facts = finding.facts.iter();
    facts.map(|fact| Fact { expected: text.expected(step, fact), ..fact.clone() }).collect()
}

/// The last finding, where it still says something: what an interrupted apply left behind, no older check knows.
pub(super) fn counting<'a>(state: Option<&'a StepState>, status: &StepStatus) -> Option<&'a Finding> {
    let finding = &state?.found.as_ref()?.finding;
    match status {
        StepStatus::NotRun | StepStatus::Running(_) => None,
        StepStatus::Interrupted => (finding.verdict == Verdict::Interrupted).then_some(finding),
        StepStatus::Green | StepStatus::Stale(_) | StepStatus::Red | StepStatus::Undetermined => {
            Some(finding)
        }
    }
}

/// Why a step is not green.
fn reason(run: &Run, step: &Step, status: &StepStatus, text: Text) -> Option<String> {
    let name = |id: &str| run.name_of(id, text.lang());
    match status {
        StepStatus::Green => None,
        StepStatus::NotRun => Some(match &step.kind {
            StepKind::Measured { .. } => text.why_not_run(),
            StepKind::Attested { statement } => text.attestation_missing(statement.get(text.lang())),
        }),
        StepStatus::Running(_) => Some(text.why_running()),
        StepStatus::Stale(cause) => Some(text.stale(cause, &name)),
        StepStatus::Red | StepStatus::Undetermined | StepStatus::Interrupted => {
            let finding = counting(run.state(&step.id), status);
            Some(
                finding
                    .map_or_else(|| text.why_interrupted(), |finding| text.verdict_reason(&finding.reason)),
            )
        }
    }
}

/// The remedies that fit what the last check and the last apply said, each once, the nearest first.
pub(super) fn remedies(
    state: Option<&StepState>,
    status: &StepStatus,
    step: &Step,
    text: Text,
) -> Vec<String> {
    let positions = match status {
        StepStatus::Red | StepStatus::Undetermined | StepStatus::Interrupted => {
            let checked = counting(state, status).map_or(&[][..], |finding| finding.remedies.as_slice());
            let applied = state
                .and_then(|state| state.applied.as_ref())
                .map_or(&[][..], |applied| applied.remedies.as_slice());
            // What the apply met is nearer to the cause than what the check then saw.
            [applied, checked].concat()
        }
        StepStatus::Green | StepStatus::NotRun | StepStatus::Running(_) | StepStatus::Stale(_) => Vec::new(),
    };
    let mut texts: Vec<String> = Vec::new();
    for remedy in positions.into_iter().filter_map(|position| step.remedies.get(position)) {
        let say = remedy.say.get(text.lang());
        if !texts.iter().any(|known| known == say) {
            texts.push(say.to_owned());
        }
    }
    texts
}
