//! The loop: keys and the wizard's news in, frames out.
//!
//! It draws only when something changed, at most every 16 ms, and wakes by itself only for the clock of a command that runs or a step that waits.
//! That a green became too old is news of the wizard.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::Event;
use futures_core::Stream;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::Backend;
use tokio::time::{Instant, sleep_until};
use zeroize::Zeroizing;

use super::View;
use super::attention::{Attention, Signal};
use super::channel::Channel;
use super::choose::{self, ChooseView, Chooser, Chosen};
use super::driver::Driver;
use super::glyphs::Glyphs;
use super::keymap::KeyMap;
use super::theme::Theme;
use super::turn::Intent;
use super::ui::{Ui, draw};
use super::viewport::{TerminalSize, Viewport};
use crate::run::ShellState;
use crate::text::Text;
use crate::wizard::Trouble;

/// The shortest time between two frames.
const FRAME: Duration = Duration::from_millis(16);
/// How often such a clock is drawn.
const TICK: Duration = Duration::from_secs(1);

/// How things are shown.
#[derive(Clone, Debug)]
pub struct Appearance {
    pub text: Text,
    pub theme: Theme,
    pub glyphs: Glyphs,
    pub keys: KeyMap,
    /// In which times are shown.
    pub zone: TimeZone,
    /// By what whoever looked away is told, and what else the terminal can.
    pub channels: Vec<Channel>,
}

/// Why the screens ended other than by the operator's wish.
#[derive(Debug)]
pub enum AppError {
    /// Nothing can be drawn; what the backend says.
    Terminal(String),
    /// The terminal's keys cannot be read any more.
    Keys(io::Error),
    /// The terminal was closed.
    Closed,
}

impl AppError {
    pub(crate) fn words(&self, text: Text) -> String {
        match self {
            Self::Terminal(why) => text.terminal_not_drawn(why),
            Self::Keys(error) => text.terminal_keys_lost(error),
            Self::Closed => text.terminal_closed(),
        }
    }
}

/// What the loop woke for.
enum Wake {
    Terminal(Option<io::Result<Event>>),
    News(Result<(), Trouble>),
    /// The screens have something to look at that takes longer than a frame.
    Work,
    Time,
}

/// Shows a run until the operator leaves; `tell` is given what is told to whoever looked away.
///
/// # Errors
/// The terminal is gone.
pub async fn run<D, B, E>(
    driver: &mut D,
    terminal: &mut Terminal<B>,
    events: E,
    look: &Appearance,
    tell: &mut dyn FnMut(&[Signal]),
) -> Result<(), AppError>
where
    D: Driver,
    B: Backend,
    E: Stream<Item = io::Result<Event>> + Unpin,
{
    let ui = Ui::new(&view(driver, &driver.head(), look), size(terminal)?);
    let mut screens = Screens { driver, events, look, ui, kept: None, attention: Attention::default(), tell };
    screens.draw(terminal).await?;
    let mut drawn = Instant::now();
    let mut changed = false;
    loop {
        if changed && drawn.elapsed() >= FRAME {
            screens.draw(terminal).await?;
            drawn = Instant::now();
            changed = false;
        }
        let alarm = if changed { Some(drawn + FRAME) } else { screens.alarm(drawn) };
        let wake = screens.wake(alarm).await;
        // Keys are taken for what is shown, as of now.
        let ticked = screens.driver.tick();
        screens.handle_result(ticked);
        match wake {
            Wake::Time => {}
            Wake::Work => screens.work(),
            Wake::Terminal(None) => return Err(AppError::Closed),
            Wake::Terminal(Some(Err(error))) => return Err(AppError::Keys(error)),
            Wake::Terminal(Some(Ok(event))) => {
                if let Stay::Leave = screens.take(event) {
                    return Ok(());
                }
            }
            Wake::News(news) => screens.handle_result(news),
        }
        changed = true;
    }
}

/// Whether the operator has seen enough.
enum Stay {
    Stay,
    Leave,
}

/// The screens of a run while they are shown.
struct Screens<'a, D, E> {
    driver: &'a mut D,
    events: E,
    look: &'a Appearance,
    ui: Ui,
    /// What came of the terminal while typing was dropped.
    kept: Option<Wake>,
    attention: Attention,
    tell: &'a mut dyn FnMut(&[Signal]),
}

