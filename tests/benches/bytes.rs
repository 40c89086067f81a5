//! What the program sends its terminal: for each key, and while nothing happens: `cargo bench --bench bytes`.
//!
//! `GREENLIGHT_BENCH_ROUNDS` (3). The rehearsal of seventeen steps in a real terminal, over its control connection.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark"
)]
#![expect(clippy::cast_precision_loss, clippy::indexing_slicing, reason = "a benchmark")]

#[path = "support/figures.rs"]
mod figures;
#[expect(dead_code, reason = "each benchmark takes its part")]
#[path = "support/pane.rs"]
mod pane;

use std::path::Path;
use std::thread;
use std::time::Duration;

use pane::Pane;

macro_rules! seventeen {
    ($before:literal, $file:literal) => {
        concat!($before, env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/checklists/seventeen/", $file)
    };
}
const BEGIN: [&str; 11] = [
    env!("CARGO_BIN_EXE_greenlight"),
    "run",
    seventeen!("", "checklist.toml"),
    "--trust",
    seventeen!("--rehearse=", "default.toml"),
    "--input",
    "sip_domain=contoso.com",
    "--input",
    "target_pool=pool01.contoso.com",
    "--input",
    "pilot_users=ada@contoso.com",
];
/// What each key does on the step screen, and the key that takes it back.
const KEYS: [(&str, &str, &str); 7] = [
    ("the next step", "Down", "Up"),
    ("the last step, by its number", "17 Enter", "1 Enter"),
    ("a page of the step", "PageDown", "PageUp"),
    ("one pane, and all", "z", "z"),
    ("what is not green, and all", "o", "o"),
    ("help", "?", "Escape"),
    ("the gate", "g", "Escape"),
];

fn main() {
    let rounds = figures::count("GREENLIGHT_BENCH_ROUNDS", 3);
    for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
        let folder = tempfile::tempdir().unwrap();
        let Some(mut pane) = Pane::open("bytes", columns, rows) else { return };
        figures::head(&format!("bytes that are sent, {columns}x{rows}"));
        at_steps(&mut pane, folder.path());
        figures::line("10 s at rest", "(goal: 0)", &[sent(&mut pane, "", Duration::from_secs(10))]);
        figures::line("a key that changes nothing", "(goal: 0)", &[sent(&mut pane, "Up", QUIET)]);
        for (what, key, back) in KEYS {
            let (mut there, mut here) = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                there.push(sent(&mut pane, key, QUIET));
                here.push(sent(&mut pane, back, QUIET));
            }
            figures::line(what, "bytes", &there);
            figures::line(&format!("{what}: back"), "bytes", &here);
        }
    }
}

/// Longer than a frame, and than the keys of a number are waited for.
const QUIET: Duration = Duration::from_millis(1500);

fn at_steps(pane: &mut Pane, folder: &Path) {
    let environment = [
        ("GREENLIGHT_DATA_DIR", folder.join("data").display().to_string()),
        ("GREENLIGHT_LANG", "en".to_owned()),
        ("HOME", folder.display().to_string()),
        ("XDG_CONFIG_HOME", folder.join("config").display().to_string()),
    ];
    pane.exec(&environment, &BEGIN);
    pane.wait_until("the inputs", |screen| screen.contains("F1 help"));
    pane.press("Escape");
    pane.wait_until("the steps", |screen| screen.contains("STEPS"));
    thread::sleep(QUIET);
}

/// What was sent in that time after keys.
fn sent(pane: &mut Pane, keys: &str, time: Duration) -> f64 {
    let before = pane.written();
    if !keys.is_empty() {
        pane.press(keys);
    }
    thread::sleep(time);
    (pane.written() - before) as f64
}
