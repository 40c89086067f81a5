//! What HTML and XML share.

use crate::sanitize::escape_controls;

/// Text of somebody else as character data or within a quoted attribute, in HTML and XML alike; it keeps its lines.
pub(super) fn escaped(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let mut escaped = String::with_capacity(line.len());
            for c in escape_controls(line).chars() {
                match c {
                    '&' => escaped.push_str("&amp;"),
                    '<' => escaped.push_str("&lt;"),
                    '>' => escaped.push_str("&gt;"),
                    '"' => escaped.push_str("&quot;"),
                    '\'' => escaped.push_str("&#39;"),
                    // No characters of XML (XML 1.0, section 2.2).
                    '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
                    c => escaped.push(c),
                }
            }
            escaped
        })
        .collect();
    lines.join("\n")
}
