//! The loop over a real run: keys in, frames out, and how it ends.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use crossterm::event::Event;
use futures_core::Stream;
use greenlight::facade::journal::{FileAction, JournalError};
use greenlight::facade::run::prompt::Pick;
use greenlight::facade::run::{Command, Mode, Moment, Prompt, PromptReply, Run, Who};
use greenlight::facade::shell::Answer;
use greenlight::facade::text::Text;
use greenlight::facade::tui::app::{self, AppError, Appearance, Driver};
use greenlight::facade::tui::{GlyphSet, Glyphs, Theme, ThemeKind};
use greenlight::facade::wizard::OutputBuffer;
use greenlight::facade::wizard::Trouble;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tokio::time::{Instant, Sleep, sleep_until};

use super::fixture::{Bench, key};

/// A run without a shell behind it: commands go through the machine, their effects stay undone.
struct LoopBench {
    bench: Bench,
    full: bool,
    halted: Option<Arc<JournalError>>,
}

impl Driver for LoopBench {
    fn run(&self) -> &Run {
        &self.bench.run
    }

    fn live(&self) -> &OutputBuffer {
        &self.bench.live
    }

    fn now(&self) -> Moment {
        self.bench.now
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
        self.bench.run.decide(self.bench.now, command.clone()).map_err(Trouble::Refused)?;
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

/// Keys as slow as a person, slower than frames; or all that are left at once, as from a paste without brackets.
struct Keys {
    events: VecDeque<Event>,
    /// None before the first key, which is there from the beginning.
    pause: Option<Pin<Box<Sleep>>>,
    pasted: usize,
}

impl Keys {
    fn new(names: &str, pasted: usize) -> Self {
        let events = names.split(' ').filter(|n| !n.is_empty()).map(|name| Event::Key(key(name))).collect();
        Self { events, pause: None, pasted }
    }
}

impl Stream for Keys {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.pause.as_mut().is_some_and(|pause| pause.as_mut().poll(context).is_pending()) {
            return Poll::Pending;
        }
        if self.events.len() > self.pasted || self.events.len() == 1 {
            self.pause = Some(Box::pin(sleep_until(Instant::now() + Duration::from_millis(25))));
        }
        Poll::Ready(self.events.pop_front().map(Ok))
    }
}

fn looped(desk: &mut LoopBench, keys: &str) -> (Result<(), AppError>, String) {
    looped_with(desk, keys, 0)
}

/// The last so many keys come at once.
fn looped_with(desk: &mut LoopBench, keys: &str, pasted: usize) -> (Result<(), AppError>, String) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let look = Appearance {
            text: Text::default(),
            theme: Theme::new(ThemeKind::Mono),
            glyphs: Glyphs::new(GlyphSet::Ascii),
            zone: TimeZone::UTC,
        };
        let end = app::run(desk, &mut terminal, Keys::new(keys, pasted), &look).await;
        (end, terminal.backend().to_string())
    })
}

fn desk() -> LoopBench {
    LoopBench { bench: Bench::begun(Mode::Live), full: false, halted: None }
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
    let (_, screen) = looped(&mut desk, "esc enter");
    assert!(screen.contains("The run stands still"), "the disk is as full as before: {screen}");
    desk.full = false;
    let (end, screen) = looped(&mut desk, "enter esc q");
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
    // A person: the first key was on its way when the question came, the second answers it.
    let mut desk = asked();
    let (_, screen) = looped(&mut desk, "enter enter");
    assert!(!is_asking(&desk), "{screen}");
    // In one go both were on their way.
    let mut desk = asked();
    let (_, screen) = looped_with(&mut desk, "enter enter", 2);
    assert!(is_asking(&desk), "{screen}");
}

#[test]
fn what_is_typed_behind_a_dialog_that_the_operator_opened_is_theirs() {
    let mut desk = desk();
    desk.bench.until_session();
    desk.bench.check("shared-sip-address-space", &Bench::shared(false));
    // As fast as keys can come: the dialog, the word, Enter.
    let (_, screen) = looped_with(&mut desk, "esc a A P P L Y enter", 7);
    assert!(desk.bench.run.running().is_some(), "{screen}");
}
