//! CLIXML: values to text and back ([MS-PSRP] 2.2.5).
//!
//! Reading never fails on what it does not know: such an element becomes [`PsValue::Unknown`]. It fails on text that is
//! not XML and on what exceeds the [`Limits`], so that a peer cannot make us recurse or allocate without bound.

mod escape;
mod primitive;
mod read;
mod references;
mod scan;
mod write;

use super::crypto::SessionKey;
use super::value::PsValue;

pub(crate) use write::WriteError;
pub(super) use write::write;

/// Bounds on what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deeply values may nest, shared references included.
    pub depth: usize,
    /// How many values one document may hold.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 100, values: 2_000_000 }
    }
}

/// Why a document could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("CLIXML cannot be read at byte {offset}: {reason}")]
pub struct ReadError {
    /// How far into the text.
    pub offset: usize,
    pub reason: ReadReason,
}

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadReason {
    /// The text is not well-formed XML.
    #[error("it is not well-formed")]
    Malformed,
    /// The text ends too early.
    #[error("it ends inside an element")]
    Truncated,
    /// There is no value.
    #[error("it holds no value")]
    Empty,
    /// Nested beyond [`Limits::depth`].
    #[error("it is nested too deeply")]
    TooDeep,
    /// More than [`Limits::values`].
    #[error("it holds too many values")]
    TooMany,
}

/// Reads the first value of a document.
///
/// # Errors
/// When the text is not well-formed or exceeds the default [`Limits`].
pub fn parse(text: &str) -> Result<PsValue, ReadError> {
    read::read_one(text, None, Limits::default())
}

/// Reads every value of a document, with or without the `<Objs>` around them (as Windows PowerShell writes to its
/// standard error after `#< CLIXML`).
///
/// # Errors
/// When the text is not well-formed or exceeds the limits.
pub fn parse_all(text: &str, limits: Limits) -> Result<Vec<PsValue>, ReadError> {
    read::read_all(text, limits)
}

pub(super) fn parse_with(text: &str, key: Option<&SessionKey>, limits: Limits) -> Result<PsValue, ReadError> {
    read::read_one(text, key, limits)
}

/// Writes a value as one element.
///
/// # Errors
/// When it holds a secret: those are written only by the client, under its session key.
pub fn to_string(value: &PsValue) -> Result<String, WriteError> {
    write(value, None)
}

#[cfg(test)]
mod tests;
