//! Text that must not be seen: passwords and other secure strings.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// UTF-16 text that is wiped when dropped, never printed, and never copied by accident.
///
/// A secret leaves the client only encrypted under the session key ([MS-PSRP] 2.2.5.1.24).
#[derive(PartialEq, Eq)]
pub struct Secret {
    units: Zeroizing<Vec<u16>>,
}

impl Secret {
    /// A secret from its UTF-16 code units; the vector is taken over, not copied.
    pub fn from_utf16(units: Vec<u16>) -> Self {
        Self { units: Zeroizing::new(units) }
    }

    /// The UTF-16 code units.
    pub fn expose_utf16(&self) -> &[u16] {
        &self.units
    }

    /// The text, in a buffer that is wiped as well; lone surrogates become U+FFFD.
    pub fn expose_text(&self) -> Zeroizing<String> {
        // Reserved for the longest outcome, so that no half-filled copy is left behind by a reallocation.
        let mut text = Zeroizing::new(String::with_capacity(self.units.len() * 3));
        text.extend(
            char::decode_utf16(self.units.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
        text
    }

    /// How many UTF-16 code units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    pub(super) fn to_utf16le(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.units.len() * 2));
        for unit in self.units.iter() {
            bytes.extend_from_slice(&unit.to_le_bytes());
        }
        bytes
    }

    pub(super) fn from_utf16le(bytes: &[u8]) -> Self {
        let mut units = Vec::with_capacity(bytes.len() / 2);
        units.extend(bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(u16::from_le_bytes));
        Self::from_utf16(units)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        let mut units = Vec::with_capacity(text.encode_utf16().count());
        units.extend(text.encode_utf16());
        Self::from_utf16(units)
    }
}

impl From<String> for Secret {
    fn from(mut text: String) -> Self {
        let secret = Self::from(text.as_str());
        text.zeroize();
        secret
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}
