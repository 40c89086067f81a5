//! A wizard over the real engine and a small checklist with the tenant's fixtures in it.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use greenlight::checklist::{self, StepId};
use greenlight::journal::disk::RealDisk;
use greenlight::journal::{Folder, Holder, Journal, RunId};
use greenlight::run::{
    Command, Confirmed, Mode, Prompt, Run, Session, ShellState, Standing, VerdictReason, Who,
};
use greenlight::shell::{Answer, PowerShell, Program, Secret};
use greenlight::wizard::Wizard;
use tokio::time::timeout;

use crate::world::{ADMIN, PASSWORD, World};

/// The steps that live in the session, and the one that rests on it.
pub const ALL: [&str; 5] = ["world", "credential", "online-session", "tenant-commands", "shared"];
/// Longer than anything here takes; reached only by a fault.
const PATIENCE: Duration = Duration::from_secs(60);

const CHECKLIST: &str = r#"
format = 1
id = "life"
version = "1.0.0"
title.en = "Life"

[[step]]
id = "pid"
title.en = "PowerShell has a number"
why.en = "It is killed by it."
[step.check]
command = "$PID"
expect = [{ at_least = 1 }]

[[step]]
id = "slow"
title.en = "Something slow"
why.en = "It is stopped."
[step.check]
command = "'begun'; Start-Sleep -Seconds 600"
expect = [{ is = true }]

[[step]]
id = "stubborn"
title.en = "Something that does not stop"
why.en = "It is ended."
[step.check]
command = "'begun'; [Threading.Thread]::Sleep(600000)"
expect = [{ is = true }]

[[step]]
id = "asks"
title.en = "Something that asks"
why.en = "It is killed while it waits."
[step.check]
command = "'begun'; Read-Host"
expect = [{ is = true }]

[[step]]
id = "half-way"
title.en = "Something is done"
why.en = "Its apply is stopped half-way."
[step.check]
command = "$done -eq 'half'"
expect = [{ is = true }]
[step.apply]
command = "$done = 'half'; $done; Start-Sleep -Seconds 600"
changes = "session"

[[step]]
id = "world"
title.en = "The fixtures are loaded"
why.en = "They stand in for the tenant."
lasts = "session"
[step.check]
command = "Get-Module -Name LyncOnlineConnector | Select-Object Name"
expect = [{ property = "Name", is = "LyncOnlineConnector", rows = "any" }]
[step.apply]
command = "$env:PSModulePath = '@modules@'; $env:GREENLIGHT_FIXTURE_TENANT = '@tenant@'; Import-Module LyncOnlineConnector"
changes = "session"

[[step]]
id = "credential"
title.en = "There is a credential"
why.en = "To sign in."
needs = ["world"]
lasts = "session"
[step.check]
command = "$cred | Select-Object UserName"
expect = [{ property = "UserName", empty = false }]
[step.apply]
command = "$cred = Get-Credential"
changes = "session"

[[step]]
id = "online-session"
title.en = "There is a session"
why.en = "To reach the tenant."
needs = ["credential"]
lasts = "session"
keep_alive = "45s"
[step.check]
command = "$CSSession | Select-Object State"
expect = [{ property = "State", is = "Opened" }]
[step.apply]
command = "$CSSession = New-CsOnlineSession -Credential $cred"
changes = "session"

[[step]]
id = "tenant-commands"
title.en = "The tenant's commands are imported"
why.en = "To ask the tenant."
needs = ["online-session"]
lasts = "session"
keep_alive = "45s"
[step.check]
command = "if (Get-Command -Name Get-CsTenant -CommandType Function -ErrorAction SilentlyContinue) { Get-CsTenant | Select-Object TenantId }"
expect = [{ property = "TenantId", empty = false }]
[step.apply]
command = "Import-PSSession $CSSession -AllowClobber"
changes = "session"

[[step]]
id = "shared"
title.en = "The tenant answers"
why.en = "It rests on the session."
needs = ["tenant-commands"]
[step.check]
command = "Get-CsTenantFederationConfiguration"
expect = [{ property = "AllowFederatedUsers", is = true }]

[[step]]
id = "asks-anew"
title.en = "The tenant asks to sign in anew"
why.en = "Its session has expired."
needs = ["tenant-commands"]
[step.check]
command = "if ($asked) { $true } else { $asked = $true; & (Get-Command -Name 'Get-Cred*tial') -UserName oauth -Message 'Enter your password.' }"
expect = [{ is = true }]
"#;

/// How often the session is looked after.
#[derive(Clone, Copy)]
pub enum OnlineChecks {
    /// As the checklist says.
    Seldom,
    /// So often that a test need not wait.
    Often,
}

/// An operator at the wizard.
pub struct Desk {
    pub wizard: Wizard,
    /// The process id of the PowerShell.
    pub pid: u32,
}

