//! The loop over a real run: keys in, frames out, and how it ends.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use crossterm::event::Event;
use futures_core::Stream;
use greenlight::facade::journal::{FileAction, JournalError};
use greenlight::facade::run::prompt::Pick;
use greenlight::facade::run::{Command, Mode, Moment, Outputs, Prompt, PromptReply, Run, Who};
use greenlight::facade::shell::Answer;
use greenlight::facade::text::Text;
use greenlight::facade::tui::app::{self, AppError, Appearance, Driver};
use greenlight::facade::tui::{GlyphSet, Glyphs, KeyMap, Signal, Theme, ThemeKind};
use greenlight::facade::wizard::OutputBuffer;
use greenlight::facade::wizard::Trouble;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell as BufferCell;
use ratatui::layout::{Position, Size};

use super::fixture::{Bench, key};

use crate::harness::decided::decided;

/// Longer than anything here takes; reached only by a fault.
const PATIENCE: Duration = Duration::from_secs(30);

/// A run without a shell behind it: commands go through the machine, their effects stay undone.
struct LoopBench {
    bench: Bench,
    full: bool,
    halted: Option<Arc<JournalError>>,
    /// How many milliseconds pass before whatever comes next.
    pace: u64,
    /// What was told to whoever looked away.
    told: Vec<Signal>,
}

impl Driver for LoopBench {
    fn run(&self) -> &Run {
        &self.bench.run
    }

    fn live(&self) -> &OutputBuffer {
        &self.bench.live
    }

    fn outputs(&self) -> &Outputs {
        &self.bench.outputs
    }

    fn now(&self) -> Moment {
        self.bench.now
    }

    fn tick(&mut self) -> Result<(), Trouble> {
        self.bench.pass(self.pace);
        Ok(())
    }

    fn folder(&self) -> &Path {
        Path::new("runs/1")
    }

    fn head(&self) -> String {
        "3f9a".into()
    }

    fn who(&self) -> &Who {
        &self.bench.who
    }

    fn program(&self) -> &'static str {
        "powershell.exe"
    }

    fn halted(&self) -> Option<&JournalError> {
        self.halted.as_deref()
    }

    fn retry(&mut self) -> Result<(), Trouble> {
        match &self.halted {
            Some(why) if self.full => Err(Trouble::Halted(Arc::clone(why))),
            Some(_) | None => {
                self.halted = None;
                Ok(())
            }
        }
    }

    fn command(&mut self, command: Command) -> Result<(), Trouble> {
        if self.full {
            let why = Arc::new(JournalError::Io {
                action: FileAction::Write,
                path: "journal.jsonl".into(),
                source: io::Error::other("no room"),
            });
            self.halted = Some(Arc::clone(&why));
            return Err(Trouble::Halted(why));
        }
        let refused = decided(&self.bench.run, self.bench.now, command.clone()).refused;
        refused.map_or(Ok(()), |refusal| Err(Trouble::Refused(refusal)))?;
        self.bench.command(command);
        Ok(())
    }

    fn answer(&mut self, answer: Answer) -> Result<(), Trouble> {
        self.command(Command::Answer(match answer {
            Answer::Declined => PromptReply::Declined,
            _ => PromptReply::Answered,
        }))
    }

    async fn next(&mut self) -> Result<(), Trouble> {
        std::future::pending().await
    }
}

/// A screen that counts its frames.
struct Counted {
    screen: TestBackend,
    frames: Rc<Cell<u32>>,
}

impl Backend for Counted {
    type Error = <TestBackend as Backend>::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a BufferCell)>>(
        &mut self,
        content: I,
    ) -> Result<(), Self::Error> {
        self.screen.draw(content)
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        self.screen.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        self.screen.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        self.screen.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        self.screen.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        self.screen.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Self::Error> {
        self.screen.clear_region(region)
    }

    fn size(&self) -> Result<Size, Self::Error> {
        self.screen.size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        self.screen.window_size()
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.frames.set(self.frames.get() + 1);
        self.screen.flush()
    }
}

/// Keys of a person, who sees a frame before each; or all that are left at once, as from a paste without brackets.
struct Keys {
    events: VecDeque<Event>,
    frames: Rc<Cell<u32>>,
    /// The next key waits for the frame after this one. None before the first key, which is there from the beginning.
    seen: Option<u32>,
    pasted: usize,
}

impl Keys {
    fn new(names: &str, pasted: usize, frames: &Rc<Cell<u32>>) -> Self {
        let events = names.split(' ').filter(|n| !n.is_empty()).map(|name| Event::Key(key(name))).collect();
        Self { events, frames: Rc::clone(frames), seen: None, pasted }
    }
}

impl Stream for Keys {
    type Item = io::Result<Event>;

    // The loop asks again after each frame: nothing need wake it.
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.seen == Some(self.frames.get()) {
            return Poll::Pending;
        }
        let waits = self.events.len() > self.pasted || self.events.len() == 1;
        self.seen = waits.then(|| self.frames.get());
        Poll::Ready(self.events.pop_front().map(Ok))
    }
}

fn looped(desk: &mut LoopBench, keys: &str) -> (Result<(), AppError>, String) {
    looped_with(desk, keys, 0)
}

