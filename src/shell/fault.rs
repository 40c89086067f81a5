//! Why a shell is gone, as data: `text` has the words.

use std::process::ExitStatus;

// Who words a fault takes them from here: only shells know the protocol.
#[cfg(test)]
pub(crate) use crate::psrp::clixml::ReadError;
pub(crate) use crate::psrp::clixml::ReadReason;
pub(crate) use crate::psrp::{FragmentFault, PoolFailure, ProtocolFault};

/// Why a shell is gone although nobody asked it to go.
#[derive(Clone, Debug, PartialEq)]
pub enum ShellFault {
    /// Its task is gone, and said nothing.
    ChannelClosed,
    /// The system does not start the program; why, in its own words.
    NotStarted {
        program: String,
        why: String,
    },
    Ended(Box<LastWords>),
}

/// How a program ended, and what it said before.
#[derive(Clone, Debug, PartialEq)]
pub struct LastWords {
    pub program: String,
    pub how: ProgramEnd,
    /// What it wrote instead of the protocol, where it never spoke it.
    pub garbage: Option<String>,
    /// Its last line on standard error.
    pub error_line: Option<String>,
}

/// How a program ended, or why it was ended.
#[derive(Clone, Debug, PartialEq)]
pub enum ProgramEnd {
    NoAnswer,
    OutputClosed,
    /// It ended, and the system does not say how.
    Unknown,
    Exited(ExitStatus),
    /// It says so much of something else that it will never speak the protocol.
    NotTheProtocol,
    /// It began to speak the protocol, and not well.
    BadOpening(ProtocolFault),
    /// It spoke the protocol, and broke it so that nothing in the session can be relied on.
    Broke(ProtocolFault),
    NoRunspace(PoolFailure),
}
