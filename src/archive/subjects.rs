//! What a run was done to, from the records that are read of its journal: the last that each of them says, and no more.

use serde::Serialize;

use crate::checklist::{Changes, StepId};
use crate::run::{AbandonCause, ApplyGivenUp, Attempt, Event, Finding, FoundSubject, VerdictReason};

/// What the work was done to, as it was said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedSubject {
    #[serde(flatten)]
    pub found: FoundSubject,
    /// Whether the last record says so, and no check since it was found could not tell.
    pub sure: bool,
}

/// What the records so far say.
#[derive(Default)]
pub(super) struct Subjects {
    /// The number of the last one.
    last: u64,
    known: Vec<Known>,
    /// The steps that have found one.
    finders: Vec<(StepId, Changes)>,
    running: Option<(Attempt, StepId)>,
}

struct Known {
    found: FoundSubject,
    /// The record that says so last.
    said: u64,
    /// The last check could not tell which one it is.
    in_doubt: bool,
}

impl Subjects {
    pub(super) fn hear(&mut self, record: u64, event: &Event) {
        // What was not read may name another one.
        if record > self.last + 1 {
            self.known.clear();
        }
        self.last = record;
        match event {
            Event::Started { attempt, step, .. } => self.running = Some((*attempt, step.clone())),
            Event::Checked { attempt, finding, .. } => self.checked(*attempt, finding),
            Event::ApplyPlanned { subject: Some(found), .. }
            | Event::ApplyGivenUp { why: ApplyGivenUp::SubjectChanged { subject: found }, .. }
            | Event::HandoffAbandoned { why: AbandonCause::SubjectChanged { subject: found } } => {
                self.found(found);
            }
            Event::ApplyGivenUp { why: ApplyGivenUp::SubjectUnknown { scope }, .. } => self.doubt(*scope),
            Event::Resumed { subjects, .. }
            | Event::ShellEnded { subjects, .. }
            | Event::Sealed { subjects, .. } => subjects.iter().for_each(|found| self.repeated(found)),
            _ => {}
        }
    }

    pub(super) fn listed(self) -> Vec<ListedSubject> {
        let listed = |known: Known| ListedSubject {
            sure: known.said == self.last && !known.in_doubt,
            found: known.found,
        };
        self.known.into_iter().map(listed).collect()
    }

    fn checked(&mut self, attempt: Attempt, finding: &Finding) {
        let step = self.running.take().filter(|(running, _)| *running == attempt).map(|(_, step)| step);
        if let Some(found) = finding.subject.as_deref() {
            let finder = step.map(|step| (step, found.scope));
            self.finders.extend(finder.filter(|finder| !self.finders.contains(finder)));
            self.found(found);
            return;
        }
        let of_step = self.finders.iter().find(|(finder, _)| Some(finder) == step.as_ref());
        let scope = match &finding.reason {
            VerdictReason::SubjectUnclear { scope, .. } => Some(*scope),
            _ => of_step.map(|(_, scope)| *scope),
        };
        if let Some(scope) = scope {
            self.doubt(scope);
        }
    }

    fn found(&mut self, found: &FoundSubject) {
        let new = Known { found: found.clone(), said: self.last, in_doubt: false };
        match self.known.iter_mut().find(|known| known.found.scope == found.scope) {
            Some(known) => *known = new,
            None => self.known.push(new),
        }
    }

    /// It is named again as it was found last: that takes no doubt away.
    fn repeated(&mut self, found: &FoundSubject) {
        match self.known.iter_mut().find(|known| known.found == *found) {
            Some(known) => known.said = self.last,
            None => self.found(found),
        }
    }

    fn doubt(&mut self, scope: Changes) {
        for known in self.known.iter_mut().filter(|known| known.found.scope == scope) {
            known.in_doubt = true;
        }
    }
}