/// The last so many keys come at once.
fn looped_with(desk: &mut LoopBench, keys: &str, pasted: usize) -> (Result<(), AppError>, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut told = std::mem::take(&mut desk.told);
    let end = runtime.block_on(async {
        let frames = Rc::new(Cell::new(0));
        let screen = Counted { screen: TestBackend::new(80, 24), frames: Rc::clone(&frames) };
        let mut terminal = Terminal::new(screen).unwrap();
        let look = Appearance {
            text: Text::default(),
            theme: Theme::new(ThemeKind::Mono),
            glyphs: Glyphs::new(GlyphSet::Ascii),
            keys: KeyMap::built_in(),
            zone: TimeZone::UTC,
            channels: Vec::new(),
        };
        let mut tell = |signals: &[Signal]| told.extend_from_slice(signals);
        let screens = app::run(desk, &mut terminal, Keys::new(keys, pasted, &frames), &look, &mut tell);
        let end = tokio::time::timeout(PATIENCE, screens).await.expect("the screens wait for nothing");
        (end, terminal.backend().screen.to_string())
    });
    desk.told = told;
    end
}

fn desk() -> LoopBench {
    LoopBench { bench: Bench::begun(Mode::Live), full: false, halted: None, pace: 0, told: Vec::new() }
}

#[test]
fn quitting_ends_the_loop_in_peace() {
    let (end, screen) = looped(&mut desk(), "esc q");
    assert!(end.is_ok(), "{end:?}");
    assert!(screen.contains("[STEPS]"), "{screen}");
}

#[test]
fn a_closed_terminal_ends_the_loop() {
    let (end, _) = looped(&mut desk(), "esc");
    assert!(matches!(end, Err(AppError::Closed)), "{end:?}");
}

#[test]
fn a_refusal_is_shown_in_words() {
    let (_, screen) = looped(&mut desk(), "esc a");
    assert!(screen.contains("this step has no command that changes anything"), "{screen}");
    // The next key takes it away.
    let (_, screen) = looped(&mut desk(), "esc a j");
    assert!(!screen.contains("this step has no command"), "{screen}");
}

#[test]
fn a_run_that_cannot_be_recorded_stands_still_with_its_reason_until_it_is_tried_again() {
    let mut desk = desk();
    desk.full = true;
    let (_, screen) = looped(&mut desk, "esc c");
    assert!(screen.contains("The run stands still"), "{screen}");
    assert!(screen.contains("cannot write journal.jsonl: no room"), "{screen}");
    assert!(desk.bench.run.running().is_none());
    // What opened by itself takes no key before it could be read.
    desk.full = false;
    let (_, screen) = looped(&mut desk, "enter q");
    assert!(screen.contains("The run stands still") && !screen.contains("try again   q"), "{screen}");
    desk.pace = 600;
    desk.full = true;
    let (_, screen) = looped(&mut desk, "j enter");
    assert!(screen.contains("The run stands still"), "the disk is as full as before: {screen}");
    desk.full = false;
    let (end, screen) = looped(&mut desk, "j enter esc q");
    assert!(end.is_ok() && !screen.contains("The run stands still"), "{end:?}{screen}");
}

#[test]
fn keys_drive_the_run() {
    let mut desk = desk();
    let (_, screen) = looped(&mut desk, "esc enter");
    assert!(desk.bench.run.running().is_some());
    assert!(screen.contains("checking - 0:00 / 2:00"), "{screen}");
}

#[test]
fn keys_that_came_before_a_question_was_seen_do_not_answer_it() {
    let choice =
        |label: &str| greenlight::facade::run::prompt::Choice { label: label.into(), help: String::new() };
    let asked = || {
        let mut desk = desk();
        desk.bench.until_session();
        desk.bench.command(Command::Check("shared-sip-address-space".into()));
        desk.bench.ask(Prompt::Choice {
            caption: String::new(),
            message: "Sure?".into(),
            choices: vec![choice("&Yes"), choice("&No")],
            defaults: vec![0],
            pick: Pick::One,
        });
        desk
    };
    let is_asking =
        |desk: &LoopBench| desk.bench.run.running().is_some_and(|running| running.asking.is_some());
    // A person: the first key was on its way when the question came, the others answer it.
    for (pace, keys, answers) in [
        (600, "enter down enter", true),
        // Enter alone takes no default.
        (600, "enter enter enter", false),
        // Frame after frame, and nobody reads so fast.
        (40, "enter down enter down enter", false),
    ] {
        let mut desk = LoopBench { pace, ..asked() };
        let (_, screen) = looped(&mut desk, keys);
        assert_eq!(is_asking(&desk), !answers, "{pace} {keys} {screen}");
    }
    // In one go all were on their way, however long drawing took.
    let mut desk = LoopBench { pace: 600, ..asked() };
    let (_, screen) = looped_with(&mut desk, "down enter", 2);
    assert!(is_asking(&desk), "{screen}");
}

#[test]
fn what_is_typed_behind_a_dialog_that_the_operator_opened_is_theirs() {
    let mut desk = desk();
    desk.bench.until_session();
    desk.bench.check("shared-sip-address-space", &Bench::shared(false));
    // As fast as keys can come: the word and Enter do not confirm what no frame has shown, ...
    let (_, screen) = looped_with(&mut desk, "esc a A P P L Y enter", 7);
    assert!(desk.bench.run.running().is_none() && screen.contains("[APPLY "), "{screen}");
    // ... and do when the dialog has been there.
    let (_, screen) = looped_with(&mut desk, "esc a A P P L Y enter", 6);
    assert!(desk.bench.run.running().is_some(), "{screen}");
}
