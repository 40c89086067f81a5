//! The ends of greens that something else brings about: of one step, of what lived in a session, of statements, of all above a step.

use std::sync::Arc;

use super::state::{Run, StepState};
use super::status::StaleCause;
use crate::checklist::{Lasts, StepId};

impl Run {
    /// Ends a step's green, keeping the first cause.
    pub(super) fn end_green(&mut self, step: &StepId, cause: &StaleCause) {
        let Some(StepState { found, statement, .. }) = self.change_known(step) else { return };
        if let Some(found) = found {
            found.ended.get_or_insert_with(|| cause.clone());
        }
        if let Some(statement) = statement {
            statement.ended.get_or_insert_with(|| cause.clone());
        }
    }

    /// Ends what outlives a session but rests on one: the next session may be one with somebody else.
    pub(super) fn end_on_sessions(&mut self) {
        let (checklist, graph) = (Arc::clone(&self.checklist), Arc::clone(&self.graph));
        // Of each step the session that it rests on.
        let mut gone: Vec<Option<&StepId>> = Vec::with_capacity(checklist.steps.len());
        for (place, step) in checklist.steps.iter().enumerate() {
            let root = graph.needs(place).iter().find_map(|need| gone.get(*need).copied().flatten());
            gone.push(match (step.lasts, root) {
                // It ends by itself.
                (Lasts::Session, _) => Some(&step.id),
                (Lasts::Run, Some(root)) => {
                    self.end_green(&step.id, &StaleCause::NeedSessionEnded { step: root.clone() });
                    Some(root)
                }
                (Lasts::Run, None) => None,
            });
        }
    }

    /// Ends what people stated, keeping the first cause.
    pub(super) fn end_statements(&mut self, cause: &StaleCause) {
        let checklist = Arc::clone(&self.checklist);
        for step in &checklist.steps {
            let stated = self.state(&step.id).is_some_and(|state| state.statement.is_some());
            if let Some(Some(statement)) = stated.then(|| self.change(&step.id)?.statement.as_mut()) {
                statement.ended.get_or_insert_with(|| cause.clone());
            }
        }
    }

    /// Ends the greens of every step that needs one of `steps`, directly or through others.
    pub(super) fn end_dependents(&mut self, steps: &[StepId], cause: &StaleCause) {
        let checklist = Arc::clone(&self.checklist);
        let above = self.graph.above(steps.iter().filter_map(|step| self.graph.place(step)));
        for dependent in above.into_iter().filter_map(|place| checklist.steps.get(place)) {
            self.end_green(&dependent.id, cause);
        }
    }
}