impl Desk {
    /// A wizard whose PowerShell is open.
    pub async fn open(world: &World, often: OnlineChecks) -> Self {
        let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/modules");
        let text = CHECKLIST
            .replace("@modules@", &modules.display().to_string())
            .replace("@tenant@", &world.path("tenant.json").display().to_string());
        let mut checklist = checklist::read(text.as_bytes()).unwrap();
        for step in &mut checklist.steps {
            step.keep_alive = match often {
                OnlineChecks::Seldom => step.keep_alive,
                OnlineChecks::Often => step.keep_alive.map(|_| Duration::from_secs(2)),
            };
        }
        let who = Who { user: "operator".to_owned(), host: "here".to_owned() };
        let now = 1_795_400_000_000;
        let folder =
            Folder::create(&world.data(), &RunId::new(now, &checklist.id), Arc::new(RealDisk)).unwrap();
        let journal =
            Journal::create(folder, text.as_bytes(), Holder::this_process(who.clone(), now)).unwrap();
        let engine = std::env::var_os("GREENLIGHT_POWERSHELL").unwrap();
        let shell = PowerShell::new(Program { path: engine.into() });
        let wizard = Wizard::begin(journal, Arc::new(checklist), Mode::Live, who, Box::new(shell)).unwrap();
        let mut desk = Self { wizard, pid: 0 };
        desk.command(Command::OpenShell);
        desk.until_idle().await;
        desk.learn_pid().await;
        desk
    }

    /// A wizard in whose session everything is green.
    pub async fn all_green(world: &World) -> Self {
        let mut desk = Self::open(world, OnlineChecks::Seldom).await;
        desk.make_green().await;
        desk
    }

    pub async fn make_green(&mut self) {
        for step in ALL {
            if step != "shared" {
                self.apply(step);
                self.until_idle().await;
            }
            self.check(step).await;
            let finding = self.wizard.run().state(&step.into());
            assert_eq!(self.standing(step), Standing::Green, "{step}: {finding:?}");
        }
    }

    /// One command, and all is as it was; only the password is asked for.
    pub async fn comes_back(&mut self) {
        self.command(Command::Reconnect);
        self.until_idle().await;
        for step in ALL {
            assert_eq!(self.standing(step), Standing::Green, "{step}");
        }
        self.learn_pid().await;
    }

    async fn learn_pid(&mut self) {
        self.check("pid").await;
        let found = &self.wizard.run().state(&"pid".into()).unwrap().found.as_ref().unwrap().finding;
        self.pid = found.facts[0].found.parse().unwrap();
    }

    pub fn command(&mut self, command: Command) {
        self.wizard.command(command).unwrap();
    }

    pub fn apply(&mut self, step: &str) {
        self.command(Command::Apply { step: step.into(), confirmed: Confirmed::NotAsked });
    }

    pub async fn check(&mut self, step: &str) {
        self.command(Command::Check(step.into()));
        self.until_idle().await;
    }

    /// Begins a check and waits until its command has said that it has begun.
    pub async fn begin(&mut self, step: &str) {
        self.command(Command::Check(step.into()));
        self.until_output("begun").await;
    }

    pub async fn until_output(&mut self, text: &str) {
        while !self.wizard.lines().iter().any(|line| line.text == text) {
            self.next().await;
        }
    }

    pub async fn until_asked(&mut self) {
        self.until("something is asked", |run| run.running().is_some_and(|running| running.asking.is_some()))
            .await;
    }

    /// Goes on until a condition holds; what is asked waits.
    pub async fn until(&mut self, what: &str, condition: impl Fn(&Run) -> bool) {
        let began = Instant::now();
        while !condition(self.wizard.run()) {
            assert!(began.elapsed() < PATIENCE, "still waiting until {what}");
            self.next().await;
        }
    }

    /// Goes on until nothing runs; the password is given where it is asked for.
    pub async fn until_idle(&mut self) {
        self.until_idle_asked(|prompt| match prompt {
            Prompt::Credential { .. } => {
                Answer::Credential(ADMIN.to_owned(), Secret::new(PASSWORD.to_owned()))
            }
            other => panic!("nobody expected {other:?}"),
        })
        .await;
    }

    /// Goes on until nothing runs.
    pub async fn until_idle_asked(&mut self, answer: impl Fn(&Prompt) -> Answer) {
        loop {
            let run = self.wizard.run();
            let asking = run.running().and_then(|running| running.asking.clone());
            if let Some(asking) = asking {
                self.wizard.answer(answer(&asking.prompt)).unwrap();
                continue;
            }
            if run.running().is_none() && !matches!(run.shell(), ShellState::Opening(_)) {
                return;
            }
            self.next().await;
        }
    }

    async fn next(&mut self) {
        timeout(PATIENCE, self.wizard.next()).await.expect("news in time").unwrap();
    }

    pub fn standing(&self, step: &str) -> Standing {
        self.wizard.run().standing(&StepId::from(step), self.wizard.now())
    }

    pub fn reason(&self, step: &str) -> VerdictReason {
        let state = self.wizard.run().state(&step.into()).unwrap();
        state.found.as_ref().unwrap().finding.reason.clone()
    }

    pub fn session(&self, step: &str) -> Session {
        self.wizard.run().state(&step.into()).unwrap().found.as_ref().unwrap().session
    }

    /// The processes that the PowerShell has started.
    pub fn children(&self) -> Vec<u32> {
        descendants(self.pid)
    }

    pub fn journal(&self) -> String {
        std::fs::read_to_string(self.wizard.folder().journal()).unwrap()
    }
}

/// Every process below this one.
pub fn descendants(pid: u32) -> Vec<u32> {
    let output = std::process::Command::new("pgrep").args(["-P", &pid.to_string()]).output().unwrap();
    let children: Vec<u32> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| line.trim().parse().unwrap()).collect();
    let below: Vec<u32> = children.iter().flat_map(|child| descendants(*child)).collect();
    children.into_iter().chain(below).collect()
}
