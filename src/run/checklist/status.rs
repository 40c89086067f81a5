//! Where a step stands: what was found of it, held against everything that has happened since.

use serde::Serialize;

use super::applicability::{Applicability, Doubt};
use super::state::{AgainCause, Attestation, CheckRecord, Run, ShellState, StepState};
use crate::checklist::{Changes, InputId, Lasts, Span, Step, StepId, StepKind, Weight};
use crate::run::{ApplyEnd, Moment, Purpose, Session, Verdict};

/// Where a step stands at a moment.
#[derive(Clone, Debug, PartialEq)]
pub enum StepStatus {
    /// Never checked or stated.
    NotRun,
    /// It was not found otherwise, and a step that it needs is not green.
    Waiting,
    /// A command that changes only the session makes it so, and has not been run in this one.
    ToDo,
    Running(Purpose),
    /// Its condition is not met: it is not asked for.
    DoesNotApply,
    /// It was applied, and is checked again and again until it is green or the time is up.
    Polling,
    /// The state holds, as far as may be said now.
    Green,
    /// It was green; that no longer counts.
    Stale(StaleCause),
    /// It does not hold.
    Red,
    /// It could not be found out.
    Undetermined,
    Interrupted,
}

/// Why a green no longer counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "kebab-case")]
pub enum StaleCause {
    /// It is too old.
    Expired {
        limit: Span,
    },
    SessionEnded,
    /// A command that rests on it asked to sign in anew: the session has expired.
    SessionExpired,
    /// The run was closed and opened again.
    Resumed,
    InputChanged {
        input: InputId,
    },
    /// A step that it needs is not green.
    Needs {
        step: StepId,
    },
    /// A step that it needs was applied since.
    NeedChanged {
        step: StepId,
    },
    /// Another tenant, forest or computer was found since than the one that it speaks of.
    SubjectChanged {
        scope: Changes,
    },
    /// A step that it needs was found red since.
    NeedWasRed {
        step: StepId,
    },
    /// A step whose names it covers has found others since.
    NamesChanged {
        step: StepId,
    },
    /// A step that it needs lived in a session that has ended since.
    NeedSessionEnded {
        step: StepId,
    },
    /// Whether it, or a step that it needs, applies has become another.
    AppliesOtherwise {
        step: StepId,
    },
    /// Its own apply has run since.
    Applied,
    /// The run was opened again at a wall time before its last event, so nobody knows how old it is.
    ClockSetBack,
}

impl StepStatus {
    /// Whether nothing is to be done about it: it is green, or does not apply. A step that needs it need not wait for it.
    pub const fn is_held(&self) -> bool {
        match self {
            Self::Green | Self::DoesNotApply => true,
            Self::NotRun
            | Self::Waiting
            | Self::ToDo
            | Self::Polling
            | Self::Running(_)
            | Self::Stale(_)
            | Self::Red
            | Self::Undetermined
            | Self::Interrupted => false,
        }
    }

    /// Whether it was not looked at, or has to be looked at again, and nothing keeps it from that.
    pub(super) const fn is_to_be_run(&self) -> bool {
        match self {
            Self::NotRun | Self::ToDo | Self::Running(_) | Self::Stale(_) => true,
            Self::Green
            | Self::DoesNotApply
            | Self::Waiting
            | Self::Polling
            | Self::Red
            | Self::Undetermined
            | Self::Interrupted => false,
        }
    }
}

impl Run {
    /// The first step that is not held. An advisory one that was looked at, waits or is to be stated comes after all others: it
    /// may stay as it is.
    pub(super) fn first_open(&self, statuses: &[StepStatus]) -> Option<usize> {
        let open = || statuses.iter().enumerate().filter(|(_, status)| !status.is_held());
        let comes_first = |place: usize, status: &StepStatus| {
            self.checklist.steps.get(place).is_some_and(|step| match (step.weight, &step.kind, status) {
                (Weight::Required, ..) => true,
                (Weight::Advisory, StepKind::Attested { .. }, _) => false,
                (Weight::Advisory, StepKind::Measured { .. }, status) => status.is_to_be_run(),
            })
        };
        let first = open().find(|(place, status)| comes_first(*place, status)).or_else(|| open().next());
        first.map(|(place, _)| place)
    }

    /// Where a step stands at `now`.
    pub fn status(&self, step: &StepId, now: Moment) -> StepStatus {
        let Some(place) = self.graph.place(step) else { return StepStatus::NotRun };
        let looked_at = || self.statuses(now).into_iter().nth(place);
        self.near_status(place, now).or_else(looked_at).unwrap_or(StepStatus::NotRun)
    }

    /// Where every step stands at `now`, in the order of the checklist, in which a step comes after those it needs.
    pub fn statuses(&self, now: Moment) -> Vec<StepStatus> {
        let mut statuses: Vec<StepStatus> = Vec::with_capacity(self.checklist.steps.len());
        for (place, step) in self.checklist.steps.iter().enumerate() {
            let places = self.graph.needs(place).iter();
            let is_held = |place: &usize| statuses.get(*place).is_some_and(StepStatus::is_held);
            let not_held = |(_, place): &(&StepId, &usize)| !is_held(place);
            let waits_for = step.needs.iter().zip(places).find(not_held).map(|(need, _)| need.clone());
            let own = self.own_status(step, now);
            let status = match self.applicability(place, &statuses, now) {
                Applicability::Applies => of_needs(own, waits_for),
                Applicability::DoesNot(_) if !matches!(own, StepStatus::Running(_)) => {
                    StepStatus::DoesNotApply
                }
                Applicability::DoesNot(_) => own,
                Applicability::Unknown(Doubt::NotGreen(step)) => of_needs(own, waits_for.or(Some(step))),
                Applicability::Unknown(doubt) => match (of_needs(own, waits_for), doubt) {
                    (StepStatus::Green, _) => {
                        StepStatus::Stale(StaleCause::AppliesOtherwise { step: step.id.clone() })
                    }
                    (StepStatus::NotRun | StepStatus::ToDo, Doubt::NotJudged(_)) => StepStatus::Undetermined,
                    (StepStatus::ToDo, Doubt::NoValue(_) | Doubt::NotGreen(_)) => StepStatus::NotRun,
                    (status, _) => status,
                },
            };
            statuses.push(status);
        }
        statuses
    }

