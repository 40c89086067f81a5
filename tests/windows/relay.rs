//! relay [ARGUMENTS]: stands where PowerShell is expected, starts the one that `GREENLIGHT_RELAY_TO` names with the same arguments,
//! carries every byte between the two, and keeps in the file that `GREENLIGHT_RELAY_RECORD` names, after a line with the arguments,
//! what the other side sent.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::process::{Command, ExitCode, Stdio, exit};
use std::thread;

fn main() -> io::Result<ExitCode> {
    let named = |name: &str| env::var_os(name).ok_or_else(|| io::Error::other(format!("{name} is not set")));
    let mut record = OpenOptions::new().create(true).append(true).open(named("GREENLIGHT_RELAY_RECORD")?)?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    writeln!(record, "{}", arguments.join(" "))?;
    let mut real = Command::new(named("GREENLIGHT_RELAY_TO")?)
        .args(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (Some(to), Some(out), Some(err)) = (real.stdin.take(), real.stdout.take(), real.stderr.take()) else {
        return Err(io::Error::other("PowerShell has no pipes"));
    };
    // Not waited for: it ends with our input, or with us.
    thread::spawn(move || carry(io::stdin(), to, Some(record)));
    let said = [
        thread::spawn(move || carry(out, io::stdout(), None::<io::Sink>)),
        thread::spawn(move || carry(err, io::stderr(), None::<io::Sink>)),
    ];
    let end = real.wait()?;
    for thread in said {
        let _ = thread.join();
    }
    exit(end.code().unwrap_or(70))
}

/// Carries bytes as they come, until either side ends.
fn carry(mut from: impl Read, mut to: impl Write, mut copy: Option<impl Write>) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(());
        }
        if let Some(copy) = &mut copy {
            copy.write_all(bytes)?;
        }
        to.write_all(bytes)?;
        to.flush()?;
    }
}
