//! `watch`: follows a run that is open elsewhere, as lines; takes no lock and writes nothing.

use super::args::Output;
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use super::followed::{FollowedRun, PAUSE};
use super::signals;
use crate::journal::{self, Held};
use crate::plain::{Out, gate_lines, heading_line, held_line, step_lines};
use crate::run::{
    Applicability, Assessment, Doubt, Event, Mode, Moment, Run, StaleCause, Stamped, StatusReason,
    StepStatus, WaitProgress,
};
use crate::sanitize::escape_controls;
use crate::text::Text;

/// Follows a run until it is sealed or the operator has seen enough.
pub(super) async fn watch(context: &Context, run: &str) -> Done {
    let followed = FollowedRun::open(context, run)?;
    let (printed, holding) = (PrintedSteps::default(), String::new());
    let mut watched = Watched { context, followed, printed, going: None, holding, is_free: false };
    watched.read()?;
    watched.heading();
    loop {
        watched.holder();
        let now = watched.followed.now();
        watched.show(now);
        // Nobody reads any more, or nothing gets there.
        if watched.followed.run.is_sealed() || Out::is_over() {
            return Ok(Exit::Open);
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            signal = tokio::signal::ctrl_c() => if signal.is_ok() { return Ok(Exit::Interrupted) },
        }
        if watched.followed.has_changed() {
            watched.read()?;
        }
    }
}

/// The run as far as its journal was read, and was told of.
struct Watched<'a> {
    context: &'a Context,
    followed: FollowedRun,
    printed: PrintedSteps,
    /// What was printed of where it is held.
    going: Option<String>,
    /// What was printed of who has it open.
    holding: String,
    /// Nobody has it open.
    is_free: bool,
}

/// What was printed of each step.
#[derive(Default)]
pub struct PrintedSteps(Option<Vec<Vec<String>>>);

impl PrintedSteps {
    /// The lines of the steps that stand differently than when they were last printed; where all are printed, under the
    /// headings of their groups.
    pub fn news(&mut self, run: &Run, now: Moment, text: Text) -> Vec<String> {
        let first = self.0.is_none();
        let before = self.0.take().unwrap_or_default();
        let (mut news, mut printed) = (Vec::new(), Vec::new());
        for (place, step) in run.assess_all(now).iter().enumerate() {
            let before = before.get(place);
            let lines = match before {
                Some(before) if is_looked_at_again(run, step) => before.clone(),
                Some(_) | None => step_lines(run, &at_rest(step), text),
            };
            let heading = step.heading.filter(|_| first);
            news.extend(heading.map(|heading| heading_line(&heading, text)));
            if before != Some(&lines) {
                news.extend(step_lines(run, step, text));
            }
            printed.push(lines);
        }
        self.0 = Some(printed);
        news
    }
}

/// What is told of an event, beside the steps that stand differently after it.
fn told(event: &Event, run: &Run, now: Moment, text: Text) -> Option<String> {
    match event {
        Event::Resumed { by, .. } => {
            Some(text.watch_resumed(escape_controls(&by.user), escape_controls(&by.host)))
        }
        Event::GoBegun { by } => Some(text.watch_went(escape_controls(&by.user), escape_controls(&by.host))),
        Event::GoEnded { why } => Some(text.go_ended(*why, run.advisory_not_green(now).len())),
        _ => None,
    }
}

/// The same step with the clock of its wait at its beginning: a clock that goes on is no news.
fn at_rest<'a>(step: &Assessment<'a>) -> Assessment<'a> {
    let reason = match step.reason {
        Some(StatusReason::Polling(progress)) => {
            Some(StatusReason::Polling(WaitProgress { elapsed: 0, next: None, ..progress }))
        }
        reason => reason,
    };
    Assessment { reason, ..step.clone() }
}

/// A green that waits for what is being checked again is told of when that has ended: as a rule, it is green then. So is whether
/// a step applies.
pub fn is_looked_at_again(run: &Run, step: &Assessment<'_>) -> bool {
    let waits_for_its_source = || matches!(step.applies, Applicability::Unknown(Doubt::NotGreen(_)));
    run.foreground_command().is_some()
        && (matches!(step.status, StepStatus::Stale(StaleCause::Needs { .. })) || waits_for_its_source())
}

impl Watched<'_> {
    fn heading(&self) {
        if self.context.output == Output::Json {
            return;
        }
        let text = self.context.text;
        let mut out = Out::stdout();
        out.line(&escape_controls(self.followed.run.checklist().title.get(text.lang())));
        out.line(&text.run_folder(self.followed.folder.path().display()));
        match self.followed.run.mode() {
            Mode::Live => {}
            Mode::Rehearsal(_) => out.row(&text.plain_rehearsal()),
        }
    }

    /// Prints who has the run open, where that is another than was printed.
    fn holder(&mut self) {
        let text = self.context.text;
        let held = journal::held(&self.followed.folder);
        self.is_free = matches!(held, Held::Free);
        let holding = match held {
            Held::Free => text.watch_free(signals::KEY),
            // It has just been taken: who did that is about to be said.
            Held::By(None) if !self.holding.is_empty() => return,
            Held::By(by) => text.watch_held(text.holder_or_unknown(by.as_ref()), signals::KEY),
        };
        if holding != self.holding && self.context.output == Output::Text {
            Out::stdout().line(&holding);
        }
        self.holding = holding;
    }

    /// Takes in what was added to the journal.
    fn read(&mut self) -> Result<(), Failed> {
        let (added, then) = self.followed.read(self.context)?;
        for stamped in &added {
            self.add(stamped)?;
        }
        then
    }

    fn add(&mut self, stamped: &Stamped) -> Result<(), Failed> {
        let text = self.context.text;
        self.followed.fold(stamped);
        if self.context.output == Output::Json {
            let line = serde_json::to_string(stamped)
                .map_err(|error| Failed::new(Exit::Fault, error.to_string()))?;
            Out::stdout().json_text(&format!("{line}\n"));
        } else if self.printed.0.is_some() {
            if let Some(line) = told(&stamped.event, &self.followed.run, stamped.at, text) {
                Out::stdout().line(&line);
            }
            // What came and went between two looks is told too.
            self.show(stamped.at);
        }
        Ok(())
    }

    /// Prints the steps that stand differently than when they were last printed; the gate where all are printed.
    fn show(&mut self, now: Moment) {
        if self.context.output == Output::Json {
            return;
        }
        let text = self.context.text;
        let mut out = Out::stdout();
        let first = self.printed.0.is_none();
        let run = self.followed.as_it_is(self.is_free);
        for line in &self.printed.news(&run, now, text) {
            out.row(line);
        }
        let held = held_line(&run, now, text);
        if held != self.going {
            if let Some(line) = &held {
                out.line(line);
            }
            self.going = held;
        }
        if first || run.is_sealed() {
            for line in &gate_lines(&run, now, text) {
                out.line(line);
            }
        }
        if run.is_sealed() {
            out.line(&text.run_sealed());
        }
    }
}
