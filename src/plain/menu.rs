//! The wizard as lines: the steps, a numbered question, what came of it; to the sealed handoff.

use super::ask::Asker;
use super::input::StandardInput;
use super::interrupts::Interrupts;
use super::keys::{self, MenuKey, RetryKey};
use super::lines::held_line;
use super::out::Out;
use super::pulse::{self, Pulse};
use crate::checklist::StepId;
use crate::checklist::explain::CommandPurpose;
use crate::journal::JournalError;
use crate::run::gate::{self, Gate};
use crate::run::{Attempt, Command, Moment, NextAction, Run, ShellEnd, StepStatus};
use crate::sanitize::escape_controls;
use crate::text::Text;
use crate::wizard::{Trouble, Wizard};

mod handoff;
mod inputs;
mod meanwhile;
mod output;
mod rows;
mod step;
mod tell;

/// How the operator left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// The run is sealed.
    Sealed,
    /// They quit; the run can be resumed.
    Quit,
}

/// What the operator chose.
enum MenuChoice {
    Step(StepId),
    /// What comes first, in another step than the one whose turn it is.
    Lead(StepId, CommandPurpose),
    Key(MenuKey),
}

/// Walks an operator through the run, line by line, until it is sealed or they quit.
///
/// # Errors
/// Why the run cannot go on.
pub(crate) async fn run(
    wizard: &mut Wizard,
    input: StandardInput,
    out: Out,
    interrupts: &Interrupts,
    text: Text,
) -> Result<Left, Trouble> {
    let mut menu = Menu {
        wizard,
        asker: Asker::Person(input, out),
        out: Out::stdout(),
        interrupts,
        pulse: Pulse::new(pulse::EVERY),
        text,
        shown: (None, 0),
        told: None,
        wanted: None,
        announced: None,
        stopped: None,
        is_over: false,
    };
    menu.run().await
}

struct Menu<'a> {
    wizard: &'a mut Wizard,
    asker: Asker,
    out: Out,
    interrupts: &'a Interrupts,
    pulse: Pulse,
    text: Text,
    /// Which command's lines are on paper, and how many of them.
    shown: (Option<Attempt>, u64),
    /// The end of a shell that was told last.
    told: Option<ShellEnd>,
    /// The command that was asked for, until it begins.
    wanted: Option<String>,
    /// The command that was named last.
    announced: Option<Attempt>,
    /// The command that was to be stopped.
    stopped: Option<Attempt>,
    /// Nothing more can be typed.
    is_over: bool,
}

