//! What makes a test of each system of one function, and the usual assertions, counted: `system` says why.

/// One function, and a test of it on each of these systems.
macro_rules! on {
    ($name:ident, $($rest:tt)+) => { on!(super::$name => $name, $($rest)+); };
    ($body:expr => $name:ident, $needs:ident, $($test:ident = $on:ident),+) => {
        mod $name {
            use $crate::harness::system::{Needs, On, play};
            $(#[test]
            fn $test() {
                let test = concat!(stringify!($name), "::", stringify!($test));
                play(On::$on, Needs::$needs, test, $body);
            })+
        }
    };
}

macro_rules! on_both {
    ($name:ident) => {
        on!($name, PowerShell, native = Native, windows = Windows);
    };
    ($name:ident without PowerShell) => {
        on!($name, Nothing, native = Native, windows = Windows);
    };
    // The wizard in the process of the test, on the PowerShell of either.
    ($name:ident in this process) => {
        on!(|world| $crate::harness::engine_session::wait_for(super::$name(world)) => $name,
            PowerShell, native = Native, windows = Windows);
    };
    ($name:ident in every language) => {
        on!($name, PowerShell, native = Native, windows = Windows, spanish = Spanish, french = French);
    };
}

/// What cannot be on Windows, or says nothing there: `one_system.toml` says why.
macro_rules! on_native {
    ($name:ident) => {
        on!($name, PowerShell, native = Native);
    };
    ($name:ident without PowerShell) => {
        on!($name, Nothing, native = Native);
    };
    ($name:ident over SSH) => {
        on!($name, Ssh, native = Native);
    };
}

macro_rules! on_windows {
    ($name:ident) => {
        on!($name, PowerShell, windows = Windows);
    };
    ($name:ident in its languages) => {
        on!($name, PowerShell, spanish = Spanish, french = French);
    };
    ($name:ident apart in this process) => {
        on!(|world| $crate::harness::engine_session::wait_for(super::$name(world)) => $name,
            PowerShell, windows = Apart);
    };
    ($name:ident apart) => {
        on!($name, PowerShell, windows = Apart);
    };
}

/// The usual assertions, counted.
macro_rules! assert {
    ($($arguments:tt)*) => {{ $crate::harness::system::count(); ::std::assert!($($arguments)*) }};
}
macro_rules! assert_eq {
    ($($arguments:tt)*) => {{ $crate::harness::system::count(); ::std::assert_eq!($($arguments)*) }};
}
macro_rules! assert_ne {
    ($($arguments:tt)*) => {{ $crate::harness::system::count(); ::std::assert_ne!($($arguments)*) }};
}
