//! What to do about a failure that the author knows, and what does it.

use serde::Serialize;

use super::{Localized, Pattern, StepId};

/// What to do about a failure that the author knows.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// `when`: every condition given must hold; none given means any outcome that is not green.
    pub when: RemedyWhen,
    pub say: Localized,
    /// `docs`: a page about it.
    pub docs: Option<String>,
    /// `go`: what does it.
    pub go: Option<Go>,
}

/// What a remedy leads to: a command of its own step or of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Go {
    pub step: StepId,
    pub act: Act,
}

/// Which of a step's commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    Check,
    Apply,
}

/// When a remedy is the right one.
#[derive(Clone, Debug, Default)]
pub struct RemedyWhen {
    /// `error_id`: the `FullyQualifiedErrorId` up to its first comma, or the exception type's last name; a number in any of the
    /// forms in which a code is written.
    pub error_id: Option<String>,
    /// `text`: a pattern found in the error's message.
    pub text: Option<Pattern>,
    /// `property`: rows were judged by this property, and not as expected.
    pub property: Option<String>,
}

impl RemedyWhen {
    /// Whether it has no condition: it fits whatever is not green.
    pub(crate) const fn is_empty(&self) -> bool {
        let Self { error_id, text, property } = self;
        error_id.is_none() && text.is_none() && property.is_none()
    }
}
