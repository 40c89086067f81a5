//! The operator at the screens: keys in, frames out, over a wizard on the same scenario.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use greenlight::facade::checklist;
use greenlight::facade::journal::disk::RealDisk;
use greenlight::facade::journal::{Folder, Holder, Journal, RunId};
use greenlight::facade::run::{Attempt, Command, Mode, ShellState, Who};
use greenlight::facade::shell::rehearsal::Rehearsal;
use greenlight::facade::text::Text;
use greenlight::facade::tui::{
    GlyphSet, Glyphs, Intent, KeyMap, Layer, TerminalSize, Theme, ThemeKind, Ui, View, Viewport, draw,
};
use greenlight::facade::wizard::{Trouble, Wizard};
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regex_lite::Regex;

use super::acts::{Act, CHECKLIST, SCENARIO, STEPS};
use super::{Standing, Told, asked, of_kinds, progress, quoted};
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
        seat.command(Command::Give { input: "limit".into(), typed: vec!["VALUE-first".to_owned()] });
        seat.command(Command::OpenShell);
        seat.until_idle().await;
        seat.press("esc");
        let mut told = Vec::new();
        for act in script {
            told.push(seat.act(*act).await);
        }
        told
    })
}

/// A frame, and what ran when it was drawn.
struct Frame {
    rows: Vec<String>,
    layer: Layer,
    selected: usize,
    running: Option<Attempt>,
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
        let wizard = Wizard::begin(journal, checklist, mode, who, Box::new(shell)).unwrap();
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

    fn command(&mut self, command: Command) {
        let done = self.wizard.command(command);
        self.handle(done);
        self.draw();
    }

    fn draw(&mut self) {
        self.wizard.tick().unwrap();
        let view = view(&self.wizard, &self.look);
        self.ui.sync(&view);
        let mut viewport = Viewport::default();
        let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
        terminal.draw(|frame| viewport = draw(frame, &view, &self.ui)).unwrap();
        self.ui.drawn(viewport, &view);
        let buffer = terminal.backend().buffer();
        let row = |y| (0..SIZE.0).map(|x| buffer[(x, y)].symbol()).collect();
        let rows: Vec<String> = (0..SIZE.1).map(row).collect();
        if let Some(notice) = self.ui.notice() {
            let told = Regex::new("Not now: (.*)").unwrap();
            let shown = rows.iter().find_map(|row| told.captures(row.trim()));
            let shown = shown.map_or_else(String::new, |shown| shown[1].trim_end_matches('.').to_owned());
            assert_eq!(shown, notice.trim_end_matches('.'), "the frame shows another: {rows:#?}");
            self.refused = Some(shown);
        }
        self.frames.push(Frame {
            rows,
            layer: self.ui.layers(&view).pop().unwrap(),
            selected: self.ui.selected(),
            running: self.wizard.run().foreground_command().map(|running| running.attempt),
        });
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
        }
    }

    fn type_in(&mut self, text: &str) {
        let keys: Vec<String> = text.chars().map(|c| c.to_string()).collect();
        self.press(&keys.join(" "));
    }

    /// Until nothing runs, or something opens by itself and has been there long enough to be read.
    async fn until_idle(&mut self) {
        loop {
            self.draw();
            let unread = self.ui.unread_ms(&view(&self.wizard, &self.look));
            let run = self.wizard.run();
            let asks = run.running().is_some_and(|running| running.asking.is_some());
            let busy = run.foreground_command().is_some() || matches!(run.shell(), ShellState::Opening(_));
            if unread > 0 {
                tokio::time::sleep(Duration::from_millis(unread)).await;
            } else if asks || !busy {
                return;
            } else {
                let came = tokio::time::timeout(PATIENCE, self.wizard.next()).await.expect("news in time");
                self.handle(came);
            }
        }
    }

    fn select(&mut self, number: usize) {
        self.press(&["up"; STEPS].join(" "));
        if number > 1 {
            self.press(&vec!["down"; number - 1].join(" "));
        }
    }

    async fn act(&mut self, act: Act) -> Told {
        match act {
            Act::Input(_) | Act::CheckAll | Act::Go | Act::HandOff(_) => {}
            Act::Check(number) | Act::Apply(number) | Act::Change(number, _) | Act::State(number, _) => {
                self.select(number);
            }
        }
        self.frames.clear();
        self.refused = None;
        match act {
            Act::Input(value) => {
                self.press("i up up");
                self.press(&["backspace"; 20].join(" "));
                self.type_in(value);
                self.press("enter enter");
            }
            Act::CheckAll => self.press("A"),
            Act::Check(_) => self.press("c"),
            Act::Apply(_) => {
                self.press("a");
                self.until_idle().await;
                self.press("down up enter");
            }
            Act::Change(_, word) => {
                self.press("a");
                self.type_in(word);
                self.press("enter");
            }
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
        self.until_idle().await;
        let mut told = self.told(act);
        if let Layer::Confirm = self.frames.last().unwrap().layer {
            self.press("esc");
        }
        if let Layer::Steps = self.frames.last().unwrap().layer {
            for number in 1..=STEPS {
                self.select(number);
                let (title, standing) = standing(&self.frames.last().unwrap().rows, &self.look.glyphs);
                told.steps.insert(title, standing);
            }
        }
        told
    }

    fn told(&self, act: Act) -> Told {
        let titles: Vec<&str> =
            self.wizard.run().checklist().steps.iter().map(|step| step.id.as_str()).collect();
        let mut ran: Vec<String> = self.frames.iter().filter_map(|frame| runs(frame, &titles)).collect();
        ran.dedup();
        let began = self.frames.iter().position(|frame| frame.running.is_some()).unwrap_or(self.frames.len());
        let text = |frames: &[Frame]| {
            frames.iter().flat_map(|frame| frame.rows.clone()).collect::<Vec<_>>().join("\n")
        };
        let dialogs = self.frames.iter().filter(|frame| match frame.layer {
            Layer::Briefing | Layer::Attest | Layer::Confirm | Layer::Question | Layer::Confirming => true,
            Layer::Steps
            | Layer::Rows
            | Layer::Gate
            | Layer::Rechecking
            | Layer::Sealed
            | Layer::Quit
            | Layer::Halted
            | Layer::Help
            | Layer::TooSmall => false,
        });
        let dialogs: Vec<String> = dialogs.flat_map(|frame| frame.rows.clone()).collect();
        let in_progress: Vec<String> = self
            .frames
            .iter()
            .flat_map(|frame| frame.rows.iter().filter(|row| row.contains("ACTIVITY-")).cloned())
            .collect();
        Told {
            asked: asked(act, &dialogs.join("\n")),
            ran,
            progress: progress(&in_progress.join("\n")),
            printed: of_kinds("OUTPUT", &text(&self.frames[began..])),
            refused: self.refused.clone(),
            steps: BTreeMap::new(),
        }
    }
}

