//! A value as a person reads it.

use std::fmt::{self, Write};

use super::{Content, PsObject, PsValue};
use crate::psrp::names;

/// Text beyond this many bytes is cut: shared references can make a small message print without end.
const BUDGET: usize = 1 << 20;

impl PsValue {
    /// What PowerShell shows for it inside a string: `ToString()` of where it was made when that came along, the items
    /// of a list with a blank between, `@{Name=Value; …}` for an object with properties only. A secret is `[REDACTED]`.
    pub fn display(&self) -> String {
        let mut out = Bounded { text: String::new() };
        // The only error is a full budget, and then what fits is the answer.
        let _ = show(self, &mut out);
        out.text
    }
}

struct Bounded {
    text: String,
}

impl Write for Bounded {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        // One string may be longer than the budget, for it is not repeated; what follows it is dropped.
        if self.text.len() > BUDGET {
            return Err(fmt::Error);
        }
        self.text.push_str(piece);
        Ok(())
    }
}

fn show(value: &PsValue, out: &mut Bounded) -> fmt::Result {
    match value {
        PsValue::Null => Ok(()),
        PsValue::Bool(true) => out.write_str("True"),
        PsValue::Bool(false) => out.write_str("False"),
        PsValue::Char(unit) => out.write_str(&String::from_utf16_lossy(&[*unit])),
        PsValue::I8(n) => write!(out, "{n}"),
        PsValue::U8(n) => write!(out, "{n}"),
        PsValue::I16(n) => write!(out, "{n}"),
        PsValue::U16(n) => write!(out, "{n}"),
        PsValue::I32(n) => write!(out, "{n}"),
        PsValue::U32(n) => write!(out, "{n}"),
        PsValue::I64(n) => write!(out, "{n}"),
        PsValue::U64(n) => write!(out, "{n}"),
        PsValue::Float(n) => write!(out, "{n}"),
        PsValue::Double(n) => write!(out, "{n}"),
        PsValue::String(text) | PsValue::Xml(text) | PsValue::ScriptBlock(text) => {
            out.write_str(&text.to_string_lossy())
        }
        PsValue::Decimal(text)
        | PsValue::DateTime(text)
        | PsValue::Duration(text)
        | PsValue::Guid(text)
        | PsValue::Uri(text)
        | PsValue::Version(text) => out.write_str(text),
        PsValue::Bytes(bytes) => joined(bytes.iter(), out, |byte, out| write!(out, "{byte}")),
        PsValue::SecureString(_) => out.write_str("[REDACTED]"),
        PsValue::Progress(progress) => out.write_str(&progress.activity),
        PsValue::Object(object) => show_object(object, out),
        // A reference to an object that holds it: there is no end to what it would show.
        PsValue::Unknown(unknown) if unknown.element == "Ref" => out.write_str("…"),
        // It could not be decrypted; what it holds may be in the clear all the same.
        PsValue::Unknown(unknown) if unknown.element == "SS" => out.write_str(names::SECURE_STRING),
        PsValue::Unknown(unknown) => out.write_str(&unknown.xml),
    }
}

fn show_object(object: &PsObject, out: &mut Bounded) -> fmt::Result {
    match (&object.to_string, &object.content) {
        (Some(text), _) => out.write_str(&text.to_string_lossy()),
        (None, Content::Primitive(value)) => show(value, out),
        (
            None,
            Content::List(items) | Content::Enumerable(items) | Content::Stack(items) | Content::Queue(items),
        ) => joined(items.iter(), out, show),
        (None, Content::None) if !object.extended.is_empty() => {
            out.write_str("@{")?;
            for (at, (name, value)) in object.extended.iter().enumerate() {
                write!(out, "{}{name}=", if at == 0 { "" } else { "; " })?;
                show(value, out)?;
            }
            out.write_str("}")
        }
        (None, Content::None | Content::Dictionary(_)) => out.write_str(object.type_name()),
    }
}

fn joined<T>(
    items: impl Iterator<Item = T>,
    out: &mut Bounded,
    each: impl Fn(T, &mut Bounded) -> fmt::Result,
) -> fmt::Result {
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.write_str(" ")?;
        }
        each(item, out)?;
    }
    Ok(())
}
