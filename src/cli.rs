//! The command line: flags in, one file a subcommand, exit codes out. The outermost room: it wires the others together.

use std::process::ExitCode;

use clap::{ArgMatches, FromArgMatches as _};

mod args;
pub(crate) mod check;
mod colour;
mod complete;
mod completions;
mod config;
mod context;
mod doctor;
mod exit;
mod export;
mod followed;
mod help;
mod identity;
mod input_file;
mod lint;
mod man;
mod mistakes;
mod open;
mod opening;
mod out_file;
mod prune;
mod resume;
mod run;
mod runs;
mod screens;
mod show;
mod signals;
mod terminfo;
mod trust;
mod verify;
pub(crate) mod watch;

use args::{Cli, What};
use context::Context;
pub(crate) use exit::Exit;
use exit::{Done, Failed};

use crate::checklist::Lang;
use crate::plain::{Out, nobody_reads};
use crate::sanitize::escape_controls;
use crate::text::Text;
use crate::tui::theme::Meaning;

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    let parsed = args::command().try_get_matches().and_then(|matches| {
        let cli = Cli::from_arg_matches(&matches)?;
        Ok((cli, matches))
    });
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help and version come this way too, with exit code 0; usage is 2, and holds what was typed.
            if error.use_stderr() {
                Out::stderr().text(&error.render().to_string());
            } else if let Err(error) = error.print()
                && !nobody_reads(&error)
            {
                Out::stderr().line(&format!("greenlight: {}", Text::default().output_lost(error)));
                return Exit::Fault.into();
            }
            hint_at_subcommand(&error);
            return u8::try_from(error.exit_code())
                .map_or(ExitCode::from(Exit::Usage.code()), ExitCode::from);
        }
    };
    log_to_stderr();
    without_core_dumps();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let text = Text::new(context::default_lang());
            Out::stderr().line(&format!("greenlight: {}", text.no_runtime(error)));
            return Exit::Fault.into();
        }
    };
    let done = runtime.block_on(dispatch(cli, &matches));
    // A thread that waits for a key or a pipe must not hold up the end.
    runtime.shutdown_background();
    match done {
        Ok(exit) => exit.into(),
        Err(failed) => {
            failed.tell(&mut Out::stderr());
            failed.exit.into()
        }
    }
}

/// A mistyped subcommand is taken for a checklist, and what follows it for the mistake; the near word says what it was.
fn hint_at_subcommand(error: &clap::Error) {
    let first = std::env::args_os()
        .skip(1)
        .filter_map(|argument| argument.into_string().ok())
        .find(|argument| !argument.starts_with('-'));
    let (true, Some(first)) = (error.use_stderr(), first) else { return };
    let known = args::subcommands();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    if known.contains(&first.as_str()) {
        return;
    }
    if let Some(near) = crate::checklist::nearest(&first, &known) {
        Out::stderr().line(&format!("greenlight:{}", Text::default().did_you_mean(near)));
    }
}

async fn dispatch(cli: Cli, matches: &ArgMatches) -> Done {
    let Cli { what, checklist, common } = cli;
    if common.ascii {
        Out::ascii_only();
    }
    if let (Some(what), Some(checklist)) = (&what, &checklist) {
        return Err(Failed::new(Exit::Usage, before_subcommand(checklist, what, common.lang)));
    }
    let text = Text::new(common.lang.unwrap_or_else(context::default_lang));
    if let Some((flag, subcommand)) = args::useless(matches) {
        return Err(Failed::new(Exit::Usage, text.flag_without_use(flag, subcommand)));
    }
    let printed = match &what {
        Some(What::Completions { shell }) => {
            completions::completions(*shell);
            Some(Ok(Exit::Open))
        }
        Some(What::Complete { words, last }) => {
            complete::complete(words, last);
            Some(Ok(Exit::Open))
        }
        Some(What::Man { subcommand }) => Some(man::man(subcommand.as_deref(), text)),
        Some(What::Help { topic }) => Some(help::help(topic.as_deref(), text)),
        Some(_) | None => None,
    };
    if let Some(done) = printed {
        return whole(done, text);
    }
    let flags = common.clone();
    let context = Context::new(common)?;
    let done = match what {
        None => run::run(&context, checklist.as_deref()).await,
        Some(What::Run { checklist }) => run::run(&context, checklist.as_deref()).await,
        Some(What::Resume { run }) => resume::resume(&context, run.as_deref()).await,
        Some(What::Check { checklist, answers, out }) => {
            check::check(&context, checklist.as_deref(), answers.as_deref(), out.as_deref()).await
        }
        Some(What::Runs { prune: None, .. }) => runs::runs(&context),
        Some(What::Runs { prune: Some(named), older_than, yes }) => {
            let asked = if yes { prune::Consent::Already } else { prune::Consent::NotYet };
            prune::prune(&context, &named, older_than, asked)
        }
        Some(What::Show { checklist }) => show::show(&context, &checklist),
        Some(What::Lint { file }) => lint::lint(&context, &file),
        Some(What::Export { run, format, redact, out }) => {
            let names = if redact { export::NameVisibility::Hidden } else { export::NameVisibility::Shown };
            export::export(&context, &run, format, names, out.as_deref())
        }
        Some(What::Verify { run, head }) => verify::verify(&context, &run, head.as_deref()),
        Some(What::Open { run }) => open::open(&context, &run).await,
        Some(What::Watch { run }) => watch::watch(&context, &run).await,
        Some(What::Doctor) => doctor::doctor(&context).await,
        Some(What::Config) => config::config(&context, &flags),
        // Handled above.
        Some(What::Completions { .. } | What::Complete { .. } | What::Man { .. } | What::Help { .. }) => {
            Ok(Exit::Open)
        }
    };
    whole(done, context.text).map_err(|failed| failed.inked(context.ink(Meaning::Bad, &Out::stderr())))
}

/// A checklist before a subcommand would be passed over, and another one run.
fn before_subcommand(checklist: &str, what: &What, lang: Option<Lang>) -> String {
    let (name, takes_one) = what.name();
    let text = Text::new(lang.unwrap_or_else(context::default_lang));
    let checklist = escape_controls(checklist);
    if takes_one { text.checklist_first(name, checklist) } else { text.no_checklist_for(name, checklist) }
}

/// What standard output did not take makes a failure of everything: nobody may take a part for the whole.
fn whole(done: Done, text: Text) -> Done {
    let Some(error) = Out::lost() else { return done };
    let lost = text.output_lost(error);
    Err(Failed::new(
        Exit::Fault,
        match done {
            Ok(_) => lost,
            Err(Failed { message, .. }) => format!("{message}\n{lost}"),
        },
    ))
}

/// A dump of this process, or of the PowerShell that it starts, would hold a password that was typed: on Linux none of
/// their memory is dumped (core(5), `coredump_filter`). On Windows that is for the administrator to say.
fn without_core_dumps() {
    if cfg!(target_os = "linux")
        && let Err(error) = std::fs::write("/proc/self/coredump_filter", "0")
    {
        tracing::debug!(%error, "core dumps cannot be emptied");
    }
}

/// Diagnostics of our own, only where `GREENLIGHT_LOG` asks for them; never a command's text or output.
fn log_to_stderr() {
    if let Ok(filter) = tracing_subscriber::EnvFilter::try_from_env("GREENLIGHT_LOG") {
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    }
}
