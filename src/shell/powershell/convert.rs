//! PowerShell's values as neutral data, and the operator's inputs as PowerShell's values.
//!
//! A secret never comes through: a `SecureString` is only its type's name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::psrp::names::{self, plain};
use crate::psrp::{self, Content, dotnet};
use crate::run::value::{Object, Value, folded};

/// How deep objects are followed; PowerShell itself serialises less.
const DEPTH: usize = 16;
/// How many parts one row may have: a few shared references make a small message a huge tree.
const PARTS: usize = 50_000;

/// How many bytes of text one row may have.
const BYTES: usize = 4 << 20;

/// The neutral form of an object that a command put out.
pub(super) struct ConvertedRow {
    pub(super) value: Value,
    pub(super) extent: RowExtent,
}

/// Whether all of an object is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowExtent {
    Whole,
    /// It was too large, and what was cut off may be what a check looks for.
    Cut,
}

/// Takes over an object that a command put out.
pub(super) fn from_psrp(value: &psrp::PsValue) -> ConvertedRow {
    let mut reader = Converter { parts: PARTS, bytes: BYTES, extent: RowExtent::Whole };
    let value = match (reader.value(value, DEPTH), value) {
        // A pipeline puts out no such nothing: it is an object, and a row.
        (Value::Null, psrp::PsValue::Object(_)) => Value::Object(Object::default()),
        (value, _) => value,
    };
    ConvertedRow { value, extent: reader.extent }
}

/// The PowerShell form of a variable's value.
pub(super) fn to_psrp(value: &Value) -> psrp::PsValue {
    match value {
        // Nothing of the operator's is ever unread.
        Value::Null | Value::Unread => psrp::PsValue::Null,
        Value::Bool(flag) => psrp::PsValue::Bool(*flag),
        Value::Int(number) => i32::try_from(*number).map_or(psrp::PsValue::I64(*number), psrp::PsValue::I32),
        Value::Decimal(number) => psrp::PsValue::Decimal(number.to_string()),
        Value::Float(number) => psrp::PsValue::Double(*number),
        Value::Text(text) => text.as_str().into(),
        Value::Time(millis) => Timestamp::from_millisecond(*millis)
            .map_or(psrp::PsValue::Null, |time| psrp::PsValue::DateTime(time.to_string())),
        Value::Version(_) => psrp::PsValue::Version(value.display()),
        Value::List(items) => psrp::PsValue::list(items.iter().map(to_psrp).collect()),
        Value::Object(object) => psrp::PsValue::dictionary(
            object.properties.iter().map(|(name, value)| (name.as_str().into(), to_psrp(value))).collect(),
        ),
    }
}

struct Converter {
    parts: usize,
    bytes: usize,
    extent: RowExtent,
}

impl Converter {
    fn value(&mut self, value: &psrp::PsValue, depth: usize) -> Value {
        use psrp::PsValue as P;
        let known = |read: Option<Value>| read.unwrap_or(Value::Unread);
        let Some(parts) = self.parts.checked_sub(1) else { return self.cut() };
        self.parts = parts;
        match value {
            P::Null => Value::Null,
            P::Bool(flag) => Value::Bool(*flag),
            P::I8(_) | P::U8(_) | P::I16(_) | P::U16(_) | P::I32(_) | P::U32(_) | P::I64(_) | P::U64(_) => {
                value.as_i64().map_or_else(|| known(decimal(&value.display())), Value::Int)
            }
            P::Float(number) => Value::Float(f64::from(*number)),
            P::Double(number) => Value::Float(*number),
            P::Decimal(text) => known(decimal(text)),
            P::DateTime(text) => known(time(text)),
            P::Version(text) => known(dotnet::version(text).map(Value::Version)),
            P::Bytes(bytes) => Value::List(bytes.iter().map(|byte| Value::Int((*byte).into())).collect()),
            P::SecureString(_) => self.scalar(value, value.type_name().to_owned()),
            P::Object(object) => self.object(object, depth),
            P::String(text) => self.text(text.to_string_lossy().into_owned(), Value::Text),
            P::Char(_)
            | P::Duration(_)
            | P::Guid(_)
            | P::Uri(_)
            | P::Xml(_)
            | P::ScriptBlock(_)
            | P::Progress(_) => self.scalar(value, value.display()),
            P::Unknown(_) => Value::Unread,
        }
    }

    fn scalar(&mut self, value: &psrp::PsValue, text: String) -> Value {
        let type_names = vec![value.type_name().to_owned()];
        self.text(text, |text| Value::Object(Object { type_names, text, properties: Vec::new() }))
    }

