//! A run of the sample checklist, driven through the real machine by commands.

use std::path::PathBuf;
use std::sync::Arc;

use greenlight::facade::checklist::{Checklist, Sha, StepId, StepKind};
use greenlight::facade::run::value::{Object, Value};
use greenlight::facade::run::{
    About, Attempt, Call, Command, Confirmed, Failure, FileDigest, HandoffStage, Mode, Moment, OutcomeEnd,
    Outputs, Prompt, Run, Who,
};
use greenlight::facade::shell::{Advice, Line, Stream};
use greenlight::facade::text::Text;
use greenlight::facade::tui::{
    Channel, GlyphSet, Glyphs, KeyMap, TerminalSize, Theme, ThemeKind, Ui, View, Viewport, draw,
};
use greenlight::facade::wizard::OutputBuffer;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::harness::decided::{Outcome, decided};

/// 2026-11-23 10:14:05 UTC.
pub const START: i64 = 1_795_428_845_000;

/// A run with all that a view needs.
pub struct Bench {
    pub run: Run,
    pub live: OutputBuffer,
    pub outputs: Outputs,
    pub folder: PathBuf,
    /// Where what the running command printed is, once it has ended.
    pub transcript: Option<FileDigest>,
    pub now: Moment,
    pub who: Who,
    pub zone: TimeZone,
    pub text: Text,
    pub theme: Theme,
    pub glyphs: Glyphs,
    pub keys: KeyMap,
    pub advice: Vec<Advice>,
    /// The user name that was given last.
    pub last_user: Option<String>,
    /// Of a run that is only looked at, what is said of that.
    pub looking: Option<String>,
    /// What the terminal can.
    pub channels: Vec<Channel>,
}

impl Bench {
    pub fn new(mode: Mode) -> Self {
        Self::of(super::sample::checklist(), mode)
    }

    pub fn of(checklist: Checklist, mode: Mode) -> Self {
        let who = Who { user: "CONTOSO\\ana".into(), host: "LYNC01".into(), ..Who::default() };
        let now = Moment { wall: START, mono: 0 };
        let mut run = Run::new(Arc::new(checklist));
        let begun = run.begin(mode, who.clone(), "0.1.0");
        run.evolve(now, &begun);
        let outputs = Outputs::default();
        Self {
            run,
            live: OutputBuffer::default(),
            outputs,
            transcript: None,
            folder: "C:\\ProgramData\\greenlight\\runs\\2026-11-23-lync-online-to-lync-2013".into(),
            now,
            who,
            zone: TimeZone::UTC,
            text: Text::default(),
            theme: Theme::new(ThemeKind::Mono),
            glyphs: Glyphs::new(GlyphSet::Unicode),
            keys: KeyMap::built_in(),
            advice: Vec::new(),
            last_user: None,
            looking: None,
            channels: Vec::new(),
        }
    }

    /// A run with its inputs given and its shell open.
    pub fn begun(mode: Mode) -> Self {
        let mut bench = Self::new(mode);
        bench.open();
        bench
    }

    /// Gives the inputs and opens the shell.
    pub fn open(&mut self) {
        for (input, value) in
            [("sip_domain", "contoso.com"), ("pilot_users", "a@contoso.com"), ("wave", "pilot")]
        {
            self.command(Command::Give { input: input.into(), typed: vec![value.into()] });
        }
        self.command(Command::OpenShell);
        self.command(Command::ShellOpened(About {
            program: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe".into(),
            version: "5.1.14393.2969".into(),
            edition: "Desktop".into(),
            ..About::default()
        }));
    }

    pub fn pass(&mut self, millis: u64) {
        self.now.mono += millis;
        self.now.wall += i64::try_from(millis).unwrap();
    }

    /// Does what the wizard does with a command, short of its effects.
    pub fn command(&mut self, command: Command) {
        let decided = decided(&self.run, self.now, command);
        assert_eq!(decided.refused, None);
        let before = self.attempt();
        self.run = decided.run;
        for event in &decided.events {
            self.outputs.hear(self.now, event);
        }
        if let Some(running) = self.run.running().filter(|running| Some(running.attempt) != before) {
            let applied = self.run.state(&running.step).and_then(|state| state.applied.as_ref());
            self.live.begin(running, applied);
        }
    }

