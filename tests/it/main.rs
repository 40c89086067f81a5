//! Every test, in one program: `cargo test --test it verdict::` runs those of one file.
//!
//! Only what is not under `cfg(unix)` is built for Windows as well, and run there by `.ci/win7 test`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test fails where it stands, and says by name that it was skipped"
)]

#[macro_use]
mod harness;

mod applies;
#[cfg(unix)]
mod architecture;
#[cfg(unix)]
mod archive;
#[cfg(unix)]
mod bad_input;
#[cfg(unix)]
mod check;
#[cfg(unix)]
mod checklist_builtin;
mod checklist_lint;
mod checklist_lint_reading;
mod checklist_read;
#[cfg(unix)]
mod clock;
#[cfg(unix)]
mod colour;
#[cfg(unix)]
mod completions;
#[cfg(unix)]
mod covers;
#[cfg(unix)]
mod crash;
#[cfg(unix)]
mod disk_trouble;
#[cfg(unix)]
mod doctor;
mod engine;
#[cfg(unix)]
mod excerpts;
#[cfg(unix)]
mod exports;
#[cfg(unix)]
mod faces;
#[cfg(unix)]
mod fixtures_modules;
#[cfg(unix)]
mod format;
#[cfg(unix)]
mod handoff;
#[cfg(unix)]
mod help;
#[cfg(unix)]
mod hostile;
#[cfg(unix)]
mod journal;
#[cfg(unix)]
mod kept_records;
#[cfg(unix)]
mod legacy_console;
#[cfg(unix)]
mod limits;
#[cfg(unix)]
mod lines;
#[cfg(unix)]
mod looking;
#[cfg(unix)]
mod moves;
#[cfg(unix)]
mod no_wrong_green;
#[cfg(unix)]
mod one_system;
#[cfg(unix)]
mod only_windows;
#[cfg(unix)]
mod operators;
#[cfg(unix)]
mod own_scenario;
#[cfg(unix)]
mod plain;
#[cfg(unix)]
mod polluted_session;
#[cfg(unix)]
mod procedure;
#[cfg(unix)]
mod procedure_outside;
#[cfg(unix)]
mod procedure_tenant;
#[cfg(unix)]
mod prompts;
#[cfg(unix)]
mod prune;
mod psrp_fuzz;
mod psrp_peer;
#[cfg(unix)]
mod redact;
#[cfg(unix)]
mod rehearsal;
#[cfg(unix)]
mod remoting;
#[cfg(unix)]
mod report;
#[cfg(unix)]
mod rows;
mod run_going;
mod run_handoff;
mod run_machine;
mod run_model;
mod run_time;
mod run_view;
mod run_waits;
#[cfg(unix)]
mod secrets;
#[cfg(unix)]
mod session_life;
#[cfg(unix)]
mod take;
#[cfg(unix)]
mod tenants;
#[cfg(unix)]
mod trust;
#[cfg(unix)]
mod tui_screens;
#[cfg(unix)]
mod unknown_error;
#[cfg(unix)]
mod until;
mod verdict;
#[cfg(unix)]
mod verifier;
#[cfg(unix)]
mod verify;
#[cfg(unix)]
mod watch;
#[cfg(unix)]
mod when;
#[cfg(unix)]
mod wire;
#[cfg(unix)]
mod wizard;
#[cfg(unix)]
mod words;
