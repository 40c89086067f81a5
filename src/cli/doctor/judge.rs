//! What the answers mean: fit or not, and what to do. Pure.

use serde::Serialize;

use super::probe::{Answers, ProbeAnswer, Question};
use crate::shell::powershell::ModulePath;
use crate::text::Text;

/// What is looked at; the names are a published format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CheckId {
    /// The program, its version and edition.
    Powershell,
    /// 64-bit or not.
    Bits,
    /// Run as administrator or not.
    Elevation,
    /// Full or constrained language.
    LanguageMode,
    /// The effective execution policy and the scope that sets it.
    ExecutionPolicy,
    /// Whether the text of every command is logged (event 4104).
    ScriptBlockLogging,
    /// Whether the parameters of every command are logged (event 4103).
    ModuleLogging,
    /// Whether every session is written to a file.
    Transcription,
    /// Where modules are looked for.
    ModulePath,
    /// Which modules of the product are there.
    Modules,
    /// What kind of console this is.
    Console,
    /// Where runs are kept.
    DataFolder,
}

/// Whether something is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Health {
    Fit,
    /// It works, and the operator should know.
    Notice,
    /// It is not; something will not work.
    Unfit,
    /// There is no such thing on this system.
    NotHere,
    /// It could not be found out.
    Unknown,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Diagnosis {
    pub id: CheckId,
    pub found: String,
    /// Whether that is fit.
    pub state: Health,
    /// What to do where it is not.
    pub remedy: Option<String>,
}

/// The scopes of an execution policy, the strongest first.
const SCOPES: [&str; 5] = ["MachinePolicy", "UserPolicy", "Process", "CurrentUser", "LocalMachine"];

/// What each answer means, in the order of the questions. Only the program itself where there is no PowerShell.
pub(super) fn judge(answers: &Answers, text: Text) -> Vec<Diagnosis> {
    let mut findings = Vec::new();
    let (found, state, remedy) = match (&answers.trouble, &answers.about) {
        (Some(trouble), _) => (trouble.why(text), Health::Unfit, Some(text.doctor_remedy_version())),
        (None, None) => return findings,
        (None, Some(about)) => {
            let found = format!("{} {} {}", about.program, about.version, about.edition);
            let unfit = (!is_usable(answers)).then(|| text.doctor_remedy_version());
            (found.trim_end().to_owned(), if unfit.is_some() { Health::Unfit } else { Health::Fit }, unfit)
        }
    };
    findings.push(Diagnosis { id: CheckId::Powershell, found, state, remedy });
    for (question, answer) in &answers.given {
        let Some(id) = id(*question) else { continue };
        let (found, state, remedy) = match answer {
            ProbeAnswer::NotHere => (text.doctor_not_here(), Health::NotHere, None),
            ProbeAnswer::Failed(why) => (why.clone(), Health::Unknown, None),
            ProbeAnswer::Rows(rows) => rows_mean(*question, rows, answers, text),
        };
        findings.push(Diagnosis { id, found, state, remedy });
    }
    findings
}

/// The words for what is looked at.
pub(super) fn label(id: CheckId, text: Text) -> String {
    match id {
        CheckId::Powershell => text.doctor_powershell(),
        CheckId::Bits => text.doctor_bits(),
        CheckId::Elevation => text.doctor_elevation(),
        CheckId::LanguageMode => text.doctor_language_mode(),
        CheckId::ExecutionPolicy => text.doctor_policy(),
        CheckId::ScriptBlockLogging => text.doctor_script_block_logging(),
        CheckId::ModuleLogging => text.doctor_module_logging(),
        CheckId::Transcription => text.doctor_transcription(),
        CheckId::ModulePath => text.doctor_module_path(),
        CheckId::Modules => text.doctor_modules(),
        CheckId::Console => text.doctor_console(),
        CheckId::DataFolder => text.doctor_data_folder(),
    }
}

/// PowerShell 3.0 or later.
pub(super) fn is_usable(answers: &Answers) -> bool {
    let version = answers.about.as_ref().map(|about| about.version.as_str()).unwrap_or_default();
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    // One that does not say is given the benefit of the doubt; its checks will tell.
    answers.about.is_some() && major.is_none_or(|major| major >= 3)
}

