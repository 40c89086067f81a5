//! The PowerShell shell against the real engine, and against programs that are none.

mod commands;
mod life;
mod procedure;
