//! `doctor`: what greenlight finds on this computer, and what is missing.

use std::num::NonZeroU32;

use serde_json::json;
use tokio::sync::mpsc;

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit};
use crate::config;
use crate::plain::Out;
use crate::run::{About, Attempt};
use crate::shell::{CHANNEL, Gone, Report, Request};
use crate::text::visible;

/// What PowerShell is asked: a name for programs, and a read-only command.
const PROBES: [(&str, &str); 6] = [
    ("is_64_bit", "[Environment]::Is64BitProcess"),
    ("language_mode", "$ExecutionContext.SessionState.LanguageMode"),
    ("execution_policy", "Get-ExecutionPolicy"),
    (
        "execution_policy_scopes",
        "Get-ExecutionPolicy -List | ForEach-Object { \"$($_.Scope): $($_.ExecutionPolicy)\" }",
    ),
    ("module_path", "$env:PSModulePath"),
    (
        "lync_modules",
        "Get-Module -ListAvailable -Name Lync, LyncOnlineConnector, SkypeOnlineConnector, MicrosoftTeams | Select-Object -ExpandProperty Name",
    ),
];

/// What was found.
#[derive(Default)]
struct Findings {
    about: Option<About>,
    probes: Vec<(&'static str, String)>,
    trouble: Option<String>,
}

/// Looks around and prints what is there; exit code 3 where there is no usable PowerShell.
pub async fn doctor(context: &Context) -> Done {
    let findings = match context.shell() {
        Ok((shell, _)) => {
            let (send, mut reports) = mpsc::channel(CHANNEL);
            let requests = shell.open(send);
            let findings = probe(&requests, &mut reports).await;
            // Dropping the sender ends the shell.
            drop(requests);
            findings
        }
        Err(failed) => Findings { trouble: Some(failed.message), ..Findings::default() },
    };
    let mut out = Out::stdout();
    let config = config::path().map(|path| path.display().to_string()).unwrap_or_default();
    let data = context.data_dir.display().to_string();
    match context.output {
        Output::Json => {
            let probes: serde_json::Map<String, serde_json::Value> = findings
                .probes
                .iter()
                .map(|(name, found)| ((*name).to_owned(), found.clone().into()))
                .collect();
            let found = json!({
                "format": 1, "greenlight": env!("CARGO_PKG_VERSION"), "data_dir": data, "config": config,
                "lang": context.text.lang(), "powershell": findings.about, "found": probes, "trouble": findings.trouble,
            });
            out.json(&found);
        }
        Output::Text => {
            let mut row = |name: &str, value: &str| out.line(&format!("{name:<24} {}", visible(value)));
            row("greenlight", env!("CARGO_PKG_VERSION"));
            row("data_dir", &data);
            row("config", &config);
            row("lang", context.text.lang().code());
            if let Some(about) = &findings.about {
                row("powershell", &format!("{} {} {}", about.program, about.version, about.edition));
            }
            for (name, found) in &findings.probes {
                row(name, found);
            }
            if let Some(trouble) = &findings.trouble {
                row("trouble", trouble);
            }
        }
    }
    Ok(if findings.trouble.is_some() { Exit::NoPowerShell } else { Exit::Open })
}

/// Asks each question in turn; a failed one shows its error.
async fn probe(requests: &mpsc::Sender<Request>, reports: &mut mpsc::Receiver<Report>) -> Findings {
    let mut findings = Findings::default();
    let mut number = NonZeroU32::MIN;
    let mut left = PROBES.iter();
    let mut found: Vec<String> = Vec::new();
    let mut asked: Option<&'static str> = None;
    while let Some(report) = reports.recv().await {
        match report {
            Report::Opened(about) => findings.about = Some(about),
            Report::Row(_, value) => {
                found.push(value.display());
                continue;
            }
            Report::Error(_, failure) => {
                found.push(failure.message);
                continue;
            }
            Report::Ended(..) => findings.probes.extend(asked.take().map(|name| (name, found.join("; ")))),
            Report::Gone(Gone::NeverCame(why) | Gone::Died(why)) => {
                findings.trouble = Some(why);
                return findings;
            }
            Report::Gone(Gone::AsAsked) => return findings,
            Report::Line(..) | Report::Progress(..) | Report::Asks(..) => continue,
        }
        found.clear();
        let Some((name, command)) = left.next() else { return findings };
        asked = Some(name);
        let run =
            Request::Run { attempt: Attempt(number), command: (*command).to_owned(), variables: Vec::new() };
        number = number.saturating_add(1);
        if requests.send(run).await.is_err() {
            return findings;
        }
    }
    findings
}
