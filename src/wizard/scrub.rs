//! Takes the secrets of this process out of every text before it is kept or shown.
//!
//! The last line of defence: the first is that a password never becomes text. A secret is found as it is and in the forms
//! that a careless command could give it, in whole or spread over consecutive lines; see [`form`]. What is not found stands
//! in `docs/decisions/secrets.md`.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;

use zeroize::Zeroizing;

use crate::run::prompt::Field;
use crate::run::value::{Object, Value};
use crate::run::{Failure, Prompt};
use crate::shell::{Answer, FieldAnswer, Progress, Secret};

mod form;
mod garbled;
mod page;
mod written;

use form::{Form, FormExtent};

/// What stands where a secret stood.
pub(crate) const MASK: &str = "[REDACTED]";
/// A shorter secret would mask every other word, and hide what happened.
const SHORTEST: usize = 4;

/// The forms of the secrets that were typed in this process.
#[derive(Default)]
pub struct Scrubber {
    forms: Vec<Form>,
    lines: Flow,
    objects: Flow,
    /// Whether one has been found that cannot be read as what it is.
    garbled: Cell<bool>,
}

/// An object without any secret.
#[derive(Debug)]
pub enum Cleaned {
    /// There was none in it.
    AsItCame(Value),
    /// There was one: what stands in its place is not what the object said, so no verdict may hang on it.
    Masked(Value),
}

/// The end of what came last, as far as a secret may begin in it. In a cell, because reading on moves it.
type Flow = RefCell<Zeroizing<String>>;

/// What becomes of the beginning of a secret at the end of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// It is masked where it tells too much.
    Masked,
    /// It stays: a verdict hangs on what an object says, and its end may be no beginning of anything.
    Kept,
}

impl std::fmt::Debug for Scrubber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scrubber({} forms)", self.forms.len())
    }
}

impl Scrubber {
    /// Masks this secret from now on.
    pub fn learn(&mut self, secret: &Secret) {
        if secret.count() >= SHORTEST {
            self.forms.extend(Form::all_of(&secret.expose()));
        }
    }

    /// Masks every secret of an answer from now on.
    pub(super) fn learn_all(&mut self, answer: &Answer) {
        match answer {
            Answer::Credential(_, secret) | Answer::SecureLine(secret) => self.learn(secret),
            Answer::Fields(fields) => {
                for field in fields {
                    match field {
                        FieldAnswer::Secret(secret) => self.learn(secret),
                        FieldAnswer::Text(_) => {}
                    }
                }
            }
            Answer::Choice(_) | Answer::Line(_) | Answer::Declined => {}
        }
    }

