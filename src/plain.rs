//! The wizard as lines and numbered questions: for screen readers, Server Core, pipes and dumb terminals.
//!
//! Owns words on a line and reading one; it decides nothing and draws no boxes. [`Asker`] answers PowerShell's
//! questions, from a terminal, from JSON lines or not at all; the headless `check` uses it too.

mod answers;
mod ask;
mod bar;
mod excerpt;
mod input;
mod input_question;
mod interrupts;
pub(crate) mod keys;
mod lines;
mod menu;
mod out;
mod pulse;

pub(crate) use answers::JsonAnswers;
pub(crate) use ask::{AskOutcome, Asker};
pub(crate) use bar::{BAR, cut, led};
pub(crate) use excerpt::Excerpts;
pub(crate) use input::StandardInput;
pub(crate) use input_question::InputQuestion;
pub(crate) use interrupts::Interrupts;
pub(crate) use lines::numbered;
pub use lines::{gate_lines, heading_line, held_line, step_lines};
pub use menu::next_line;
pub(crate) use menu::run;
pub(crate) use out::{Drawing, Ink, Out, exact, nobody_reads, shown};
pub use pulse::Pulse;
