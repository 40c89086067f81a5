//! What the client's events mean for the command that runs.

use super::command::{Closed, Conversation, Phase, Stage, failure};
use super::convert::{ConvertedRow, RowExtent, from_psrp};
use super::prompts;
use crate::psrp::{
    self, CallId, ClientEvent, ErrorRecord, HostCall, HostReply, InformationalRecord, Pipeline,
    ProgressRecord, ProtocolFault, Record, WriteTo,
};
use crate::run::{Attempt, Call};
use crate::shell::{Line, ProgramEnd, Progress, ProgressRecordType, ShellEvent, Stream, recorded};

/// How much of what is not the protocol is kept for a message about it.
const GARBAGE_KEPT: usize = 200;
/// A program that says so much of something else before it opens will never speak the protocol.
const GARBAGE: usize = 1 << 20;
/// What is written to the host without an end of line is told in pieces of about this many bytes.
const LONGEST: usize = 16 << 10;

impl Conversation {
    pub(super) fn events(&mut self) {
        while let Some(event) = self.client.next_event() {
            let echo = self.echo.take();
            self.event(event, echo.as_deref());
        }
    }

    fn event(&mut self, event: ClientEvent, echo: Option<&str>) {
        match event {
            ClientEvent::Opened { .. } => {
                if self.client.invoke(Pipeline::script("$PSVersionTable")).is_ok() {
                    self.phase = Phase::Introducing(psrp::PsValue::Null);
                }
            }
            ClientEvent::Output { value, .. } => self.output(value),
            ClientEvent::Record { record, .. } => self.record(record),
            ClientEvent::HostCall { call, call_kind, .. } => self.host_call(call, call_kind, echo),
            ClientEvent::Finished { state, .. } => self.finished(state),
            ClientEvent::Noise(bytes) => self.noise(&bytes),
            ClientEvent::Fault(fault) => self.fault(fault),
            ClientEvent::PoolFailed(failure) => self.broken = Some(ProgramEnd::NoRunspace(failure)),
            ClientEvent::Closed => self.closed = Closed::Yes,
        }
    }

    fn output(&mut self, value: psrp::PsValue) {
        match &mut self.phase {
            Phase::Introducing(table) => *table = value,
            Phase::Busy(_, Stage::Judging(code), _) => *code = Some(value),
            Phase::Busy(_, Stage::Binding { read_back, .. }, _) => *read_back = value,
            Phase::Busy(attempt, Stage::Running, _) => {
                let attempt = *attempt;
                // One that was sent on as an object (`2>&1`, `$Error`) is an error all the same.
                if let Some(error) = ErrorRecord::in_output(&value) {
                    self.out.push_error(attempt, failure(error));
                }
                // As is a warning (`3>&1`).
                if let Some(warning) = InformationalRecord::in_output(&value) {
                    self.out.push_lines(attempt, Stream::Warning, &warning.message);
                }
                let ConvertedRow { value, extent } = from_psrp(&value);
                self.out.push_row(attempt, value);
                match extent {
                    RowExtent::Whole => {}
                    RowExtent::Cut => self.out.push_error(attempt, recorded::output_cut()),
                }
            }
            Phase::Opening | Phase::Idle => {}
        }
    }

    fn record(&mut self, record: Record) {
        let Phase::Busy(attempt, stage, _) = &mut self.phase else { return };
        let attempt = *attempt;
        match (stage, record) {
            (Stage::Binding { errors, .. }, Record::Error(error)) => errors.push(failure(*error)),
            (Stage::Running, record) => {
                self.flush_written();
                match record {
                    Record::Error(error) => self.out.push_error(attempt, failure(*error)),
                    Record::Warning(note) => self.out.push_lines(attempt, Stream::Warning, &note.message),
                    Record::Verbose(note) => self.out.push_lines(attempt, Stream::Verbose, &note.message),
                    Record::Debug(note) => self.out.push_lines(attempt, Stream::Debug, &note.message),
                    Record::Information(information) => {
                        let message = information.message();
                        self.out.push_lines(attempt, Stream::Information, &message);
                        self.echo = Some(message);
                    }
                    Record::Progress(record) => {
                        self.out.push(ShellEvent::Progress(attempt, progress(record)));
                    }
                }
            }
            (Stage::Binding { .. } | Stage::Judging(_), _) => {}
        }
    }

