//! From the start to the first frame, memory at rest, and wake-ups while nothing happens: `cargo bench --bench start`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "a benchmark"
)]

#[path = "support/figures.rs"]
mod figures;
#[expect(dead_code, reason = "each benchmark takes its part")]
#[path = "support/pane.rs"]
mod pane;

use std::time::Duration;

use pane::{Pane, of_threads, status};

const PROGRAM: &str = env!("CARGO_BIN_EXE_greenlight");
/// The checklist that the tests play.
macro_rules! seventeen {
    ($before:literal, $file:literal) => {
        concat!($before, env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/checklists/seventeen/", $file)
    };
}
const REHEARSE: [&str; 4] =
    ["run", seventeen!("", "checklist.toml"), "--trust", seventeen!("--rehearse=", "default.toml")];
const INPUTS: [&str; 3] =
    ["sip_domain=contoso.com", "target_pool=pool01.contoso.com", "pilot_users=ada@contoso.com"];

fn main() {
    let rounds = figures::count("GREENLIGHT_BENCH_ROUNDS", 15);
    let Some(mut pane) = Pane::open("start", 120, 40) else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let environment = [
        ("GREENLIGHT_DATA_DIR", data),
        ("GREENLIGHT_LANG", "en".to_owned()),
        ("HOME", folder.path().display().to_string()),
        ("XDG_CONFIG_HOME", folder.path().join("config").display().to_string()),
    ];
    let mut begin = vec![PROGRAM];
    begin.extend(REHEARSE);
    begin.extend(INPUTS.iter().flat_map(|input| ["--input", input]));
    let ways: [(&str, &[&str]); 3] = [
        ("choosing what to open", &[PROGRAM]),
        ("a new run (its folder and first records on disk)", &begin),
        ("a run resumed", &[PROGRAM, "resume", REHEARSE[3]]),
    ];
    figures::head("start: from exec to the whole first frame, 120x40");
    for (name, words) in ways {
        let mut taken = Vec::new();
        for _ in 0..rounds {
            let (started, _) = pane.exec(&environment, words);
            // The footer is what is drawn last.
            let drawn = pane.wait_for_output("help");
            taken.push(drawn.duration_since(started).as_secs_f64() * 1e3);
        }
        figures::line(name, "ms (goal: 100)", &taken);
    }

    let (mut memory, mut woken, mut worked) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..3 {
        let (_, pid) = pane.exec(&environment, &begin);
        pane.wait_for_output("help");
        // The briefing: past the fields that are filled in already, to its button.
        while !pane.screen().contains("OUTPUT") {
            pane.press("Enter");
            std::thread::sleep(Duration::from_millis(300));
        }
        std::thread::sleep(Duration::from_secs(2));
        memory.push(status(pid, "VmRSS") as f64 / 1024.0);
        let before = (wake_ups(pid), ticks(pid));
        std::thread::sleep(Duration::from_secs(10));
        woken.push((wake_ups(pid) - before.0) as f64);
        worked.push((ticks(pid) - before.1) as f64);
    }
    figures::head("at rest on the step screen");
    figures::line("memory (VmRSS)", "MiB (goal: 20)", &memory);
    figures::line("switches in 10 s: each system call that waits makes one", "(goal: 0)", &woken);
    figures::line("clock ticks of work in 10 s", "(goal: 0)", &worked);
}

fn wake_ups(pid: u32) -> u64 {
    of_threads(pid, "voluntary_ctxt_switches") + of_threads(pid, "nonvoluntary_ctxt_switches")
}

/// User and system time of the whole process.
fn ticks(pid: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}
