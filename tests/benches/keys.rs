//! From a key to its frame while a check delivers rows as fast as they are taken: `cargo bench --bench keys`.
//!
//! `GREENLIGHT_KEYS_ROWS` (1,000,000). Half of the rows fail. A journal and files on the disk, the loop and its screens, 120x40;
//! the shell is a task of the benchmark, so that nothing else wants the time.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

#[path = "support/figures.rs"]
mod figures;

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_core::Stream;
use greenlight::facade::checklist::read;
use greenlight::facade::journal::disk::RealDisk;
use greenlight::facade::journal::{Folder, Holder, Journal, RunId};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{About, Mode, OutcomeEnd, Who};
use greenlight::facade::shell::{CHANNEL, Request, Shell, ShellEvent};
use greenlight::facade::text::Text;
use greenlight::facade::tui::app::{self, Appearance};
use greenlight::facade::tui::{GlyphSet, Glyphs, KeyMap, Theme, ThemeKind};
use greenlight::facade::wizard::Wizard;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use tokio::sync::mpsc;

/// What a frame shows that a key leads to.
const HELP: &str = "Esc close";
/// What stands in the footer when all rows have come.
const DONE: &str = "t failing rows";

/// No key waits so long unless something hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A shell that gives so many rows.
struct Rows(u64);

impl Shell for Rows {
    fn open(&self, reports: mpsc::Sender<ShellEvent>) -> mpsc::Sender<Request> {
        let (sender, mut requests) = mpsc::channel(CHANNEL);
        let count = self.0;
        tokio::spawn(async move {
            reports.send(ShellEvent::Opened(About::default())).await.ok();
            while let Some(request) = requests.recv().await {
                let Request::Run { attempt, .. } = request else { continue };
                for number in 0..count {
                    if reports.send(ShellEvent::Row(attempt, row(number))).await.is_err() {
                        return;
                    }
                }
                reports.send(ShellEvent::Ended(attempt, OutcomeEnd::Completed)).await.ok();
            }
        });
        sender
    }
}

fn row(number: u64) -> Value {
    let properties = [
        ("UserPrincipalName", Value::text(format!("user{number}@contoso.com"))),
        ("Enabled", Value::Bool(number.is_multiple_of(2))),
        ("Pool", Value::text("pool01.contoso.com")),
    ];
    let properties = properties.into_iter().map(|(name, value)| (name.into(), value)).collect();
    Value::Object(Object { properties, ..Object::default() })
}

/// A screen that tells what each frame shows.
struct Screen {
    cells: TestBackend,
    frames: Sender<(Instant, String)>,
}

impl Backend for Screen {
    type Error = Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Infallible> {
        self.cells.draw(content)
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.cells.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.cells.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.cells.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.cells.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.cells.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Infallible> {
        self.cells.clear_region(region)
    }

    fn size(&self) -> Result<Size, Infallible> {
        self.cells.size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.cells.window_size()
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        let at = Instant::now();
        let shown: String = self.cells.buffer().content().iter().map(Cell::symbol).collect();
        self.frames.send((at, shown)).ok();
        Ok(())
    }
}

/// The keys of the operator.
struct Keys(mpsc::UnboundedReceiver<Event>);

impl Stream for Keys {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}

fn rows_of(screen: &str) -> Vec<String> {
    screen.chars().collect::<Vec<_>>().chunks(120).map(|row| row.iter().collect()).collect()
}

/// The operator: presses keys and looks at frames.
struct Operator {
    keys: mpsc::UnboundedSender<Event>,
    frames: Receiver<(Instant, String)>,
    last: String,
}

impl Operator {
    /// The next frame, and when it came.
    fn frame(&mut self) -> Instant {
        let came = self.frames.recv_timeout(PATIENCE);
        let (at, shown) = came.unwrap_or_else(|_| panic!("still waiting on {:#?}", rows_of(&self.last)));
        self.last = shown;
        at
    }

    /// How long after a key a frame shows what it leads to, in ms.
    fn press(&mut self, code: KeyCode, met: impl Fn(&str) -> bool) -> f64 {
        let begin = Instant::now();
        self.keys.send(Event::Key(KeyEvent::new(code, KeyModifiers::NONE))).expect("the loop runs");
        loop {
            let at = self.frame();
            assert!(begin.elapsed() < PATIENCE, "still waiting on {:#?}", rows_of(&self.last));
            if at >= begin && met(&self.last) {
                return at.duration_since(begin).as_secs_f64() * 1e3;
            }
        }
    }

