//! What may be said of a step at a moment. Every face shows this and derives nothing of its own.

use std::cell::OnceCell;

use super::age::millis;
use super::applicability::{Applicability, Doubt, WhyNot};
use super::before::FoundBefore;
use super::count::{Count, Heading};
use super::evidence::{error_that_decides, failures, nearest_first, remedies};
use super::failed_rows::FailedRows;
use super::gate::{self, Gate, Reason};
use super::next_action::NextAction;
use super::state::{
    AgainCause, Attestation, CheckRecord, HandoffStage, LastApply, Run, ShellState, StepState,
};
use super::status::StepStatus;
use super::wait::WaitProgress;
use crate::checklist::{Changes, Input, Localized, Need, Remedy, Step, StepId, StepKind, Weight};
use crate::run::{Coverage, Failure, Moment, Purpose, VerdictReason};

/// All that may be shown of a step at a moment.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    pub step: &'a Step,
    /// The heading that stands above it, where one does.
    pub heading: Option<Heading<'a>>,
    pub status: StepStatus,
    /// Whether it applies, and why not, or why that is not known.
    pub applies: Applicability,
    /// Why it is not green, but for what it waits for; none where the status says it all.
    pub reason: Option<StatusReason<'a>>,
    /// The steps that it needs and that are not green; none of a green one.
    pub waits_for: Vec<&'a StepId>,
    /// The last check, as long as what it found is what is known: not while another runs, nor after an apply that it did not
    /// read back, nor of a step that does not apply.
    pub found: Option<&'a CheckRecord>,
    /// The rows by which it is not green; none of a green one.
    pub rows: Option<FailedRows<'a>>,
    /// Of which of the names that it must speak of its check does; none of a green one.
    pub covered: Option<&'a Coverage>,
    /// What somebody stated, whether or not it still counts.
    pub statement: Option<&'a Attestation>,
    /// The last apply, unless the step is green or something runs for it.
    pub applied: Option<&'a LastApply>,
    /// What was found before it was applied beyond the session for the last time, where that was not as wanted.
    pub found_before: Option<&'a FoundBefore>,
    /// The errors that count, the nearest to the cause first, each with the command that gave it; none of a green one.
    pub failures: Vec<(Purpose, &'a Failure)>,
    /// The remedies that fit, each once, the nearest to the cause first.
    pub remedies: Vec<&'a Remedy>,
    /// When it ends if nothing else ends it: it, or what it rests on, is too old then. Wall clock, milliseconds; of a green
    /// one only.
    pub ends: Option<i64>,
    /// How many sign-ins have failed in a row, with a credential that it asks for or, while it is not green, signs in with.
    pub failed_sign_ins: u32,
    /// It will be checked after what runs now.
    pub queued: bool,
    /// What to do next about it.
    pub next: NextAction,
}

