//! The terminal: taken when the screens begin, and given back however they end.
//!
//! Raw mode and the alternate screen are left on return, on error and on panic. A signal that ends the process at once
//! cannot be caught here; Ctrl+C arrives as a key.

use std::io::{self, BufWriter, Stdout};
use std::panic;
use std::sync::Once;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event, EventStream};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use futures_core::Stream;
use ratatui::Terminal;
use ratatui_crossterm::CrosstermBackend;

/// The terminal of this process, for as long as it lives.
#[derive(Debug)]
pub struct Console {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    _taken: Taken,
}

impl Console {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// Standard output is not a terminal, or it could not be switched.
    pub fn enter() -> io::Result<Self> {
        restore_on_panic();
        enable_raw_mode()?;
        // From here on dropping it gives the terminal back, also when the next lines fail.
        let taken = Taken;
        // The library's own `clear` asks the terminal where its cursor is, and waits for an answer that may never come.
        execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All))?;
        // Consoles without escape sequences have no bracketed paste; typing works all the same.
        let _pasting = execute!(io::stdout(), EnableBracketedPaste);
        // Monochrome is a theme of ours; the library's own switch would clear attributes as well.
        crossterm::style::force_color_output(true);
        let terminal = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())))?;
        Ok(Self { terminal, _taken: taken })
    }

    /// What is drawn on.
    pub const fn terminal(&mut self) -> &mut Terminal<CrosstermBackend<BufWriter<Stdout>>> {
        &mut self.terminal
    }

    /// The keys and sizes that the terminal reports. Take it once and lend it to each screen: two would share the keys.
    pub fn events(&self) -> impl Stream<Item = io::Result<Event>> + Unpin + use<> {
        EventStream::new()
    }
}

/// That the terminal is ours; dropped, it is given back.
#[derive(Debug)]
struct Taken;

impl Drop for Taken {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back; what cannot be undone is let be, so that the rest is.
fn restore() {
    let _pasting = execute!(io::stdout(), DisableBracketedPaste);
    let _screen = execute!(io::stdout(), LeaveAlternateScreen, Show);
    let _raw = disable_raw_mode();
}

/// A panic's message is of use only on a terminal that was given back first.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            restore();
            before(info);
        }));
    });
}
