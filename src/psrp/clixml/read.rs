//! CLIXML to values.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::escape;
use super::scan::{Leaf, Scanner, Tag, Token};
use super::{Limits, ReadError, ReadReason};
use crate::psrp::crypto::SessionKey;
use crate::psrp::record::ProgressRecord;
use crate::psrp::text::Text;
use crate::psrp::value::{Content, Object, Unknown, Value};

pub(super) fn read_one(text: &str, key: Option<&SessionKey>, limits: Limits) -> Result<Value, ReadError> {
    let mut reader = Reader::new(text, key, limits);
    reader
        .document(|_| false)
        .map_err(|reason| reader.error(text, reason))
        .and_then(|mut values| values.pop().ok_or_else(|| reader.error(text, ReadReason::Empty)))
}

pub(super) fn read_all(text: &str, limits: Limits) -> Result<Vec<Value>, ReadError> {
    let mut reader = Reader::new(text, None, limits);
    reader.document(|_| true).map_err(|reason| reader.error(text, reason))
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    key: Option<&'a SessionKey>,
    limits: Limits,
    depth: usize,
    /// The deepest level that the value being read reaches, references included.
    deepest: usize,
    values: usize,
    /// Objects by `RefId`, with how far they reach below themselves.
    objects: HashMap<&'a str, (Arc<Object>, usize)>,
    type_names: HashMap<&'a str, Arc<[String]>>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, key: Option<&'a SessionKey>, limits: Limits) -> Self {
        Self {
            scanner: Scanner::new(text.trim_start_matches('\u{feff}')),
            key,
            limits,
            depth: 0,
            deepest: 0,
            values: 0,
            objects: HashMap::new(),
            type_names: HashMap::new(),
        }
    }

    fn error(&self, text: &str, reason: ReadReason) -> ReadError {
        ReadError { offset: text.len().saturating_sub(self.scanner.left()), reason }
    }

    fn document(&mut self, more: impl Fn(&Value) -> bool) -> Result<Vec<Value>, ReadReason> {
        let mut values = Vec::new();
        loop {
            match self.scanner.next()? {
                // The wrapper of a whole document; its end is found below.
                Token::Open(tag) if tag.name == "Objs" => {}
                Token::Close("Objs") => {}
                Token::Open(tag) => {
                    let value = self.value(tag)?;
                    let more = more(&value);
                    values.push(value);
                    if !more {
                        return Ok(values);
                    }
                }
                Token::Text(text) if text.trim_ascii().is_empty() => {}
                Token::End => return Ok(values),
                Token::Close(_) | Token::Text(_) | Token::Cdata(_) => return Err(ReadReason::Malformed),
            }
        }
    }

    fn value(&mut self, tag: Tag<'a>) -> Result<Value, ReadReason> {
        self.values += 1;
        if self.values > self.limits.values {
            return Err(ReadReason::TooMany);
        }
        // Matched as bytes, which compiles to a decision by length and letter and not to one comparison after another.
        match tag.name.as_bytes() {
            b"Obj" => self.object(tag),
            b"Ref" => self.reference(tag),
            b"PR" => self.progress(tag).map(|progress| Value::Progress(Box::new(progress))),
            _ => {
                let before = self.scanner.clone();
                let read = match self.scanner.leaf(tag)? {
                    Leaf::Text(text) => primitive(tag.name, text, self.key),
                    Leaf::Nested(_) => None,
                };
                if let Some(value) = read {
                    return Ok(value);
                }
                self.scanner = before;
                self.unknown(tag)
            }
        }
    }

    fn unknown(&mut self, tag: Tag<'a>) -> Result<Value, ReadReason> {
        let xml = self.scanner.skip(tag)?.to_owned();
        Ok(Value::Unknown(Box::new(Unknown { element: tag.name.to_owned(), xml })))
    }

    fn reference(&mut self, tag: Tag<'a>) -> Result<Value, ReadReason> {
        self.scanner.skip(tag)?;
        let id = tag.attribute("RefId").unwrap_or_default();
        match self.objects.get(id) {
            Some((object, height)) => {
                let reach = self.depth + height;
                if reach > self.limits.depth {
                    return Err(ReadReason::TooDeep);
                }
                self.deepest = self.deepest.max(reach);
                Ok(Value::Object(Arc::clone(object)))
            }
            // An object that holds itself: there is no such value here, so the reference is kept as what it is.
            None => {
                Ok(Value::Unknown(Box::new(Unknown { element: tag.name.to_owned(), xml: id.to_owned() })))
            }
        }
    }

    fn object(&mut self, tag: Tag<'a>) -> Result<Value, ReadReason> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(ReadReason::TooDeep);
        }
        let outside = std::mem::replace(&mut self.deepest, self.depth);
        let object = Arc::new(self.object_parts(tag)?);
        let height = self.deepest - self.depth + 1;
        self.depth -= 1;
        self.deepest = self.deepest.max(outside);
        if let Some(id) = tag.attribute("RefId") {
            self.objects.insert(id, (Arc::clone(&object), height));
        }
        Ok(Value::Object(object))
    }

    fn object_parts(&mut self, tag: Tag<'a>) -> Result<Object, ReadReason> {
        let mut object = Object::default();
        if tag.empty {
            return Ok(object);
        }
        while let Some(part) = self.scanner.child(tag.name)? {
            match part.name.as_bytes() {
                b"TN" => object.type_names = self.type_names(part)?,
                b"TNRef" => {
                    self.scanner.skip(part)?;
                    let id = part.attribute("RefId").unwrap_or_default();
                    object.type_names = self.type_names.get(id).cloned().unwrap_or_default();
                }
                b"ToString" => object.to_string = Some(self.text(part)?),
                b"Props" => self.properties(part, &mut object.adapted)?,
                b"MS" => self.properties(part, &mut object.extended)?,
                b"LST" => object.content = Content::List(self.items(part)?),
                b"IE" => object.content = Content::Enumerable(self.items(part)?),
                b"STK" => object.content = Content::Stack(self.items(part)?),
                b"QUE" => object.content = Content::Queue(self.items(part)?),
                b"DCT" => object.content = Content::Dictionary(self.entries(part)?),
                _ => object.content = Content::Primitive(self.value(part)?),
            }
        }
        Ok(object)
    }

    fn type_names(&mut self, tag: Tag<'a>) -> Result<Arc<[String]>, ReadReason> {
        let mut names = Vec::new();
        if !tag.empty {
            while let Some(name) = self.scanner.child(tag.name)? {
                names.push(self.text(name)?.into_string_lossy());
            }
        }
        let names: Arc<[String]> = names.into();
        if let Some(id) = tag.attribute("RefId") {
            self.type_names.insert(id, Arc::clone(&names));
        }
        Ok(names)
    }

    fn text(&mut self, tag: Tag<'a>) -> Result<Text, ReadReason> {
        Ok(match self.scanner.leaf(tag)? {
            Leaf::Text(text) => escape::decode_escapes(text),
            Leaf::Nested(xml) => xml.into(),
        })
    }

    fn properties(&mut self, tag: Tag<'a>, into: &mut Vec<(String, Value)>) -> Result<(), ReadReason> {
        if tag.empty {
            return Ok(());
        }
        while let Some(child) = self.scanner.child(tag.name)? {
            let name = escape::decode(child.attribute("N").unwrap_or_default()).into_string_lossy();
            // A member set within one, whose objects may be referred to later; the engine's own is no property of anybody.
            let value = match child.name {
                "MS" => self.member_set(child)?,
                _ => self.value(child)?,
            };
            if !(child.name == "MS" && name == "PSStandardMembers") {
                into.push((name, value));
            }
        }
        Ok(())
    }

    /// A member set within one: its members are reached by its name.
    fn member_set(&mut self, tag: Tag<'a>) -> Result<Value, ReadReason> {
        self.values += 1;
        self.depth += 1;
        if self.values > self.limits.values {
            return Err(ReadReason::TooMany);
        }
        if self.depth > self.limits.depth {
            return Err(ReadReason::TooDeep);
        }
        self.deepest = self.deepest.max(self.depth);
        let mut members = Object::default();
        self.properties(tag, &mut members.extended)?;
        self.depth -= 1;
        Ok(Value::Object(Arc::new(members)))
    }

    fn items(&mut self, tag: Tag<'a>) -> Result<Vec<Value>, ReadReason> {
        let mut items = Vec::new();
        if tag.empty {
            return Ok(items);
        }
        while let Some(child) = self.scanner.child(tag.name)? {
            items.push(self.value(child)?);
        }
        Ok(items)
    }

    fn entries(&mut self, tag: Tag<'a>) -> Result<Vec<(Value, Value)>, ReadReason> {
        let mut entries = Vec::new();
        if tag.empty {
            return Ok(entries);
        }
        while let Some(entry) = self.scanner.child(tag.name)? {
            let (mut key, mut value) = (Value::Null, Value::Null);
            if !entry.empty {
                while let Some(half) = self.scanner.child(entry.name)? {
                    match half.attribute("N") {
                        Some("Key") => key = self.value(half)?,
                        _ => value = self.value(half)?,
                    }
                }
            }
            entries.push((key, value));
        }
        Ok(entries)
    }

    /// `<PR>` ([MS-PSRP] 2.2.5.1.25).
    fn progress(&mut self, tag: Tag<'a>) -> Result<ProgressRecord, ReadReason> {
        let mut progress = ProgressRecord::default();
        if tag.empty {
            return Ok(progress);
        }
        while let Some(part) = self.scanner.child(tag.name)? {
            let text = self.text(part)?.into_string_lossy();
            let number = || text.parse::<i32>().unwrap_or(-1);
            match part.name {
                "AV" => progress.activity = text,
                "AI" => progress.activity_id = number(),
                "S" => progress.current_operation = Some(text),
                "PI" => progress.parent_activity_id = number(),
                "PC" => progress.percent = number(),
                "T" => progress.completed = text == "Completed",
                "SR" => progress.seconds_remaining = number(),
                "SD" => progress.status = text,
                _ => {}
            }
        }
        Ok(progress)
    }
}

