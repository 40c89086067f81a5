//! What Enter does for a step: the next sensible thing. A proposal only; the run still says whether it may happen.

use crate::checklist::{Changes, StepId, StepKind};
use crate::run::gate::Gate;
use crate::run::{HandoffStage, ShellState, StepStatus, gate};
use crate::tui::View;

/// The next sensible thing for the selected step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NextStep {
    /// Nothing: something runs, or is being started.
    Wait,
    Reconnect,
    /// A step that it needs must be green first.
    NeedsFirst(StepId),
    /// An input has no value.
    Input,
    Check,
    Apply(Changes),
    Attest,
    /// Go to the gate: it is open.
    Gate,
    /// Go to the next step that is not green.
    Onward,
}

/// The next sensible thing for the step at `selected`.
pub(crate) fn next_step(view: &View<'_>, selected: usize) -> NextStep {
    let run = view.run;
    let Some(step) = view.step(selected) else { return NextStep::Wait };
    if run.foreground_command().is_some() || *run.handoff() != HandoffStage::Idle {
        return NextStep::Wait;
    }
    let status = run.status(&step.id, view.now);
    if status == StepStatus::Green {
        return match gate::evaluate(run, view.now) {
            Gate::Open(_) => NextStep::Gate,
            Gate::Locked(_) => NextStep::Onward,
        };
    }
    let not_green = |need: &&StepId| run.status(need, view.now) != StepStatus::Green;
    let blocked = step.needs.iter().find(not_green).cloned();
    match &step.kind {
        StepKind::Attested { .. } => blocked.map_or(NextStep::Attest, NextStep::NeedsFirst),
        StepKind::Measured { apply, .. } => {
            match run.shell() {
                ShellState::Absent => return NextStep::Reconnect,
                ShellState::Opening(_) => return NextStep::Wait,
                ShellState::Open(..) => {}
            }
            if let Some(need) = blocked {
                return NextStep::NeedsFirst(need);
            }
            if !run.missing_inputs(step).is_empty() {
                return NextStep::Input;
            }
            match (status, apply) {
                (StepStatus::Red, Some(apply)) => NextStep::Apply(apply.changes),
                (
                    StepStatus::Red
                    | StepStatus::NotRun
                    | StepStatus::Running(_)
                    | StepStatus::Green
                    | StepStatus::Stale(_)
                    | StepStatus::Undetermined
                    | StepStatus::Interrupted,
                    _,
                ) => NextStep::Check,
            }
        }
    }
}
