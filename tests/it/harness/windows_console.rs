//! A console of Windows that a test types into and reads like a person: the Windows build and its console's driver
//! (`tests/windows`) under wine. What it needs is named by the environment: `GREENLIGHT_WINE` starts a Windows program,
//! `GREENLIGHT_WINDOWS` is the Windows build, with the driver in `examples` beside it, and `GREENLIGHT_WINDOWS_POWERSHELL` a
//! PowerShell for Windows.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use serde_json::{Value, json};

use crate::harness::system::processes;
use crate::harness::world::wait_until;

/// Longer than anything here takes; reached only by a fault.
const PATIENCE: Duration = Duration::from_secs(120);

/// The Windows that a test uses.
pub struct Windows {
    wine: PathBuf,
    greenlight: PathBuf,
}

/// Kept open, so that this Windows need not start again for each test.
static KEPT: OnceLock<Window> = OnceLock::new();

impl Windows {
    /// Nothing, said by name, where a part is not named.
    pub fn new(test: &str) -> Option<Self> {
        let windows =
            Self { wine: named("GREENLIGHT_WINE", test)?, greenlight: named("GREENLIGHT_WINDOWS", test)? };
        KEPT.get_or_init(|| {
            if !prefix().exists() {
                windows.make();
            }
            Window::open(&windows, (20, 5), 5, &[])
        });
        Some(windows)
    }

    /// Makes it, without anything to show windows on: wine would ask for an X server.
    fn make(&self) {
        let being_made = prefix().with_extension("being-made");
        drop(fs::remove_dir_all(&being_made));
        let mut command = self.command("reg");
        command.args(["add", r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f"]);
        command.env("WINEPREFIX", &being_made);
        assert!(command.output().unwrap().status.success(), "wine does not start");
        // What was started before it was told so asks for one all the same, as long as it runs.
        wait_until("the end of wine", || processes(&being_made, &[""]).is_empty());
        fs::rename(being_made, prefix()).unwrap();
    }

    /// A program of this Windows.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(&self.wine);
        command.arg(program).stdin(Stdio::null());
        command.env("WINEPREFIX", prefix());
        // What the terminal of whoever runs the tests can do is not what this console can.
        for variable in ["DISPLAY", "TERM", "COLORTERM", "WT_SESSION", "NO_COLOR", "GREENLIGHT_POWERSHELL"] {
            command.env_remove(variable);
        }
        command
    }

    /// The Windows build, for what needs no console.
    pub fn greenlight(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&self.greenlight);
        command.args(arguments);
        command
    }

    fn driver(&self) -> Command {
        self.command(self.greenlight.with_file_name("examples/console.exe"))
    }
}

/// Where this Windows is.
fn prefix() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("windows-console")
}

fn named(variable: &str, test: &str) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    if named.is_none() {
        eprintln!("SKIPPED {test} on Windows: {variable} is not set");
    }
    named
}

/// The PowerShell for Windows; nothing, said by name, where none is named.
pub fn powershell(test: &str) -> Option<String> {
    Some(path(&named("GREENLIGHT_WINDOWS_POWERSHELL", test)?))
}