impl Menu<'_> {
    async fn run(&mut self) -> Result<Left, Trouble> {
        self.heading();
        if self.wizard.run().is_sealed() {
            self.sealed();
            self.look().await?;
            return Ok(Left::Sealed);
        }
        let mut stage = self.open().await;
        loop {
            stage = match stage {
                Ok(Some(left)) => return Ok(left),
                Ok(None) => self.turn().await,
                Err(Trouble::Halted(why)) => {
                    if !self.stands_still(&why).await {
                        return Ok(Left::Quit);
                    }
                    Ok(None)
                }
                Err(refused @ Trouble::Refused(_)) => return Err(refused),
            };
        }
    }

    /// Starts the shell, if there is none, and lists the steps.
    async fn open(&mut self) -> Result<Option<Left>, Trouble> {
        self.try_command(Command::OpenShell)?;
        self.until_idle().await?;
        self.list();
        Ok(None)
    }

    /// Says why the run stands still, and tries again as often as the operator wants; false where they leave.
    async fn stands_still(&mut self, why: &JournalError) -> bool {
        self.asker.forget();
        let mut why = self.text.journal_error(why);
        loop {
            self.out.row(&format!("! {}: {}", self.text.halted_title(), escape_controls(&why)));
            self.out.row(&self.text.halted_meaning());
            self.out.text(&keys::question(keys::RETRY, self.text));
            let Asker::Person(input, _) = &mut self.asker else { return false };
            let Some(typed) = input.line().await else { return false };
            match keys::meant(keys::RETRY, &typed) {
                Some(RetryKey::Again) => match self.wizard.retry() {
                    Ok(()) => {
                        self.list();
                        return true;
                    }
                    Err(Trouble::Halted(error)) => why = self.text.journal_error(&error),
                    Err(Trouble::Refused(refusal)) => self.refused(&refusal),
                },
                Some(RetryKey::Leave) => return false,
                None => {}
            }
        }
    }

    /// One choice of the operator, and what it leads to.
    async fn turn(&mut self) -> Result<Option<Left>, Trouble> {
        let Some(choice) = self.choose().await? else { return Ok(Some(Left::Quit)) };
        match choice {
            MenuChoice::Key(MenuKey::Quit) => return Ok(Some(Left::Quit)),
            MenuChoice::Key(
                key @ (MenuKey::List | MenuKey::Gate | MenuKey::Rows | MenuKey::Output | MenuKey::Write),
            ) => self.look_at(key).await?,
            MenuChoice::Key(MenuKey::Help) => self.out.line(&keys::menu(self.text)),
            MenuChoice::Key(MenuKey::Inputs) => self.change_input().await?,
            MenuChoice::Key(MenuKey::Reconnect) => self.whole(Command::Reconnect).await?,
            MenuChoice::Key(MenuKey::All) => {
                let steps: Vec<StepId> =
                    self.wizard.run().checklist().steps.iter().map(|step| step.id.clone()).collect();
                self.inputs_for_all().await?;
                self.whole(Command::CheckAll(steps)).await?;
            }
            MenuChoice::Key(MenuKey::GoOn) => {
                let by = self.wizard.who().clone();
                self.whole(Command::Go { by }).await?;
            }
            MenuChoice::Key(MenuKey::StopWaiting) => {
                let waiting = self.standing(&StepStatus::Polling);
                let goes = self.wizard.run().going(self.wizard.now()).is_some();
                self.try_command(Command::Stop)?;
                self.until_idle().await?;
                // Where one was being checked, only that was stopped.
                if !goes && self.wizard.run().has_waits() {
                    self.try_command(Command::Stop)?;
                }
                for step in &waiting {
                    self.show(step);
                }
            }
            MenuChoice::Step(id) => {
                self.step(&id).await?;
                self.show(&id);
            }
            MenuChoice::Lead(id, does) => {
                self.lead(&id, does).await?;
                self.show(&id);
            }
            MenuChoice::Key(MenuKey::Start) => {
                if self.start().await? {
                    self.look().await?;
                    return Ok(Some(Left::Sealed));
                }
            }
        }
        Ok(None)
    }

    /// What changes nothing.
    async fn look_at(&mut self, key: MenuKey) -> Result<(), Trouble> {
        match key {
            MenuKey::List => self.list(),
            MenuKey::Gate => self.gate(),
            MenuKey::Rows => self.rows().await?,
            MenuKey::Output => self.output().await?,
            MenuKey::Write => self.write_output().await?,
            MenuKey::Help => self.out.line(&keys::menu_of_sealed(self.text)),
            MenuKey::All
            | MenuKey::GoOn
            | MenuKey::Inputs
            | MenuKey::Reconnect
            | MenuKey::StopWaiting
            | MenuKey::Quit
            | MenuKey::Start => {}
        }
        Ok(())
    }

    /// What is done to many steps, to its end.
    async fn whole(&mut self, command: Command) -> Result<(), Trouble> {
        self.try_command(command)?;
        self.until_idle().await?;
        self.list();
        Ok(())
    }

    fn next_step(&self) -> Option<(MenuChoice, String)> {
        next_step(self.wizard.run(), self.wizard.now(), self.text)
    }

    async fn choose(&mut self) -> Result<Option<MenuChoice>, Trouble> {
        loop {
            let open = matches!(gate::evaluate(self.wizard.run(), self.wizard.now()), Gate::Open(_));
            let next = self.next_step();
            if let Some((_, line)) = &next {
                self.out.row(line);
            }
            if let Some(line) = held_line(self.wizard.run(), self.wizard.now(), self.text) {
                let key = keys::name_of(MenuKey::StopWaiting);
                let key = self.text.key_does(key, self.text.key_end_going());
                self.out.row(&self.text.plain_goes(line, key));
            } else if self.wizard.run().has_waits() {
                self.out.row(&self.text.plain_waits(keys::offered(MenuKey::StopWaiting, self.text)));
            }
            if open {
                self.out.row(&self.text.plain_menu_open(keys::offered(MenuKey::Start, self.text)));
            }
            self.out.text("> ");
            let Some(typed) = self.line().await? else { return Ok(None) };
            let steps = &self.wizard.run().checklist().steps;
            let chosen = match typed.trim() {
                "" => next.map(|(choice, _)| choice),
                typed => keys::at_menu(typed).map(MenuChoice::Key).or_else(|| {
                    let step = keys::by_number(typed, steps)?;
                    Some(MenuChoice::Step(step.id.clone()))
                }),
            };
            if let Some(choice) = chosen {
                return Ok(Some(choice));
            }
            self.out.row(&self.text.plain_unknown(escape_controls(typed.trim())));
            self.out.line(&keys::menu(self.text));
        }
    }

    /// A line from the operator; what the shell does meanwhile is not missed.
    async fn line(&mut self) -> Result<Option<String>, Trouble> {
        loop {
            let green = self.standing(&StepStatus::Green);
            let waiting = self.standing(&StepStatus::Polling);
            let Asker::Person(input, _) = &mut self.asker else { return Ok(None) };
            let came = tokio::select! {
                line = input.line() => {
                    // What it asks for is answered as of now.
                    self.wizard.tick()?;
                    return Ok(line);
                }
                came = self.wizard.next() => came,
            };
            self.handle_result(came)?;
            self.print_losses(&green);
            self.print_waited(&waiting);
            // It goes on by itself: what it asks is answered before anything else is typed.
            if self.wizard.run().foreground_command().is_some() {
                self.until_idle().await?;
            }
        }
    }

    fn standing(&self, as_this: &StepStatus) -> Vec<StepId> {
        let run = self.wizard.run();
        let statuses = run.statuses(self.wizard.now());
        let steps = run.checklist().steps.iter().zip(statuses);
        steps.filter(|(_, status)| status == as_this).map(|(step, _)| step.id.clone()).collect()
    }

    /// Shows a refusal; anything worse ends the run.
    fn handle_result(&mut self, done: Result<(), Trouble>) -> Result<(), Trouble> {
        match done {
            Ok(()) => Ok(()),
            Err(Trouble::Refused(refusal)) => {
                self.refused(&refusal);
                Ok(())
            }
            Err(halted @ Trouble::Halted(_)) => Err(halted),
        }
    }

    async fn question(&mut self, question: &str) -> Result<Option<String>, Trouble> {
        self.out.text(question);
        self.line().await
    }

    /// Gives a command, and says why where it is refused; whether it was taken.
    fn try_command(&mut self, command: Command) -> Result<bool, Trouble> {
        let done = self.wizard.command(command);
        let taken = done.is_ok();
        self.handle_result(done)?;
        Ok(taken)
    }
}

