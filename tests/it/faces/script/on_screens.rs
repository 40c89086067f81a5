//! The operator at the screens: keys in, frames out, over a wizard on the same scenario.

mod frames;

use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist;
use greenlight::facade::journal::disk::RealDisk;
use greenlight::facade::journal::{Folder, Holder, Journal, RunId};
use greenlight::facade::run::{Command, Mode, ShellState, Who};
use greenlight::facade::shell::rehearsal::Rehearsal;
use greenlight::facade::text::Text;
use greenlight::facade::tui::{
    GlyphSet, Glyphs, Intent, KeyMap, Layer, Screen, TerminalSize, Theme, ThemeKind, Ui, View, Viewport, draw,
};
use greenlight::facade::wizard::{Trouble, Wizard};
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regex_lite::Regex;

use frames::Frame;

use super::acts::{Act, CHECKLIST, INPUTS, SCENARIO, STEPS};
use super::{Told, of_kinds};
use crate::harness::world::World;
use crate::tui_screens::fixture::key;

/// So large that nothing is below the fold.
const SIZE: (u16, u16) = (160, 60);
/// Longer than anything here takes; reached only by a fault.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is told of each act.
pub fn play(world: &World, script: &[Act]) -> Vec<Told> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut seat = Seat::begin(world);
        seat.press("down down enter");
        seat.until_idle().await;
        let mut told = Vec::new();
        for act in script {
            told.push(seat.act(*act).await);
        }
        told
    })
}

/// By what frames are drawn.
struct Look {
    glyphs: Glyphs,
    zone: TimeZone,
    keys: KeyMap,
}

struct Seat {
    wizard: Wizard,
    ui: Ui,
    look: Look,
    frames: Vec<Frame>,
    refused: Option<String>,
}

fn view<'a>(wizard: &'a Wizard, Look { glyphs, zone, keys }: &'a Look) -> View<'a> {
    View {
        outputs: wizard.outputs(),
        last_user: wizard.last_user(),
        looking: None,
        channels: &[],
        run: wizard.run(),
        live: wizard.live(),
        now: wizard.now(),
        zone,
        keys,
        folder: wizard.path(),
        head: "3f9a",
        who: wizard.who(),
        program: "",
        shell_end: wizard.last_shell_end(),
        advice: &[],
        abandoned: wizard.abandoned(),
        text: Text::default(),
        theme: Theme::new(ThemeKind::Mono),
        glyphs,
    }
}

impl Seat {
    fn begin(world: &World) -> Self {
        let checklist = Arc::new(checklist::read(CHECKLIST.as_bytes()).unwrap());
        let who = Who { user: "ana".to_owned(), host: "here".to_owned(), ..Who::default() };
        let id = RunId::new(1_795_400_000_000, &checklist.id);
        let folder = Folder::create(&world.path("screens"), &id, Arc::new(RealDisk)).unwrap();
        let holder = Holder::this_process(who.clone(), 1_795_400_000_000);
        let journal = Journal::create(folder, CHECKLIST.as_bytes(), holder).unwrap();
        let shell = Rehearsal::read(SCENARIO.as_bytes()).unwrap().of_checklist(&checklist).unwrap();
        let mode = Mode::Rehearsal("played".to_owned());
        let mut wizard = Wizard::begin(journal, checklist, mode, who, Box::new(shell)).unwrap();
        wizard
            .command(Command::Give { input: "limit".into(), typed: vec!["VALUE-first".to_owned()] })
            .unwrap();
        let look =
            Look { glyphs: Glyphs::new(GlyphSet::Unicode), zone: TimeZone::UTC, keys: KeyMap::built_in() };
        let size = TerminalSize { columns: SIZE.0, rows: SIZE.1 };
        let ui = Ui::new(&view(&wizard, &look), size);
        Self { wizard, ui, look, frames: Vec::new(), refused: None }
    }