    pub fn attempt(&self) -> Option<Attempt> {
        self.run.running().map(|running| running.attempt)
    }

    pub fn say(&mut self, stream: Stream, text: &str) {
        self.live.push(Line { stream, text: text.into() }, self.now);
    }

    pub fn ask(&mut self, prompt: Prompt) {
        let attempt = self.attempt().unwrap();
        self.command(Command::Asked { attempt, call: Call(1), prompt });
    }

    pub fn end(&mut self, end: OutcomeEnd, properties: &[(&str, Value)], failures: Vec<Failure>) {
        let rows = if properties.is_empty() { Vec::new() } else { vec![object(properties)] };
        self.end_rows(end, rows, failures);
    }

    pub fn end_rows(&mut self, end: OutcomeEnd, rows: Vec<Value>, failures: Vec<Failure>) {
        self.end_as(Outcome { end, rows, warnings: Vec::new(), silent_ms: 0, failures, elapsed_ms: 1200 });
    }

    pub fn end_as(&mut self, outcome: Outcome) {
        self.pass(outcome.elapsed_ms);
        let attempt = self.attempt().unwrap();
        self.live.end();
        let transcript = self.transcript.take();
        self.command(outcome.ends(&self.run, attempt, transcript));
    }

    pub fn check(&mut self, step: &str, properties: &[(&str, Value)]) {
        self.command(Command::Check(step.into()));
        self.end(OutcomeEnd::Completed, properties, Vec::new());
    }

    pub fn attest(&mut self) {
        self.state(&"deployment-validated".into(), "Test calls on 20 November, see CHG-1142.");
    }

    /// Somebody states this step.
    pub fn state(&mut self, step: &StepId, note: &str) {
        let StepKind::Attested { statement } = self.run.checklist().step(step).unwrap().kind.clone() else {
            unreachable!()
        };
        self.command(Command::Attest {
            step: step.clone(),
            statement: statement.en,
            name: "Ana Ruiz".into(),
            note: note.into(),
            by: self.who.clone(),
            seen: self.run.found_subjects(),
        });
    }

    pub fn until_session(&mut self) {
        self.check("powershell-is-fit", &[("PSVersion", Value::Version(vec![5, 1]))]);
        self.attest();
        self.check("credential", &[("UserName", Value::text("admin@contoso.com"))]);
        self.check("online-session", &[("State", Value::text("Opened"))]);
    }

    pub fn shared(value: bool) -> [(&'static str, Value); 2] {
        [("SharedSipAddressSpace", Value::Bool(value)), ("AllowFederatedUsers", Value::Bool(true))]
    }

    pub fn all_green(&mut self) {
        self.until_session();
        self.check("shared-sip-address-space", &Self::shared(true));
    }

    /// A question has been in sight long enough to be read.
    pub fn read(&mut self) {
        self.pass(500);
    }

    /// Goes through the handoff up to the typed confirmation.
    pub fn confirming(&mut self) {
        self.command(Command::BeginHandoff);
        self.confirming_on();
    }

    /// Goes on with it from where it is.
    pub fn confirming_on(&mut self) {
        while let Some(running) = self.run.running() {
            let step = running.step.as_str().to_owned();
            self.end_as_it_holds(&step);
        }
    }

    /// What runs is the check of this step, which finds that it holds.
    pub fn end_as_it_holds(&mut self, step: &str) {
        let (name, value) = match step {
            "powershell-is-fit" => ("PSVersion", Value::Version(vec![5, 1])),
            "credential" => ("UserName", Value::text("a")),
            "online-session" => ("State", Value::text("Opened")),
            "clock" => ("Source", Value::text("dc01")),
            _ => return self.end(OutcomeEnd::Completed, &Self::shared(true), Vec::new()),
        };
        self.end(OutcomeEnd::Completed, &[(name, value)], Vec::new());
    }

    pub fn sealed(&mut self) {
        self.confirming();
        self.command(Command::ConfirmHandoff { typed: "START".into(), by: self.who.clone() });
        let file =
            |file: &str| FileDigest { file: file.into(), sha256: Sha::of(b""), bytes: 1, left_out: None };
        let files = vec![file("handoff/start-migration.ps1"), file("handoff/manifest.json")];
        self.command(Command::HandoffWritten(Ok(files)));
    }

    pub fn apply_confirmed(&mut self, step: &str) {
        self.command(Command::Apply { step: step.into(), confirmed: Confirmed::Yes });
    }

    pub fn view(&self) -> View<'_> {
        View {
            run: &self.run,
            live: &self.live,
            now: self.now,
            zone: &self.zone,
            outputs: &self.outputs,
            folder: &self.folder,
            head: "3f9a6c1e5b7d80429d1f6a3c8e2b4075913c6fd2a8e57b40c1d92e6f8a3b5c70",
            who: &self.who,
            program: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            shell_end: self.run.last_shell_end(),
            last_user: self.last_user.as_deref(),
            abandoned: self.run.abandoned(),
            looking: self.looking.as_deref(),
            channels: &self.channels,
            advice: &self.advice,
            text: self.text,
            theme: self.theme,
            glyphs: &self.glyphs,
            keys: &self.keys,
        }
    }

