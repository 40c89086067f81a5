//! A run on a desk: driven as the wizard drives it, with clocks that the test sets.

use std::sync::Arc;

use greenlight::facade::checklist::Checklist;
use greenlight::facade::run::gate::{self, Gate};
use greenlight::facade::run::value::Value;
use greenlight::facade::run::{
    About, Attempt, Build, Call, Command, Confirmed, Event, Mode, Moment, OutcomeEnd, Outputs, Prompt,
    Purpose, Refusal, Run, Stamped, StepStatus, Unvouched,
};

use crate::harness::decided::{self, Outcome};
use crate::harness::steps::{CONFIRM, STATEMENT, who};

pub struct RunDriver {
    pub checklist: Arc<Checklist>,
    pub run: Run,
    pub history: Vec<Stamped>,
    pub now: Moment,
}

impl RunDriver {
    /// With the input given and the shell open.
    pub fn new(checklist: Checklist) -> Self {
        let mut desk = Self::empty(checklist);
        desk.give("contoso.com");
        desk.open_shell();
        desk
    }

    /// In which nothing has happened yet.
    pub fn empty(checklist: Checklist) -> Self {
        Self::begun(checklist, Mode::Live)
    }

    /// In which nothing has happened yet, for practice.
    pub fn rehearsal(checklist: Checklist, scenario: &str) -> Self {
        Self::begun(checklist, Mode::Rehearsal(scenario.to_owned()))
    }

    fn begun(checklist: Checklist, mode: Mode) -> Self {
        let checklist = Arc::new(checklist);
        let run = Run::new(Arc::clone(&checklist));
        let now = Moment { wall: 1_700_000_000_000, mono: 5 };
        let mut desk = Self { checklist, run, history: Vec::new(), now };
        let begun = desk.run.begin(mode, who("ada"), "test");
        desk.fold(begun);
        desk
    }

    fn fold(&mut self, event: Event) {
        self.run.evolve(self.now, &event);
        self.history.push(Stamped { at: self.now, event });
    }

    /// Where the output of each command is.
    pub fn outputs(&self) -> Outputs {
        let mut outputs = Outputs::default();
        self.history.iter().for_each(|stamped| outputs.hear(stamped.at, &stamped.event));
        outputs
    }

    pub fn tell(&mut self, command: Command) -> Result<(), Refusal> {
        let decided = decided::decided(&self.run, self.now, command);
        decided.events.into_iter().for_each(|event| self.fold(event));
        assert_eq!(self.run, decided.run, "a run is the fold of its events");
        decided.refused.map_or(Ok(()), Err)
    }

    pub fn give(&mut self, domain: &str) {
        self.tell(Command::Give { input: "domain".into(), typed: vec![domain.to_owned()] }).unwrap();
    }

    pub fn open_shell(&mut self) {
        self.tell(Command::OpenShell).unwrap();
        self.tell(Command::ShellOpened(About::default())).unwrap();
    }

    /// The number and the step of what runs.
    pub fn running(&self) -> Option<(Attempt, String)> {
        self.run.running().map(|running| (running.attempt, running.step.to_string()))
    }

    /// Ends what runs with these rows.
    pub fn end(&mut self, rows: &[bool]) {
        self.end_with(completed(rows));
    }

    /// Ends what runs like this.
    pub fn end_with(&mut self, outcome: Outcome) {
        let (attempt, _) = self.running().expect("something runs");
        self.tell(outcome.ends(&self.run, attempt, None)).unwrap();
    }

    /// What runs asks this.
    pub fn ask(&mut self, prompt: Prompt) {
        let (attempt, _) = self.running().expect("something runs");
        self.tell(Command::Asked { attempt, call: Call(1), prompt }).unwrap();
    }

    pub fn check(&mut self, step: &str, found: bool) {
        self.tell(Command::Check(step.into())).unwrap();
        self.end(&[found]);
    }

    pub fn apply(&mut self, step: &str) {
        self.tell(Command::Apply { step: step.into(), confirmed: Confirmed::Yes }).unwrap();
        // What there is before is looked at first.
        while self.run.running().is_some_and(|running| running.purpose == Purpose::Check) {
            self.end(&[false]);
        }
    }

    pub fn attest(&mut self, step: &str) {
        self.tell(Command::Attest {
            step: step.into(),
            statement: STATEMENT.to_owned(),
            name: "Ada".to_owned(),
            note: String::new(),
            by: who("ada"),
            seen: self.run.found_subjects(),
        })
        .unwrap();
    }

    pub fn confirm(&mut self) -> Result<(), Refusal> {
        self.tell(Command::ConfirmHandoff { typed: CONFIRM.to_owned(), by: who("ada") })
    }

    /// Both clocks go on.
    pub fn pass(&mut self, seconds: u64) {
        self.now.mono += seconds * 1000;
        self.jump(i64::try_from(seconds).unwrap());
    }

    /// The wall clock alone is set.
    pub fn jump(&mut self, seconds: i64) {
        self.now.wall += seconds * 1000;
    }

    /// Another process reads the journal and goes on from there.
    pub fn reopen(&mut self) {
        self.reopen_after(Unvouched::default());
    }

    /// The same, where these files were left.
    pub fn reopen_after(&mut self, left: Unvouched) {
        self.now.mono = 3;
        let mut run = Run::new(Arc::clone(&self.checklist));
        self.history.iter().for_each(|stamped| run.evolve(stamped.at, &stamped.event));
        self.run = run;
        self.tell(Command::Resume {
            by: who("bob"),
            greenlight: Build { version: "test".to_owned(), sha256: None },
            left,
        })
        .unwrap();
    }

    pub fn status(&self, step: &str) -> StepStatus {
        self.run.status(&step.into(), self.now)
    }

    pub fn is_green(&self, step: &str) -> bool {
        self.status(step) == StepStatus::Green
    }

    pub fn is_open(&self) -> bool {
        matches!(gate::evaluate(&self.run, self.now), Gate::Open(_))
    }
}

/// The question for a credential.
pub fn sign_in() -> Prompt {
    Prompt::Credential { caption: String::new(), message: "sign in".to_owned(), user: String::new() }
}

/// A command that ran to its end without an error.
pub fn completed(rows: &[bool]) -> Outcome {
    Outcome {
        end: OutcomeEnd::Completed,
        rows: rows.iter().map(|row| Value::Bool(*row)).collect(),
        warnings: Vec::new(),
        silent_ms: 0,
        failures: Vec::new(),
        elapsed_ms: 5,
    }
}
