//! What the running command says it is about: activities, each below the one that it is a part of, as PowerShell shows them.

use crate::shell::{Progress, ProgressRecordType};

/// How many go on at a time; a command that ends none loses its oldest.
const KEPT: usize = 32;

/// The activities that go on, in the order in which they began.
#[derive(Clone, Debug, Default)]
pub struct Activities(Vec<Progress>);

/// An activity, and below how many others it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity<'a> {
    pub depth: usize,
    pub progress: &'a Progress,
}

impl Activities {
    pub(super) fn update(&mut self, progress: Progress) {
        let known = self.0.iter().position(|known| known.activity_id == progress.activity_id);
        match (progress.record_type, known) {
            (ProgressRecordType::Processing, Some(known)) => {
                if let Some(known) = self.0.get_mut(known) {
                    *known = progress;
                }
            }
            (ProgressRecordType::Processing, None) => {
                if self.0.len() == KEPT {
                    self.0.remove(0);
                }
                self.0.push(progress);
            }
            // What is a part of it has ended with it.
            (ProgressRecordType::Completed, Some(_)) => {
                let below = self.below(progress.activity_id);
                self.0.retain(|known| !below.contains(&known.activity_id));
            }
            (ProgressRecordType::Completed, None) => {}
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each behind the one that it is a part of. Of those that are parts of each other, the oldest stands above.
    pub fn tree(&self) -> Vec<Activity<'_>> {
        let is_known = |id| self.0.iter().any(|known| known.activity_id == id);
        let tops = self.0.iter().filter(|top| top.parent_id.is_none_or(|parent| !is_known(parent)));
        let mut tree = Vec::with_capacity(self.0.len());
        for top in tops.chain(&self.0) {
            self.walk(top, 0, &mut tree);
        }
        tree
    }

    fn walk<'a>(&'a self, progress: &'a Progress, depth: usize, tree: &mut Vec<Activity<'a>>) {
        if tree.iter().any(|seen| seen.progress.activity_id == progress.activity_id) {
            return;
        }
        tree.push(Activity { depth, progress });
        for part in self.0.iter().filter(|part| part.parent_id == Some(progress.activity_id)) {
            self.walk(part, depth + 1, tree);
        }
    }

    /// The ids of an activity and of all that are parts of it.
    fn below(&self, id: i32) -> Vec<i32> {
        let mut tree = Vec::new();
        if let Some(top) = self.0.iter().find(|known| known.activity_id == id) {
            self.walk(top, 0, &mut tree);
        }
        tree.into_iter().map(|activity| activity.progress.activity_id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(activity_id: i32, parent_id: Option<i32>) -> Progress {
        Progress { activity_id, parent_id, ..Progress::default() }
    }

    fn completed(activity_id: i32) -> Progress {
        Progress { activity_id, record_type: ProgressRecordType::Completed, ..Progress::default() }
    }

    fn tree_of(records: impl IntoIterator<Item = Progress>) -> Vec<(usize, i32)> {
        let mut activities = Activities::default();
        records.into_iter().for_each(|record| activities.update(record));
        activities.tree().into_iter().map(|found| (found.depth, found.progress.activity_id)).collect()
    }

    #[test]
    fn a_part_stands_below_what_it_is_a_part_of() {
        let records = [record(2, Some(1)), record(1, None), record(5, None), record(3, Some(2))];
        assert_eq!(tree_of(records), [(0, 1), (1, 2), (2, 3), (0, 5)]);
    }

    #[test]
    fn what_has_ended_takes_its_parts_along() {
        let records = [record(1, None), record(2, Some(1)), record(3, Some(2)), record(4, Some(1))];
        assert_eq!(tree_of(records.clone().into_iter().chain([completed(2)])), [(0, 1), (1, 4)]);
        assert_eq!(tree_of(records.into_iter().chain([completed(1)])), []);
        assert_eq!(tree_of([record(1, None), completed(9)]), [(0, 1)]);
    }

    #[test]
    fn a_record_takes_the_place_of_the_last_one_of_its_activity() {
        let half = Progress { percent: Some(50), ..record(1, None) };
        let mut activities = Activities::default();
        for it in [record(1, None), record(2, None), half.clone()] {
            activities.update(it);
        }
        let tree = activities.tree();
        assert_eq!(tree.iter().map(|found| found.progress).collect::<Vec<_>>(), [&half, &record(2, None)]);
    }

    #[test]
    fn parts_of_each_other_end() {
        assert_eq!(tree_of([record(1, Some(2)), record(2, Some(1))]), [(0, 1), (1, 2)]);
        assert_eq!(tree_of([record(1, Some(1))]), [(0, 1)]);
        assert_eq!(tree_of([record(1, Some(2)), record(2, Some(1)), completed(2)]), []);
    }

    #[test]
    fn who_ends_none_loses_the_oldest() {
        let tree = tree_of((0..40).map(|id| record(id, None)));
        assert_eq!(tree.first(), Some(&(0, 8)));
        assert_eq!(tree.len(), KEPT);
    }
}
