//! Questions that a command asks, as neutral data. Answers are not here: they never enter the run.

use serde::{Deserialize, Serialize};

use super::no_fields;

/// Whether a question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromptReply {
    /// An answer was given.
    #[serde(rename = "given")]
    Answered,
    Declined,
    /// Nobody was there to ask.
    Unattended,
}

/// A question; the texts are PowerShell's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "ask", rename_all = "kebab-case")]
pub enum Prompt {
    /// A user name and a password (`Get-Credential`).
    Credential {
        caption: String,
        message: String,
        /// The user name to start with.
        user: String,
    },
    /// One or several of some choices (`ShouldProcess`, `PromptForChoice`).
    Choice {
        caption: String,
        message: String,
        /// The choices in order.
        choices: Vec<Choice>,
        /// The positions that are chosen to begin with.
        defaults: Vec<usize>,
        /// How many may be chosen.
        pick: Pick,
    },
    /// A line of text (`Read-Host`).
    #[serde(deserialize_with = "no_fields")]
    Line,
    /// A line that is not shown (`Read-Host -AsSecureString`).
    #[serde(deserialize_with = "no_fields")]
    SecureLine,
    /// Named fields (a missing mandatory parameter).
    Fields {
        caption: String,
        message: String,
        /// The fields in order.
        fields: Vec<Field>,
    },
}

/// How many choices may be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pick {
    One,
    Many,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its label, where `&` marks the key.
    pub label: String,
    pub help: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    /// Its label, or empty.
    pub label: String,
    /// The .NET type asked for.
    pub type_name: String,
    pub help: String,
    /// Whether what is typed is shown.
    pub echo: Echo,
}

/// Whether what is typed is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Echo {
    Shown,
    /// It is masked: a `SecureString`.
    Masked,
}

impl Prompt {
    /// The same, where it asks for a credential of nobody, with a user name to start with.
    pub(crate) fn with_user(mut self, name: Option<&str>) -> Self {
        if let (Self::Credential { user, .. }, Some(name)) = (&mut self, name)
            && user.is_empty()
        {
            name.clone_into(user);
        }
        self
    }

    /// Whether a secret is asked for, with which a command may sign in.
    pub(crate) fn wants_secret(&self) -> bool {
        match self {
            Self::Credential { .. } | Self::SecureLine => true,
            Self::Fields { fields, .. } => fields.iter().any(|field| field.echo == Echo::Masked),
            Self::Choice { .. } | Self::Line => false,
        }
    }

    /// What is asked, in PowerShell's words, for a message about it.
    pub fn wording(&self) -> &str {
        match self {
            Self::Credential { caption, message, .. } | Self::Choice { caption, message, .. } => {
                first_filled([message, caption])
            }
            // A background job's question has neither, only the name of its field.
            Self::Fields { caption, message, fields } => {
                let of_field = fields.first().map(|field| [field.label.as_str(), field.name.as_str()]);
                first_filled(
                    [message.as_str(), caption.as_str()].into_iter().chain(of_field.unwrap_or_default()),
                )
            }
            Self::Line => "Read-Host",
            Self::SecureLine => "Read-Host -AsSecureString",
        }
    }
}

fn first_filled<'a>(texts: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) -> &'a str {
    texts.into_iter().map(AsRef::as_ref).find(|text| !text.is_empty()).unwrap_or_default()
}
