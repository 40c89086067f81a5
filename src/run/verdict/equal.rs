//! Whether a value equals what a checklist names, as PowerShell's `-eq` has it with the value on its left.

use super::super::value::{Object, Value};
use super::{number, text, version};

/// Types of which PowerShell makes an object from a text, to compare the two; of any other it says that they differ, though the
/// object may well be shown as that text.
const MADE_OF_TEXT: [&str; 7] = [
    "System.Char",
    "System.Enum",
    "System.Guid",
    "System.Management.Automation.SemanticVersion",
    "System.Net.IPAddress",
    "System.Net.Mail.MailAddress",
    "System.Uri",
];

/// The types by which an object is compared otherwise than by its text alone.
pub(super) const TYPES_TOLD_APART: [&str; 9] = [
    "System.Char",
    "System.Enum",
    "System.Guid",
    "System.Management.Automation.SemanticVersion",
    "System.Net.IPAddress",
    "System.Net.Mail.MailAddress",
    "System.TimeSpan",
    "System.Uri",
    "System.Xml.XmlDocument",
];

/// Whether an object's own text is what PowerShell makes of it where it needs one.
pub(super) fn has_text(object: &Object) -> bool {
    !object.text.is_empty() && !is_span(object) && !object.is("System.Xml.XmlDocument")
}

/// Whether an object is a span of time; its text is one of XML Schema.
pub(super) fn is_span(object: &Object) -> bool {
    object.is("System.TimeSpan")
}

/// Whether an object is a version with a label, which has no kind of its own here.
pub(super) fn is_version(object: &Object) -> bool {
    object.is("System.Management.Automation.SemanticVersion")
}

/// A Boolean, or what is one in other words: 1 and 0, `true` and `false`.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Int(_) | Value::Decimal(_) | Value::Float(_) => [(0.0, false), (1.0, true)]
            .into_iter()
            .find(|(known, _)| number::is_number(value, *known) == Some(true))
            .map(|(_, flag)| flag),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Null
        | Value::Text(_)
        | Value::Time(_)
        | Value::Version(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unread => None,
    }
}

/// Whether a value is that text. `$true -eq 'False'` is true in PowerShell, so a Boolean is not judged by a text; nor is a time,
/// which is written in too many ways, nor a list.
pub(super) fn is_text(value: &Value, wanted: &str) -> Option<bool> {
    match value {
        Value::Null | Value::Bool(_) | Value::Time(_) | Value::List(_) | Value::Unread => None,
        Value::Int(_) | Value::Decimal(_) | Value::Float(_) => number::is_text(value, wanted),
        Value::Version(parts) => version::is_text(value, parts, wanted),
        Value::Text(own) => text::equal(own, wanted),
        Value::Object(object) => object_is_text(object, wanted),
    }
}

/// Whether two values of one row are equal.
pub(super) fn is_same(value: &Value, wanted: &Value) -> Option<bool> {
    match (value, wanted) {
        (_, Value::Bool(flag)) => truth(value).map(|found| found == *flag),
        (_, Value::Int(_) | Value::Decimal(_) | Value::Float(_)) => number::is_same(value, wanted),
        (_, Value::Text(wanted)) => is_text(value, wanted),
        (Value::Time(own), Value::Time(wanted)) => Some(own == wanted),
        (Value::Version(own), Value::Version(wanted)) => Some(own == wanted),
        // PowerShell makes a text of it.
        (Value::Text(own), Value::Version(_)) => text::equal(own, &wanted.display()),
        (Value::Text(own), Value::Object(object)) if is_made_of_text(object) => {
            let equal = text::equal(own, &object.text);
            equal.filter(|equal| *equal || is_written_in_one_way(object))
        }
        (Value::Object(own), Value::Object(wanted)) if own.type_names == wanted.type_names => {
            let equal = own.text == wanted.text;
            (is_made_of_text(own) && (equal || is_written_in_one_way(own))).then_some(equal)
        }
        (
            _,
            Value::Null
            | Value::Time(_)
            | Value::Version(_)
            | Value::List(_)
            | Value::Object(_)
            | Value::Unread,
        ) => None,
    }
}

fn is_made_of_text(object: &Object) -> bool {
    MADE_OF_TEXT.iter().any(|name| object.is(name))
}

/// Whether two of that type with other texts are others.
fn is_written_in_one_way(object: &Object) -> bool {
    object.is("System.Enum") || object.is("System.Guid")
}

/// Whether an object is that text: where its own text is. PowerShell makes an object of its type from the text, and those may be
/// equal though the texts are not.
fn object_is_text(object: &Object, wanted: &str) -> Option<bool> {
    if !is_made_of_text(object) {
        return None;
    }
    let equal = text::equal(&object.text, wanted);
    if equal == Some(true) {
        return equal;
    }
    let is_sure = if object.is("System.Enum") {
        // A name may be cut short, or be its number, or several.
        let wanted = wanted.trim().to_lowercase();
        let has_beginning = |name: &str| name.to_lowercase().starts_with(&wanted);
        !wanted.contains(|c: char| c.is_ascii_digit() || c == ',')
            && !object.text.split(", ").any(has_beginning)
    } else if object.is("System.Guid") {
        // With braces, or without hyphens.
        let digits =
            |text: &str| text.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_lowercase();
        digits(wanted) != digits(&object.text) && !wanted.contains(['x', 'X'])
    } else {
        object.is("System.Char") && !wanted.is_empty()
    };
    equal.filter(|_| is_sure)
}
