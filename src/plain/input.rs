//! Reading a line from standard input without holding up the loop, and never more than was asked for.

use std::io::{BufRead as _, IsTerminal as _};

use tokio::sync::{mpsc, oneshot};
use zeroize::Zeroize as _;

use crate::shell::Secret;

/// What is asked of the reading thread.
enum Wanted {
    Line(oneshot::Sender<Option<String>>),
    Secret(oneshot::Sender<Option<Secret>>),
}

/// Standard input, read on a thread of its own only while something is asked of it.
pub struct Input {
    wanted: mpsc::UnboundedSender<Wanted>,
    pending: Option<oneshot::Receiver<Option<String>>>,
    terminal: bool,
}

impl Input {
    /// Standard input.
    pub fn stdin() -> Self {
        let (wanted, mut requests) = mpsc::unbounded_channel();
        let terminal = std::io::stdin().is_terminal();
        // A plain thread: a runtime would wait at its end for a read that nobody answers.
        std::thread::spawn(move || {
            while let Some(request) = requests.blocking_recv() {
                // Where nobody waits any more the answer is dropped with its channel.
                match request {
                    Wanted::Line(reply) => drop(reply.send(read_line())),
                    Wanted::Secret(reply) => drop(reply.send(read_secret(terminal))),
                }
            }
        });
        Self { wanted, pending: None, terminal }
    }

    /// Whether a person types here.
    pub const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// The next line, or nothing at the end. May be dropped and called again: no line is lost.
    pub async fn line(&mut self) -> Option<String> {
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
    pub async fn secret(&mut self) -> Option<Secret> {
        if self.pending.is_some() {
            return self.line().await.map(Secret::new);
        }
        let (reply, answer) = oneshot::channel();
        self.wanted.send(Wanted::Secret(reply)).ok()?;
        answer.await.ok().flatten()
    }
}

fn read_line() -> Option<String> {
    let mut line = String::new();
    match std::io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(without_end(line)),
    }
}

fn read_secret(terminal: bool) -> Option<Secret> {
    if terminal {
        return rpassword::read_password().ok().map(Secret::new);
    }
    let mut line = String::with_capacity(Secret::ROOM);
    match std::io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => {
            line.zeroize();
            None
        }
        Ok(_) => Some(Secret::new(without_end(line))),
    }
}

fn without_end(mut line: String) -> String {
    while line.ends_with(['\n', '\r']) {
        line.pop();
    }
    line
}
