//! The handoff: what would be handed off, the word for it, the seal, and what can be looked at then.

use super::super::keys::{self, MenuKey};
use super::super::lines::{advisory_lines, left_out_line};
use super::Menu;
use crate::checklist::InputId;
use crate::run::{Assessment, Command, HandoffStage, Run, StepStatus};
use crate::sanitize::escape_controls;
use crate::wizard::Trouble;

impl Menu<'_> {
    /// The handoff; true when the run is sealed.
    pub(super) async fn start(&mut self) -> Result<bool, Trouble> {
        let missing: Vec<InputId> = {
            let run = self.wizard.run();
            let handoff = run.checklist().handoff.as_ref();
            handoff
                .into_iter()
                .flat_map(|handoff| run.checklist().inputs_of_handoff(handoff))
                .filter(|input| !run.inputs().contains_key(&input.id))
                .map(|input| input.id.clone())
                .collect()
        };
        if !self.ask_inputs(missing).await? {
            return Ok(false);
        }
        if self.try_command(Command::BeginHandoff)? {
            self.out.row(&self.text.handoff_rechecking());
            self.until_idle().await?;
            self.print_abandoned();
        }
        let confirm = if let (HandoffStage::Confirming, Some(handoff)) =
            (self.wizard.run().handoff(), &self.wizard.run().checklist().handoff)
        {
            let subject = self.wizard.run().handoff_subject(self.wizard.now());
            self.text.word_to_type(subject.and_then(|known| known.found), handoff.confirm.clone())
        } else {
            self.gate();
            return Ok(false);
        };
        self.asker.forget();
        self.print_handoff();
        let (run, now, text) = (self.wizard.run(), self.wizard.now(), self.text);
        for line in left_out_line(run, text).iter().chain(&advisory_lines(run, now, text)) {
            self.out.row(line);
        }
        let typed = self.question(&self.text.plain_confirm(&confirm)).await?.unwrap_or_default();
        let by = self.wizard.who().clone();
        self.try_command(Command::ConfirmHandoff { typed, by })?;
        if self.wizard.run().is_sealed() {
            self.sealed();
            return Ok(true);
        }
        if *self.wizard.run().handoff() == HandoffStage::Confirming {
            self.try_command(Command::AbandonHandoff)?;
        }
        self.print_abandoned();
        Ok(false)
    }

    /// What would be handed off: what it is done to, what was only stated, and what will be written.
    fn print_handoff(&mut self) {
        let (text, run, now) = (self.text, self.wizard.run(), self.wizard.now());
        let Some(handoff) = &run.checklist().handoff else { return };
        let mut lines = vec![handoff.title.get(text.lang()).to_owned(), text.handoff_all_green()];
        lines.extend(run.subjects(now).iter().map(|known| text.known_subject(known)));
        let mut heading = Some(text.handoff_stated());
        for Assessment { step, status, statement, .. } in run.assess_all(now) {
            let Some(stated) = statement.filter(|_| status == StepStatus::Green) else { continue };
            lines.extend(heading.take());
            lines.push(text.plain_stated(&stated.name, step.title.get(text.lang())));
        }
        lines.push(text.handoff_will_write(&handoff.file));
        for line in lines {
            self.out.barred(&line);
        }
    }

    /// What was sealed, and what is to be done with it.
    pub(super) fn sealed(&mut self) {
        let run: &Run = self.wizard.run();
        self.out.row(&self.text.plain_sealed(self.wizard.head()));
        if let HandoffStage::Sealed { files, .. } = run.handoff() {
            for file in files {
                self.out.row(&format!("  {}", self.wizard.path().join(&file.file).display()));
            }
        }
        if let Some(handoff) = &run.checklist().handoff {
            self.out.barred(handoff.say.get(self.text.lang()));
        }
        let name = self.wizard.path().file_name().unwrap_or_default().display().to_string();
        self.out.row(&self.text.plain_export(escape_controls(&name)));
    }

    /// A run that is sealed is looked at until the operator leaves.
    pub(super) async fn look(&mut self) -> Result<(), Trouble> {
        self.asker.forget();
        self.out.line(&keys::menu_of_sealed(self.text));
        loop {
            let Some(typed) = self.question("> ").await? else { return Ok(()) };
            match keys::at_menu(&typed).filter(|key| key.only_looks()) {
                Some(MenuKey::Quit) => return Ok(()),
                Some(key) => self.look_at(key).await?,
                None if typed.trim().is_empty() => return Ok(()),
                None => {
                    self.out.row(&self.text.plain_unknown(escape_controls(typed.trim())));
                    self.out.line(&keys::menu_of_sealed(self.text));
                }
            }
        }
    }
}
