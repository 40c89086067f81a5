//! The names of the parts of a checklist, and the digest of its file.

use std::sync::Arc;
use std::{fmt, io};

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Declares a newtype over a shared string that names one thing of a checklist.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as written in the file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// The `id` of a checklist: lower-case words joined by hyphens.
    ChecklistId
}
id! {
    /// The `id` of a step: lower-case words joined by hyphens, unique in its checklist.
    StepId
}
id! {
    /// The `id` of an input: a PowerShell variable name without the `$`, lower-case words joined by underscores.
    InputId
}

/// A SHA-256 digest; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha([u8; 32]);

impl Sha {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest and the length of what `from` gives, which `each` is given too, part by part.
    ///
    /// # Errors
    /// Why it could not be read to its end.
    pub fn of_reader(from: &mut impl io::Read, each: impl FnMut(&[u8])) -> io::Result<(Self, u64)> {
        let mut parts = Parts { digest: Sha256::new(), each };
        let bytes = io::copy(from, &mut parts)?;
        Ok((Self(parts.digest.finalize().into()), bytes))
    }

    /// A digest made elsewhere.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A digest that can be written to, and hands on what is written.
struct Parts<F> {
    digest: Sha256,
    each: F,
}

impl<F: FnMut(&[u8])> io::Write for Parts<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.digest.update(bytes);
        (self.each)(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Display for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASha;

impl std::str::FromStr for Sha {
    type Err = NotASha;

    fn from_str(hex: &str) -> Result<Self, Self::Err> {
        if hex.len() != 64 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NotASha);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_utf8| NotASha)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_digit| NotASha)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Sha {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        hex.parse()
            .map_err(|NotASha| D::Error::invalid_value(Unexpected::Str(&hex), &"64 hexadecimal digits"))
    }
}
