//! Values of well-known .NET types: how each is made, and what it holds.

use std::sync::{Arc, LazyLock};

use super::names;
use super::secret::Secret;
use super::value::{Content, PsObject, PsValue};

static ARRAY_LIST: LazyLock<Arc<[String]>> = LazyLock::new(|| names::class(&[names::ARRAY_LIST]));
static HASHTABLE: LazyLock<Arc<[String]>> = LazyLock::new(|| names::class(&[names::HASHTABLE]));

impl PsValue {
    /// A list, as PowerShell's `@(…)`.
    pub fn list(items: Vec<Self>) -> Self {
        let content = Content::List(items);
        PsObject { type_names: ARRAY_LIST.clone(), content, ..PsObject::default() }.into()
    }

    /// A hashtable, as PowerShell's `@{…}`.
    pub fn dictionary(entries: Vec<(Self, Self)>) -> Self {
        let content = Content::Dictionary(entries);
        PsObject { type_names: HASHTABLE.clone(), content, ..PsObject::default() }.into()
    }

    /// A `PSPrimitiveDictionary` ([MS-PSRP] 2.2.3.18), the only kind of object that application arguments may be.
    pub(super) fn primitive_dictionary(pairs: &[(String, Self)]) -> Self {
        let entries = pairs.iter().map(|(key, value)| (key.as_str().into(), value.clone())).collect();
        PsObject {
            type_names: names::class(&[names::PRIMITIVE_DICTIONARY, names::HASHTABLE]),
            content: Content::Dictionary(entries),
            ..PsObject::default()
        }
        .into()
    }

    /// A `PSCredential` ([MS-PSRP] 2.2.3.25).
    pub fn credential(user: impl Into<String>, password: Secret) -> Self {
        PsObject {
            type_names: names::class(&[names::CREDENTIAL]),
            to_string: Some(names::CREDENTIAL.into()),
            adapted: vec![("UserName".into(), user.into().into()), ("Password".into(), password.into())],
            ..PsObject::default()
        }
        .into()
    }

    /// A value of an enumeration ([MS-PSRP] 2.2.5.2.7).
    pub(super) fn enumeration(type_name: &str, name: &str, number: i32) -> Self {
        PsObject {
            type_names: names::class(&[type_name, names::ENUM, names::VALUE_TYPE]),
            to_string: Some(name.into()),
            content: Content::Primitive(number.into()),
            ..PsObject::default()
        }
        .into()
    }

    /// `ApartmentState` Unknown ([MS-PSRP] 2.2.3.7), in the pool and in each pipeline, on every system. With the thread options
    /// Default the server runs everything on threads of its own, which are MTA; a Windows PowerShell that is asked for another
    /// apartment refuses each command and ends, and no PowerShell on Linux shows it.
    pub(super) fn any_apartment() -> Self {
        Self::enumeration(names::APARTMENT_STATE, "Unknown", 2)
    }
}

impl PsObject {
    /// Whether this is a value of an enumeration ([MS-PSRP] 2.2.5.2.7).
    pub(crate) fn is_enum(&self) -> bool {
        matches!(self.content, Content::Primitive(_)) && self.is(names::ENUM)
    }

    /// When a `DateTimeOffset`, which is sent as an object, is: in milliseconds since the Unix epoch.
    pub(crate) fn offset_millis(&self) -> Option<i64> {
        /// Of the Unix epoch, counted from the year 1 in hundreds of nanoseconds.
        const EPOCH: i64 = 621_355_968_000_000_000;
        let ticks = self.property("UtcTicks")?.as_i64()?;
        Some((ticks - EPOCH).div_euclid(10_000))
    }
}

/// The parts of a `Version`, which has two to four.
pub(crate) fn version(text: &str) -> Option<Vec<u32>> {
    let parts: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
    parts.filter(|parts| (2..=4).contains(&parts.len()))
}
