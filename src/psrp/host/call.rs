//! Host calls that somebody outside must see or answer.

use super::method::Method;
use crate::psrp::names;
use crate::psrp::record::string;
use crate::psrp::value::PsValue;

/// A call that the client does not settle by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum HostCall {
    /// `Get-Credential`, or a credential parameter without a value.
    PromptForCredential {
        caption: String,
        message: String,
        /// The account to propose.
        user_name: String,
        /// Where it will be used.
        target_name: String,
    },
    /// One of several, as `ShouldProcess` asks.
    PromptForChoice {
        caption: String,
        message: String,
        choices: Vec<ChoiceDescription>,
        /// The index proposed, if any.
        default: Option<usize>,
    },
    /// Any number of several.
    PromptForMultipleChoices {
        caption: String,
        message: String,
        choices: Vec<ChoiceDescription>,
        defaults: Vec<usize>,
    },
    /// A line of text; the question itself was written before.
    ReadLine,
    /// A line that must not be seen.
    ReadLineSecure,
    /// A key. The bits of `options` are those of .NET's `ReadKeyOptions`.
    ReadKey {
        /// `ReadKeyOptions`.
        options: i32,
    },
    /// Values for fields, as for parameters that are mandatory and missing.
    Prompt { caption: String, message: String, fields: Vec<FieldDescription> },
    /// Text to show. No answer.
    Write {
        text: String,
        /// Whether a line ends here.
        newline: bool,
        to: WriteTo,
        /// A `ConsoleColor`, if one was asked for.
        foreground: Option<i32>,
        /// A `ConsoleColor`, if one was asked for.
        background: Option<i32>,
    },
    /// `exit N`. No answer: the session lives on.
    SetShouldExit(i32),
    /// A method that we do not know; it waits for an answer.
    Other {
        method_id: i32,
        /// What it was called with.
        parameters: Vec<PsValue>,
    },
}

/// Which kind of text a [`HostCall::Write`] writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteTo {
    /// `Write-Host` and formatted output.
    Output,
    /// An error written to the host alone.
    Error,
    /// A warning written to the host alone.
    Warning,
    /// A verbose message written to the host alone.
    Verbose,
    /// A debug message written to the host alone.
    Debug,
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceDescription {
    /// The label; `&` stands before its key.
    pub label: String,
    pub help: String,
}

/// A field of a prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDescription {
    /// The name, which the answer repeats.
    pub name: String,
    /// The label, if it has one.
    pub label: String,
    /// The type wanted, in full, e.g. `System.String`.
    pub type_name: String,
    pub help: String,
    /// Whether a value is needed.
    pub mandatory: bool,
    pub default: PsValue,
}

impl FieldDescription {
    /// Whether what is entered must not be seen: the field is for a secure string.
    pub fn is_secret(&self) -> bool {
        self.type_name.eq_ignore_ascii_case(names::SECURE_STRING)
    }

    /// Whether a credential is wanted, an account and a password.
    pub fn is_credential(&self) -> bool {
        self.type_name.eq_ignore_ascii_case(names::CREDENTIAL)
    }
}

impl HostCall {
    /// Whether somebody waits for the answer.
    pub fn wants_answer(&self) -> bool {
        !matches!(self, Self::Write { .. } | Self::SetShouldExit(_))
    }

    /// The call, if it is one that the client does not settle by itself.
    pub(in crate::psrp) fn from_parameters(method: Method, parameters: &[PsValue]) -> Option<Self> {
        let at = |index: usize| parameters.get(index).unwrap_or(&PsValue::Null);
        let text = |index: usize| at(index).display();
        let int = |index: usize| at(index).as_i64().and_then(|n| i32::try_from(n).ok());
        let write =
            |text: String, newline, to| Self::Write { text, newline, to, foreground: None, background: None };
        let coloured = |newline| Self::Write {
            text: text(2),
            newline,
            to: WriteTo::Output,
            foreground: int(0),
            background: int(1),
        };
        Some(match method {
            Method::PromptForCredential1 | Method::PromptForCredential2 => Self::PromptForCredential {
                caption: text(0),
                message: text(1),
                user_name: text(2),
                target_name: text(3),
            },
            Method::PromptForChoice => Self::PromptForChoice {
                caption: text(0),
                message: text(1),
                choices: choices(at(2)),
                default: index(at(3)),
            },
            Method::PromptForChoiceMultipleSelection => Self::PromptForMultipleChoices {
                caption: text(0),
                message: text(1),
                choices: choices(at(2)),
                defaults: array(at(3)).iter().filter_map(index).collect(),
            },
            Method::ReadLine => Self::ReadLine,
            Method::ReadLineAsSecureString => Self::ReadLineSecure,
            Method::ReadKey => Self::ReadKey { options: int(0).unwrap_or(0) },
            Method::Prompt => Self::Prompt {
                caption: text(0),
                message: text(1),
                fields: at(2).items().unwrap_or_default().iter().map(field).collect(),
            },
            Method::Write1 => write(text(0), false, WriteTo::Output),
            Method::Write2 => coloured(false),
            Method::WriteLine1 => write(String::new(), true, WriteTo::Output),
            Method::WriteLine2 => write(text(0), true, WriteTo::Output),
            Method::WriteLine3 => coloured(true),
            Method::WriteErrorLine => write(text(0), true, WriteTo::Error),
            Method::WriteWarningLine => write(text(0), true, WriteTo::Warning),
            Method::WriteVerboseLine => write(text(0), true, WriteTo::Verbose),
            Method::WriteDebugLine => write(text(0), true, WriteTo::Debug),
            Method::SetShouldExit => Self::SetShouldExit(int(0).unwrap_or(0)),
            Method::Unknown(method_id) => Self::Other { method_id, parameters: parameters.to_vec() },
            _ => return None,
        })
    }
}

fn index(value: &PsValue) -> Option<usize> {
    value.as_i64().and_then(|n| usize::try_from(n).ok())
}

/// The elements of an array as host calls write it ([MS-PSRP] 2.2.6.1).
fn array(value: &PsValue) -> &[PsValue] {
    value.property("mae").unwrap_or(value).items().unwrap_or_default()
}

fn choices(value: &PsValue) -> Vec<ChoiceDescription> {
    let each = |choice: &PsValue| ChoiceDescription {
        label: string(choice, "label"),
        help: string(choice, "helpMessage"),
    };
    value.items().unwrap_or_default().iter().map(each).collect()
}

fn field(value: &PsValue) -> FieldDescription {
    FieldDescription {
        name: string(value, "name"),
        label: string(value, "label"),
        type_name: string(value, "parameterTypeFullName"),
        help: string(value, "helpMessage"),
        mandatory: value.property("isMandatory").and_then(PsValue::as_bool).unwrap_or(true),
        default: value.property("defaultValue").cloned().unwrap_or_default(),
    }
}
