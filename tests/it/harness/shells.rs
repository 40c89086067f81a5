//! Drives a shell in a test, as the wizard does.

use std::num::NonZeroU32;
use std::time::Duration;

use greenlight::facade::run::value::Value;
use greenlight::facade::run::{About, Attempt, Call, Failure, OutcomeEnd, Prompt};
use greenlight::facade::shell::{
    Answer, CHANNEL, Line, Progress, Request, Secret, Shell, ShellEvent, ShellExit, Stream,
};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Longer than anything here takes; reached only by a fault.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A shell under test.
pub struct Driver {
    requests: Option<mpsc::Sender<Request>>,
    reports: mpsc::Receiver<ShellEvent>,
    next: u32,
}

/// Everything that one command gave.
#[derive(Debug, Default)]
pub struct CommandOutput {
    pub rows: Vec<Value>,
    pub lines: Vec<Line>,
    pub failures: Vec<Failure>,
    pub progress: Vec<Progress>,
    pub asked: Vec<Prompt>,
    pub end: Option<OutcomeEnd>,
    pub gone: Option<ShellExit>,
}

impl CommandOutput {
    /// The lines of one stream.
    pub fn stream(&self, stream: Stream) -> Vec<&str> {
        self.lines.iter().filter(|line| line.stream == stream).map(|line| line.text.as_str()).collect()
    }

    /// The only row.
    pub fn row(&self) -> &Value {
        let [row] = self.rows.as_slice() else { panic!("one row was expected: {self:?}") };
        row
    }

    /// Asserts that it ran to its end without an error.
    pub fn well(self) -> Self {
        assert_eq!((self.end, self.failures.as_slice()), (Some(OutcomeEnd::Completed), &[][..]), "{self:?}");
        self
    }

    /// The only failure.
    pub fn failure(&self) -> &Failure {
        let [failure] = self.failures.as_slice() else { panic!("one failure was expected: {self:?}") };
        failure
    }
}

impl Driver {
    /// Opens a shell; it must come.
    pub async fn open(shell: &impl Shell) -> (Self, About) {
        let (mut driver, first) = Self::start(shell).await;
        let ShellEvent::Opened(about) = first else { panic!("{first:?}") };
        driver.next = 1;
        (driver, about)
    }

    /// Opens a shell and waits for its first report.
    pub async fn start(shell: &impl Shell) -> (Self, ShellEvent) {
        let (sender, reports) = mpsc::channel(CHANNEL);
        let requests = shell.open(sender);
        let mut driver = Self { requests: Some(requests), reports, next: 1 };
        let first = driver.report().await.expect("a shell says whether it came");
        (driver, first)
    }

    /// The next report; none after the end.
    pub async fn report(&mut self) -> Option<ShellEvent> {
        timeout(PATIENCE, self.reports.recv()).await.expect("a report in time")
    }

    pub async fn send(&self, request: Request) {
        self.requests.as_ref().expect("not dropped").send(request).await.expect("the shell takes requests");
    }

    /// Drops the sender of requests.
    pub fn hang_up(&mut self) {
        self.requests = None;
    }

    /// Starts a command.
    pub async fn begin(&mut self, command: &str, variables: Vec<(String, Value)>) -> Attempt {
        let attempt = Attempt(NonZeroU32::new(self.next).unwrap());
        self.next += 1;
        self.send(Request::Run { attempt, command: command.to_owned(), variables }).await;
        attempt
    }

    /// Runs a command; it must not ask anything.
    pub async fn run(&mut self, command: &str) -> CommandOutput {
        self.run_with(command, Vec::new()).await
    }

    /// Runs a command with variables; it must not ask anything.
    pub async fn run_with(&mut self, command: &str, variables: Vec<(String, Value)>) -> CommandOutput {
        let attempt = self.begin(command, variables).await;
        self.finish(attempt, |prompt| panic!("nobody expected {prompt:?}")).await
    }

    /// Runs a command and answers what it asks.
    pub async fn ask(&mut self, command: &str, answer: impl FnMut(&Prompt) -> Answer) -> CommandOutput {
        let attempt = self.begin(command, Vec::new()).await;
        self.finish(attempt, answer).await
    }

    /// Collects until the command has ended, or the shell is gone.
    pub async fn finish(
        &mut self,
        attempt: Attempt,
        mut answer: impl FnMut(&Prompt) -> Answer,
    ) -> CommandOutput {
        let mut given = CommandOutput::default();
        while given.end.is_none() && given.gone.is_none() {
            let report = self.report().await.expect("the command ends before the reports do");
            if let Some((call, prompt)) = given.take(attempt, report) {
                let reply = answer(&prompt);
                given.asked.push(prompt);
                self.send(Request::Reply(call, reply)).await;
            }
        }
        given
    }

    /// Waits until the shell is gone.
    pub async fn gone(&mut self) -> ShellExit {
        loop {
            match self.report().await.expect("a shell says that it is gone") {
                ShellEvent::Exited(gone) => {
                    assert!(self.report().await.is_none(), "nothing follows");
                    return gone;
                }
                ShellEvent::Opened(_)
                | ShellEvent::Line(..)
                | ShellEvent::Row(..)
                | ShellEvent::Error(..)
                | ShellEvent::Progress(..)
                | ShellEvent::Asks(..)
                | ShellEvent::Ended(..) => {}
            }
        }
    }
}

impl CommandOutput {
    /// Takes a report in; returns a question.
    pub fn take(&mut self, attempt: Attempt, report: ShellEvent) -> Option<(Call, Prompt)> {
        match report {
            ShellEvent::Opened(about) => panic!("opened twice: {about:?}"),
            ShellEvent::Line(of, line) => {
                assert_eq!(of, attempt);
                self.lines.push(line);
            }
            ShellEvent::Row(of, row) => {
                assert_eq!(of, attempt);
                self.rows.push(row);
            }
            ShellEvent::Error(of, failure) => {
                assert_eq!(of, attempt);
                self.failures.push(failure);
            }
            ShellEvent::Progress(of, progress) => {
                assert_eq!(of, attempt);
                self.progress.push(progress);
            }
            ShellEvent::Asks(of, call, prompt) => {
                assert_eq!(of, attempt);
                return Some((call, prompt));
            }
            ShellEvent::Ended(of, end) => {
                assert_eq!(of, attempt);
                self.end = Some(end);
            }
            ShellEvent::Exited(gone) => self.gone = Some(gone),
        }
        None
    }
}

/// The answer to a credential prompt.
pub fn credential(user: &str, password: &str) -> Answer {
    Answer::Credential(user.to_owned(), Secret::new(password.to_owned()))
}
