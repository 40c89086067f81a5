//! CLIXML to values.

use std::borrow::Cow;
use std::sync::Arc;

use super::escape;
use super::primitive::primitive;
use super::references::References;
use super::scan::{Leaf, Tag, Token, XmlScanner};
use super::{Limits, ReadError, ReadReason};
use crate::psrp::crypto::SessionKey;
use crate::psrp::text::Utf16Text;
use crate::psrp::value::{Content, ProgressRecord, PsObject, PsValue, Unknown};

pub(super) fn read_one(text: &str, key: Option<&SessionKey>, limits: Limits) -> Result<PsValue, ReadError> {
    let mut reader = ClixmlReader::new(text, key, limits);
    reader
        .document(|_| false)
        .map_err(|reason| reader.error(text, reason))
        .and_then(|mut values| values.pop().ok_or_else(|| reader.error(text, ReadReason::Empty)))
}

pub(super) fn read_all(text: &str, limits: Limits) -> Result<Vec<PsValue>, ReadError> {
    let mut reader = ClixmlReader::new(text, None, limits);
    reader.document(|_| true).map_err(|reason| reader.error(text, reason))
}

/// For how many properties room is made because a sibling had as many.
const RESERVED: usize = 64;

struct ClixmlReader<'a> {
    scanner: XmlScanner<'a>,
    key: Option<&'a SessionKey>,
    limits: Limits,
    depth: usize,
    /// The deepest level that the value being read reaches, references included.
    deepest: usize,
    values: usize,
    /// Objects by `RefId`, with how far they reach below themselves.
    objects: References<'a, (Arc<PsObject>, usize)>,
    type_names: References<'a, Arc<[String]>>,
    /// The names of the properties that were last read at each level, as written and as meant: those of a sibling are the same.
    names: Vec<Vec<(&'a str, Arc<str>)>>,
}

impl<'a> ClixmlReader<'a> {
    fn new(text: &'a str, key: Option<&'a SessionKey>, limits: Limits) -> Self {
        Self {
            scanner: XmlScanner::new(text.trim_start_matches('\u{feff}')),
            key,
            limits,
            depth: 0,
            deepest: 0,
            values: 0,
            objects: References::default(),
            type_names: References::default(),
            names: Vec::new(),
        }
    }

    fn error(&self, text: &str, reason: ReadReason) -> ReadError {
        ReadError { offset: text.len().saturating_sub(self.scanner.left()), reason }
    }

