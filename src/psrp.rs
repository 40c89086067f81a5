//! The PowerShell Remoting Protocol ([MS-PSRP]) for a server that talks over standard input and output
//! (`powershell -s`), as bytes in, bytes and events out.
//!
//! This room owns the protocol: CLIXML values, fragments, messages, the key exchange, host calls, and the discipline
//! of acknowledgements. It never starts a process, opens a file, looks at a clock or waits; and it uses nothing else
//! of this crate.
//!
//! A [`Client`] is driven by its owner: bytes of the server go to [`Client::receive`], bytes from
//! [`Client::take_output`] go to the server, and [`Client::next_event`] tells what happened.
//!
//! [MS-PSRP]: https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp/

mod client;
pub(crate) mod clixml;
mod crypto;
pub(crate) mod dotnet;
mod event;
mod fragment;
mod guid;
mod host;
mod line;
mod message;
pub(crate) mod names;
mod pipeline;
mod record;
mod secret;
mod text;
pub(crate) mod value;

pub use client::{Client, ClientConfig};
pub use crypto::KeyPair;
pub use event::{
    Busy, CallId, ClientEvent, Peer, PipelineId, PipelineState, PoolFailure, ProtocolFault, ProtocolVersion,
};

pub(crate) use fragment::FragmentFault;
pub use guid::Guid;
pub use host::{AnswerError, HostCall, HostReply, WriteTo};
pub(crate) use host::{ChoiceDescription, FieldDescription};
pub use pipeline::Pipeline;
pub use record::Record;
pub(crate) use record::{ErrorRecord, InformationalRecord};
pub use secret::Secret;

pub(crate) use value::ProgressRecord;
pub use value::{Content, PsObject, PsValue};
