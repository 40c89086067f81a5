//! Reading a line from standard input without holding up the loop, and never more than was asked for.

use std::fs::File;
use std::io::{self, BufRead as _, ErrorKind, IsTerminal as _, Read as _};
use std::ops::Range;

use tokio::sync::{mpsc, oneshot};
use zeroize::{Zeroize as _, Zeroizing};

use crate::shell::Secret;

#[cfg(test)]
mod tests;

/// What is asked of the reading thread.
enum Wanted {
    Line(oneshot::Sender<Option<String>>),
    Secret(oneshot::Sender<Option<Secret>>),
}

/// Standard input, read on a thread of its own only while something is asked of it.
pub(crate) struct StandardInput {
    wanted: mpsc::UnboundedSender<Wanted>,
    pending: Option<oneshot::Receiver<Option<String>>>,
    terminal: bool,
}

impl StandardInput {
    pub(crate) fn stdin() -> Self {
        let (wanted, mut requests) = mpsc::unbounded_channel();
        let terminal = io::stdin().is_terminal();
        // A plain thread: a runtime would wait at its end for a read that nobody answers.
        std::thread::spawn(move || {
            let mut lines = PipeLines::new();
            while let Some(request) = requests.blocking_recv() {
                // Where nobody waits any more the answer is dropped with its channel.
                match (request, terminal) {
                    (Wanted::Line(reply), false) => drop(reply.send(lines.next())),
                    (Wanted::Line(reply), true) => drop(reply.send(typed_line())),
                    (Wanted::Secret(reply), false) => drop(reply.send(lines.next().map(Secret::new))),
                    (Wanted::Secret(reply), true) => {
                        drop(reply.send(rpassword::read_password().ok().map(Secret::new)));
                    }
                }
            }
        });
        Self { wanted, pending: None, terminal }
    }

    /// Whether a person types here.
    pub(crate) const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether what is typed now is shown: a line was asked for, and has not come.
    pub(crate) fn is_shown(&self) -> bool {
        self.terminal && self.pending.is_some()
    }

    /// Drops what was typed on a terminal and not taken yet, before a question that opens by itself: it was meant for something
    /// else. Nothing tells that of lines from a pipe.
    pub(crate) fn forget(&mut self) {
        if !self.terminal {
            return;
        }
        if self.pending.as_mut().is_some_and(|pending| pending.try_recv().is_ok()) {
            self.pending = None;
        }
        if let Err(error) = drop_typed() {
            tracing::debug!(%error, "what was typed ahead was not dropped");
        }
    }

    /// The next line, or nothing at the end. May be dropped and called again: no line is lost.
    pub(crate) async fn line(&mut self) -> Option<String> {
        let pending = if let Some(pending) = &mut self.pending {
            pending
        } else {
            let (reply, answer) = oneshot::channel();
            self.wanted.send(Wanted::Line(reply)).ok()?;
            self.pending.insert(answer)
        };
        let line = pending.await.ok().flatten();
        self.pending = None;
        line
    }

    /// The next line, not shown while it is typed on a terminal. A line that was asked for before is taken first.
    pub(crate) async fn secret(&mut self) -> Option<Secret> {
        if self.pending.is_some() {
            return self.line().await.map(Secret::new);
        }
        let (reply, answer) = oneshot::channel();
        self.wanted.send(Wanted::Secret(reply)).ok()?;
        answer.await.ok().flatten()
    }
}

/// A line from a pipe: read past the standard library's own buffer, which nobody could wipe.
struct PipeLines {
    pipe: Option<File>,
    chunk: Zeroizing<Vec<u8>>,
    /// What of the chunk has come and was not taken.
    rest: Range<usize>,
}

impl PipeLines {
    const CHUNK: usize = 4096;
    const LINE_MAX: usize = 1 << 20;

    fn new() -> Self {
        Self { pipe: pipe().ok(), chunk: Zeroizing::new(vec![0; Self::CHUNK]), rest: 0..0 }
    }

    /// The next line without its end; nothing where there is none, or where it is not UTF-8.
    fn next(&mut self) -> Option<String> {
        let mut line = Zeroizing::new(Vec::with_capacity(Secret::ROOM));
        let mut ended = false;
        while !ended {
            if self.rest.is_empty() {
                match self.pipe.as_mut()?.read(&mut self.chunk) {
                    Ok(0) if line.is_empty() => return None,
                    Ok(0) => break,
                    Ok(count) => self.rest = 0..count,
                    Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                    Err(_) => return None,
                }
            }
            let rest = self.chunk.get_mut(self.rest.clone())?;
            let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let taken = rest.get_mut(..length)?;
            ended = taken.ends_with(b"\n");
            // Nobody's answer is that long; what goes on is no answer.
            if line.len() + length > Self::LINE_MAX {
                return None;
            }
            append(&mut line, taken);
            taken.zeroize();
            self.rest.start += length;
        }
        str::from_utf8(&line).ok().map(|line| without_end(line.to_owned()))
    }
}

/// Appends to a buffer that is wiped also where it has to move.
fn append(line: &mut Zeroizing<Vec<u8>>, more: &[u8]) {
    let length = line.len() + more.len();
    if length > line.capacity() {
        let mut moved = Vec::with_capacity(length.next_power_of_two());
        moved.extend_from_slice(line);
        *line = Zeroizing::new(moved);
    }
    line.extend_from_slice(more);
}

#[cfg(unix)]
fn pipe() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    io::stdin().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn pipe() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    io::stdin().as_handle().try_clone_to_owned().map(File::from)
}

#[cfg(unix)]
fn drop_typed() -> io::Result<()> {
    use rustix::termios::{QueueSelector, tcflush};
    tcflush(io::stdin(), QueueSelector::IFlush).map_err(io::Error::from)
}

#[cfg(windows)]
fn drop_typed() -> io::Result<()> {
    use crossterm_winapi::{Console, Handle};
    let keyboard = Console::from(Handle::current_in_handle()?);
    match keyboard.number_of_console_input_events()? {
        0 => Ok(()),
        _ => keyboard.read_console_input().map(drop),
    }
}

/// A line that a person types; a console's own encoding is the standard library's business.
fn typed_line() -> Option<String> {
    let mut line = String::new();
    match io::stdin().lock().take(PipeLines::LINE_MAX as u64).read_line(&mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(without_end(line)),
    }
}

fn without_end(mut line: String) -> String {
    while line.ends_with(['\n', '\r']) {
        line.pop();
    }
    line
}
