//! greenlight.
fn main() {}
