//! A green that a person stated, which is no measured one.

use super::assessment::Assessment;
use super::status::StepStatus;
use crate::checklist::StepKind;

impl Assessment<'_> {
    /// Whether it is green because somebody stated it, and not because a command found it so.
    pub fn is_stated(&self) -> bool {
        self.status == StepStatus::Green && matches!(self.step.kind, StepKind::Attested { .. })
    }
}
