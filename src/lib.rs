//! greenlight.

pub mod psrp;
