//! The process: started without a console of its own, with three pipes, and with a leash on its children.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout, Command};

#[cfg(unix)]
mod guard;
#[cfg(windows)]
mod guard {
    //! The job ends the processes in it with its last handle, which is ours: nobody else need watch.
    pub(super) enum Guard {}

    impl Guard {
        pub(super) fn over(_leader: u32) -> Option<Self> {
            None
        }
    }
}

use super::module_path;
use crate::shell::recorded;

/// What makes PowerShell serve PSRP over its standard input and output. `-s` is never the first of them: there Windows
/// PowerShell starts its 2.0 engine, kept for the jobs of 2.0, on every Windows that has it.
const ARGUMENTS: [&str; 3] = ["-NoLogo", "-NoProfile", "-s"];
/// Nothing is looked up or told behind the operator's back.
const QUIET: [(&str, &str); 2] = [("POWERSHELL_TELEMETRY_OPTOUT", "1"), ("POWERSHELL_UPDATECHECK", "Off")];

/// What names our terminal to programs that would open it by its name, as `pinentry` does.
const TERMINALS: [&str; 2] = ["GPG_TTY", "SSH_TTY"];

/// The process with all its children, which end when this is dropped.
pub(super) struct Process {
    child: Box<dyn ChildWrapper>,
    /// Held for what its end does.
    _guard: Option<guard::Guard>,
}

/// Our ends of its pipes.
pub(super) struct Pipes {
    pub(super) stdin: ChildStdin,
    pub(super) stdout: ChildStdout,
    pub(super) stderr: ChildStderr,
}

impl Process {
    pub(super) fn start(program: &Path) -> io::Result<(Self, Pipes)> {
        let mut child = spawn(program)?;
        let pipes = (child.stdin().take(), child.stdout().take(), child.stderr().take());
        let guard = child.id().and_then(guard::Guard::over);
        let process = Self { child, _guard: guard };
        match pipes {
            (Some(stdin), Some(stdout), Some(stderr)) => Ok((process, Pipes { stdin, stdout, stderr })),
            _ => Err(io::Error::other(recorded::NO_PIPES)),
        }
    }

    /// Waits for the process itself; its children may outlive it. Safe to cancel.
    pub(super) async fn ended(&mut self) -> io::Result<ExitStatus> {
        self.child.inner_mut().wait().await
    }

    /// Ends the process and its children now.
    pub(super) fn kill(&mut self) {
        // It fails only where nothing is left to end.
        let _ = self.child.start_kill();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn command(program: &Path) -> CommandWrap {
    let modules = module_path::instead(program);
    let configure = |command: &mut Command| {
        command.args(ARGUMENTS).envs(QUIET);
        for name in TERMINALS {
            command.env_remove(name);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(modules) = modules {
            command.env("PSModulePath", modules.value);
        }
    };
    let mut wrap = CommandWrap::with_new(OsStr::new(program), configure);
    wrap.wrap(KillOnDrop);
    wrap
}

/// In a session without a terminal, and so in a group, of its own: what `ssh`, `sudo` and their like ask at `/dev/tty` would
/// stand over our screen, and read the operator's keys.
#[cfg(unix)]
fn spawn(program: &Path) -> io::Result<Box<dyn ChildWrapper>> {
    let mut wrap = command(program);
    wrap.wrap(process_wrap::tokio::ProcessSession);
    wrap.spawn()
}

/// Before Windows 8 and Server 2012 a process that is in a job cannot be put into another. Windows puts what is started
/// from Explorer there into one that may be left; where that is refused too, the end of its standard input must do.
#[cfg(windows)]
fn spawn(program: &Path) -> io::Result<Box<dyn ChildWrapper>> {
    use process_wrap::tokio::{CreationFlags, JobObject};
    /// A console of its own that nobody sees: it cannot touch ours, and its native children have one.
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    const CREATE_BREAKAWAY_FROM_JOB: u32 = 0x0100_0000;
    let hidden = |more: u32| {
        let mut flags = CreationFlags(Default::default());
        flags.0.0 = CREATE_NO_WINDOW | more;
        let mut wrap = command(program);
        wrap.wrap(flags);
        wrap
    };
    let in_job = |more: u32| hidden(more).wrap(JobObject).spawn();
    in_job(0).or_else(|_| in_job(CREATE_BREAKAWAY_FROM_JOB)).or_else(|error| {
        tracing::warn!(%error, "PowerShell could not be put into a job; trying without");
        hidden(0).spawn()
    })
}
