//! Primitive elements of CLIXML to values.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::psrp::crypto::SessionKey;
use crate::psrp::text::Utf16Text;
use crate::psrp::value::PsValue;

/// A primitive ([MS-PSRP] 2.2.5.1), or nothing when the element is unknown or does not hold what its name says.
pub(super) fn primitive<'a>(
    element: &str,
    text: Cow<'a, str>,
    decode: impl Fn(Cow<'a, str>) -> Utf16Text,
    key: Option<&SessionKey>,
) -> Option<PsValue> {
    fn number<T: FromStr>(text: &str, wrap: impl Fn(T) -> PsValue) -> Option<PsValue> {
        text.trim_ascii().parse().ok().map(wrap)
    }
    let plain = |text| decode(text).into_string_lossy();
    Some(match element.as_bytes() {
        b"S" => PsValue::String(decode(text)),
        b"I32" => number(&text, PsValue::I32)?,
        b"Nil" if text.is_empty() => PsValue::Null,
        b"B" => match text.trim_ascii() {
            "true" | "1" => PsValue::Bool(true),
            "false" | "0" => PsValue::Bool(false),
            _ => return None,
        },
        b"C" => number(&text, PsValue::Char)?,
        b"SB" => number(&text, PsValue::I8)?,
        b"By" => number(&text, PsValue::U8)?,
        b"I16" => number(&text, PsValue::I16)?,
        b"U16" => number(&text, PsValue::U16)?,
        b"U32" => number(&text, PsValue::U32)?,
        b"I64" => number(&text, PsValue::I64)?,
        b"U64" => number(&text, PsValue::U64)?,
        b"Sg" => number(&text, PsValue::Float)?,
        b"Db" => number(&text, PsValue::Double)?,
        b"D" => PsValue::Decimal(plain(text)),
        b"DT" => PsValue::DateTime(plain(text)),
        b"TS" => PsValue::Duration(plain(text)),
        b"G" => PsValue::Guid(plain(text)),
        b"URI" => PsValue::Uri(plain(text)),
        b"Version" => PsValue::Version(plain(text)),
        b"XD" => PsValue::Xml(decode(text)),
        b"SBK" => PsValue::ScriptBlock(decode(text)),
        b"BA" => PsValue::Bytes(STANDARD.decode(text.trim_ascii()).ok()?),
        b"SS" => PsValue::SecureString(Arc::new(key?.decrypt(&text)?)),
        _ => return None,
    })
}
