//! Fragments: messages cut into pieces and put together again ([MS-PSRP] 2.2.4, 3.1.5.1.1).

use std::collections::BTreeMap;

/// Object id, fragment id, flags, length.
const HEADER: usize = 21;
/// The largest fragment that we send: what the engine itself uses.
const LARGEST: usize = 32 * 1024;
const START: u8 = 1;
const END: u8 = 2;
/// How many objects may be incomplete at once.
const OPEN_OBJECTS: usize = 64;

/// Cuts messages into fragments.
#[derive(Debug, Default)]
pub(super) struct Fragmenter {
    last_object: u64,
}

impl Fragmenter {
    pub(super) fn cut(&mut self, message: &[u8]) -> Vec<Vec<u8>> {
        self.last_object += 1;
        let pieces = message.chunks(LARGEST - HEADER);
        let last = pieces.len().saturating_sub(1);
        pieces
            .zip(0_u64..)
            .enumerate()
            .map(|(at, (piece, id))| {
                let flags = if at == 0 { START } else { 0 } | if at == last { END } else { 0 };
                let mut fragment = Vec::with_capacity(HEADER + piece.len());
                fragment.extend_from_slice(&self.last_object.to_be_bytes());
                fragment.extend_from_slice(&id.to_be_bytes());
                fragment.push(flags);
                fragment.extend_from_slice(&u32::try_from(piece.len()).unwrap_or(u32::MAX).to_be_bytes());
                fragment.extend_from_slice(piece);
                fragment
            })
            .collect()
    }
}

/// Why a message was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FragmentFault {
    /// The bytes are not fragments.
    #[error("the bytes are not whole fragments")]
    Malformed,
    /// A piece is missing, or came twice.
    #[error("a piece of a message is missing or out of order")]
    OutOfOrder,
    /// A message larger than the client accepts.
    #[error("a message is larger than the limit")]
    TooLarge,
    /// More incomplete messages at once than the client accepts.
    #[error("too many messages are incomplete at once")]
    TooMany,
}

/// Puts fragments together, by object id, in bounded memory.
#[derive(Debug)]
pub(super) struct Assembler {
    open: BTreeMap<u64, Partial>,
    held: usize,
    limit: usize,
    /// The object lost last, so that each is reported once and not once a fragment.
    lost: Option<u64>,
}

/// A message put together.
pub(super) struct Whole<'a> {
    pub(super) object: u64,
    pub(super) message: &'a [u8],
}

#[derive(Debug)]
struct Partial {
    next: u64,
    bytes: Vec<u8>,
}

impl Assembler {
    pub(super) fn new(limit: usize) -> Self {
        Self { open: BTreeMap::new(), held: 0, limit, lost: None }
    }

    /// The beginning of the message that these fragments begin with; an empty one if they go on with a message that is
    /// incomplete; nothing if they are no fragments that could be expected.
    pub(super) fn beginning<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let (fragment, _) = Fragment::split(bytes)?;
        if fragment.starts() {
            return Some(fragment.blob);
        }
        self.open.contains_key(&fragment.object).then_some(&[])
    }

    /// Takes one or more fragments; gives whole messages to `take`.
    pub(super) fn feed(&mut self, mut bytes: &[u8], mut take: impl FnMut(Result<Whole<'_>, FragmentFault>)) {
        while !bytes.is_empty() {
            let Some((fragment, rest)) = Fragment::split(bytes) else {
                take(Err(FragmentFault::Malformed));
                return;
            };
            bytes = rest;
            if fragment.starts() && fragment.ends() && fragment.id == 0 {
                self.forget(fragment.object);
                if fragment.blob.len() > self.limit {
                    take(Err(FragmentFault::TooLarge));
                } else {
                    take(Ok(Whole { object: fragment.object, message: fragment.blob }));
                }
                continue;
            }
            match self.add(&fragment) {
                Ok(None) => {}
                Ok(Some(message)) => take(Ok(Whole { object: fragment.object, message: &message })),
                Err(fault) => {
                    self.forget(fragment.object);
                    if self.lost.replace(fragment.object) != Some(fragment.object) {
                        take(Err(fault));
                    }
                }
            }
        }
    }

    fn add(&mut self, fragment: &Fragment<'_>) -> Result<Option<Vec<u8>>, FragmentFault> {
        if fragment.starts() {
            let unfinished = self.forget(fragment.object);
            if fragment.id != 0 || unfinished {
                return Err(FragmentFault::OutOfOrder);
            }
            if self.open.len() >= OPEN_OBJECTS {
                return Err(FragmentFault::TooMany);
            }
            self.open.insert(fragment.object, Partial { next: 0, bytes: Vec::new() });
        }
        let partial = self.open.get_mut(&fragment.object).ok_or(FragmentFault::OutOfOrder)?;
        if partial.next != fragment.id {
            return Err(FragmentFault::OutOfOrder);
        }
        if self.held + fragment.blob.len() > self.limit {
            return Err(FragmentFault::TooLarge);
        }
        self.held += fragment.blob.len();
        partial.next += 1;
        partial.bytes.extend_from_slice(fragment.blob);
        if !fragment.ends() {
            return Ok(None);
        }
        let message = self.open.remove(&fragment.object).map(|partial| partial.bytes);
        self.held -= message.as_ref().map_or(0, Vec::len);
        Ok(message)
    }

    fn forget(&mut self, object: u64) -> bool {
        let forgotten = self.open.remove(&object);
        self.held -= forgotten.as_ref().map_or(0, |partial| partial.bytes.len());
        forgotten.is_some()
    }
}

struct Fragment<'a> {
    object: u64,
    id: u64,
    flags: u8,
    blob: &'a [u8],
}

impl<'a> Fragment<'a> {
    fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (object, bytes) = bytes.split_first_chunk()?;
        let (id, bytes) = bytes.split_first_chunk()?;
        let (flags, bytes) = bytes.split_first()?;
        let (length, bytes) = bytes.split_first_chunk()?;
        let (blob, rest) = bytes.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        let (object, id) = (u64::from_be_bytes(*object), u64::from_be_bytes(*id));
        Some((Self { object, id, flags: *flags, blob }, rest))
    }

    fn starts(&self) -> bool {
        self.flags & START != 0
    }

    fn ends(&self) -> bool {
        self.flags & END != 0
    }
}

#[cfg(test)]
mod tests;
