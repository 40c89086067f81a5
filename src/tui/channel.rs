//! What a terminal can beside showing characters.

/// By what a person is told, or what they are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Bell,
    Title,
    Taskbar,
    Notification(Notification),
    /// A text to paste elsewhere: `OSC 52`.
    Clipboard,
    /// Addresses that can be followed: `OSC 8`.
    Links,
}

/// How a terminal is told to notify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notification {
    /// `OSC 9`: `iTerm2`, kitty, `WezTerm`, Ghostty.
    Osc9,
    /// `OSC 777`: urxvt, foot.
    Osc777,
}
