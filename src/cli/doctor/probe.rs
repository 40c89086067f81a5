//! What PowerShell is asked, and what it answers. Read-only; nothing here says what an answer means.
//!
//! Constrained Language Mode refuses methods of most types, so no question calls one; where a type's property is the best
//! answer, a second question follows that does without.

use std::num::NonZeroU32;

use tokio::sync::mpsc;

use crate::run::value::Value;
use crate::run::{About, Attempt};
use crate::shell::powershell::{ModulePath, NoPowerShell};
use crate::shell::{Request, ShellEvent, ShellExit, ShellFault};
use crate::text::Text;

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Bits,
    LanguageMode,
    Policy,
    PolicyScopes,
    ScriptBlockLogging,
    ModuleLogging,
    Transcription,
    ModulePath,
    Modules,
}

impl Question {
    pub(super) const ALL: [Self; 9] = [
        Self::Bits,
        Self::LanguageMode,
        Self::Policy,
        Self::PolicyScopes,
        Self::ScriptBlockLogging,
        Self::ModuleLogging,
        Self::Transcription,
        Self::ModulePath,
        Self::Modules,
    ];

    /// Whether it makes sense on this system: policies of the registry are Windows' own.
    const fn is_for_here(self) -> bool {
        match self {
            Self::ScriptBlockLogging | Self::ModuleLogging | Self::Transcription => cfg!(windows),
            Self::Bits
            | Self::LanguageMode
            | Self::Policy
            | Self::PolicyScopes
            | Self::ModulePath
            | Self::Modules => true,
        }
    }

    /// The commands that answer it; the next is run where one fails.
    pub(super) fn commands(self, about: &About) -> Vec<String> {
        let plain = |commands: &[&str]| commands.iter().map(|command| (*command).to_owned()).collect();
        let policy = |key: &str, value: &str| {
            let product = if about.edition == "Core" {
                r"Microsoft\PowerShellCore"
            } else {
                r"Microsoft\Windows\PowerShell"
            };
            vec![format!(
                "'HKLM:', 'HKCU:' | ForEach-Object {{ Get-ItemProperty -Path \"$_\\SOFTWARE\\Policies\\{product}\\{key}\" \
                 -ErrorAction SilentlyContinue }} | Select-Object -ExpandProperty {value} -ErrorAction SilentlyContinue"
            )]
        };
        match self {
            Self::Bits => plain(&["[Environment]::Is64BitProcess", "$env:PROCESSOR_ARCHITECTURE"]),
            Self::LanguageMode => plain(&["\"$($ExecutionContext.SessionState.LanguageMode)\""]),
            Self::Policy => plain(&["\"$(Get-ExecutionPolicy)\""]),
            Self::PolicyScopes => plain(&[
                "Get-ExecutionPolicy -List | ForEach-Object { \"$($_.Scope)=$($_.ExecutionPolicy)\" }",
            ]),
            Self::ScriptBlockLogging => policy("ScriptBlockLogging", "EnableScriptBlockLogging"),
            Self::ModuleLogging => policy("ModuleLogging", "EnableModuleLogging"),
            Self::Transcription => policy("Transcription", "EnableTranscripting"),
            Self::ModulePath => plain(&["$env:PSModulePath"]),
            Self::Modules => plain(&[
                "Get-Module -ListAvailable -Name Lync, SkypeForBusiness, LyncOnlineConnector, SkypeOnlineConnector, \
                 MicrosoftTeams | ForEach-Object { \"$($_.Name) $($_.Version)\" }",
            ]),
        }
    }
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ProbeAnswer {
    /// What it put out, one text a row.
    Rows(Vec<String>),
    /// Every command failed; the last one's message.
    Failed(String),
    /// It is not asked on this system.
    NotHere,
}

/// Everything that PowerShell said.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) about: Option<About>,
    pub(super) given: Vec<(Question, ProbeAnswer)>,
    /// Why it cannot be used.
    pub(super) trouble: Option<ProbeTrouble>,
    /// The module path that it was given, where that is not the one of our own environment.
    pub(super) modules: Option<ModulePath>,
}

