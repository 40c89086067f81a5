//! A script that was handed off, the run that it is of, and the operator who runs it.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use greenlight::facade::checklist::{self, Sha, builtin};
use greenlight::facade::journal::Head;
use greenlight::facade::report::handoff;
use greenlight::facade::run::{Event, Mode, Moment, Run, Who};
use serde_json::{Value, json};

use crate::harness::system::System;
use crate::harness::world::{ADMIN, INPUTS, World};

const POOL: &str = "pool01.contoso.com";

/// A script that was handed off, the folder of its run, and how it is run.
pub struct Migration<'a> {
    pub world: &'a World,
    /// Inside the world's own.
    pub folder: String,
}

/// What one run of the script came to.
pub struct Ran {
    pub code: i32,
    pub said: String,
}

/// A line of `moves.csv`: user, start, end, result, error id, text, attempt.
pub type Line = Vec<String>;

pub fn user(name: &str, more: &Value) -> Value {
    let mut user = json!({ "SipAddress": format!("sip:{name}@contoso.com"), "DisplayName": name });
    user.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    user
}

/// The pilot users as those of them who were moved are.
pub fn moved_pilot() -> Vec<Value> {
    let on_premises = json!({ "HostingProvider": "SRV:", "RegistrarPool": POOL });
    vec![user("ada", &on_premises), user("bob", &on_premises)]
}

pub fn set_users(world: &World, users: &[Value]) {
    world.set_on_premises(&json!({ "users": users }));
}

/// The handoff of a run of the built-in checklist that nobody had to go through.
pub fn handed_off(world: &World, mode: Mode) -> Migration<'_> {
    let bytes = builtin::find("lync-online-to-lync-2013").unwrap();
    let checklist = Arc::new(checklist::read(bytes).unwrap());
    let mut run = Run::new(Arc::clone(&checklist));
    let at = Moment { wall: 1_795_400_100_000, mono: 0 };
    let by = Who { user: "ana".into(), host: "SRV01".into(), ..Who::default() };
    let (id, version, sha256) = (checklist.id.clone(), checklist.version.clone(), checklist.sha256);
    run.evolve(at, &Event::Begun { checklist: id, version, sha256, mode, by, greenlight: "0".into() });
    for input in INPUTS {
        let (input, values) = input.split_once('=').unwrap();
        let value = serde_json::from_value(json!(values.split(',').collect::<Vec<_>>())).unwrap();
        run.evolve(at, &Event::InputGiven { input: input.into(), value });
    }
    let head = Head { seq: 7, hash: Sha::of(b"head") };
    fs::create_dir_all(world.path("run/handoff")).unwrap();
    for (name, bytes) in handoff::files(&run, at, "run", &head) {
        fs::write(world.path("run/handoff").join(name), bytes).unwrap();
    }
    world.change_tenant("federation", json!({ "SharedSipAddressSpace": true }));
    Migration { world, folder: "run".to_owned() }
}

