//! `complete`: what may stand at a place of a command line, for the scripts of `completions`: a line each, behind a tab what it is.

use clap::{Arg, Command};

use super::args::{self, Common};
use super::context::Context;
use crate::archive::{self, RunCondition};
use crate::checklist::{Lang, builtin};
use crate::plain::Out;
use crate::sanitize::escape_controls;
use crate::shell::rehearsal;

/// What may be written, and what that is.
type Candidate = (String, String);

/// Prints all that `last` may become, where `words` stand before it. Where nothing is known a shell takes files.
pub(super) fn complete(words: &[String], last: &str) {
    let mut command = args::command();
    command.build();
    let place = Place::after(&command, words);
    let mut out = Out::stdout();
    for (value, about) in place.candidates(last) {
        if value.starts_with(last) {
            out.bytes(format!("{}\t{}\n", escape_controls(&value), escape_controls(&about)).as_bytes());
        }
    }
}

/// A place of a command line.
struct Place<'a> {
    command: &'a Command,
    /// The flag whose value stands there.
    flag: Option<&'a Arg>,
    /// How many values without a flag the command has already.
    values: usize,
    /// Where runs are, if the line says it.
    data_dir: Option<String>,
}

impl<'a> Place<'a> {
    fn after(command: &'a Command, words: &[String]) -> Self {
        let mut place = Self { command, flag: None, values: 0, data_dir: None };
        for word in words {
            place.pass(word);
        }
        place
    }

    fn pass(&mut self, word: &str) {
        // As bash parts `--flag=value`.
        if word == "=" {
            return;
        }
        if word.len() > 1 && word.starts_with('-') {
            self.flag = None;
            match word.split_once('=') {
                Some((flag, value)) => {
                    self.flag = self.flag(flag);
                    self.pass(value);
                }
                None => self.flag = self.flag(word),
            }
        } else if let Some(flag) = self.flag.take() {
            if flag.get_id() == "data_dir" {
                self.data_dir = Some(word.to_owned());
            }
        } else if let Some(subcommand) = self.command.find_subcommand(word) {
            (self.command, self.values) = (subcommand, 0);
        } else {
            self.values += 1;
        }
    }

    /// A flag that takes a value.
    fn flag(&self, word: &str) -> Option<&'a Arg> {
        let is = |flag: &&Arg| {
            flag.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long))
                || flag
                    .get_short()
                    .is_some_and(|short| word.strip_prefix('-') == Some(short.encode_utf8(&mut [0; 4])))
        };
        self.command.get_arguments().filter(|flag| flag.get_action().takes_values()).find(is)
    }

    fn candidates(&self, last: &str) -> Vec<Candidate> {
        if let Some((written, _)) = last.split_once('=').filter(|_| last.starts_with("--")) {
            let values = self.flag(written).map(|flag| self.values_of(flag)).unwrap_or_default();
            return values.into_iter().map(|(value, about)| (format!("{written}={value}"), about)).collect();
        }
        if last.starts_with('-') {
            let flags = self.command.get_arguments().filter(|flag| !flag.is_hide_set());
            let long = |flag: &Arg| Some((format!("--{}", flag.get_long()?), about(flag.get_help())));
            return flags.filter_map(long).collect();
        }
        if let Some(flag) = self.flag {
            return self.values_of(flag);
        }
        let subcommands = self.command.get_subcommands().filter(|command| !command.is_hide_set());
        let subcommands =
            subcommands.map(|command| (command.get_name().to_owned(), about(command.get_about())));
        let value = self.command.get_positionals().nth(self.values).map(|value| self.values_of(value));
        subcommands.filter(|_| self.values == 0).chain(value.into_iter().flatten()).collect()
    }

    fn values_of(&self, arg: &Arg) -> Vec<Candidate> {
        match arg.get_id().as_str() {
            "run" | "prune" => self.runs(),
            "checklist" => builtin::all().iter().map(|known| (known.id.to_owned(), String::new())).collect(),
            "rehearse" => rehearsal::titles()
                .map(|(name, title)| (name.to_owned(), title.get(Lang::En).to_owned()))
                .collect(),
            "lang" => Lang::ALL.iter().map(|lang| (lang.to_string(), String::new())).collect(),
            "subcommand" => args::subcommands().into_iter().map(|name| (name, String::new())).collect(),
            "topic" => args::topics().into_iter().map(|name| (name, String::new())).collect(),
            _ => {
                let possible = arg.get_possible_values();
                let visible = possible.iter().filter(|value| !value.is_hide_set());
                visible.map(|value| (value.get_name().to_owned(), about(value.get_help()))).collect()
            }
        }
    }

    /// The runs that there are, the newest first; none where they cannot be listed.
    fn runs(&self) -> Vec<Candidate> {
        let data_dir = self.data_dir.as_ref().map(Into::into);
        let Ok(context) = Context::new(Common { data_dir, ..Common::default() }) else { return Vec::new() };
        let listed = archive::list(&context.data_dir).unwrap_or_default();
        let begun = listed.into_iter().filter(|run| run.condition != RunCondition::NeverBegan);
        begun
            .map(|run| (run.id.to_string(), format!("{}, {}", run.condition.word(), run.checklist)))
            .collect()
    }
}

/// The first line of a help.
fn about(help: Option<&clap::builder::StyledStr>) -> String {
    help.map(ToString::to_string).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}
