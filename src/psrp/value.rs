//! Values as they travel in CLIXML ([MS-PSRP] 2.2.5).

mod display;
mod object;

use std::sync::Arc;

pub use object::{Content, PsObject};

use super::record::ProgressRecord;
use super::secret::Secret;
use super::text::Utf16Text;

/// A serialised value: a primitive ([MS-PSRP] 2.2.5.1) or an object with its properties (2.2.5.2).
///
/// Cloning is cheap for what is large: objects and secrets are shared, never copied.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum PsValue {
    /// `<Nil>`
    #[default]
    Null,
    /// `<B>`
    Bool(bool),
    /// `<C>`: one UTF-16 code unit
    Char(u16),
    /// `<SB>`
    I8(i8),
    /// `<By>`
    U8(u8),
    /// `<I16>`
    I16(i16),
    /// `<U16>`
    U16(u16),
    /// `<I32>`
    I32(i32),
    /// `<U32>`
    U32(u32),
    /// `<I64>`
    I64(i64),
    /// `<U64>`
    U64(u64),
    /// `<Sg>`
    Float(f32),
    /// `<Db>`
    Double(f64),
    /// `<D>`, as written
    Decimal(String),
    /// `<S>`
    String(Utf16Text),
    /// `<DT>`, an XML Schema dateTime as written, with its fraction and its offset if it has one
    DateTime(String),
    /// `<TS>`, an XML Schema duration as written
    Duration(String),
    /// `<G>`
    Guid(String),
    /// `<URI>`
    Uri(String),
    /// `<Version>`
    Version(String),
    /// `<XD>`: the text of an XML document
    Xml(Utf16Text),
    /// `<SBK>`: the text of a script block
    ScriptBlock(Utf16Text),
    /// `<BA>`
    Bytes(Vec<u8>),
    /// `<SS>`, decrypted
    SecureString(Arc<Secret>),
    /// `<PR>`
    Progress(Box<ProgressRecord>),
    /// `<Obj>`
    Object(Arc<PsObject>),
    /// An element that we do not know, or that does not hold what its name says: kept as it came
    Unknown(Box<Unknown>),
}

/// An element kept as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name of the element.
    pub element: String,
    /// What stood inside it, as XML.
    pub xml: String,
}

impl PsValue {
    /// The property of that name, compared without regard to ASCII case: a key of a dictionary, then an extended
    /// property, then an adapted one, as PowerShell's `.` finds them.
    pub fn property(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(object) => object.property(name),
            _ => None,
        }
    }

    /// The object, if this is one.
    pub fn as_object(&self) -> Option<&PsObject> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The primitive itself, or the primitive inside an object that adds properties to one, as an enumeration value does.
    pub fn base(&self) -> &Self {
        match self {
            Self::Object(object) => match &object.content {
                Content::Primitive(inner) => inner,
                _ => self,
            },
            _ => self,
        }
    }

    /// Whether this is `$null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, if this is a string that is valid Unicode.
    pub fn as_str(&self) -> Option<&str> {
        match self.base() {
            Self::String(text) => text.as_str(),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.base() {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is an integer (or an enumeration value) that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self.base() {
            Self::I8(n) => Some((*n).into()),
            Self::U8(n) => Some((*n).into()),
            Self::I16(n) => Some((*n).into()),
            Self::U16(n) => Some((*n).into()),
            Self::I32(n) => Some((*n).into()),
            Self::U32(n) => Some((*n).into()),
            Self::I64(n) => Some(*n),
            Self::U64(n) => i64::try_from(*n).ok(),
            _ => None,
        }
    }

    /// The items, if this is a list, a stack, a queue or another sequence.
    pub fn items(&self) -> Option<&[Self]> {
        match self {
            Self::Object(object) => object.items(),
            _ => None,
        }
    }

    /// The full name of the .NET type, without the `Deserialized.` that a receiver puts before it.
    pub fn type_name(&self) -> &str {
        match self {
            Self::Null => "",
            Self::Bool(_) => "System.Boolean",
            Self::Char(_) => "System.Char",
            Self::I8(_) => "System.SByte",
            Self::U8(_) => "System.Byte",
            Self::I16(_) => "System.Int16",
            Self::U16(_) => "System.UInt16",
            Self::I32(_) => "System.Int32",
            Self::U32(_) => "System.UInt32",
            Self::I64(_) => "System.Int64",
            Self::U64(_) => "System.UInt64",
            Self::Float(_) => "System.Single",
            Self::Double(_) => "System.Double",
            Self::Decimal(_) => "System.Decimal",
            Self::String(_) => "System.String",
            Self::DateTime(_) => "System.DateTime",
            Self::Duration(_) => "System.TimeSpan",
            Self::Guid(_) => "System.Guid",
            Self::Uri(_) => "System.Uri",
            Self::Version(_) => "System.Version",
            Self::Xml(_) => "System.Xml.XmlDocument",
            Self::ScriptBlock(_) => "System.Management.Automation.ScriptBlock",
            Self::Bytes(_) => "System.Byte[]",
            Self::SecureString(_) => "System.Security.SecureString",
            Self::Progress(_) => "System.Management.Automation.ProgressRecord",
            Self::Object(object) => object.type_name(),
            Self::Unknown(unknown) => &unknown.element,
        }
    }

    /// A list, as PowerShell's `@(…)`.
    pub fn list(items: Vec<Self>) -> Self {
        PsObject {
            type_names: super::clixml::ARRAY_LIST.clone(),
            content: Content::List(items),
            ..PsObject::default()
        }
        .into()
    }

    /// A hashtable, as PowerShell's `@{…}`.
    pub fn dictionary(entries: Vec<(Self, Self)>) -> Self {
        PsObject {
            type_names: super::clixml::HASHTABLE.clone(),
            content: Content::Dictionary(entries),
            ..PsObject::default()
        }
        .into()
    }

    /// A `PSCredential` ([MS-PSRP] 2.2.3.25).
    pub fn credential(user: impl Into<String>, password: Secret) -> Self {
        super::host::credential(user.into(), password)
    }

    /// An object that has only properties.
    pub(super) fn bag<const N: usize>(properties: [(&str, Self); N]) -> Self {
        let extended = properties.into_iter().map(|(name, value)| (name.into(), value)).collect();
        PsObject { extended, ..PsObject::default() }.into()
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),* $(,)?) => {
        $(impl From<$type> for PsValue {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}

from! {
    bool => Bool, i8 => I8, u8 => U8, i16 => I16, u16 => U16, i32 => I32, u32 => U32, i64 => I64, u64 => U64,
    f32 => Float, f64 => Double, &str => String, String => String, Utf16Text => String, Vec<u8> => Bytes,
    Secret => SecureString, PsObject => Object,
}
