//! Steps that are checked again and again after their apply: since when, when next, and what ends that.

use super::age::millis;
use super::applicability::Applicability;
use super::state::{HandoffStage, Run, ShellState};
use super::status::StepStatus;
use crate::checklist::{Step, StepId, StepKind, Until};
use crate::run::{ApplyEnd, Attempt, Event, Mode, Moment, Purpose, StopCause, Verdict, WaitEnd};

/// The longest time between two checks in a rehearsal, where nothing takes as long as it would, milliseconds.
const REHEARSED_MS: u64 = 2_000;

/// A step that waits. A wait is of one process, so that its monotonic clock tells how long it lasts: what a computer sleeps is
/// no time in which something could have been waited for, and a wall clock that is set is none either.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wait {
    pub(super) step: StepId,
    /// When its apply ended.
    began: u64,
    /// When its last check ended, or else its apply.
    checked: u64,
    /// From then to the next.
    every: u64,
    limit: u64,
}

/// How far a wait is, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitProgress {
    pub elapsed: u64,
    pub limit: u64,
    /// Until the next check is due; none while one runs.
    pub next: Option<u64>,
    pub pace: Pace,
}

/// How long a wait takes, by what its step says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    AsTheStepSays,
    /// Shorter: it is a rehearsal.
    Shortened,
}

impl Wait {
    const fn elapsed(&self, now: Moment) -> u64 {
        let elapsed = now.mono.saturating_sub(self.began);
        if elapsed < self.limit { elapsed } else { self.limit }
    }

    const fn left(&self, now: Moment) -> u64 {
        self.limit - self.elapsed(now)
    }

    const fn next(&self, now: Moment) -> u64 {
        self.checked.saturating_add(self.every).saturating_sub(now.mono)
    }
}

impl Run {
    /// Whether a step is checked again and again after its apply.
    pub fn has_waits(&self) -> bool {
        !self.waits.is_empty()
    }

    /// How many steps are.
    pub fn waiting(&self, now: Moment) -> usize {
        let statuses = self.statuses(now);
        statuses.iter().filter(|status| **status == StepStatus::Polling).count()
    }

    /// How long waits take here, by what their steps say.
    pub(crate) const fn pace(&self) -> Pace {
        match self.mode {
            Mode::Live => Pace::AsTheStepSays,
            Mode::Rehearsal(_) => Pace::Shortened,
        }
    }

    pub(super) fn wait_of(&self, step: &StepId) -> Option<&Wait> {
        self.waits.iter().find(|wait| wait.step == *step)
    }

    pub(super) fn wait_progress(&self, step: &StepId, now: Moment) -> Option<WaitProgress> {
        let wait = self.wait_of(step)?;
        let next = (!self.runs_for(step)).then(|| wait.next(now));
        Some(WaitProgress { elapsed: wait.elapsed(now), limit: wait.limit, next, pace: self.pace() })
    }

    /// What an event means for the steps that wait, before it is folded otherwise.
    pub(super) fn fold_waits(&mut self, at: Moment, event: &Event) {
        let of = |attempt: &Attempt| {
            let running = self.running.as_ref().filter(|running| running.attempt == *attempt);
            running.map(|running| running.step.clone())
        };
        match event {
            Event::Applied { attempt, end: ApplyEnd::Done, .. } => {
                if let Some(step) = of(attempt) {
                    self.begin_wait(&step, at);
                }
            }
            Event::Checked { attempt, finding, .. } => {
                let Some(step) = of(attempt) else { return };
                match finding.verdict {
                    Verdict::Green => self.end_wait(&step),
                    Verdict::Red | Verdict::Undetermined | Verdict::Interrupted => self.wait_on(&step, at),
                }
            }
            Event::Started { step, purpose: Purpose::Apply, .. } | Event::WaitEnded { step, .. } => {
                self.end_wait(step);
            }
            Event::StopAsked { attempt, cause: StopCause::Operator } => {
                if let Some(step) = of(attempt) {
                    self.end_wait(&step);
                }
            }
            // Nobody goes on with them.
            Event::Resumed { .. }
            | Event::WriteFailed { .. }
            | Event::ShellEnded { .. }
            | Event::HandoffBegun { .. } => self.waits.clear(),
            Event::Begun { .. }
            | Event::Quarantined { .. }
            | Event::OrphanFile { .. }
            | Event::InputGiven { .. }
            | Event::ShellStarting { .. }
            | Event::ShellOpened { .. }
            | Event::Queued { .. }
            | Event::Started { purpose: Purpose::Check, .. }
            | Event::ApplyPlanned { .. }
            | Event::ApplyGivenUp { .. }
            | Event::Asked { .. }
            | Event::Answered { .. }
            | Event::StopAsked { cause: StopCause::Timeout, .. }
            | Event::TimeoutExtended { .. }
            | Event::KillAsked { .. }
            | Event::Held { .. }
            | Event::Released {}
            | Event::Applied { end: ApplyEnd::Failed | ApplyEnd::Interrupted, .. }
            | Event::Attested { .. }
            | Event::ApplicabilityKnown { .. }
            | Event::Expired { .. }
            | Event::GoBegun { .. }
            | Event::GoEnded { .. }
            | Event::HandoffAbandoned { .. }
            | Event::HandoffConfirmed { .. }
            | Event::Sealed { .. } => {}
        }
    }

