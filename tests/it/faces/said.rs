//! What a face says beside its steps: what was left out, that no step applies, what Enter leads to.

use greenlight::facade::checklist::explain::CommandPurpose;
use greenlight::facade::checklist::{Act, Go, InputValue, Leaves, Weight};
use greenlight::facade::plain::next_line;
use greenlight::facade::run::{Assessment, NextAction, StepStatus};

use super::Shows;

impl Shows<'_> {
    /// What the operator left out.
    pub fn left_out(&self) -> Vec<String> {
        let inputs = self.run.checklist().inputs.iter().filter(|input| input.leaves == Leaves::Out);
        let given = inputs.filter_map(|input| self.run.inputs().get(&input.id));
        given.flat_map(InputValue::values).cloned().collect()
    }

    /// Whether a face that is read says what was left out, and nothing else.
    pub fn says_what_is_left_out(&self, face: &str, shown: &str) {
        let left_out = self.left_out();
        let said = format!("left out: {}", left_out.join(", "));
        assert_eq!(shown.contains("left out: "), !left_out.is_empty(), "{face}: {shown}");
        assert!(left_out.is_empty() || shown.contains(&said), "{face} lacks {said}: {shown}");
    }

    /// Whether no required step applies.
    pub fn nothing_applies(&self) -> bool {
        let mut required = self.steps().filter(|(step, _)| step.step.weight == Weight::Required);
        required.all(|(step, _)| step.status == StepStatus::DoesNotApply)
    }

    /// Whether a face of the gate says that no required step applies, and names each of them once, where that is so, and else not.
    pub fn says_that_nothing_applies(&self, face: &str, shown: &str) {
        let none = self.nothing_applies();
        assert_eq!(shown.contains("no required step applies"), none, "{face}: {shown}");
        for (step, _) in self.steps().filter(|_| none) {
            let because = format!("TITLE-{}: because", step.step.id);
            let plain = shown.replace("<strong>", "").replace("</strong>", "").replace('*', "");
            let plain = plain.replace(" in a long title in a long title in a long title", "");
            assert_eq!(plain.matches(&because).count(), 1, "{face}: {plain}");
        }
    }

    /// Enter does in lines what it does on the page of the step whose turn it is.
    pub fn what_enter_does_in_lines(&self, first: &[Option<String>]) {
        let line = next_line(self.run, self.now, self.text);
        let turn = self.run.next_action(self.now).and_then(|(step, _)| {
            let place = self.run.checklist().steps.iter().position(|known| known.id == *step)?;
            first[place].clone()
        });
        assert_eq!(line.as_deref().and_then(|line| self.words.first(line)), turn, "{line:?}");
    }
}

/// Where the remedies of a step lead.
pub fn leads_of(step: &Assessment<'_>) -> Vec<String> {
    let lead = |go: &Go| {
        let act = match go.act {
            Act::Check => "check",
            Act::Apply => "apply",
        };
        if go.step == step.step.id { format!("{act} this step") } else { format!("{act} TITLE-{}", go.step) }
    };
    step.remedies.iter().filter_map(|remedy| Some(lead(remedy.go.as_ref()?))).collect()
}

/// What comes first in another step.
pub fn first(next: &NextAction) -> Option<String> {
    match next {
        NextAction::Other { step, does: CommandPurpose::Check } => Some(format!("check TITLE-{step}")),
        NextAction::Other { step, does: CommandPurpose::Apply(_) } => Some(format!("apply TITLE-{step}")),
        _ => None,
    }
}
