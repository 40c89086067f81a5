//! What a command returned, as neutral data: the same from PowerShell, from the rehearsal and in the journal.

use rust_decimal::Decimal;

/// One object of the output stream, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `$null`.
    Null,
    Bool(bool),
    Int(i64),
    /// A `decimal`, or a whole number that `Int` does not hold.
    Decimal(Decimal),
    Float(f64),
    Text(String),
    /// A point in time, milliseconds since the Unix epoch.
    Time(i64),
    /// A version: two to four whole numbers.
    Version(Vec<u32>),
    List(Vec<Self>),
    /// An object with properties, a dictionary, or a scalar without a kind of its own (GUID, enum…), which is its text.
    Object(Object),
    /// There is something, and it could not be read: it was cut off, refers to nothing, or is of an unknown kind. Nothing can
    /// be told of it.
    Unread,
}

/// What stands at a path into a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Member<'a> {
    Here(&'a Value),
    /// There is no such member.
    Absent,
    /// There may be one, which did not come through: PowerShell sends what lies deeper as its text.
    Unread,
}

/// An object with properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Its type names, the most derived first.
    pub type_names: Vec<String>,
    /// What its `ToString` gave.
    pub text: String,
    /// Its properties in order.
    pub properties: Vec<(String, Value)>,
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The member at `path` (names joined by dots, without regard to case).
    pub fn member(&self, path: &str) -> Member<'_> {
        let mut value = self;
        for name in path.split('.') {
            value = match value {
                Self::Object(object) => match object.member(name) {
                    Member::Here(value) => value,
                    other => return other,
                },
                Self::Null => return Member::Absent,
                // What they have in PowerShell stayed there: the length of a list, the members of its elements.
                Self::List(_)
                | Self::Bool(_)
                | Self::Int(_)
                | Self::Decimal(_)
                | Self::Float(_)
                | Self::Text(_)
                | Self::Time(_)
                | Self::Version(_)
                | Self::Unread => return Member::Unread,
            };
        }
        Member::Here(value)
    }

    /// The property at `path`, if it is there.
    pub fn property(&self, path: &str) -> Option<&Self> {
        match self.member(path) {
            Member::Here(value) => Some(value),
            Member::Absent | Member::Unread => None,
        }
    }

    /// The value in one line, as PowerShell would print it; a null is empty.
    pub fn display(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Int(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Time(millis) => jiff::Timestamp::from_millisecond(*millis)
                .map_or_else(|_| millis.to_string(), |time| time.to_string()),
            Self::Version(parts) => parts.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
            Self::List(items) => items.iter().map(Self::display).collect::<Vec<_>>().join(", "),
            Self::Object(object) if object.text.is_empty() => {
                let property = |(name, value): &(String, Self)| format!("{name}={}", value.display());
                format!("@{{{}}}", object.properties.iter().map(property).collect::<Vec<_>>().join("; "))
            }
            Self::Object(object) => object.text.clone(),
            Self::Unread => "…".to_owned(),
        }
    }
}

impl Object {
    /// Whether one of its types has this full name.
    pub fn is(&self, type_name: &str) -> bool {
        self.type_names.iter().any(|name| name == type_name)
    }

    fn member(&self, name: &str) -> Member<'_> {
        match self.properties.iter().find(|(key, _)| is_same(key, name)) {
            Some((_, Value::Unread)) => Member::Unread,
            Some((_, value)) => Member::Here(value),
            // Of what is nothing but its text the members stayed behind.
            None if self.properties.is_empty() && !self.text.is_empty() => Member::Unread,
            None => Member::Absent,
        }
    }
}

/// Whether two texts are the same without regard to case, as .NET's `OrdinalIgnoreCase` has it: letter by letter, by the capital
/// that is one letter, and nothing else folded.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    a.chars().map(capital).eq(b.chars().map(capital))
}

/// What [`is_same`] compares, to look texts up by.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(capital).collect()
}

fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        // Nothing beyond ASCII becomes a letter of it (`ı`, `ſ`).
        (Some(single), None) if c.is_ascii() || !single.is_ascii() => single,
        _ => c,
    }
}