    fn document(&mut self, more: impl Fn(&PsValue) -> bool) -> Result<Vec<PsValue>, ReadReason> {
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

    fn value(&mut self, tag: Tag<'a>) -> Result<PsValue, ReadReason> {
        self.values += 1;
        if self.values > self.limits.values {
            return Err(ReadReason::TooMany);
        }
        // Matched as bytes, which compiles to a decision by length and letter and not to one comparison after another.
        match tag.name.as_bytes() {
            b"Obj" => self.object(tag),
            b"Ref" => self.reference(tag),
            b"PR" => self.progress(tag).map(|progress| PsValue::Progress(Box::new(progress))),
            _ => {
                let before = self.scanner.clone();
                let read = match self.scanner.leaf(tag)? {
                    Leaf::Plain(text) => primitive(tag.name, Cow::Borrowed(text), Utf16Text::from, self.key),
                    Leaf::Text(text) => primitive(tag.name, text, escape::decode_escapes, self.key),
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

    fn unknown(&mut self, tag: Tag<'a>) -> Result<PsValue, ReadReason> {
        let xml = self.scanner.skip(tag)?.to_owned();
        Ok(PsValue::Unknown(Box::new(Unknown { element: tag.name.to_owned(), xml })))
    }

    fn reference(&mut self, tag: Tag<'a>) -> Result<PsValue, ReadReason> {
        self.scanner.skip(tag)?;
        let id = tag.attribute("RefId").unwrap_or_default();
        match self.objects.get(id) {
            Some((object, height)) => {
                let reach = self.depth + height;
                if reach > self.limits.depth {
                    return Err(ReadReason::TooDeep);
                }
                self.deepest = self.deepest.max(reach);
                Ok(PsValue::Object(Arc::clone(object)))
            }
            // An object that holds itself: there is no such value here, so the reference is kept as what it is.
            None => {
                Ok(PsValue::Unknown(Box::new(Unknown { element: tag.name.to_owned(), xml: id.to_owned() })))
            }
        }
    }

    fn object(&mut self, tag: Tag<'a>) -> Result<PsValue, ReadReason> {
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
            self.objects.insert(id, (Arc::clone(&object), height), self.values);
        }
        Ok(PsValue::Object(object))
    }

    fn object_parts(&mut self, tag: Tag<'a>) -> Result<PsObject, ReadReason> {
        let mut object = PsObject::default();
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
            self.type_names.insert(id, Arc::clone(&names), self.values);
        }
        Ok(names)
    }

    fn text(&mut self, tag: Tag<'a>) -> Result<Utf16Text, ReadReason> {
        Ok(match self.scanner.leaf(tag)? {
            Leaf::Plain(text) => text.into(),
            Leaf::Text(text) => escape::decode_escapes(text),
            Leaf::Nested(xml) => xml.into(),
        })
    }

    fn properties(&mut self, tag: Tag<'a>, into: &mut Vec<(Arc<str>, PsValue)>) -> Result<(), ReadReason> {
        if tag.empty {
            return Ok(());
        }
        // Those of the object itself, and those added to it.
        let level = self.depth * 2 + usize::from(tag.name == "MS");
        if self.names.len() <= level {
            self.names.resize_with(level + 1, Vec::new);
        }
        let mut known = self.names.get_mut(level).map(std::mem::take).unwrap_or_default();
        into.reserve(known.len().min(RESERVED));
        let mut place = 0;
        while let Some(child) = self.scanner.child(tag.name)? {
            let written = child.attribute("N").unwrap_or_default();
            let name = match known.get(place) {
                Some((known, name)) if *known == written => Arc::clone(name),
                Some(_) | None => {
                    let name: Arc<str> = escape::decode(written).into_string_lossy().into();
                    known.truncate(place);
                    known.push((written, Arc::clone(&name)));
                    name
                }
            };
            place += 1;
            // A member set within one, whose objects may be referred to later; the engine's own is no property of anybody.
            let value = match child.name {
                "MS" => self.member_set(child)?,
                _ => self.value(child)?,
            };
            if !(child.name == "MS" && &*name == "PSStandardMembers") {
                into.push((name, value));
            }
        }
        known.truncate(place);
        if let Some(names) = self.names.get_mut(level) {
            *names = known;
        }
        Ok(())
    }

    /// A member set within one: its members are reached by its name.
    fn member_set(&mut self, tag: Tag<'a>) -> Result<PsValue, ReadReason> {
        self.values += 1;
        self.depth += 1;
        if self.values > self.limits.values {
            return Err(ReadReason::TooMany);
        }
        if self.depth > self.limits.depth {
            return Err(ReadReason::TooDeep);
        }
        self.deepest = self.deepest.max(self.depth);
        let mut members = PsObject::default();
        self.properties(tag, &mut members.extended)?;
        self.depth -= 1;
        Ok(PsValue::Object(Arc::new(members)))
    }

    fn items(&mut self, tag: Tag<'a>) -> Result<Vec<PsValue>, ReadReason> {
        let mut items = Vec::new();
        if tag.empty {
            return Ok(items);
        }
        while let Some(child) = self.scanner.child(tag.name)? {
            items.push(self.value(child)?);
        }
        Ok(items)
    }

    fn entries(&mut self, tag: Tag<'a>) -> Result<Vec<(PsValue, PsValue)>, ReadReason> {
        let mut entries = Vec::new();
        if tag.empty {
            return Ok(entries);
        }
        while let Some(entry) = self.scanner.child(tag.name)? {
            let (mut key, mut value) = (PsValue::Null, PsValue::Null);
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
