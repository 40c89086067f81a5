//! By what a terminal can tell a person who looked away, what else it can do, and the escape sequences for that.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossterm::terminal::SetTitle;
use crossterm::{execute, queue};

use super::on_leaving;
use crate::sanitize::escape_controls;
use crate::tui::attention::{Signal, Taskbar};
use crate::tui::channel::{Channel, Notification};

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
    let vt = |names: &[&str]| !multiplexed && names.iter().any(|name| term.starts_with(name));
    let is_new = !multiplexed && (variable("WT_SESSION").is_some() || variable("KITTY_WINDOW_ID").is_some())
        || program(&["iTerm.app", "WezTerm", "ghostty"])
        || vt(&["foot", "alacritty", "xterm-kitty", "xterm-ghostty"]);
    let links = is_new || (!multiplexed && vte() >= 5_000);
    let can = [
        Some(Channel::Bell),
        has_window.then_some(Channel::Title),
        taskbar.then_some(Channel::Taskbar),
        notification.map(Channel::Notification),
        is_new.then_some(Channel::Clipboard),
        links.then_some(Channel::Links),
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
                (Channel::Clipboard, Signal::Copy(text)) => {
                    write!(out, "\x1b]52;c;{}\x1b\\", STANDARD.encode(text))?;
                }
                (
                    Channel::Bell
                    | Channel::Title
                    | Channel::Taskbar
                    | Channel::Notification(_)
                    | Channel::Clipboard
                    | Channel::Links,
                    _,
                ) => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clipboard_and_links_are_of_terminals_that_have_them_and_pass_no_multiplexer() {
        let has = |variables: &[(&str, &str)], old| {
            let variable = |name: &str| {
                variables.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned())
            };
            let channels = channels(variable, old);
            [Channel::Clipboard, Channel::Links].map(|own| channels.contains(&own))
        };
        for own in [
            ("WT_SESSION", "1"),
            ("KITTY_WINDOW_ID", "1"),
            ("TERM_PROGRAM", "WezTerm"),
            ("TERM", "foot"),
            ("TERM", "alacritty"),
        ] {
            assert_eq!(has(&[own], false), [true, true], "{own:?}");
            assert_eq!(has(&[own, ("TMUX", "1")], false), [false, false], "{own:?}");
            assert_eq!(has(&[own], true), [false, false], "{own:?}");
        }
        assert_eq!(has(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], false), [false, true]);
        for own in [("TERM", "xterm"), ("TERM", "linux"), ("TERM", "screen"), ("TERM", "dumb")] {
            assert_eq!(has(&[own], false), [false, false], "{own:?}");
        }
    }
}
