//! A command that asks, each kind of question once.

use greenlight::facade::run::Prompt;
use greenlight::facade::run::prompt::{Choice, Echo, Field, Pick};

use super::fixture::Bench;
use super::subjects;

pub fn credential(user: &str) -> Prompt {
    Prompt::Credential {
        caption: "Windows PowerShell credential request".into(),
        message: "Enter your credentials.".into(),
        user: user.into(),
    }
}

pub fn asked_again() -> Bench {
    let mut bench = subjects::refused(2);
    bench.apply_confirmed("credential");
    bench.ask(credential("admin@contoso.com"));
    bench
}

pub fn ask_choice() -> Bench {
    let choice = |label: &str, help: &str| Choice { label: label.into(), help: help.into() };
    super::asking(Prompt::Choice {
        caption: "Confirm".into(),
        message: "Are you sure you want to perform this action?\nPerforming the operation \"Set\" on target \"contoso.com\".".into(),
        choices: vec![
            choice("&Yes", "Continue with only the next step of the operation."),
            choice("Yes to &All", "Continue with all the steps of the operation."),
            choice("&No", "Skip this operation."),
        ],
        defaults: vec![0],
        pick: Pick::One,
    })
}

/// It has just come, and takes no key yet.
pub fn ask_unread() -> Bench {
    let mut bench = ask_choice();
    bench.now.mono = 0;
    bench
}

pub fn ask_several() -> Bench {
    let choice = |label: &str| Choice { label: label.into(), help: String::new() };
    super::asking(Prompt::Choice {
        caption: "Pools".into(),
        message: "Which pools?".into(),
        choices: vec![choice("pool&01"), choice("pool&02"), choice("pool&03")],
        defaults: vec![1],
        pick: Pick::Many,
    })
}

pub fn ask_fields() -> Bench {
    let field = |name: &str, type_name: &str, echo| Field {
        name: name.into(),
        label: String::new(),
        type_name: type_name.into(),
        help: String::new(),
        echo,
    };
    super::asking(Prompt::Fields {
        caption: "cmdlet New-CsOnlineSession at command pipeline position 1".into(),
        message: "Supply values for the following parameters:".into(),
        fields: vec![
            field("UserName", "System.String", Echo::Shown),
            field("Password", "System.Security.SecureString", Echo::Masked),
        ],
    })
}
