//! Values to CLIXML.

use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::escape::{encode, encode_str};
use crate::psrp::crypto::SessionKey;
use crate::psrp::value::{Content, ProgressRecord, PsObject, PsValue};

/// Why a value could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// It holds a secret and there is no session key to encrypt it with.
    #[error("the value holds a secret, which is never written in the clear")]
    NeedsKey,
}

/// Writes a value as one element, with secrets encrypted under the key.
pub(crate) fn write(value: &PsValue, key: Option<&SessionKey>) -> Result<String, WriteError> {
    let mut writer = Writer { out: String::new(), key, objects: HashMap::new(), types: HashMap::new() };
    writer.value(value, None)?;
    Ok(writer.out)
}

struct Writer<'a> {
    out: String,
    key: Option<&'a SessionKey>,
    /// Objects already written, by address: a second time they are a reference.
    objects: HashMap<*const PsObject, usize>,
    types: HashMap<&'a [String], usize>,
}

impl<'a> Writer<'a> {
    fn value(&mut self, value: &'a PsValue, name: Option<&str>) -> Result<(), WriteError> {
        match value {
            PsValue::Null => self.open("Nil", name, "/>"),
            PsValue::Bool(value) => self.leaf("B", name, value),
            PsValue::Char(unit) => self.leaf("C", name, unit),
            PsValue::I8(n) => self.leaf("SB", name, n),
            PsValue::U8(n) => self.leaf("By", name, n),
            PsValue::I16(n) => self.leaf("I16", name, n),
            PsValue::U16(n) => self.leaf("U16", name, n),
            PsValue::I32(n) => self.leaf("I32", name, n),
            PsValue::U32(n) => self.leaf("U32", name, n),
            PsValue::I64(n) => self.leaf("I64", name, n),
            PsValue::U64(n) => self.leaf("U64", name, n),
            PsValue::Float(n) if n.is_infinite() => self.leaf("Sg", name, infinity(n.is_sign_positive())),
            PsValue::Float(n) => self.leaf("Sg", name, n),
            PsValue::Double(n) if n.is_infinite() => self.leaf("Db", name, infinity(n.is_sign_positive())),
            PsValue::Double(n) => self.leaf("Db", name, n),
            PsValue::Decimal(text) => self.string("D", name, text),
            PsValue::DateTime(text) => self.string("DT", name, text),
            PsValue::Duration(text) => self.string("TS", name, text),
            PsValue::Guid(text) => self.string("G", name, text),
            PsValue::Uri(text) => self.string("URI", name, text),
            PsValue::Version(text) => self.string("Version", name, text),
            PsValue::String(text) => self.around("S", name, |out| encode(text, out)),
            PsValue::Xml(text) => self.around("XD", name, |out| encode(text, out)),
            PsValue::ScriptBlock(text) => self.around("SBK", name, |out| encode(text, out)),
            PsValue::Bytes(bytes) => self.around("BA", name, |out| STANDARD.encode_string(bytes, out)),
            PsValue::SecureString(secret) => {
                let cipher = self.key.ok_or(WriteError::NeedsKey)?.encrypt(secret);
                self.leaf("SS", name, cipher);
            }
            PsValue::Progress(progress) => self.progress(progress, name),
            PsValue::Object(object) => return self.object(object, name),
            // A reference that led nowhere would make the reader of this document fail.
            PsValue::Unknown(unknown) if unknown.element == "Ref" => self.open("Nil", name, "/>"),
            PsValue::Unknown(unknown) => {
                self.around(&unknown.element, name, |out| out.push_str(&unknown.xml));
            }
        }
        Ok(())
    }

    fn open(&mut self, element: &str, name: Option<&str>, end: &str) {
        self.out.push('<');
        self.out.push_str(element);
        if let Some(name) = name {
            self.out.push_str(" N=\"");
            encode_str(name, &mut self.out);
            self.out.push('"');
        }
        self.out.push_str(end);
    }