/// Why a step is not green.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StatusReason<'a> {
    NotChecked,
    /// Nobody has stated this.
    NotStated(&'a Localized),
    Running(Purpose),
    /// Its condition is not met; [`Assessment::applies`] says why.
    DoesNotApply,
    /// It is not known whether it applies; [`Assessment::applies`] says why.
    NotKnownToApply,
    /// It was applied, and is checked again until it is green or the time is up.
    Polling(WaitProgress),
    /// Its command changes only the session, and has not been run in this one.
    NotApplied,
    /// Its command, which changes only the session, is to be run again.
    ToApplyAgain(&'a AgainCause),
    /// What its last check came to.
    Verdict(&'a VerdictReason),
    /// The error by which it came to that: of its apply, or of the check itself.
    Error(Purpose, &'a Failure),
    /// Its command was cut off, and no check has read back what it did.
    ApplyCut,
}

impl Applicability {
    /// What is to be done before anything else can be, where that it is not known is why not.
    fn comes_first(&self) -> Option<NextAction> {
        match self {
            Self::Unknown(Doubt::NoValue(_) | Doubt::NotJudged(WhyNot::Input { .. })) => {
                Some(NextAction::GiveInput)
            }
            // It may be found otherwise.
            Self::Unknown(Doubt::NotJudged(WhyNot::Found { step, .. } | WhyNot::Source { step })) => {
                Some(NextAction::NeedsFirst(step.clone()))
            }
            Self::Applies | Self::DoesNot(_) | Self::Unknown(Doubt::NotGreen(_)) => None,
        }
    }
}

impl Run {
    /// What may be said of `step` at `now`; none if the checklist has no such step.
    pub fn assess(&self, step: &StepId, now: Moment) -> Option<Assessment<'_>> {
        let place = self.graph.place(step)?;
        Assessor::new(self, now).assess(place)
    }

    /// The same of the steps that keep the gate locked.
    pub(crate) fn assess_locking(&self, reasons: &[Reason], now: Moment) -> Vec<Assessment<'_>> {
        let assessor = Assessor::new(self, now);
        reasons.iter().filter_map(|reason| assessor.assess(self.graph.place(&reason.step)?)).collect()
    }

    /// The same of every step, in the order of the checklist.
    pub fn assess_all(&self, now: Moment) -> Vec<Assessment<'_>> {
        let assessor = Assessor::new(self, now);
        (0..self.checklist.steps.len()).filter_map(|place| assessor.assess(place)).collect()
    }

    /// The advisory steps that are not green, in the order of the checklist: the gate is open without them.
    pub fn advisory_not_green(&self, now: Moment) -> Vec<Assessment<'_>> {
        self.assess_open(now).filter(|open| open.step.weight == Weight::Advisory).collect()
    }

    /// The same of every step that is not held, in the order of the checklist.
    pub(super) fn assess_open(&self, now: Moment) -> impl Iterator<Item = Assessment<'_>> {
        let assessor = Assessor::new(self, now);
        let places = 0..self.checklist.steps.len();
        let open: Vec<usize> = places
            .filter(|place| assessor.statuses.get(*place).is_some_and(|status| !status.is_held()))
            .collect();
        open.into_iter().filter_map(move |place| assessor.assess(place))
    }

    /// What to do next about a step where nobody is there to ask: an optional input without a value stays empty.
    pub(crate) fn next_unattended(&self, step: &StepId, now: Moment) -> Option<NextAction> {
        let place = self.graph.place(step)?;
        Assessor { asked: Asked::Nobody, ..Assessor::new(self, now) }.assess(place).map(|step| step.next)
    }

    /// The step that applies and is not green where to go on, with what to do next about it; none where all are green.
    pub fn next_action(&self, now: Moment) -> Option<(&StepId, NextAction)> {
        let assessor = Assessor::new(self, now);
        let place = self.first_open(&assessor.statuses)?;
        let assessment = assessor.assess(place)?;
        Some((&assessment.step.id, assessment.next))
    }
}

/// Who can be asked for the value of an input.
#[derive(Clone, Copy)]
enum Asked {
    Somebody,
    /// An optional input without a value stays empty.
    Nobody,
}

/// A run as it stands at a moment.
struct Assessor<'a> {
    asked: Asked,
    run: &'a Run,
    now: Moment,
    statuses: Vec<StepStatus>,
    /// The time lived at which each step ends, if it is green.
    ends: Vec<u64>,
    /// Asked only of a green step.
    gate_is_open: OnceCell<bool>,
}

impl<'a> Assessor<'a> {
    fn new(run: &'a Run, now: Moment) -> Self {
        let statuses = run.statuses(now);
        let mut ends: Vec<u64> = Vec::with_capacity(statuses.len());
        for (place, step) in run.checklist.steps.iter().enumerate() {
            let needs = run.graph.needs(place).iter().filter_map(|need| ends.get(*need).copied());
            let own = run.state_at(place).and_then(|state| state.ends(step));
            let source = run.source(step).and_then(|place| ends.get(place).copied());
            let applies = statuses.get(place) != Some(&StepStatus::DoesNotApply);
            let own = needs.chain(own).filter(|_| applies);
            ends.push(own.chain(source).min().unwrap_or(u64::MAX));
        }
        Self { asked: Asked::Somebody, run, now, statuses, ends, gate_is_open: OnceCell::new() }
    }

    fn gate_is_open(&self) -> bool {
        *self.gate_is_open.get_or_init(|| match gate::of(self.run, &self.statuses) {
            Gate::Open(_) => true,
            Gate::Locked(_) => false,
        })
    }

