//! The life of a session: which steps look after it, when, and what a question to sign in means.
//!
//! A step with `keep_alive` says of itself that its check finds out whether a session is still there. Nothing here is
//! guessed from names of commands, with one exception that the rule of [`Run::expired_session`] states.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::time::Duration;

use super::age::millis;
use super::running::Running;
use super::state::{HandoffStage, Run, ShellState};
use super::status::{StaleCause, StepStatus};
use super::step_queue::StepQueue;
use crate::checklist::{Lasts, Step, StepId, StepKind};
use crate::run::{Moment, Prompt, Purpose, Trigger};

/// What ends with a PowerShell process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Steps that were green only as long as it lived.
    pub steps: Vec<StepId>,
    /// Variables that their commands had set, with the `$`.
    pub variables: Vec<String>,
}

impl Run {
    /// After how many milliseconds a session is to be looked after, if nothing happens meanwhile: only while the shell is
    /// open, nothing runs or waits, no handoff is under way, and a step with `keep_alive` is green.
    pub(super) fn keep_alive_after(&self, now: Moment) -> Option<u64> {
        let idle = self.running.is_none() && self.queue.is_empty() && self.handoff == HandoffStage::Idle;
        if !idle || !matches!(self.shell, ShellState::Open(..)) {
            return None;
        }
        self.kept_alive(now).map(|(step, every)| self.left(step, every, now)).min()
    }

    /// These wait to be checked: to look after sessions, or else as the operator wants. None at all is the end of both.
    pub(super) fn queued(&mut self, steps: &[StepId], trigger: Trigger) {
        if !trigger.is_in_front() {
            self.keep_alives = steps.into();
            return;
        }
        (self.queue, self.trigger) = (steps.into(), trigger);
        if steps.is_empty() {
            self.keep_alives = StepQueue::default();
        }
    }

    /// The steps whose time has come.
    pub(super) fn keep_alive_due(&self, now: Moment) -> Vec<StepId> {
        let due = self.kept_alive(now).filter(|(step, every)| self.left(step, *every, now) == 0);
        due.map(|(step, _)| step.id.clone()).collect()
    }

    /// The steps with `keep_alive` that `step` rests on.
    pub(super) fn kept_alive_below(&self, step: &StepId) -> Vec<StepId> {
        let below = self.graph.prerequisites(self.graph.place(step));
        self.looked_after
            .iter()
            .filter(|place| below.contains(place) && !self.is_known_not_to_apply(**place))
            .filter_map(|place| self.id_at(*place))
            .collect()
    }

    /// What has been checked and lives in a session, what rests on that, and whatever must be green before: all that a new
    /// session asks for again, in the order of the checklist.
    pub(super) fn lived_on_sessions(&self, now: Moment) -> Vec<StepId> {
        let steps = || self.checklist.steps.iter().enumerate();
        let places = |of: &dyn Fn(&Step) -> bool| -> Vec<usize> {
            steps().filter(|(_, step)| of(step)).map(|(place, _)| place).collect()
        };
        let measured = |step: &Step| matches!(step.kind, StepKind::Measured { .. });
        let lives = |step: &Step| step.lasts == Lasts::Session;
        let rests = self.graph.above(places(&lives));
        let checked = |step: &Step| self.state(&step.id).is_some_and(|state| state.found.is_some());
        let again: BTreeSet<usize> = steps()
            .filter(|(place, step)| measured(step) && checked(step) && (lives(step) || rests.contains(place)))
            .map(|(place, _)| place)
            .collect();
        let before = self.graph.prerequisites(again.iter().copied());
        let wanted = |((place, step), status): &((usize, &Step), StepStatus)| {
            let applies = *status != StepStatus::DoesNotApply;
            let wanting = measured(step) && !status.is_held() && before.contains(place);
            applies && again.contains(place) || wanting
        };
        steps().zip(self.statuses(now)).filter(wanted).map(|((_, step), _)| step.id.clone()).collect()
    }

    /// Whether a session that had been there is not there any more.
    pub fn session_is_lost(&self, now: Moment) -> bool {
        let gone = |step: &Step, status: &StepStatus| match status {
            StepStatus::Stale(StaleCause::SessionEnded | StaleCause::SessionExpired) => true,
            StepStatus::Red | StepStatus::Undetermined | StepStatus::Interrupted | StepStatus::Stale(_) => {
                step.keep_alive.is_some()
            }
            // One that was there in an earlier session.
            StepStatus::ToDo => {
                step.keep_alive.is_some()
                    && self.state(&step.id).is_some_and(|state| state.green_in.is_some())
            }
            // A wait that its apply began may still make it good.
            StepStatus::Polling
            | StepStatus::Green
            | StepStatus::DoesNotApply
            | StepStatus::NotRun
            | StepStatus::Waiting
            | StepStatus::Running(_) => false,
        };
        self.checklist.steps.iter().zip(self.statuses(now)).any(|(step, status)| gone(step, &status))
    }

