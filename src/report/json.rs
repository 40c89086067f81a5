//! A report as JSON.

use serde::Serialize;

use super::Report;
use crate::text::visible_json;

/// The report as indented JSON. Whether it is a rehearsal stands in the first line.
pub fn json(report: &Report) -> String {
    // Strings, numbers and lists only: nothing in it can fail to be written.
    let text = visible_json(&serde_json::to_string_pretty(report).unwrap_or_default());
    let rest = text.strip_prefix("{\n  ").unwrap_or(&text);
    format!("{{ {rest}\n")
}

/// A value as one line of JSON.
pub(super) fn line(value: &impl Serialize) -> String {
    visible_json(&serde_json::to_string(value).unwrap_or_default())
}
