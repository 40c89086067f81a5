//! A decision in the making. Its run is only looked at, but by one function, which has an event written down and then folds it.

use std::cell::OnceCell;
use std::ops::Deref;

use super::super::state::Run;
use super::super::status::StepStatus;
use crate::run::{Decision, Effect, Event, Moment, Refusal, Stamped};

/// Has an event written down, and says whether it is.
type Write<'a> = &'a mut dyn FnMut(&Stamped) -> bool;

/// A decision in the making, with the run as it is after the events so far.
pub(super) struct Draft<'a> {
    pub(super) run: FoldedRun<'a>,
    pub(super) at: Moment,
    /// None after a write that failed: whatever else a rule wants then does not happen.
    write: Option<Write<'a>>,
    written: bool,
    effects: Vec<Effect>,
    /// The first of what had waited and was refused.
    refused: Option<Refusal>,
    /// Where every step stands after the events so far, once somebody had to look at all of them.
    statuses: OnceCell<Vec<StepStatus>>,
}

/// A run that rules can only look at.
pub(super) struct FoldedRun<'a>(&'a mut Run);

impl Deref for FoldedRun<'_> {
    type Target = Run;

    fn deref(&self) -> &Run {
        self.0
    }
}

impl<'a> Draft<'a> {
    pub(super) const fn new(run: &'a mut Run, at: Moment, write: Write<'a>) -> Self {
        Self {
            run: FoldedRun(run),
            at,
            write: Some(write),
            written: false,
            effects: Vec::new(),
            refused: None,
            statuses: OnceCell::new(),
        }
    }

    /// Has an event written down, then folds it.
    pub(super) fn event(&mut self, event: Event) {
        let Some(write) = &mut self.write else { return };
        let stamped = Stamped { at: self.at, event };
        if write(&stamped) {
            self.run.0.evolve(stamped.at, &stamped.event);
            self.statuses = OnceCell::new();
            self.written = true;
        } else {
            self.write = None;
        }
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// What had waited is refused, and is nobody's command any more.
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.refused.get_or_insert(refusal);
    }

    /// Whether nothing was lost on the way to the disk so far.
    pub(super) const fn is_sound(&self) -> bool {
        self.write.is_some()
    }

    /// Whether anything happened.
    pub(super) const fn has_events(&self) -> bool {
        self.written
    }

    pub(super) fn statuses(&self) -> &[StepStatus] {
        self.statuses.get_or_init(|| self.run.statuses(self.at))
    }

    pub(super) fn decision(self, decided: Result<(), Refusal>) -> Decision {
        Decision { effects: self.effects, refused: decided.err().or(self.refused) }
    }
}
