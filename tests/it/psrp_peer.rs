//! The client against a scripted peer of every version that misbehaves in every way.

mod discipline;
mod host;
mod keys;
mod misbehaviour;
