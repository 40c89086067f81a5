//! Drives a program in a Windows console of its own, as tmux does for the terminals of Unix.
//!
//! `console COLUMNSxROWS LINES` opens a console with a window of that size on a buffer of that many lines and says `null`.
//! Then it takes one request a line from standard input and gives one answer a line, both JSON: `console/driver.rs` lists
//! what can be asked. What failed is `{"error": …}`. At the end of standard input the program that it runs is ended.
//!
//! It is built with `cargo build --example console` for Windows; elsewhere it is empty.

#[cfg(not(windows))]
fn main() {}

#[cfg(windows)]
#[path = "console/driver.rs"]
mod driver;

#[cfg(windows)]
#[path = "console/window.rs"]
mod window;

#[cfg(windows)]
fn main() {
    if let Err(error) = driver::run() {
        use std::io::Write as _;
        let _told = writeln!(std::io::stderr(), "console: {error}");
        std::process::exit(1);
    }
}
