//! Which of the reasons is selected.

/// What the gate's screen remembers.
#[derive(Debug, Default)]
pub struct GateState {
    pub(super) reason: usize,
}

impl GateState {
    /// The position of the selected reason.
    pub const fn reason(&self) -> usize {
        self.reason
    }
}
