//! How long a step stays green if nothing happens, kept with the step: whoever asks need not look at all that it rests on.
//!
//! It only ever says that a step is green. Whatever changes a step takes it from the step and from all that rest on it
//! ([`Run::change`] is the only way to a step's state); where it is missing, the step and all below it are looked at. It is never
//! kept of a step with a condition, and so of none above one: whether that applies hangs on more than the step's own state.

use std::sync::Arc;

use super::age::millis;
use super::state::{Run, ShellState, StepState};
use super::status::StepStatus;
use crate::checklist::{Lang, Lasts, Step, StepId, StepKind};
use crate::run::{Moment, Session};

/// Green until then, in this session and in this opening of the run, where it hangs on those.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Holds {
    /// The time that the run has lived by then.
    until: u64,
    session: Option<Session>,
    opening: Option<u32>,
}

impl Holds {
    /// As long as both do.
    fn and(self, other: Self) -> Option<Self> {
        let session = self.session.or(other.session);
        let opening = self.opening.or(other.opening);
        let agree = other.session.is_none_or(|own| session == Some(own))
            && other.opening.is_none_or(|own| opening == Some(own));
        agree.then_some(Self { until: self.until.min(other.until), session, opening })
    }
}

impl Run {
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.checklist.steps.get(self.graph.place(id)?)
    }

    /// See [`Checklist::name_of`](crate::checklist::Checklist::name_of).
    pub fn name_of(&self, id: &str, lang: Lang) -> String {
        match self.step(&id.into()) {
            Some(step) => step.title.get(lang).to_owned(),
            None => self.checklist.name_of(id, lang),
        }
    }

    /// The state of a step, to be changed; none if the checklist has no such step.
    pub(super) fn change(&mut self, step: &StepId) -> Option<&mut StepState> {
        let place = self.graph.place(step)?;
        let graph = Arc::clone(&self.graph);
        let mut left = vec![place];
        while let Some(place) = left.pop() {
            // What holds nothing has nothing above it that holds.
            if let Some(Some(state)) = self.steps.get_mut(place)
                && state.holds.take().is_some()
            {
                left.extend(graph.needed_by(place));
            }
        }
        self.steps.get_mut(place).map(Option::get_or_insert_default)
    }

    /// The same of a step that was looked at; of another there is nothing to end.
    pub(super) fn change_known(&mut self, step: &StepId) -> Option<&mut StepState> {
        self.state(step).is_some().then(|| self.change(step)).flatten()
    }

    /// Where the step at `place` stands, if that can be said without looking at all that it rests on.
    pub(super) fn near_status(&self, place: usize, now: Moment) -> Option<StepStatus> {
        if self.foreground_command().is_none() && self.holding(place, now).is_some() {
            return Some(StepStatus::Green);
        }
        let step = self.checklist.steps.get(place)?;
        let own = self.own_status(step, now);
        let hangs_on_others = match own {
            StepStatus::Running(_) => false,
            _ if step.when.is_some() => true,
            StepStatus::Green | StepStatus::NotRun | StepStatus::ToDo => !self.graph.needs(place).is_empty(),
            StepStatus::Waiting
            | StepStatus::DoesNotApply
            | StepStatus::Polling
            | StepStatus::Stale(_)
            | StepStatus::Red
            | StepStatus::Undetermined
            | StepStatus::Interrupted => false,
        };
        (!hangs_on_others).then_some(own)
    }

    fn holding(&self, place: usize, now: Moment) -> Option<Holds> {
        let session = match &self.shell {
            ShellState::Open(session, _) => Some(*session),
            ShellState::Absent | ShellState::Opening(_) => None,
        };
        self.state_at(place)?.holds.filter(|holds| {
            self.clock.elapsed(now) < holds.until
                && (holds.session.is_none() || holds.session == session)
                && holds.opening.is_none_or(|opening| opening == self.opening)
        })
    }

    /// Keeps for how long a step that has become green stays so.
    pub(super) fn hold(&mut self, step: &StepId, now: Moment) {
        let Some(place) = self.graph.place(step) else { return };
        if self.graph.needs(place).iter().all(|need| self.holding(*need, now).is_some()) {
            self.hold_at(place, now);
        } else {
            // Something below has changed since: once for all steps, and not again for each.
            (0..self.checklist.steps.len()).for_each(|place| self.hold_at(place, now));
        }
    }

    fn hold_at(&mut self, place: usize, now: Moment) {
        let own = self.own_holds(place, now);
        let needs = self.graph.needs(place).iter();
        let holds = own.and_then(|own| {
            needs.map(|need| self.holding(*need, now)).try_fold(own, |holds, need| holds.and(need?))
        });
        if holds.is_some()
            && let Some(Some(state)) = self.steps.get_mut(place)
        {
            state.holds = holds;
        }
    }

    fn own_holds(&self, place: usize, now: Moment) -> Option<Holds> {
        let step = self.checklist.steps.get(place).filter(|step| step.when.is_none())?;
        let state = self.state_at(place).filter(|_| self.own_status(step, now) == StepStatus::Green)?;
        let limit = millis(step.fresh_for);
        match &step.kind {
            StepKind::Attested { .. } => {
                let until = state.statement.as_ref()?.lived.saturating_add(limit);
                Some(Holds { until, session: None, opening: None })
            }
            StepKind::Measured { .. } => {
                let found = state.found.as_ref()?;
                let session = match step.lasts {
                    Lasts::Session => Some(found.session),
                    Lasts::Run => None,
                };
                Some(Holds {
                    until: found.lived.saturating_add(limit),
                    session,
                    opening: Some(found.opening),
                })
            }
        }
    }
}
