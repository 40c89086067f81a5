//! Waiting that can be part of a `select!`.

use std::future::pending;

use tokio::time::{Instant, sleep_until};

/// Waits until then, or for ever.
pub(super) async fn until(then: Option<Instant>) {
    match then {
        Some(then) => sleep_until(then).await,
        None => pending().await,
    }
}