impl<D: Driver, E: Stream<Item = io::Result<Event>> + Unpin> Screens<'_, D, E> {
    async fn draw<B: Backend>(&mut self, terminal: &mut Terminal<B>) -> Result<(), AppError> {
        self.ui.resize(size(terminal)?);
        self.ui.stands_still(self.driver.halted().map(|error| self.look.text.journal_error(error)));
        let head = self.driver.head();
        let view = view(self.driver, &head, self.look);
        self.ui.sync(&view);
        let mut viewport = Viewport::default();
        terminal
            .draw(|frame| viewport = draw(frame, &view, &self.ui))
            .map_err(|error| AppError::Terminal(error.to_string()))?;
        let signals = self.attention.update(&view);
        if !signals.is_empty() {
            (self.tell)(&signals);
        }
        let unseen = self.ui.is_unseen(&view);
        self.ui.drawn(viewport, &view);
        if unseen {
            // However long drawing took: what came meanwhile was typed before there was anything to read.
            self.kept = without_typing(&mut self.events).await.map(Wake::Terminal);
        }
        Ok(())
    }

    /// When the loop must wake although nothing happens.
    fn alarm(&self, drawn: Instant) -> Option<Instant> {
        let run = self.driver.run();
        let is_busy = run.running().is_some() || matches!(run.shell(), ShellState::Opening(_));
        let head = self.driver.head();
        match self.ui.unread_ms(&view(self.driver, &head, self.look)) {
            0 => (is_busy || run.has_waits()).then(|| drawn + TICK),
            unread => Some(drawn + Duration::from_millis(unread)),
        }
    }

    async fn wake(&mut self, alarm: Option<Instant>) -> Wake {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        tokio::select! {
            event = next(&mut self.events) => Wake::Terminal(event),
            news = self.driver.next() => Wake::News(news),
            () = tokio::task::yield_now(), if self.ui.has_work() => Wake::Work,
            () = sleep(alarm) => Wake::Time,
        }
    }

    fn work(&mut self) {
        let head = self.driver.head();
        self.ui.work(&view(self.driver, &head, self.look));
    }

    fn take(&mut self, event: Event) -> Stay {
        let head = self.driver.head();
        let view = view(self.driver, &head, self.look);
        if is_typing(&event) {
            self.attention.key(&view);
        }
        let intent = intent(&mut self.ui, event, &view);
        if let Some(text) = self.ui.take_copied() {
            (self.tell)(&[Signal::Copy(text)]);
        }
        let done = match intent {
            None => return Stay::Stay,
            Some(Intent::Quit) => return Stay::Leave,
            Some(Intent::Answer(answer)) => self.driver.answer(answer),
            Some(Intent::Commands(commands)) => {
                commands.into_iter().try_for_each(|command| self.driver.command(command))
            }
            Some(Intent::Retry) => self.driver.retry(),
        };
        self.handle_result(done);
        Stay::Stay
    }

    /// Shows a refusal; that the run stands still is asked of the driver before each frame.
    fn handle_result(&mut self, done: Result<(), Trouble>) {
        match done {
            Ok(()) | Err(Trouble::Halted(_)) => {}
            Err(Trouble::Refused(refusal)) => {
                let head = self.driver.head();
                let view = view(self.driver, &head, self.look);
                self.ui.refuse(self.look.text.refusal(&refusal, &|id| view.name(id)));
            }
        }
    }
}

/// Lets the operator choose what to open.
///
/// # Errors
/// The terminal is gone.
pub(crate) async fn choose<B, E>(
    terminal: &mut Terminal<B>,
    mut events: E,
    view: &ChooseView<'_>,
) -> Result<Chosen, AppError>
where
    B: Backend,
    E: Stream<Item = io::Result<Event>> + Unpin,
{
    let mut chooser = Chooser::new(size(terminal)?);
    loop {
        chooser.resize(size(terminal)?);
        terminal
            .draw(|frame| choose::draw(frame, view, &chooser))
            .map_err(|error| AppError::Terminal(error.to_string()))?;
        match next(&mut events).await {
            None => return Err(AppError::Closed),
            Some(Err(error)) => return Err(AppError::Keys(error)),
            Some(Ok(Event::Key(key))) => {
                if let Some(chosen) = chooser.on_key(key, view) {
                    return Ok(chosen);
                }
            }
            Some(Ok(
                Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Paste(_),
            )) => {}
        }
    }
}

fn view<'a, D: Driver>(driver: &'a D, head: &'a str, look: &'a Appearance) -> View<'a> {
    View {
        run: driver.run(),
        live: driver.live(),
        outputs: driver.outputs(),
        now: driver.now(),
        zone: &look.zone,
        folder: driver.folder(),
        head,
        who: driver.who(),
        program: driver.program(),
        shell_end: driver.shell_end(),
        last_user: driver.last_user(),
        advice: driver.advice(),
        abandoned: driver.abandoned(),
        looking: driver.looking(),
        channels: &look.channels,
        text: look.text,
        theme: look.theme,
        glyphs: &look.glyphs,
        keys: &look.keys,
    }
}

fn intent(ui: &mut Ui, event: Event, view: &View<'_>) -> Option<Intent> {
    match event {
        Event::Key(key) => ui.on_key(key, view),
        Event::Paste(text) => {
            // It may be a password.
            ui.on_paste(&Zeroizing::new(text), view);
            None
        }
        // The next frame asks the terminal itself: Windows reports the size of the buffer, of which the window is a part.
        Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
    }
}

/// Whether somebody pressed or pasted something.
const fn is_typing(event: &Event) -> bool {
    match event {
        Event::Key(_) | Event::Paste(_) => true,
        Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) => false,
    }
}

/// Drops what was typed before a question was seen: it was meant for something else. Gives what else there was.
async fn without_typing<E>(events: &mut E) -> Option<Option<io::Result<Event>>>
where
    E: Stream<Item = io::Result<Event>> + Unpin,
{
    poll_fn(|context| {
        loop {
            match Pin::new(&mut *events).poll_next(context) {
                Poll::Pending => return Poll::Ready(None),
                Poll::Ready(Some(Ok(event))) if is_typing(&event) => {}
                Poll::Ready(other) => return Poll::Ready(Some(other)),
            }
        }
    })
    .await
}

async fn sleep(until: Option<Instant>) {
    match until {
        Some(until) => sleep_until(until).await,
        None => std::future::pending().await,
    }
}

async fn next<E: Stream + Unpin>(events: &mut E) -> Option<E::Item> {
    poll_fn(|context| Pin::new(&mut *events).poll_next(context)).await
}

fn size<B: Backend>(terminal: &Terminal<B>) -> Result<TerminalSize, AppError> {
    let size = terminal.size().map_err(|error| AppError::Terminal(error.to_string()))?;
    Ok(TerminalSize { columns: size.width, rows: size.height })
}
