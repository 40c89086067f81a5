//! A report as JSON.

use std::io;

use serde::Serialize;

use super::Report;
use crate::sanitize::visible_json;

/// The report as indented JSON. Whether it is a rehearsal stands in the first line.
pub fn json(report: &Report) -> String {
    let mut page = JsonWriter(String::new());
    // Strings, numbers and lists only: nothing in it can fail to be written.
    let _infallible = serde_json::to_writer_pretty(&mut page, report);
    let mut text = page.0;
    if text.starts_with("{\n  ") {
        text.replace_range(..4, "{ ");
    }
    text.push('\n');
    text
}

/// A value as one line of JSON.
pub(super) fn line(value: &impl Serialize) -> String {
    visible_json(&serde_json::to_string(value).unwrap_or_default())
}

/// The page that is being written, in which nothing acts: there is never a second copy of it.
struct JsonWriter(String);

impl io::Write for JsonWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The serializer writes pieces of text, never of a character.
        self.0.push_str(&visible_json(std::str::from_utf8(bytes).map_err(io::Error::other)?));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
