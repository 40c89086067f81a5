//! Messages: a header and CLIXML ([MS-PSRP] 2.2.1).

use super::guid::Guid;

const TO_SERVER: u32 = 2;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// The type of a message ([MS-PSRP] 2.2.1).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum MessageType {
            $($name,)*
        }

        impl MessageType {
            pub(super) fn code(self) -> u32 {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            pub(super) fn from_code(code: u32) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    SessionCapability = 0x0001_0002,
    InitRunspacePool = 0x0001_0004,
    PublicKey = 0x0001_0005,
    EncryptedSessionKey = 0x0001_0006,
    PublicKeyRequest = 0x0001_0007,
    RunspacePoolInitData = 0x0002_100B,
    RunspaceAvailability = 0x0002_1004,
    RunspacePoolState = 0x0002_1005,
    CreatePipeline = 0x0002_1006,
    UserEvent = 0x0002_1008,
    ApplicationPrivateData = 0x0002_1009,
    RunspacePoolHostCall = 0x0002_1100,
    RunspacePoolHostResponse = 0x0002_1101,
    PipelineOutput = 0x0004_1004,
    ErrorRecord = 0x0004_1005,
    PipelineState = 0x0004_1006,
    DebugRecord = 0x0004_1007,
    VerboseRecord = 0x0004_1008,
    WarningRecord = 0x0004_1009,
    ProgressRecord = 0x0004_1010,
    InformationRecord = 0x0004_1011,
    PipelineHostCall = 0x0004_1100,
    PipelineHostResponse = 0x0004_1101,
}

/// A message from the peer.
pub(super) struct Message<'a> {
    /// `Err` holds a code that we do not know.
    pub(super) kind: Result<MessageType, u32>,
    pub(super) pool: Guid,
    pub(super) pipeline: Guid,
    pub(super) data: &'a [u8],
}

impl<'a> Message<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (_destination, bytes) = bytes.split_first_chunk::<4>()?;
        let (kind, bytes) = bytes.split_first_chunk()?;
        let (pool, bytes) = bytes.split_first_chunk()?;
        let (pipeline, data) = bytes.split_first_chunk()?;
        let code = u32::from_le_bytes(*kind);
        let kind = MessageType::from_code(code).ok_or(code);
        Some(Self { kind, pool: Guid::from_bytes(*pool), pipeline: Guid::from_bytes(*pipeline), data })
    }
}

/// A message to the server.
pub(super) fn compose(kind: MessageType, pool: Guid, pipeline: Guid, data: &str) -> Vec<u8> {
    let mut message = Vec::with_capacity(40 + data.len());
    message.extend_from_slice(&TO_SERVER.to_le_bytes());
    message.extend_from_slice(&kind.code().to_le_bytes());
    message.extend_from_slice(&pool.to_bytes());
    message.extend_from_slice(&pipeline.to_bytes());
    message.extend_from_slice(data.as_bytes());
    message
}
