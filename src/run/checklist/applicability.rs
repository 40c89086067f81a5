//! What may be known of whether a step applies, and why it does not. Names and fields of what is serialized are the journal's format.

use serde::{Deserialize, Serialize};

use crate::checklist::{InputId, StepId};

/// Whether a step applies at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applicability {
    Applies,
    DoesNot(WhyNot),
    /// It is not known: the step can be neither checked, applied nor stated.
    Unknown(Doubt),
}

/// Why a step does not apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "because", rename_all = "kebab-case")]
pub enum WhyNot {
    /// What was given.
    Input { input: InputId, found: String },
    /// What a step found.
    Found { step: StepId, property: String, found: String },
    /// The step whose rows say so does not apply.
    Source { step: StepId },
}

/// Why it is not known whether a step applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It was not given, or left empty where it is not asked for emptiness.
    NoValue(InputId),
    NotGreen(StepId),
    /// What was given, or found, is nothing that the condition can tell anything of.
    NotJudged(WhyNot),
}

/// What has become known of whether a step applies, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepApplies {
    pub step: StepId,
    pub applies: Applies,
    /// The value that decided; none of one that applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<WhyNot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    Yes,
    No,
    /// There is a value, and nobody can tell.
    Unknown,
}

/// What is known of the condition of one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Condition {
    /// What a value that counted said last. It stays while none counts: a source that is checked again says nothing new yet.
    pub(super) known: Option<Applies>,
    /// The same, as far as it was recorded.
    pub(super) recorded: Option<Applies>,
    /// What the rows of its source say, as of the last check that was green.
    pub(super) rows: Option<Told>,
}

/// What a test says of values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// None where nobody can tell.
    pub(super) passes: Option<bool>,
    /// The values.
    pub(super) found: String,
}

impl Applicability {
    /// What a value says of it; nothing where none counts.
    pub(super) fn told(&self) -> Option<Applies> {
        match self {
            Self::Applies => Some(Applies::Yes),
            Self::DoesNot(_) => Some(Applies::No),
            Self::Unknown(Doubt::NotJudged(_)) => Some(Applies::Unknown),
            Self::Unknown(Doubt::NoValue(_) | Doubt::NotGreen(_)) => None,
        }
    }

    pub(super) fn why(self) -> Option<WhyNot> {
        match self {
            Self::DoesNot(why) | Self::Unknown(Doubt::NotJudged(why)) => Some(why),
            Self::Applies | Self::Unknown(Doubt::NoValue(_) | Doubt::NotGreen(_)) => None,
        }
    }
}

impl Told {
    pub(super) fn applicability(&self, value: impl FnOnce(String) -> WhyNot) -> Applicability {
        match self.passes {
            Some(true) => Applicability::Applies,
            Some(false) => Applicability::DoesNot(value(self.found.clone())),
            None => Applicability::Unknown(Doubt::NotJudged(value(self.found.clone()))),
        }
    }
}
