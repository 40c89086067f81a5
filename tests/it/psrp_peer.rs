//! The client against a scripted peer of every version that misbehaves in every way.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation fails the test"
)]

#[path = "psrp_peer/discipline.rs"]
mod discipline;
#[path = "psrp_peer/host.rs"]
mod host;
#[path = "psrp_peer/keys.rs"]
mod keys;
#[path = "psrp_peer/misbehaviour.rs"]
mod misbehaviour;
#[path = "psrp_peer/peer.rs"]
mod peer;
