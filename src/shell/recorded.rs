//! What a shell of ours says in place of PowerShell, as errors of a command.
//!
//! These are records: they stand in the journal and in transcripts beside PowerShell's own errors, are found again by
//! remedies, and are the same whoever was at the keyboard. So they are in English, and here rather than in `text`.

use crate::psrp::ProtocolFault;
use crate::run::verdict::NOT_BOUND;
use crate::run::{Failure, Prompt};

/// What PowerShell is told that asks our host for something it does not do.
pub(super) const HOST_CANNOT: &str = "greenlight's host cannot do this.";

/// Why a program counts as not started, in place of the system's own words.
pub(super) const NO_PIPES: &str = "the process has no pipes";

fn of_ours(error_id: impl Into<String>, message: impl Into<String>) -> Failure {
    Failure {
        error_id: error_id.into(),
        category: "NotSpecified".to_owned(),
        message: message.into(),
        ..Failure::default()
    }
}

/// One that PowerShell itself would raise.
fn as_powershell(error_id: &str, exception: &str, category: &str, message: String) -> Failure {
    Failure {
        error_id: error_id.to_owned(),
        exception: format!("System.Management.Automation.{exception}"),
        category: category.to_owned(),
        message,
        target: String::new(),
    }
}

/// A command came while another runs.
pub(super) fn busy() -> Failure {
    let message = "The shell is not ready, or another command is still running in it.".to_owned();
    as_powershell("PipelineBusy", "PSInvalidOperationException", "InvalidOperation", message)
}

/// A variable cannot be given to a command.
pub(super) fn not_bound(name: &str) -> Failure {
    let message = format!("The session does not let ${name} be set, so the command was not run.");
    of_ours(format!("{NOT_BOUND},{name}"), message)
}

/// The client does not take a command.
pub(super) fn not_run(why: crate::psrp::Busy) -> Failure {
    of_ours("NotRun", why.to_string())
}

pub(super) fn not_understood(fault: &ProtocolFault) -> Failure {
    of_ours("ProtocolFault", format!("Not all that the command said was understood: {fault}."))
}

pub(super) fn output_cut() -> Failure {
    let message = "The command put out an object that is larger than is kept, so not all of it was looked at. Select the properties that the check needs.";
    of_ours("OutputCut", message)
}

pub(super) fn exit_called(code: i32) -> Failure {
    of_ours("ExitCalled", format!("The command called `exit {code}`; the session goes on."))
}

pub(super) fn native_failure(code: i64) -> Failure {
    of_ours("NativeCommandExitCode", format!("A native program ended with exit code {code}."))
}

pub(super) fn exit_code_unread() -> Failure {
    let message =
        "Whether a native program failed is not known: the session does not let $LASTEXITCODE be read.";
    of_ours("ExitCodeUnread", message)
}

/// What PowerShell says of a command that it does not know.
pub(super) fn unknown_command(name: &str) -> Failure {
    let message = format!(
        "The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. \
         Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
    );
    as_powershell("CommandNotFoundException", "CommandNotFoundException", "ObjectNotFound", message)
}

/// The same of one that a scenario says nothing of: there it may be known, and a command need not begin with a name.
pub(super) fn not_in_scenario(name: &str) -> Failure {
    let unknown = unknown_command(name);
    Failure { message: unknown.message + " The scenario has no answer to this command.", ..unknown }
}

/// What PowerShell says where a question is not answered.
pub(super) fn unanswered(prompt: Option<&Prompt>) -> Failure {
    let parameter = match prompt {
        Some(Prompt::Credential { .. }) => "Credential".to_owned(),
        Some(Prompt::Fields { fields, .. }) => {
            fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(" ")
        }
        Some(prompt) => {
            let message = format!("The question was not answered: {}", prompt.wording());
            return as_powershell(
                "PromptDeclined",
                "Host.PromptingException",
                "ResourceUnavailable",
                message,
            );
        }
        None => String::new(),
    };
    let message =
        format!("Cannot process command because of one or more missing mandatory parameters: {parameter}.");
    as_powershell("MissingMandatoryParameter", "ParameterBindingException", "InvalidArgument", message)
}