/// The finding that a question belongs to; the scopes are part of the policy's.
const fn id(question: Question) -> Option<CheckId> {
    Some(match question {
        Question::Bits => CheckId::Bits,
        Question::LanguageMode => CheckId::LanguageMode,
        Question::Policy => CheckId::ExecutionPolicy,
        Question::PolicyScopes => return None,
        Question::ScriptBlockLogging => CheckId::ScriptBlockLogging,
        Question::ModuleLogging => CheckId::ModuleLogging,
        Question::Transcription => CheckId::Transcription,
        Question::ModulePath => CheckId::ModulePath,
        Question::Modules => CheckId::Modules,
    })
}

fn rows_mean(
    question: Question,
    rows: &[String],
    answers: &Answers,
    text: Text,
) -> (String, Health, Option<String>) {
    let first = rows.first().map(String::as_str).unwrap_or_default();
    let logged = |remedy: String| {
        if rows.iter().any(|row| row == "1") {
            (text.doctor_on(), Health::Notice, Some(remedy))
        } else {
            (text.doctor_off(), Health::Fit, None)
        }
    };
    match question {
        Question::Bits => match first {
            "True" | "AMD64" | "ARM64" => ("64".to_owned(), Health::Fit, None),
            "" => (text.doctor_unknown(), Health::Unknown, None),
            _ => ("32".to_owned(), Health::Unfit, Some(text.doctor_remedy_bits())),
        },
        Question::LanguageMode => match first {
            "FullLanguage" => (first.to_owned(), Health::Fit, None),
            "" => (text.doctor_unknown(), Health::Unknown, None),
            _ => (first.to_owned(), Health::Unfit, Some(text.doctor_remedy_language())),
        },
        Question::Policy | Question::PolicyScopes => policy(first, answers, text),
        Question::ScriptBlockLogging => logged(text.doctor_remedy_script_block_logging()),
        Question::ModuleLogging => logged(text.doctor_remedy_module_logging()),
        Question::Transcription => logged(text.doctor_remedy_transcription()),
        Question::ModulePath => match first {
            "" => (text.doctor_none(), Health::Unfit, Some(text.doctor_remedy_module_path())),
            path => match &answers.modules {
                None => (path.to_owned(), Health::Fit, None),
                Some(given) => (path.to_owned(), Health::Notice, Some(rebuilt(given, text))),
            },
        },
        Question::Modules => {
            let has = |name: &str| rows.iter().any(|row| row.split(' ').next() == Some(name));
            let found = if rows.is_empty() { text.doctor_none() } else { rows.join(", ") };
            if has("Lync") && has("LyncOnlineConnector") {
                (found, Health::Fit, None)
            } else {
                (found, Health::Notice, Some(text.doctor_remedy_modules()))
            }
        }
    }
}

/// What was done to the module path.
fn rebuilt(given: &ModulePath, text: Text) -> String {
    let left_out = text.doctor_left_out(given.left_out.join("; "));
    if given.added.is_empty() {
        return left_out;
    }
    format!("{left_out} {}", text.doctor_added(given.added.join("; ")))
}

/// The effective policy with the scope that sets it.
fn policy(effective: &str, answers: &Answers, text: Text) -> (String, Health, Option<String>) {
    let scopes = answers.given.iter().find_map(|(question, answer)| match (question, answer) {
        (Question::PolicyScopes, ProbeAnswer::Rows(rows)) => Some(rows.as_slice()),
        _ => None,
    });
    let set = |scope: &&&str| {
        scopes.unwrap_or_default().iter().any(|row| {
            row.split_once('=').is_some_and(|(name, value)| name == **scope && value != "Undefined")
        })
    };
    let scope = SCOPES.iter().find(set).copied();
    let found = match (scope, scopes) {
        (Some(scope), _) => format!("{effective} ({scope})"),
        (None, Some(_)) => format!("{effective} ({})", text.doctor_default()),
        (None, None) => effective.to_owned(),
    };
    match (effective, scope) {
        ("RemoteSigned" | "Unrestricted" | "Bypass", _) => (found, Health::Fit, None),
        (_, Some("MachinePolicy" | "UserPolicy")) => {
            (found, Health::Unfit, Some(text.doctor_remedy_policy_of_group()))
        }
        _ => (found, Health::Unfit, Some(text.doctor_remedy_policy())),
    }
}

#[cfg(test)]
mod tests;