    /// The next line of output without any secret. A secret may have begun in the lines before it, and its beginning is
    /// masked at the end of this one: of one that is spread over lines at most a few characters are let through.
    pub fn clean<'a>(&self, line: &'a str) -> Cow<'a, str> {
        self.garbled.set(false);
        self.next(&self.lines, line, Beginning::Masked)
    }

    /// Whether the last line held a secret in an encoding that it cannot be read in.
    pub fn was_garbled(&self) -> bool {
        self.garbled.get()
    }

    /// The next text of a flow without any secret, also one that began in the texts before it.
    fn next<'a>(&self, flow: &Flow, text: &'a str, beginning: Beginning) -> Cow<'a, str> {
        if self.forms.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut open = flow.borrow_mut();
        let before = open.len();
        let mut joined = Zeroizing::new(String::with_capacity(before + text.len()));
        joined.push_str(&open);
        joined.push_str(text);
        let mut begins = joined.len();
        let (mut found, mut garbled): (Vec<Range<usize>>, Vec<Range<usize>>) = Default::default();
        for (extent, form) in self.extents(&joined) {
            match extent {
                FormExtent::Whole(range) | FormExtent::Cut(range) if form.is_garbled() => garbled.push(range),
                FormExtent::Whole(range) | FormExtent::Cut(range) => found.push(range),
                FormExtent::Open(range, identifying) => {
                    begins = begins.min(range.start);
                    if identifying && beginning == Beginning::Masked {
                        found.push(range);
                    }
                }
            }
        }
        let end = joined.get(begins..).unwrap_or_default();
        let mut next = Zeroizing::new(String::with_capacity(end.len()));
        next.push_str(end);
        *open = next;
        let read =
            |one: &Range<usize>| found.iter().any(|clear| clear.start < one.end && one.start < clear.end);
        if garbled.iter().any(|one| one.end > before && !read(one)) {
            self.garbled.set(true);
        }
        found.append(&mut garbled);
        // What stands before the text is let through already.
        let own = found.into_iter().filter(|range| range.end > before);
        masked(text, own.map(|range| range.start.saturating_sub(before)..range.end - before).collect())
    }

    /// A whole text without any secret.
    fn whole<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let found = self.extents(text).filter_map(|(extent, _)| match extent {
            FormExtent::Whole(range) | FormExtent::Cut(range) => Some(range),
            FormExtent::Open(..) => None,
        });
        masked(text, found.collect())
    }

    fn extents<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (FormExtent, &'a Form)> + 'a {
        let starts = text.bytes().enumerate().filter(|(_, byte)| !(0x80..0xC0).contains(byte));
        starts.flat_map(move |(at, byte)| {
            let forms = self.forms.iter().filter(move |form| form.may_begin(byte));
            forms.filter_map(move |form| Some((form.at(text, at)?, form)))
        })
    }

    fn owned(&self, text: String) -> String {
        self.marked(text, &mut false)
    }

    /// A whole text without any secret, and whether one was in it.
    fn marked(&self, text: String, masked: &mut bool) -> String {
        match self.whole(&text) {
            Cow::Owned(cleaned) => {
                *masked = true;
                cleaned
            }
            Cow::Borrowed(_) => text,
        }
    }

    /// A failure without any secret.
    pub fn failure(&self, failure: Failure) -> Failure {
        Failure {
            error_id: self.owned(failure.error_id),
            exception: self.owned(failure.exception),
            category: self.owned(failure.category),
            message: self.owned(failure.message),
            target: self.owned(failure.target),
        }
    }

    /// A progress record without any secret.
    pub fn progress(&self, progress: Progress) -> Progress {
        Progress {
            activity: self.owned(progress.activity),
            status: self.owned(progress.status),
            current_operation: progress.current_operation.map(|operation| self.owned(operation)),
            ..progress
        }
    }

    /// The next object without any secret, also one that is spread over consecutive objects.
    pub fn value(&self, value: Value) -> Cleaned {
        if self.forms.is_empty() {
            return Cleaned::AsItCame(value);
        }
        let mut masked = false;
        let value = self.part(value, &mut masked);
        if masked { Cleaned::Masked(value) } else { Cleaned::AsItCame(value) }
    }

    fn part(&self, value: Value, masked: &mut bool) -> Value {
        let cleaned_text =
            |text: String, masked: &mut bool| match self.next(&self.objects, &text, Beginning::Kept) {
                Cow::Owned(cleaned) => {
                    *masked = true;
                    cleaned
                }
                Cow::Borrowed(_) => text,
            };
        match value {
            Value::Text(text) => Value::Text(cleaned_text(text, masked)),
            Value::List(items) => {
                Value::List(items.into_iter().map(|item| self.part(item, masked)).collect())
            }
            Value::Object(object) => Value::Object(Object {
                type_names: object.type_names.into_iter().map(|name| self.marked(name, masked)).collect(),
                text: cleaned_text(object.text, masked),
                properties: object
                    .properties
                    .into_iter()
                    .map(|(name, value)| (self.marked(name, masked), self.part(value, masked)))
                    .collect(),
            }),
            // A secret may be a number.
            Value::Int(_) | Value::Decimal(_) | Value::Float(_) | Value::Version(_) => {
                match self.whole(&value.display()) {
                    Cow::Owned(cleaned) => {
                        *masked = true;
                        Value::Text(cleaned)
                    }
                    Cow::Borrowed(_) => value,
                }
            }
            Value::Null | Value::Bool(_) | Value::Time(_) | Value::Unread => value,
        }
    }

    /// A prompt without any secret.
    pub fn prompt(&self, mut prompt: Prompt) -> Prompt {
        let clean = |text: &mut String| *text = self.owned(std::mem::take(text));
        match &mut prompt {
            Prompt::Credential { caption, message, user } => {
                [caption, message, user].into_iter().for_each(clean);
            }
            Prompt::Choice { caption, message, choices, .. } => {
                [caption, message].into_iter().for_each(clean);
                choices.iter_mut().flat_map(|choice| [&mut choice.label, &mut choice.help]).for_each(clean);
            }
            Prompt::Line | Prompt::SecureLine => {}
            Prompt::Fields { caption, message, fields } => {
                [caption, message].into_iter().for_each(clean);
                let texts = |field: &mut Field| {
                    [&mut field.name, &mut field.type_name, &mut field.label, &mut field.help].map(clean)
                };
                fields.iter_mut().map(texts).for_each(drop);
            }
        }
        prompt
    }
}

/// `text` with a mask for each range; ranges that overlap or touch become one.
fn masked(text: &str, mut ranges: Vec<Range<usize>>) -> Cow<'_, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    ranges.sort_by_key(|range| range.start);
    let mut shown = String::with_capacity(text.len() + MASK.len());
    let mut done = 0;
    let mut last_end = None;
    for range in ranges {
        if last_end.is_none_or(|end| range.start > end) {
            shown.push_str(text.get(done..range.start).unwrap_or_default());
            shown.push_str(MASK);
        }
        done = done.max(range.end);
        last_end = Some(done);
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests;
