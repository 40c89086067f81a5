//! A report as JSON.

use super::Report;

/// The report as indented JSON. Whether it is a rehearsal stands in the first line.
pub fn json(report: &Report) -> String {
    // Strings, numbers and lists only: nothing in it can fail to be written.
    let text = serde_json::to_string_pretty(report).unwrap_or_default();
    let rest = text.strip_prefix("{\n  ").unwrap_or(&text);
    format!("{{ {rest}\n")
}
