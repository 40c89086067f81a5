//! What to do next about a step.

use crate::checklist::explain::CommandPurpose;
use crate::checklist::{Changes, StepId};

/// The next sensible thing for a step. A proposal only: whether it may happen, the run says when it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextAction {
    /// Nothing: something runs, or is being started, or the run is being handed off.
    Wait,
    /// There is no PowerShell.
    OpenShell,
    /// A command of another step, which a remedy names, or which asks for the credential that was refused.
    Other {
        step: StepId,
        does: CommandPurpose,
    },
    /// A step that it needs must be green first.
    NeedsFirst(StepId),
    /// An input has no value.
    GiveInput,
    Check,
    Apply(Changes),
    Attest,
    /// It is green, and so is every required one.
    Gate,
    /// It is green; another is not.
    Onward,
}
