//! A tenant, a deployment and an operator's folders, each in files of its own, around the real program on a real engine.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::system::{self, Needs, On, System};

pub const ADMIN: &str = "admin@contoso.onmicrosoft.com";
/// Never written by the program, in any form.
pub const PASSWORD: &str = "Canary-7f3a\u{20ac}'\"&<secret>";
pub const INPUTS: [&str; 3] = [
    "sip_domain=contoso.com",
    "target_pool=pool01.contoso.com",
    "pilot_users=ada@contoso.com,bob@contoso.com",
];

/// The same as the program is given them.
pub fn inputs<'a>() -> impl Iterator<Item = &'a str> {
    INPUTS.into_iter().flat_map(|input| ["--input", input])
}

/// Everything that one test plays with.
pub struct World {
    folder: TempDir,
    pub system: System,
}

impl World {
    /// On this system; nothing, said by name, where no PowerShell is named.
    pub fn new(test: &str) -> Option<Self> {
        match System::new(On::Native, Needs::PowerShell) {
            Ok(system) => Some(Self::of(system)),
            Err(why) => {
                eprintln!("SKIPPED {test}: {why}");
                None
            }
        }
    }

    pub fn of(system: System) -> Self {
        let world = Self { folder: TempDir::new().unwrap(), system };
        world.begin_anew();
        world
    }

    /// No run, and the tenant as it was.
    pub fn begin_anew(&self) {
        drop(fs::remove_dir_all(self.data()));
        self.set_tenant(&json!({
            "users": [{ "user": ADMIN, "password": PASSWORD }],
            "federation": { "SharedSipAddressSpace": false, "AllowFederatedUsers": true },
        }));
    }

