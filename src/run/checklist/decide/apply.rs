//! An apply: confirmed by what it changes, looked at once more, then run.

use super::super::running::{PlannedApply, Running};
use super::super::state::CheckRecord;
use super::super::status::StepStatus;
use super::Draft;
use crate::checklist::{Changes, Step, StepId, StepKind};
use crate::run::value::is_same;
use crate::run::{
    ApplyGivenUp, Attempt, Confirmed, Event, FoundSubject, KnownSubject, Purpose, Refusal, Session, Trigger,
    Verdict,
};

impl Draft<'_> {
    pub(super) fn apply(&mut self, id: &StepId, confirmed: Confirmed) -> Result<(), Refusal> {
        self.idle()?;
        let step = self.step(id)?;
        let changes = match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } => apply.changes,
            StepKind::Measured { apply: None, .. } => return Err(Refusal::NoApply),
            StepKind::Attested { .. } => return Err(Refusal::WrongKind),
        };
        if changes == Changes::Session {
            return self.start(id, Purpose::Apply, Trigger::Asked);
        }
        let subject = self.confirmed(changes, confirmed)?;
        self.may_run(&step)?;
        let session = self.shell_open()?;
        if self.run.status(id, self.at) == StepStatus::Green {
            return Err(Refusal::Holds);
        }
        let before = self.found_before(&step, session);
        let finds = subject.as_ref().and_then(|subject| self.run.subject_of(subject.scope, self.at));
        let finds = finds.map(|known| known.step.clone());
        // What it would change is looked at last, at once before.
        let own = Some(id.clone()).filter(|own| before.is_none() && finds.as_ref() != Some(own));
        let checks = own.into_iter().chain(finds).collect();
        self.event(Event::ApplyPlanned { step: id.clone(), subject, checks, before });
        self.go_on_with_apply();
        Ok(())
    }

    /// What a change of that scope was confirmed for; nothing where nobody says what that is.
    fn confirmed(&self, changes: Changes, confirmed: Confirmed) -> Result<Option<FoundSubject>, Refusal> {
        let Some(known) = self.run.subject_of(changes, self.at) else {
            return match confirmed {
                Confirmed::Yes => Ok(None),
                // Who typed a name meant that one, of which nothing is said any more.
                Confirmed::Named { .. } | Confirmed::NotAsked => Err(Refusal::Unconfirmed),
            };
        };
        let found = known.sure()?;
        match confirmed {
            Confirmed::Yes | Confirmed::NotAsked => Err(Refusal::Unconfirmed),
            Confirmed::Named { id, .. } if !is_same(&id, &found.id) => {
                Err(Refusal::SubjectChanged(found.clone()))
            }
            Confirmed::Named { typed, .. } if !found.is_named(&typed) => {
                Err(Refusal::Confirmation { expected: found.to_type().to_owned() })
            }
            Confirmed::Named { .. } => Ok(Some(found.clone())),
        }
    }

    /// The check of this session that found what there is, if nothing has happened since.
    fn found_before(&self, step: &Step, session: Session) -> Option<Attempt> {
        let state = self.run.state(&step.id)?;
        // What an apply asked in vain stands as a finding too, and found nothing.
        let of_check = |found: &&CheckRecord| {
            state.applied.as_ref().is_none_or(|applied| applied.attempt < found.attempt)
        };
        let found = state.found.as_ref().filter(of_check)?;
        let counts = match found.finding.verdict {
            Verdict::Red | Verdict::Undetermined => found.session == session && found.ended.is_none(),
            // What is green is not changed unless it is found otherwise; what was cut off found nothing.
            Verdict::Green | Verdict::Interrupted => false,
        };
        counts.then_some(found.attempt)
    }

    /// The next check before the apply that was confirmed, or that. Whose it is, is looked at last.
    fn go_on_with_apply(&mut self) {
        let Some(PlannedApply { step, left, .. }) = self.run.planned.clone() else { return };
        let started = match left.first() {
            Some(check) => self.start(check, Purpose::Check, Trigger::BeforeApply),
            None => match self.is_another() {
                Some(why) => return self.give_up_apply(step, why),
                None => self.start(&step, Purpose::Apply, Trigger::Asked),
            },
        };
        if started.is_err() {
            self.give_up_apply(step, ApplyGivenUp::Needs);
        }
    }

    fn give_up_apply(&mut self, step: StepId, why: ApplyGivenUp) {
        self.event(Event::ApplyGivenUp { step, why });
        self.advance();
    }

    /// What a check before an apply means for it.
    pub(super) fn before_apply(&mut self, checked: &Step, running: &Running) {
        let Some(planned) = self.run.planned.clone() else { return self.advance() };
        match self.speaks_against(&planned, checked, running) {
            Some(why) => self.give_up_apply(planned.step, why),
            None => self.go_on_with_apply(),
        }
    }

    fn speaks_against(
        &self,
        planned: &PlannedApply,
        checked: &Step,
        running: &Running,
    ) -> Option<ApplyGivenUp> {
        let found = self.run.state(&checked.id).and_then(|state| state.found.as_ref());
        let finding = found.filter(|found| found.attempt == running.attempt).map(|found| &found.finding);
        if finding.is_none_or(|finding| finding.verdict == Verdict::Interrupted) {
            return Some(ApplyGivenUp::NotChecked);
        }
        let holds = finding.is_some_and(|finding| finding.verdict == Verdict::Green);
        (planned.step == checked.id && holds).then_some(ApplyGivenUp::Holds)
    }

    /// Whether what the planned apply would change is another than it was confirmed for, or nobody can say.
    fn is_another(&self) -> Option<ApplyGivenUp> {
        let planned = self.run.planned.as_ref()?;
        let scope = self.run.step(&planned.step)?.changes()?;
        match (&planned.subject, self.run.subject_of(scope, self.at).map(KnownSubject::sure)) {
            (None, None) => None,
            (Some(confirmed), Some(Ok(found))) if found.is(confirmed) => None,
            (Some(_), Some(Ok(found))) => Some(ApplyGivenUp::SubjectChanged { subject: found.clone() }),
            (Some(_), Some(Err(_)) | None) | (None, Some(_)) => Some(ApplyGivenUp::SubjectUnknown { scope }),
        }
    }
}
