//! Whether steps apply, as the witness has it: by what was given and found last, and by what still counts.

use super::*;

impl Search {
    /// Whether an end of a check is a good one.
    pub(super) const fn is_good(&self, outcome: usize) -> bool {
        outcome == 0 || self.onlooker.is_none() && matches!(outcome, outcomes::OTHER | outcomes::UNREAD)
    }

    /// Whether a step applies now; unknown, too, where nothing says so.
    pub(super) fn applies(&self, node: &Node, position: usize) -> Applies {
        self.told(node, position).unwrap_or(Applies::Unknown)
    }

    /// The same; nothing where no value counts.
    fn told(&self, node: &Node, position: usize) -> Option<Applies> {
        let Some(When { source, .. }) = &self.checklist.steps[position].when else {
            return Some(Applies::Yes);
        };
        match source {
            ValueSource::Input(_) => match node.witness.domain {
                Some(0) => Some(Applies::Yes),
                Some(_) => Some(Applies::No),
                None => None,
            },
            ValueSource::Step { step, .. } => {
                let source = self.position(step);
                if self.applies(node, source) == Applies::No {
                    return Some(Applies::No);
                }
                self.earned(node, source).then(|| match node.witness.names[source] {
                    outcomes::OTHER => Applies::No,
                    outcomes::UNREAD => Applies::Unknown,
                    _ => Applies::Yes,
                })
            }
        }
    }

    /// Whether what a step needs is green, or does not apply.
    pub(super) fn needs_hold(&self, node: &Node, position: usize) -> bool {
        let holds = |need: &usize| self.earned(node, *need) || self.applies(node, *need) == Applies::No;
        self.needs[position].iter().all(holds)
    }

    /// Whether the value that a step uses was given, or is not asked for.
    pub(super) fn has_its_input(&self, witness: &Witness, position: usize) -> bool {
        let optional = self.checklist.inputs.iter().all(|input| input.need == Need::Optional);
        witness.given || optional || !self.checklist.steps[position].uses(&"domain".into())
    }

    /// A value that says another than the last one ends what rests on the step.
    pub(super) fn learns(&self, node: &mut Node) {
        let told: Vec<Option<Applies>> =
            (0..self.needs.len()).map(|position| self.told(node, position)).collect();
        for (position, told) in told.into_iter().enumerate() {
            let Some(told) = told else { continue };
            let before = node.witness.known[position].replace(told);
            if before.is_some_and(|before| before != told) {
                self.shake(&mut node.witness, position);
            }
        }
    }

    pub(super) fn applicability_known(&self, node: &mut Node, steps: &[StepApplies]) {
        for StepApplies { step, applies, .. } in steps {
            let position = self.position(step);
            assert_eq!(self.told(node, position), Some(*applies), "{step}");
            let before = node.witness.recorded[position].replace(*applies);
            assert_ne!(before, Some(*applies), "{step} is recorded twice");
        }
    }

    /// What is known of whether steps apply is written down when a decision is done.
    pub(super) fn is_recorded(&self, node: &Node) {
        if node.run.is_sealed() {
            return;
        }
        for (position, step) in self.checklist.steps.iter().enumerate() {
            let told = self.told(node, position).filter(|_| step.when.is_some());
            assert!(told.is_none() || told == node.witness.recorded[position], "{} is not recorded", step.id);
        }
    }

    /// What of it tells two states apart.
    pub(super) fn conditions_key(&self, witness: &Witness, key: &mut Vec<u8>) {
        if self.checklist.steps.iter().all(|step| step.when.is_none()) {
            return;
        }
        key.push(witness.domain.map_or(0, |domain| 1 + u8::try_from(domain).unwrap()));
        for (position, step) in self.checklist.steps.iter().enumerate() {
            let known = [witness.known[position], witness.recorded[position]];
            let known = known.map(|known| known.map_or(0, |known| 1 + known as u8));
            key.push(u8::try_from(witness.names[position]).unwrap());
            if step.when.is_some() {
                key.extend(known);
            }
        }
    }
}
