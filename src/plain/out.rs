//! Printing: the only place that writes to standard output and error. What standard output did not take is remembered, for
//! the end to say. Text is data: whatever a terminal would obey in it is written out, but for the ends of lines.

use std::io::{self, ErrorKind, IsTerminal as _, Write};
use std::sync::OnceLock;

use crate::text::{ascii_json, visible, visible_json};

/// Why standard output did not take everything, as of the first time.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// Standard output or standard error.
pub struct Out {
    to: Box<dyn Write>,
    stream: Stream,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stream {
    Output,
    Error,
}

impl Out {
    /// Standard output.
    pub fn stdout() -> Self {
        Self { to: Box::new(io::stdout()), stream: Stream::Output }
    }

    /// Standard error.
    pub fn stderr() -> Self {
        Self { to: Box::new(io::stderr()), stream: Stream::Error }
    }

    /// Why standard output did not take everything; one whose reader has gone away owes nobody more.
    pub fn lost() -> Option<&'static io::Error> {
        LOST.get().filter(|error| !nobody_reads(error))
    }

    /// Whether it has not taken everything, for whatever reason, and will take no more.
    pub fn is_over() -> bool {
        LOST.get().is_some()
    }

    /// Writes a line.
    pub fn line(&mut self, line: &str) {
        self.text(line);
        self.text("\n");
    }

    /// Writes a text, at once.
    pub fn text(&mut self, text: &str) {
        self.bytes(shown(text).as_bytes());
    }

    /// Writes a value as a line of JSON.
    pub fn json(&mut self, value: &serde_json::Value) {
        self.json_text(&format!("{value}\n"));
    }

    /// Writes JSON. Whatever is no terminal gets it in ASCII: what stands between, as the pipes of Windows PowerShell do,
    /// may take the bytes for those of another code page.
    pub fn json_text(&mut self, json: &str) {
        if io::stdout().is_terminal() {
            self.bytes(visible_json(json).as_bytes());
        } else {
            self.bytes(ascii_json(json).as_bytes());
        }
    }

    /// Writes bytes as they are, at once.
    pub fn bytes(&mut self, bytes: &[u8]) {
        if let Err(error) = self.to.write_all(bytes).and_then(|()| self.to.flush()) {
            tracing::debug!(%error, "not everything was printed");
            if self.stream == Stream::Output {
                LOST.get_or_init(|| error);
            }
        }
    }
}

/// Whether it was not written because the reader of a pipe has gone away.
pub fn nobody_reads(error: &io::Error) -> bool {
    /// `ERROR_PIPE_NOT_CONNECTED`: the other end was closed, as some pipes have it.
    const NOT_CONNECTED: i32 = 233;
    error.kind() == ErrorKind::BrokenPipe || (cfg!(windows) && error.raw_os_error() == Some(NOT_CONNECTED))
}

/// A text of lines in which nothing acts but their ends.
pub fn shown(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    lines.join("\n")
}