    fn text(&mut self, text: String, kept: impl FnOnce(String) -> Value) -> Value {
        match self.bytes.checked_sub(text.len()) {
            Some(bytes) => {
                self.bytes = bytes;
                kept(text)
            }
            None => self.cut(),
        }
    }

    fn cut(&mut self) -> Value {
        self.extent = RowExtent::Cut;
        Value::Unread
    }

    fn object(&mut self, object: &psrp::PsObject, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else { return self.cut() };
        match &object.content {
            // Remoting decorates plain values with the computer's name; the value is what counts.
            Content::Primitive(inner) if !object.is_enum() => return self.value(inner, depth),
            Content::Primitive(_) if object.to_string.is_none() => return Value::Unread,
            Content::List(items)
            | Content::Enumerable(items)
            | Content::Stack(items)
            | Content::Queue(items) => {
                return Value::List(items.iter().map(|item| self.value(item, depth)).collect());
            }
            Content::None | Content::Dictionary(_) | Content::Primitive(_) => {}
        }
        let text = object.to_string.as_ref().map(|text| text.to_string_lossy().into_owned());
        let text = text.unwrap_or_default();
        let known = match object.type_names.first().map(|name| plain(name)) {
            Some(names::CUSTOM_OBJECT | names::DB_NULL) if is_bare(object) => Some(Value::Null),
            Some(names::DATE_TIME_OFFSET) => object.offset_millis().map(Value::Time),
            Some(names::BIG_INTEGER | names::INT_128 | names::UINT_128) => decimal(&text),
            _ => None,
        };
        if let Some(known) = known {
            return known;
        }
        // The engine writes a column that is DBNull as it writes one that is empty.
        let is_row = object.type_names.first().is_some_and(|name| plain(name) == names::DATA_ROW);
        let mut properties = Properties::default();
        for (section, members) in [(Section::Own, &object.adapted), (Section::Added, &object.extended)] {
            for (name, value) in members {
                let value = match self.value(value, depth) {
                    Value::Text(text) if is_row && text.is_empty() => Value::Unread,
                    value => value,
                };
                properties.put(name.to_string(), value, section);
            }
        }
        for (key, value) in object.entries().unwrap_or_default() {
            properties.put(key.display(), self.value(value, depth), Section::Key);
        }
        let type_names = object.type_names.iter().map(|name| plain(name).to_owned()).collect();
        self.text(text, |text| Value::Object(Object { type_names, text, properties: properties.list }))
    }
}

/// Properties in order, each name once.
#[derive(Default)]
struct Properties {
    list: Vec<(String, Value)>,
    /// Where a name is, without regard to case, and in which section of the object it stood.
    places: HashMap<String, (usize, Section)>,
}

/// Where a property of an object comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Own,
    Added,
    Key,
}

impl Properties {
    /// Adds a property. What was added to an object hides the object's own, and a key of a dictionary hides both; of two in one
    /// section, which differ in case alone, or keys in type, nobody can tell which is meant.
    fn put(&mut self, name: String, value: Value, section: Section) {
        match self.places.entry(folded(&name)) {
            Entry::Occupied(mut entry) => {
                let (place, of) = entry.get();
                let (place, of) = (*place, *of);
                entry.insert((place, section));
                if let Some((_, old)) = self.list.get_mut(place) {
                    *old = if of == section { Value::Unread } else { value };
                }
            }
            Entry::Vacant(entry) => {
                entry.insert((self.list.len(), section));
                self.list.push((name, value));
            }
        }
    }
}

/// Whether there is nothing in an object. What a pipeline without output leaves in a property (`AutomationNull`) is `$null` for
/// PowerShell, but is sent as a bare `PSCustomObject`, which nobody can tell from `[pscustomobject]@{}`.
fn is_bare(object: &psrp::PsObject) -> bool {
    object.content == Content::None && object.adapted.is_empty() && object.extended.is_empty()
}

/// Exactly; nothing where it is longer than a `decimal` of .NET.
fn decimal(text: &str) -> Option<Value> {
    Decimal::from_str_exact(text).ok().map(Value::Decimal)
}

/// An XML Schema dateTime. One without an offset is local time, which is what .NET takes it for.
fn time(text: &str) -> Option<Value> {
    let with_offset = text.parse::<Timestamp>().ok();
    let local =
        || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::system()).ok().map(|zoned| zoned.timestamp());
    // `DateTime.MaxValue` stands for "never", and is a day later than jiff's last.
    let never = || text.starts_with("9999-12-3").then_some(Timestamp::MAX);
    with_offset.or_else(local).or_else(never).map(|time| Value::Time(time.as_millisecond()))
}

#[cfg(test)]
mod tests;