    /// Its apply ended done: it waits from now on, if it says so.
    fn begin_wait(&mut self, step: &StepId, at: Moment) {
        let Some(Until { every, limit }) = self.step(step).and_then(until) else { return };
        let (every, limit) = (millis(every).max(1), millis(limit));
        let (every, limit) = match self.pace() {
            Pace::AsTheStepSays => (every, limit),
            // As many checks as there would be, in less time.
            Pace::Shortened => {
                let short = every.min(REHEARSED_MS);
                (short, limit / every * short)
            }
        };
        self.waits.push(Wait { step: step.clone(), began: at.mono, checked: at.mono, every, limit });
    }

    pub(super) fn end_wait(&mut self, step: &StepId) {
        self.waits.retain(|wait| wait.step != *step);
    }

    /// It was checked, whoever had asked for that.
    fn wait_on(&mut self, step: &StepId, at: Moment) {
        if let Some(wait) = self.waits.iter_mut().find(|wait| wait.step == *step) {
            wait.checked = at.mono;
        }
    }

    /// The waits that are over at `now`, which is not recorded yet. One whose check runs goes on until that has ended.
    pub(super) fn waits_over(&self, now: Moment) -> Vec<(StepId, WaitEnd)> {
        // What is being checked is not green meanwhile, and neither is what rests on it.
        let needs_count = self.foreground_command().is_none_or(|running| running.purpose == Purpose::Apply);
        let over = |wait: &Wait| match self.step(&wait.step) {
            _ if self.runs_for(&wait.step) => None,
            _ if wait.left(now) == 0 => Some(WaitEnd::TimeUp),
            Some(step) if needs_count && !self.still_wanted(step, now) => Some(WaitEnd::NeedNotGreen),
            Some(_) | None => None,
        };
        self.waits.iter().filter_map(|wait| Some((wait.step.clone(), over(wait)?))).collect()
    }

    /// After how many milliseconds something is to be done about a step that waits, if nothing happens meanwhile.
    pub(super) fn wait_after(&self, now: Moment) -> Option<u64> {
        let waits = self.waits.iter().filter(|wait| !self.runs_for(&wait.step));
        waits
            .map(|wait| if self.may_poll() { wait.left(now).min(wait.next(now)) } else { wait.left(now) })
            .min()
    }

    /// The steps whose next check is due, the longest due first.
    pub(super) fn polls_due(&self, now: Moment) -> Vec<StepId> {
        if !self.may_poll() {
            return Vec::new();
        }
        let mut due: Vec<&Wait> = self.waits.iter().filter(|wait| wait.next(now) == 0).collect();
        due.sort_by_key(|wait| wait.checked.saturating_add(wait.every));
        due.into_iter().map(|wait| wait.step.clone()).collect()
    }

    fn may_poll(&self) -> bool {
        self.running.is_none()
            && self.handoff == HandoffStage::Idle
            && matches!(self.shell, ShellState::Open(..))
    }

    fn runs_for(&self, step: &StepId) -> bool {
        self.running.as_ref().is_some_and(|running| running.step == *step)
    }

    /// It applies, and what it needs is held.
    fn still_wanted(&self, step: &Step, now: Moment) -> bool {
        let statuses = self.statuses(now);
        let held = |need: &usize| statuses.get(*need).is_some_and(StepStatus::is_held);
        self.graph.place(&step.id).is_some_and(|place| {
            self.applicability(place, &statuses, now) == Applicability::Applies
                && self.graph.needs(place).iter().all(held)
        })
    }
}

fn until(step: &Step) -> Option<Until> {
    match &step.kind {
        StepKind::Measured { check, apply: Some(_) } => check.until.as_deref().copied(),
        StepKind::Measured { apply: None, .. } | StepKind::Attested { .. } => None,
    }
}