    /// A path in the test's folder as the program reads and writes it.
    pub fn written(&self, name: &str) -> String {
        self.system.written(&self.path(name))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub fn tenant(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("tenant.json")).unwrap()).unwrap()
    }

    pub fn is_shared(&self) -> bool {
        self.tenant()["federation"]["SharedSipAddressSpace"] == json!(true)
    }

    pub fn set_tenant(&self, state: &Value) {
        fs::write(self.path("tenant.json"), state.to_string()).unwrap();
    }

    /// Breaks or mends one thing of the tenant.
    pub fn change_tenant(&self, key: &str, value: Value) {
        let mut state = self.tenant();
        state.as_object_mut().unwrap().insert(key.to_owned(), value);
        self.set_tenant(&state);
    }

    pub fn set_on_premises(&self, state: &Value) {
        fs::write(self.path("onprem.json"), state.to_string()).unwrap();
    }

    /// The environment of the program: the fixtures, and nothing of the person who runs the tests.
    pub fn environment(&self) -> Vec<(String, String)> {
        let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/modules");
        let mut environment = vec![
            ("GREENLIGHT_POWERSHELL", self.system.powershell()),
            ("GREENLIGHT_DATA_DIR", self.written("data")),
            ("GREENLIGHT_LANG", self.system.lang().to_owned()),
            ("PSModulePath", self.system.written(&modules)),
            ("GREENLIGHT_FIXTURE_TENANT", self.written("tenant.json")),
            ("GREENLIGHT_FIXTURE_ONPREM", self.written("onprem.json")),
            ("GREENLIGHT_FIXTURE_MARKERS", self.system.written(self.folder.path())),
            ("NO_COLOR", "1".to_owned()),
        ];
        // Where Windows keeps what is a person's own no variable says: it is made anew for each test.
        if let System::Native(_) = self.system {
            environment.extend([
                ("HOME", self.written("")),
                ("XDG_CONFIG_HOME", self.written("config")),
                ("USER", "operator".to_owned()),
            ]);
        }
        environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The program.
    pub fn greenlight(&self, arguments: &[&str]) -> Command {
        let mut command = self.system.greenlight();
        command.args(arguments).envs(self.environment()).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end with that on its standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        Self::finish(&mut self.greenlight(arguments), input)
    }

    pub fn finish(command: &mut Command, input: &str) -> Output {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // One who does not listen any more is found out by what was printed.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        child.wait_with_output().unwrap()
    }

    /// The program, so started that its process can be killed; then nothing is known of its exit code.
    pub fn mortal(&self, arguments: &[&str]) -> Command {
        let mut command = self.greenlight(arguments);
        command.env("WINE10_DIRECT", "1");
        command
    }

    /// The one run's folder.
    pub fn run_folder(&self) -> PathBuf {
        let mut runs: Vec<PathBuf> =
            fs::read_dir(self.data()).unwrap().map(|entry| entry.unwrap().path()).collect();
        runs.sort();
        runs.pop().expect("a run has begun")
    }

    /// The same as the program reads and writes it.
    pub fn run_written(&self) -> String {
        self.system.written(&self.run_folder())
    }

    /// The run's name.
    pub fn run_id(&self) -> String {
        self.run_folder().file_name().unwrap().to_str().unwrap().to_owned()
    }

    /// Who has the run open, as all others are told.
    pub fn holder(&self) -> String {
        let note = fs::read(self.run_folder().join(".holder")).unwrap();
        let note: Value = serde_json::from_slice(&note).unwrap();
        format!("process {}", note["pid"])
    }

    /// The journal's events, in order.
    pub fn events(&self) -> Vec<Value> {
        let journal = fs::read_to_string(self.run_folder().join("journal.jsonl")).unwrap();
        journal
            .lines()
            .skip(1)
            .map(|line| serde_json::from_str(line).unwrap())
            .map(|record: Value| record["event"]["event"].clone())
            .collect()
    }

    /// What the program printed when it exported the run.
    pub fn export(&self, format: &str) -> String {
        self.export_with(format, &[])
    }

    pub fn export_with(&self, format: &str, more: &[&str]) -> String {
        let id = self.run_id();
        let output =
            self.greenlight(&[&["export", &id, "--format", format], more].concat()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Fails if the password stands anywhere in what the run wrote, or in `more`, in any of the usual forms.
    pub fn assert_no_secret(&self, more: &[&[u8]]) {
        let mut written = Vec::new();
        collect(&self.data(), &mut written);
        assert!(!written.is_empty());
        let more = more.iter().map(|bytes| (PathBuf::from("what was printed"), bytes.to_vec()));
        for (path, bytes) in written.into_iter().chain(more) {
            system::count();
            for form in forms(PASSWORD) {
                let found = bytes.windows(form.len()).any(|window| window == form);
                ::std::assert!(
                    !found,
                    "the password stands in {} as {:?}",
                    path.display(),
                    String::from_utf8_lossy(&form)
                );
            }
        }
    }

    /// Waits for the file that a slow command of the fixtures writes when it begins.
    pub fn wait_for_marker(&self, name: &str) {
        let path = self.path(&format!("{name}.started"));
        wait_until(name, || fs::read_to_string(&path).is_ok_and(|text| !text.is_empty()));
    }
}

impl Drop for World {
    /// What a test that failed has left of its run is told: its folder goes.
    fn drop(&mut self) {
        if !thread::panicking() || !self.data().exists() {
            return;
        }
        let mut written = Vec::new();
        collect(&self.data(), &mut written);
        for (path, bytes) in written.iter().filter(|(path, _)| path.ends_with("journal.jsonl")) {
            let tail = &bytes[bytes.len().saturating_sub(2_000)..];
            eprintln!("{}:\n{}", path.display(), String::from_utf8_lossy(tail));
        }
    }
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
}

/// The password as UTF-8, UTF-16, base64 of both at each alignment, and hexadecimal of both.
fn forms(password: &str) -> Vec<Vec<u8>> {
    let utf8 = password.as_bytes().to_vec();
    let utf16: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex =
        |bytes: &[u8]| bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect::<Vec<u8>>();
    let mut forms = vec![utf8.clone(), utf16.clone(), hex(&utf8), hex(&utf16)];
    for bytes in [utf8, utf16] {
        for before in 0..3 {
            let mut padded = vec![0; before];
            padded.extend_from_slice(&bytes);
            let text = STANDARD_NO_PAD.encode(&padded);
            let start = (before * 8).div_ceil(6);
            let end = padded.len() * 8 / 6;
            forms.push(text.as_bytes()[start..end].to_vec());
        }
    }
    forms
}

/// Waits for a condition, and fails with its name when it does not come.
pub fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    system::count();
    let start = Instant::now();
    while !condition() {
        ::std::assert!(start.elapsed() < Duration::from_secs(120), "still waiting for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
