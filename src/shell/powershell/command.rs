//! The conversation with a PowerShell: what its events mean for the command that runs.
//!
//! Around each command run pipelines of ours, hidden: before it those of [`super::bind`], which give the session the
//! operator's inputs; after it one that reads `$LASTEXITCODE`, for a native program that fails raises no error.

use std::collections::VecDeque;

use super::bind::{self, Binding};
use super::noise::LineSplitter;
use super::prompts;
use crate::psrp::{
    self, CallId, Client, ClientConfig, ErrorRecord, HostCall, HostReply, Pipeline, PipelineState,
};
use crate::run::value::Value;
use crate::run::{About, Attempt, Call, EngineFile, Failure, OutcomeEnd};
use crate::shell::outbox::ReportQueue;
use crate::shell::{Answer, LastWords, ProgramEnd, ShellEvent, ShellFault, recorded};

/// One conversation, from the first byte to the last.
pub(super) struct Conversation {
    pub(super) client: Client,
    pub(super) out: ReportQueue,
    pub(super) program: String,
    engine: Option<EngineFile>,
    pub(super) phase: Phase,
    pub(super) calls: Vec<(Call, CallId, HostCall)>,
    pub(super) last_call: i64,
    /// What is written to the host without an end of line.
    pub(super) written: String,
    /// An information record that was told last: the host is asked to write it as well.
    pub(super) echo: Option<String>,
    pub(super) noise: LineSplitter,
    pub(super) errors: LineSplitter,
    pub(super) broken: Option<ProgramEnd>,
    pub(super) closed: Closed,
    /// What the program said before it spoke the protocol.
    pub(super) garbage: Vec<u8>,
    pub(super) garbage_count: usize,
    pub(super) last_error_line: String,
}

/// What is going on.
pub(super) enum Phase {
    /// The runspace is being opened.
    Opening,
    /// `$PSVersionTable` is asked for.
    Introducing(psrp::PsValue),
    Idle,
    Busy(Attempt, Stage, Stopping),
}

/// Where a command is.
pub(super) enum Stage {
    /// These are still to be run before it.
    Binding {
        now: Option<Box<Binding>>,
        left: VecDeque<Binding>,
        command: String,
        /// What `now` has said of itself.
        read_back: psrp::PsValue,
        errors: Vec<Failure>,
    },
    Running,
    /// It has completed; the exit code of the last native program is asked for.
    Judging(Option<psrp::PsValue>),
}

/// Whether the operator asked for a stop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopping {
    No,
    Yes,
}

/// Whether the client has told the end of the runspace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    No,
    Yes,
}

impl Conversation {
    pub(super) fn new(program: String, engine: Option<EngineFile>, out: ReportQueue) -> Self {
        let mut client = Client::new(ClientConfig::default());
        client.open();
        Self {
            client,
            out,
            program,
            engine,
            phase: Phase::Opening,
            calls: Vec::new(),
            last_call: 0,
            written: String::new(),
            echo: None,
            noise: LineSplitter::default(),
            errors: LineSplitter::default(),
            broken: None,
            closed: Closed::No,
            garbage: Vec::new(),
            garbage_count: 0,
            last_error_line: String::new(),
        }
    }

