//! The head of a journal, and the short code that carries it off the machine.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::checklist::Sha;

/// The last record: its digest covers all records before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub seq: u64,
    pub hash: Sha,
}

impl Head {
    /// The short code of this head.
    pub fn code(&self) -> HeadCode {
        let mut bits = [0; CODE_BYTES];
        bits.iter_mut().zip(self.hash.as_bytes()).for_each(|(to, from)| *to = *from);
        HeadCode { seq: self.seq, bits }
    }
}

/// How much of the digest the code carries.
const CODE_BYTES: usize = 10;
/// Crockford's base 32: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of a record and the first 80 bits of its digest: `41-7ZJ4-9MQX-C0TB-HW2E`.
///
/// Short enough to be read over the telephone; the number shows a journal that was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadCode {
    seq: u64,
    bits: [u8; CODE_BYTES],
}

impl HeadCode {
    /// The number of the record.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Whether it is the code of `head`.
    pub fn is_of(&self, head: &Head) -> bool {
        head.code() == *self
    }
}

impl fmt::Display for HeadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.bits.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        write!(f, "{}", self.seq)?;
        for position in 0..16_u32 {
            if position % 4 == 0 {
                f.write_str("-")?;
            }
            let digit = usize::try_from(number >> (75 - 5 * position) & 31).unwrap_or_default();
            write!(f, "{}", DIGITS.get(digit).copied().map_or('0', char::from))?;
        }
        Ok(())
    }
}

/// The text is no head code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHeadCode;

impl FromStr for HeadCode {
    type Err = NotAHeadCode;

    /// Reads a code as people copy it: in either case, with any dash or space for a hyphen, with or without those after the
    /// first, O for 0, I or L for 1.
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAHeadCode;
        // The dashes are the hyphens of Unicode, the figure, en and em dash, the bar and the minus.
        let between = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        let meant = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let (seq, digits) = code.trim().split_once(between).ok_or_else(wrong)?;
        let seq = seq.chars().map(meant).collect::<String>().parse().map_err(|_number| wrong())?;
        let mut number = 0_u128;
        let mut count = 0;
        for digit in digits.chars().filter(|c| !between(*c)).map(meant) {
            let value = DIGITS.iter().position(|known| char::from(*known) == digit).ok_or_else(wrong)?;
            number = number << 5 | u128::try_from(value).unwrap_or_default();
            count += 1;
            if count > 16 {
                return Err(wrong());
            }
        }
        if count != 16 {
            return Err(wrong());
        }
        let mut bits = [0; CODE_BYTES];
        bits.iter_mut().zip(number.to_be_bytes().into_iter().skip(6)).for_each(|(to, from)| *to = from);
        Ok(Self { seq, bits })
    }
}
