//! What tells whoever looked away: the window's title, the taskbar, a bell, a notification.
//!
//! The title and the taskbar always say how the run stands. A bell and a notification come when something ended, asks or
//! turned red after nobody had pressed a key for a while.

use super::View;
use crate::checklist::StepId;
use crate::run::{Attempt, Call, StepStatus};
use crate::shell::Progress;

/// From when on nobody is taken to look, milliseconds after the last key.
const AWAY_MS: u64 = 10_000;

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    Bell,
    Title(String),
    Taskbar(Taskbar),
    Notification(String),
    /// This is to be pasted elsewhere.
    Copy(String),
}

/// How the taskbar shows a program that works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taskbar {
    #[default]
    Clear,
    /// It works; how far it is, in percent, where that is known.
    Working(Option<u8>),
    /// A person is asked.
    Asks,
    Red,
}

/// What was told last.
#[derive(Debug, Default)]
pub struct Attention {
    title: String,
    taskbar: Taskbar,
    running: Option<(Attempt, StepId)>,
    asking: Option<(Attempt, Call)>,
    /// What was told and nobody has pressed a key since.
    unseen: Option<Taskbar>,
    last_key: u64,
}

impl Attention {
    /// Somebody is there.
    pub const fn key(&mut self, view: &View<'_>) {
        self.last_key = view.now.mono;
        self.unseen = None;
    }

    /// What is to be told since the last time.
    pub fn update(&mut self, view: &View<'_>) -> Vec<Signal> {
        let mut signals = Vec::new();
        if let Some((taskbar, words)) = self.alert(view)
            && view.now.mono.saturating_sub(self.last_key) >= AWAY_MS
        {
            self.unseen = Some(taskbar);
            signals.extend([Signal::Bell, Signal::Notification(words)]);
        }
        let taskbar = match self.unseen {
            Some(taskbar @ (Taskbar::Asks | Taskbar::Red)) => taskbar,
            Some(Taskbar::Clear | Taskbar::Working(_)) | None => working(view),
        };
        if taskbar != self.taskbar {
            self.taskbar = taskbar;
            signals.push(Signal::Taskbar(taskbar));
        }
        let title = title(view);
        if title != self.title {
            self.title.clone_from(&title);
            signals.push(Signal::Title(title));
        }
        signals
    }

    /// What has come since the last time that a person wants to know.
    fn alert(&mut self, view: &View<'_>) -> Option<(Taskbar, String)> {
        let foreground = view.run.foreground_command();
        let running = foreground.map(|running| (running.attempt, running.step.clone()));
        let asking = foreground.and_then(|running| Some((running.attempt, running.asking.as_ref()?.call)));
        let before = std::mem::replace(&mut self.running, running.clone());
        let asked = std::mem::replace(&mut self.asking, asking);
        if let (Some(_), Some((_, step))) = (asking.filter(|asking| asked != Some(*asking)), &running) {
            return Some((Taskbar::Asks, view.text.attention_asks(view.title(step))));
        }
        let (attempt, step) = before?;
        if running.as_ref().is_some_and(|(running, _)| *running == attempt) {
            return None;
        }
        let status = view.run.status(&step, view.now);
        let words = view.text.attention_ended(view.title(&step), view.text.status(&status));
        match status {
            StepStatus::Red | StepStatus::Undetermined | StepStatus::Interrupted => {
                Some((Taskbar::Red, words))
            }
            // Of several that run one after another, the last one has ended all.
            StepStatus::NotRun
            | StepStatus::Waiting
            | StepStatus::ToDo
            | StepStatus::Running(_)
            | StepStatus::DoesNotApply
            | StepStatus::Polling
            | StepStatus::Green
            | StepStatus::Stale(_) => running.is_none().then_some((Taskbar::Clear, words)),
        }
    }
}

/// How far what runs is; of several activities the topmost says it.
fn working(view: &View<'_>) -> Taskbar {
    match view.run.foreground_command() {
        None => Taskbar::Clear,
        Some(running) if running.asking.is_some() => Taskbar::Asks,
        Some(_) => {
            let tree = view.live.activities().tree();
            let of = |progress: &Progress| progress.percent;
            Taskbar::Working(tree.first().and_then(|activity| of(activity.progress)))
        }
    }
}

fn title(view: &View<'_>) -> String {
    let text = view.text;
    let count = view.run.count(view.now);
    let is_red = || view.run.statuses(view.now).contains(&StepStatus::Red);
    let word = match view.run.foreground_command() {
        Some(running) if running.asking.is_some() => text.attention_word_asks(),
        Some(_) => text.word_running(),
        None if !view.run.is_sealed() && is_red() => text.word_red(),
        None => view.gate_word().0,
    };
    let name = match view.scenario() {
        None => "greenlight".to_owned(),
        Some(scenario) => format!("greenlight ({})", text.run_rehearsal(scenario)),
    };
    let looks = view.looking.map(|_| format!("{} · ", text.window_looks())).unwrap_or_default();
    format!("{looks}{}/{} · {word} · {name}", count.green, count.required)
}
