//! A real terminal (tmux) that a test types into and reads like a person.

use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::harness::world::World;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// One terminal with one program in it; gone when dropped.
pub struct Terminal {
    socket: String,
}

impl Terminal {
    /// Whether there is a tmux; says by name what is skipped where there is none.
    pub fn is_there(test: &str) -> bool {
        let there = Command::new("tmux").arg("-V").output().is_ok_and(|output| output.status.success());
        if !there {
            eprintln!("SKIPPED {test}: tmux is not installed");
        }
        there
    }

    /// Starts `program` with `arguments` and nothing but `environment` added, in a window of that size.
    pub fn start(
        size: (u16, u16),
        program: &str,
        arguments: &[&str],
        environment: &[(String, String)],
    ) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let terminal = Self { socket: format!("greenlight-{}-{number}", std::process::id()) };
        let (columns, rows) = (size.0.to_string(), size.1.to_string());
        let mut command =
            vec!["-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", &columns, "-y", &rows];
        let pairs: Vec<String> = environment.iter().map(|(name, value)| format!("{name}={value}")).collect();
        for pair in &pairs {
            command.extend(["-e", pair]);
        }
        // A shell that stays after the program has ended shows its exit code.
        let quoted: Vec<String> = std::iter::once(program)
            .chain(arguments.iter().copied())
            .map(|word| format!("'{word}'"))
            .collect();
        let line = format!("{}; echo \"exit code $?\"; exec cat", quoted.join(" "));
        command.extend(["sh", "-c", &line]);
        let started = terminal.tmux(&command);
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        terminal
    }

    /// greenlight in a window of that size that takes UTF-8.
    pub fn greenlight(size: (u16, u16), world: &World, arguments: &[&str]) -> Self {
        let mut environment = world.environment();
        environment.push(("LANG".to_owned(), "C.UTF-8".to_owned()));
        Self::start(size, env!("CARGO_BIN_EXE_greenlight"), arguments, &environment)
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        Command::new("tmux").args(["-L", &self.socket]).args(arguments).output().unwrap()
    }

    /// What stands on the screen.
    pub fn screen(&self) -> String {
        String::from_utf8_lossy(&self.tmux(&["capture-pane", "-p", "-t", "t"]).stdout).into_owned()
    }

    /// What stands on the screen, with its colours as escape sequences.
    pub fn coloured(&self) -> String {
        String::from_utf8_lossy(&self.tmux(&["capture-pane", "-e", "-p", "-t", "t"]).stdout).into_owned()
    }

    /// The window's title.
    pub fn title(&self) -> String {
        let told = self.tmux(&["display-message", "-p", "-t", "t", "#{pane_title}"]);
        String::from_utf8_lossy(&told.stdout).trim_end().to_owned()
    }

    /// Has whatever the program sends from now on written to a file.
    pub fn keep_in(&self, file: &str) {
        assert!(self.tmux(&["pipe-pane", "-t", "t", &format!("cat >> '{file}'")]).status.success());
    }

    /// Presses keys by tmux's names: `Enter`, `Escape`, `Tab`, `c`.
    pub fn press(&self, keys: &[&str]) {
        let mut arguments = vec!["send-keys", "-t", "t"];
        arguments.extend(keys);
        assert!(self.tmux(&arguments).status.success());
    }

    /// Types a text as it is.
    pub fn type_text(&self, text: &str) {
        assert!(self.tmux(&["send-keys", "-t", "t", "-l", text]).status.success());
    }

    /// Gives the window another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let (columns, rows) = (columns.to_string(), rows.to_string());
        assert!(self.tmux(&["resize-window", "-t", "t", "-x", &columns, "-y", &rows]).status.success());
    }

    /// Waits until `text` stands on the screen and gives the screen.
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until the screen meets a condition and gives it; fails with the screen where it does not come.
    pub fn wait_until(&self, what: &str, condition: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if condition(&screen) {
                return screen;
            }
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "still waiting for {what:?} on this screen:\n{screen}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The process that runs in the terminal under that name, as the system lists it.
    pub fn pid_of(&self, program: &str) -> Option<u32> {
        let shell =
            String::from_utf8_lossy(&self.tmux(&["list-panes", "-t", "t", "-F", "#{pane_pid}"]).stdout)
                .trim()
                .to_owned();
        let children = Command::new("pgrep").args(["-P", &shell, "-x", program]).output().ok()?;
        String::from_utf8_lossy(&children.stdout).lines().next()?.trim().parse().ok()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}
