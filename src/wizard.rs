//! The loop: owns a run, its journal and its shell; turns commands into events, events into records, effects into actions.
//!
//! Everything that happens goes one way: a command is decided, its events are on disk, then they are folded, then their
//! effects start. Draws nothing. If a record cannot be written, everything stands still until it can.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::mpsc;

use crate::checklist::Checklist;
use crate::journal::{self, Folder, Journal, JournalError};
use crate::run::{
    AbandonCause, Command, Event, Mode, Moment, PromptReply, Refusal, Run, ShellEnd, Stamped, Timer, Who,
};
use crate::shell::{Answer, Request, Shell, ShellEvent};

mod collect;
mod effects;
mod halt;
mod output_buffer;
mod recorded;
mod reports;
mod scrub;

use collect::Collector;
pub use output_buffer::OutputBuffer;
pub use scrub::Scrubber;

/// Why a command did not lead anywhere.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// The machine refused it; nothing has happened.
    Refused(Refusal),
    /// A record could not be written: the run stands still until [`Wizard::retry`] has worked.
    Halted(Arc<JournalError>),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Both clocks, and when this process opened the run.
#[derive(Clone, Copy, Debug)]
struct Clock {
    opened: Instant,
}

impl Clock {
    fn now(self) -> Moment {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment {
            wall: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
            mono: u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// The channels of a shell that was opened.
struct Port {
    requests: mpsc::Sender<Request>,
    reports: mpsc::Receiver<ShellEvent>,
}

/// A run with its journal and its shell.
pub struct Wizard {
    run: Run,
    journal: Journal,
    shell: Box<dyn Shell>,
    port: Option<Port>,
    collector: Option<Collector>,
    live: OutputBuffer,
    clock: Clock,
    /// The moment as of which the run is read.
    seen: Moment,
    timers: Vec<(Instant, Timer)>,
    answer: Option<Answer>,
    scrubber: Scrubber,
    killed: bool,
    /// The end of a command that has come, and waits until its last lines were seen.
    ended: Option<ShellEvent>,
    /// What the operator wanted while a session was only looked after; it is next.
    held: VecDeque<Command>,
    halted: Option<Arc<JournalError>>,
    who: Who,
    program: String,
    shell_end: Option<ShellEnd>,
    abandoned: Option<AbandonCause>,
}

impl Wizard {
    /// Begins a run of `checklist` in a new folder, whose first record is on disk when this returns.
    ///
    /// # Errors
    /// What could not be written.
    pub fn begin(
        journal: Journal,
        checklist: Arc<Checklist>,
        mode: Mode,
        who: Who,
        shell: Box<dyn Shell>,
    ) -> Result<Self, Trouble> {
        let run = Run::new(checklist);
        let begun = run.begin(mode, who.clone(), &journal::running().version);
        let mut wizard = Self::new(run, journal, shell, who);
        wizard.record(begun)?;
        Ok(wizard)
    }

    /// Goes on with a run: folds its events, and records that it was resumed unless it is sealed.
    ///
    /// # Errors
    /// What could not be written.
    pub fn resume(
        journal: Journal,
        checklist: Arc<Checklist>,
        events: &[Stamped],
        who: Who,
        shell: Box<dyn Shell>,
    ) -> Result<Self, Trouble> {
        let mut run = Run::new(checklist);
        for stamped in events {
            run.evolve(stamped.at, &stamped.event);
        }
        let mut wizard = Self::new(run, journal, shell, who.clone());
        if !wizard.run.is_sealed() {
            wizard.note_quarantined(events)?;
            wizard.quarantine(events)?;
            wizard.obey(Command::Resume { by: who, greenlight: journal::running().clone() })?;
        }
        Ok(wizard)
    }

    fn new(run: Run, journal: Journal, shell: Box<dyn Shell>, who: Who) -> Self {
        let clock = Clock { opened: Instant::now() };
        Self {
            run,
            journal,
            program: shell.program(),
            shell,
            port: None,
            collector: None,
            live: OutputBuffer::default(),
            clock,
            seen: clock.now(),
            timers: Vec::new(),
            answer: None,
            scrubber: Scrubber::default(),
            killed: false,
            ended: None,
            held: VecDeque::new(),
            halted: None,
            who,
            shell_end: None,
            abandoned: None,
        }
    }

    pub const fn run(&self) -> &Run {
        &self.run
    }

    /// The output of the last command.
    pub const fn live(&self) -> &OutputBuffer {
        &self.live
    }

    /// The moment as of which the run is to be read: that of the last [`Self::tick`], command or record.
    pub const fn now(&self) -> Moment {
        self.seen
    }

    /// Looks at the clocks, and records what has become too old by them before anybody can read it: a green that was once
    /// seen to be stale does not come back because a clock moved. To be called before the run is shown or asked.
    ///
    /// # Errors
    /// Why the run stands still.
    pub fn tick(&mut self) -> Result<(), Trouble> {
        self.seen = self.clock.now();
        if self.halted.is_none() && self.run.may_be_too_old(self.seen) {
            return self.obey(Command::Fired(Timer::Expiry));
        }
        Ok(())
    }

    /// Where the run's files are.
    pub fn folder(&self) -> &Folder {
        self.journal.folder()
    }

    /// The short code of the journal's head.
    pub fn head(&self) -> String {
        self.journal.head().code().to_string()
    }

    /// Who is at the keyboard.
    pub const fn who(&self) -> &Who {
        &self.who
    }

    /// How the last shell of this process ended.
    pub const fn last_shell_end(&self) -> Option<&ShellEnd> {
        self.shell_end.as_ref()
    }

    /// The PowerShell that is or would be started; empty in a rehearsal.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// Why the last handoff of this process was given up, until another is begun.
    pub const fn abandoned(&self) -> Option<&AbandonCause> {
        self.abandoned.as_ref()
    }

    /// Decides a command, records what it leads to, and does it.
    ///
    /// # Errors
    /// Why it was refused, or why the run stands still.
    pub fn command(&mut self, command: Command) -> Result<(), Trouble> {
        if let Some(why) = &self.halted {
            return Err(Trouble::Halted(Arc::clone(why)));
        }
        self.tick()?;
        self.obey(command)
    }

    fn obey(&mut self, command: Command) -> Result<(), Trouble> {
        let looking_after = self.run.running().is_some() && self.run.foreground_command().is_none();
        let decision = match self.run.decide(self.seen, command.clone()) {
            Ok(decision) => decision,
            Err(Refusal::Busy) if looking_after => {
                self.held.push_back(command);
                return Ok(());
            }
            Err(refusal) => return Err(refusal.into()),
        };
        for event in decision.events {
            self.record(event)?;
        }
        for effect in decision.effects {
            self.perform(effect)?;
        }
        Ok(())
    }

    /// Answers the pending question.
    ///
    /// # Errors
    /// As [`Self::command`].
    pub fn answer(&mut self, answer: Answer) -> Result<(), Trouble> {
        let given = match &answer {
            Answer::Declined => PromptReply::Declined,
            Answer::Credential(..)
            | Answer::Choice(_)
            | Answer::Line(_)
            | Answer::SecureLine(_)
            | Answer::Fields(_) => PromptReply::Answered,
        };
        self.learn(&answer);
        self.answer = Some(answer);
        self.command(Command::Answer(given))
    }

    fn learn(&mut self, answer: &Answer) {
        match answer {
            Answer::Credential(_, secret) | Answer::SecureLine(secret) => self.scrubber.learn(secret),
            Answer::Fields(fields) => {
                for field in fields {
                    match field {
                        crate::shell::FieldAnswer::Secret(secret) => self.scrubber.learn(secret),
                        crate::shell::FieldAnswer::Text(_) => {}
                    }
                }
            }
            Answer::Choice(_) | Answer::Line(_) | Answer::Declined => {}
        }
    }

    /// Waits for the next report or timer and handles it, with what else has come meanwhile.
    ///
    /// Never returns while nothing happens or the run stands still, and may be dropped at any time without loss.
    ///
    /// # Errors
    /// Why the run stands still from now on, or why a command was refused that had been held back until now.
    pub async fn next(&mut self) -> Result<(), Trouble> {
        self.next_report().await?;
        self.tick()?;
        if self.run.running().is_some() {
            return Ok(());
        }
        // One that is refused leaves the others where they are.
        for _ in 0..self.held.len() {
            let Some(command) = self.held.pop_front() else { break };
            self.command(command)?;
        }
        Ok(())
    }

    /// Writes an event down and folds it; the only way in which the run changes.
    fn record(&mut self, event: Event) -> Result<(), Trouble> {
        let stamped = Stamped { at: self.clock.now(), event };
        self.seen = stamped.at;
        if let Err(error) = self.journal.append(&stamped) {
            return Err(self.halt(error));
        }
        self.run.evolve(stamped.at, &stamped.event);
        match stamped.event {
            Event::HandoffAbandoned { why } => self.abandoned = Some(why),
            Event::HandoffBegun { .. } => self.abandoned = None,
            Event::ShellOpened { .. } => self.shell_end = None,
            _ => {}
        }
        Ok(())
    }

    /// Closes the shell in peace and waits for it, a short time at the most.
    pub async fn close(&mut self) {
        const PATIENCE: Duration = Duration::from_secs(3);
        if self.halted.is_some() {
            self.port = None;
            return;
        }
        self.request(Request::Close);
        let until_gone = async {
            while self.port.is_some() {
                if self.next().await.is_err() {
                    return;
                }
            }
        };
        if tokio::time::timeout(PATIENCE, until_gone).await.is_err() {
            tracing::warn!("the shell did not close in time");
        }
    }

    /// The folder's path, as a screen shows it.
    pub fn path(&self) -> &Path {
        self.journal.folder().path()
    }
}
