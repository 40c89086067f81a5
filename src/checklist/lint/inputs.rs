//! Inputs that nothing uses, that are pasted into texts, or whose names are misspelt.
//!
//! Each command is read once, and its names are looked up: no input is searched for in it.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::Checklist;
use super::powershell::{Part, parts};
use crate::checklist::concern::Concern;
use crate::checklist::explain::all_commands;
use crate::checklist::read::is_automatic;
use crate::checklist::uses::Script;
use crate::checklist::{
    Arity, Covers, Expectation, Input, InputId, Leaves, Rows, Step, StepKind, Test, When,
};

/// How many letters may be wrong in a name that is meant for another.
const NEAR: usize = 2;

/// The inputs of a checklist, by their names.
pub(super) struct DeclaredInputs<'a> {
    all: &'a [Input],
    places: HashMap<&'a str, usize>,
    letters: Vec<(&'a InputId, Letters)>,
    /// The variables that a command or the script sets, in lower case.
    assigned: HashSet<String>,
    /// The input nearest to a name that was met before.
    nearest: RefCell<HashMap<String, Option<&'a InputId>>>,
}

impl<'a> DeclaredInputs<'a> {
    pub(super) fn new(inputs: &'a [Input], assigned: HashSet<String>) -> Self {
        let places = inputs.iter().enumerate().map(|(place, input)| (input.id.as_str(), place)).collect();
        let letters = inputs.iter().map(|input| (&input.id, Letters::of(input.id.as_str()))).collect();
        Self { all: inputs, places, letters, assigned, nearest: RefCell::default() }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Inputs that become a part of a text, or are written as if something replaced them.
    pub(super) fn pasted(&self, command: &str) -> Vec<Concern> {
        let quoted = parts(command).into_iter().filter_map(|part| match part {
            Part::Quoted(name) => self.places.get(name.to_ascii_lowercase().as_str()).copied(),
            _ => None,
        });
        let quoted: BTreeSet<usize> = quoted.collect();
        let lower = command.to_lowercase();
        let between = |before: &str, after: &str| -> BTreeSet<usize> {
            let opened = lower.char_indices().filter_map(|(at, _)| lower.get(at..)?.strip_prefix(before));
            let named = opened.filter_map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
                let (name, rest) = rest.split_at_checked(end)?;
                rest.starts_with(after).then(|| self.places.get(name).copied()).flatten()
            });
            named.collect()
        };
        let (braces, percents) = (between("{{", "}}"), between("%", "%"));
        let all: BTreeSet<usize> = quoted.iter().chain(&braces).chain(&percents).copied().collect();
        let mut concerns = Vec::new();
        for (place, input) in all.iter().filter_map(|place| Some((place, self.all.get(*place)?))) {
            let id = &input.id;
            if quoted.contains(place) {
                concerns.push(Concern::PastedInput(id.clone()));
            }
            let placeholder = if braces.contains(place) {
                Some(format!("{{{{{id}}}}}"))
            } else {
                percents.contains(place).then(|| format!("%{id}%"))
            };
            concerns.extend(placeholder.map(|written| Concern::Placeholder { written, input: id.clone() }));
        }
        concerns
    }

    /// Variables that are nearly the name of an input, and that nothing sets.
    pub(super) fn misspelt(&self, command: &str) -> Vec<Concern> {
        let mut seen = HashSet::new();
        let names = command.split('$').skip(1).map(|rest| {
            let rest = rest.strip_prefix('{').unwrap_or(rest);
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>().to_lowercase()
        });
        names
            // Short names are near to everything.
            .filter(|name| (4..=64).contains(&name.len()) && seen.insert(name.clone()))
            .filter(|name| !is_automatic(name) && !self.assigned.contains(name) && !self.has(name))
            .filter_map(|name| {
                let near = self.nearest(&name)?.clone();
                Some(Concern::MisspeltInput { name, near })
            })
            .collect()
    }

    fn nearest(&self, name: &str) -> Option<&'a InputId> {
        if let Some(known) = self.nearest.borrow().get(name) {
            return *known;
        }
        let written = Letters::of(name);
        let near = |(_, letters): &(&InputId, Letters)| letters.may_be_near(written);
        let ids = self.letters.iter().copied().filter(near).map(|(id, _)| id);
        let found = ids.into_iter().find(|id| strsim::osa_distance(id.as_str(), name) <= NEAR);
        self.nearest.borrow_mut().insert(name.to_owned(), found);
        found
    }
}

/// How long a name is, and which letters are in it: a look at these settles most comparisons.
#[derive(Clone, Copy)]
struct Letters {
    count: usize,
    /// A bit a letter; letters may share one.
    bits: u64,
}

impl Letters {
    fn of(name: &str) -> Self {
        let bits = name.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % u64::BITS));
        Self { count: name.chars().count(), bits }
    }

    /// Each letter that the other has not takes a change.
    fn may_be_near(self, other: Self) -> bool {
        let wrong = (self.bits & !other.bits).count_ones().max((other.bits & !self.bits).count_ones());
        self.count.abs_diff(other.count) <= NEAR && usize::try_from(wrong).is_ok_and(|wrong| wrong <= NEAR)
    }
}

/// The inputs of many values that a check works on, and of which it would not be seen that one has no row.
pub(super) fn uncovered(checklist: &Checklist, step: &Step) -> Vec<Concern> {
    let StepKind::Measured { check, .. } = &step.kind else { return Vec::new() };
    // There a row is what is wrong.
    if check
        .expect
        .iter()
        .any(|expectation| (&expectation.test, expectation.rows) == (&Test::Present, Rows::None))
    {
        return Vec::new();
    }
    let script = Script::read(&check.command);
    let compared = |id: &InputId| {
        let compares = |test: &Test| matches!(test, Test::SameSetAs(_) | Test::Contains(_));
        check.expect.iter().any(|expectation| compares(&expectation.test) && expectation.uses(id))
    };
    let covered = step.covers().and_then(Covers::input);
    let many =
        checklist.inputs.iter().filter(|input| input.arity == Arity::Many && input.leaves == Leaves::Nothing);
    let ids = many.map(|input| &input.id);
    let missed = ids.filter(|id| script.mentions(id.as_str()) && covered != Some(*id) && !compared(id));
    missed.cloned().map(Concern::Uncovered).collect()
}

/// The inputs that neither a step nor the handoff uses.
pub(super) fn unused(checklist: &Checklist) -> HashSet<&InputId> {
    let commands = all_commands(checklist).into_iter().map(|runnable| runnable.command);
    let scripts = commands.chain(checklist.handoff.iter().map(|handoff| handoff.script.as_str()));
    let mentioned: HashSet<String> = scripts
        .flat_map(|script| Script::read(script).words().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let operands: HashSet<&InputId> =
        checklist.steps.iter().flat_map(Step::expectations).flat_map(Expectation::inputs).collect();
    let conditions: HashSet<&InputId> =
        checklist.steps.iter().filter_map(|step| step.when.as_ref()).flat_map(When::inputs).collect();
    let covers: Vec<&Covers> = checklist.steps.iter().filter_map(Step::covers).collect();
    let covered: HashSet<&InputId> = covers.iter().filter_map(|covers| covers.input()).collect();
    let leaves_out = |input: &Input| input.leaves == Leaves::Out && !covers.is_empty();
    let inputs = checklist.inputs.iter().filter(|input| !leaves_out(input));
    let taken = |id: &InputId| operands.contains(id) || covered.contains(id) || conditions.contains(id);
    let used = |id: &InputId| mentioned.contains(id.as_str()) || taken(id);
    inputs.map(|input| &input.id).filter(|id| !used(id)).collect()
}
