//! The inputs: listed, changed, asked for.

use super::super::input_question::InputQuestion;
use super::super::keys;
use super::Menu;
use crate::checklist::{InputId, InputValue, Step};
use crate::run::Command;
use crate::sanitize::escape_controls;
use crate::wizard::Trouble;

impl Menu<'_> {
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
        match keys::by_number(&typed, &inputs) {
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

    /// Asks for each until what is typed fits; false where the operator gave up.
    pub(super) async fn ask_inputs(&mut self, asked: Vec<InputId>) -> Result<bool, Trouble> {
        for id in asked {
            loop {
                let run = self.wizard.run();
                let Some(input) = run.checklist().input(&id).cloned() else { break };
                let question = InputQuestion::new(&input, run.inputs().get(&id), self.text);
                question.put(&mut self.out);
                let Some(typed) = self.line().await? else { return Ok(false) };
                let typed = vec![question.meant(&typed)];
                match self.wizard.command(Command::Give { input: id.clone(), typed }) {
                    Ok(()) => break,
                    Err(Trouble::Refused(refusal)) => self.refused(&refusal),
                    Err(fatal) => return Err(fatal),
                }
            }
        }
        Ok(true)
    }
}
