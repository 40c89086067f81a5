//! The commands that were run for a step.

use serde::Serialize;

use super::{Time, at_host, time};
use crate::run::{ApplyEnd, FileDigest, Purpose, Trigger, Verdict, Who};
use crate::text::Text;

/// One command that was run.
#[derive(Clone, Debug, Serialize)]
pub struct AttemptReport {
    /// Its number in the run.
    pub number: u32,
    pub purpose: Purpose,
    /// On whose wish, where the operator did not ask for this very command.
    #[serde(skip_serializing_if = "Trigger::is_asked")]
    pub errand: Trigger,
    pub at: Time,
    /// Who was at the keyboard.
    pub by: Option<Who>,
    /// How it ended, if it did.
    pub outcome: Option<AttemptOutcome>,
    /// The first error that it gave.
    pub error: Option<String>,
    /// How long it took, where it ended by itself.
    pub elapsed_ms: Option<u64>,
    /// Where its output is.
    pub transcript: Option<FileDigest>,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", untagged)]
pub enum AttemptOutcome {
    Checked(Verdict),
    Applied(ApplyEnd),
}

impl AttemptOutcome {
    /// How a command ended, or that it runs.
    pub(super) fn word(ended: Option<Self>, text: Text) -> String {
        match ended {
            None => text.word_running(),
            Some(Self::Checked(verdict)) => text.verdict(verdict),
            Some(Self::Applied(ApplyEnd::Done)) => text.report_done(),
            Some(Self::Applied(ApplyEnd::Failed)) => text.report_failed(),
            Some(Self::Applied(ApplyEnd::Interrupted)) => text.word_interrupted(),
        }
    }
}

/// The headings over [`attempt_cells`].
pub(super) fn attempt_headings(text: Text) -> [String; 6] {
    [
        "#".to_owned(),
        text.report_what(),
        text.report_when(),
        text.report_by(),
        text.report_duration(),
        text.report_outcome(),
    ]
}

/// A command that was run, as the cells of a table.
pub(super) fn attempt_cells(attempt: &AttemptReport, text: Text) -> [String; 6] {
    let purpose = match attempt.purpose {
        Purpose::Check => text.report_purpose_check(),
        Purpose::Apply => text.report_purpose_apply(),
    };
    let purpose = match attempt.errand {
        Trigger::Go => text.report_by_itself(purpose),
        Trigger::Asked | Trigger::KeepAlive | Trigger::BeforeApply | Trigger::Poll | Trigger::Reconnect => {
            purpose
        }
    };
    let outcome = AttemptOutcome::word(attempt.outcome, text);
    [
        attempt.number.to_string(),
        purpose,
        attempt.at.to_string(),
        attempt.by.as_ref().map(at_host).unwrap_or_default(),
        attempt.elapsed_ms.map(time::seconds).unwrap_or_default(),
        attempt.error.as_ref().map_or_else(|| outcome.clone(), |error| format!("{outcome}: {error}")),
    ]
}
