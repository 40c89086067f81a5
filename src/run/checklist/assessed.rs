//! What follows from an assessment alone.

use super::applicability::Applicability;
use super::assessment::Assessment;
use super::before::FoundBefore;
use super::status::StepStatus;
use crate::checklist::{Changes, StepKind};

impl Assessment<'_> {
    /// Whether its apply may be offered: where something was found that it may change. A green one is applied again by who
    /// names it: a credential that was given, and was wrong.
    pub fn may_apply(&self) -> bool {
        self.step.changes().is_some()
            && self.applies == Applicability::Applies
            && match self.status {
                StepStatus::Green
                | StepStatus::Red
                | StepStatus::ToDo
                | StepStatus::Polling
                | StepStatus::Undetermined
                | StepStatus::Interrupted => true,
                StepStatus::NotRun
                | StepStatus::Waiting
                | StepStatus::DoesNotApply
                | StepStatus::Running(_)
                | StepStatus::Stale(_) => false,
            }
    }

    /// Whether it is green because somebody stated it, and not because a command found it so.
    pub fn is_stated(&self) -> bool {
        self.status == StepStatus::Green && matches!(self.step.kind, StepKind::Attested { .. })
    }

    /// What an apply beyond the session would change, as it was found last.
    pub fn would_change(&self) -> Option<FoundBefore> {
        self.step.changes().filter(|changes| *changes != Changes::Session)?;
        FoundBefore::of(&self.found?.finding)
    }

    /// Whether a remedy fits by what was said, and not only one that always fits.
    pub fn is_known(&self) -> bool {
        self.remedies.first().is_some_and(|remedy| !remedy.fits_always())
    }
}
