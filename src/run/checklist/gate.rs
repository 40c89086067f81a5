//! The gate: locked with its reasons, or open.
//!
//! [`evaluate`] is the only function in the program that can say "open": [`GatePass`] cannot be made elsewhere.

use crate::checklist::{StepId, Weight};
use crate::run::{Mode, Moment, Run, StaleCause, StepStatus};

#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// Every required step is green at this moment.
    Open(GatePass),
    Locked(Vec<Reason>),
}

/// Proof that [`evaluate`] found the gate open.
#[derive(Clone, Debug, PartialEq)]
pub struct GatePass {
    mode: Mode,
}

impl GatePass {
    /// Live, or only rehearsed.
    pub const fn mode(&self) -> &Mode {
        &self.mode
    }
}

/// One step that keeps the gate locked.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    pub step: StepId,
    pub why: LockReason,
}

/// Why a step keeps the gate locked.
#[derive(Clone, Debug, PartialEq)]
pub enum LockReason {
    /// It was never checked or stated.
    NotRun,
    /// A step that it needs is not green.
    Waiting,
    /// Its command, which changes only the session, is still to be run.
    ToDo,
    Running,
    /// It is checked again and again after its apply.
    Polling,
    /// It does not hold.
    Red,
    /// It could not be found out.
    Undetermined,
    Interrupted,
    /// It was green and no longer counts.
    Stale(StaleCause),
    /// It does not apply, and no other required step does.
    NothingApplies,
}

/// Whether it is locked because no required step applies: that is said once, and not of each of them.
pub(crate) fn nothing_applies(reasons: &[Reason]) -> bool {
    !reasons.is_empty() && reasons.iter().all(|reason| reason.why == LockReason::NothingApplies)
}

/// Evaluates the gate at `now`. A checklist without a required step that applies never opens, nor does a run of another checklist.
pub fn evaluate(run: &Run, now: Moment) -> Gate {
    of(run, &run.statuses(now))
}

/// The same by how every step stands, in the order of the checklist.
pub(super) fn of(run: &Run, statuses: &[StepStatus]) -> Gate {
    let mut green = 0_usize;
    let mut reasons = Vec::new();
    let mut not_applying = Vec::new();
    for (step, status) in run.checklist().steps.iter().zip(statuses) {
        match step.weight {
            Weight::Advisory => continue,
            Weight::Required => {}
        }
        let why = match status {
            StepStatus::DoesNotApply => {
                not_applying.push(Reason { step: step.id.clone(), why: LockReason::NothingApplies });
                continue;
            }
            StepStatus::Green => {
                green += 1;
                continue;
            }
            StepStatus::NotRun => LockReason::NotRun,
            StepStatus::Waiting => LockReason::Waiting,
            StepStatus::ToDo => LockReason::ToDo,
            StepStatus::Running(_) => LockReason::Running,
            StepStatus::Polling => LockReason::Polling,
            StepStatus::Red => LockReason::Red,
            StepStatus::Undetermined => LockReason::Undetermined,
            StepStatus::Interrupted => LockReason::Interrupted,
            StepStatus::Stale(cause) => LockReason::Stale(cause.clone()),
        };
        reasons.push(Reason { step: step.id.clone(), why });
    }
    if green == 0 && reasons.is_empty() {
        return Gate::Locked(not_applying);
    }
    if reasons.is_empty() && run.is_of_its_checklist() {
        Gate::Open(GatePass { mode: run.mode().clone() })
    } else {
        Gate::Locked(reasons)
    }
}
