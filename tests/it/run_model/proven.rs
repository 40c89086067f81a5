//! What a search has to have seen.

use super::*;

/// A search that saw what it is about.
pub(super) fn proven(name: &str, steps: Vec<Step>, reach: Reach) {
    proven_of(name, checklist(steps), reach);
}

pub(super) fn proven_of(name: &str, checklist: Checklist, reach: Reach) {
    proven_by(name, Search::new(checklist, reach));
}

pub(super) fn proven_by(name: &str, search: Search) {
    let reach = search.reach;
    let goes = search.reach.going;
    let has_conditions = search.checklist.steps.iter().any(|step| step.when.is_some());
    let seen = search.exhaust(name);
    assert!(
        seen.open > 0 && seen.interrupted > 0 && seen.confirmed > 0 && seen.sealed > 0 && seen.given_up > 0
    );
    assert_eq!(has_conditions, seen.not_applying > 0);
    assert!(seen.halted > 0 && seen.recovered > seen.halted);
    assert_eq!(reach.waits, seen.waited > 0 && seen.polled > 0 && seen.ended[0] > 0 && seen.ended[1] > 0);
    assert_eq!(goes, seen.went > 0 && seen.stopped_going[0] > 0 && seen.stopped_going[1] > 0);
    assert_eq!(reach.questions, seen.extended > 0);
    assert_eq!(reach.sessions || reach.waits, seen.held > 0 && seen.released > 0 && seen.refused > 0);
}
