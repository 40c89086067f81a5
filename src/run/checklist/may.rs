//! Whether a step may be done now: said in one place, to who wants it and to who proposes it.

use super::applicability::{Applicability, Doubt};
use super::running::{Extension, Running};
use super::state::Run;
use super::status::StepStatus;
use crate::checklist::{Input, Need, Step, StepId};
use crate::run::{Moment, Refusal};

impl Run {
    /// The running command, where it may be given its time once more.
    pub(crate) fn may_take_more_time(&self) -> Result<&Running, Refusal> {
        let running = self.foreground_command().filter(|running| running.stopping.is_none());
        let running = running.ok_or(Refusal::Nothing)?;
        match running.extension {
            Extension::Unused => Ok(running),
            Extension::Used => Err(Refusal::Extended),
        }
    }

    /// Whether a command of `step` may run: it may be done, and every input that it uses has the value that it needs.
    pub(super) fn may_run<'s>(
        &self,
        step: &Step,
        now: Moment,
        statuses: impl Fn() -> &'s [StepStatus],
    ) -> Result<(), Refusal> {
        self.may_be_done(step, now, statuses)?;
        self.inputs_given(self.checklist.inputs_of(step))
    }

    /// Whether it applies, and what it needs is held. `statuses` are those of all steps, asked for only where it takes them.
    pub(super) fn may_be_done<'s>(
        &self,
        step: &Step,
        now: Moment,
        statuses: impl Fn() -> &'s [StepStatus],
    ) -> Result<(), Refusal> {
        let needs_held = || self.needs_held(step, now, &statuses);
        let Some(place) = self.graph.place(&step.id).filter(|_| step.when.is_some()) else {
            return needs_held();
        };
        match self.applicability(place, statuses(), now) {
            Applicability::Applies => needs_held(),
            Applicability::DoesNot(why) => Err(Refusal::DoesNotApply(why)),
            Applicability::Unknown(Doubt::NotJudged(why)) => Err(Refusal::NotKnownToApply(why)),
            Applicability::Unknown(Doubt::NoValue(input)) => {
                needs_held().and(Err(Refusal::InputMissing(input)))
            }
            Applicability::Unknown(Doubt::NotGreen(source)) => {
                needs_held().and(Err(Refusal::NeedsFirst(source)))
            }
        }
    }

    fn needs_held<'s>(
        &self,
        step: &Step,
        now: Moment,
        statuses: &impl Fn() -> &'s [StepStatus],
    ) -> Result<(), Refusal> {
        let is_held = |need: &StepId| {
            let Some(place) = self.graph.place(need) else { return false };
            match self.near_status(place, now) {
                Some(status) => status.is_held(),
                None => statuses().get(place).is_some_and(StepStatus::is_held),
            }
        };
        match step.needs.iter().find(|need| !is_held(need)) {
            Some(need) => Err(Refusal::NeedsFirst(need.clone())),
            None => Ok(()),
        }
    }

    /// Every one of these that must have a value has one.
    pub(super) fn inputs_given<'a>(&self, inputs: impl Iterator<Item = &'a Input>) -> Result<(), Refusal> {
        let missing = |input: &&Input| input.need == Need::Required && !self.inputs.contains_key(&input.id);
        match inputs.into_iter().find(missing) {
            Some(input) => Err(Refusal::InputMissing(input.id.clone())),
            None => Ok(()),
        }
    }
}
