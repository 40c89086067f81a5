//! The host: what the server asks of whoever sits before the screen ([MS-PSRP] 2.2.2.15, 2.2.2.16, 2.2.2.27,
//! 2.2.2.28, 2.2.3.17).
//!
//! Questions about the screen itself are answered here from [`HostData`]; questions to a person become [`HostCall`]s.

mod call;
mod data;
mod method;

pub(crate) use call::{ChoiceDescription, FieldDescription};
pub use call::{HostCall, WriteTo};
pub(crate) use data::HostData;
pub(super) use data::ImmediateResponse;
pub(super) use method::Method;

use super::record::ErrorRecord;
use super::secret::Secret;
use super::value::PsValue;

/// What the person said.
#[derive(Debug)]
pub enum HostReply {
    /// To [`HostCall::PromptForCredential`].
    Credential {
        /// The account, as entered.
        user: String,
        password: Secret,
    },
    /// To [`HostCall::PromptForChoice`]: an index.
    Choice(i32),
    /// To [`HostCall::PromptForMultipleChoices`]: indices.
    Choices(Vec<i32>),
    /// To [`HostCall::ReadLine`].
    Line(String),
    /// To [`HostCall::ReadLineSecure`].
    SecureLine(Secret),
    /// To [`HostCall::Prompt`]: each field's name with its value.
    Fields(Vec<(String, PsValue)>),
    /// To [`HostCall::ReadKey`]: the character of the key, with its virtual key code.
    Key {
        /// The character; 0 for a key that has none.
        character: u16,
        /// The Windows virtual key code.
        code: i32,
    },
    /// To [`HostCall::PromptForCredential`]: the person gave none; PowerShell goes on with `$null`.
    NoCredential,
    /// To [`HostCall::Other`]: the result itself.
    Value(PsValue),
    /// To any call: the person walked away. The call throws, which ends most scripts.
    Cancelled,
    /// To any call: it cannot be done, and why. The call throws this.
    Failed(String),
}

/// The answer does not fit the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The call is not waiting: it was answered, or its pipeline has ended, or it never wanted an answer.
    #[error("nothing waits for this answer")]
    NotWaiting,
    /// An answer of another kind is wanted; the call goes on waiting.
    #[error("the answer is of the wrong kind for the question")]
    WrongKind,
}

/// The result or the exception of a call.
pub(super) enum HostCallOutcome {
    Result(PsValue),
    Thrown(PsValue),
}

impl HostReply {
    pub(super) fn outcome(self, method: Method) -> Result<HostCallOutcome, AnswerError> {
        let result = match (self, method) {
            (
                Self::Credential { user, password },
                Method::PromptForCredential1 | Method::PromptForCredential2,
            ) => PsValue::credential(user, password),
            (Self::NoCredential, Method::PromptForCredential1 | Method::PromptForCredential2) => {
                PsValue::Null
            }
            (Self::Choice(index), Method::PromptForChoice) => index.into(),
            (Self::Choices(indices), Method::PromptForChoiceMultipleSelection) => {
                PsValue::list(indices.into_iter().map(PsValue::I32).collect())
            }
            (Self::Line(line), Method::ReadLine) => line.into(),
            (Self::SecureLine(line), Method::ReadLineAsSecureString) => line.into(),
            (Self::Fields(fields), Method::Prompt) => {
                PsValue::dictionary(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
            }
            (Self::Key { character, code }, Method::ReadKey) => PsValue::bag([
                ("virtualKeyCode", code.into()),
                ("character", PsValue::Char(character)),
                ("controlKeyState", PsValue::I32(0)),
                ("keyDown", true.into()),
            ]),
            (Self::Value(value), Method::Unknown(_)) => value,
            (Self::Cancelled, _) => {
                return Ok(HostCallOutcome::Thrown(ErrorRecord::host_failure(
                    "The operator cancelled.",
                    "PromptCancelled",
                )));
            }
            (Self::Failed(why), _) => {
                return Ok(HostCallOutcome::Thrown(ErrorRecord::host_failure(&why, "HostFailure")));
            }
            _ => return Err(AnswerError::WrongKind),
        };
        Ok(HostCallOutcome::Result(result))
    }
}
