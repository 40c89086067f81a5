//! What the server sends, and what comes of it.

use super::{Client, PendingHostCall, Pool, RunningPipeline};
use crate::psrp::clixml;
use crate::psrp::event::{
    CallId, ClientEvent, Peer, PipelineId, PipelineState, PoolFailure, ProtocolFault, ProtocolVersion,
};
use crate::psrp::guid::Guid;
use crate::psrp::host::{HostCall, HostCallOutcome, HostReply, ImmediateResponse, Method, WriteTo};
use crate::psrp::line::{Packet, PacketRequest, Piece};
use crate::psrp::message::{Message, MessageType};
use crate::psrp::record::{ErrorRecord, Information, InformationalRecord, Record, string};
use crate::psrp::value::{ProgressRecord, PsValue};

/// The number of a call that wants no answer.
const NO_ANSWER: i64 = -100;
/// How many stopped pipelines are remembered.
const STOPPED: usize = 16;
/// Noise is told in pieces of about this size.
const NOISE: usize = 64 << 10;

impl Client {
    /// Takes in what the server has written to its standard output, in pieces of any size.
    pub fn receive(&mut self, bytes: &[u8]) {
        let mut lines = std::mem::take(&mut self.lines);
        lines.feed(bytes, |piece| self.piece(piece));
        self.lines = lines;
    }

