//! `completions`: the script by which a shell asks `complete` what may stand on a command line of greenlight.

use clap_complete::Shell;

use super::args;
use crate::plain::Out;

pub(super) fn completions(shell: Shell) {
    let script = match shell {
        Shell::Bash => include_str!("../../assets/completions/greenlight.bash"),
        Shell::Fish => include_str!("../../assets/completions/greenlight.fish"),
        Shell::PowerShell => include_str!("../../assets/completions/greenlight.ps1"),
        Shell::Zsh => include_str!("../../assets/completions/greenlight.zsh"),
        // Elvish, which gets what is known without asking.
        other => {
            let mut script = Vec::new();
            clap_complete::generate(other, &mut args::command(), "greenlight", &mut script);
            return Out::stdout().bytes(&script);
        }
    };
    Out::stdout().bytes(script.as_bytes());
}
