//! PowerShell's values as neutral data, and the operator's inputs as PowerShell's values.
//!
//! A secret never comes through: a `SecureString` is only its type's name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::psrp::{self, Content};
use crate::run::value::{Object, Value, folded};

/// How deep objects are followed; PowerShell itself serialises less.
const DEPTH: usize = 16;
/// How many parts one row may have: a few shared references make a small message a huge tree.
const PARTS: usize = 50_000;

/// How many bytes of text one row may have.
const BYTES: usize = 4 << 20;

/// The neutral form of an object that a command put out.
pub(super) struct Row {
    pub(super) value: Value,
    pub(super) extent: Extent,
}

/// Whether all of an object is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// It was too large, and what was cut off may be what a check looks for.
    Cut,
}

/// Takes over an object that a command put out.
pub(super) fn from_psrp(value: &psrp::Value) -> Row {
    let mut reader = Reader { parts: PARTS, bytes: BYTES, extent: Extent::Whole };
    let value = reader.value(value, DEPTH);
    Row { value, extent: reader.extent }
}

/// The PowerShell form of a variable's value.
pub(super) fn to_psrp(value: &Value) -> psrp::Value {
    match value {
        Value::Null => psrp::Value::Null,
        Value::Bool(flag) => psrp::Value::Bool(*flag),
        Value::Int(number) => i32::try_from(*number).map_or(psrp::Value::I64(*number), psrp::Value::I32),
        Value::Decimal(number) => psrp::Value::Decimal(number.to_string()),
        Value::Float(number) => psrp::Value::Double(*number),
        Value::Text(text) => text.as_str().into(),
        Value::Time(millis) => Timestamp::from_millisecond(*millis)
            .map_or(psrp::Value::Null, |time| psrp::Value::DateTime(time.to_string())),
        Value::Version(_) => psrp::Value::Version(value.display()),
        Value::List(items) => psrp::Value::list(items.iter().map(to_psrp).collect()),
        Value::Object(object) => psrp::Value::dictionary(
            object.properties.iter().map(|(name, value)| (name.as_str().into(), to_psrp(value))).collect(),
        ),
        // Nothing of the operator's is ever unread.
        Value::Unread => psrp::Value::Null,
    }
}

struct Reader {
    parts: usize,
    bytes: usize,
    extent: Extent,
}

impl Reader {
    fn value(&mut self, value: &psrp::Value, depth: usize) -> Value {
        use psrp::Value as P;
        let Some(parts) = self.parts.checked_sub(1) else { return self.cut() };
        self.parts = parts;
        match value {
            P::Null => Value::Null,
            P::Bool(flag) => Value::Bool(*flag),
            P::I8(_) | P::U8(_) | P::I16(_) | P::U16(_) | P::I32(_) | P::U32(_) | P::I64(_) | P::U64(_) => {
                value.as_i64().map_or_else(|| decimal(&value.display()), Value::Int)
            }
            P::Float(number) => Value::Float(f64::from(*number)),
            P::Double(number) => Value::Float(*number),
            P::Decimal(text) => decimal(text),
            P::DateTime(text) => time(text),
            P::Version(text) => version(text),
            P::Bytes(bytes) => Value::List(bytes.iter().map(|byte| Value::Int((*byte).into())).collect()),
            P::SecureString(_) => Value::text(value.type_name()),
            P::Object(object) => self.object(object, depth),
            P::Char(_)
            | P::String(_)
            | P::Duration(_)
            | P::Guid(_)
            | P::Uri(_)
            | P::Xml(_)
            | P::ScriptBlock(_)
            | P::Progress(_) => self.text(value.display()),
            P::Unknown(_) => Value::Unread,
        }
    }

    fn text(&mut self, text: String) -> Value {
        match self.bytes.checked_sub(text.len()) {
            Some(bytes) => {
                self.bytes = bytes;
                Value::Text(text)
            }
            None => self.cut(),
        }
    }

    fn cut(&mut self) -> Value {
        self.extent = Extent::Cut;
        Value::Unread
    }