    fn assess(&self, place: usize) -> Option<Assessment<'a>> {
        let step = self.run.checklist.steps.get(place)?;
        let status = self.statuses.get(place)?.clone();
        let condition = self.run.applicability(place, &self.statuses, self.now);
        let state = self.run.state_at(place);
        let green = status.is_held();
        let again = state.and_then(|state| self.run.apply_again(state));
        // A green that is not relied on says nothing.
        let relied_on = |found: &&CheckRecord| again.is_none() || !found.is_green();
        let found = state.and_then(|state| state.found_that_counts(&status)).filter(relied_on);
        // What runs now says more than the last one did.
        let is_over = !green && !matches!(status, StepStatus::Running(_));
        let applied = state.and_then(|state| state.applied.as_ref()).filter(|_| is_over);
        let waits_for = if green { Vec::new() } else { self.not_green(place, &condition) };
        let sources = nearest_first(found, applied);
        let lived = self.run.clock.elapsed(self.now);
        let remedies = remedies(step, &status, &sources, |remedy| self.leads_to_one_that_applies(remedy));
        let is_green = status == StepStatus::Green;
        let left = self.ends.get(place).filter(|_| is_green).map(|ends| ends.saturating_sub(lived));
        let failures = if green { Vec::new() } else { failures(&sources) };
        let wait = self.run.wait_progress(&step.id, self.now);
        let cause = found.and_then(|found| error_that_decides(&found.finding.reason, &sources));
        let reason = reason(step, &status, &condition, found, again, wait);
        Some(Assessment {
            reason: match (reason, cause) {
                (Some(StatusReason::Verdict(_)), Some((purpose, failure))) => {
                    Some(StatusReason::Error(purpose, failure))
                }
                (reason, _) => reason,
            },
            failures,
            failed_sign_ins: self.failed_sign_ins(place, green),
            rows: found.filter(|_| !green).and_then(|found| FailedRows::of(&found.finding)),
            covered: found.filter(|_| !green).and_then(|found| found.finding.covered.as_deref()),
            heading: self.heading(place),
            ends: left.map(|left| self.now.wall.saturating_add_unsigned(left)),
            queued: status != StepStatus::DoesNotApply && self.run.is_wanted(&step.id),
            next: self.next(place, step, &condition, &remedies, waits_for.first().copied()),
            remedies,
            applies: condition,
            step,
            status,
            waits_for,
            found,
            statement: state.and_then(|state| state.statement.as_ref()),
            applied,
            found_before: state.and_then(|state| state.applied.as_ref()?.found_before.as_ref()),
        })
    }

    fn leads_to_one_that_applies(&self, remedy: &Remedy) -> bool {
        let named = remedy.go.as_ref().and_then(|go| self.run.graph.place(&go.step));
        named.and_then(|place| self.statuses.get(place)).is_some_and(|it| *it != StepStatus::DoesNotApply)
    }

    fn heading(&self, place: usize) -> Option<Heading<'a>> {
        let checklist = &self.run.checklist;
        if !checklist.group_begins(place) {
            return None;
        }
        let group = checklist.steps.get(place)?.group.as_ref();
        let from_here = checklist.steps.iter().zip(&self.statuses).skip(place);
        let of_group = from_here.take_while(|(step, _)| step.group.as_ref() == group);
        Some(Heading { group, count: Count::of(of_group) })
    }

    /// What it needs and is not held, and what its condition waits for.
    fn not_green(&self, place: usize, applies: &Applicability) -> Vec<&'a StepId> {
        let needs = self.run.graph.needs(place);
        let needs = needs.iter().filter(|need| !self.statuses.get(**need).is_some_and(StepStatus::is_held));
        let mut waits_for: Vec<&StepId> =
            needs.filter_map(|need| Some(&self.run.checklist.steps.get(*need)?.id)).collect();
        if let Applicability::Unknown(Doubt::NotGreen(source)) = applies
            && let Some(step) = self.run.step(source)
            && !waits_for.contains(&&step.id)
        {
            waits_for.push(&step.id);
        }
        waits_for
    }

    /// Whether a value is to be given first. One that may stay empty stays so where nobody gives it, unless somebody would be
    /// offered a default.
    fn lacks_input(&self, step: &Step) -> bool {
        let needed = |input: &Input| match (self.asked, input.need) {
            (Asked::Somebody | Asked::Nobody, Need::Required) => true,
            (Asked::Somebody, Need::Optional) => input.default.is_some(),
            (Asked::Nobody, Need::Optional) => false,
        };
        let run = self.run;
        run.checklist.inputs_of(step).any(|input| needed(input) && !run.inputs.contains_key(&input.id))
    }

    /// What comes before its own next command. Where nobody is there no remedy is tried, and nobody signs in twice with what
    /// was refused.
    fn leads_to(&self, place: usize, remedies: &[&Remedy]) -> Option<NextAction> {
        match self.asked {
            Asked::Somebody => self.run.leads_to(place, &self.statuses, remedies, self.now),
            Asked::Nobody => {
                self.run.leads_to(place, &self.statuses, &[], self.now).map(|_| NextAction::Wait)
            }
        }
    }

    fn failed_sign_ins(&self, place: usize, green: bool) -> u32 {
        let asks = || self.run.state_at(place).is_some_and(|state| state.credential.is_some());
        if !green || asks() { self.run.failed_sign_ins(place) } else { 0 }
    }

    fn next(
        &self,
        place: usize,
        step: &Step,
        applies: &Applicability,
        remedies: &[&Remedy],
        waits_for: Option<&StepId>,
    ) -> NextAction {
        let run = self.run;
        let Some(status) = self.statuses.get(place) else { return NextAction::Wait };
        if run.foreground_command().is_some() || !run.held.is_empty() || *run.handoff() != HandoffStage::Idle
        {
            return NextAction::Wait;
        }
        if status.is_held() {
            return if self.gate_is_open() { NextAction::Gate } else { NextAction::Onward };
        }
        let needs_first = waits_for.cloned().map(NextAction::NeedsFirst).or_else(|| applies.comes_first());
        match (&step.kind, run.shell()) {
            (StepKind::Attested { .. }, _) => needs_first.unwrap_or(NextAction::Attest),
            (StepKind::Measured { .. }, ShellState::Absent) => NextAction::OpenShell,
            (StepKind::Measured { .. }, ShellState::Opening(_)) => NextAction::Wait,
            (StepKind::Measured { .. }, ShellState::Open(..)) => needs_first.unwrap_or_else(|| {
                let apply = step.changes();
                let led = self.leads_to(place, remedies);
                match status {
                    _ if self.lacks_input(step) => NextAction::GiveInput,
                    _ if led.is_some() => led.unwrap_or(NextAction::Wait),
                    StepStatus::Red | StepStatus::ToDo => apply.map_or(NextAction::Check, NextAction::Apply),
                    // Nobody will come to check it again.
                    StepStatus::Undetermined | StepStatus::Interrupted
                        if matches!(self.asked, Asked::Nobody) && apply == Some(Changes::Session) =>
                    {
                        NextAction::Apply(Changes::Session)
                    }
                    StepStatus::NotRun
                    | StepStatus::Waiting
                    | StepStatus::Running(_)
                    | StepStatus::DoesNotApply
                    | StepStatus::Polling
                    | StepStatus::Green
                    | StepStatus::Stale(_)
                    | StepStatus::Undetermined
                    | StepStatus::Interrupted => NextAction::Check,
                }
            }),
        }
    }
}