    /// The help, opened and closed again.
    fn help(&mut self) -> f64 {
        let taken = self.press(KeyCode::Char('?'), |shown| shown.contains(HELP));
        self.press(KeyCode::Esc, |shown| !shown.contains(HELP));
        thread::sleep(Duration::from_millis(7));
        taken
    }

    fn all(mut self, rows: u64) {
        self.press(KeyCode::Enter, |shown| shown.contains("has run nothing yet"));
        let quiet: Vec<f64> = (0..50).map(|_| self.help()).collect();
        let begin = Instant::now();
        self.press(KeyCode::Char('c'), |shown| shown.contains("checking"));
        let mut answers = Vec::new();
        while !self.last.contains(DONE) {
            answers.push(self.help());
        }
        let taken = begin.elapsed().as_secs_f64();
        let table = self.press(KeyCode::Char('t'), |shown| shown.contains("deviations 1 to"));
        let mut scrolls = Vec::new();
        for _ in 0..50 {
            let before = self.last.clone();
            scrolls.push(self.press(KeyCode::PageDown, |shown| shown != before));
        }
        self.press(KeyCode::Char('/'), |shown| shown.contains("Filter"));
        let words: Vec<f64> = "user99"
            .chars()
            .map(|c| {
                let before = self.last.clone();
                self.press(KeyCode::Char(c), |shown| shown != before)
            })
            .collect();
        let begin = Instant::now();
        while self.last.contains("to look at") {
            self.frame();
        }
        let filtered = begin.elapsed().as_secs_f64();
        self.keys.send(Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))).unwrap();

        figures::head(&format!("keys while {rows} rows come, 120x40"));
        figures::line("the whole", "s", &[taken]);
        figures::line("from the key to its frame, at rest", "ms", &quiet);
        figures::line("the same while rows come", "ms (goal: 16)", &answers);
        answers.sort_by(f64::total_cmp);
        let late = answers.get(answers.len() * 99 / 100).copied().unwrap_or_default();
        figures::line("the same, the 99th of 100", "ms (goal: 100)", &[late]);
        figures::line("from the key to the table of failing rows", "ms (goal: 16)", &[table]);
        figures::line("from the key to the next page, its file looked at", "ms (goal: 16)", &scrolls);
        figures::line("from a letter of the filter to its frame", "ms (goal: 16)", &words);
        figures::line("until all rows were held against the filter", "s", &[filtered]);
        println!("{} keys while rows came", answers.len());
    }
}

fn main() {
    let rows = figures::count("GREENLIGHT_KEYS_ROWS", 1_000_000);
    let data = tempfile::tempdir().unwrap();
    let text = "format = 1\nid = \"keys\"\nversion = \"1\"\ntitle = \"Keys\"\n[[step]]\nid = \"users\"\n\
        title = \"Every user is enabled\"\nwhy = \"w\"\n[step.check]\ncommand = \"Get-User\"\n\
        key = \"UserPrincipalName\"\ntimeout = \"1h\"\nexpect = [{ property = \"Enabled\", is = true }]\n";
    let checklist = Arc::new(read(text.as_bytes()).unwrap());
    let who = Who { user: "operator".to_owned(), host: "here".to_owned(), ..Who::default() };
    let now = 1_795_400_000_000;
    let folder = Folder::create(data.path(), &RunId::new(now, &checklist.id), Arc::new(RealDisk)).unwrap();
    let journal = Journal::create(folder, text.as_bytes(), Holder::this_process(who.clone(), now)).unwrap();
    let mut wizard = Wizard::begin(journal, checklist, Mode::Live, who, Box::new(Rows(rows))).unwrap();

    let (keys, events) = mpsc::unbounded_channel();
    let (sender, frames) = channel();
    let operator = Operator { keys, frames, last: String::new() };
    let operator = thread::spawn(move || operator.all(rows));
    let look = Appearance {
        text: Text::default(),
        theme: Theme::new(ThemeKind::Dark),
        glyphs: Glyphs::new(GlyphSet::Unicode),
        keys: KeyMap::built_in(),
        zone: TimeZone::UTC,
        channels: Vec::new(),
    };
    let mut terminal = Terminal::new(Screen { cells: TestBackend::new(120, 40), frames: sender }).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(app::run(&mut wizard, &mut terminal, Keys(events), &look, &mut |_| {})).unwrap();
    drop(terminal);
    operator.join().unwrap();
}
