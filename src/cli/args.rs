//! The command line: flags and subcommands, as clap reads them.

use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::checklist::{Lang, Localized, UnknownLang};
use crate::config::{Color, ThemeName};
use crate::report::Format;
use crate::shell::rehearsal;
use crate::text::Text;

/// A wizard that runs the prerequisites of a migration in PowerShell, shows what was expected and what was found, and
/// unlocks the start only while every step is green.
#[derive(Debug, Parser)]
#[command(name = "greenlight", version, subcommand_precedence_over_arg = true)]
#[command(override_usage = "greenlight [OPTIONS] [CHECKLIST]\n       greenlight [OPTIONS] <COMMAND>")]
#[command(after_help = after_help(), disable_help_subcommand = true)]
pub(super) struct Cli {
    /// What to do; without it the wizard opens.
    #[command(subcommand)]
    pub what: Option<What>,
    /// A built-in checklist's id, or a file.
    pub checklist: Option<String>,
    /// Flags of several subcommands.
    #[command(flatten)]
    pub common: Common,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Open the wizard (also without a subcommand).
    Run {
        /// A built-in checklist's id, or a file.
        checklist: Option<String>,
    },
    /// Go on with an earlier run; the newest that is not sealed, unless one is named.
    Resume {
        /// The run's id, or its folder.
        run: Option<String>,
    },
    /// Run the checks without a screen; applies nothing that changes more than the session.
    Check {
        /// A built-in checklist's id, or a file.
        checklist: Option<String>,
        /// `-`: answers to prompts from standard input, one JSON object a line.
        #[arg(long, value_name = "-", value_parser = ["-"])]
        answers: Option<String>,
        /// Write the result into this file, whole or not at all; standard output gets a summary. A file that is there is
        /// replaced.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List the runs, or remove some.
    Runs {
        /// Remove these runs; without a name, those that are empty, damaged or unfinished and old. Asks first; a sealed run
        /// is only removed by its name.
        #[arg(long, value_name = "RUN", num_args = 0..)]
        prune: Option<Vec<String>>,
        /// How old an unfinished or damaged run must be to be removed, in days since its last record.
        #[arg(long, value_name = "DAYS", requires = "prune", default_value_t = 90)]
        older_than: u32,
        /// Remove without asking.
        #[arg(long, requires = "prune")]
        yes: bool,
    },
    /// Show what a checklist asks and runs.
    Show {
        /// A built-in checklist's id, or a file.
        checklist: String,
    },
    /// Look for mistakes in a checklist file.
    Lint {
        /// The file.
        file: PathBuf,
    },
    /// Write a run's completion log to standard output, or into a file.
    Export {
        /// The run's id, or its folder.
        run: String,
        /// The format.
        #[arg(long, value_enum, default_value_t = Format::Markdown)]
        format: Format,
        /// Hide people, computers and domains, each by the same token wherever it stands.
        #[arg(long)]
        redact: bool,
        /// Write it into this file, whole or not at all. A file that is there is replaced.
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Look for damage in a run's journal and transcripts.
    Verify {
        /// The run's id, or its folder.
        run: String,
        /// The head code that was shown or printed.
        #[arg(long)]
        head: Option<String>,
    },
    /// Look at a run on the screens, whoever has it open, without touching it.
    Open {
        /// The run's id, or its folder.
        run: String,
    },
    /// Follow a run that is open elsewhere, without touching it.
    Watch {
        /// The run's id, or its folder.
        run: String,
    },
    /// Say what greenlight finds on this computer, and what is missing.
    Doctor,
    /// Print the configuration file as it would be with what counts now, and where each value comes from.
    Config,
    /// Print a completion script.
    Completions {
        /// The shell to complete in.
        shell: clap_complete::Shell,
    },
    /// Print what may stand at a place of a command line, for the scripts of `completions`.
    #[command(hide = true)]
    Complete {
        /// What stands there so far.
        #[arg(long, default_value = "")]
        last: String,
        /// The words before it.
        #[arg(last = true)]
        words: Vec<String>,
    },
    /// Print the manual page, of all or of a subcommand.
    Man {
        /// The subcommand.
        subcommand: Option<String>,
    },
    /// Print the help of a subcommand, or the exit codes.
    Help {
        /// A subcommand, or `exit-codes`.
        topic: Option<String>,
    },
}

impl What {
    /// Its name, and whether it takes a checklist.
    pub(super) const fn name(&self) -> (&'static str, bool) {
        match self {
            Self::Run { .. } => ("run", true),
            Self::Resume { .. } => ("resume", false),
            Self::Check { .. } => ("check", true),
            Self::Runs { .. } => ("runs", false),
            Self::Show { .. } => ("show", true),
            Self::Lint { .. } => ("lint", true),
            Self::Export { .. } => ("export", false),
            Self::Verify { .. } => ("verify", false),
            Self::Open { .. } => ("open", false),
            Self::Watch { .. } => ("watch", false),
            Self::Doctor => ("doctor", false),
            Self::Config => ("config", false),
            Self::Completions { .. } => ("completions", false),
            Self::Complete { .. } => ("complete", false),
            Self::Man { .. } => ("man", false),
            Self::Help { .. } => ("help", false),
        }
    }
}

/// Flags that may stand before any subcommand, or after it; [`counts`] says for which each counts.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Common {
    /// Lines and numbered questions instead of screens.
    #[arg(long, global = true)]
    pub plain: bool,
    /// Practise on a scripted scenario instead of PowerShell: a built-in one by its name (`greenlight --help` lists them), or a
    /// file.
    #[arg(long, global = true, value_name = "SCENARIO", num_args = 0..=1, default_missing_value = "default")]
    pub rehearse: Option<String>,
    /// A value for an input; repeated or comma-separated for a list. `@FILE` reads one a line, `@@` begins a value with `@`.
    #[arg(long = "input", global = true, value_name = "ID=VALUE", value_parser = id_value)]
    pub inputs: Vec<(String, String)>,
    /// Accept this checklist file's content without asking.
    #[arg(long, global = true)]
    pub trust: bool,
    /// The PowerShell to use; else `GREENLIGHT_POWERSHELL`, else Windows PowerShell, else `pwsh`.
    #[arg(long, global = true, value_name = "PATH")]
    pub powershell: Option<PathBuf>,
    /// Where runs are kept; else `GREENLIGHT_DATA_DIR`.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// The language: en, es or fr; else `GREENLIGHT_LANG`, else the system's.
    #[arg(long, global = true, value_parser = lang)]
    pub lang: Option<Lang>,
    /// When to use colour.
    #[arg(long, global = true, value_enum)]
    pub color: Option<Color>,
    /// The background that the colours are chosen for.
    #[arg(long, global = true, value_enum)]
    pub theme: Option<ThemeName>,
    /// Only ASCII signs.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Output::Text)]
    pub output: Output,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// For a person.
    #[default]
    Text,
    /// For a program.
    Json,
}

/// What stands below the flags: the rehearsals with what each teaches, and the exit codes.
fn after_help() -> String {
    let told =
        |(name, title): (&str, Localized)| format!("  --rehearse {name}\n          {}", title.get(Lang::En));
    let rehearsals = rehearsal::titles().map(told).collect::<Vec<_>>().join("\n");
    format!(
        "Rehearsals:\n{rehearsals}\n\n\
Exit codes: 0 gate open, or done; 1 gate locked; 2 usage, bad checklist or input; \
3 no usable PowerShell; 4 run held by another process; 5 journal damaged; 6 written by a later greenlight; 70 fault; 130 interrupted"
    )
}

/// Whether a flag of [`Common`], by its field, says something to a subcommand.
fn counts(flag: &str, subcommand: &str) -> bool {
    let opens = ["run", "resume"].contains(&subcommand);
    match flag {
        "rehearse" | "inputs" | "trust" => opens || subcommand == "check",
        "plain" | "theme" => opens || ["open", "config"].contains(&subcommand),
        "powershell" => opens || ["check", "doctor", "config"].contains(&subcommand),
        "data_dir" => !["show", "lint", "completions", "man", "help"].contains(&subcommand),
        "output" => !opens && !["export", "open", "completions", "man", "help"].contains(&subcommand),
        "color" => !["completions", "man", "help"].contains(&subcommand),
        // How whatever is printed is printed, mistakes of the command line too.
        _ => true,
    }
}

/// The command line as it is parsed: the help of a subcommand lists the flags that count for it.
pub(super) fn command() -> Command {
    let command = Cli::command();
    let common: Vec<_> = command.get_arguments().filter(|flag| flag.is_global_set()).cloned().collect();
    command.mut_subcommands(|subcommand| {
        let name = subcommand.get_name().to_owned();
        let useless = common.iter().filter(|flag| !counts(flag.get_id().as_str(), &name));
        let hidden: Vec<_> = useless.map(|flag| flag.clone().hide(true)).collect();
        subcommand.args(hidden).after_help("Exit codes: `greenlight help exit-codes`")
    })
}

/// A flag that was given to a subcommand for which it does not count, with that one's name.
pub(super) fn useless(matches: &ArgMatches) -> Option<(String, String)> {
    let (name, given) = matches.subcommand()?;
    let command = Cli::command();
    let flag = command.get_arguments().filter(|flag| flag.is_global_set()).find(|flag| {
        let id = flag.get_id().as_str();
        !counts(id, name) && given.value_source(id) == Some(ValueSource::CommandLine)
    })?;
    Some((flag.get_long()?.to_owned(), name.to_owned()))
}

/// The topic of `help` that is no subcommand.
pub(super) const EXIT_CODES: &str = "exit-codes";

/// All that there is help on.
pub(super) fn topics() -> Vec<String> {
    let subcommands = subcommands().into_iter();
    subcommands.chain([EXIT_CODES.to_owned()]).collect()
}

/// The names of the subcommands, for one who mistypes them.
pub(super) fn subcommands() -> Vec<String> {
    let command = Cli::command();
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    shown.map(|command| command.get_name().to_owned()).collect()
}

fn lang(code: &str) -> Result<Lang, String> {
    code.parse().map_err(|UnknownLang| Text::default().no_such_lang(code))
}

fn id_value(text: &str) -> Result<(String, String), String> {
    let (id, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not of the form ID=VALUE"))?;
    if id.is_empty() {
        return Err(format!("`{text}` names no input before the `=`"));
    }
    Ok((id.to_owned(), value.to_owned()))
}
