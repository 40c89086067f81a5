//! One step as lines: what it is, what runs, what is asked before.

use super::super::bar::{BAR, led};
use super::super::keys::{self, ApplyKey, LeadKey};
use super::super::out::exact;
use super::Menu;
use crate::checklist::explain::CommandPurpose;
use crate::checklist::{Apply, Changes, Check, InputId, InputValue, Step, StepId, StepKind};
use crate::run::{Applicability, Command, Confirmed, FoundSubject, KnownSubject, NextAction, Refusal};
use crate::sanitize::escape_controls;
use crate::wizard::Trouble;

impl Menu<'_> {
    pub(super) async fn step(&mut self, id: &StepId) -> Result<(), Trouble> {
        let Some(step) = self.wizard.run().checklist().step(id).cloned() else { return Ok(()) };
        let lang = self.text.lang();
        self.out.row("");
        self.out.barred(step.title.get(lang));
        self.out.barred(step.why.get(lang));
        if !self.inputs(&step).await? {
            return Ok(());
        }
        let next = self.wizard.run().assess(id, self.wizard.now()).map(|step| step.next);
        if let Some(NextAction::Other { step: other, does }) = next {
            let title = escape_controls(&self.wizard.run().name_of(other.as_str(), lang)).into_owned();
            self.out.row(&self.text.lead(&title, does));
            let typed = self.question(&keys::question(keys::LEAD, self.text)).await?.unwrap_or_default();
            match keys::meant(keys::LEAD, &typed) {
                Some(LeadKey::There) => return self.lead(&other, does).await,
                Some(LeadKey::Here) => {}
                Some(LeadKey::Leave) | None => return Ok(()),
            }
        }
        match &step.kind {
            StepKind::Attested { statement } => self.attest(&step, statement.get(lang)).await,
            StepKind::Measured { check, apply } => {
                let (run, now) = (self.wizard.run(), self.wizard.now());
                let may_apply = run.assess(id, now).is_some_and(|step| step.may_apply());
                match apply {
                    Some(apply) if may_apply => Box::pin(self.offer_apply(&step, check, apply)).await,
                    Some(_) | None => self.runs(Command::Check(id.clone()), &check.command).await,
                }
            }
        }
    }

    /// What comes first, in another step.
    pub(super) async fn lead(&mut self, id: &StepId, does: CommandPurpose) -> Result<(), Trouble> {
        let Some(step) = self.wizard.run().checklist().step(id).cloned() else { return Ok(()) };
        let StepKind::Measured { check, apply } = &step.kind else { return Ok(()) };
        self.out.row("");
        self.out.barred(step.title.get(self.text.lang()));
        if !self.inputs(&step).await? {
            return Ok(());
        }
        match (does, apply) {
            (CommandPurpose::Apply(_), Some(apply)) => self.offer_apply(&step, check, apply).await,
            (CommandPurpose::Check, _) | (CommandPurpose::Apply(_), None) => {
                self.runs(Command::Check(id.clone()), &check.command).await
            }
        }
    }

    /// Runs a step's command to its end; where it is refused, nothing ran, and nothing else is said.
    async fn runs(&mut self, command: Command, text: &str) -> Result<(), Trouble> {
        if !self.try_command(command)? {
            return Ok(());
        }
        let waits = !self.wizard.run().held().is_empty();
        let words = if waits { self.text.plain_runs_later("") } else { self.text.plain_runs("") };
        self.led(&words, &exact(text));
        self.until_idle().await?;
        // Confirmed, and not run: what it would have changed is another by now, or holds.
        if let Some((step, why)) = self.wizard.run().apply_given_up() {
            let title = self.wizard.run().name_of(step.as_str(), self.text.lang());
            let line = format!("! {title}: {}", self.text.apply_given_up(why));
            self.out.row(&escape_controls(&line));
        }
        Ok(())
    }

    fn led(&mut self, words: &str, text: &str) {
        for line in led(words, text) {
            self.out.row(&line);
        }
    }

    async fn offer_apply(&mut self, step: &Step, check: &Check, apply: &Apply) -> Result<(), Trouble> {
        self.led(&self.text.plain_would_run(""), &exact(&apply.command));
        self.out.row(&self.text.plain_changes(self.text.changes(apply.changes)));
        if let Some(note) = &apply.note {
            self.out.barred(note.get(self.text.lang()));
        }
        if let Some(until) = check.until.as_deref() {
            self.out.row(&self.text.until_of(*until, self.wizard.run().pace()));
        }
        let typed = self.question(&keys::question(keys::APPLY, self.text)).await?.unwrap_or_default();
        match keys::meant(keys::APPLY, &typed) {
            Some(ApplyKey::Apply) => {
                let Some(confirmed) = self.confirmed(apply.changes).await? else { return Ok(()) };
                self.runs(Command::Apply { step: step.id.clone(), confirmed }, &apply.command).await
            }
            Some(ApplyKey::Check) => self.runs(Command::Check(step.id.clone()), &check.command).await,
            Some(ApplyKey::Leave) | None => Ok(()),
        }
    }

    /// Has a change beyond the session confirmed by the name of what it changes, or by the word for it.
    async fn confirmed(&mut self, changes: Changes) -> Result<Option<Confirmed>, Trouble> {
        if changes == Changes::Session {
            return Ok(Some(Confirmed::NotAsked));
        }
        let known = self.wizard.run().subject_of(changes, self.wizard.now());
        let subject = match known.map(KnownSubject::sure).transpose() {
            Ok(subject) => subject.cloned(),
            Err(refusal) => {
                self.refused(&refusal);
                return Ok(None);
            }
        };
        if let Some(subject) = &subject {
            let named = self.text.subject_named(self.text.scope(changes), self.text.subject(subject));
            self.out.barred(&named);
        }
        let word = self.text.word_to_type(subject.as_ref(), self.text.confirm_word());
        self.asker.forget();
        let typed = self.question(&self.text.plain_type_to_apply(&word)).await?.unwrap_or_default();
        let confirmed = Confirmed::by(subject.as_ref(), &typed, &word);
        if confirmed.is_none() {
            self.refused(&Refusal::Confirmation { expected: word });
        }
        Ok(confirmed)
    }

    pub(super) async fn attest(&mut self, step: &Step, statement: &str) -> Result<(), Trouble> {
        let seen = self.wizard.run().found_subjects();
        self.out.barred(statement);
        // Nobody is asked to sign what is not asked for.
        let (run, now) = (self.wizard.run(), self.wizard.now());
        if run.assess(&step.id, now).is_some_and(|step| step.applies != Applicability::Applies) {
            return self.state(step, statement, [String::new(), String::new()], seen).await;
        }
        self.asker.forget();
        let Some(name) = self.question(&self.text.plain_attest_name()).await? else { return Ok(()) };
        if name.trim().is_empty() {
            self.out.row(&format!("! {}", self.text.attest_name_missing()));
            return Ok(());
        }
        let note = self.question(&self.text.plain_attest_note()).await?.unwrap_or_default();
        self.state(step, statement, [name, note], seen).await
    }

    async fn state(
        &mut self,
        step: &Step,
        statement: &str,
        [name, note]: [String; 2],
        seen: Vec<FoundSubject>,
    ) -> Result<(), Trouble> {
        let by = self.wizard.who().clone();
        let statement = statement.to_owned();
        self.try_command(Command::Attest { step: step.id.clone(), statement, name, note, by, seen })?;
        // It may have to wait for what looks after a session.
        self.until_idle().await
    }

    /// Lists the inputs and asks for another value of one.
    pub(super) async fn change_input(&mut self) -> Result<(), Trouble> {
        let run = self.wizard.run();
        let inputs = run.checklist().inputs.clone();
        for (number, input) in (1..).zip(&inputs) {
            let value = run.inputs().get(&input.id).map(InputValue::joined).unwrap_or_default();
            let ask = escape_controls(input.ask.get(self.text.lang()));
            self.out.row(&format!("{number:>3}. {ask}: {}", escape_controls(&value)));
        }
        if inputs.is_empty() {
            self.out.row(&self.text.plain_no_inputs());
            return Ok(());
        }
        let typed = self.question(&self.text.plain_input_question()).await?.unwrap_or_default();
        let chosen = typed.trim().parse().ok().and_then(|number: usize| inputs.get(number.checked_sub(1)?));
        match chosen {
            Some(input) => self.ask_inputs(vec![input.id.clone()]).await.map(|_| ()),
            None => Ok(()),
        }
    }

    pub(super) async fn inputs_for_all(&mut self) -> Result<(), Trouble> {
        let steps = self.wizard.run().checklist().steps.clone();
        for step in &steps {
            if !self.inputs(step).await? {
                break;
            }
        }
        Ok(())
    }

    /// Asks for what a step needs; false where the operator gave up.
    pub(super) async fn inputs(&mut self, step: &Step) -> Result<bool, Trouble> {
        let missing = self.wizard.run().missing_inputs(step);
        self.ask_inputs(missing).await
    }

    pub(super) async fn ask_inputs(&mut self, missing: Vec<InputId>) -> Result<bool, Trouble> {
        for id in missing {
            while let Some(input) = self.wizard.run().checklist().input(&id) {
                let label = format!("{BAR}{}: ", escape_controls(input.ask.get(self.text.lang())));
                let Some(typed) = self.question(&label).await? else { return Ok(false) };
                match self.wizard.command(Command::Give { input: id.clone(), typed: vec![typed] }) {
                    Ok(()) => break,
                    Err(Trouble::Refused(refusal)) => self.refused(&refusal),
                    Err(fatal) => return Err(fatal),
                }
            }
        }
        Ok(true)
    }
}
