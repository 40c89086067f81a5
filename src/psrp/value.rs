//! Values as they travel in CLIXML ([MS-PSRP] 2.2.5).

mod display;
mod object;
mod progress;

use std::sync::Arc;

pub use object::{Content, PsObject};
pub(crate) use progress::ProgressRecord;

use super::names;
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
            Self::Bool(_) => names::BOOLEAN,
            Self::Char(_) => names::CHAR,
            Self::I8(_) => names::SBYTE,
            Self::U8(_) => names::BYTE,
            Self::I16(_) => names::INT_16,
            Self::U16(_) => names::UINT_16,
            Self::I32(_) => names::INT_32,
            Self::U32(_) => names::UINT_32,
            Self::I64(_) => names::INT_64,
            Self::U64(_) => names::UINT_64,
            Self::Float(_) => names::SINGLE,
            Self::Double(_) => names::DOUBLE,
            Self::Decimal(_) => names::DECIMAL,
            Self::String(_) => names::STRING,
            Self::DateTime(_) => names::DATE_TIME,
            Self::Duration(_) => names::TIME_SPAN,
            Self::Guid(_) => names::GUID,
            Self::Uri(_) => names::URI,
            Self::Version(_) => names::VERSION,
            Self::Xml(_) => names::XML_DOCUMENT,
            Self::ScriptBlock(_) => names::SCRIPT_BLOCK,
            Self::Bytes(_) => names::BYTE_ARRAY,
            Self::SecureString(_) => names::SECURE_STRING,
            Self::Progress(_) => names::PROGRESS_RECORD,
            Self::Object(object) => object.type_name(),
            Self::Unknown(unknown) => &unknown.element,
        }
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
