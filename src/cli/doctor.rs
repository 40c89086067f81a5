//! `doctor`: what greenlight finds on this computer, whether it is fit, and what to do where it is not.
//!
//! Looks only: every question to PowerShell is read-only, keeps to the grammar of PowerShell 3.0 and works in Constrained
//! Language Mode. The shape of the JSON is documented in `docs/operator.md`.

use serde_json::json;
use tokio::sync::mpsc;

use super::args::Output;
use super::colour::Line;
use super::context::Context;
use super::exit::{Done, Exit};
use super::identity::who;
use crate::config;
use crate::plain::Out;
use crate::sanitize::escape_controls;
use crate::shell::powershell::{self, PowerShell};
use crate::shell::{CHANNEL, Shell as _};
use crate::tui::theme::Meaning;

mod here;
mod judge;
mod probe;

use judge::{CheckId, Diagnosis, Health};
use probe::{Answers, ProbeTrouble};

/// The format of the JSON.
const FORMAT: u32 = 1;

/// Looks around and prints what is there; exit code 3 where there is no usable PowerShell.
pub(super) async fn doctor(context: &Context) -> Done {
    let text = context.text;
    let own_keys = context.own_keys()?;
    let answers = match powershell::locate(context.powershell.as_deref()) {
        Ok(program) => {
            let (send, mut reports) = mpsc::channel(CHANNEL);
            let shell = PowerShell::new(program);
            let requests = shell.open(send);
            let mut answers = probe::ask_all(&requests, &mut reports).await;
            answers.modules = shell.module_path();
            // Dropping the sender ends the shell.
            drop(requests);
            answers
        }
        Err(error) => Answers { trouble: Some(ProbeTrouble::Nowhere(error)), ..Answers::default() },
    };
    let trouble = answers.trouble.as_ref().map(|trouble| trouble.words(text));
    let mut findings = judge::judge(&answers, text);
    // Among what is asked of PowerShell, where people look for it.
    let after = findings.iter().position(|finding| finding.id == CheckId::Bits).unwrap_or_default();
    findings.insert(after + 1, here::elevation(&who(), text));
    findings.push(here::console(text));
    findings.push(here::data_folder(&context.data_dir, text));
    let usable = answers.trouble.is_none() && judge::is_usable(&answers);
    let config = config::path().map(|path| path.display().to_string()).unwrap_or_default();
    let data = context.data_dir.display().to_string();
    let mut out = Out::stdout();
    match context.output {
        Output::Json => {
            let found = json!({
                "format": FORMAT, "greenlight": env!("CARGO_PKG_VERSION"), "lang": text.lang(), "config": config,
                "data_dir": data, "powershell": answers.about, "usable": usable, "trouble": trouble,
                "findings": findings,
            });
            out.json(&found);
        }
        Output::Text => {
            out.line(&format!("greenlight {}", env!("CARGO_PKG_VERSION")));
            if let Some(trouble) = &trouble {
                out.line(&escape_controls(trouble));
            }
            for (line, remedy) in lines(&findings, context) {
                line.print(&mut out, context);
                if let Some(remedy) = remedy {
                    out.line(&format!("       {remedy}"));
                }
            }
            out.line(&text.doctor_config(config));
            if let Some((path, _)) = own_keys {
                out.line(&text.doctor_keymap(path));
            }
        }
    }
    Ok(if usable { Exit::Open } else { Exit::NoPowerShell })
}

/// One line a finding, and what to do where it is not fit.
fn lines<'a>(findings: &'a [Diagnosis], context: &Context) -> Vec<(Line, Option<&'a str>)> {
    let label = |finding: &Diagnosis| judge::label(finding.id, context.text);
    let column = findings.iter().map(|finding| label(finding).chars().count()).max().unwrap_or_default();
    findings
        .iter()
        .map(|finding| {
            let (sign, meaning) = match finding.state {
                Health::Fit => ("[ OK ]", Meaning::Good),
                Health::Notice => ("[NOTE]", Meaning::Doubt),
                Health::Unfit => ("[FAIL]", Meaning::Bad),
                Health::NotHere => ("[    ]", Meaning::Muted),
                Health::Unknown => ("[ ?? ]", Meaning::Doubt),
            };
            let line = format!(" {:<column$}  {}", label(finding), escape_controls(&finding.found));
            (Line::marked(["", sign, &line], meaning), finding.remedy.as_deref())
        })
        .collect()
}
