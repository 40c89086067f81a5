//! What HTML and XML share.

use maud::Markup;

use crate::sanitize::escape_controls;

/// A whole page as it is written, its text escaped by then: what acts or hides is written out. Its lines stay.
pub(super) fn visible(page: Markup) -> String {
    let page = page.into_string();
    let mut shown = String::with_capacity(page.len());
    for line in page.lines() {
        shown.push_str(&escape_controls(line));
        shown.push('\n');
    }
    // No characters of XML (XML 1.0, section 2.2).
    shown.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