impl Migration<'_> {
    /// Who plays the operator: types the credential and `typed`, and does not wait.
    fn driver(&self, arguments: &str, typed: &str, before: &str) {
        let script = self.world.written(&format!("{}/handoff/start-migration.ps1", self.folder));
        let driver = format!(
            "function Get-Credential {{ New-Object Management.Automation.PSCredential '{ADMIN}', (ConvertTo-SecureString x -AsPlainText -Force) }}
            function Read-Host($Prompt) {{ Write-Host $Prompt; '{typed}' }}
            function Start-Sleep($Seconds, $Milliseconds) {{ Write-Host \"[waits $Seconds]\" }}
            {before}
            $global:LASTEXITCODE = 0
            & '{script}' {arguments}
            \"EXIT $LASTEXITCODE, $(@(Get-PSSession).Count) sessions\""
        );
        fs::write(self.world.path("driver.ps1"), driver).unwrap();
    }

    pub fn run(&self, arguments: &str, typed: &str) -> Ran {
        self.run_after("", arguments, typed)
    }

    /// Runs the script in a shell in which that was typed before.
    pub fn run_after(&self, before: &str, arguments: &str, typed: &str) -> Ran {
        self.driver(arguments, typed, before);
        let said = match &self.world.system {
            System::Native(_) => {
                let output = self.native().output().unwrap();
                String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
            }
            System::Windows(_) => self.by_a_step(),
        };
        let (_, end) = said.rsplit_once("EXIT ").unwrap_or_else(|| panic!("{said}"));
        Ran { code: end.split(',').next().unwrap().parse().unwrap(), said }
    }

    fn native(&self) -> Command {
        let mut command = Command::new(self.world.system.powershell());
        command.args(["-NoLogo", "-NoProfile", "-NonInteractive", "-File", "driver.ps1"]);
        command.envs(self.world.environment()).current_dir(self.world.path("")).stdin(Stdio::null());
        command
    }

    /// A console of Windows is not read here: a step of the program's runs the script, and a file has what it said.
    fn by_a_step(&self) -> String {
        let (driver, said) = (self.world.written("driver.ps1"), self.world.written("said"));
        let checklist = format!(
            "format = 1\nid = \"x\"\nversion = \"1\"\ntitle = \"x\"\n[[step]]\nid = \"x\"\ntitle = \"x\"\nwhy = \"x\"\ntimeout = \"20m\"\n\
             [step.check]\ncommand = '''\n& '{driver}' *>&1 | ForEach-Object {{ \"$_\" }} | Set-Content -Encoding UTF8 '{said}'\n$global:LASTEXITCODE = 0\n'''\n\
             expect = [{{ rows = \"none\" }}]\n"
        );
        fs::write(self.world.path("x.toml"), checklist).unwrap();
        let output = self.world.run(&["check", &self.world.written("x.toml"), "--trust"], "");
        assert!(output.status.success(), "{output:?}");
        fs::read_to_string(self.world.path("said")).unwrap()
    }

    pub fn begin(&self, arguments: &str, typed: &str) -> Child {
        self.driver(arguments, typed, "");
        self.native().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.world.path(&self.folder).join("results/moves.csv")).unwrap()
    }

    pub fn lines(&self) -> Vec<Line> {
        let log = self.log();
        let mut lines = log.lines();
        assert_eq!(lines.next(), Some("\u{feff}User,Start,End,Result,ErrorId,Text,Attempt"));
        let line = |line: &str| line.trim_matches('"').split("\",\"").map(str::to_owned).collect();
        lines.map(line).collect()
    }

    /// Result and attempt of each line of a user.
    pub fn attempts(&self, name: &str) -> Vec<(String, String)> {
        let user = format!("sip:{name}@contoso.com");
        let lines = self.lines().into_iter().filter(|line| line[0] == user);
        lines.map(|line| (line[3].clone(), line[6].clone())).collect()
    }

    /// Who was moved, in order, as the stand-in has it.
    pub fn moved(&self) -> Vec<String> {
        let moves = fs::read_to_string(self.world.path("onprem.json.moves")).unwrap_or_default();
        let moves = moves.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let done = moves.filter(|line| line.get("error").is_none());
        done.map(|line| {
            assert_eq!(line["force"], false, "nothing is forced");
            line["user"].as_str().unwrap().trim_start_matches("sip:").split('@').next().unwrap().to_owned()
        })
        .collect()
    }
}

pub fn attempts(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(result, attempt)| ((*result).to_owned(), (*attempt).to_owned())).collect()
}

#[track_caller]
pub fn assert_says(ran: &Ran, code: i32, texts: &[&str]) {
    assert_eq!(ran.code, code, "{}", ran.said);
    for text in texts {
        assert!(ran.said.contains(text), "{text} is not in\n{}", ran.said);
    }
}
