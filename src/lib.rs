//! greenlight: a wizard that runs the prerequisites of a migration in PowerShell and unlocks the start only while
//! every one of them is green.
//!
//! The crate is made of rooms, each a module here; a room uses lower ones and no other. Which they are, what each owns and
//! never does, and where to start reading is in `docs/architecture.md`, which `tests/it/architecture.rs` holds against the source.

// What cargo-machete cannot tell: the crate `csv` from a module of that name. Not where std is built too, whose crates it would name.
#![cfg_attr(not(any(test, windows)), warn(unused_crate_dependencies))]
#![warn(unreachable_pub)] // the library has two users, the program and its tests: what neither takes is not public.

mod archive;
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
mod sanitize;
mod shell;
mod text;
mod tui;
mod wizard;

pub use cli::main;