    fn close(&mut self, element: &str) {
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push('>');
    }

    fn around(&mut self, element: &str, name: Option<&str>, inside: impl FnOnce(&mut String)) {
        self.open(element, name, ">");
        inside(&mut self.out);
        self.close(element);
    }

    fn string(&mut self, element: &str, name: Option<&str>, text: &str) {
        self.around(element, name, |out| encode_str(text, out));
    }

    /// Content that has no character to escape.
    fn leaf(&mut self, element: &str, name: Option<&str>, content: impl Display) {
        self.around(element, name, |out| {
            // Writing to a string cannot fail.
            let _ = write!(out, "{content}");
        });
    }

    fn object(&mut self, object: &'a Arc<PsObject>, name: Option<&str>) -> Result<(), WriteError> {
        let next = self.objects.len();
        let address = Arc::as_ptr(object);
        if let Some(id) = self.objects.get(&address) {
            let id = *id;
            self.open("Ref", name, "");
            let _ = write!(self.out, " RefId=\"{id}\"/>");
            return Ok(());
        }
        self.objects.insert(address, next);
        self.open("Obj", name, "");
        let _ = write!(self.out, " RefId=\"{next}\">");
        self.type_names(&object.type_names);
        if let Some(text) = &object.to_string {
            self.around("ToString", None, |out| encode(text, out));
        }
        match &object.content {
            Content::None => {}
            Content::Primitive(value) => self.value(value, None)?,
            Content::List(items) => self.items("LST", items)?,
            Content::Enumerable(items) => self.items("IE", items)?,
            Content::Stack(items) => self.items("STK", items)?,
            Content::Queue(items) => self.items("QUE", items)?,
            Content::Dictionary(entries) => {
                self.open("DCT", None, ">");
                for (key, value) in entries {
                    self.open("En", None, ">");
                    self.value(key, Some("Key"))?;
                    self.value(value, Some("Value"))?;
                    self.close("En");
                }
                self.close("DCT");
            }
        }
        self.properties("Props", &object.adapted)?;
        self.properties("MS", &object.extended)?;
        self.close("Obj");
        Ok(())
    }

    fn type_names(&mut self, names: &'a [String]) {
        if names.is_empty() {
            return;
        }
        let next = self.types.len();
        if let Some(id) = self.types.get(names) {
            let _ = write!(self.out, "<TNRef RefId=\"{id}\"/>");
            return;
        }
        self.types.insert(names, next);
        let _ = write!(self.out, "<TN RefId=\"{next}\">");
        for name in names {
            self.string("T", None, name);
        }
        self.close("TN");
    }

    fn items(&mut self, element: &str, items: &'a [PsValue]) -> Result<(), WriteError> {
        self.open(element, None, ">");
        for item in items {
            self.value(item, None)?;
        }
        self.close(element);
        Ok(())
    }

    fn properties(&mut self, element: &str, properties: &'a [(Arc<str>, PsValue)]) -> Result<(), WriteError> {
        if properties.is_empty() {
            return Ok(());
        }
        self.open(element, None, ">");
        for (name, value) in properties {
            self.value(value, Some(name))?;
        }
        self.close(element);
        Ok(())
    }

    fn progress(&mut self, progress: &ProgressRecord, name: Option<&str>) {
        self.open("PR", name, ">");
        self.string("AV", None, &progress.activity);
        self.leaf("AI", None, progress.activity_id);
        match &progress.current_operation {
            Some(text) => self.string("S", None, text),
            None => self.open("Nil", None, "/>"),
        }
        self.leaf("PI", None, progress.parent_activity_id);
        self.leaf("PC", None, progress.percent);
        self.leaf("T", None, if progress.completed { "Completed" } else { "Processing" });
        self.leaf("SR", None, progress.seconds_remaining);
        self.string("SD", None, &progress.status);
        self.close("PR");
    }
}

fn infinity(positive: bool) -> &'static str {
    if positive { "INF" } else { "-INF" }
}
