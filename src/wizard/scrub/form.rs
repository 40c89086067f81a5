//! A secret in one of the forms that text can give it, and how it is recognised.
//!
//! Four families: its characters, each as it is or escaped as in JSON, XML, a URI or CLIXML; the same read in another encoding
//! than they were written in ([`super::garbled`]); its bytes in hexadecimal; its bytes in base64. Between any two units a line break or a zero character may stand.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use super::garbled::Garbled;
use super::page::{self, PAGES};
use super::written::{EndPositions, filler_ends, is_filler, written};

/// From how many characters on the beginning of a secret tells too much.
const TELLING: usize = 4;
/// The same for coded forms, where chance makes beginnings.
const TELLING_CODED: usize = 8;

/// One form of one secret.
pub(super) enum Form {
    /// Its characters, each as it is or escaped.
    Text(Zeroizing<Vec<char>>),
    /// The same in an encoding that its reader does not know.
    Garbled(Garbled),
    /// Its bytes as pairs of hexadecimal digits, with or without something between the pairs.
    Hex(Zeroizing<Vec<u8>>),
    /// The base64 digits that are the same whatever stands around it; also in the alphabet for URIs.
    Base64(Zeroizing<String>),
}

/// Where a form stands in a text.
pub(super) enum FormExtent {
    Whole(Range<usize>),
    /// A identifying part, and then an ellipsis.
    Cut(Range<usize>),
    /// The text ends in it; whether that part is identifying.
    Open(Range<usize>, bool),
}

impl Form {
    /// All forms of a secret.
    pub(super) fn all_of(secret: &str) -> Vec<Self> {
        let mut chars = Zeroizing::new(Vec::with_capacity(secret.len()));
        chars.extend(secret.chars());
        let mut utf8 = Zeroizing::new(Vec::with_capacity(secret.len()));
        utf8.extend_from_slice(secret.as_bytes());
        let mut utf16 = Zeroizing::new(Vec::with_capacity(secret.len() * 2));
        utf16.extend(secret.encode_utf16().flat_map(u16::to_le_bytes));
        let mut forms = vec![Self::Text(chars)];
        let mut encoded = vec![utf8, utf16];
        if let Some(garbled) = Garbled::of(secret) {
            forms.push(Self::Garbled(garbled));
            for table in PAGES {
                let mut bytes = Zeroizing::new(Vec::with_capacity(secret.len()));
                bytes.extend(secret.chars().map(|c| page::byte(table, c)));
                encoded.push(bytes);
            }
        }
        for bytes in encoded {
            forms.extend((0..3).filter_map(|before| base64(before, &bytes)));
            forms.push(Self::Hex(bytes));
        }
        forms
    }

    fn units(&self) -> usize {
        match self {
            Self::Text(chars) => chars.len(),
            Self::Garbled(garbled) => garbled.units(),
            Self::Hex(bytes) => bytes.len(),
            Self::Base64(digits) => digits.len(),
        }
    }

    const fn identifying(&self) -> usize {
        match self {
            Self::Text(_) | Self::Garbled(_) | Self::Hex(_) => TELLING,
            Self::Base64(_) => TELLING_CODED,
        }
    }

    /// Whether anything of the form can stand where `byte` stands: asked of every byte, so that most cost nothing more.
    pub(super) fn may_begin(&self, byte: u8) -> bool {
        let of_an_ellipsis = matches!(byte, b'.' | 0xE2);
        let own = match self {
            Self::Text(chars) => {
                let first = chars.first().and_then(|c| c.encode_utf8(&mut [0; 4]).bytes().next());
                matches!(byte, b'\\' | b'&' | b'%' | b'_' | b'+') || first == Some(byte)
            }
            Self::Garbled(garbled) => garbled.may_begin(byte),
            Self::Hex(bytes) => {
                let high = char::from(byte).to_digit(16);
                byte == b'0' || high.is_some() && high == bytes.first().map(|byte| u32::from(byte >> 4))
            }
            Self::Base64(digits) => matches!(byte, b'-' | b'_') || digits.bytes().next() == Some(byte),
        };
        of_an_ellipsis || own
    }

    /// How the form stands in `text` from byte `start` on, if it does: from its first unit on or, behind an ellipsis, from
    /// any that leaves a identifying end.
    pub(super) fn at(&self, text: &str, start: usize) -> Option<FormExtent> {
        let extent = self.from(0, text, start);
        let Self::Garbled(garbled) = self else { return extent.or_else(|| self.end(text, start)) };
        extent.map(|extent| match extent {
            FormExtent::Whole(range) => FormExtent::Whole(garbled.begins(text, range.start)..range.end),
            FormExtent::Open(range, identifying) => {
                FormExtent::Open(garbled.begins(text, range.start)..range.end, identifying)
            }
            FormExtent::Cut(range) => FormExtent::Cut(range),
        })
    }