/// A primitive ([MS-PSRP] 2.2.5.1), or nothing when the element is unknown or does not hold what its name says.
fn primitive(element: &str, text: Cow<'_, str>, key: Option<&SessionKey>) -> Option<Value> {
    fn number<T: FromStr>(text: &str, wrap: impl Fn(T) -> Value) -> Option<Value> {
        text.trim_ascii().parse().ok().map(wrap)
    }
    let plain = |text: Cow<'_, str>| escape::decode_escapes(text).into_string_lossy();
    Some(match element.as_bytes() {
        b"S" => Value::String(escape::decode_escapes(text)),
        b"I32" => number(&text, Value::I32)?,
        b"Nil" if text.is_empty() => Value::Null,
        b"B" => match text.trim_ascii() {
            "true" | "1" => Value::Bool(true),
            "false" | "0" => Value::Bool(false),
            _ => return None,
        },
        b"C" => number(&text, Value::Char)?,
        b"SB" => number(&text, Value::I8)?,
        b"By" => number(&text, Value::U8)?,
        b"I16" => number(&text, Value::I16)?,
        b"U16" => number(&text, Value::U16)?,
        b"U32" => number(&text, Value::U32)?,
        b"I64" => number(&text, Value::I64)?,
        b"U64" => number(&text, Value::U64)?,
        b"Sg" => number(&text, Value::Float)?,
        b"Db" => number(&text, Value::Double)?,
        b"D" => Value::Decimal(plain(text)),
        b"DT" => Value::DateTime(plain(text)),
        b"TS" => Value::Duration(plain(text)),
        b"G" => Value::Guid(plain(text)),
        b"URI" => Value::Uri(plain(text)),
        b"Version" => Value::Version(plain(text)),
        b"XD" => Value::Xml(escape::decode_escapes(text)),
        b"SBK" => Value::ScriptBlock(escape::decode_escapes(text)),
        b"BA" => Value::Bytes(STANDARD.decode(text.trim_ascii()).ok()?),
        b"SS" => Value::SecureString(Arc::new(key?.decrypt(&text)?)),
        _ => return None,
    })
}
