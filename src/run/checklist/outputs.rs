//! Where what each command printed is, beside what it came to: a fold of the same events as [`Run`](super::Run), on which nothing
//! that is decided rests.

use std::collections::BTreeMap;

use super::event::Event;
use crate::checklist::StepId;
use crate::run::{Attempt, FileDigest, Moment, Purpose, Trigger};

/// The output of one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOutput {
    pub attempt: Attempt,
    /// A check or an apply.
    pub purpose: Purpose,
    pub trigger: Trigger,
    pub at: Moment,
    /// Where it is; of what was cut off with its process, no record says.
    pub file: Option<FileDigest>,
}

/// The outputs of a run's commands.
#[derive(Clone, Debug, Default)]
pub struct Outputs {
    steps: BTreeMap<StepId, Vec<CommandOutput>>,
    /// The step whose command began last.
    last: Option<StepId>,
    orphans: Vec<FileDigest>,
}

impl Outputs {
    /// Takes in what happened.
    pub fn hear(&mut self, at: Moment, event: &Event) {
        match event {
            Event::Started { attempt, step, purpose, trigger, .. } => {
                let output =
                    CommandOutput { attempt: *attempt, purpose: *purpose, trigger: *trigger, at, file: None };
                self.steps.entry(step.clone()).or_default().push(output);
                self.last = Some(step.clone());
            }
            Event::Checked { attempt, transcript, .. } | Event::Applied { attempt, transcript, .. } => {
                let outputs = self.last.as_ref().and_then(|step| self.steps.get_mut(step));
                let ended =
                    outputs.and_then(|outputs| outputs.last_mut()).filter(|own| own.attempt == *attempt);
                if let Some(ended) = ended {
                    ended.file.clone_from(transcript);
                }
            }
            Event::OrphanFile { file } => self.orphans.push(file.clone()),
            _ => {}
        }
    }

    /// Those of a step, in the order in which its commands began.
    pub fn of(&self, step: &StepId) -> &[CommandOutput] {
        self.steps.get(step).map_or(&[], Vec::as_slice)
    }

    /// What was left behind in a file whose name begins so.
    pub(crate) fn left_behind(&self, begins: &str) -> Option<&FileDigest> {
        self.orphans.iter().find(|file| file.file.starts_with(begins))
    }
}
