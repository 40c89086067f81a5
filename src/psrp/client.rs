//! The client: a state machine over one runspace pool and at most one pipeline.

mod continuity;
mod keys;
mod outbox;
mod receive;

use std::collections::{HashMap, VecDeque};

use super::clixml::{self, Limits, WriteError};
use super::event::{Busy, CallId, ClientEvent, Peer, PipelineId, PipelineState, ProtocolVersion};
use super::fragment::{Assembler, Fragmenter};
use super::guid::Guid;
use super::host::{AnswerError, HostCallOutcome, HostData, HostReply, Method};
use super::line::{DataPriority, LineReader, PacketRequest};
use super::message::{MessageType, compose};
use super::names;
use super::pipeline::Pipeline;
use super::value::PsValue;
use continuity::Continuity;
use keys::KeyExchange;
use outbox::SendQueue;

/// What we declare: the last version whose peers encrypt secrets. PowerShell 7.6 (2.4) still honours it.
const OUR_PROTOCOL: ProtocolVersion = ProtocolVersion { major: 2, minor: 3 };

/// How the client presents itself, and its bounds.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// `$PSSenderInfo.ApplicationArguments`.
    pub application_arguments: Vec<(String, PsValue)>,
    pub host: HostData,
    /// The largest message accepted, in bytes.
    pub largest_message: usize,
    /// Bounds on the values in a message.
    pub limits: Limits,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            application_arguments: Vec::new(),
            host: HostData::default(),
            largest_message: 64 << 20,
            limits: Limits::default(),
        }
    }
}

/// How it is driven is told at the head of the room.
#[derive(Debug)]
pub struct Client {
    config: ClientConfig,
    pool: Guid,
    state: Pool,
    peer: Option<Peer>,
    application_data: PsValue,
    running: Option<RunningPipeline>,
    /// The pipelines that were stopped last, and whether it was told that they ran on.
    stopped: VecDeque<(PipelineId, bool)>,
    calls: HashMap<CallId, PendingHostCall>,
    last_call: u64,
    keys: KeyExchange,
    /// What waits for the session key.
    deferred: Vec<Deferred>,
    /// Messages of the server that cannot be read before there is a session key, and those behind them.
    held: VecDeque<Vec<u8>>,
    held_bytes: usize,
    lines: LineReader,
    assembler: Assembler,
    continuity: Continuity,
    fragmenter: Fragmenter,
    outbox: SendQueue,
    events: VecDeque<ClientEvent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pool {
    New,
    Opening,
    Open,
    Closing,
    Over,
}

#[derive(Debug)]
struct RunningPipeline {
    id: PipelineId,
    stopping: bool,
}

/// A host call that somebody outside was asked to answer.
#[derive(Debug, Clone, Copy)]
struct PendingHostCall {
    method: Method,
    number: i64,
    pipeline: Option<PipelineId>,
}

/// A message that cannot be written before there is a session key.
#[derive(Debug)]
struct Deferred {
    kind: MessageType,
    to: Option<PipelineId>,
    value: PsValue,
}

impl Client {
    /// A client that has not said anything yet.
    pub fn new(config: ClientConfig) -> Self {
        let assembler = Assembler::new(config.largest_message);
        Self {
            config,
            pool: Guid::random(),
            state: Pool::New,
            peer: None,
            application_data: PsValue::Null,
            running: None,
            stopped: VecDeque::new(),
            calls: HashMap::new(),
            last_call: 0,
            keys: KeyExchange::default(),
            deferred: Vec::new(),
            held: VecDeque::new(),
            held_bytes: 0,
            lines: LineReader::default(),
            assembler,
            continuity: Continuity::default(),
            fragmenter: Fragmenter::default(),
            outbox: SendQueue::default(),
            events: VecDeque::new(),
        }
    }

    /// Asks for the runspace pool ([MS-PSRP] 3.1.4.1). [`ClientEvent::Opened`] or [`ClientEvent::PoolFailed`] answers.
    pub fn open(&mut self) {
        if self.state != Pool::New {
            return;
        }
        self.state = Pool::Opening;
        let capability = PsValue::bag([
            ("protocolversion", PsValue::Version(OUR_PROTOCOL.to_string())),
            ("PSVersion", PsValue::Version("2.0".to_owned())),
            ("SerializationVersion", PsValue::Version("1.1.0.1".to_owned())),
        ]);
        let arguments = match self.config.application_arguments.as_slice() {
            [] => PsValue::Null,
            pairs => PsValue::primitive_dictionary(pairs),
        };
        let threads = PsValue::enumeration(names::THREAD_OPTIONS, "Default", 0);
        let pool = PsValue::bag([
            ("MinRunspaces", PsValue::I32(1)),
            ("MaxRunspaces", PsValue::I32(1)),
            ("PSThreadOptions", threads),
            ("ApartmentState", PsValue::any_apartment()),
            ("HostInfo", self.config.host.to_value()),
            ("ApplicationArguments", arguments),
        ]);
        self.send(MessageType::SessionCapability, None, capability);
        self.send(MessageType::InitRunspacePool, None, pool);
    }

