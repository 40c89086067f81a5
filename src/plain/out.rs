//! Printing: the only place that writes to standard output and error. A reader that has gone away ends nothing badly.
//! Text is data: whatever a terminal would obey in it is written out, but for the ends of lines.

use std::io::{self, Write};

use crate::text::{visible, visible_json};

/// Standard output or standard error.
pub struct Out {
    to: Box<dyn Write>,
}

impl Out {
    /// Standard output.
    pub fn stdout() -> Self {
        Self { to: Box::new(io::stdout()) }
    }

    /// Standard error.
    pub fn stderr() -> Self {
        Self { to: Box::new(io::stderr()) }
    }

    /// Writes a line.
    pub fn line(&mut self, line: &str) {
        self.text(line);
        self.text("\n");
    }

    /// Writes a text, at once.
    pub fn text(&mut self, text: &str) {
        let lines: Vec<_> = text.split('\n').map(visible).collect();
        self.bytes(lines.join("\n").as_bytes());
    }

    /// Writes a value as a line of JSON.
    pub fn json(&mut self, value: &serde_json::Value) {
        self.bytes(format!("{}\n", visible_json(&value.to_string())).as_bytes());
    }

    /// Writes bytes as they are, at once.
    pub fn bytes(&mut self, bytes: &[u8]) {
        if let Err(error) = self.to.write_all(bytes).and_then(|()| self.to.flush()) {
            tracing::debug!(%error, "nobody reads any more");
        }
    }
}
