//! Processor time, which other jobs on the same cores take nothing from.

use std::sync::LazyLock;
use std::time::Instant;

/// Processor time of this thread in seconds (proc(5), `schedstat`); the clock's where the system does not say.
pub fn cpu() -> f64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let begun = *BEGUN;
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split(' ').next().and_then(|nanos| nanos.parse::<u64>().ok());
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    nanos.map_or_else(|| begun.elapsed().as_secs_f64(), |nanos| nanos as f64 / 1e9)
}
