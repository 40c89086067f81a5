//! Going on by itself until a person is needed: what comes next, and what that is held by.

use super::assessment::Assessment;
use super::next_action::NextAction;
use super::state::{HandoffStage, Run, ShellState, StepState};
use super::status::StepStatus;
use crate::checklist::{Changes, Step, StepId, Weight};
use crate::run::{Moment, Purpose};

/// How a run stands that goes on by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Going<'a> {
    /// Something runs, or is about to.
    On,
    /// It goes on from this step once that is done, or has passed.
    Held { step: &'a StepId, by: HeldBy },
}

/// What has to be done about a step before a run goes on by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum HeldBy {
    /// Its command asks.
    Question,
    Statement,
    Input,
    /// Its command changes more than the session.
    Change(Changes),
    /// It is checked again and again after its apply: time.
    Wait,
    /// It was looked at, and stands so.
    Status(StepStatus),
}

/// What a run that goes on by itself does next.
pub(super) enum NextOfGo<'a> {
    Start(&'a StepId, Purpose),
    Held(&'a StepId, HeldBy),
    /// Every required step is held.
    End,
}

impl Run {
    /// How it stands, if it goes on by itself.
    pub fn going(&self, now: Moment) -> Option<Going<'_>> {
        self.going.as_ref()?;
        if let Some(running) = self.foreground_command() {
            let asks = running.asking.as_ref().map(|_| &running.step);
            return Some(asks.map_or(Going::On, |step| Going::Held { step, by: HeldBy::Question }));
        }
        Some(match self.next_of_go(now) {
            NextOfGo::Held(step, by) if self.may_go_on() => Going::Held { step, by },
            NextOfGo::Held(..) | NextOfGo::Start(..) | NextOfGo::End => Going::On,
        })
    }

    /// Whether the first thing to do, where that is this, is best to have it go on by itself: nothing was looked at yet.
    pub fn begins_by_going(&self, next: &NextAction) -> bool {
        self.attempts == 0 && self.going.is_none() && *next == NextAction::Check
    }

    /// Whether nothing else is to be done first; what is only looked after is no matter.
    pub(super) fn may_go_on(&self) -> bool {
        self.foreground_command().is_none()
            && self.queue.is_empty()
            && self.held.is_empty()
            && self.handoff == HandoffStage::Idle
            && matches!(self.shell, ShellState::Open(..))
    }

    /// In the order of the list; advice that a person would have to see to is passed over.
    pub(super) fn next_of_go(&self, now: Moment) -> NextOfGo<'_> {
        let open = self.assess_open(now).map(|step| (step.step.weight, self.of_go(step, now)));
        let counts = |(weight, next): &(Weight, NextOfGo<'_>)| match (weight, next) {
            (Weight::Advisory, NextOfGo::Held(..)) => false,
            (Weight::Advisory | Weight::Required, _) => true,
        };
        open.into_iter().find(counts).map_or(NextOfGo::End, |(_, next)| next)
    }

    /// A step is checked once, and then applied once where only the session changes, until the operator does something.
    fn of_go<'a>(&'a self, open: Assessment<'a>, now: Moment) -> NextOfGo<'a> {
        let Assessment { step, status, next, .. } = open;
        let held = |by| NextOfGo::Held(&step.id, by);
        let looked_at = self.state(&step.id).and_then(StepState::last_attempt);
        match next {
            NextAction::NeedsFirst(need) => match self.assess(&need, now) {
                Some(need) if !need.status.is_held() => self.of_go(need, now),
                Some(_) | None => held(HeldBy::Status(status)),
            },
            NextAction::GiveInput => held(HeldBy::Input),
            NextAction::Attest => held(HeldBy::Statement),
            _ if status == StepStatus::Polling => held(HeldBy::Wait),
            _ if looked_at.is_none_or(|attempt| attempt.0.get() <= self.acted) => {
                NextOfGo::Start(&step.id, Purpose::Check)
            }
            NextAction::Apply(Changes::Session) if self.may_apply_by_itself(step) => {
                NextOfGo::Start(&step.id, Purpose::Apply)
            }
            NextAction::Apply(changes @ (Changes::Computer | Changes::Forest | Changes::Tenant)) => {
                held(HeldBy::Change(changes))
            }
            NextAction::Apply(Changes::Session)
            | NextAction::Wait
            | NextAction::OpenShell
            | NextAction::Other { .. }
            | NextAction::Check
            | NextAction::Gate
            | NextAction::Onward => held(HeldBy::Status(status)),
        }
    }

    /// Whether the apply of a step may follow by itself: one that changes only the session, once until the operator does
    /// something, and not with a credential that was refused, unless its own, which is asked anew.
    pub(super) fn may_apply_by_itself(&self, step: &Step) -> bool {
        let applied = self.state(&step.id).and_then(|state| state.applied.as_ref());
        let refused = self.graph.place(&step.id).and_then(|place| self.refused_credential(place));
        step.applies_to_session()
            && applied.is_none_or(|applied| applied.attempt.0.get() <= self.acted)
            && refused.is_none_or(|(asks, _)| *asks == step.id)
    }
}
