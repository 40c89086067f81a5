//! A terminal (tmux) driven over one control connection, so that a key and a look at the screen cost no new process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant, SystemTime};

/// Nothing here takes so long unless it hangs.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Pane {
    socket: String,
    child: Child,
    stdin: ChildStdin,
    lines: Receiver<(Instant, String)>,
    /// What the program has written since it was started, as tmux escapes it, and when.
    output: Vec<(Instant, String)>,
    /// The process of the program that runs.
    pid: Option<u32>,
}

impl Pane {
    /// An empty terminal; nothing, said by name, where there is no tmux.
    pub fn open(bench: &str, columns: u16, rows: u16) -> Option<Self> {
        let socket = format!("greenlight-bench-{}", std::process::id());
        let size = [columns.to_string(), rows.to_string()];
        let new = ["-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", &size[0], "-y", &size[1], "cat"];
        let started = Command::new("tmux").args(["-L", &socket]).args(new).status();
        if !started.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED {bench}: tmux is not installed");
            return None;
        }
        let keep =
            ["set-option", "-g", "window-size", "manual", ";", "set-option", "-g", "remain-on-exit", "on"];
        Command::new("tmux").args(["-L", &socket]).args(keep).status().unwrap();
        let attach = ["-L", &socket, "-C", "attach-session", "-t", "t"];
        let mut child =
            Command::new("tmux").args(attach).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                if sender.send((Instant::now(), line)).is_err() {
                    return;
                }
            }
        });
        Some(Self { socket, child, stdin, lines, output: Vec::new(), pid: None })
    }

    /// Starts a program in place of what runs there; gives the moment before it is executed, and its process.
    pub fn exec(&mut self, environment: &[(&str, String)], words: &[&str]) -> (Instant, u32) {
        self.end();
        let quoted = |word: &str| format!("'\\''{word}'\\''");
        let set: Vec<String> =
            environment.iter().map(|(name, value)| format!("{name}={}", quoted(value))).collect();
        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let line = format!(
            "printf \"[pid %s %s]\" $$ $(date +%s%N); exec env {} {}",
            set.join(" "),
            words.join(" ")
        );
        self.output.clear();
        self.command(&format!("respawn-pane -k -t t '{line}'"));
        let at = self.wait_for_output("[pid ");
        let text: String = self.output.drain(..).map(|(_, text)| text).collect();
        let (pid, begun) = text.split_once("[pid ").unwrap().1.split_once(']').unwrap();
        let (pid, executed) = pid.split_once(' ').unwrap();
        let pid = pid.parse().unwrap();
        let executed = SystemTime::UNIX_EPOCH + Duration::from_nanos(executed.parse().unwrap());
        let start = Instant::now().checked_sub(executed.elapsed().unwrap()).unwrap();
        self.output.push((at, begun.to_owned()));
        self.pid = Some(pid);
        (start, pid)
    }

    /// Ends the program, so that it holds no run any more.
    fn end(&mut self) {
        let Some(pid) = self.pid.take() else { return };
        Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
        while Path::new(&format!("/proc/{pid}/status")).exists() && status(pid, "VmRSS") > 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the program has written `text`, and gives the moment when it came.
    pub fn wait_for_output(&mut self, text: &str) -> Instant {
        let begin = Instant::now();
        loop {
            let mut all = String::new();
            for (at, piece) in &self.output {
                all.push_str(piece);
                if all.contains(text) {
                    return *at;
                }
            }
            assert!(begin.elapsed() < PATIENCE, "still waiting for {text:?} in {all}");
            if let Ok((at, line)) = self.lines.recv_timeout(Duration::from_secs(1)) {
                self.note(at, &line);
            }
        }
    }

    /// Presses keys by tmux's names.
    pub fn press(&mut self, keys: &str) {
        self.command(&format!("send-keys -t t {keys}"));
    }

    /// What stands on the screen.
    pub fn screen(&mut self) -> String {
        self.command("capture-pane -p -t t").join("\n")
    }

    /// Looks at the screen until it meets a condition.
    pub fn wait_until(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> String {
        let begin = Instant::now();
        loop {
            let screen = self.screen();
            if condition(&screen) {
                return screen;
            }
            assert!(begin.elapsed() < PATIENCE, "still waiting for {what} on\n{screen}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// How many bytes the program has written since it was started: tmux writes some of them as `\ooo`.
    pub fn written(&mut self) -> usize {
        self.command("display-message -p x");
        let pieces = self.output.iter().map(|(_, text)| text.len() - 3 * text.matches('\\').count());
        pieces.sum()
    }

    /// What was written is not noted any more: a flood would fill the memory.
    pub fn deaf(&mut self) {
        self.command("refresh-client -f no-output");
    }

    fn command(&mut self, line: &str) -> Vec<String> {
        writeln!(self.stdin, "{line}").unwrap();
        let mut reply = None;
        loop {
            let (at, line) = self.lines.recv_timeout(PATIENCE).expect("tmux answers");
            let ours = line.ends_with(" 1");
            match &mut reply {
                None if line.starts_with("%begin ") && ours => reply = Some(Vec::new()),
                None => self.note(at, &line),
                Some(_) if line.starts_with("%end ") && ours => return reply.unwrap_or_default(),
                Some(lines) => {
                    assert!(!(line.starts_with("%error ") && ours), "tmux refused: {lines:?}");
                    lines.push(line);
                }
            }
        }
    }

    fn note(&mut self, at: Instant, line: &str) {
        if let Some((_, text)) = line.strip_prefix("%output ").and_then(|rest| rest.split_once(' ')) {
            self.output.push((at, text.to_owned()));
        }
    }
}

impl Drop for Pane {
    fn drop(&mut self) {
        let _ = Command::new("tmux").args(["-L", &self.socket, "kill-server"]).status();
        let _ = self.child.wait();
    }
}

/// A number of `/proc/PID/status`.
pub fn status(pid: u32, field: &str) -> u64 {
    number(&std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default(), field)
}

/// As [`status`], summed up over the process's threads.
pub fn of_threads(pid: u32, field: &str) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().map(|task| task.unwrap().path());
    tasks.map(|task| number(&std::fs::read_to_string(task.join("status")).unwrap_or_default(), field)).sum()
}

fn number(status: &str, field: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
