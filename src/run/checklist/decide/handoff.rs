//! The handoff: from the open gate to the seal, or back.

use super::super::gate::{self, Gate};
use super::super::state::HandoffStage;
use super::{CONFIRM_WITHIN_MS, Draft};
use crate::checklist::{Step, StepId, StepKind, Weight};
use crate::run::{
    AbandonCause, Confirmed, Effect, Event, FileDigest, FoundSubject, HandoffFault, KnownSubject, Refusal,
    StepStatus, StopCause, Who,
};

impl Draft<'_> {
    /// Gives the handoff up if the gate has closed meanwhile.
    pub(super) fn still_open(&mut self) {
        match gate::evaluate(&self.run, self.at) {
            Gate::Open(_) => {}
            Gate::Locked(_) => self.abandon(AbandonCause::NotGreen),
        }
    }

    /// Gives the handoff up where a required step is not green that is not to be checked any more: one that applies only now.
    pub(super) fn still_may_open(&mut self) {
        let HandoffStage::Rechecking { left } = &self.run.handoff else { return };
        let mut steps = self.run.checklist.steps.iter().zip(self.statuses());
        let is_lost = |(step, status): (&Step, &StepStatus)| {
            step.weight == Weight::Required && !status.is_held() && !left.contains(&step.id)
        };
        if steps.any(is_lost) {
            self.abandon(AbandonCause::NotGreen);
        }
    }

    pub(super) fn abandon(&mut self, why: AbandonCause) {
        self.event(Event::HandoffAbandoned { why });
    }

    pub(super) fn begin_handoff(&mut self) -> Result<(), Refusal> {
        self.idle()?;
        let handoff = self.run.checklist.handoff.clone().ok_or(Refusal::Nothing)?;
        match gate::evaluate(&self.run, self.at) {
            Gate::Open(_) => {}
            Gate::Locked(reasons) => return Err(Refusal::Locked(reasons)),
        }
        self.run.inputs_given(self.run.checklist.inputs_of_handoff(&handoff))?;
        // Every step that a command can find out about; advice that cannot be checked now holds nothing up.
        let checkable = |(step, status): &(&Step, &StepStatus)| match (&step.kind, step.weight) {
            (StepKind::Attested { .. }, _) => false,
            (StepKind::Measured { .. }, Weight::Required) => **status != StepStatus::DoesNotApply,
            (StepKind::Measured { .. }, Weight::Advisory) => self.may_run(step).is_ok(),
        };
        let steps = self.run.checklist.steps.iter().zip(self.statuses()).filter(checkable);
        let steps: Vec<&Step> = steps.map(|(step, _)| step).collect();
        // What nobody can find out now is nobody's handoff.
        let is_left = |known: &KnownSubject<'_>| !steps.iter().any(|step| step.id == *known.step);
        if let Some(left) = self.run.subjects(self.at).into_iter().find(is_left) {
            return Err(left.unknown());
        }
        // What all is done to is looked at first and last.
        let subjects = || steps.iter().filter(|step| step.subject.is_some());
        let mut steps: Vec<StepId> =
            subjects().chain(&steps).chain(subjects()).map(|step| step.id.clone()).collect();
        steps.dedup();
        if !steps.is_empty() {
            self.shell_open()?;
        }
        self.event(Event::HandoffBegun { steps });
        self.advance();
        Ok(())
    }

    pub(super) fn abandon_handoff(&mut self) -> Result<(), Refusal> {
        match self.run.handoff {
            HandoffStage::Rechecking { .. } | HandoffStage::Confirming => {
                self.abandon(AbandonCause::Operator);
                if self.run.running.is_some() {
                    self.stop(StopCause::Operator)?;
                }
                Ok(())
            }
            HandoffStage::Idle | HandoffStage::Writing | HandoffStage::Sealed { .. } => Err(Refusal::Nothing),
        }
    }

    pub(super) fn confirm_handoff(&mut self, typed: &str, by: Who) -> Result<(), Refusal> {
        let (HandoffStage::Confirming, Some(handoff)) = (&self.run.handoff, &self.run.checklist.handoff)
        else {
            return Err(Refusal::Nothing);
        };
        let subjects: Vec<_> =
            self.run.subjects(self.at).into_iter().map(KnownSubject::sure).collect::<Result<_, _>>()?;
        let subject = subjects.first().copied();
        if Confirmed::by(subject, typed, &handoff.confirm).is_none() {
            let expected = subject.map_or(handoff.confirm.as_str(), FoundSubject::to_type).to_owned();
            return Err(Refusal::Confirmation { expected });
        }
        match gate::evaluate(&self.run, self.at) {
            // What was checked then may not hold by now, whatever a step's own limit is.
            Gate::Open(_) if self.run.confirming_for(self.at) >= CONFIRM_WITHIN_MS => {
                self.abandon(AbandonCause::TooLate);
            }
            Gate::Open(_) => {
                self.event(Event::HandoffConfirmed { by });
                self.effect(Effect::WriteHandoff);
            }
            Gate::Locked(_) => self.abandon(AbandonCause::NotGreen),
        }
        Ok(())
    }

    pub(super) fn handoff_written(&mut self, result: Result<Vec<FileDigest>, HandoffFault>) {
        match (&self.run.handoff, result) {
            (HandoffStage::Writing, Ok(files)) => {
                let subjects = self.run.found_subjects();
                self.event(Event::Sealed { files, subjects });
                self.effect(Effect::CloseShell);
            }
            (HandoffStage::Writing, Err(HandoffFault { detail, left })) => {
                self.abandon(AbandonCause::WriteFailed { detail });
                self.vouch(left);
            }
            (
                HandoffStage::Idle
                | HandoffStage::Rechecking { .. }
                | HandoffStage::Confirming
                | HandoffStage::Sealed { .. },
                Ok(_) | Err(_),
            ) => {}
        }
    }
}
