//! The client against the real engine: running, streams, prompts, stopping, secrets, noise.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

#[path = "psrp_engine/noise.rs"]
mod noise;
#[path = "psrp_engine/prompts.rs"]
mod prompts;
#[path = "psrp_engine/running.rs"]
mod running;
#[path = "psrp_engine/secrets.rs"]
mod secrets;
#[path = "psrp_engine/server.rs"]
mod server;
#[path = "psrp_engine/stopping.rs"]
mod stopping;
#[path = "psrp_engine/streams.rs"]
mod streams;
#[path = "psrp_engine/values.rs"]
mod values;
