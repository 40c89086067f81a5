//! Identifiers of runspace pools and pipelines.

use std::fmt;
use std::str::FromStr;

use rand::Rng;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Guid(u128);

impl Guid {
    /// The empty GUID, which on the wire of an out-of-process server means the runspace pool itself.
    pub const NIL: Self = Self(0);

    /// A new random GUID (version 4).
    pub fn random() -> Self {
        let bits: u128 = rand::thread_rng().r#gen();
        Self(bits & !(0xF << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62)
    }

    /// The form of a message header ([MS-PSRP] 2.2.1): the first three groups are little-endian.
    pub fn to_bytes(self) -> [u8; 16] {
        swap_groups(self.0.to_be_bytes())
    }

    /// The inverse of [`Guid::to_bytes`].
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(swap_groups(bytes)))
    }
}

fn swap_groups(mut bytes: [u8; 16]) -> [u8; 16] {
    let mut rest = bytes.as_mut_slice();
    for width in [4, 2, 2] {
        let (group, after) = rest.split_at_mut(width);
        group.reverse();
        rest = after;
    }
    bytes
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = |shift: u32, width: u32| (self.0 >> shift) & ((1 << width) - 1);
        let (a, b, c) = (group(96, 32), group(80, 16), group(64, 16));
        write!(f, "{a:08x}-{b:04x}-{c:04x}-{:04x}-{:012x}", group(48, 16), group(0, 48))
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a GUID")]
pub struct NotAGuid;

impl FromStr for Guid {
    type Err = NotAGuid;

    fn from_str(text: &str) -> Result<Self, NotAGuid> {
        let mut widths = text.split('-').map(str::len);
        let right = [8, 4, 4, 4, 12].into_iter().all(|width| widths.next() == Some(width));
        if !right || widths.next().is_some() || !text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit()) {
            return Err(NotAGuid);
        }
        u128::from_str_radix(&text.replace('-', ""), 16).map(Self).or(Err(NotAGuid))
    }
}
