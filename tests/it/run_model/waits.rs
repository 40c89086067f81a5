//! Steps that wait after their apply, as the witness has it.

use greenlight::facade::run::WaitEnd;

use super::*;

/// From the end of a check to the next, in units, and how long that goes on.
const EVERY: u64 = 1;
const LIMIT: u64 = 2;

/// Since when a step waits, and when it was checked last.
#[derive(Clone, Copy)]
pub(super) struct Waiting {
    began: u64,
    checked: u64,
}

/// Whether nobody asked for what runs.
pub(super) const fn is_unattended(trigger: Trigger) -> bool {
    match trigger {
        Trigger::Asked | Trigger::Reconnect | Trigger::BeforeApply | Trigger::Go => false,
        Trigger::KeepAlive | Trigger::Poll => true,
    }
}

impl Search {
    /// What an event means for the steps that wait, and whether it may have come.
    pub(super) fn wait_of(&mut self, before: &Node, witness: &mut Witness, event: &Event, said: &Command) {
        let now = before.now.mono / UNIT;
        let task = before.witness.task.as_ref();
        match event {
            Event::Applied { .. } => {
                let task = task.expect("something runs");
                let judged = &self.ends(task)[witness.outcome.expect("something ended")];
                let done = judged.end == OutcomeEnd::Completed
                    && judged.failures.is_empty()
                    && !task.stopped
                    && !task.declined;
                if done && has_until(&self.checklist.steps[task.step]) {
                    witness.waits[task.step] = Some(Waiting { began: now, checked: now });
                    self.seen.waited += 1;
                }
            }
            Event::Checked { finding, .. } => {
                let wait = &mut witness.waits[task.expect("something runs").step];
                *wait = wait.filter(|_| finding.verdict != Verdict::Green);
                if let Some(wait) = wait {
                    wait.checked = now;
                }
            }
            Event::Started { step, purpose: Purpose::Apply, .. } => witness.waits[self.position(step)] = None,
            Event::Started { step, trigger: Trigger::Poll, .. } => {
                let wait = witness.waits[self.position(step)].expect("checked again after the end");
                assert!(now - wait.checked >= EVERY, "{step} is checked again too early");
                assert!(now - wait.began < LIMIT, "{step} is checked again too late");
                assert_eq!(*before.run.handoff(), HandoffStage::Idle);
                self.seen.polled += 1;
            }
            Event::StopAsked { cause: StopCause::Operator, .. } => {
                witness.waits[task.expect("something runs").step] = None;
            }
            Event::WaitEnded { step, why } => {
                let position = self.position(step);
                let wait = witness.waits[position].take().expect("what does not wait ends");
                let own = task.filter(|task| task.step == position);
                match why {
                    WaitEnd::TimeUp => {
                        assert!(own.is_none() && now - wait.began >= LIMIT, "{step} ends too early");
                    }
                    WaitEnd::Stopped => {
                        assert!(matches!(said, Command::Stop), "{said:?} stops {step}");
                        assert!(own.is_none_or(|task| task.stopped), "its check is not stopped");
                    }
                    WaitEnd::NeedNotGreen => {
                        assert!(own.is_none() && !self.needs_are_earned(before, position));
                    }
                }
                self.seen.ended[*why as usize] += 1;
            }
            Event::Resumed { .. }
            | Event::ShellEnded { .. }
            | Event::WriteFailed { .. }
            | Event::HandoffBegun { .. } => witness.waits.fill(None),
            _ => {}
        }
    }

    fn needs_are_earned(&self, node: &Node, position: usize) -> bool {
        self.needs[position].iter().all(|need| self.earned(node, *need))
    }

    /// What waits says so, and none does whose time is up or whose need is not green.
    pub(super) fn waits_are_due(&self, node: &Node, statuses: &[StepStatus]) {
        let now = node.now.mono / UNIT;
        let task = node.witness.task.as_ref();
        for (position, (wait, status)) in node.witness.waits.iter().zip(statuses).enumerate() {
            let id = &self.checklist.steps[position].id;
            let asked = task.is_some_and(|task| task.step == position && !is_unattended(task.trigger));
            assert_eq!(*status == StepStatus::Polling, wait.is_some() && !asked, "{id} is {status:?}");
            let Some(wait) = wait else { continue };
            if task.is_some_and(|task| task.step == position) {
                continue;
            }
            assert!(now - wait.began < LIMIT, "{id} waits for ever");
            let checks =
                task.is_some_and(|task| task.purpose == Purpose::Check && !is_unattended(task.trigger));
            assert!(checks || self.needs_are_earned(node, position), "{id} waits on what is not green");
        }
    }
}

impl Node {
    /// Somebody is woken for what waits, when it is due or its time is up.
    pub(super) fn is_woken_for_waits(&self, effects: &[Effect], after: (&Command, &[Event])) {
        let Witness { waits, task, .. } = &self.witness;
        let waiting = waits.iter().enumerate().filter_map(|(position, wait)| Some((position, (*wait)?)));
        let others = waiting.filter(|(position, _)| task.as_ref().is_none_or(|task| task.step != *position));
        let left = |wait: Waiting| {
            let end = wait.began + LIMIT;
            let next = if task.is_none() { end.min(wait.checked + EVERY) } else { end };
            (next * UNIT).saturating_sub(self.now.mono)
        };
        let wanted = others.map(|(_, wait)| left(wait)).min();
        let timer = effects.iter().rev().find_map(|effect| match effect {
            Effect::StartTimer(Timer::Poll, after) => Some(*after),
            _ => None,
        });
        assert_eq!(timer, wanted, "{effects:?} after {after:?}");
    }

    /// The ages of what waits.
    pub(super) fn waits_key(&self) -> Vec<u8> {
        let now = self.now.mono / UNIT;
        let age = |since: u64| u8::try_from((now - since).min(LIMIT)).unwrap();
        let key = |wait: &Option<Waiting>| wait.map_or(0, |wait| 1 + age(wait.began) * 4 + age(wait.checked));
        if self.witness.waits.iter().any(Option::is_some) {
            self.witness.waits.iter().map(key).collect()
        } else {
            Vec::new()
        }
    }
}

fn has_until(step: &Step) -> bool {
    match &step.kind {
        StepKind::Measured { check, .. } => check.until.is_some(),
        StepKind::Attested { .. } => false,
    }
}
