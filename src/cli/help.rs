//! `help`: what is known of a subcommand, and the exit codes.

use super::args::{self, EXIT_CODES};
use super::exit::{Done, Exit, Failed};
use crate::checklist::nearest;
use crate::plain::Out;
use crate::sanitize::escape_controls;
use crate::text::Text;

pub(super) fn help(topic: Option<&str>, text: Text) -> Done {
    let mut out = Out::stdout();
    match topic {
        Some(EXIT_CODES) => {
            for exit in Exit::ALL {
                out.line(&format!("{:>3}  {}", exit.code(), means(exit, text)));
            }
        }
        Some(topic) if args::command().find_subcommand(topic).is_none() => {
            return Err(no_topic(topic, &args::topics(), text));
        }
        subcommand => {
            let words = ["greenlight"].into_iter().chain(subcommand).chain(["--help"]);
            if let Err(help) = args::command().try_get_matches_from(words) {
                out.text(&help.render().to_string());
            }
        }
    }
    Ok(Exit::Open)
}

/// That nothing is known of a topic, and the nearest that there is.
pub(super) fn no_topic(topic: &str, known: &[String], text: Text) -> Failed {
    let words: Vec<&str> = known.iter().map(String::as_str).collect();
    let hint = nearest(topic, &words).map(|near| text.did_you_mean(near)).unwrap_or_default();
    Failed::new(Exit::Usage, text.no_topic(escape_controls(topic), words.join(", "), hint))
}

fn means(exit: Exit, text: Text) -> String {
    match exit {
        Exit::Open => text.exit_open(),
        Exit::Locked => text.exit_locked(),
        Exit::Usage => text.exit_usage(),
        Exit::NoPowerShell => text.exit_no_powershell(),
        Exit::Held => text.exit_held(),
        Exit::Damaged => text.exit_damaged(),
        Exit::Newer => text.exit_newer(),
        Exit::Fault => text.exit_fault(),
        Exit::Interrupted => text.exit_interrupted(),
    }
}
