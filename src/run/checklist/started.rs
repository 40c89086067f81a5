//! What a command that begins, or an apply that ends, means for what was known before.

use std::sync::Arc;

use super::running::Running;
use super::state::{AgainCause, HandoffStage, Run};
use super::status::StaleCause;
use crate::checklist::Step;
use crate::run::{ApplyEnd, Purpose, Trigger};

impl Run {
    pub(super) fn start(&mut self, running: Running) {
        if running.trigger == Trigger::Asked {
            self.given_up = None;
        }
        match running.purpose {
            Purpose::Check => {
                if running.trigger == Trigger::BeforeApply
                    && let Some(planned) = &mut self.planned
                {
                    planned.left.retain(|step| *step != running.step);
                    if planned.step == running.step {
                        planned.before = Some(running.attempt);
                    }
                }
                let queue = match running.trigger {
                    Trigger::Asked | Trigger::Reconnect => Some(&mut self.queue),
                    Trigger::KeepAlive => Some(&mut self.keep_alives),
                    Trigger::Poll | Trigger::BeforeApply | Trigger::Go => None,
                };
                if let Some(queue) = queue {
                    queue.take_to(&running.step);
                }
                if let HandoffStage::Rechecking { left } = &mut self.handoff {
                    left.take_to(&running.step);
                }
            }
            Purpose::Apply => {
                self.planned = None;
                self.end_green(&running.step, &StaleCause::Applied);
                let cause = StaleCause::NeedChanged { step: running.step.clone() };
                self.end_dependents(std::slice::from_ref(&running.step), &cause);
                self.apply_again_above(&running);
            }
        }
        self.running = Some(running);
    }

    /// What was applied to this session on the strength of what is being applied now is to be applied again.
    pub(super) fn apply_again_above(&mut self, running: &Running) {
        let checklist = Arc::clone(&self.checklist);
        for above in self.graph.above(self.graph.place(&running.step)) {
            let Some(step) = checklist.steps.get(above).filter(|step| step.applies_to_session()) else {
                continue;
            };
            let applied = self.state_at(above).and_then(|state| state.applied.as_ref());
            if applied.is_some_and(|applied| applied.session == running.session)
                && let Some(state) = self.change(&step.id)
            {
                let cause = AgainCause::NeedApplied { step: running.step.clone() };
                state.again = Some((running.session, cause));
            }
        }
    }

    /// What an apply that ended in this way means for what an earlier one left in the session.
    pub(super) fn relied_on(&mut self, running: &Running, end: ApplyEnd) {
        let session = running.session;
        let for_the_session = self.step(&running.step).is_some_and(Step::applies_to_session);
        let Some(state) = self.change(&running.step).filter(|_| for_the_session) else { return };
        let had_been_there = state.green_in == Some(session)
            || state
                .applied
                .as_ref()
                .is_some_and(|applied| applied.session == session && applied.end == ApplyEnd::Done);
        match end {
            ApplyEnd::Done => state.again = None,
            ApplyEnd::Failed | ApplyEnd::Interrupted if had_been_there => {
                state.again = Some((session, AgainCause::Failed));
            }
            ApplyEnd::Failed | ApplyEnd::Interrupted => {}
        }
    }
}
