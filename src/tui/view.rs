//! What the screens are drawn from, and how times and titles read in it.

use std::path::{MAIN_SEPARATOR_STR, Path};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::channel::Channel;
use super::glyphs::Glyphs;
use super::keymap::KeyMap;
use super::theme::{Meaning, Theme};
use crate::checklist::{Step, StepId};
use crate::run::gate::{self, Gate};
use crate::run::{AbandonCause, Mode, Moment, Outputs, Run, ShellEnd, StepStatus, Who};
use crate::shell::Advice;
use crate::text::Text;
use crate::wizard::OutputBuffer;

/// Everything that a frame is drawn from; nothing of it is changed.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub run: &'a Run,
    /// The output of the last command.
    pub live: &'a OutputBuffer,
    /// Where the output of each command is.
    pub outputs: &'a Outputs,
    /// The moment to draw.
    pub now: Moment,
    /// In which times are shown.
    pub zone: &'a TimeZone,
    pub folder: &'a Path,
    /// The journal's head code.
    pub head: &'a str,
    /// Who is at the keyboard.
    pub who: &'a Who,
    /// The PowerShell that is or would be started; empty in a rehearsal.
    pub program: &'a str,
    /// Why there is no shell any more, if there was one.
    pub shell_end: Option<&'a ShellEnd>,
    /// The user name that was given last for what asks now.
    pub last_user: Option<&'a str>,
    /// What a rehearsal says to try.
    pub advice: &'a [Advice],
    /// Why the last handoff was given up, if one was.
    pub abandoned: Option<&'a AbandonCause>,
    /// Of a run that is only looked at, what is said of that: nothing can be done in it.
    pub looking: Option<&'a str>,
    /// What the terminal can beside showing characters.
    pub channels: &'a [Channel],
    pub text: Text,
    pub theme: Theme,
    pub glyphs: &'a Glyphs,
    pub keys: &'a KeyMap,
}

impl View<'_> {
    /// Whether nothing can be done in the run, and it can only be looked at.
    pub(super) fn is_looked_at(&self) -> bool {
        self.looking.is_some() || self.run.is_sealed()
    }

    /// A step's title, or its id where it is unknown.
    pub fn title(&self, step: &StepId) -> String {
        self.run
            .checklist()
            .step(step)
            .map_or_else(|| step.to_string(), |step| step.title.get(self.text.lang()).to_owned())
    }

    /// A step by its number and title.
    pub(super) fn numbered(&self, step: &StepId) -> String {
        self.text.numbered(self.run, step)
    }

    /// The words for a step or input of that name.
    pub fn name(&self, id: &str) -> String {
        self.run.name_of(id, self.text.lang())
    }

    /// The step at a position of the list.
    pub fn step(&self, position: usize) -> Option<&Step> {
        self.run.checklist().steps.get(position)
    }

    /// The scenario's name, in a rehearsal.
    pub fn scenario(&self) -> Option<&str> {
        match self.run.mode() {
            Mode::Live => None,
            Mode::Rehearsal(scenario) => Some(scenario),
        }
    }

    /// The word for how the gate stands, and how it looks.
    pub(super) fn gate_word(&self) -> (String, Meaning) {
        if self.run.is_sealed() {
            return (self.text.gate_word_sealed(), Meaning::Good);
        }
        match gate::evaluate(self.run, self.now) {
            Gate::Open(_) => (self.text.gate_word_open(), Meaning::Good),
            Gate::Locked(_) => (self.text.gate_word_locked(), Meaning::Muted),
        }
    }

    /// A moment to come in as few columns as say which: the minute where it is today's or tomorrow's, else the date.
    pub fn clock_short(&self, wall: i64) -> String {
        let (Some(time), Some(now)) = (self.zoned(wall), self.zoned(self.now.wall)) else {
            return String::new();
        };
        let minute = time.strftime("%H:%M");
        if time.date() == now.date() {
            minute.to_string()
        } else if now.date().tomorrow().is_ok_and(|tomorrow| tomorrow == time.date()) {
            self.text.tomorrow_at(minute)
        } else {
            time.strftime("%Y-%m-%d").to_string()
        }
    }

    fn zoned(&self, wall: i64) -> Option<Zoned> {
        Timestamp::from_millisecond(wall).ok().map(|time| time.to_zoned(self.zone.clone()))
    }

    /// A moment as the clock on the wall shows it; with its date where that is not today's.
    pub fn clock(&self, wall: i64) -> String {
        match (self.zoned(wall), self.zoned(self.now.wall)) {
            (Some(time), Some(now)) if time.date() == now.date() => time.strftime("%H:%M:%S").to_string(),
            (Some(time), _) => time.strftime("%Y-%m-%d %H:%M").to_string(),
            (None, _) => String::new(),
        }
    }
}

/// The name of a file of the run, as paths are written here.
pub(super) fn name_here(file: &str) -> String {
    file.replace('/', MAIN_SEPARATOR_STR)
}

/// How the state of a step looks.
pub(crate) const fn meaning(status: &StepStatus) -> Meaning {
    match status {
        StepStatus::NotRun | StepStatus::Waiting | StepStatus::DoesNotApply => Meaning::Muted,
        StepStatus::ToDo => Meaning::Accent,
        StepStatus::Running(_) => Meaning::Running,
        StepStatus::Polling => Meaning::Polling,
        StepStatus::Green => Meaning::Good,
        StepStatus::Red => Meaning::Bad,
        StepStatus::Stale(_) | StepStatus::Undetermined | StepStatus::Interrupted => Meaning::Doubt,
    }
}
