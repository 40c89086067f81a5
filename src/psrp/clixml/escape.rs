//! Characters of CLIXML: XML entities, and the `_xHHHH_` escapes of [MS-PSRP] 2.2.5.3.2.

use std::borrow::Cow;

use memchr::memchr;

use crate::psrp::text::Utf16Text;

/// The text that this character data stands for.
pub(super) fn decode(raw: &str) -> Utf16Text {
    decode_escapes(unescape_entities(raw))
}

/// Replaces entities and character references; what is not one is left as it stands.
pub(super) fn unescape_entities(raw: &str) -> Cow<'_, str> {
    if memchr(b'&', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        if let Some((c, tail)) = reference(after) {
            out.push(c);
            rest = tail;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of a reference whose `&` has been read, and what follows. No reference is longer than the bound.
fn reference(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let (name, rest) = text.split_at_checked(end)?;
    Some((entity(name)?, rest.strip_prefix(';')?))
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

pub(super) fn decode_escapes(raw: Cow<'_, str>) -> Utf16Text {
    if memchr(b'_', raw.as_bytes()).is_none() {
        return raw.into();
    }
    match decode_valid(&raw) {
        Some(Cow::Borrowed(_)) => raw.into(),
        Some(Cow::Owned(text)) => text.into(),
        None => decode_wide(&raw),
    }
}

/// Decodes as long as surrogates come in pairs.
fn decode_valid(raw: &str) -> Option<Cow<'_, str>> {
    let mut out: Option<String> = None;
    let mut rest = raw;
    let mut copied = raw;
    while let Some(at) = memchr(b'_', rest.as_bytes()) {
        let (_, tail) = rest.split_at_checked(at)?;
        let Some((unit, mut after)) = escape(tail) else {
            rest = tail.strip_prefix('_')?;
            continue;
        };
        let out = out.get_or_insert_with(|| String::with_capacity(raw.len()));
        // By length: comparing the suffix would read all that follows, at every escape.
        out.push_str(copied.get(..copied.len() - tail.len())?);
        if let Some(c) = char::from_u32(unit.into()) {
            out.push(c);
        } else {
            let (low, end) = escape(after)?;
            out.push(char::decode_utf16([unit, low]).next()?.ok()?);
            after = end;
        }
        rest = after;
        copied = after;
    }
    Some(match out {
        None => Cow::Borrowed(raw),
        Some(mut text) => {
            text.push_str(copied);
            Cow::Owned(text)
        }
    })
}

fn decode_wide(raw: &str) -> Utf16Text {
    let mut units = Vec::with_capacity(raw.len());
    let mut rest = raw.chars();
    loop {
        if let Some((unit, after)) = escape(rest.as_str()) {
            units.push(unit);
            rest = after.chars();
        } else if let Some(c) = rest.next() {
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        } else {
            return Utf16Text::from_utf16(&units);
        }
    }
}

/// The code unit of an escape at the very start, and what follows.
fn escape(text: &str) -> Option<(u16, &str)> {
    let digits = text.strip_prefix("_x").or_else(|| text.strip_prefix("_X"))?;
    let (hex, after) = digits.split_at_checked(4)?;
    let after = after.strip_prefix('_')?;
    hex.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
    Some((u16::from_str_radix(hex, 16).ok()?, after))
}

/// Appends text as character data or as the value of an attribute.
pub(super) fn encode(text: &Utf16Text, out: &mut String) {
    match text.as_str() {
        Some(text) => encode_str(text, out),
        None => {
            for c in char::decode_utf16(text.to_utf16()) {
                match c {
                    Ok(c) => encode_char(c, None, out),
                    Err(lone) => push_escape(lone.unpaired_surrogate(), out),
                }
            }
        }
    }
}

/// As [`encode`], for valid text.
pub(super) fn encode_str(text: &str, out: &mut String) {
    out.reserve(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            encode_char(c, chars.clone().next(), out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn is_special(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '<' | '>' | '&' | '"' | '\'' | '_' | '\u{fffe}' | '\u{ffff}')
}

fn encode_char(c: char, next: Option<char>, out: &mut String) {
    match c {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        // Without a look at what follows, an escape is always right.
        '_' if !next.is_none_or(|next| matches!(next, 'x' | 'X')) => out.push('_'),
        c if is_special(c) => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                push_escape(*unit, out);
            }
        }
        c => out.push(c),
    }
}

fn push_escape(unit: u16, out: &mut String) {
    out.push_str("_x");
    for shift in [12, 8, 4, 0] {
        out.push(char::from_digit(u32::from(unit >> shift & 0xF), 16).unwrap_or('0').to_ascii_uppercase());
    }
    out.push('_');
}