    /// A step's status without regard to those it needs, nor to whether it applies.
    pub(super) fn own_status(&self, step: &Step, now: Moment) -> StepStatus {
        // What is only looked after stays as it was found until it is found otherwise.
        if let Some(running) = self.foreground_command()
            && running.step == step.id
        {
            return StepStatus::Running(running.purpose);
        }
        if self.wait_of(&step.id).is_some() {
            return StepStatus::Polling;
        }
        let Some(state) = self.state(&step.id) else { return StepStatus::NotRun };
        match &step.kind {
            StepKind::Attested { .. } => match &state.statement {
                None => StepStatus::NotRun,
                Some(stated) => self.unsaid(step, stated, now).map_or(StepStatus::Green, StepStatus::Stale),
            },
            StepKind::Measured { .. } => {
                if let Some(applied) = state.unread_apply() {
                    return match applied.end {
                        ApplyEnd::Interrupted => StepStatus::Interrupted,
                        ApplyEnd::Done | ApplyEnd::Failed => StepStatus::Stale(StaleCause::Applied),
                    };
                }
                let again = self.apply_again(state).is_some();
                let Some(found) = &state.found else {
                    return if again { StepStatus::ToDo } else { StepStatus::NotRun };
                };
                // What was found of another one is not said of this one.
                let of_another = match &found.ended {
                    Some(cause @ StaleCause::SubjectChanged { .. }) => Some(cause),
                    Some(_) | None => None,
                };
                match (found.finding.verdict, of_another) {
                    (Verdict::Green | Verdict::Red | Verdict::Undetermined, _) if again => StepStatus::ToDo,
                    (Verdict::Red | Verdict::Undetermined, _) if self.is_to_do(step, state) => {
                        StepStatus::ToDo
                    }
                    (Verdict::Red | Verdict::Undetermined, Some(cause)) => StepStatus::Stale(cause.clone()),
                    (Verdict::Red, None) => StepStatus::Red,
                    (Verdict::Undetermined, None) => StepStatus::Undetermined,
                    (Verdict::Interrupted, _) => StepStatus::Interrupted,
                    (Verdict::Green, _) => {
                        self.ended(step, found, now).map_or(StepStatus::Green, StepStatus::Stale)
                    }
                }
            }
        }
    }

    /// Whether it only has not been applied yet: its command changes nothing but the session, and in this one neither was that
    /// run nor the step green, which would have been lost.
    fn is_to_do(&self, step: &Step, state: &StepState) -> bool {
        let applied = state.applied.as_ref().map(|applied| applied.session);
        let this = |session: Option<Session>| session.is_some_and(|session| self.is_last(session));
        step.applies_to_session() && !this(applied) && !this(state.green_in)
    }

    /// Why it is to be applied again in this session, if it is: whatever its check finds, it may find it of what was before.
    pub(super) fn apply_again<'a>(&self, state: &'a StepState) -> Option<&'a AgainCause> {
        state.again.as_ref().filter(|(session, _)| self.is_last(*session)).map(|(_, cause)| cause)
    }

    /// Whether it is this session; where there is none any more, it is of the last one that what was found speaks.
    const fn is_last(&self, session: Session) -> bool {
        session.0.get() == self.sessions
    }

    /// What has ended a green, if anything has.
    pub(super) fn ended(&self, step: &Step, found: &CheckRecord, now: Moment) -> Option<StaleCause> {
        let session_lives = match &self.shell {
            ShellState::Open(session, _) => *session == found.session,
            ShellState::Absent | ShellState::Opening(_) => false,
        };
        found
            .ended
            .clone()
            .or(match step.lasts {
                Lasts::Session if !session_lives => Some(StaleCause::SessionEnded),
                Lasts::Session | Lasts::Run => None,
            })
            .or_else(|| (found.opening != self.opening).then_some(StaleCause::Resumed))
            .or_else(|| self.aged(found.expired, found.lived, step.fresh_for, now))
    }

    /// What has ended a statement, if anything has.
    pub(super) fn unsaid(&self, step: &Step, stated: &Attestation, now: Moment) -> Option<StaleCause> {
        stated.ended.clone().or_else(|| self.aged(stated.expired, stated.lived, step.fresh_for, now))
    }
}

/// The own status of a step as it is where a step that it needs is not held.
fn of_needs(own: StepStatus, waits_for: Option<StepId>) -> StepStatus {
    let Some(step) = waits_for else { return own };
    match own {
        StepStatus::Green => StepStatus::Stale(StaleCause::Needs { step }),
        StepStatus::NotRun | StepStatus::ToDo => StepStatus::Waiting,
        StepStatus::Waiting
        | StepStatus::Running(_)
        | StepStatus::Polling
        | StepStatus::DoesNotApply
        | StepStatus::Stale(_)
        | StepStatus::Red
        | StepStatus::Undetermined
        | StepStatus::Interrupted => own,
    }
}
