//! Which greenlight writes.

use std::fs::File;
use std::io;
use std::sync::OnceLock;

use crate::checklist::Sha;
use crate::run::Build;

/// The one that runs.
pub(crate) fn running() -> &'static Build {
    static RUNNING: OnceLock<Build> = OnceLock::new();
    RUNNING.get_or_init(|| Build {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sha256: digest()
            .inspect_err(|error| tracing::warn!(%error, "greenlight cannot read its own file"))
            .ok(),
    })
}

fn digest() -> io::Result<Sha> {
    // On Linux the file that was started, whatever stands in its place by now.
    let path = if cfg!(target_os = "linux") { "/proc/self/exe".into() } else { std::env::current_exe()? };
    Sha::of_reader(&mut File::open(path)?, |_| ()).map(|(digest, _)| digest)
}