/// A path as that Windows has it.
pub fn path(unix: &Path) -> String {
    format!("Z:{}", unix.display()).replace('/', r"\")
}

/// One console window; gone when dropped, with the program in it.
pub struct Window {
    driver: Child,
    lines: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    greenlight: String,
}

impl Window {
    /// Opens a window of that size on a buffer of that many lines; `environment` is that of the programs in it.
    pub fn open(windows: &Windows, size: (u16, u16), lines: u16, environment: &[(String, String)]) -> Self {
        let start = Instant::now();
        loop {
            let mut command = windows.driver();
            // The process is the driver itself.
            command.env("WINE10_DIRECT", "1").envs(environment.iter().map(|(name, value)| (name, value)));
            command.args([format!("{}x{}", size.0, size.1), lines.to_string()]);
            // What starts with this Windows goes on with it, and would keep an output that it inherits.
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
            let mut driver = command.spawn().unwrap();
            let input = driver.stdin.take().unwrap();
            let mut output = BufReader::new(driver.stdout.take().unwrap());
            let mut ready = String::new();
            output.read_line(&mut ready).unwrap();
            if ready.trim() == "null" {
                let greenlight = path(&windows.greenlight);
                return Self { driver, lines: Mutex::new((input, output)), greenlight };
            }
            // The desktop that asked for an X server ends only some seconds after what started it.
            assert!(start.elapsed() < PATIENCE, "no console window can be opened");
            driver.wait().unwrap();
        }
    }

    fn ask(&self, request: &Value) -> Value {
        let mut lines = self.lines.lock().unwrap();
        writeln!(lines.0, "{request}").unwrap();
        let mut answer = String::new();
        lines.1.read_line(&mut answer).unwrap();
        let answer: Value =
            serde_json::from_str(&answer).unwrap_or_else(|e| panic!("{request}: {answer}: {e}"));
        assert!(answer.get("error").is_none(), "{request}: {answer}");
        answer
    }

    /// Writes a line as a program before ours would.
    pub fn write(&self, line: &str) {
        self.ask(&json!({ "write": line }));
    }

    /// Starts greenlight in it and gives its process.
    pub fn run(&self, arguments: &[&str]) -> u32 {
        let mut words = vec![self.greenlight.as_str()];
        words.extend(arguments);
        number(&self.ask(&json!({ "run": words })))
    }

    /// Presses keys by name (`Enter`, `Tab`, `Ctrl+C`) or character.
    pub fn press(&self, keys: &[&str]) {
        for key in keys {
            self.ask(&json!({ "press": key }));
        }
    }

    /// Types a text.
    pub fn type_text(&self, text: &str) {
        self.ask(&json!({ "type": text }));
    }

    /// The rows of the window, without the blanks at their ends, when a frame is whole.
    pub fn rows(&self) -> Vec<String> {
        let mut rows = strings(&self.ask(&json!("screen")));
        loop {
            thread::sleep(Duration::from_millis(50));
            let again = strings(&self.ask(&json!("screen")));
            if again == rows {
                return rows;
            }
            rows = again;
        }
    }

    /// The same as one text.
    pub fn screen(&self) -> String {
        self.rows().join("\n")
    }

    /// The rows of the operator's own buffer, whatever is shown.
    pub fn scrollback(&self) -> Vec<String> {
        strings(&self.ask(&json!("scrollback")))
    }

    /// The colours of each cell of the window.
    pub fn attributes(&self) -> Vec<Vec<u64>> {
        serde_json::from_value(self.ask(&json!("attributes"))).unwrap()
    }

    /// Sizes, cursor and modes.
    pub fn state(&self) -> Value {
        self.ask(&json!("state"))
    }

    /// Gives the window another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.ask(&json!({ "resize": [columns, rows] }));
    }

    /// Tells a process of an event of its console, as the system does: `ctrl-c`, `break`, `close`, `logoff`.
    pub fn tell(&self, process: u32, event: &str) {
        self.ask(&json!({ "tell": [process, event] }));
    }

    /// Closes the window as its button does.
    pub fn close(&self) {
        self.ask(&json!("close"));
    }

    /// Waits until the program has ended, and gives its exit code.
    pub fn exit_code(&self) -> i64 {
        let mut code = None;
        wait_until("the program's end", || {
            code = self.ask(&json!("exit")).as_i64();
            code.is_some()
        });
        code.unwrap()
    }

    /// The processes of this Windows below one: its children, and theirs.
    pub fn below(&self, process: u32) -> Vec<(u32, String)> {
        let all: Vec<(u32, u32, String)> = serde_json::from_value(self.ask(&json!("processes"))).unwrap();
        let mut found: Vec<(u32, String)> = Vec::new();
        let mut of = vec![process];
        while let Some(parent) = of.pop() {
            for (id, above, name) in &all {
                if *above == parent && !found.iter().any(|(known, _)| known == id) {
                    found.push((*id, name.clone()));
                    of.push(*id);
                }
            }
        }
        found
    }

    /// Whether a process is there.
    pub fn is_alive(&self, process: u32) -> bool {
        let all: Vec<(u32, u32, String)> = serde_json::from_value(self.ask(&json!("processes"))).unwrap();
        all.iter().any(|(id, ..)| *id == process)
    }

    /// Waits until `text` stands on the screen and gives the rows.
    pub fn wait_for(&self, text: &str) -> Vec<String> {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until the screen meets a condition and gives its rows; fails with the screen where it does not come.
    pub fn wait_until(&self, what: &str, condition: impl Fn(&str) -> bool) -> Vec<String> {
        let start = Instant::now();
        loop {
            let rows = self.rows();
            // A console has no frames: rows may be read while they are drawn.
            if condition(&rows.join("\n")) && self.rows() == rows {
                return rows;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "still waiting for {what:?} on this screen:\n{}",
                rows.join("\n")
            );
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let lines = self.lines.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _told = writeln!(lines.0, "\"end\"");
        let _gone = self.driver.wait();
    }
}

fn number(answer: &Value) -> u32 {
    answer.as_u64().and_then(|number| u32::try_from(number).ok()).unwrap()
}

fn strings(answer: &Value) -> Vec<String> {
    serde_json::from_value(answer.clone()).unwrap()
}
