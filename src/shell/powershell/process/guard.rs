//! Ends PowerShell when we are killed.
//!
//! A PowerShell whose input and output end in the same instant often does not end itself, and its native children never
//! do. So a tiny process of the system's own waits for the end of a pipe that only we hold, and then ends the group.

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

/// Reads until the end of its input, deaf to the signals of a terminal that closes.
const WATCH: &str = r#"trap "" HUP INT TERM; while read -r _; do :; done; kill -KILL "-$0""#;

/// The watcher; dropped, it watches no more.
pub(super) struct Guard {
    watcher: Child,
}

impl Guard {
    /// Watches over the process group of `leader`; nothing where the system has no `sh`.
    pub(super) fn over(leader: u32) -> Option<Self> {
        let watcher = Command::new("/bin/sh")
            .args(["-c", WATCH, &leader.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .inspect_err(|error| tracing::warn!(%error, "nobody will end PowerShell if greenlight is killed"))
            .ok()?;
        Some(Self { watcher })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Before its input ends, or it would do its work.
        let _ = self.watcher.kill();
        let _ = self.watcher.wait();
    }
}
