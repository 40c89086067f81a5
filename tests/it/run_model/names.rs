//! Names that a step gives and another covers: which the one gave last, and of which the other's rows spoke.

use std::cell::Cell;

use greenlight::facade::checklist::{Covers, Expectation, Operand, Rows, Test};
use greenlight::facade::run::value::Object;

use super::*;

/// Some of the names that there are, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NameSet(u8);

const NONE: NameSet = NameSet(0);
const X: NameSet = NameSet(1);
const X_AND_Y: NameSet = NameSet(3);
/// A row has no text for the property, so nobody knows which names there are.
const UNREAD: NameSet = NameSet(4);

impl NameSet {
    const fn has_all_of(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

/// The step whose names a step covers.
pub(super) fn source(step: &Step) -> Option<&StepId> {
    match &step.kind {
        StepKind::Measured { check, .. } => match check.covers.as_deref()? {
            Covers::Step { step, .. } => Some(step),
            Covers::Input(_) | Covers::List(_) => None,
        },
        StepKind::Attested { .. } => None,
    }
}

impl Search {
    /// The names that a step must speak of, as they were given last.
    pub(super) fn gave(&self, witness: &Witness, position: usize) -> NameSet {
        self.sources[position].map_or(NONE, |source| witness.pasts[source].gave)
    }

    /// What a check that ended so has come to, where a witness of names knows.
    pub(super) fn names_told(&self, task: &Task, outcome: usize) -> Option<(Verdict, NameSet)> {
        self.onlooker.as_ref()?.check(&self.checklist.steps[task.step], outcome, task.covers)
    }

    /// Remembers what a check spoke of; who covered other names than it gives now has to speak again.
    pub(super) fn speaks(&self, witness: &mut Witness, task: &Task, names: NameSet, well: bool) {
        let past = &mut witness.pasts[task.step];
        (past.covers, past.spoke) = (task.covers, names);
        if well {
            past.gave = names;
            for (position, source) in self.sources.iter().enumerate() {
                if *source == Some(task.step) && witness.pasts[position].covers != names {
                    self.shake(witness, position);
                }
            }
        }
    }

    /// No green with a name that was given last and not spoken of.
    pub(super) fn every_name_is_spoken_of(&self, node: &Node, position: usize, status: &StepStatus) {
        if *status == StepStatus::Green && self.sources[position].is_some() {
            let (gave, spoke) = (self.gave(&node.witness, position), node.witness.pasts[position].spoke);
            assert!(gave != NONE && spoke.has_all_of(gave), "green of {spoke:?}, and there is {gave:?}");
        }
    }

    /// The judge that the machine made for what it starts.
    pub(super) fn judge_of(&self, effects: &[Effect]) -> Option<Rc<Judge>> {
        effects.iter().find_map(|effect| match effect {
            Effect::Run { step, judge, .. } => {
                let covers = self.sources[self.position(step)].is_some();
                covers.then(|| Rc::new(Judge::clone(judge)))
            }
            _ => None,
        })
    }

    /// What the judge makes of what runs and ends so.
    pub(super) fn judged_by(&self, node: &Node, task: &Task, outcome: usize) -> Judged {
        match (self.sources[task.step], &self.onlooker, &node.judge) {
            (Some(_), Some(onlooker), Some(judge)) => {
                let outcomes = onlooker.outcomes(&self.checklist.steps[task.step], task.purpose);
                let Outcome { end, rows, failures, .. } = outcomes[outcome].clone();
                let mut judge = Judge::clone(judge);
                for row in &rows {
                    judge.row(row);
                }
                for failure in failures {
                    judge.failure(failure);
                }
                judge.finish(end, node.now)
            }
            _ => self.ends(task)[outcome].clone(),
        }
    }

    pub(super) fn names_key(&self, witness: &Witness) -> Vec<u8> {
        if self.sources.iter().all(Option::is_none) {
            return Vec::new();
        }
        let pasts = witness.pasts.iter();
        let known = pasts.flat_map(|past| [past.earned.map_or(NONE, |_| past.gave), past.covers]);
        known.chain(witness.task.iter().map(|task| task.covers)).map(|names| names.0).collect()
    }
}

/// How a check can end: the names of its rows, whether they are good, how many errors there are.
type End = (&'static [Option<&'static str>], bool, usize, OutcomeEnd);

/// Of the step that gives names: in other letters, in another order and twice they are the same; a row may have none.
const GIVES: [(End, NameSet); 10] = [
    ((&[Some("x")], true, 0, OutcomeEnd::Completed), X),
    ((&[Some(" X"), Some("x")], true, 0, OutcomeEnd::Completed), X),
    ((&[Some("x"), Some("y")], true, 0, OutcomeEnd::Completed), X_AND_Y),
    ((&[Some("y"), Some("x")], true, 0, OutcomeEnd::Completed), X_AND_Y),
    ((&[Some("x"), None], true, 0, OutcomeEnd::Completed), UNREAD),
    ((&[Some("x")], false, 0, OutcomeEnd::Completed), X),
    ((&[Some("x")], true, 1, OutcomeEnd::Completed), X),
    ((&[Some("x")], true, 1, OutcomeEnd::Threw), X),
    ((&[Some("x")], true, 0, OutcomeEnd::Stopped), X),
    ((&[Some("x")], true, 0, OutcomeEnd::Lost), X),
];

/// Of the step that covers them.
const SPEAKS: [(End, NameSet); 9] = [
    ((&[Some("X ")], true, 0, OutcomeEnd::Completed), X),
    ((&[Some("y"), Some("x")], true, 0, OutcomeEnd::Completed), X_AND_Y),
    ((&[None], true, 0, OutcomeEnd::Completed), NONE),
    ((&[Some("x")], true, 1, OutcomeEnd::Completed), X),
    ((&[Some("x"), Some("y")], true, 1, OutcomeEnd::Completed), X_AND_Y),
    ((&[Some("x"), Some("y")], false, 0, OutcomeEnd::Completed), X_AND_Y),
    ((&[Some("x"), Some("y")], true, 1, OutcomeEnd::Threw), X_AND_Y),
    ((&[Some("x"), Some("y")], true, 0, OutcomeEnd::Stopped), X_AND_Y),
    ((&[Some("x"), Some("y")], true, 0, OutcomeEnd::Lost), X_AND_Y),
];

/// The ends of a step's check, where it gives names or covers them.
fn ends(step: &Step) -> Option<&'static [(End, NameSet)]> {
    match &step.kind {
        StepKind::Measured { check, .. } if !check.keeps.is_empty() => Some(&GIVES),
        StepKind::Measured { check, .. } => check.covers.as_ref().map(|_| SPEAKS.as_slice()),
        StepKind::Attested { .. } => None,
    }
}

