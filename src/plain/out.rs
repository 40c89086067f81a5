//! Printing: the only place that writes to standard output and error. A reader that has gone away ends nothing badly.

use std::io::{self, Write};

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

    /// Writes a text as it is, at once.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Writes bytes as they are, at once.
    pub fn bytes(&mut self, bytes: &[u8]) {
        if let Err(error) = self.to.write_all(bytes).and_then(|()| self.to.flush()) {
            tracing::debug!(%error, "nobody reads any more");
        }
    }
}
