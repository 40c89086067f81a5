//! A run that goes on by itself, as the witness has it.

use super::*;

impl Search {
    /// What an event means for a run that goes on by itself, and whether it may have come.
    pub(super) fn goes(&mut self, before: &Node, witness: &mut Witness, event: &Event, said: &Command) {
        match event {
            Event::GoBegun { .. } => {
                assert_eq!(*before.run.handoff(), HandoffStage::Idle);
                assert!(before.witness.task.is_none());
                witness.going = true;
                witness.acts();
            }
            Event::GoEnded { why } => {
                assert!(witness.going, "what does not go on ends");
                match why {
                    GoEnd::Done => assert!(self.all_held(before), "it ends too early"),
                    GoEnd::Stopped => assert!(matches!(said, Command::Stop)),
                    GoEnd::Declined => {
                        let given = matches!(said, Command::Answer(PromptReply::Answered));
                        assert!(matches!(said, Command::Answer(_)) && !given);
                    }
                }
                self.seen.stopped_going[*why as usize] += 1;
                witness.going = false;
            }
            Event::Resumed { .. }
            | Event::ShellEnded { .. }
            | Event::WriteFailed { .. }
            | Event::HandoffBegun { .. } => witness.going = false,
            Event::InputGiven { .. } | Event::Attested { .. } => witness.acts(),
            Event::Queued { steps, trigger: Trigger::Reconnect } if !steps.is_empty() => witness.acts(),
            Event::Started { step, purpose, trigger, .. } => {
                let position = self.position(step);
                match trigger {
                    Trigger::Go => {
                        let lost = decisions::went_with_its_shell(said);
                        assert!(!lost, "{step} is started in a shell that is gone");
                        self.may_go(before, position, *purpose);
                    }
                    Trigger::Reconnect if *purpose == Purpose::Apply => {
                        assert!(!witness.pasts[position].went[1], "{step} is applied twice by itself");
                    }
                    Trigger::Asked if *purpose == Purpose::Apply => witness.acts(),
                    Trigger::Asked
                    | Trigger::Reconnect
                    | Trigger::BeforeApply
                    | Trigger::KeepAlive
                    | Trigger::Poll => {}
                }
                if matches!(trigger, Trigger::Asked | Trigger::BeforeApply) {
                    witness.pasts.iter_mut().for_each(|past| past.looked = false);
                }
                let past = &mut witness.pasts[position];
                past.went[usize::from(*purpose == Purpose::Apply)] = true;
                past.looked = true;
                witness.just_applied = None;
            }
            Event::Applied { .. } => witness.just_applied = witness.task.as_ref().map(|task| task.step),
            _ => {}
        }
    }

    /// Whether that may be started by itself.
    fn may_go(&mut self, before: &Node, position: usize, purpose: Purpose) {
        let Witness { pasts, going, held, just_applied, .. } = &before.witness;
        let step = &self.checklist.steps[position];
        self.seen.went += 1;
        let Past { went: [checked, applied], looked, .. } = pasts[position];
        match purpose {
            // What follows an apply belongs to it.
            Purpose::Check if *just_applied == Some(position) => return,
            Purpose::Check => {
                let stale = matches!(before.run.status(&step.id, before.now), StepStatus::Stale(_));
                let again = (checked || applied) && (looked || !stale);
                assert!(!again, "{} is checked twice by itself", step.id);
            }
            Purpose::Apply => {
                assert!(checked && !applied, "{} is applied twice by itself", step.id);
                assert!(step.applies_to_session(), "{} is applied without a yes", step.id);
            }
        }
        assert!(*going && held.is_empty() && before.run.queue().is_empty(), "{} comes too early", step.id);
        let holds = |earlier| self.holds_nothing_up(before, earlier);
        assert!((0..position).all(holds), "{} comes before its turn", step.id);
    }

    fn holds_nothing_up(&self, node: &Node, position: usize) -> bool {
        self.checklist.steps[position].weight == Weight::Advisory
            || self.earned(node, position)
            || self.applies(node, position) == Applies::No
    }

    fn all_held(&self, node: &Node) -> bool {
        (0..self.needs.len()).all(|position| self.holds_nothing_up(node, position))
    }

    /// A run that goes on by itself does, unless a person or time is needed at the first step that is not green.
    pub(super) fn goes_on_or_is_held(&self, node: &Node, said: &Command) {
        let Node { run, now, witness, .. } = node;
        assert_eq!(run.going(*now).is_some(), witness.going, "after {said:?}");
        let is_open = matches!(run.shell(), ShellState::Open(..));
        let waits = !witness.held.is_empty() || !run.queue().is_empty();
        // The end of a shell that went with its command comes next.
        let lost = decisions::went_with_its_shell(said);
        if !witness.going || witness.task.is_some() || !is_open || waits || lost {
            return;
        }
        let first = (0..self.needs.len()).find(|position| !self.holds_nothing_up(node, *position));
        let first = first.unwrap_or_else(|| panic!("it goes on after the end of {said:?}"));
        let step = &self.checklist.steps[first];
        let Some(Going::Held { step: held, .. }) = run.going(*now) else {
            panic!("it stands still before {} after {said:?}", step.id)
        };
        let held = self.position(held);
        assert!(held == first || self.rests[held].contains(&first), "{held} holds {}", step.id);
        let can = matches!(step.kind, StepKind::Measured { .. })
            && self.has_its_input(witness, first)
            && self.applies(node, first) == Applies::Yes
            && self.needs_hold(node, first)
            && witness.waits[first].is_none();
        let Past { went: [checked, applied], looked, .. } = witness.pasts[first];
        let status = run.status(&step.id, *now);
        let known = looked || !matches!(status, StepStatus::Stale(_));
        assert!(!can || (checked || applied) && known, "{} was not checked after {said:?}", step.id);
        let could = can && step.applies_to_session() && matches!(status, StepStatus::Red | StepStatus::ToDo);
        assert!(!could || applied, "{} was not applied after {said:?}", step.id);
    }
}

impl Witness {
    /// The operator does something: what was tried may be tried again.
    fn acts(&mut self) {
        self.pasts.iter_mut().for_each(|past| (past.went, past.looked) = ([false; 2], false));
    }
}