    /// Runs a pipeline. Its events end with [`ClientEvent::Finished`].
    ///
    /// # Errors
    /// When the pool is not open or a pipeline runs.
    pub fn invoke(&mut self, pipeline: Pipeline) -> Result<PipelineId, Busy> {
        if self.state != Pool::Open {
            return Err(Busy::NotOpen);
        }
        if let Some(running) = &self.running {
            return Err(Busy::Running(running.id));
        }
        let id = PipelineId(Guid::random());
        self.running = Some(RunningPipeline { id, stopping: false });
        let minor = self.peer.as_ref().map_or(OUR_PROTOCOL, |peer| peer.protocol).minor;
        let value = pipeline.into_value(&self.config.host, minor);
        self.send(MessageType::CreatePipeline, Some(id), value);
        Ok(id)
    }

    /// Asks the server to stop the running pipeline, a host call that waits included. [`ClientEvent::Finished`] tells when
    /// it has; until then nothing is known.
    pub fn stop(&mut self) {
        let Some(running) = &mut self.running else { return };
        if running.stopping {
            return;
        }
        running.stopping = true;
        let id = running.id;
        self.calls.retain(|_, call| call.pipeline != Some(id));
        let unsent = self.deferred.iter().any(|message| message.kind == MessageType::CreatePipeline);
        self.deferred.retain(|message| message.to != Some(id));
        if unsent {
            self.end_unsent();
        } else {
            self.outbox.push(PacketRequest::Signal(id.0));
        }
    }

    /// Ends a pipeline of which the server has never heard.
    fn end_unsent(&mut self) {
        if let Some(RunningPipeline { id, .. }) = self.running.take() {
            self.events.push_back(ClientEvent::Finished { pipeline: id, state: PipelineState::Stopped });
        }
    }

    /// Answers a host call.
    ///
    /// # Errors
    /// When the call does not wait any more, or wants another kind of answer; then it goes on waiting.
    pub fn answer(&mut self, call: CallId, reply: HostReply) -> Result<(), AnswerError> {
        let waiting = *self.calls.get(&call).ok_or(AnswerError::NotWaiting)?;
        let outcome = reply.outcome(waiting.method)?;
        self.calls.remove(&call);
        self.respond(waiting, outcome);
        Ok(())
    }

    /// Closes the pool; the server then ends. [`ClientEvent::Closed`] answers.
    pub fn close(&mut self) {
        if matches!(self.state, Pool::Opening | Pool::Open) {
            self.state = Pool::Closing;
            self.calls.clear();
            self.deferred.clear();
            if let Some(running) = &self.running {
                self.outbox.push(PacketRequest::Signal(running.id.0));
            }
            self.outbox.push(PacketRequest::Close(Guid::NIL));
        }
    }

    /// Tells that the server's output has ended.
    pub fn end_of_input(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        lines.finish(|piece| self.piece(piece));
        self.keys.give_up();
        self.release();
        self.finish();
    }

    /// What is to be written to the server's standard input. It is lines of ASCII, and never an empty one, which
    /// would end the server.
    pub fn take_output(&mut self) -> Vec<u8> {
        self.outbox.take()
    }

    /// The next thing that happened.
    pub fn next_event(&mut self) -> Option<ClientEvent> {
        self.events.pop_front()
    }

    /// What the peer has said of itself.
    pub fn peer(&self) -> Option<&Peer> {
        self.peer.as_ref()
    }

    /// The pipeline that runs, if one does.
    pub fn running(&self) -> Option<PipelineId> {
        self.running.as_ref().map(|running| running.id)
    }

    /// The host, as scripts have left it.
    pub fn host(&self) -> &HostData {
        &self.config.host
    }

    /// Changes the host, for example when the window has another size; scripts see it from the next pipeline on.
    pub fn host_mut(&mut self) -> &mut HostData {
        &mut self.config.host
    }

    fn respond(&mut self, call: PendingHostCall, outcome: HostCallOutcome) {
        let method = PsValue::enumeration(names::REMOTE_HOST_METHOD_ID, call.method.name(), call.method.id());
        let (name, value) = match outcome {
            HostCallOutcome::Result(value) => ("mr", value),
            HostCallOutcome::Thrown(error) => ("me", error),
        };
        let kind = match call.pipeline {
            Some(_) => MessageType::PipelineHostResponse,
            None => MessageType::RunspacePoolHostResponse,
        };
        let response = PsValue::bag([("ci", call.number.into()), ("mi", method), (name, value)]);
        self.send(kind, call.pipeline, response);
    }

    /// Sends a message, or keeps it until there is a key for the secrets in it.
    fn send(&mut self, kind: MessageType, to: Option<PipelineId>, value: PsValue) {
        let data = match clixml::write(&value, self.keys.session()) {
            Ok(data) => data,
            Err(WriteError::NeedsKey) => {
                self.deferred.push(Deferred { kind, to, value });
                self.exchange_keys();
                return;
            }
        };
        let target = to.map_or(Guid::NIL, |id| id.0);
        if kind == MessageType::CreatePipeline {
            self.outbox.push(PacketRequest::Command(target));
        }
        let stream = match kind {
            MessageType::PipelineHostResponse | MessageType::RunspacePoolHostResponse => {
                DataPriority::PromptResponse
            }
            _ => DataPriority::Default,
        };
        let message = compose(kind, self.pool, target, &data);
        for fragment in self.fragmenter.cut(&message) {
            self.outbox.push(PacketRequest::Data { stream, to: target, fragment });
        }
    }

    fn finish(&mut self) {
        if self.state != Pool::Over {
            self.state = Pool::Over;
            self.running = None;
            self.calls.clear();
            self.deferred.clear();
            self.outbox.clear();
            self.events.push_back(ClientEvent::Closed);
        }
    }
}