    fn object(&mut self, object: &psrp::Object, depth: usize) -> Value {
        let text =
            object.to_string.as_ref().map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
        if object.is_enum() {
            return Value::Text(text);
        }
        let Some(depth) = depth.checked_sub(1) else { return self.cut() };
        match &object.content {
            // Remoting decorates plain values with the computer's name; the value is what counts.
            Content::Primitive(inner) => return self.value(inner, depth),
            Content::List(items)
            | Content::Enumerable(items)
            | Content::Stack(items)
            | Content::Queue(items) => {
                return Value::List(items.iter().map(|item| self.value(item, depth)).collect());
            }
            Content::None | Content::Dictionary(_) => {}
        }
        if is_nothing(object) {
            return Value::Null;
        }
        if let Some(time) = offset_time(object) {
            return time;
        }
        let mut properties = Properties::default();
        for (name, value) in object.adapted.iter().chain(&object.extended) {
            properties.put(name.to_string(), self.value(value, depth));
        }
        let members = properties.list.len();
        for (key, value) in object.entries().unwrap_or_default() {
            properties.put_key(key.display(), self.value(value, depth), members);
        }
        let properties = properties.list;
        let plain = |name: &String| name.strip_prefix("Deserialized.").unwrap_or(name).to_owned();
        Value::Object(Object { type_names: object.type_names.iter().map(plain).collect(), text, properties })
    }
}

/// Properties in order, each name once.
#[derive(Default)]
struct Properties {
    list: Vec<(String, Value)>,
    /// Where a name is, without regard to case.
    places: HashMap<String, usize>,
}

impl Properties {
    /// Adds a property; one that was added to an object hides the object's own.
    fn put(&mut self, name: String, value: Value) {
        match self.places.entry(folded(&name)) {
            Entry::Occupied(place) => {
                if let Some((_, old)) = self.list.get_mut(*place.get()) {
                    *old = value;
                }
            }
            Entry::Vacant(place) => {
                place.insert(self.list.len());
                self.list.push((name, value));
            }
        }
    }

    /// Adds a key of a dictionary, which hides one of its `members`. Of two keys that differ in case alone, or in type, nobody
    /// can tell which is meant.
    fn put_key(&mut self, name: String, value: Value, members: usize) {
        let twice = self.places.get(&folded(&name)).is_some_and(|place| *place >= members);
        self.put(name, if twice { Value::Unread } else { value });
    }
}

/// Whether it is what a pipeline without output leaves in a property (`AutomationNull`): for PowerShell it is `$null`, but it is
/// sent as a `PSCustomObject` without anything, which nobody can tell from `[pscustomobject]@{}`.
fn is_nothing(object: &psrp::Object) -> bool {
    object.type_names.first().is_some_and(|name| name == "System.Management.Automation.PSCustomObject")
        && object.content == Content::None
        && object.to_string.is_none()
        && object.adapted.is_empty()
        && object.extended.is_empty()
}

/// A `DateTimeOffset`, which is sent as an object.
fn offset_time(object: &psrp::Object) -> Option<Value> {
    /// Of the Unix epoch, counted from the year 1 in hundreds of nanoseconds.
    const EPOCH: i64 = 621_355_968_000_000_000;
    let name = object.type_names.first()?;
    let ticks = (name == "Deserialized.System.DateTimeOffset" || name == "System.DateTimeOffset")
        .then(|| object.property("UtcTicks")?.as_i64())
        .flatten()?;
    Some(Value::Time((ticks - EPOCH).div_euclid(10_000)))
}

/// Exactly; one that no `decimal` of .NET holds is none of ours either.
fn decimal(text: &str) -> Value {
    Decimal::from_str_exact(text).map_or_else(|_| Value::text(text), Value::Decimal)
}

fn version(text: &str) -> Value {
    let parts: Result<Vec<u32>, _> = text.split('.').map(str::parse).collect();
    parts
        .ok()
        .filter(|parts| (2..=4).contains(&parts.len()))
        .map_or_else(|| Value::text(text), Value::Version)
}

/// An XML Schema dateTime. One without an offset is local time, which is what .NET takes it for.
fn time(text: &str) -> Value {
    let with_offset = text.parse::<Timestamp>().ok();
    let local =
        || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::system()).ok().map(|zoned| zoned.timestamp());
    // `DateTime.MaxValue` stands for "never", and is a day later than jiff's last.
    let never = || text.starts_with("9999-12-3").then_some(Timestamp::MAX);
    with_offset
        .or_else(local)
        .or_else(never)
        .map_or_else(|| Value::text(text), |time| Value::Time(time.as_millisecond()))
}

#[cfg(test)]
mod tests;
