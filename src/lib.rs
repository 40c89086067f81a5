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
//! | [`journal`] | the run's folder: records and their chain, lock, recovery, transcripts |
//! | [`wizard`] | the loop that owns a run, its journal and its shell |
pub mod checklist;
pub mod cli;
pub mod config;
pub mod journal;
pub mod plain;
pub mod run;
pub mod shell;
pub mod text;
pub mod wizard;
