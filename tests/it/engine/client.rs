//! The client of the protocol against the real engine: running, streams, prompts, stopping, secrets, noise.

mod noise;
mod prompts;
mod running;
mod secrets;
mod server;
mod stopping;
mod streams;
mod values;