    /// Whether what it finds cannot be read as the secret that it is.
    pub(super) const fn is_garbled(&self) -> bool {
        matches!(self, Self::Garbled(_))
    }

    /// How an end of the form stands behind an ellipsis at byte `start`.
    fn end(&self, text: &str, start: usize) -> Option<FormExtent> {
        let behind = ellipsis(text.get(start..)?)?;
        // Of a row of dots only the last ones are of interest.
        if text.get(start + behind..)?.starts_with(['.', '…']) {
            return None;
        }
        let ends = 1..=self.units().saturating_sub(self.identifying());
        ends.filter_map(|first| self.from(first, text, start + behind)).find_map(|extent| match extent {
            FormExtent::Whole(range) => Some(FormExtent::Cut(range)),
            FormExtent::Cut(_) | FormExtent::Open(..) => None,
        })
    }

    /// How the units from `first` on stand in `text` from byte `start` on.
    fn from(&self, first: usize, text: &str, start: usize) -> Option<FormExtent> {
        let units = self.units();
        // All the ways in which the units so far can be read end here.
        let mut ends = self.after(first, text.get(start..)?).map(|length| start + length);
        let mut latest = ends.clone().max()?;
        for matched in first + 1..units {
            let mut further: Vec<usize> = Vec::new();
            for end in ends.iter() {
                let rest = text.get(end..).unwrap_or_default();
                for fill in filler_ends(rest) {
                    let after = self.after(matched, rest.get(fill..).unwrap_or_default());
                    further.extend(after.iter().map(|length| end + fill + length));
                }
            }
            further.sort_unstable();
            further.dedup();
            let next = EndPositions(further);
            match next.clone().max() {
                Some(end) => latest = end,
                None => return self.part(text, start, latest, matched - first),
            }
            ends = next;
        }
        Some(FormExtent::Whole(start..latest))
    }

    /// What a beginning of `matched` units is.
    fn part(&self, text: &str, start: usize, end: usize, matched: usize) -> Option<FormExtent> {
        let rest = text.get(end..).unwrap_or_default();
        let identifying = matched >= self.identifying();
        if rest.chars().all(is_filler) {
            Some(FormExtent::Open(start..text.len(), identifying))
        } else {
            (identifying && ellipsis(rest).is_some()).then_some(FormExtent::Cut(start..end))
        }
    }

    /// The lengths of what stands at the beginning of `text` and can be read as unit `unit`.
    fn after(&self, unit: usize, text: &str) -> EndPositions {
        let mut ends = Vec::new();
        match self {
            Self::Text(chars) => {
                if let Some(c) = chars.get(unit) {
                    written(*c, text, &mut ends);
                }
            }
            Self::Garbled(garbled) => garbled.after(unit, text, &mut ends),
            Self::Hex(bytes) => {
                let between = if unit == 0 {
                    0
                } else {
                    text.chars().take(3).take_while(|c| SEPARATORS.contains(c)).count()
                };
                let prefix = text.get(between..).map_or(0, |rest| if rest.starts_with("0x") { 2 } else { 0 });
                let from = if between <= 2 { between + prefix } else { 0 };
                let digits = text.get(from..from + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                if digits.is_some() && digits.as_ref() == bytes.get(unit) {
                    ends.push(from + 2);
                }
            }
            Self::Base64(digits) => {
                let standard = text.bytes().next().map(|digit| match digit {
                    b'-' => b'+',
                    b'_' => b'/',
                    digit => digit,
                });
                if standard.is_some() && standard == digits.as_bytes().get(unit).copied() {
                    ends.push(1);
                }
            }
        }
        EndPositions(ends)
    }
}

/// The length of the ellipsis that `text` begins with.
fn ellipsis(text: &str) -> Option<usize> {
    ["…", "..."].into_iter().find(|dots| text.starts_with(dots)).map(str::len)
}

/// What may stand between two bytes in hexadecimal: `43-61`, `43 61`, `43:61`, `0x43, 0x61`.
const SEPARATORS: [char; 4] = ['-', ' ', ':', ','];

/// The part of the base64 text that is the same whatever stands around the secret, `before` bytes after a boundary.
fn base64(before: usize, bytes: &[u8]) -> Option<Form> {
    let mut padded = Zeroizing::new(vec![0; before + bytes.len()]);
    padded.get_mut(before..)?.copy_from_slice(bytes);
    let text = Zeroizing::new(STANDARD_NO_PAD.encode(&*padded));
    // Characters that also hold bits of a neighbour are left out at both ends.
    let own = text.get((before * 8).div_ceil(6)..padded.len() * 8 / 6)?;
    Some(Form::Base64(Zeroizing::new(own.to_owned())))
}