/// Knows what each end means, and counts the states in which other names ended a green.
struct NamesWitness {
    ended: Rc<Cell<usize>>,
}

impl Onlooker for NamesWitness {
    fn outcomes(&self, step: &Step, purpose: Purpose) -> Vec<Outcome> {
        let Some(ends) = ends(step).filter(|_| purpose == Purpose::Check) else {
            return outcomes::outcomes().to_vec();
        };
        let row = |name: Option<&str>, ok| {
            let name = name.map_or(Value::Null, Value::text);
            let properties = vec![("Name".to_owned(), name), ("Ok".to_owned(), Value::Bool(ok))];
            Value::Object(Object { properties, ..Object::default() })
        };
        let outcome = |((names, ok, failures, end), _): &(End, NameSet)| Outcome {
            rows: names.iter().map(|name| row(*name, *ok)).collect(),
            ..outcomes::outcome(*end, *ok, *failures)
        };
        ends.iter().map(outcome).collect()
    }

    fn check(&self, step: &Step, outcome: usize, covers: NameSet) -> Option<(Verdict, NameSet)> {
        let ((_, ok, failures, end), names) = ends(step)?[outcome];
        let is_missing = source(step).is_some() && covers != UNREAD && !names.has_all_of(covers);
        let verdict = match end {
            OutcomeEnd::Stopped | OutcomeEnd::Lost => Verdict::Interrupted,
            OutcomeEnd::Threw | OutcomeEnd::Unbound => Verdict::Undetermined,
            OutcomeEnd::Completed if is_missing => Verdict::Red,
            OutcomeEnd::Completed if failures > 0 => Verdict::Undetermined,
            OutcomeEnd::Completed if !ok => Verdict::Red,
            OutcomeEnd::Completed if covers == UNREAD => Verdict::Undetermined,
            OutcomeEnd::Completed => Verdict::Green,
        };
        Some((verdict, names))
    }

    fn sees(&mut self, node: &Node) -> u64 {
        let by_names =
            |status: &StepStatus| matches!(status, StepStatus::Stale(StaleCause::NamesChanged { .. }));
        let ended = node.run.statuses(node.now).iter().any(by_names);
        self.ended.set(self.ended.get() + usize::from(ended));
        0
    }
}

/// The same step, of whose rows each is good that is `Ok`.
fn of_rows(mut step: Step, change: impl FnOnce(&mut greenlight::facade::checklist::Check)) -> Step {
    if let StepKind::Measured { check, .. } = &mut step.kind {
        let test = Test::Is(Operand::Bool(true));
        check.expect = vec![Expectation { property: Some("Ok".to_owned()), test, rows: Rows::All }];
        change(check);
    }
    step
}

#[test]
fn names_that_one_step_gives_and_another_covers() {
    let gives = of_rows(check_only(measured("a", &[], LONG)), |check| check.keeps = vec!["Name".to_owned()]);
    let covers = of_rows(check_only(measured("b", &["a"], LONG)), |check| {
        check.key = Some("Name".to_owned());
        check.covers = Some(Covers::Step { step: "a".into(), property: "Name".to_owned() }.into());
    });
    let steps = vec![gives, covers, check_only(measured("c", &["b"], LONG))];
    let ended = Rc::new(Cell::new(0));
    let witness = NamesWitness { ended: Rc::clone(&ended) };
    let reach = Reach { detail: Detail::Coarse, ..Reach::default() };
    proven_by("names", Search::new(checklist(steps), reach).seen_by(Box::new(witness)));
    assert!(ended.get() > 0, "other names never ended a green");
}