    pub(super) fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Packet(Packet::Data { to, fragments }, _) if self.is_expected(to, &fragments) => {
                self.fragments(&fragments);
            }
            Piece::Packet(Packet::CloseAck(Guid::NIL), _)
                if self.outbox.acknowledged(&Packet::CloseAck(Guid::NIL)) =>
            {
                self.finish();
            }
            Piece::Packet(packet, _) if self.outbox.acknowledged(&packet) => {}
            // Whole, but not what anybody waits for: a program may write such things too.
            Piece::Noise(bytes) | Piece::Packet(_, bytes) => self.noise(bytes),
        }
    }

    /// Whether the server may have sent this. Who does not know the identifiers of the pool and of the pipeline, which
    /// are random, cannot speak for it.
    fn is_expected(&self, to: Guid, fragments: &[u8]) -> bool {
        if to != Guid::NIL {
            let id = PipelineId(to);
            return self.running.as_ref().is_some_and(|running| running.id == id)
                || self.stopped.iter().any(|(stopped, _)| *stopped == id);
        }
        match self.assembler.beginning(fragments) {
            Some([]) => true,
            Some(message) => Message::parse(message).is_some_and(|message| match message.kind {
                // The server sends these without its identifier.
                Ok(
                    MessageType::SessionCapability
                    | MessageType::EncryptedSessionKey
                    | MessageType::PublicKeyRequest,
                ) => true,
                _ => message.pool == self.pool,
            }),
            None => false,
        }
    }

    fn noise(&mut self, bytes: &[u8]) {
        // A writer of the server may begin with a byte order mark.
        if bytes == "\u{feff}".as_bytes() {
            return;
        }
        self.continuity.noise();
        match self.events.back_mut() {
            Some(ClientEvent::Noise(last)) if last.len() < NOISE => last.extend_from_slice(bytes),
            _ => self.events.push_back(ClientEvent::Noise(bytes.to_vec())),
        }
    }

    fn fault(&mut self, fault: ProtocolFault) {
        self.events.push_back(ClientEvent::Fault(fault));
    }

    fn fragments(&mut self, bytes: &[u8]) {
        let empty = crate::psrp::fragment::Assembler::new(0);
        let mut assembler = std::mem::replace(&mut self.assembler, empty);
        assembler.feed(bytes, |message| match message {
            Ok(whole) => {
                self.continuity.message(whole.object);
                self.message(whole.message);
            }
            Err(fault) => self.fault(fault.into()),
        });
        self.assembler = assembler;
    }

    fn message(&mut self, bytes: &[u8]) {
        if self.held.is_empty() {
            return self.open_message(bytes);
        }
        // Nothing overtakes what waits for the key, but the key itself.
        match Message::parse(bytes) {
            Some(message) if message.kind == Ok(MessageType::EncryptedSessionKey) => self.open_message(bytes),
            _ => self.hold(bytes),
        }
    }

    /// Keeps a message until the session key is known. The server encrypts without being asked, and hands its key out
    /// only when it gets ours ([MS-PSRP] 3.1.5.4.4).
    fn hold(&mut self, bytes: &[u8]) {
        self.held_bytes += bytes.len();
        self.held.push_back(bytes.to_vec());
        if self.held_bytes > self.config.largest_message {
            self.key_exchange_failed();
        }
    }

    /// Goes on with what waited, with the key or without.
    pub(super) fn release(&mut self) {
        self.held_bytes = 0;
        for message in std::mem::take(&mut self.held) {
            self.open_message(&message);
        }
    }

    fn open_message(&mut self, bytes: &[u8]) {
        let Some(message) = Message::parse(bytes) else { return self.fault(ProtocolFault::Header) };
        let kind = match message.kind {
            Ok(kind) => kind,
            Err(code) => return self.fault(ProtocolFault::UnknownMessage(code)),
        };
        let text = String::from_utf8_lossy(message.data);
        if self.keys.can_come() && text.contains("<SS") {
            self.hold(bytes);
            return self.exchange_keys();
        }
        let value = if text.is_empty() {
            PsValue::Null
        } else {
            match clixml::parse_with(&text, self.keys.session(), self.config.limits) {
                Ok(value) => value,
                Err(error) => {
                    return self.fault(ProtocolFault::Unreadable { message: format!("{kind:?}"), error });
                }
            }
        };
        self.dispatch(kind, message.pipeline, value);
    }

    fn dispatch(&mut self, kind: MessageType, pipeline: Guid, value: PsValue) {
        match kind {
            MessageType::SessionCapability => self.capability(&value),
            MessageType::ApplicationPrivateData => {
                self.application_data = value.property("ApplicationPrivateData").cloned().unwrap_or_default();
            }
            MessageType::RunspacePoolState => self.pool_state(&value),
            MessageType::EncryptedSessionKey => self.session_key(&value),
            MessageType::PublicKeyRequest => self.exchange_keys(),
            MessageType::RunspacePoolHostCall => self.host_call(None, &value),
            // They tell what we asked for, or what no script here can make use of.
            MessageType::RunspacePoolInitData
            | MessageType::RunspaceAvailability
            | MessageType::UserEvent => {}
            MessageType::PipelineHostCall
            | MessageType::PipelineOutput
            | MessageType::ErrorRecord
            | MessageType::PipelineState
            | MessageType::DebugRecord
            | MessageType::VerboseRecord
            | MessageType::WarningRecord
            | MessageType::ProgressRecord
            | MessageType::InformationRecord => match self.running {
                Some(RunningPipeline { id, .. }) if id.0 == pipeline => self.of_pipeline(kind, id, value),
                _ => self.late(kind, PipelineId(pipeline)),
            },
            MessageType::InitRunspacePool
            | MessageType::PublicKey
            | MessageType::CreatePipeline
            | MessageType::RunspacePoolHostResponse
            | MessageType::PipelineHostResponse => self.fault(ProtocolFault::UnknownMessage(kind.code())),
        }
    }

    fn of_pipeline(&mut self, kind: MessageType, pipeline: PipelineId, value: PsValue) {
        let record = match kind {
            MessageType::PipelineOutput => {
                return self.events.push_back(ClientEvent::Output { pipeline, value });
            }
            MessageType::PipelineState => return self.pipeline_state(pipeline, &value),
            MessageType::PipelineHostCall => return self.host_call(Some(pipeline), &value),
            MessageType::ErrorRecord => Record::Error(Box::new(ErrorRecord::from_value(&value))),
            MessageType::WarningRecord => Record::Warning(InformationalRecord::from_value(&value)),
            MessageType::VerboseRecord => Record::Verbose(InformationalRecord::from_value(&value)),
            MessageType::DebugRecord => Record::Debug(InformationalRecord::from_value(&value)),
            MessageType::ProgressRecord => Record::Progress(ProgressRecord::from_value(&value)),
            MessageType::InformationRecord => {
                let information = Information::from_value(&value);
                if information.is_shown_by_host() {
                    return;
                }
                Record::Information(information)
            }
            _ => return,
        };
        self.events.push_back(ClientEvent::Record { pipeline, record });
    }

    /// A message of a pipeline that does not run. The engine may run a pipeline that was stopped before it had begun,
    /// after it has said that it is stopped; that is told once.
    fn late(&mut self, kind: MessageType, pipeline: PipelineId) {
        match self.stopped.iter_mut().find(|(stopped, _)| *stopped == pipeline) {
            Some((_, true)) => {}
            Some((_, told)) => {
                *told = true;
                self.fault(ProtocolFault::RanAfterStop(pipeline));
            }
            None => self.fault(ProtocolFault::WrongPipeline(format!("{kind:?}"))),
        }
    }

    fn capability(&mut self, value: &PsValue) {
        let Ok(protocol) = string(value, "protocolversion").parse::<ProtocolVersion>() else {
            return self.fault(ProtocolFault::Incomplete("SessionCapability".to_owned()));
        };
        if protocol.major != 2 || protocol.minor < 2 {
            return self.pool_failed(PoolFailure::Version(protocol));
        }
        self.peer = Some(Peer {
            protocol,
            ps_version: string(value, "PSVersion"),
            serialization: string(value, "SerializationVersion"),
        });
    }

    fn pool_failed(&mut self, failure: PoolFailure) {
        if self.state != Pool::Over {
            self.events.push_back(ClientEvent::PoolFailed(failure));
            self.finish();
        }
    }

    /// [MS-PSRP] 2.2.2.2, 2.2.3.4
    fn pool_state(&mut self, value: &PsValue) {
        match value.property("RunspaceState").and_then(PsValue::as_i64) {
            Some(2) if self.state == Pool::Opening => match self.peer.clone() {
                Some(peer) => {
                    self.state = Pool::Open;
                    let application_data = self.application_data.clone();
                    self.events.push_back(ClientEvent::Opened { peer, application_data });
                }
                None => self.fault(ProtocolFault::Incomplete("SessionCapability".to_owned())),
            },
            Some(3) if self.state == Pool::Closing => {}
            Some(3 | 5) => {
                let error = value.property("ExceptionAsErrorRecord").filter(|error| !error.is_null());
                self.pool_failed(PoolFailure::Broken(
                    error.map(|error| Box::new(ErrorRecord::from_value(error))),
                ));
            }
            Some(_) => {}
            None => self.fault(ProtocolFault::Incomplete("RunspacePoolState".to_owned())),
        }
    }

    /// [MS-PSRP] 2.2.2.21, 2.2.3.5
    fn pipeline_state(&mut self, pipeline: PipelineId, value: &PsValue) {
        let state = match value.property("PipelineState").and_then(PsValue::as_i64) {
            Some(3) => PipelineState::Stopped,
            Some(4) => PipelineState::Completed,
            Some(5) => {
                let error = value.property("ExceptionAsErrorRecord").unwrap_or(&PsValue::Null);
                PipelineState::Failed(Box::new(ErrorRecord::from_value(error)))
            }
            Some(_) => return,
            None => return self.fault(ProtocolFault::Incomplete("PipelineState".to_owned())),
        };
        if self.running.take().is_some_and(|running| running.stopping) {
            self.stopped.truncate(STOPPED - 1);
            self.stopped.push_front((pipeline, false));
        }
        self.calls.retain(|_, call| call.pipeline != Some(pipeline));
        self.deferred.retain(|message| message.to != Some(pipeline));
        self.outbox.push(PacketRequest::Close(pipeline.0));
        match self.continuity.lost() {
            0 => {}
            lost => self.fault(ProtocolFault::Torn(lost)),
        }
        self.events.push_back(ClientEvent::Finished { pipeline, state });
    }

    /// [MS-PSRP] 2.2.2.27
    fn host_call(&mut self, pipeline: Option<PipelineId>, value: &PsValue) {
        let number = value.property("ci").and_then(PsValue::as_i64);
        let method = value.property("mi").and_then(PsValue::as_i64).and_then(|id| i32::try_from(id).ok());
        let (Some(number), Some(method)) = (number, method.map(Method::from_id)) else {
            return self.fault(ProtocolFault::Incomplete("HostCall".to_owned()));
        };
        let parameters = value.property("mp").and_then(PsValue::items).unwrap_or_default();
        let waiting = PendingHostCall { method, number, pipeline };
        let Some(call_kind) = HostCall::from_parameters(method, parameters) else {
            let outcome = match self.config.host.settle(method, parameters) {
                ImmediateResponse::Result(value) => HostCallOutcome::Result(value),
                ImmediateResponse::Thrown(error) => HostCallOutcome::Thrown(error),
                ImmediateResponse::Done => HostCallOutcome::Result(PsValue::Null),
            };
            if number != NO_ANSWER {
                self.respond(waiting, outcome);
            }
            return;
        };
        // The engine sends these as records too, and the records are what is told.
        let twin = matches!(
            &call_kind,
            HostCall::Write { to: WriteTo::Warning | WriteTo::Verbose | WriteTo::Debug, .. }
        );
        if twin {
            return;
        }
        let stopping = self.running.as_ref().is_some_and(|running| running.stopping);
        if number != NO_ANSWER && stopping && pipeline.is_some() {
            if let Ok(outcome) = HostReply::Cancelled.outcome(method) {
                self.respond(waiting, outcome);
            }
            return;
        }
        self.last_call += 1;
        let call = CallId(self.last_call);
        if number != NO_ANSWER {
            self.calls.insert(call, waiting);
        }
        self.events.push_back(ClientEvent::HostCall { pipeline, call, call_kind });
    }
}
