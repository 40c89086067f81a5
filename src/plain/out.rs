//! Printing: the only place that writes to standard output and error. What standard output did not take is remembered, for
//! the end to say. Text is data: whatever a terminal would obey in it is written out, but for the ends of lines.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal as _, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::bar::{barred, folded};
use crate::sanitize::{ascii_json, escape_controls, visible_json};
use crate::text::{ascii, ascii_exact};

/// Why standard output did not take everything, as of the first time.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// Whether everything is to be ASCII.
static ASCII: AtomicBool = AtomicBool::new(false);

/// What begins and ends a colour.
pub(crate) type Ink = [&'static str; 2];

/// Standard output or standard error.
pub(crate) struct Out {
    to: Box<dyn Write>,
    stream: StandardStream,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StandardStream {
    Output,
    Error,
}

impl Out {
    pub(crate) fn stdout() -> Self {
        Self { to: Box::new(io::stdout()), stream: StandardStream::Output }
    }

    /// From here on nothing but ASCII is printed, but for documents.
    pub(crate) fn ascii_only() {
        ASCII.store(true, Ordering::Relaxed);
    }

    pub(crate) fn stderr() -> Self {
        Self { to: Box::new(io::stderr()), stream: StandardStream::Error }
    }

    /// Why standard output did not take everything; one whose reader has gone away owes nobody more.
    pub(crate) fn lost() -> Option<&'static io::Error> {
        LOST.get().filter(|error| !nobody_reads(error))
    }

    /// Whether it has not taken everything, for whatever reason, and will take no more.
    pub(crate) fn is_over() -> bool {
        LOST.get().is_some()
    }

    /// Writes a line. What of it would begin another one, which only text of others can, stands behind the bar.
    pub(crate) fn line(&mut self, line: &str) {
        self.text(&(rows(line).join("\n") + "\n"));
    }

    /// Writes a line with text of others in it: what a terminal would begin a row with stands behind the bar as well.
    pub(crate) fn row(&mut self, line: &str) {
        self.text(&self.folded(line));
    }

    /// Writes a line as [`Self::row`] does, the second part of it in a colour.
    pub(crate) fn marked(&mut self, [before, mark, after]: [&str; 3], ink: Ink) {
        let rows = self.folded(&[before, mark, after].concat());
        match rows.strip_prefix(before).and_then(|rest| rest.strip_prefix(mark)) {
            Some(rest) => {
                self.text(before);
                self.inked(mark, ink);
                self.text(rest);
            }
            None => self.text(&rows),
        }
    }

    /// Writes a text, at once, in a colour.
    pub(crate) fn inked(&mut self, text: &str, [on, off]: Ink) {
        if !on.is_empty() {
            obey_escapes();
        }
        self.bytes(on.as_bytes());
        self.text(text);
        self.bytes(off.as_bytes());
    }

    fn folded(&self, line: &str) -> String {
        let width = self.width();
        let rows = rows(line).into_iter().flat_map(|row| folded(&escape_controls(&row), width));
        rows.map(|row| row + "\n").collect()
    }

    /// The columns of the terminal that it goes to; as many as there are where it goes to none.
    pub(crate) fn width(&self) -> usize {
        let size = self.is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
        size.map_or(usize::MAX, |(columns, _)| columns.into())
    }

    pub(crate) fn is_terminal(&self) -> bool {
        match self.stream {
            StandardStream::Output => io::stdout().is_terminal(),
            StandardStream::Error => io::stderr().is_terminal(),
        }
    }

    /// Writes the line of a file, as it was drawn.
    pub(crate) fn drawing(&mut self, drawing: &Drawing) {
        if drawing.0.contains('\u{1b}') {
            obey_escapes();
        }
        self.bytes(drawing.0.as_bytes());
    }

    /// Writes a text of others, each of its lines behind the bar.
    pub(crate) fn barred(&mut self, text: &str) {
        for line in barred(text) {
            self.row(&line);
        }
    }

    /// Writes a text, at once.
    pub(crate) fn text(&mut self, text: &str) {
        let shown = shown(text);
        self.bytes(if is_ascii() { ascii(&shown) } else { shown }.as_bytes());
    }

    /// Writes a value as a line of JSON.
    pub(crate) fn json(&mut self, value: &serde_json::Value) {
        self.json_text(&format!("{value}\n"));
    }

    /// Writes JSON. Whatever is no terminal gets it in ASCII: what stands between, as the pipes of Windows PowerShell do,
    /// may take the bytes for those of another code page.
    pub(crate) fn json_text(&mut self, json: &str) {
        if io::stdout().is_terminal() && !is_ascii() {
            self.bytes(visible_json(json).as_bytes());
        } else {
            self.bytes(ascii_json(json).as_bytes());
        }
    }

    /// Writes bytes as they are, at once.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        if let Err(error) = self.to.write_all(bytes).and_then(|()| self.to.flush()) {
            tracing::debug!(%error, "not everything was printed");
            if self.stream == StandardStream::Output {
                LOST.get_or_init(|| error);
            }
        }
    }
}

/// Has the console obey escape sequences: one of Windows may only print them until it is told.
#[cfg(windows)]
fn obey_escapes() {
    crossterm::ansi_support::supports_ansi();
}

#[cfg(not(windows))]
const fn obey_escapes() {}

fn rows(line: &str) -> Vec<String> {
    let mut parts = line.split('\n');
    let first = parts.next().unwrap_or_default().to_owned();
    std::iter::once(first).chain(parts.flat_map(barred)).collect()
}

pub(super) fn is_ascii() -> bool {
    ASCII.load(Ordering::Relaxed)
}

/// A line of a file as it was drawn: nothing in it acts but the ends of lines and our colour.
#[derive(Debug)]
pub(crate) struct Drawing(pub(super) String);

/// A command as it is printed: in ASCII no letter may pass for another.
pub(crate) fn exact(command: &str) -> Cow<'_, str> {
    if is_ascii() { ascii_exact(command).into() } else { command.into() }
}

/// Whether it was not written because the reader of a pipe has gone away.
pub(crate) fn nobody_reads(error: &io::Error) -> bool {
    /// `ERROR_PIPE_NOT_CONNECTED`: the other end was closed, as some pipes have it.
    const NOT_CONNECTED: i32 = 233;
    error.kind() == ErrorKind::BrokenPipe || (cfg!(windows) && error.raw_os_error() == Some(NOT_CONNECTED))
}

/// A text of lines in which nothing acts but their ends.
pub(crate) fn shown(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(escape_controls).collect();
    lines.join("\n")
}
