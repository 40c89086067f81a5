//! Being told to end: by the operator's Ctrl+C, by the system, by a terminal that is closed.

use crate::plain::Interrupts;
pub(super) use crate::plain::keys::INTERRUPT as KEY;

/// Waits until the system, or a terminal that is closed, tells this process to end.
#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
        (Ok(mut terminate), Ok(mut hangup)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
        }
        (Err(error), _) | (_, Err(error)) => {
            tracing::debug!(%error, "signals cannot be waited for");
            std::future::pending::<()>().await;
        }
    }
}

/// Waits until the operator by Ctrl+Break, the system, or a console that is closed, tells this process to end.
#[cfg(windows)]
async fn told_to_end() {
    use tokio::signal::windows::{ctrl_break, ctrl_close, ctrl_logoff, ctrl_shutdown};
    match (ctrl_break(), ctrl_close(), ctrl_logoff(), ctrl_shutdown()) {
        (Ok(mut break_key), Ok(mut close), Ok(mut logoff), Ok(mut shutdown)) => {
            tokio::select! {
                _ = break_key.recv() => {}
                _ = close.recv() => {}
                _ = logoff.recv() => {}
                _ = shutdown.recv() => {}
            }
        }
        (Err(error), ..) | (_, Err(error), ..) | (_, _, Err(error), _) | (.., Err(error)) => {
            tracing::debug!(%error, "signals cannot be waited for");
            std::future::pending::<()>().await;
        }
    }
}

/// Waits for Ctrl+C as well; on screens it is a key, unless another program sends it.
pub(super) async fn interrupted() {
    tokio::select! {
        signal = tokio::signal::ctrl_c() => {
            if let Err(error) = signal {
                tracing::debug!(%error, "Ctrl+C cannot be waited for");
                std::future::pending::<()>().await;
            }
        }
        () = told_to_end() => {}
    }
}

/// Waits for a Ctrl+C that no command takes, or to be told to end.
pub(super) async fn leaves(interrupts: &Interrupts) {
    let unused = async {
        loop {
            if let Err(error) = tokio::signal::ctrl_c().await {
                tracing::debug!(%error, "Ctrl+C cannot be waited for");
                std::future::pending::<()>().await;
            }
            if !interrupts.press() {
                return;
            }
        }
    };
    tokio::select! {
        () = unused => {}
        () = told_to_end() => {}
    }
}
