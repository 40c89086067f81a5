//! The terminal: taken when the screens begin, and given back however they end.
//!
//! It is given back on return, on error and on panic. A signal that ends the process at once cannot be caught here; Ctrl+C
//! arrives as a key.

use std::io::{self, BufWriter, Stdout};
use std::panic;
use std::sync::{Mutex, Once, PoisonError};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event, EventStream};
use crossterm::execute;
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use futures_core::Stream;
use ratatui::Terminal;
use ratatui_crossterm::CrosstermBackend;

use super::app::{self, AppError, Appearance};
use super::attention::Signal;
use super::choose::{ChooseView, Chosen};
use super::driver::Driver;

pub(crate) mod announce;
#[cfg(windows)]
mod windows;

#[cfg(windows)]
use windows::{Cells, take_keys};

/// The terminal of this process, for as long as it lives.
#[derive(Debug)]
pub(crate) struct Console {
    screen: DrawTarget,
    _taken: Taken,
}

#[derive(Debug)]
enum DrawTarget {
    /// The terminal, by escape sequences.
    Escapes(Terminal<CrosstermBackend<BufWriter<Stdout>>>),
    /// A buffer of our own, on a console that takes no escape sequences.
    #[cfg(windows)]
    Cells(Terminal<Cells>),
}

impl Console {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// Standard output is not a terminal, or it could not be switched.
    pub(crate) fn enter() -> io::Result<Self> {
        restore_on_panic();
        // From here on dropping it gives the terminal back, also when the next lines fail.
        let taken = Taken;
        take_keys()?;
        Ok(Self { screen: DrawTarget::take()?, _taken: taken })
    }

    /// The keys and sizes that the terminal reports. Take it once and lend it to each screen: two would share the keys.
    pub(crate) fn events() -> impl Stream<Item = io::Result<Event>> + Unpin + use<> {
        EventStream::new()
    }

    /// Lets the operator choose what to open.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) async fn choose<E>(&mut self, events: E, view: &ChooseView<'_>) -> Result<Chosen, AppError>
    where
        E: Stream<Item = io::Result<Event>> + Unpin,
    {
        match &mut self.screen {
            DrawTarget::Escapes(terminal) => app::choose(terminal, events, view).await,
            #[cfg(windows)]
            DrawTarget::Cells(terminal) => app::choose(terminal, events, view).await,
        }
    }

    /// Shows a run until the operator leaves.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) async fn run<D, E>(
        &mut self,
        driver: &mut D,
        events: E,
        look: &Appearance,
    ) -> Result<(), AppError>
    where
        D: Driver,
        E: Stream<Item = io::Result<Event>> + Unpin,
    {
        announce::begin(&look.channels);
        // A terminal that is gone is noticed where it is drawn on.
        let mut tell = |signals: &[Signal]| {
            drop(announce::announce(&mut io::stdout(), &look.channels, signals));
        };
        match &mut self.screen {
            DrawTarget::Escapes(terminal) => app::run(driver, terminal, events, look, &mut tell).await,
            #[cfg(windows)]
            DrawTarget::Cells(terminal) => app::run(driver, terminal, events, look, &mut tell).await,
        }
    }
}

impl DrawTarget {
    fn take() -> io::Result<Self> {
        #[cfg(windows)]
        if !takes_escapes() {
            return Ok(Self::Cells(Terminal::new(Cells::show()?)?));
        }
        on_leaving(|| execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show));
        // The library's own `clear` asks the terminal where its cursor is, and waits for an answer that may never come.
        execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste)?;
        // Monochrome is a theme of ours; the library's own switch would clear attributes as well.
        crossterm::style::force_color_output(true);
        let output = BufWriter::with_capacity(1 << 16, io::stdout());
        Ok(Self::Escapes(Terminal::new(CrosstermBackend::new(output))?))
    }
}

/// Whether the terminal takes escape sequences: asked of the console itself, for variables tell of another one.
#[cfg(windows)]
pub(crate) fn takes_escapes() -> bool {
    windows::takes_escapes()
}

/// Whether the terminal takes escape sequences.
#[cfg(not(windows))]
pub(crate) const fn takes_escapes() -> bool {
    true
}

/// Takes each key as it is pressed.
#[cfg(not(windows))]
fn take_keys() -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()?;
    on_leaving(crossterm::terminal::disable_raw_mode);
    Ok(())
}

/// That the terminal is ours; dropped, it is given back.
#[derive(Debug)]
struct Taken;

impl Drop for Taken {
    fn drop(&mut self) {
        restore();
    }
}

/// What is to be undone when the terminal is given back, the last first.
static UNDO: Mutex<Vec<Undo>> = Mutex::new(Vec::new());

type Undo = Box<dyn FnOnce() -> io::Result<()> + Send>;

fn on_leaving(undo: impl FnOnce() -> io::Result<()> + Send + 'static) {
    UNDO.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(undo));
}

/// Gives the terminal back; what cannot be undone is let be, so that the rest is.
fn restore() {
    let mut undo = std::mem::take(&mut *UNDO.lock().unwrap_or_else(PoisonError::into_inner));
    while let Some(undo) = undo.pop() {
        let _undone = undo();
    }
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