    fn handle(&mut self, done: Result<(), Trouble>) {
        match done {
            Ok(()) => {}
            Err(Trouble::Refused(refusal)) => {
                let view = view(&self.wizard, &self.look);
                let why = Text::default().refusal(&refusal, &|id| view.name(id));
                self.ui.refuse(why);
            }
            Err(halted @ Trouble::Halted(_)) => panic!("{halted:?}"),
        }
    }

    fn draw(&mut self) {
        self.wizard.tick().unwrap();
        let view = view(&self.wizard, &self.look);
        self.ui.sync(&view);
        while self.ui.has_work() {
            self.ui.work(&view);
            self.ui.sync(&view);
        }
        let mut viewport = Viewport::default();
        let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
        terminal.draw(|frame| viewport = draw(frame, &view, &self.ui)).unwrap();
        self.ui.drawn(viewport, &view);
        let buffer = terminal.backend().buffer();
        let row = |y| (0..SIZE.0).map(|x| buffer[(x, y)].symbol()).collect();
        let rows: Vec<String> = (0..SIZE.1).map(row).collect();
        self.frames.push(Frame {
            rows,
            layer: self.ui.layers(&view).pop().unwrap(),
            selected: self.ui.selected(),
            running: self.wizard.run().foreground_command().map(|running| running.attempt),
        });
    }

    /// Takes note of what the last frame says was refused.
    fn heed(&mut self) {
        if let Some(notice) = self.ui.notice() {
            let rows = &self.frames.last().unwrap().rows;
            let told = Regex::new("Not now: (.*)").unwrap();
            let shown = rows.iter().find_map(|row| told.captures(row.trim()));
            let shown = shown.map_or_else(String::new, |shown| shown[1].trim_end_matches('.').to_owned());
            assert_eq!(shown, notice.trim_end_matches('.'), "the frame shows another: {rows:#?}");
            self.refused = Some(shown);
        }
    }

    fn press(&mut self, keys: &str) {
        for name in keys.split(' ') {
            self.draw();
            let intent = self.ui.on_key(key(name), &view(&self.wizard, &self.look));
            let done = match intent {
                None => Ok(()),
                Some(Intent::Commands(commands)) => {
                    commands.into_iter().try_for_each(|command| self.wizard.command(command))
                }
                Some(Intent::Answer(answer)) => self.wizard.answer(answer),
                Some(Intent::Retry | Intent::Quit) => panic!("{name}"),
            };
            self.handle(done);
            self.draw();
            self.heed();
        }
    }

    fn type_in(&mut self, text: &str) {
        let keys: Vec<String> = text.chars().map(|c| c.to_string()).collect();
        self.press(&keys.join(" "));
    }

    /// Until nothing runs, or something opens by itself and has been there long enough to be read.
    async fn until_idle(&mut self) {
        self.until(|_| false).await;
    }

    /// The same, or until something else is so.
    async fn until(&mut self, until: impl Fn(&Wizard) -> bool) {
        loop {
            self.draw();
            self.heed();
            let unread = self.ui.unread_ms(&view(&self.wizard, &self.look));
            let run = self.wizard.run();
            let asks = run.running().is_some_and(|running| running.asking.is_some());
            let busy = run.foreground_command().is_some() || matches!(run.shell(), ShellState::Opening(_));
            if unread > 0 {
                tokio::time::sleep(Duration::from_millis(unread)).await;
            } else if asks || !busy || until(&self.wizard) {
                return;
            } else {
                let came = tokio::time::timeout(PATIENCE, self.wizard.next()).await.expect("news in time");
                self.handle(came);
            }
        }
    }

    /// Opens the inputs, and goes to the field of one.
    fn field(&mut self, place: usize) {
        self.press("i");
        while self.field_in_focus() != place {
            self.press("up");
        }
    }

    fn field_in_focus(&self) -> usize {
        let Screen::Briefing(form) = self.ui.screen() else { panic!("no inputs") };
        form.focus + 1
    }

    /// Goes to the button, and presses it.
    fn give(&mut self) {
        while self.field_in_focus() <= INPUTS {
            self.press("enter");
        }
        self.press("enter");
    }