/// What a frame says to run: in the title of the output, or in the handoff's list.
fn runs(frame: &Frame, titles: &[&str]) -> Option<String> {
    let text = Text::default();
    let what = [text.checking_before(), text.running_check(), text.running_apply()].join("|");
    let output = Regex::new(&format!("OUTPUT +({what}) · (?:TITLE-([a-z]+))?")).unwrap();
    let again = Regex::new(&format!("{} [0-9:]+ · TITLE-([a-z]+)", text.word_running())).unwrap();
    frame.rows.iter().find_map(|row| {
        if let Some(found) = again.captures(row) {
            return Some(format!("checks {}", &found[1]));
        }
        let found = output.captures(row)?;
        let what = if found[1].starts_with("check") { "checks" } else { "applies" };
        Some(format!("{what} {}", found.get(2).map_or(titles[frame.selected], |title| title.as_str())))
    })
}

/// How the selected step stands, as its page has it.
fn standing(rows: &[String], glyphs: &Glyphs) -> (String, Standing) {
    let page = rows.iter().filter_map(|row| row.split_once(glyphs.vertical)).map(|(_, right)| right.trim());
    let page: Vec<&str> = page.filter(|row| !row.is_empty()).collect();
    let [title, state, ..] = page.as_slice() else { panic!("{rows:#?}") };
    let word = state.split(glyphs.dot).next().unwrap();
    let word: Vec<&str> = word.split_whitespace().filter(|word| word.chars().count() > 1).collect();
    // What was printed stands below the page.
    let page: Vec<&str> = page.iter().take_while(|row| !row.starts_with("OUTPUT ")).copied().collect();
    let below = page[1..].join("\n");
    let mut why = of_kinds(super::WHY, &below);
    why.extend(quoted(&below));
    let remedy = Regex::new("REMEDY-[a-z]+").unwrap().find(&below).map(|found| found.as_str().to_owned());
    ((*title).to_owned(), (word.join(" "), why, remedy))
}