    fn host_call(&mut self, id: CallId, call: HostCall, echo: Option<&str>) {
        let attempt = match &self.phase {
            Phase::Busy(attempt, Stage::Running, _) => *attempt,
            Phase::Opening | Phase::Introducing(_) | Phase::Idle | Phase::Busy(..) => {
                if call.wants_answer() {
                    let _ = self.client.answer(id, HostReply::Cancelled);
                }
                return;
            }
        };
        match &call {
            HostCall::Write { text, newline: true, to: WriteTo::Output, .. }
                if echo == Some(text.as_str()) => {}
            HostCall::Write { text, newline, to: WriteTo::Output, .. } => {
                self.written.push_str(text);
                if *newline || self.written.len() > LONGEST {
                    self.report_written(attempt);
                }
            }
            HostCall::Write { text, to, .. } => self.out.push_lines(attempt, stream(*to), text),
            HostCall::SetShouldExit(code) => self.out.push_error(attempt, recorded::exit_called(*code)),
            HostCall::PromptForCredential { .. }
            | HostCall::PromptForChoice { .. }
            | HostCall::PromptForMultipleChoices { .. }
            | HostCall::ReadLine
            | HostCall::ReadLineSecure
            | HostCall::ReadKey { .. }
            | HostCall::Prompt { .. }
            | HostCall::Other { .. } => match prompts::prompt(&call) {
                Some(prompt) => {
                    self.flush_written();
                    self.last_call += 1;
                    let number = Call(self.last_call);
                    self.calls.push((number, id, call));
                    self.out.push(ShellEvent::Asks(attempt, number, prompt));
                }
                None => {
                    let _ = self.client.answer(id, HostReply::Failed(recorded::HOST_CANNOT.to_owned()));
                }
            },
        }
    }

    /// Tells what was written to the host, one empty line included.
    fn report_written(&mut self, attempt: Attempt) {
        let text = std::mem::take(&mut self.written);
        if text.is_empty() {
            self.line(Stream::Information, text);
        } else {
            self.out.push_lines(attempt, Stream::Information, &text);
        }
    }

    pub(super) fn stderr_line(&mut self, line: String) {
        if !line.trim().is_empty() {
            self.last_error_line = line.trim().chars().take(GARBAGE_KEPT).collect();
        }
        self.line(Stream::Noise, line);
    }

    fn line(&mut self, stream: Stream, text: String) {
        if let Phase::Busy(attempt, ..) = &self.phase {
            self.out.push(ShellEvent::Line(*attempt, Line { stream, text }));
        }
    }

    fn noise(&mut self, bytes: &[u8]) {
        if !self.is_open() {
            self.garbage_count += bytes.len();
            let room = GARBAGE_KEPT.saturating_sub(self.garbage.len());
            self.garbage.extend(bytes.iter().take(room));
            if self.garbage_count > GARBAGE {
                self.broken = Some(ProgramEnd::NotTheProtocol);
            }
            return;
        }
        let mut noise = std::mem::take(&mut self.noise);
        noise.feed(bytes, |line| self.line(Stream::Noise, line));
        self.noise = noise;
    }

    fn fault(&mut self, fault: ProtocolFault) {
        if let ProtocolFault::RanAfterStop(_) = fault {
            // Nobody knows any more what the session holds, or what a check in it would mean.
            self.broken = Some(ProgramEnd::Broke(fault.clone()));
        }
        match &self.phase {
            Phase::Opening | Phase::Introducing(_) => self.broken = Some(ProgramEnd::BadOpening(fault)),
            Phase::Idle => tracing::debug!(%fault, "between two commands"),
            Phase::Busy(attempt, ..) => self.out.push_error(*attempt, recorded::not_understood(&fault)),
        }
    }

    /// Tells the lines that have not ended.
    pub(super) fn flush(&mut self) {
        self.flush_written();
        if let Some(line) = self.noise.finish() {
            self.line(Stream::Noise, line);
        }
    }

    fn flush_written(&mut self) {
        if !self.written.is_empty() {
            let text = std::mem::take(&mut self.written);
            self.line(Stream::Information, text);
        }
    }
}

fn stream(to: WriteTo) -> Stream {
    match to {
        WriteTo::Output => Stream::Information,
        WriteTo::Error => Stream::Error,
        WriteTo::Warning => Stream::Warning,
        WriteTo::Verbose => Stream::Verbose,
        WriteTo::Debug => Stream::Debug,
    }
}

fn progress(record: ProgressRecord) -> Progress {
    Progress {
        activity_id: record.activity_id,
        parent_id: Some(record.parent_activity_id).filter(|id| *id >= 0),
        activity: record.activity,
        status: record.status,
        current_operation: record.current_operation.filter(|operation| !operation.is_empty()),
        percent: u8::try_from(record.percent).ok().filter(|percent| *percent <= 100),
        seconds_remaining: u32::try_from(record.seconds_remaining).ok(),
        record_type: ProgressRecordType::of(record.completed),
    }
}