    fn select(&mut self, number: usize) {
        self.press(&["up"; STEPS].join(" "));
        if number > 1 {
            self.press(&vec!["down"; number - 1].join(" "));
        }
    }

    async fn act(&mut self, act: Act) -> Told {
        self.select_for(act);
        self.frames.clear();
        self.refused = None;
        let ran_before = self.wizard.run().foreground_command().map(|running| running.attempt);
        self.do_it(act).await;
        let is_slow = |wizard: &Wizard| {
            wizard.run().running().is_some_and(|running| running.command == "APPLYING-slow")
        };
        match act {
            Act::Begin(..) | Act::MoreTime => self.until(is_slow).await,
            _ => self.until_idle().await,
        }
        let titles: Vec<&str> =
            self.wizard.run().checklist().steps.iter().map(|step| step.id.as_str()).collect();
        let mut told = frames::told(act, &self.frames, &titles, ran_before, self.refused.clone());
        let top = self.frames.last().unwrap().layer;
        match top {
            Layer::Sealed => {
                self.press("s");
                let printed = self.walk(|frame, _| of_kinds("OUTPUT", &frame.rows.join("\n")));
                told.printed = printed.into_iter().flatten().collect();
            }
            Layer::Confirm => self.press("esc"),
            _ => {}
        }
        if self.wizard.run().foreground_command().is_none() && !self.wizard.run().is_sealed() {
            let steps = self.walk(|frame, look| frames::standing(&frame.rows, &look.glyphs));
            told.steps = steps.into_iter().collect();
        }
        told
    }

    fn select_for(&mut self, act: Act) {
        match act {
            Act::Choose(..)
            | Act::Give(..)
            | Act::CheckAll
            | Act::MoreTime
            | Act::Stop
            | Act::Go
            | Act::HandOff(_) => {}
            Act::Check(step)
            | Act::Decline(step)
            | Act::Apply(step)
            | Act::SignIn(step, _)
            | Act::Change(step, _)
            | Act::Begin(step, _)
            | Act::State(step, _) => self.select(step),
        }
    }

    async fn do_it(&mut self, act: Act) {
        match act {
            Act::Choose(place, _, choice) => {
                self.field(place);
                self.press(&vec!["right"; choice].join(" "));
                self.give();
            }
            Act::Give(place, _, value) => {
                self.field(place);
                self.press(&["backspace"; 20].join(" "));
                self.type_in(value);
                self.give();
            }
            Act::CheckAll => self.press("A"),
            Act::Check(_) => self.press("c"),
            Act::Decline(_) => {
                self.press("a");
                self.until_idle().await;
                self.press("esc");
            }
            Act::Apply(_) => {
                self.press("a");
                self.until_idle().await;
                self.press("down up enter");
            }
            Act::SignIn(_, user) => {
                self.press("a");
                self.until_idle().await;
                if let Some(user) = user {
                    self.press("enter");
                    self.type_in("pass");
                    self.press("enter");
                    self.type_in(user);
                    self.press("enter enter");
                } else {
                    self.type_in("pass");
                    self.press("enter");
                }
            }
            Act::Change(_, word) | Act::Begin(_, word) => {
                self.press("a");
                self.type_in(word);
                self.press("enter");
            }
            Act::MoreTime => self.press("+"),
            Act::Stop => self.press("esc"),
            Act::State(_, name) => {
                self.press("enter");
                self.type_in(name);
                self.press("enter enter enter");
            }
            Act::Go => self.press("G"),
            Act::HandOff(word) => {
                self.press("g enter");
                self.until_idle().await;
                self.type_in(word);
                self.press("enter");
            }
        }
    }

    /// Looks at each step, and gives what its page tells.
    fn walk<T>(&mut self, tells: impl Fn(&Frame, &Look) -> T) -> Vec<T> {
        let walk = (1..=STEPS).map(|number| {
            self.select(number);
            tells(self.frames.last().unwrap(), &self.look)
        });
        walk.collect()
    }
}
