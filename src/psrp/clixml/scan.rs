//! A scanner for the XML that CLIXML uses: elements, attributes, character data, and, for good measure, CDATA,
//! comments and processing instructions. Nothing is copied.
//!
//! It is our own because CLIXML is mostly short leaves, `<S>text</S>`, which one look at the next `<` settles.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::ReadReason;
use super::escape::unescape_entities;

#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    attributes: Attributes<'a>,
    pub(super) empty: bool,
}

#[derive(Clone, Copy)]
enum Attributes<'a> {
    None,
    /// The only one, as engines write it: ` N="…"`.
    One(&'a str, &'a str),
    /// As they stand there.
    Any(&'a str),
}

pub(super) enum Token<'a> {
    Open(Tag<'a>),
    Close(&'a str),
    Text(&'a str),
    Cdata(&'a str),
    End,
}

/// What a leaf held.
pub(super) enum Leaf<'a> {
    /// Text that stands for itself: no entity is in it, and no escape.
    Plain(&'a str),
    Text(Cow<'a, str>),
    /// Elements where only text was expected: the XML between the tags.
    Nested(&'a str),
}

#[derive(Clone)]
pub(super) struct XmlScanner<'a> {
    rest: &'a str,
}

impl<'a> XmlScanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn next(&mut self) -> Result<Token<'a>, ReadReason> {
        loop {
            if self.rest.is_empty() {
                return Ok(Token::End);
            }
            let Some(markup) = self.rest.strip_prefix('<') else {
                let bytes = self.rest.as_bytes();
                let (text, rest) = cut(self.rest, memchr(b'<', bytes).unwrap_or(bytes.len()));
                self.rest = rest;
                return Ok(Token::Text(text));
            };
            if let Some(close) = markup.strip_prefix('/') {
                let (name, rest) = close.split_once('>').ok_or(ReadReason::Truncated)?;
                self.rest = rest;
                return Ok(Token::Close(name.trim_ascii_end()));
            }
            if let Some(cdata) = markup.strip_prefix("![CDATA[") {
                let (text, rest) = cdata.split_once("]]>").ok_or(ReadReason::Truncated)?;
                self.rest = rest;
                return Ok(Token::Cdata(text));
            }
            let skipped = match markup.strip_prefix("!--") {
                Some(comment) => Some(comment.split_once("-->")),
                None => markup.strip_prefix('?').map(|instruction| instruction.split_once("?>")),
            };
            match skipped {
                Some(end) => self.rest = end.ok_or(ReadReason::Truncated)?.1,
                None => return self.open(markup).map(Token::Open),
            }
        }
    }

    fn open(&mut self, markup: &'a str) -> Result<Tag<'a>, ReadReason> {
        let lettered =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':' | 0x80..);
        let end = markup.bytes().position(|byte| !lettered(byte)).unwrap_or(markup.len());
        let (name, after) = cut(markup, end);
        let settled = match after.strip_prefix('>') {
            Some(rest) => Some((Attributes::None, false, rest)),
            None => only_attribute(after),
        };
        if let Some((attributes, empty, rest)) = settled.filter(|_| end > 0) {
            self.rest = rest;
            return Ok(Tag { name, attributes, empty });
        }
        let (inside, rest) = cut(after, end_of_tag(after).ok_or(ReadReason::Truncated)?);
        self.rest = rest.strip_prefix('>').unwrap_or(rest);
        let (attributes, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let apart = attributes.is_empty() || attributes.starts_with(|c: char| c.is_ascii_whitespace());
        if name.is_empty() || !apart {
            return Err(ReadReason::Malformed);
        }
        Ok(Tag { name, attributes: Attributes::Any(attributes), empty })
    }

    /// The next tag, past white space; `None` at the end of the enclosing element.
    pub(super) fn child(&mut self, parent: &str) -> Result<Option<Tag<'a>>, ReadReason> {
        if let Some(rest) = after_end(self.rest, parent) {
            self.rest = rest;
            return Ok(None);
        }
        if let Some(markup) = self.rest.strip_prefix('<')
            && markup.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return self.open(markup).map(Some);
        }
        loop {
            match self.next()? {
                Token::Open(tag) => return Ok(Some(tag)),
                Token::Close(name) if name == parent => return Ok(None),
                Token::Close(_) => return Err(ReadReason::Malformed),
                Token::Text(text) | Token::Cdata(text) => {
                    if !text.trim_ascii().is_empty() {
                        return Err(ReadReason::Malformed);
                    }
                }
                Token::End => return Err(ReadReason::Truncated),
            }
        }
    }

    /// What stands inside an element that should hold only text, with entities replaced; moves past its end.
    pub(super) fn leaf(&mut self, tag: Tag<'a>) -> Result<Leaf<'a>, ReadReason> {
        if tag.empty {
            return Ok(Leaf::Plain(""));
        }
        // Most text ends before anything in it has to be replaced: one look settles both.
        let bytes = self.rest.as_bytes();
        let first = memchr3(b'<', b'&', b'_', bytes).ok_or(ReadReason::Truncated)?;
        let plain = bytes.get(first) == Some(&b'<');
        let end = if plain { Some(first) } else { memchr(b'<', bytes) };
        let (text, rest) = cut(self.rest, end.ok_or(ReadReason::Truncated)?);
        if let Some(after) = after_end(rest, tag.name) {
            self.rest = after;
            return Ok(if plain { Leaf::Plain(text) } else { Leaf::Text(unescape_entities(text)) });
        }
        let inside = self.rest;
        let mut joined = String::new();
        loop {
            match self.next()? {
                Token::Text(text) => joined.push_str(&unescape_entities(text)),
                Token::Cdata(text) => joined.push_str(text),
                Token::Close(name) if name == tag.name => return Ok(Leaf::Text(Cow::Owned(joined))),
                Token::Close(_) => return Err(ReadReason::Malformed),
                Token::End => return Err(ReadReason::Truncated),
                Token::Open(_) => {
                    self.rest = inside;
                    return self.skip(tag).map(Leaf::Nested);
                }
            }
        }
    }

    /// Moves past the end of an element whose tag was just read, and gives what stood inside.
    pub(super) fn skip(&mut self, tag: Tag<'a>) -> Result<&'a str, ReadReason> {
        if tag.empty {
            return Ok("");
        }
        let inside = self.rest;
        let mut open = 1_usize;
        loop {
            let before = self.rest.len();
            match self.next()? {
                Token::Open(tag) if !tag.empty => open += 1,
                Token::Close(_) => open -= 1,
                Token::End => return Err(ReadReason::Truncated),
                Token::Open(_) | Token::Text(_) | Token::Cdata(_) => {}
            }
            if open == 0 {
                return Ok(cut(inside, inside.len().saturating_sub(before)).0);
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// The value of an attribute as it is written, entities and all.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let attributes = match self.attributes {
            Attributes::None => return None,
            Attributes::One(key, value) => return (key == name).then_some(value),
            Attributes::Any(attributes) => attributes,
        };
        let mut rest = attributes.trim_ascii_start();
        while let Some((key, after)) = rest.split_once('=') {
            let after = after.trim_ascii_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, tail) = after.strip_prefix(quote)?.split_once(quote)?;
            if key.trim_ascii_end() == name {
                return Some(value);
            }
            rest = tail.trim_ascii_start();
        }
        None
    }
}

/// A single attribute as engines write it, whether the element is empty, and what follows the tag.
fn only_attribute(text: &str) -> Option<(Attributes<'_>, bool, &str)> {
    let text = text.strip_prefix(' ')?;
    let (key, text) = cut(text, text.bytes().position(|byte| !byte.is_ascii_alphabetic())?);
    let text = text.strip_prefix("=\"")?;
    let (value, text) = cut(text, memchr(b'"', text.as_bytes())?);
    let text = text.strip_prefix('"')?;
    let (empty, rest) = match text.strip_prefix('>') {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("/>").or_else(|| text.strip_prefix(" />"))?),
    };
    Some((Attributes::One(key, value), empty, rest))
}

/// What follows the end tag of `name`, written as engines write it, if the text begins with it.
fn after_end<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.strip_prefix("</")?.strip_prefix(name)?.strip_prefix('>')
}

/// Where the `>` is that ends a tag: not one inside a quoted value.
fn end_of_tag(markup: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}
