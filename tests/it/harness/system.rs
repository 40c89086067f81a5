//! The seam: which system the program runs on, native or Windows under wine, and all that is different there.
//!
//! `on_both!(name)` makes the tests `name::native` and `name::windows` of one `fn name(world: &World)`. What a test holds
//! the program on Windows to is counted, and said as `ON WINDOWS <test>: <n> assertions`.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::{env, mem};

use super::world::{World, wait_until};

/// Where a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Native,
    /// Code pages 437 and 1252, and `GREENLIGHT_LANG` is `en`.
    Windows,
    /// Code pages 850 and 1252, decimal commas, and nothing but the system names the language.
    Spanish,
    French,
    /// In English, and thrown away after the test, which may change what is in it.
    Apart,
}

/// What a test needs besides the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    PowerShell,
    /// And what serves and reaches it over SSH.
    Ssh,
    Nothing,
}

/// The system of one test.
pub enum System {
    /// With the PowerShell of the tests, where it is needed.
    Native(Option<PathBuf>),
    Windows(Windows),
}

/// A Windows that nobody else uses as long as the test runs.
pub struct Windows {
    wine: PathBuf,
    pub program: PathBuf,
    pub powershell: PathBuf,
    seat: Seat,
}

/// A prefix of wine, kept by a lock. A program that waits until its input ends, with this process, keeps it started: that is
/// what takes long.
#[derive(Default)]
struct Seat {
    prefix: PathBuf,
    on: Option<On>,
    _held: Option<File>,
    waits: Option<Child>,
}

/// Those that tests of this process have left.
static FREE: Mutex<Vec<Seat>> = Mutex::new(Vec::new());

thread_local! { static COUNT: Cell<u32> = const { Cell::new(0) } }

/// Counts one assertion of the test that runs on this thread.
pub fn count() {
    COUNT.set(COUNT.get() + 1);
}

/// Runs a test's body on that system, or says by name why not.
pub fn play(on: On, needs: Needs, test: &str, body: impl FnOnce(&World)) {
    let system = match System::new(on, needs) {
        Ok(system) => system,
        Err(why) => return eprintln!("SKIPPED {test}: {why}"),
    };
    COUNT.set(0);
    body(&World::of(system));
    ::std::assert_ne!(COUNT.get(), 0, "{test} asserts nothing");
    if on != On::Native {
        eprintln!("ON WINDOWS {test}: {} assertions", COUNT.get());
    }
}

/// What a variable of the environment names, or that it names nothing.
fn named(variable: &str) -> Result<PathBuf, String> {
    let path = env::var_os(variable).ok_or_else(|| format!("{variable} is not set"))?;
    Ok(fs::canonicalize(&path).unwrap_or_else(|_| path.into()))
}

impl System {
    pub fn new(on: On, needs: Needs) -> Result<Self, String> {
        if on != On::Native {
            return Windows::new(on).map(Self::Windows);
        }
        Ok(Self::Native(match needs {
            Needs::PowerShell => Some(named("GREENLIGHT_POWERSHELL")?),
            Needs::Ssh => {
                let missing = ["/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/ssh-keygen"];
                if let Some(missing) = missing.into_iter().find(|program| !Path::new(program).exists()) {
                    return Err(format!("there is no {missing}"));
                }
                Some(named("GREENLIGHT_POWERSHELL")?)
            }
            Needs::Nothing => None,
        }))
    }

    /// The program, with the environment that is the system's own.
    pub fn greenlight(&self) -> Command {
        match self {
            Self::Native(_) => Command::new(env!("CARGO_BIN_EXE_greenlight")),
            Self::Windows(windows) => windows.start(&windows.program),
        }
    }

    /// A path as the program on this system reads and writes it.
    pub fn written(&self, path: &Path) -> String {
        match self {
            Self::Native(_) => path.display().to_string(),
            Self::Windows(_) => format!("Z:{}", path.display()).replace('/', "\\"),
        }
    }

