//! An operator at a wizard over the real engine.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use greenlight::facade::checklist::{self, StepId};
use greenlight::facade::journal::disk::RealDisk;
use greenlight::facade::journal::{Folder, Holder, Journal, RunId};
use greenlight::facade::run::{
    Command, Confirmed, Mode, Prompt, Run, Session, ShellState, StepStatus, VerdictReason, Who,
};
use greenlight::facade::shell::{Answer, PowerShell, Program, Secret};
use greenlight::facade::wizard::Wizard;
use tokio::time::timeout;

use crate::harness::programs;
use crate::harness::system::{self, System};
use crate::harness::world::{ADMIN, PASSWORD, World};

/// Longer than anything here takes; reached only by a fault.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often the session is looked after.
#[derive(Clone, Copy)]
pub enum OnlineChecks {
    /// As the checklist says.
    Seldom,
    /// So often that a test need not wait.
    Often,
}

/// Waits here for a test that waits.
pub fn wait_for(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

/// PowerShell as a program that this process can start: that of Windows by a script, as the program there would be.
fn engine(world: &World) -> PathBuf {
    let windows = match &world.system {
        System::Native(engine) => return engine.clone().expect("the test needs PowerShell"),
        System::Windows(windows) => windows,
    };
    let command = windows.start(windows.powershell());
    let quoted = |text: &OsStr| format!("'{}'", text.to_str().unwrap());
    let variables = command.get_envs().map(|(name, value)| {
        let name = name.to_str().unwrap();
        value.map_or_else(|| format!("-u {name}"), |value| format!("{name}={}", quoted(value)))
    });
    let mut words: Vec<String> = variables.collect();
    // What is not set comes first.
    words.sort_by_key(|word| !word.starts_with("-u "));
    words.extend([command.get_program()].into_iter().chain(command.get_args()).map(quoted));
    let script = format!("exec env {} \"$@\"", words.join(" "));
    programs::script_at(&world.path(""), "powershell-of-windows", &script)
}

/// An operator at the wizard.
pub struct EngineSession {
    pub wizard: Wizard,
    /// The process id of the PowerShell.
    pub pid: u32,
}

impl EngineSession {
    /// A wizard whose PowerShell is open, on this checklist.
    pub async fn begin_with(world: &World, checklist: &str, often: OnlineChecks) -> Self {
        let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/modules");
        let text = checklist
            .replace("@modules@", &world.system.written(&modules))
            .replace("@tenant@", &world.written("tenant.json"));
        let mut checklist = checklist::read(text.as_bytes()).unwrap();
        for step in &mut checklist.steps {
            step.keep_alive = match often {
                OnlineChecks::Seldom => step.keep_alive,
                OnlineChecks::Often => step.keep_alive.map(|_| Duration::from_secs(2)),
            };
        }
        let who = Who { user: "operator".to_owned(), host: "here".to_owned(), ..Who::default() };
        let now = 1_795_400_000_000;
        let folder =
            Folder::create(&world.data(), &RunId::new(now, &checklist.id), Arc::new(RealDisk)).unwrap();
        let journal =
            Journal::create(folder, text.as_bytes(), Holder::this_process(who.clone(), now)).unwrap();
        let shell = PowerShell::new(Program { path: engine(world) });
        let wizard = Wizard::begin(journal, Arc::new(checklist), Mode::Live, who, Box::new(shell)).unwrap();
        let mut desk = Self { wizard, pid: 0 };
        desk.command(Command::OpenShell);
        desk.until_idle().await;
        desk
    }

    pub async fn learn_pid(&mut self) {
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
        while !self.wizard.live().lines().iter().any(|line| line.text == text) {
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

    pub async fn next(&mut self) {
        timeout(PATIENCE, self.wizard.next()).await.expect("news in time").unwrap();
    }

    pub fn status(&self, step: &str) -> StepStatus {
        self.wizard.run().status(&StepId::from(step), self.wizard.now())
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
        system::descendants(self.pid)
    }

    pub fn journal(&self) -> String {
        std::fs::read_to_string(self.wizard.folder().journal()).unwrap()
    }
}
