//! The wizard in lines, over pipes.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::harness::procedure::SEVENTEEN;
use crate::harness::world::{ADMIN, PASSWORD, World, inputs, wait_until};

/// A program that asks in lines, with all that it has printed.
pub struct Lines {
    child: Child,
    stdin: ChildStdin,
    printed: Arc<Mutex<String>>,
    /// How much of what was printed has been looked at.
    seen: usize,
}

impl Lines {
    pub fn start(world: &World) -> Self {
        let mut arguments = vec!["run", SEVENTEEN, "--trust", "--plain"];
        arguments.extend(inputs());
        let mut command = world.greenlight(&arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let printed = Arc::new(Mutex::new(String::new()));
        let shared = Arc::clone(&printed);
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = stdout.read(&mut chunk) {
                bytes.extend_from_slice(&chunk[..read]);
                *shared.lock().unwrap() = String::from_utf8_lossy(&bytes).into_owned();
            }
        });
        let mut lines = Self { child, stdin, printed, seen: 0 };
        lines.until_prompt();
        lines
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn printed(&self) -> String {
        self.printed.lock().unwrap().clone()
    }

    /// Types a line at the prompt, signs in where that is asked, and waits for the next prompt or the end.
    pub fn say(&mut self, line: &str) {
        self.seen = self.printed().len();
        writeln!(self.stdin, "{line}").unwrap();
        if line == "q" {
            self.child.wait().unwrap();
        } else {
            self.until_prompt();
        }
    }

    /// Waits until this has been printed since the last line was typed.
    pub fn until(&mut self, text: &str) {
        wait_until(text, || self.printed().get(self.seen..).is_some_and(|new| new.contains(text)));
    }

    fn until_prompt(&mut self) {
        loop {
            let mut asked = false;
            wait_until("a prompt", || {
                let printed = self.printed();
                let new = printed.get(self.seen..).unwrap_or_default();
                asked = new.contains("User name ");
                asked || new.ends_with("\n> ")
            });
            if !asked {
                return;
            }
            self.seen = self.printed().len();
            writeln!(self.stdin, "{ADMIN}\n{PASSWORD}").unwrap();
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // It has ended already where the test has passed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
