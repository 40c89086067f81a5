//! The task that owns a process: requests in, reports out, bytes both ways.
//!
//! Nothing here waits for one thing alone, so a request is looked at however much output there is and however full the
//! channel of reports is; while that is full, output is left in the pipe, which slows the command.

use std::collections::VecDeque;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{Instant, timeout};

use super::command::Conversation;
use super::engine;
use super::process::{Pipes, Process};
use crate::psrp::KeyPair;
use crate::shell::outbox::ReportQueue;
use crate::shell::wait::until;
use crate::shell::{Program, ProgramEnd, Request, ShellEvent, ShellExit, ShellFault};

/// How much is read at once.
const CHUNK: usize = 64 << 10;
/// How long an orderly close may take.
const CLOSING: Duration = Duration::from_secs(2);
/// How long output is awaited after the process, or its output, has ended: a grandchild may hold the pipe open.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Starts `program` and serves it until it is gone.
pub(super) async fn run(
    program: Program,
    patience: Duration,
    requests: mpsc::Receiver<Request>,
    reports: mpsc::Sender<ShellEvent>,
) {
    let name = program.path.display().to_string();
    let out = ReportQueue::new(reports);
    let path = program.path.clone();
    let engine = spawn_blocking(move || engine::of(&path));
    let (process, Pipes { stdin, stdout, stderr }) = match Process::start(&program.path) {
        Ok(started) => started,
        Err(error) => {
            let fault = ShellFault::NotStarted { program: name, why: error.to_string() };
            return out.finish(ShellExit::StartFailed(fault)).await;
        }
    };
    // PowerShell takes longer to start than this.
    let engine = engine.await.ok().flatten();
    let mut session = SessionTask {
        process,
        stdin: Some(stdin),
        stdout,
        stderr,
        requests,
        outgoing: VecDeque::new(),
        read: Vec::with_capacity(CHUNK),
        read_error: Vec::with_capacity(CHUNK),
        conversation: Conversation::new(name, engine, out),
        life: Life::Opening,
        deadline: Some(Instant::now() + patience),
        ends: EndedStreams::default(),
        // Made before it is asked for, and not where the screen is drawn.
        key_pair: Some(spawn_blocking(KeyPair::generate)),
    };
    session.conversation.client.await_key_pair();
    let gone = session.serve().await;
    session.process.kill();
    // Waited for only so that no zombie stays; what is not dead by now is not ours to wait for.
    let _ = timeout(CLOSING, session.process.ended()).await;
    let SessionTask { conversation, process, .. } = session;
    drop(process);
    if let Some(gone) = gone {
        conversation.out.finish(gone).await;
    }
}

struct SessionTask {
    process: Process,
    stdin: Option<ChildStdin>,
    stdout: ChildStdout,
    stderr: ChildStderr,
    requests: mpsc::Receiver<Request>,
    /// Bytes on their way to standard input.
    outgoing: VecDeque<u8>,
    read: Vec<u8>,
    read_error: Vec<u8>,
    conversation: Conversation,
    life: Life,
    /// When the present stage of life must be over.
    deadline: Option<Instant>,
    ends: EndedStreams,
    /// The key pair in the making.
    key_pair: Option<JoinHandle<Option<KeyPair>>>,
}

/// How far the process is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Life {
    Opening,
    Open,
    /// We have asked it to end.
    Closing,
    /// It is ending by itself.
    Dying,
}

/// What has ended already.
#[derive(Default)]
struct EndedStreams {
    stdout: bool,
    stderr: bool,
    exit: ProcessState,
}

/// Whether the process has ended.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum ProcessState {
    #[default]
    NotYet,
    With(ExitStatus),
    /// It has, but the system does not say how.
    Unknown,
}

