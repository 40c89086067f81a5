//! Processes as the system sees them, told by their ids.

use std::process::Command;
use std::time::{Duration, Instant};

/// Whether a process is alive; a zombie is dead.
#[cfg(unix)]
pub fn is_alive(id: impl Into<i64>) -> bool {
    std::fs::read_to_string(format!("/proc/{}/stat", id.into()))
        .is_ok_and(|stat| stat.rsplit(')').next().is_some_and(|rest| !rest.trim_start().starts_with('Z')))
}

/// Whether a process is alive.
#[cfg(windows)]
pub fn is_alive(id: impl Into<i64>) -> bool {
    let id = id.into();
    let listed = Command::new("tasklist").args(["/fo", "csv", "/nh"]).output().unwrap();
    assert!(listed.status.success(), "{listed:?}");
    String::from_utf8_lossy(&listed.stdout).contains(&format!("\",\"{id}\",\""))
}

/// Ends a process as `kill -9` does, without a word to it or to those that it started.
pub fn kill(id: i64) {
    let id = id.to_string();
    let (program, arguments) =
        if cfg!(windows) { ("taskkill", ["/F", "/PID", &id]) } else { ("kill", ["-9", &id, ""]) };
    let arguments = arguments.into_iter().filter(|argument| !argument.is_empty());
    let killed = Command::new(program).args(arguments).output().unwrap();
    assert!(killed.status.success(), "{killed:?}");
}

/// Waits until none of these is left.
pub fn all_end(ids: &[i64]) {
    let began = Instant::now();
    while let Some(id) = ids.iter().find(|id| is_alive(**id)) {
        assert!(began.elapsed() < Duration::from_secs(60), "process {id} is left behind");
        std::thread::sleep(Duration::from_millis(20));
    }
}
