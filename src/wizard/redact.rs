//! Takes the secrets of this process out of every text before it is kept or shown.
//!
//! The last line of defence: the first is that a password never becomes text. A secret is masked as it is and in the
//! forms that a careless command could give it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use crate::run::value::{Object, Value};
use crate::run::{Failure, Prompt};
use crate::shell::Secret;

/// What stands where a secret stood.
pub const MASK: &str = "[REDACTED]";
/// A shorter secret would mask every other word, and hide what happened.
const SHORTEST: usize = 4;

/// The forms of the secrets that were typed in this process.
#[derive(Default)]
pub struct Redactor {
    forms: Vec<Zeroizing<String>>,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} forms)", self.forms.len())
    }
}

impl Redactor {
    /// Masks this secret from now on.
    pub fn learn(&mut self, secret: &Secret) {
        let secret = secret.expose();
        if secret.chars().count() < SHORTEST {
            return;
        }
        let utf16: Zeroizing<Vec<u8>> =
            Zeroizing::new(secret.encode_utf16().flat_map(u16::to_le_bytes).collect());
        let mut forms = vec![
            secret.to_owned(),
            hex(secret.as_bytes()),
            hex(&utf16),
            percent(secret),
            json(secret),
            xml(secret),
        ];
        forms.extend(base64_forms(secret.as_bytes()));
        forms.extend(base64_forms(&utf16));
        self.forms.extend(forms.into_iter().filter(|form| form.len() >= SHORTEST).map(Zeroizing::new));
        // The longest first, so that no part of a longer form is left standing.
        self.forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        self.forms.dedup();
    }

    /// `text` without any secret.
    pub fn clean<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut cleaned = Cow::Borrowed(text);
        for form in &self.forms {
            let mut from = 0;
            while let Some(start) =
                find(cleaned.get(from..).unwrap_or_default(), form).map(|start| from + start)
            {
                let mut masked = String::with_capacity(cleaned.len() + MASK.len());
                masked.push_str(cleaned.get(..start).unwrap_or_default());
                masked.push_str(MASK);
                masked.push_str(cleaned.get(start + form.len()..).unwrap_or_default());
                cleaned = Cow::Owned(masked);
                from = start + MASK.len();
            }
        }
        cleaned
    }

    /// A failure without any secret.
    pub fn failure(&self, failure: Failure) -> Failure {
        Failure {
            error_id: self.clean(&failure.error_id).into_owned(),
            exception: failure.exception,
            category: failure.category,
            message: self.clean(&failure.message).into_owned(),
        }
    }

    /// A value without any secret.
    pub fn value(&self, value: Value) -> Value {
        if self.forms.is_empty() {
            return value;
        }
        match value {
            Value::Text(text) => Value::Text(self.clean(&text).into_owned()),
            Value::List(items) => Value::List(items.into_iter().map(|item| self.value(item)).collect()),
            Value::Object(object) => Value::Object(Object {
                type_names: object.type_names,
                text: self.clean(&object.text).into_owned(),
                properties: object
                    .properties
                    .into_iter()
                    .map(|(name, value)| (self.clean(&name).into_owned(), self.value(value)))
                    .collect(),
            }),
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Time(_)
            | Value::Version(_) => value,
        }
    }

    /// A prompt without any secret.
    pub fn prompt(&self, mut prompt: Prompt) -> Prompt {
        let clean = |text: &mut String| *text = self.clean(text).into_owned();
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
                fields.iter_mut().flat_map(|field| [&mut field.label, &mut field.help]).for_each(clean);
            }
        }
        prompt
    }
}

/// Where `form` stands in `text`; hexadecimal and percent forms are found in either case.
fn find(text: &str, form: &str) -> Option<usize> {
    text.find(form).or_else(|| {
        let (text, form) = (text.as_bytes(), form.as_bytes());
        let digits = form.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'%');
        if !digits {
            return None;
        }
        text.windows(form.len()).position(|window| window.eq_ignore_ascii_case(form))
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write as _;
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

fn percent(secret: &str) -> String {
    secret.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            let _infallible = write!(text, "%{byte:02X}");
        }
        text
    })
}

fn json(secret: &str) -> String {
    let quoted = serde_json::to_string(secret).unwrap_or_default();
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or_default().to_owned()
}

fn xml(secret: &str) -> String {
    quick_xml::escape::escape(secret).into_owned()
}

/// The part of the base64 text that is the same whatever stands around the secret, at each of the three alignments.
fn base64_forms(bytes: &[u8]) -> Vec<String> {
    (0..3_usize)
        .filter_map(|before| {
            let mut padded = Zeroizing::new(vec![0; before]);
            padded.extend_from_slice(bytes);
            let text = STANDARD_NO_PAD.encode(&*padded);
            // Characters that also hold bits of a neighbour are left out at both ends.
            let start = (before * 8).div_ceil(6);
            let end = padded.len() * 8 / 6;
            text.get(start..end).map(str::to_owned)
        })
        .collect()
}
