//! `man`: the manual page.

use clap::CommandFactory as _;

use super::args::Cli;
use super::exit::{Exit, Failed};
use crate::plain::Out;
use crate::text::Text;

pub(super) fn man(text: Text) -> Result<(), Failed> {
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(Cli::command()).render(&mut page);
    written.map_err(|error| Failed::new(Exit::Fault, text.no_manual(error)))?;
    Out::stdout().bytes(&page);
    Ok(())
}