/// What Enter stands for, with the line that says so.
fn next_step(run: &Run, now: Moment, text: Text) -> Option<(MenuChoice, String)> {
    let (next, action) = run.next_action(now)?;
    let choice = match action {
        NextAction::Other { step, does } => MenuChoice::Lead(step, does),
        NextAction::Wait
        | NextAction::OpenShell
        | NextAction::NeedsFirst(_)
        | NextAction::GiveInput
        | NextAction::Check
        | NextAction::Apply(_)
        | NextAction::Attest
        | NextAction::Gate
        | NextAction::Onward => MenuChoice::Step(next.clone()),
    };
    let (MenuChoice::Step(id) | MenuChoice::Lead(id, _)) = &choice else { return None };
    let (number, step) = (1..).zip(&run.checklist().steps).find(|(_, step)| step.id == *id)?;
    let title = escape_controls(step.title.get(text.lang())).into_owned();
    let enter = text.name_enter();
    let line = match &choice {
        MenuChoice::Lead(_, does) => text.key_does(enter, text.lead(&format!("{number}. {title}"), *does)),
        MenuChoice::Step(_) | MenuChoice::Key(_) => text.plain_next(enter, number, title),
    };
    Some((choice, line))
}

/// The line that says what Enter stands for, if anything.
pub fn next_line(run: &Run, now: Moment, text: Text) -> Option<String> {
    next_step(run, now, text).map(|(_, line)| line)
}
