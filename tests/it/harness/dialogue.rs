//! A program that is talked to over pipes: what it printed so far is waited for, and lines are typed.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything here takes; reached only by a fault.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program, and what it printed on both of its outputs.
pub struct Dialogue {
    child: Child,
    stdin: Option<ChildStdin>,
    printed: Receiver<Vec<u8>>,
    read: Vec<u8>,
    /// How much of it has been waited for.
    heard: usize,
}

impl Dialogue {
    pub fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (send, printed) = channel();
        let outputs: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for mut output in outputs {
            let send = send.clone();
            thread::spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(length @ 1..) = output.read(&mut buffer) {
                    if send.send(buffer[..length].to_vec()).is_err() {
                        return;
                    }
                }
            });
        }
        let stdin = child.stdin.take();
        Self { child, stdin, printed, read: Vec::new(), heard: 0 }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Types lines; one who does not listen any more is found out elsewhere.
    pub fn say(&mut self, lines: &[&str]) {
        if let Some(stdin) = &mut self.stdin {
            for line in lines {
                let _gone = writeln!(stdin, "{line}");
            }
        }
    }

    /// Waits until `text` is printed after what was waited for before, and gives all up to there.
    pub fn wait_for(&mut self, text: &str) -> String {
        crate::harness::system::count();
        let start = Instant::now();
        loop {
            let new = &self.read[self.heard..];
            if let Some(at) = new.windows(text.len()).position(|window| window == text.as_bytes()) {
                let heard = String::from_utf8_lossy(&new[..at + text.len()]).into_owned();
                self.heard += at + text.len();
                return heard;
            }
            match self.printed.recv_timeout(PATIENCE.saturating_sub(start.elapsed())) {
                Ok(more) => self.read.extend(more),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{text:?} never came after:\n{}", self.text())
                }
            }
        }
    }

    /// Everything that was printed so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.read).into_owned()
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
    }

    /// Closes its input, and gives all that it printed and how it ended.
    pub fn end(mut self) -> (ExitStatus, String) {
        drop(self.stdin.take());
        while let Ok(more) = self.printed.recv_timeout(PATIENCE) {
            self.read.extend(more);
        }
        (self.child.wait().unwrap(), self.text())
    }
}

impl Drop for Dialogue {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
