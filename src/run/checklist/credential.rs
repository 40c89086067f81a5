//! A credential that was given to a command.

use crate::checklist::StepId;
use crate::run::{Attempt, Session};

/// The credential that somebody gave when the apply of a step asked for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Credential {
    /// The apply that asked.
    pub(super) given: Attempt,
    pub(super) session: Session,
    /// A sign-in with it failed, and none was good since.
    pub(super) is_refused: bool,
    /// How many sign-ins have failed in a row, with this one and those before it.
    pub(super) failed: u32,
    /// The step whose apply failed last.
    pub(super) failed_at: Option<StepId>,
}
