//! What the client tells its owner.

use std::fmt;
use std::str::FromStr;

use super::clixml::ReadError;
use super::fragment::FragmentFault;
use super::guid::Guid;
use super::host::HostCall;
use super::record::{ErrorRecord, Record};
use super::value::PsValue;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PipelineId(pub(super) Guid);

impl fmt::Display for PipelineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Names a host call. Never used twice in the life of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub(super) u64);

#[derive(Debug, Clone, PartialEq)]
pub enum ClientEvent {
    /// The runspace pool is open: pipelines may be run.
    Opened {
        /// What the peer says of itself.
        peer: Peer,
        /// `APPLICATION_PRIVATE_DATA` ([MS-PSRP] 2.2.2.13), usually with `PSVersionTable`.
        application_data: PsValue,
    },
    /// The runspace pool could not be opened, or has broken. Nothing more will come.
    PoolFailed(PoolFailure),
    /// An object that the pipeline put out.
    Output { pipeline: PipelineId, value: PsValue },
    /// A record of another stream.
    Record { pipeline: PipelineId, record: Record },
    /// A host call; if [`HostCall::wants_answer`], the pipeline waits for [`Client::answer`](super::Client::answer).
    HostCall {
        /// Which pipeline; none when the pool itself calls.
        pipeline: Option<PipelineId>,
        /// To answer it by.
        call: CallId,
        call_kind: HostCall,
    },
    /// The pipeline has ended; another may be run.
    Finished { pipeline: PipelineId, state: PipelineState },
    /// Bytes on the server's standard output that are none of its own: a native program wrote them.
    Noise(Vec<u8>),
    /// The server has closed the pool, or its output has ended.
    Closed,
    /// The peer sent something that could not be understood. What it was is lost, the session goes on; a pipeline that
    /// ran meanwhile must not be believed to be complete.
    Fault(ProtocolFault),
}

/// How a pipeline ended ([MS-PSRP] 2.2.3.5).
#[derive(Debug, Clone, PartialEq)]
pub enum PipelineState {
    /// To its end. Errors that did not end it were told as records.
    Completed,
    Failed(Box<ErrorRecord>),
    /// By [`Client::stop`](super::Client::stop). Statements after the interrupted one may still have run.
    Stopped,
}

/// What the peer says of itself in `SESSION_CAPABILITY` ([MS-PSRP] 2.2.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// The version of the protocol that it answered with.
    pub protocol: ProtocolVersion,
    /// `PSVersion`; 2.0 for every version of PowerShell.
    pub ps_version: String,
    /// The version of its serialisation.
    pub serialization: String,
}

/// A version of the protocol: 2.2 is PowerShell 3.0 and 4.0, 2.3 is 5.0 to 7.5, 2.4 is 7.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProtocolVersion {
    /// Changes where nothing fits any more.
    pub major: u16,
    /// Changes where something is added.
    pub minor: u16,
}

impl fmt::Display for ProtocolVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The text is not a version of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a protocol version")]
pub struct NotAVersion;

impl FromStr for ProtocolVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let mut parts = text.split('.').map(str::parse);
        match (parts.next(), parts.next()) {
            (Some(Ok(major)), Some(Ok(minor))) => Ok(Self { major, minor }),
            _ => Err(NotAVersion),
        }
    }
}

/// Why there is no runspace pool.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PoolFailure {
    /// The peer speaks a version that we do not: 1.0 and 2.1 are PowerShell 2.0 and older.
    #[error(
        "PowerShell answered with version {0} of the remoting protocol; 2.2 or later is needed (PowerShell 3.0)"
    )]
    Version(ProtocolVersion),
    #[error("PowerShell could not open or keep its runspace: {}", .0.as_ref().map_or("no reason given", |e| e.message.as_str()))]
    Broken(Option<Box<ErrorRecord>>),
}

/// Something that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolFault {
    /// A message was lost.
    #[error("a message from PowerShell was lost: {0}")]
    Fragment(#[from] FragmentFault),
    /// A message has no whole header.
    #[error("a message from PowerShell has no whole header")]
    Header,
    /// A type of message that we do not know.
    #[error("a message from PowerShell is of the unknown type {0:#010x}")]
    UnknownMessage(u32),
    /// The content of a message could not be read.
    #[error("a {message} message from PowerShell: {error}")]
    Unreadable {
        /// The type of the message.
        message: String,
        /// What is wrong with it.
        error: ReadError,
    },
    /// A message lacks what its type must have.
    #[error("a {0} message from PowerShell lacks a part that it must have")]
    Incomplete(String),
    /// A message for a pipeline that does not run.
    #[error("a {0} message from PowerShell is for a pipeline that does not run")]
    WrongPipeline(String),
    /// PowerShell ran a pipeline on after it had said that it was stopped.
    #[error("PowerShell ran a command on after it had said that it was stopped")]
    RanAfterStop(PipelineId),
    /// Native programs wrote into the middle of messages, which are lost. Told before the pipeline's end.
    #[error("a program wrote into the middle of what PowerShell was saying; {0} of its messages are lost")]
    Torn(usize),
    /// The key exchange failed; what needed it was answered with an error.
    #[error("the exchange of keys with PowerShell failed: secrets cannot be sent to it")]
    KeyExchange,
}

/// Why a pipeline cannot be run now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Busy {
    /// The pool is not open.
    #[error("the runspace is not open")]
    NotOpen,
    #[error("another pipeline is running")]
    Running(PipelineId),
}
