//! greenlight: a wizard that runs the prerequisites of a migration in PowerShell and unlocks the start only while
//! every one of them is green.
//!
//! Rooms, from the bottom up; imports point downwards only:
//!
//! | room | owns |
//! | --- | --- |
//! | [`text`] | every sentence that a person reads |
//! | [`checklist`] | the types of a checklist, reading and linting one |
//! | [`run`] | the pure state machine: commands in, events and effects out; verdicts; the gate |
//! | [`shell`] | what runs commands: a PowerShell process, or the rehearsal |
//! | [`wizard`] | the loop that owns a run, its journal and its shell |
//! | [`tui`] | screens, theme, signs, key map, and the loop that draws them |
pub mod checklist;
pub mod run;
pub mod shell;
pub mod text;
pub mod tui;
pub mod wizard;
