//! The steps that do not apply, counted apart and named.

use super::check::StepVerdict;
use super::{GateReport, Report};
use crate::text::Text;

/// How many of the required steps are green, where some do not apply.
pub(super) fn count_line(gate: &GateReport, text: Text) -> Option<String> {
    (gate.count.not_applying > 0).then(|| text.count(&gate.count))
}

/// The steps that do not apply: title and why.
pub(super) fn not_applying(report: &Report) -> Vec<(&str, &str)> {
    let steps = report.steps.iter().map(|step| &step.checked);
    let steps = steps.filter(|checked| checked.verdict == StepVerdict::DoesNotApply);
    steps.map(|checked| (checked.title.as_str(), checked.reason.as_deref().unwrap_or_default())).collect()
}
