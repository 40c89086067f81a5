//! By what a terminal can tell a person who looked away, and the escape sequences for it.

use std::io::{self, Write};

use crossterm::terminal::SetTitle;
use crossterm::{execute, queue};

use super::on_leaving;
use crate::sanitize::escape_controls;
use crate::tui::attention::{Channel, Notification, Signal, Taskbar};

/// What a terminal of these variables can be told; `old` is a console that takes no escape sequences. `tmux` and `screen`
/// pass a bell and a title on, and nothing else.
pub(crate) fn channels(variable: impl Fn(&str) -> Option<String>, old: bool) -> Vec<Channel> {
    if old {
        // What is written there stands as text in the operator's own buffer.
        return Vec::new();
    }
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let is =
        |name: &str, values: &[&str]| variable(name).is_some_and(|value| values.contains(&value.as_str()));
    let term = variable("TERM").unwrap_or_default();
    let multiplexed = variable("TMUX").is_some() || term.starts_with("screen") || term.starts_with("tmux");
    let has_window = !matches!(term.as_str(), "linux" | "dumb");
    let program = |names: &[&str]| !multiplexed && is("TERM_PROGRAM", names);
    let vte = || variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).unwrap_or(0);
    let taskbar = !multiplexed
        && (variable("WT_SESSION").is_some()
            || is("ConEmuANSI", &["ON"])
            || program(&["WezTerm", "ghostty"])
            || vte() >= 7_900);
    let notification = match term.as_str() {
        _ if multiplexed => None,
        _ if program(&["iTerm.app", "WezTerm", "ghostty"]) => Some(Notification::Osc9),
        _ if variable("KITTY_WINDOW_ID").is_some() => Some(Notification::Osc9),
        term if term.starts_with("foot") || term.starts_with("rxvt-unicode") => Some(Notification::Osc777),
        _ => None,
    };
    let can = [
        Some(Channel::Bell),
        has_window.then_some(Channel::Title),
        taskbar.then_some(Channel::Taskbar),
        notification.map(Channel::Notification),
    ];
    can.into_iter().flatten().collect()
}

/// Has what is told taken back when the terminal is given back.
pub(super) fn begin(channels: &[Channel]) {
    if channels.contains(&Channel::Title) {
        // The terminals that keep a title do so by `XTWINOPS`; elsewhere what stays says nothing that would be false later.
        drop(write!(io::stdout(), "\x1b[22;2t"));
        on_leaving(|| {
            execute!(io::stdout(), SetTitle("greenlight"))?;
            write!(io::stdout(), "\x1b[23;2t")
        });
    }
    if channels.contains(&Channel::Taskbar) {
        on_leaving(|| taskbar(&mut io::stdout(), Taskbar::Clear));
    }
}

/// Tells what of it the channels have, by escape sequences.
pub(super) fn announce(out: &mut impl Write, channels: &[Channel], signals: &[Signal]) -> io::Result<()> {
    for channel in channels {
        for signal in signals {
            match (channel, signal) {
                (Channel::Bell, Signal::Bell) => out.write_all(b"\x07")?,
                (Channel::Title, Signal::Title(title)) => queue!(out, SetTitle(escape_controls(title)))?,
                (Channel::Taskbar, Signal::Taskbar(taskbar)) => self::taskbar(out, *taskbar)?,
                (Channel::Notification(Notification::Osc9), Signal::Notification(words)) => {
                    write!(out, "\x1b]9;{}\x1b\\", escape_controls(words))?;
                }
                (Channel::Notification(Notification::Osc777), Signal::Notification(words)) => {
                    let words = escape_controls(words).replace(';', ",");
                    write!(out, "\x1b]777;notify;greenlight;{words}\x1b\\")?;
                }
                (Channel::Bell | Channel::Title | Channel::Taskbar | Channel::Notification(_), _) => {}
            }
        }
    }
    out.flush()
}

/// `OSC 9;4`, as `ConEmu` and Windows Terminal have it.
fn taskbar(out: &mut impl Write, taskbar: Taskbar) -> io::Result<()> {
    let (state, percent) = match taskbar {
        Taskbar::Clear => (0, 0),
        Taskbar::Working(None) => (3, 0),
        Taskbar::Working(Some(percent)) => (1, percent),
        Taskbar::Red => (2, 100),
        Taskbar::Asks => (4, 100),
    };
    write!(out, "\x1b]9;4;{state};{percent}\x1b\\")
}
