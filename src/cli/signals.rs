//! Being told to end: by the operator's Ctrl+C, by the system, by a terminal that is closed.

/// Waits until the system, or a terminal that is closed, tells this process to end.
#[cfg(unix)]
pub async fn told_to_end() {
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

/// Waits until the system, or a console that is closed, tells this process to end.
#[cfg(windows)]
pub async fn told_to_end() {
    use tokio::signal::windows::{ctrl_close, ctrl_shutdown};
    match (ctrl_close(), ctrl_shutdown()) {
        (Ok(mut close), Ok(mut shutdown)) => {
            tokio::select! {
                _ = close.recv() => {}
                _ = shutdown.recv() => {}
            }
        }
        (Err(error), _) | (_, Err(error)) => {
            tracing::debug!(%error, "signals cannot be waited for");
            std::future::pending::<()>().await;
        }
    }
}

/// Waits for Ctrl+C as well, where no screen takes it as a key.
pub async fn interrupted() {
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
