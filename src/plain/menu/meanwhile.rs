//! While a command runs: what is told of it, what it asks, and what the operator may do about it.

use super::super::ask::{AskOutcome, Asker};
use super::super::keys::{self, BusyKey};
use super::super::lines::numbered;
use super::super::out::exact;
use super::Menu;
use crate::checklist::StepId;
use crate::run::{Attempt, Command, Prompt, PromptReply, ShellState};
use crate::sanitize::escape_controls;
use crate::wizard::Trouble;

/// What came while a command ran.
enum Came {
    Report(Result<(), Trouble>),
    /// Nothing, for as long as that may be.
    Silence,
    Interrupt,
    Typed(Option<String>),
}

impl Menu<'_> {
    /// Shows what comes and answers what is asked until nothing runs. What is typed meanwhile is no answer to what comes then.
    pub(super) async fn until_idle(&mut self) -> Result<(), Trouble> {
        let mut waited = false;
        loop {
            self.announce();
            self.tell();
            let running = self.wizard.run().running();
            let asking = running.and_then(|running| Some((running.asking.as_ref()?, &running.step)));
            if let Some((prompt, step)) = asking.map(|(asking, step)| (asking.prompt.clone(), step.clone())) {
                let prompt = prompt.with_user(self.wizard.last_user());
                self.ask(&prompt, &step).await?;
                continue;
            }
            let opening = matches!(self.wizard.run().shell(), ShellState::Opening(_));
            if running.is_none() && !opening {
                if waited {
                    self.asker.forget();
                }
                self.print_end();
                return Ok(());
            }
            waited = true;
            self.meanwhile().await?;
        }
    }

    /// Waits for what comes next, and takes it in.
    async fn meanwhile(&mut self) -> Result<(), Trouble> {
        let stoppable = self.running().filter(|running| self.stopped != Some(*running));
        self.interrupts.are_taken(stoppable.is_some());
        let due = self.pulse.due(self.wizard.now());
        let typed = async {
            match &mut self.asker {
                // Lines of a pipe were written ahead: they answer what is asked later.
                Asker::Person(input, _) if input.is_terminal() && !self.is_over => input.line().await,
                Asker::Person(..) | Asker::Json(..) | Asker::Nobody => std::future::pending().await,
            }
        };
        let came = tokio::select! {
            came = self.wizard.next() => Came::Report(came),
            () = self.interrupts.pressed() => Came::Interrupt,
            typed = typed => Came::Typed(typed),
            () = tokio::time::sleep(due) => Came::Silence,
        };
        self.interrupts.are_taken(false);
        match came {
            Came::Report(came) => self.handle_result(came),
            Came::Silence => self.wizard.tick(),
            Came::Interrupt => self.stop_command(),
            Came::Typed(Some(typed)) => self.typed_meanwhile(typed.trim()),
            Came::Typed(None) => {
                self.is_over = true;
                Ok(())
            }
        }
    }

    fn running(&self) -> Option<Attempt> {
        self.wizard.run().running().map(|running| running.attempt)
    }

    fn stop_command(&mut self) -> Result<(), Trouble> {
        self.stopped = self.running();
        if self.stopped.is_some() && self.try_command(Command::Stop)? {
            self.out.row(&format!("! {}", self.text.plain_stopping(keys::INTERRUPT)));
        }
        Ok(())
    }

    fn typed_meanwhile(&mut self, typed: &str) -> Result<(), Trouble> {
        match keys::meant(keys::BUSY, typed) {
            Some(BusyKey::Stop) => self.stop_command(),
            Some(BusyKey::MoreTime) => {
                if self.try_command(Command::ExtendTimeout)?
                    && let Some(running) = self.wizard.run().running()
                {
                    let limit = crate::text::clock(running.limit_ms / 1000);
                    self.out.row(&self.text.plain_more_time(limit));
                }
                Ok(())
            }
            None if typed.is_empty() => Ok(()),
            None => {
                self.out.row(&self.text.plain_unknown(escape_controls(typed)));
                self.out.row(&self.busy_keys());
                Ok(())
            }
        }
    }

    /// What may be done while a command runs.
    fn busy_keys(&self) -> String {
        let stops = self.text.key_does(keys::INTERRUPT, self.text.plain_key_stop());
        match &self.asker {
            Asker::Person(input, _) if input.is_terminal() => {
                format!("{stops} · {}", keys::offered_meanwhile(self.text))
            }
            Asker::Person(..) | Asker::Json(..) | Asker::Nobody => stops,
        }
    }

    /// What the command printed, how far it is, and that it still runs.
    fn tell(&mut self) {
        if self.show_new_lines() {
            self.pulse.heard(self.wizard.now());
        }
        let keys = self.busy_keys();
        let Self { wizard, pulse, text, .. } = self;
        for line in pulse.lines(wizard.run(), wizard.live(), wizard.now(), *text, &keys) {
            self.out.row(&line);
        }
    }

    /// Tells which command begins: the one that was asked for as it is, and of one that begins by itself the step.
    fn announce(&mut self) {
        let (run, text) = (self.wizard.run(), self.text);
        let Some(running) = run.foreground_command() else { return };
        if self.announced == Some(running.attempt) {
            return;
        }
        let what = text.what_runs(running.purpose, running.trigger);
        let step = numbered(run, &running.step, text);
        let line = match run.batch(self.wizard.now()) {
            Some(batch) => text.plain_begins_of(text.batch(&batch), what, step),
            None => text.plain_begins(what, step),
        };
        let (attempt, command) = (running.attempt, running.command.clone());
        self.announced = Some(attempt);
        match self.wanted.take_if(|wanted| *wanted == command) {
            Some(wanted) => self.led(&text.plain_runs(""), &exact(&wanted)),
            None => self.out.row(&line),
        }
    }

    async fn ask(&mut self, prompt: &Prompt, step: &StepId) -> Result<(), Trouble> {
        self.out.row(&self.text.step_asks(numbered(self.wizard.run(), step, self.text)));
        self.print_expired();
        let failed = self.wizard.run().assess(step, self.wizard.now());
        if let (Prompt::Credential { .. }, Some(failed)) = (prompt, failed)
            && let Some(line) = self.text.sign_ins_failed(failed.failed_sign_ins)
        {
            self.out.row(&line);
        }
        match self.asker.ask(prompt, self.text).await {
            AskOutcome::Answer(answer) => self.wizard.answer(answer),
            AskOutcome::Unattended | AskOutcome::Bad(_) => {
                self.wizard.command(Command::Answer(PromptReply::Unattended))
            }
        }
    }
}
