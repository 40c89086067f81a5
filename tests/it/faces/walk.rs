//! The states of a search in which something stands differently than in those before.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::rc::Rc;

use greenlight::facade::checklist::Step;
use greenlight::facade::run::{Assessment, HandoffStage, Moment, Purpose, Run, Stamped, StepState};

use super::checklists::{self, Walk};
use crate::harness::decided::Outcome;
use crate::run_model::{Node, Onlooker, Search, Written};

/// A run at a moment, with what was written of it.
pub struct State {
    pub run: Run,
    pub now: Moment,
    pub written: Vec<Stamped>,
}

/// What a walk came to.
pub struct Walked {
    pub states: usize,
    /// As many as there are assessments of a step that differ in what can be shown.
    pub assessments: usize,
    /// One for each of these assessments that no other has.
    pub kept: Vec<State>,
}

pub fn walked(Walk { name, checklist, reach, much }: Walk) -> Walked {
    let kept = Rc::default();
    let collector = Collector { much, known: HashSet::new(), kept: Rc::clone(&kept) };
    let search = Search::new(checklist, reach).seen_by(Box::new(collector));
    let states = search.exhaust(name).states;
    let Kept { assessments, states: kept } = kept.take();
    Walked { states, assessments, kept }
}

#[derive(Default)]
struct Kept {
    assessments: usize,
    states: Vec<State>,
}

struct Collector {
    much: &'static str,
    known: HashSet<(bool, String)>,
    kept: Rc<RefCell<Kept>>,
}

impl Onlooker for Collector {
    fn outcomes(&self, step: &Step, purpose: Purpose) -> Vec<Outcome> {
        checklists::outcomes(step, purpose, self.much)
    }

    fn sees(&mut self, node: &Node) -> u64 {
        let mut apart = DefaultHasher::new();
        // A question lies over the screen: the same assessments stand in the state before it.
        let asks = node.run.running().is_some_and(|running| running.asking.is_some());
        let assessments = node.run.assess_all(node.now);
        let mut new = 0;
        let in_handoff = *node.run.handoff() != HandoffStage::Idle;
        for assessment in &assessments {
            if assessment.step.id.as_str() == self.much {
                node.run.state(&assessment.step.id).map(known).hash(&mut apart);
            }
            new += usize::from(!asks && self.known.insert((in_handoff, shown(assessment))));
        }
        if new > 0 {
            let mut kept = self.kept.borrow_mut();
            kept.assessments += new;
            let written = in_order(&node.written);
            kept.states.push(State { run: Run::clone(&node.run), now: node.now, written });
        }
        apart.finish()
    }
}

/// What was found of a step and came of its apply: what the search takes for the same, and faces show.
fn known(state: &StepState) -> String {
    let found = state.found.as_ref();
    let finding = found.map(|found| (&found.finding.reason, &found.finding.facts, &found.finding.failures));
    let applied = state.applied.as_ref();
    let later =
        found.zip(applied).map(|(found, applied)| found.attempt.0.get() > applied.attempt.0.get() + 1);
    let applied = applied.map(|applied| (applied.end, &applied.failures, &applied.remedies));
    format!("{finding:?} {applied:?} {later:?}")
}

/// All of an assessment but its moments and numbers.
fn shown(assessment: &Assessment<'_>) -> String {
    let Assessment { step, status, reason, waits_for, failures, remedies, queued, .. } = assessment;
    let facts = assessment.found.map(|found| &found.finding.facts);
    let statement = assessment.statement.map(|statement| &statement.statement);
    let remedies: Vec<&str> = remedies.iter().map(|remedy| remedy.say.en.as_str()).collect();
    let id = &step.id;
    format!(
        "{id} {status:?} {reason:?} {waits_for:?} {facts:?} {statement:?} {failures:?} {remedies:?} {queued}"
    )
}

fn in_order(written: &Written) -> Vec<Stamped> {
    let mut events = vec![written.0.clone()];
    let mut before = written.1.as_deref();
    while let Some(Written(stamped, earlier)) = before {
        events.push(stamped.clone());
        before = earlier.as_deref();
    }
    events.reverse();
    events
}