    /// Whether it has come as far as [`ShellEvent::Opened`].
    pub(super) fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Busy(..))
    }

    /// Why there is no use in going on, once.
    pub(super) fn broken(&mut self) -> Option<ProgramEnd> {
        self.broken.take()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed == Closed::Yes
    }

    /// How the program went, with what it said last.
    pub(super) fn last_words(&self, how: ProgramEnd) -> ShellFault {
        let garbled = !self.is_open() && self.garbage_count > 0;
        ShellFault::Ended(Box::new(LastWords {
            program: self.program.clone(),
            how,
            garbage: garbled.then(|| String::from_utf8_lossy(&self.garbage).into_owned()),
            error_line: Some(self.last_error_line.clone()).filter(|line| !line.is_empty()),
        }))
    }

    pub(super) fn run(&mut self, attempt: Attempt, command: String, variables: &[(String, Value)]) {
        if !matches!(self.phase, Phase::Idle) {
            return self.out.refuse(attempt);
        }
        let left = bind::before(variables);
        let stage =
            Stage::Binding { now: None, left, command, read_back: psrp::PsValue::Null, errors: Vec::new() };
        self.phase = Phase::Busy(attempt, stage, Stopping::No);
        self.next();
    }

    /// Stops the running command.
    pub(super) fn stop(&mut self) {
        if let Phase::Busy(_, Stage::Binding { .. } | Stage::Running, stopping) = &mut self.phase {
            *stopping = Stopping::Yes;
            self.calls.clear();
            self.client.stop();
            self.events();
        }
    }

    /// Answers a question; an answer that comes late or twice answers nothing.
    pub(super) fn answer(&mut self, call: Call, answer: Answer) {
        let Some(at) = self.calls.iter().position(|(asked, ..)| *asked == call) else { return };
        let (_, id, question) = self.calls.remove(at);
        let reply = prompts::reply(&question, answer);
        if self.client.answer(id, reply).is_err() {
            // Only an answer of the wrong kind is refused; nobody may wait for another.
            let _ = self.client.answer(id, HostReply::Cancelled);
        }
    }

    /// Takes bytes of standard output in.
    pub(super) fn receive(&mut self, bytes: &[u8]) {
        self.client.receive(bytes);
        self.events();
    }

    /// Takes bytes of standard error in.
    pub(super) fn receive_stderr(&mut self, bytes: &[u8]) {
        let mut errors = std::mem::take(&mut self.errors);
        errors.feed(bytes, |line| self.stderr_line(line));
        if bytes.is_empty()
            && let Some(line) = errors.finish()
        {
            self.stderr_line(line);
        }
        self.errors = errors;
    }

    /// Standard output has ended.
    pub(super) fn end_of_output(&mut self) {
        self.client.end_of_input();
        self.events();
        self.flush();
    }

    pub(super) fn finished(&mut self, state: PipelineState) {
        match &mut self.phase {
            Phase::Opening | Phase::Idle => {}
            Phase::Introducing(table) => {
                let word = |name| table.property(name).map(psrp::PsValue::display).unwrap_or_default();
                let about = About {
                    program: self.program.clone(),
                    version: word("PSVersion"),
                    edition: word("PSEdition"),
                    engine: self.engine.clone(),
                };
                self.phase = Phase::Idle;
                self.out.push(ShellEvent::Opened(about));
            }
            Phase::Busy(_, Stage::Binding { errors, .. }, _) => {
                if let PipelineState::Failed(error) = state {
                    errors.push(failure(*error));
                }
                self.bound();
            }
            Phase::Busy(_, Stage::Running, stopping) => {
                let stopping = *stopping;
                self.ran(state, stopping);
            }
            Phase::Busy(attempt, Stage::Judging(code), _) => {
                match code.as_ref().map(|code| (code.is_null(), code.as_i64())) {
                    Some((true, _) | (_, Some(0))) => {}
                    Some((false, Some(code))) => {
                        self.out.push_error(*attempt, recorded::native_failure(code));
                    }
                    Some((false, None)) | None => self.out.push_error(*attempt, recorded::exit_code_unread()),
                }
                self.end(OutcomeEnd::Completed);
            }
        }
    }

    /// One of the variables should be bound now.
    fn bound(&mut self) {
        let Phase::Busy(attempt, Stage::Binding { now, read_back, errors, .. }, stopping) = &mut self.phase
        else {
            return;
        };
        let errors = std::mem::take(errors);
        match now.take() {
            Some(binding) if *stopping == Stopping::No && !binding.holds(read_back) => {
                for error in errors {
                    self.out.push_error(*attempt, error);
                }
                self.out.push_error(*attempt, binding.failure());
                self.end(OutcomeEnd::Unbound);
            }
            Some(_) | None => self.next(),
        }
    }

    /// Runs what comes next before the command, or the command.
    fn next(&mut self) {
        let Phase::Busy(_, stage, stopping) = &mut self.phase else { return };
        let Stage::Binding { now, left, command, read_back, .. } = stage else { return };
        if *stopping == Stopping::Yes {
            return self.end(OutcomeEnd::Stopped);
        }
        let pipeline = if let Some(binding) = left.pop_front() {
            *read_back = psrp::PsValue::Null;
            let pipeline = binding.pipeline();
            *now = Some(Box::new(binding));
            pipeline
        } else {
            let command = std::mem::take(command);
            *stage = Stage::Running;
            Pipeline::script(command)
        };
        self.invoke(pipeline);
    }

    /// The command itself has ended.
    fn ran(&mut self, end: PipelineState, stopping: Stopping) {
        self.flush();
        let Phase::Busy(attempt, stage, _) = &mut self.phase else { return };
        let attempt = *attempt;
        match end {
            PipelineState::Completed => {
                *stage = Stage::Judging(None);
                self.invoke(bind::exit_code());
            }
            PipelineState::Stopped => self.end(OutcomeEnd::Stopped),
            PipelineState::Failed(error)
                if stopping == Stopping::Yes
                    && error.exception_type.ends_with("PipelineStoppedException") =>
            {
                self.end(OutcomeEnd::Stopped);
            }
            PipelineState::Failed(error) => {
                self.out.push_error(attempt, failure(*error));
                self.end(OutcomeEnd::Threw);
            }
        }
    }

    fn invoke(&mut self, pipeline: Pipeline) {
        let Err(busy) = self.client.invoke(pipeline) else { return };
        if let Phase::Busy(attempt, ..) = &self.phase {
            self.out.push_error(*attempt, recorded::not_run(busy));
        }
        self.end(OutcomeEnd::Threw);
    }

    fn end(&mut self, end: OutcomeEnd) {
        if let Phase::Busy(attempt, ..) = std::mem::replace(&mut self.phase, Phase::Idle) {
            self.calls.clear();
            self.out.push(ShellEvent::Ended(attempt, end));
        }
    }
}

pub(super) fn failure(error: ErrorRecord) -> Failure {
    Failure {
        target: error.target(),
        error_id: error.fully_qualified_error_id,
        exception: error.exception_type,
        category: error.category.to_owned(),
        message: error.message,
    }
}
