//! The confirmation in the making, and how far the sealed screen is read.

use crate::run::HandoffStage;
use crate::tui::View;
use crate::tui::confirmation::Confirmation;

/// What the handoff's screens remember.
#[derive(Debug, Default)]
pub(crate) struct HandoffState {
    pub confirmation: Confirmation,
    pub scroll: u16,
}

impl HandoffState {
    pub(in crate::tui) fn sync(&mut self, view: &View<'_>) {
        match view.run.handoff() {
            HandoffStage::Confirming => {}
            HandoffStage::Idle
            | HandoffStage::Rechecking { .. }
            | HandoffStage::Writing
            | HandoffStage::Sealed { .. } => self.confirmation = Confirmation::default(),
        }
    }
}
