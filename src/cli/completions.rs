//! `completions`: what a shell asks to complete a command line of greenlight.

use clap::CommandFactory as _;

use super::args::Cli;
use crate::plain::Out;

pub(super) fn completions(shell: clap_complete::Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "greenlight", &mut script);
    Out::stdout().bytes(&script);
}
