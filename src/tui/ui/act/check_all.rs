//! Check all: every step, from the first.

use super::super::{Intent, Sweep, Ui};
use crate::run::Command;
use crate::tui::View;

impl Ui {
    pub(super) fn check_all(&mut self, view: &View<'_>) -> Intent {
        self.sweep = Sweep::All;
        let steps = view.run.checklist().steps.iter().map(|step| step.id.clone()).collect();
        Intent::Commands(vec![Command::CheckAll(steps)])
    }
}
