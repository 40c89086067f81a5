//! Objects: a content, type names, and properties.

use std::sync::Arc;

use super::PsValue;
use crate::psrp::names;
use crate::psrp::text::Utf16Text;

/// A complex object ([MS-PSRP] 2.2.5.2).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PsObject {
    /// `<TN>`: the names of its .NET type and of the types that this derives from.
    pub type_names: Arc<[String]>,
    /// `<ToString>`: what `ToString()` gave where it was made.
    pub to_string: Option<Utf16Text>,
    /// What it holds besides properties.
    pub content: Content,
    /// `<Props>`: the properties of the .NET object.
    pub adapted: Vec<(Arc<str>, PsValue)>,
    /// `<MS>`: the properties that PowerShell added.
    pub extended: Vec<(Arc<str>, PsValue)>,
}

/// What an object holds besides properties ([MS-PSRP] 2.2.5.2.5 to 2.2.5.2.7).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Content {
    #[default]
    None,
    /// A primitive that properties were added to, or the number of an enumeration value.
    Primitive(PsValue),
    /// `<LST>`
    List(Vec<PsValue>),
    /// `<IE>`
    Enumerable(Vec<PsValue>),
    /// `<STK>`
    Stack(Vec<PsValue>),
    /// `<QUE>`
    Queue(Vec<PsValue>),
    /// `<DCT>`
    Dictionary(Vec<(PsValue, PsValue)>),
}

impl PsObject {
    /// See [`PsValue::property`].
    pub fn property(&self, name: &str) -> Option<&PsValue> {
        let entry = match &self.content {
            Content::Dictionary(entries) => entries
                .iter()
                .find(|(key, _)| key.as_str().is_some_and(|key| key.eq_ignore_ascii_case(name)))
                .map(|(_, value)| value),
            _ => None,
        };
        entry.or_else(|| {
            self.extended
                .iter()
                .chain(&self.adapted)
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        })
    }

    /// Every property, extended before adapted.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &PsValue)> {
        self.extended.iter().chain(&self.adapted).map(|(name, value)| (name.as_ref(), value))
    }

    /// The items of a sequence.
    pub fn items(&self) -> Option<&[PsValue]> {
        match &self.content {
            Content::List(items)
            | Content::Enumerable(items)
            | Content::Stack(items)
            | Content::Queue(items) => Some(items),
            Content::None | Content::Primitive(_) | Content::Dictionary(_) => None,
        }
    }

    /// The entries of a dictionary.
    pub fn entries(&self) -> Option<&[(PsValue, PsValue)]> {
        match &self.content {
            Content::Dictionary(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether one of its types has this full name, `Deserialized.` or not.
    pub fn is(&self, type_name: &str) -> bool {
        self.type_names.iter().any(|name| names::plain(name).eq_ignore_ascii_case(type_name))
    }

    /// See [`PsValue::type_name`].
    pub fn type_name(&self) -> &str {
        match (self.type_names.first(), &self.content) {
            (Some(name), _) => names::plain(name),
            (None, Content::Primitive(value)) => value.type_name(),
            (None, _) => names::CUSTOM_OBJECT,
        }
    }
}
