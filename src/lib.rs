//! greenlight: a wizard that runs the prerequisites of a migration in PowerShell and unlocks the start only while
//! every one of them is green.
//!
//! Rooms, from the bottom up; imports point downwards only:
//!
//! | room | owns |
//! | --- | --- |
//! | `checklist` | the types of a checklist, reading and linting one |
//! | `run` | the pure state machine: commands in, events and effects out; verdicts; the gate |
//! | `psrp` | the PowerShell Remoting Protocol, sans-I/O: it needs no other room |
//! | `shell` | what runs commands: a PowerShell process, or the rehearsal |
//! | `text` | every sentence that a person reads |
//! | `journal` | the run's folder: records and their chain, lock, recovery, transcripts |
//! | `report` | the completion log and the handoff, from a run's events |
//! | `wizard` | the loop that owns a run, its journal and its shell |
//! | `plain`, `tui` | the same wizard in lines, and on screens |
//! | `config`, `cli` | files, flags, environment; one file a subcommand |

// What cargo-machete cannot tell: the crate `csv` from a module of that name. Not where std is built too, whose crates it would name.
#![cfg_attr(not(any(test, windows)), warn(unused_crate_dependencies))]
#![warn(unreachable_pub)] // the library has two users, the program and its tests: what neither takes is not public.

mod checklist;
mod cli;
mod config;
#[doc(hidden)]
pub mod facade;
mod journal;
mod plain;
mod psrp;
mod report;
mod run;
mod shell;
mod text;
mod tui;
mod wizard;

pub use cli::main;
