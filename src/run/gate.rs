//! The gate: locked with its reasons, or open.
//!
//! [`evaluate`] is the only function in the program that can say "open": [`Pass`] cannot be made elsewhere.

use super::{Mode, Moment, Run, StaleCause, Standing};
use crate::checklist::{StepId, Weight};

/// Locked, or open.
#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// Every required step is green at this moment.
    Open(Pass),
    /// These are not.
    Locked(Vec<Reason>),
}

/// Proof that [`evaluate`] found the gate open.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    mode: Mode,
}

impl Pass {
    /// Live, or only rehearsed.
    pub const fn mode(&self) -> &Mode {
        &self.mode
    }
}

/// One step that keeps the gate locked.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Which.
    pub step: StepId,
    /// Why.
    pub why: Why,
}

/// Why a step keeps the gate locked.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It was never checked or stated.
    NotRun,
    /// It is running.
    Running,
    /// It does not hold.
    Red,
    /// It could not be found out.
    Undetermined,
    /// We stopped watching.
    Interrupted,
    /// It was green and no longer counts.
    Stale(StaleCause),
}

/// Evaluates the gate at `now`. A checklist without a required step never opens, nor does a run of another checklist.
pub fn evaluate(run: &Run, now: Moment) -> Gate {
    let mut required = 0_usize;
    let mut reasons = Vec::new();
    for (step, standing) in run.checklist().steps.iter().zip(run.standings(now)) {
        match step.weight {
            Weight::Advisory => continue,
            Weight::Required => required += 1,
        }
        let why = match standing {
            Standing::Green => continue,
            Standing::NotRun => Why::NotRun,
            Standing::Running(_) => Why::Running,
            Standing::Red => Why::Red,
            Standing::Undetermined => Why::Undetermined,
            Standing::Interrupted => Why::Interrupted,
            Standing::Stale(cause) => Why::Stale(cause),
        };
        reasons.push(Reason { step: step.id.clone(), why });
    }
    if required > 0 && reasons.is_empty() && run.is_of_its_checklist() {
        Gate::Open(Pass { mode: run.mode().clone() })
    } else {
        Gate::Locked(reasons)
    }
}