impl SessionTask {
    /// Serves until the shell is gone; nothing is returned where nobody is left to be told.
    async fn serve(&mut self) -> Option<ShellExit> {
        loop {
            self.outgoing.extend(self.conversation.client.take_output());
            if let Some(gone) = self.poll_state() {
                return Some(gone);
            }
            let full = self.conversation.out.is_full();
            let may_expire = !(full && self.life == Life::Dying);
            tokio::select! {
                request = self.requests.recv() => match request {
                    None => return None,
                    Some(Request::Kill) => return Some(ShellExit::Requested),
                    Some(Request::Close) => self.close(),
                    Some(Request::Run { attempt, command, variables }) => {
                        self.conversation.run(attempt, command, &variables);
                    }
                    Some(Request::Reply(call, answer)) => self.conversation.answer(call, answer),
                    Some(Request::Stop) => self.conversation.stop(),
                },
                read = self.stdout.read_buf(&mut self.read), if !full && !self.ends.stdout => {
                    self.conversation.receive(&self.read);
                    self.read.clear();
                    if !matches!(read, Ok(1..)) {
                        self.ends.stdout = true;
                        self.conversation.end_of_output();
                    }
                },
                read = self.stderr.read_buf(&mut self.read_error), if !full && !self.ends.stderr => {
                    self.conversation.receive_stderr(&self.read_error);
                    self.read_error.clear();
                    self.ends.stderr = !matches!(read, Ok(1..));
                },
                written = write(&mut self.stdin, &mut self.outgoing), if !self.outgoing.is_empty() => {
                    // A process that does not read any more is about to end; that is where it is told.
                    if written.is_err() {
                        self.stdin = None;
                        self.outgoing.clear();
                    }
                },
                delivered = self.conversation.out.deliver(), if !self.conversation.out.is_empty() => {
                    if delivered.is_err() {
                        return None;
                    }
                },
                pair = made(&mut self.key_pair), if self.key_pair.is_some() => {
                    self.key_pair = None;
                    self.conversation.client.give_key_pair(pair);
                },
                status = self.process.ended(), if self.ends.exit == ProcessState::NotYet => {
                    self.ends.exit = status.map_or(ProcessState::Unknown, ProcessState::With);
                },
                () = until(self.deadline), if may_expire => return Some(self.expired()),
            }
        }
    }

    /// Looks at what has changed, and says whether that was the end.
    fn poll_state(&mut self) -> Option<ShellExit> {
        if self.life == Life::Opening && self.conversation.is_open() {
            self.life = Life::Open;
            self.deadline = None;
        }
        if let Some(why) = self.conversation.broken() {
            return Some(self.gone(why));
        }
        if self.ends.exit != ProcessState::NotYet && self.ends.stdout && self.ends.stderr {
            return Some(self.expired());
        }
        match self.life {
            Life::Closing if self.conversation.is_closed() => {
                // It ends by itself when its input does.
                self.stdin = None;
                self.outgoing.clear();
            }
            Life::Opening | Life::Open if self.ends.exit != ProcessState::NotYet || self.ends.stdout => {
                self.life = Life::Dying;
                self.deadline = Some(Instant::now() + LAST_WORDS);
            }
            Life::Opening | Life::Open | Life::Closing | Life::Dying => {}
        }
        None
    }

    fn close(&mut self) {
        self.conversation.client.close();
        self.life = Life::Closing;
        self.deadline = Some(Instant::now() + CLOSING);
    }

    /// The time is up, or nothing is left to wait for.
    fn expired(&mut self) -> ShellExit {
        let how = match (self.life, self.ends.exit) {
            (Life::Closing, _) => return ShellExit::Requested,
            (Life::Opening, ProcessState::NotYet) => ProgramEnd::NoAnswer,
            (Life::Open | Life::Dying, ProcessState::NotYet) => ProgramEnd::OutputClosed,
            (_, ProcessState::Unknown) => ProgramEnd::Unknown,
            (_, ProcessState::With(status)) => ProgramEnd::Exited(status),
        };
        self.gone(how)
    }

    fn gone(&self, how: ProgramEnd) -> ShellExit {
        if self.life == Life::Closing {
            return ShellExit::Requested;
        }
        let fault = self.conversation.last_words(how);
        if self.conversation.is_open() { ShellExit::Died(fault) } else { ShellExit::StartFailed(fault) }
    }
}

async fn made(pair: &mut Option<JoinHandle<Option<KeyPair>>>) -> Option<KeyPair> {
    match pair {
        Some(task) => task.await.ok().flatten(),
        None => std::future::pending().await,
    }
}

async fn write(stdin: &mut Option<ChildStdin>, bytes: &mut VecDeque<u8>) -> std::io::Result<()> {
    if let Some(stdin) = stdin {
        stdin.write_buf(bytes).await?;
    } else {
        bytes.clear();
    }
    Ok(())
}
