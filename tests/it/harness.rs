//! What tests share: the world around the program, and those who use it.

#[cfg(unix)]
use std::sync::LazyLock;

#[cfg(unix)]
use clap::ValueEnum as _;
#[cfg(unix)]
use greenlight::facade::report::Format;

#[macro_use]
#[cfg(unix)]
mod on;
#[cfg(unix)]
pub mod system;

pub mod decided;
#[cfg(unix)]
pub mod desk;
#[cfg(unix)]
pub mod dialogue;
#[cfg(unix)]
pub mod engine_session;
#[cfg(unix)]
pub mod going;
#[cfg(unix)]
pub mod kept;
pub mod peer;
#[cfg(unix)]
pub mod procedure;
pub mod processes;
pub mod programs;
pub mod run_driver;
#[cfg(unix)]
pub mod schema;
pub mod shells;
pub mod steps;
#[cfg(unix)]
pub mod terminal;
#[cfg(unix)]
pub mod windows_console;
#[cfg(unix)]
pub mod world;

/// Every white space as one blank: a face may break a sentence anywhere.
#[cfg(unix)]
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The formats of an export, as `--format` has them.
#[cfg(unix)]
pub fn formats() -> impl Iterator<Item = &'static str> {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let all = Format::value_variants().iter().filter_map(Format::to_possible_value);
        all.map(|word| word.get_name().to_owned()).collect()
    });
    WORDS.iter().map(String::as_str)
}
