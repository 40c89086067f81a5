//! Which of the reasons is selected, and where it is read instead.

/// What the gate's screen remembers.
#[derive(Debug, Default)]
pub struct GateState {
    pub(super) reason: usize,
    /// From which row on it is read, where that was scrolled and not brought there by the selection.
    pub(super) read: Option<u16>,
}

impl GateState {
    /// The position of the selected reason.
    pub const fn reason(&self) -> usize {
        self.reason
    }
}
