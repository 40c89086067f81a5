//! PowerShell's questions as neutral ones, and the operator's answers as PowerShell's.

use crate::psrp::{self, HostCall, HostReply};
use crate::run::prompt::{Choice, Echo, Field, Pick, Prompt};
use crate::shell::{Answer, FieldAnswer};

/// The question, if it is one that a person can answer.
pub(super) fn prompt(call: &HostCall) -> Option<Prompt> {
    Some(match call.clone() {
        HostCall::PromptForCredential { caption, message, user_name, target_name: _ } => {
            Prompt::Credential { caption, message, user: user_name }
        }
        HostCall::PromptForChoice { caption, message, choices, default } => Prompt::Choice {
            caption,
            message,
            choices: choices.into_iter().map(choice).collect(),
            defaults: default.into_iter().collect(),
            pick: Pick::One,
        },
        HostCall::PromptForMultipleChoices { caption, message, choices, defaults } => Prompt::Choice {
            caption,
            message,
            choices: choices.into_iter().map(choice).collect(),
            defaults,
            pick: Pick::Many,
        },
        HostCall::ReadLine | HostCall::ReadKey { .. } => Prompt::Line,
        HostCall::ReadLineSecure => Prompt::SecureLine,
        HostCall::Prompt { caption, message, fields } if wants_credential(&fields) => {
            Prompt::Credential { caption, message, user: String::new() }
        }
        HostCall::Prompt { caption, message, fields } => {
            Prompt::Fields { caption, message, fields: fields.into_iter().map(field).collect() }
        }
        HostCall::Write { .. } | HostCall::SetShouldExit(_) | HostCall::Other { .. } => return None,
    })
}

/// The answer, in the form that the question wants; one of the wrong kind is none.
pub(super) fn reply(call: &HostCall, answer: Answer) -> HostReply {
    match (call, answer) {
        (HostCall::PromptForCredential { .. }, Answer::Credential(user, password)) => {
            HostReply::Credential { user, password }
        }
        (HostCall::PromptForChoice { .. }, Answer::Choice(picked)) => match picked.first() {
            Some(index) => HostReply::Choice(number(*index)),
            None => HostReply::Cancelled,
        },
        (HostCall::PromptForMultipleChoices { .. }, Answer::Choice(picked)) => {
            HostReply::Choices(picked.into_iter().map(number).collect())
        }
        (HostCall::ReadLine, Answer::Line(line)) => HostReply::Line(line),
        (HostCall::ReadKey { .. }, Answer::Line(line)) => key(&line),
        (HostCall::ReadLineSecure, Answer::SecureLine(line)) => HostReply::SecureLine(line),
        (HostCall::Prompt { fields, .. }, Answer::Fields(answers)) if fields.len() == answers.len() => {
            let value = |answer| match answer {
                FieldAnswer::Text(text) => psrp::PsValue::from(text),
                FieldAnswer::Secret(text) => text.into(),
            };
            let names = fields.iter().map(|field| field.name.clone());
            HostReply::Fields(names.zip(answers.into_iter().map(value)).collect())
        }
        (HostCall::Prompt { fields, .. }, Answer::Credential(user, password)) if wants_credential(fields) => {
            let names = fields.iter().map(|field| field.name.clone());
            HostReply::Fields(names.zip([psrp::PsValue::credential(user, password)]).collect())
        }
        _ => HostReply::Cancelled,
    }
}

/// Whether the only value missing is a credential; PowerShell does not call `PromptForCredential` for a mandatory one.
fn wants_credential(fields: &[psrp::FieldDescription]) -> bool {
    matches!(fields, [field] if field.is_credential())
}

fn choice(choice: psrp::ChoiceDescription) -> Choice {
    Choice { label: choice.label, help: choice.help }
}

fn field(field: psrp::FieldDescription) -> Field {
    let masked = field.is_secret();
    Field {
        name: field.name,
        // The mark of a hot key is no part of it.
        label: field.label.replacen('&', "", 1),
        type_name: field.type_name,
        help: field.help,
        echo: if masked { Echo::Masked } else { Echo::Shown },
    }
}

fn number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

/// The first character of a line, or Enter where there is none.
fn key(line: &str) -> HostReply {
    let character = line.encode_utf16().next().unwrap_or(u16::from(b'\r'));
    let code = line.chars().next().map_or('\r', |c| c.to_ascii_uppercase());
    HostReply::Key { character, code: i32::try_from(u32::from(code)).unwrap_or_default() }
}
