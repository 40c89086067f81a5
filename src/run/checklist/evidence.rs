//! What the commands of a step say of it: errors and remedies, the nearest to the cause first.

use super::state::{CheckRecord, LastApply};
use super::status::StepStatus;
use crate::checklist::{Remedy, Step};
use crate::run::{Failure, Purpose, VerdictReason};

/// What a command of the step says of it.
pub(super) struct Source<'a> {
    purpose: Purpose,
    failures: &'a [Failure],
    /// By position.
    remedies: &'a [usize],
}

/// What an apply failed of is nearer to the cause than what its own check then finds missing; a later check knows better.
pub(super) fn nearest_first<'a>(
    found: Option<&'a CheckRecord>,
    applied: Option<&'a LastApply>,
) -> Vec<Source<'a>> {
    let later = found
        .zip(applied)
        .is_some_and(|(found, applied)| found.attempt.0.get() > applied.attempt.0.get().saturating_add(1));
    let checked = found.map(|CheckRecord { finding, .. }| Source {
        purpose: Purpose::Check,
        failures: &finding.failures,
        remedies: &finding.remedies,
    });
    let applied = applied.map(|applied| Source {
        purpose: Purpose::Apply,
        failures: &applied.failures,
        remedies: &applied.remedies,
    });
    let in_order = if later { [checked, applied] } else { [applied, checked] };
    in_order.into_iter().flatten().collect()
}

pub(super) fn failures<'a>(sources: &[Source<'a>]) -> Vec<(Purpose, &'a Failure)> {
    let each = |source: &Source<'a>| {
        let purpose = source.purpose;
        source.failures.iter().map(move |failure| (purpose, failure))
    };
    let mut all: Vec<(Purpose, &Failure)> = Vec::new();
    for (purpose, failure) in sources.iter().flat_map(each) {
        // An apply that asked in vain is its own finding.
        if !all.iter().any(|(_, known)| *known == failure) {
            all.push((purpose, failure));
        }
    }
    all
}

/// The error behind what a check came to: that of the apply before it rather than what it left missing.
pub(super) fn error_that_decides<'a>(
    reason: &VerdictReason,
    sources: &[Source<'a>],
) -> Option<(Purpose, &'a Failure)> {
    let first = |source: &Source<'a>| Some((source.purpose, source.failures.first()?));
    match reason {
        VerdictReason::Failed => sources.iter().find_map(first),
        VerdictReason::Unmet { .. }
        | VerdictReason::NoRows
        | VerdictReason::NotCovered
        | VerdictReason::NothingToCover => {
            sources.first().filter(|source| source.purpose == Purpose::Apply).and_then(first)
        }
        // These say what came between, or what the check itself told.
        VerdictReason::Met
        | VerdictReason::CoversUnread { .. }
        | VerdictReason::Unread { .. }
        | VerdictReason::Cut
        | VerdictReason::SubjectUnclear { .. }
        | VerdictReason::TooMuchKept
        | VerdictReason::Unanswered { .. }
        | VerdictReason::SessionExpired { .. }
        | VerdictReason::Stopped
        | VerdictReason::TimedOut { .. }
        | VerdictReason::Warned { .. }
        | VerdictReason::Unbound { .. }
        | VerdictReason::ShellLost => None,
    }
}

/// Those that fit by a condition come before those that always fit. Of remedies that say the same, the first that `leads` to a
/// step that applies, else the first.
pub(super) fn remedies<'a>(
    step: &'a Step,
    status: &StepStatus,
    sources: &[Source<'_>],
    leads: impl Fn(&Remedy) -> bool,
) -> Vec<&'a Remedy> {
    let counts = |source: &&Source<'_>| match status {
        StepStatus::Red | StepStatus::Undetermined | StepStatus::Interrupted => true,
        // That it is missing needs no remedy but its apply; one that failed in an earlier session may fail again.
        StepStatus::ToDo => source.purpose == Purpose::Apply,
        StepStatus::Green
        | StepStatus::NotRun
        | StepStatus::Waiting
        | StepStatus::DoesNotApply
        | StepStatus::Running(_)
        | StepStatus::Polling
        | StepStatus::Stale(_) => false,
    };
    let mut found: Vec<&Remedy> = Vec::new();
    for position in sources.iter().filter(counts).flat_map(|source| source.remedies) {
        let Some(remedy) = step.remedies.get(*position) else { continue };
        match found.iter_mut().find(|known| known.say == remedy.say) {
            Some(known) if !leads(known) && leads(remedy) => *known = remedy,
            Some(_) => {}
            None => found.push(remedy),
        }
    }
    found.sort_by_key(|remedy| remedy.fits_always());
    found
}