/// Why a PowerShell cannot be asked.
#[derive(Debug, PartialEq)]
pub(super) enum ProbeTrouble {
    /// There is no program to ask.
    Nowhere(NoPowerShell),
    Gone,
    Fault(ShellFault),
}

impl ProbeTrouble {
    /// Why, for the line of a finding.
    pub(super) fn why(&self, text: Text) -> String {
        match self {
            Self::Nowhere(why) => text.powershell_missing(why),
            Self::Gone => text.powershell_gone(),
            Self::Fault(fault) => text.shell_fault(fault),
        }
    }

    /// The whole sentence.
    pub(super) fn words(&self, text: Text) -> String {
        match self {
            Self::Nowhere(_) => text.no_usable_powershell(self.why(text)),
            Self::Gone | Self::Fault(_) => text.doctor_unusable(self.why(text)),
        }
    }
}

/// Waits for the shell and asks each question in turn.
pub(super) async fn ask_all(
    requests: &mpsc::Sender<Request>,
    reports: &mut mpsc::Receiver<ShellEvent>,
) -> Answers {
    let mut answers = Answers::default();
    match reports.recv().await {
        Some(ShellEvent::Opened(about)) => answers.about = Some(about),
        Some(ShellEvent::Exited(ShellExit::StartFailed(why) | ShellExit::Died(why))) => {
            answers.trouble = Some(ProbeTrouble::Fault(why));
            return answers;
        }
        Some(_) | None => return answers,
    }
    let about = answers.about.clone().unwrap_or_default();
    let mut number = NonZeroU32::MIN;
    for question in Question::ALL {
        let mut answer = ProbeAnswer::NotHere;
        let commands = if question.is_for_here() { question.commands(&about) } else { Vec::new() };
        for command in commands {
            match ask(requests, reports, Attempt(number), command).await {
                Ok(given) => answer = given,
                Err(why) => {
                    answers.trouble = Some(why);
                    return answers;
                }
            }
            number = number.saturating_add(1);
            if matches!(answer, ProbeAnswer::Rows(_)) {
                break;
            }
        }
        answers.given.push((question, answer));
    }
    answers
}

/// Runs one command; fails where the shell has gone.
pub(super) async fn ask(
    requests: &mpsc::Sender<Request>,
    reports: &mut mpsc::Receiver<ShellEvent>,
    attempt: Attempt,
    command: String,
) -> Result<ProbeAnswer, ProbeTrouble> {
    requests
        .send(Request::Run { attempt, command, variables: Vec::new() })
        .await
        .map_err(|_closed| ProbeTrouble::Gone)?;
    let mut rows: Vec<String> = Vec::new();
    let mut failure: Option<String> = None;
    while let Some(report) = reports.recv().await {
        match report {
            ShellEvent::Error(_, error) => failure = Some(error.message),
            ShellEvent::Ended(..) => return Ok(failure.map_or(ProbeAnswer::Rows(rows), ProbeAnswer::Failed)),
            ShellEvent::Exited(ShellExit::StartFailed(why) | ShellExit::Died(why)) => {
                return Err(ProbeTrouble::Fault(why));
            }
            ShellEvent::Exited(ShellExit::Requested) => return Err(ProbeTrouble::Gone),
            ShellEvent::Asks(_, call, _) => {
                let declined = Request::Reply(call, crate::shell::Answer::Declined);
                requests.send(declined).await.map_err(|_closed| ProbeTrouble::Gone)?;
            }
            ShellEvent::Row(_, Value::Null)
            | ShellEvent::Opened(_)
            | ShellEvent::Line(..)
            | ShellEvent::Progress(..) => {}
            ShellEvent::Row(_, value) => rows.push(value.display()),
        }
    }
    Err(ProbeTrouble::Gone)
}

#[cfg(test)]
mod tests;
