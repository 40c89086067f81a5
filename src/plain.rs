//! The wizard as lines and numbered questions: for screen readers, Server Core, pipes and dumb terminals.
//!
//! Owns words on a line and reading one; it decides nothing and draws no boxes. [`Asker`] answers PowerShell's
//! questions, from a terminal, from JSON lines or not at all; the headless `check` uses it too.

mod answers;
mod ask;
mod bar;
mod input;
mod lines;
mod menu;
mod out;

pub use answers::JsonAnswers;
pub use ask::{AskOutcome, Asker};
pub use bar::{BAR, cut, led};
pub use input::StandardInput;
pub use lines::{gate_lines, step_lines};
pub use menu::run;
pub use out::{Out, exact, nobody_reads, shown};