    /// What `GREENLIGHT_LANG` says: nothing where the system's language is to be found out.
    pub fn lang(&self) -> &'static str {
        match self {
            Self::Windows(windows) if matches!(windows.seat.on, Some(On::Spanish | On::French)) => "",
            Self::Native(_) | Self::Windows(_) => "en",
        }
    }

    /// Where PowerShell is, for the program; empty where the test has none.
    pub fn powershell(&self) -> String {
        match self {
            Self::Native(engine) => engine.as_deref().map(|path| self.written(path)).unwrap_or_default(),
            Self::Windows(windows) => self.written(&windows.powershell),
        }
    }

    /// The processes that the program of this process id has started, first to last: PowerShell, and its own.
    pub fn started_by(&self, pid: u32) -> Vec<u32> {
        match self {
            Self::Native(_) => descendants(pid),
            Self::Windows(windows) => windows.processes(&["pwsh.exe", "powershell.exe"]),
        }
    }
}

impl Windows {
    fn new(on: On) -> Result<Self, String> {
        let (wine, program) = (named("GREENLIGHT_WINE")?, named("GREENLIGHT_WINDOWS")?);
        let powershell = named("GREENLIGHT_WINDOWS_POWERSHELL")?;
        let mut free = FREE.lock().unwrap();
        let left = free.iter().position(|seat| seat.on == Some(on));
        let left = left.map(|position| free.swap_remove(position));
        drop(free);
        let seat = left.unwrap_or_else(|| Seat::take(&wine, on));
        let windows = Self { wine, program, powershell, seat };
        windows.end_all();
        // What the person of this Windows has kept; all else lies in the test's own folder.
        for user in fs::read_dir(windows.prefix().join("drive_c/users")).unwrap() {
            for kind in ["Local", "Roaming"] {
                let kept = user.as_ref().unwrap().path().join("AppData").join(kind).join("greenlight");
                drop(fs::remove_dir_all(kept));
            }
        }
        Ok(windows)
    }

    /// Where its drive C is.
    pub fn prefix(&self) -> &Path {
        &self.seat.prefix
    }

    /// The PowerShell of the tests, as Linux writes it.
    pub fn powershell(&self) -> &Path {
        &self.powershell
    }

    /// A program of Windows, by its path as Linux writes it.
    pub fn start(&self, program: &Path) -> Command {
        let mut command = wine(&self.wine, self.prefix(), self.seat.on);
        command.arg(format!("Z:{}", program.display()).replace('/', "\\"));
        command.env("WINE10_BIND", env::temp_dir());
        // Else no script runs, as on a new server.
        command.env("PSExecutionPolicyPreference", "Bypass");
        command
    }

    /// Its processes whose program has one of these names, first to last.
    pub fn processes(&self, names: &[&str]) -> Vec<u32> {
        processes(self.prefix(), names)
    }

    /// Ends what a test has left running.
    fn end_all(&self) {
        for pid in self.processes(&["exact.exe", "greenlight.exe", "pwsh.exe", "powershell.exe"]) {
            kill(pid);
        }
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        self.end_all();
        if self.seat.on == Some(On::Apart) {
            self.seat.throw_away();
        } else if let Ok(mut free) = FREE.lock() {
            free.push(mem::take(&mut self.seat));
        }
    }
}

impl Seat {
    /// A free prefix below `target/windows`; made where there is none.
    fn take(launcher: &Path, on: On) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("windows");
        fs::create_dir_all(&folder).unwrap();
        let lock = |name: &str| File::create(folder.join(format!("{name}.lock"))).unwrap();
        // Nobody has that many cores.
        let (name, held) = (0..1000)
            .map(|number| format!("{on:?}-{number}").to_lowercase())
            .map(|name| (name.clone(), lock(&name)))
            .find(|(_, held)| held.try_lock().is_ok())
            .unwrap();
        let prefix = folder.join(name);
        if on == On::Apart {
            drop(fs::remove_dir_all(&prefix));
        }
        if !prefix.exists() {
            let first = lock("first");
            first.lock().unwrap();
            copy(&made(launcher, &folder), &prefix);
        }
        let mut waits = wine(launcher, &prefix, Some(on));
        waits.args(["cmd", "/c", "echo ready& set /p end="]).env("WINE10_DIRECT", "1");
        waits.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut waits = waits.spawn().unwrap();
        // What starts with a prefix goes on with it, and would keep the outputs of the program that started it.
        waits.stdout.take().unwrap().read_exact(&mut [0; 5]).unwrap();
        Self { prefix, on: Some(on), _held: Some(held), waits: Some(waits) }
    }

    /// Ends it, and removes what is in it.
    fn throw_away(&mut self) {
        drop(self.waits.as_mut().and_then(|waits| waits.stdin.take()));
        wait_until("the end of a Windows", || processes(&self.prefix, &[""]).is_empty());
        drop(fs::remove_dir_all(&self.prefix));
    }
}

