//! `man`: the manual pages.

use super::args;
use super::exit::{Done, Exit, Failed};
use super::help::no_topic;
use crate::plain::Out;
use crate::text::Text;

pub(super) fn man(subcommand: Option<&str>, text: Text) -> Done {
    let mut command = args::command();
    command.build();
    if let Some(name) = subcommand {
        let found = command.find_subcommand(name).cloned();
        command = found.ok_or_else(|| no_topic(name, &args::subcommands(), text))?;
    }
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command).render(&mut page);
    written.map_err(|error| Failed::new(Exit::Fault, text.no_manual(error)))?;
    Out::stdout().bytes(&page);
    Ok(Exit::Open)
}