impl StepState {
    /// The last finding, where it is still what is known: what an apply left behind, no older check knows.
    fn found_that_counts(&self, status: &StepStatus) -> Option<&CheckRecord> {
        let is_known = self.unread_apply().is_none()
            && !matches!(status, StepStatus::Running(_) | StepStatus::DoesNotApply);
        self.found.as_ref().filter(|_| is_known)
    }

    /// The time lived at which it is too old, whatever it rests on.
    fn ends(&self, step: &Step) -> Option<u64> {
        let since = match &step.kind {
            StepKind::Measured { .. } => self.found.as_ref()?.lived,
            StepKind::Attested { .. } => self.statement.as_ref()?.lived,
        };
        Some(since.saturating_add(millis(step.fresh_for)))
    }
}

fn reason<'a>(
    step: &'a Step,
    status: &StepStatus,
    applies: &Applicability,
    found: Option<&'a CheckRecord>,
    again: Option<&'a AgainCause>,
    wait: Option<WaitProgress>,
) -> Option<StatusReason<'a>> {
    let is_unknown = matches!(applies, Applicability::Unknown(Doubt::NoValue(_) | Doubt::NotJudged(_)));
    match status {
        StepStatus::DoesNotApply => Some(StatusReason::DoesNotApply),
        StepStatus::NotRun | StepStatus::Undetermined if is_unknown => Some(StatusReason::NotKnownToApply),
        // The status names its cause, or what is waited for.
        StepStatus::Green | StepStatus::Waiting | StepStatus::Stale(_) => None,
        StepStatus::NotRun => Some(match &step.kind {
            StepKind::Measured { .. } => StatusReason::NotChecked,
            StepKind::Attested { statement } => StatusReason::NotStated(statement),
        }),
        StepStatus::Running(purpose) => Some(StatusReason::Running(*purpose)),
        StepStatus::Polling => wait.map(StatusReason::Polling),
        StepStatus::ToDo => Some(again.map_or(StatusReason::NotApplied, StatusReason::ToApplyAgain)),
        StepStatus::Red | StepStatus::Undetermined | StepStatus::Interrupted => {
            Some(found.map_or(StatusReason::ApplyCut, |found| StatusReason::Verdict(&found.finding.reason)))
        }
    }
}