    /// The screens at this size, on the steps.
    pub fn ui(&self, columns: u16, rows: u16) -> Ui {
        let asked = self.run.running().is_some_and(|running| running.asking.is_some())
            || matches!(self.run.handoff(), HandoffStage::Confirming | HandoffStage::Sealed { .. });
        // What opened by itself has the keys: the briefing was left before it came.
        let earlier = asked.then(|| Self::begun(Mode::Live));
        let bench = earlier.as_ref().unwrap_or(self);
        let mut ui = bench.briefing(columns, rows);
        press(&mut ui, bench, "esc");
        if asked {
            // It has been in sight long enough to be read.
            let mut view = self.view();
            view.now.mono = view.now.mono.saturating_sub(500);
            draw_view(&view, &mut ui, columns, rows);
        }
        ui
    }

    /// The screens at this size, as they begin.
    pub fn briefing(&self, columns: u16, rows: u16) -> Ui {
        Ui::new(&self.view(), TerminalSize { columns, rows })
    }
}

pub fn object(properties: &[(&str, Value)]) -> Value {
    Value::Object(Object {
        properties: properties.iter().map(|(name, value)| ((*name).into(), value.clone())).collect(),
        ..Object::default()
    })
}

/// Presses keys by name, separated by blanks.
pub fn press(ui: &mut Ui, bench: &Bench, keys: &str) -> Vec<greenlight::facade::tui::Intent> {
    keys.split(' ').filter_map(|name| ui.on_key(key(name), &bench.view())).collect()
}

pub fn key(name: &str) -> crossterm::event::KeyEvent {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "backspace" => KeyCode::Backspace,
        "space" => KeyCode::Char(' '),
        "f1" => KeyCode::F(1),
        "ctrl-u" => return KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL),
        "ctrl-c" => return KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL),
        name => KeyCode::Char(name.chars().next().unwrap()),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}

pub fn type_in(ui: &mut Ui, bench: &Bench, text: &str) {
    for c in text.chars() {
        ui.on_key(key(if c == ' ' { "space".to_owned() } else { c.to_string() }.as_str()), &bench.view());
    }
}

/// Draws a frame and takes note of how far it can be scrolled.
pub fn drawn(bench: &Bench, ui: &mut Ui, columns: u16, rows: u16) -> TestBackend {
    draw_view(&bench.view(), ui, columns, rows)
}

fn draw_view(view: &View<'_>, ui: &mut Ui, columns: u16, rows: u16) -> TestBackend {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut reach = Viewport::default();
    ui.sync(view);
    while ui.has_work() {
        ui.work(view);
        ui.sync(view);
    }
    terminal.draw(|frame| reach = draw(frame, view, ui)).unwrap();
    ui.drawn(reach, view);
    terminal.backend().clone()
}
