//! All the ways to write one character, and what may stand between two.

/// How many bytes stand between the `&` and the `;` of a reference in XML, at the most: `#x10FFFF`, with some zeros.
const LONGEST_REFERENCE: usize = 16;
/// How many characters that mean nothing may stand between two units.
const FILLING: usize = 3;

/// Positions at which a reading ends.
#[derive(Clone)]
pub(super) struct EndPositions(pub(super) Vec<usize>);

impl EndPositions {
    /// Adds the lengths of the first characters of `text`, `most` of them, as long as they are such.
    pub(super) fn lengths(text: &str, most: usize, are: impl Fn(char) -> bool, ends: &mut Vec<usize>) {
        let such = text.char_indices().take(most).take_while(|(_, c)| are(*c));
        ends.extend(such.map(|(at, c)| at + c.len_utf8()));
    }

    pub(super) fn map(self, f: impl Fn(usize) -> usize) -> Self {
        Self(self.0.into_iter().map(f).collect())
    }

    pub(super) fn max(self) -> Option<usize> {
        self.0.into_iter().max()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().copied()
    }
}

pub(super) const fn is_filler(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\0')
}

/// The lengths of what may be left out at the beginning of `text`, the empty one first.
pub(super) fn filler_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let filled = text.bytes().take(FILLING).take_while(|byte| is_filler(char::from(*byte))).count();
    0..=filled
}

/// The lengths of all ways to write `c` that stand at the beginning of `text`.
pub(super) fn written(c: char, text: &str, ends: &mut Vec<usize>) {
    match text.as_bytes().first() {
        Some(b'\\') => {
            if let Some(length) = in_json(c, text) {
                ends.push(length);
            } else if !c.is_alphanumeric() && text.get(1..).is_some_and(|rest| rest.starts_with(c)) {
                // As `[regex]::Escape` has it.
                ends.push(1 + c.len_utf8());
            }
        }
        Some(b'&') => {
            if let Some(length) = in_xml(c, text) {
                ends.push(length);
            }
        }
        Some(b'%') => {
            if let Some(length) = in_uri(c, text) {
                ends.push(length);
            }
        }
        Some(b'_') => {
            if let Some(length) = in_clixml(c, text) {
                ends.push(length);
            }
        }
        Some(b'+') if c == ' ' => ends.push(1),
        Some(_) | None => {}
    }
    if text.starts_with(c) {
        ends.push(c.len_utf8());
        // A quote within quotes is doubled in PowerShell and in CSV.
        if matches!(c, '\'' | '"') && text.get(1..).is_some_and(|rest| rest.starts_with(c)) {
            ends.push(2);
        }
    }
}

/// RFC 8259, section 7.
fn in_json(c: char, text: &str) -> Option<usize> {
    let short = match c {
        '"' | '\\' | '/' => Some(c),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    if short.is_some() && text.chars().nth(1) == short {
        return Some(2);
    }
    coded_units(c, text, "\\u", "")
}

/// The way in which CLIXML escapes ([MS-PSRP] 2.2.5.3.2).
fn in_clixml(c: char, text: &str) -> Option<usize> {
    coded_units(c, text, "_x", "_")
}

/// Each UTF-16 code unit of `c` as four hexadecimal digits between `open` and `close`.
fn coded_units(c: char, text: &str, open: &str, close: &str) -> Option<usize> {
    let mut units = [0; 2];
    let mut rest = text;
    for unit in c.encode_utf16(&mut units) {
        let coded = rest.strip_prefix(open)?;
        let (digits, after) = coded.split_at_checked(4)?;
        (u16::from_str_radix(digits, 16).ok()? == *unit).then_some(())?;
        rest = after.strip_prefix(close)?;
    }
    Some(text.len() - rest.len())
}

/// XML 1.0, section 4.6 and 4.1.
fn in_xml(c: char, text: &str) -> Option<usize> {
    let coded = text.strip_prefix('&')?;
    let end = coded.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    let (name, rest) = (coded.get(..end)?, coded.get(end + 1..)?);
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok();
    let code = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => number(digits, 16)?,
            None => number(digits, 10)?,
        },
        None => u32::from(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return None,
        }),
    };
    (code == u32::from(c)).then(|| text.len() - rest.len())
}

/// RFC 3986, section 2.1.
fn in_uri(c: char, text: &str) -> Option<usize> {
    let mut buffer = [0; 4];
    let mut rest = text;
    for byte in c.encode_utf8(&mut buffer).bytes() {
        let (digits, after) = rest.strip_prefix('%')?.split_at_checked(2)?;
        (u8::from_str_radix(digits, 16).ok()? == byte).then_some(())?;
        rest = after;
    }
    Some(text.len() - rest.len())
}
