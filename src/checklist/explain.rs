//! A checklist as a listing: what it asks, runs, expects and changes, for whoever is to trust or review it.
//!
//! Owns no words: it gives data in the order of the file, and the screens and the plain text put it into sentences.

use super::{Changes, Checklist, Expectation, Input, Localized, Step, StepKind};

/// A command that a run of the checklist may run.
#[derive(Clone, Copy, Debug)]
pub struct Runnable<'a> {
    /// The step that it belongs to.
    pub step: &'a Step,
    /// Why it is run.
    pub purpose: CommandPurpose,
    /// The command, letter for letter.
    pub command: &'a str,
}

/// Why a command is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandPurpose {
    /// To find out; it should change nothing.
    Check,
    /// To make the state hold; it changes this.
    Apply(Changes),
}

/// One step of the listing.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// Its place, from 1.
    pub number: usize,
    pub step: &'a Step,
    /// The inputs that it uses.
    pub inputs: Vec<&'a Input>,
    /// How it is found out.
    pub means: Means<'a>,
}

/// How a listed step is found out.
#[derive(Clone, Debug)]
pub enum Means<'a> {
    /// By commands: the check, then the apply if there is one.
    Commands {
        commands: Vec<Runnable<'a>>,
        /// What the check's objects must say.
        expect: &'a [Expectation],
    },
    /// By this statement of a named person.
    Statement(&'a Localized),
}

/// Every command that a run may run, in the order of the file. The handoff's script is written, not run.
pub fn all_commands(checklist: &Checklist) -> Vec<Runnable<'_>> {
    checklist.steps.iter().flat_map(commands_of).collect()
}

/// The commands of one step: the check, then the apply.
pub(crate) fn commands_of(step: &Step) -> Vec<Runnable<'_>> {
    match &step.kind {
        StepKind::Attested { .. } => Vec::new(),
        StepKind::Measured { check, apply } => {
            let check = Runnable { step, purpose: CommandPurpose::Check, command: &check.command };
            let apply = apply.as_ref().map(|apply| Runnable {
                step,
                purpose: CommandPurpose::Apply(apply.changes),
                command: &apply.command,
            });
            std::iter::once(check).chain(apply).collect()
        }
    }
}

/// The steps of a checklist with all that is known of them before anything runs.
pub fn explain(checklist: &Checklist) -> Vec<Listed<'_>> {
    checklist
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| Listed {
            number: place + 1,
            step,
            inputs: checklist.inputs_of(step).collect(),
            means: match &step.kind {
                StepKind::Attested { statement } => Means::Statement(statement),
                StepKind::Measured { check, .. } => {
                    Means::Commands { commands: commands_of(step), expect: &check.expect }
                }
            },
        })
        .collect()
}

/// The farthest that a run of the checklist can reach, if it can change anything.
pub fn farthest_change(checklist: &Checklist) -> Option<Changes> {
    all_commands(checklist)
        .into_iter()
        .filter_map(|runnable| match runnable.purpose {
            CommandPurpose::Check => None,
            CommandPurpose::Apply(changes) => Some(changes),
        })
        .max()
}
