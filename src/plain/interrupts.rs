//! Ctrl+C: while a command runs it stops that one, and else it leaves.

use std::cell::Cell;

use tokio::sync::Notify;

/// Who takes the next Ctrl+C.
#[derive(Debug, Default)]
pub(crate) struct Interrupts {
    by_command: Cell<bool>,
    pressed: Notify,
}

impl Interrupts {
    /// It was pressed: whether a command takes it, once; else the program ends.
    pub(crate) fn press(&self) -> bool {
        let taken = self.by_command.replace(false);
        if taken {
            self.pressed.notify_one();
        }
        taken
    }

    /// From here on a command takes it, or none does.
    pub(super) fn are_taken(&self, by_command: bool) {
        self.by_command.set(by_command);
    }

    /// Waits until a command was to be stopped.
    pub(super) async fn pressed(&self) {
        self.pressed.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::Interrupts;

    #[test]
    fn a_command_takes_one_and_the_next_leaves() {
        let interrupts = Interrupts::default();
        assert!(!interrupts.press(), "nothing runs");
        interrupts.are_taken(true);
        assert_eq!([interrupts.press(), interrupts.press()], [true, false]);
    }
}