/// The processes in a prefix whose program has one of these names, first to last: those of wine are such of Linux.
pub fn processes(prefix: &Path, names: &[&str]) -> Vec<u32> {
    let mine = [b"WINEPREFIX=", prefix.as_os_str().as_encoded_bytes()].concat();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let read = |file| fs::read(entry.path().join(file)).unwrap_or_default();
        let line = read("cmdline");
        let program = line.split(|byte| *byte == 0).next().unwrap_or_default().to_ascii_lowercase();
        let is_named = names.iter().any(|name| program.ends_with(name.as_bytes()));
        if is_named && read("environ").split(|byte| *byte == 0).any(|pair| pair == mine) {
            let stat = String::from_utf8_lossy(&read("stat")).into_owned();
            let since = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(19));
            found.push((since.and_then(|ticks| ticks.parse::<u64>().ok()), pid));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, pid)| pid).collect()
}

/// The launcher in that prefix; nothing opens a window.
fn wine(launcher: &Path, prefix: &Path, on: Option<On>) -> Command {
    let mut command = Command::new(launcher);
    command.env("WINEPREFIX", prefix).env_remove("DISPLAY");
    let language = match on {
        Some(On::Spanish) => "es_ES.UTF-8",
        Some(On::French) => "fr_FR.UTF-8",
        Some(On::Native | On::Windows | On::Apart) | None => "C.UTF-8",
    };
    command.env("WINE10_LANG", language);
    command
}

/// The prefix that all others are copies of; making one takes long, copying it does not.
fn made(launcher: &Path, folder: &Path) -> PathBuf {
    let made = folder.join("first");
    if !made.exists() {
        let being_made = folder.join("being-made");
        drop(fs::remove_dir_all(&being_made));
        let status = wine(launcher, &being_made, None).args(["cmd", "/c", "ver"]).output().unwrap();
        ::std::assert!(status.status.success(), "{status:?}");
        // It is on disk when the last process of its own has ended.
        wait_until("the end of wine", || processes(&being_made, &[""]).is_empty());
        fs::rename(being_made, &made).unwrap();
    }
    made
}

/// A copy of a prefix that shares its files, but for the registry, which wine writes in its place.
pub fn copy(from: &Path, to: &Path) {
    let being_copied = to.with_extension("being-copied");
    drop(fs::remove_dir_all(&being_copied));
    let copied = Command::new("cp").arg("-al").args([from, &being_copied]).status().unwrap();
    ::std::assert!(copied.success());
    for part in ["system.reg", "user.reg", "userdef.reg"] {
        let bytes = fs::read(from.join(part)).unwrap();
        fs::remove_file(being_copied.join(part)).unwrap();
        fs::write(being_copied.join(part), bytes).unwrap();
    }
    fs::rename(being_copied, to).unwrap();
}

/// Every process below this one.
pub fn descendants(pid: u32) -> Vec<u32> {
    let output = Command::new("pgrep").args(["-P", &pid.to_string()]).output().unwrap();
    let children: Vec<u32> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| line.trim().parse().unwrap()).collect();
    let below: Vec<u32> = children.iter().flat_map(|child| descendants(*child)).collect();
    children.into_iter().chain(below).collect()
}

/// Ends a process as a power cut would; one that is gone already is none to end.
pub fn kill(pid: u32) {
    signal(pid, "-9");
}

pub fn signal(pid: u32, signal: &str) {
    drop(Command::new("kill").args([signal, &pid.to_string()]).output());
}