    /// The sessions that were there in this shell, had something resting on them, and are not there any more.
    pub fn broken_sessions(&self, now: Moment) -> Vec<StepId> {
        let statuses = self.statuses(now);
        let broken = |status: &StepStatus| match status {
            StepStatus::Red
            | StepStatus::ToDo
            | StepStatus::Undetermined
            | StepStatus::Interrupted
            | StepStatus::Stale(StaleCause::SessionEnded | StaleCause::SessionExpired) => true,
            StepStatus::Polling
            | StepStatus::Green
            | StepStatus::DoesNotApply
            | StepStatus::NotRun
            | StepStatus::Waiting
            | StepStatus::Running(_)
            | StepStatus::Stale(_) => false,
        };
        let stale = statuses.iter().enumerate().filter(|(_, status)| matches!(status, StepStatus::Stale(_)));
        let had_been_there = self.graph.prerequisites(stale.map(|(place, _)| place));
        let lost =
            |place: &&usize| statuses.get(**place).is_some_and(broken) && had_been_there.contains(place);
        self.looked_after.iter().filter(lost).filter_map(|place| self.id_at(*place)).collect()
    }

    /// The steps whose session has expired, if that is what the pending question means; none if it means nothing of the
    /// kind.
    ///
    /// A credential is asked for either because the command is there to sign in, or because a session under it is gone:
    /// a command of an imported module then signs in anew by itself, which cannot succeed. It is the second where the
    /// step rests on one with `keep_alive`, or is one and is only being checked, and where the command's own text says
    /// nothing of a credential (`Get-Credential`, `-Credential`).
    pub fn expired_session(&self) -> Vec<StepId> {
        match &self.running {
            Some(running) if asks_to_sign_in(running) => {
                let mut sessions = self.kept_alive_below(&running.step);
                let own = self.step(&running.step).is_some_and(|step| step.keep_alive.is_some());
                if own && running.purpose == Purpose::Check {
                    sessions.push(running.step.clone());
                }
                sessions
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// The command that the operator waits for: not one that only looks after a session.
    pub fn foreground_command(&self) -> Option<&Running> {
        self.running.as_ref().filter(|running| running.trigger.is_in_front())
    }

    /// What was lost with the last shell: the steps that were green only in it, and the variables that they had set.
    pub fn lost(&self, now: Moment) -> Lost {
        let ended = |step: &&Step| {
            step.lasts == Lasts::Session
                && self.own_status(step, now) == StepStatus::Stale(StaleCause::SessionEnded)
        };
        let steps: Vec<&Step> = self.checklist.steps.iter().filter(ended).collect();
        let variables = steps.iter().filter_map(|step| match &step.kind {
            StepKind::Measured { apply: Some(apply), .. } => assigned(&apply.command),
            StepKind::Measured { apply: None, .. } | StepKind::Attested { .. } => None,
        });
        Lost {
            variables: variables.map(str::to_owned).collect(),
            steps: steps.iter().map(|step| step.id.clone()).collect(),
        }
    }

    /// Whether the session that a step stands for has expired since it was green.
    pub(super) fn has_expired(&self, step: &StepId) -> bool {
        let found = self.state(step).and_then(|state| state.found.as_ref());
        found.is_some_and(|found| found.ended == Some(StaleCause::SessionExpired))
    }

    /// The green steps with `keep_alive` that no other such step rests on: the check of that one says enough.
    fn kept_alive(&self, now: Moment) -> impl Iterator<Item = (&Step, Duration)> {
        let statuses = OnceCell::new();
        let green = |place: &usize| match self.near_status(*place, now) {
            Some(status) => status == StepStatus::Green,
            None => statuses.get_or_init(|| self.statuses(now)).get(*place) == Some(&StepStatus::Green),
        };
        let green: Vec<usize> = self.looked_after.iter().copied().filter(green).collect();
        let covered = self.graph.prerequisites(green.iter().copied());
        green.into_iter().filter(move |place| !covered.contains(place)).filter_map(|place| {
            let step = self.checklist.steps.get(place)?;
            Some((step, step.keep_alive?))
        })
    }

    fn id_at(&self, place: usize) -> Option<StepId> {
        self.checklist.steps.get(place).map(|step| step.id.clone())
    }

    /// How many milliseconds are left until a step is to be checked again.
    fn left(&self, step: &Step, every: Duration, now: Moment) -> u64 {
        let found = self.state(&step.id).and_then(|state| state.found.as_ref());
        let age = found.map_or(u64::MAX, |found| now.mono.saturating_sub(found.at.mono));
        millis(every).saturating_sub(age)
    }
}

/// The variable that a command begins by setting.
fn assigned(command: &str) -> Option<&str> {
    let (name, rest) = command.trim_start().split_once('=')?;
    let name = name.trim_end();
    let letters = name.strip_prefix('$')?;
    let plain = letters.chars().all(|c| c.is_alphanumeric() || c == '_');
    (plain && !letters.is_empty() && !rest.starts_with('=')).then_some(name)
}

/// Whether a command waits for a credential that its own text says nothing of.
fn asks_to_sign_in(running: &Running) -> bool {
    match running.asking.as_ref().map(|asking| &asking.prompt) {
        Some(Prompt::Credential { .. }) => !running.command.to_ascii_lowercase().contains("credential"),
        Some(Prompt::Choice { .. } | Prompt::Line | Prompt::SecureLine | Prompt::Fields { .. }) | None => {
            false
        }
    }
}
