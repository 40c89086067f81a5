//! The loop: owns a run, its journal and its shell, and carries between them. It decides nothing.
//!
//! Everything that happens goes one way: a command is decided, each of its events is on disk before it is folded, then its
//! effects start. Draws nothing. If a record cannot be written, everything stands still until it can.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::checklist::Checklist;
use crate::journal::{self, Journal, JournalError};
use crate::run::{Command, Mode, Moment, Outputs, Refusal, Run, Stamped, Timer, Who};
use crate::shell::{Answer, Request, Shell, ShellEvent};

mod activities;
mod clock;
mod collect;
mod effects;
mod halt;
mod output_buffer;
mod recorded;
mod reports;
mod scrub;
mod view;

use clock::Clock;
use collect::Collector;
pub use output_buffer::OutputBuffer;
pub use scrub::Scrubber;

/// Why a command did not lead anywhere.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// The machine refused it; it has led to nothing.
    Refused(Refusal),
    /// A record could not be written: the run stands still until [`Wizard::retry`] has worked.
    Halted(Arc<JournalError>),
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
    outputs: Outputs,
    clock: Clock,
    /// The moment as of which the run is read.
    seen: Moment,
    timers: Vec<(Instant, Timer)>,
    answer: Option<Answer>,
    scrubber: Scrubber,
    /// The end of a command that has come, and waits until its last lines were seen.
    ended: Option<ShellEvent>,
    halted: Option<Arc<JournalError>>,
    who: Who,
    program: String,
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
        let mut wizard = Self::new(Run::new(checklist), journal, shell, who.clone());
        let greenlight = journal::running().version.clone();
        wizard.obey(Command::Begin { mode, by: who, greenlight })?;
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
        let (mut run, mut outputs) = (Run::new(checklist), Outputs::default());
        for stamped in events {
            run.evolve(stamped.at, &stamped.event);
            outputs.hear(stamped.at, &stamped.event);
        }
        let mut wizard = Self { outputs, ..Self::new(run, journal, shell, who.clone()) };
        if !wizard.run.is_sealed() {
            let left = wizard.left(events).map_err(|error| wizard.halt(error))?;
            wizard.seen = wizard.clock.now();
            wizard.obey(Command::Resume { by: who, greenlight: journal::running().clone(), left })?;
        }
        Ok(wizard)
    }

    fn new(run: Run, journal: Journal, shell: Box<dyn Shell>, who: Who) -> Self {
        let clock = Clock::opened_now();
        Self {
            run,
            journal,
            program: shell.program(),
            shell,
            port: None,
            collector: None,
            live: OutputBuffer::default(),
            outputs: Outputs::default(),
            clock,
            seen: clock.now(),
            timers: Vec::new(),
            answer: None,
            scrubber: Scrubber::default(),
            ended: None,
            halted: None,
            who,
        }
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

    /// Decides a command, records what it leads to, and does it.
    ///
    /// # Errors
    /// Why it was refused, or one that had been held back until now; or why the run stands still.
    pub fn command(&mut self, command: Command) -> Result<(), Trouble> {
        if let Some(why) = &self.halted {
            return Err(Trouble::Halted(Arc::clone(why)));
        }
        self.seen = self.clock.now();
        self.obey(command)
    }

    /// The only way in which the run changes, at the moment that was looked at last.
    fn obey(&mut self, command: Command) -> Result<(), Trouble> {
        let (journal, outputs) = (&mut self.journal, &mut self.outputs);
        let mut write = |stamped: &Stamped| {
            journal.append(stamped)?;
            outputs.hear(stamped.at, &stamped.event);
            Ok(())
        };
        match self.run.decide(self.seen, command, &mut write) {
            Ok(decision) => {
                decision.effects.into_iter().try_for_each(|effect| self.perform(effect))?;
                decision.refused.map_or(Ok(()), |refusal| Err(Trouble::Refused(refusal)))
            }
            Err(error) => Err(self.halt(error)),
        }
    }

    /// Answers the pending question.
    ///
    /// # Errors
    /// As [`Self::command`].
    pub fn answer(&mut self, answer: Answer) -> Result<(), Trouble> {
        self.scrubber.learn_all(&answer);
        let given = answer.given();
        self.answer = Some(answer);
        self.command(Command::Answer(given))
    }

    /// Waits for the next report or timer and handles it, with what else has come meanwhile.
    ///
    /// Never returns while nothing happens or the run stands still, and may be dropped at any time without loss.
    ///
    /// # Errors
    /// Why the run stands still from now on, or why a command was refused that had been held back until now.
    pub async fn next(&mut self) -> Result<(), Trouble> {
        self.next_report().await?;
        self.tick()
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
}
