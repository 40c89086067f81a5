//! `watch`: follows a run that is open elsewhere, as lines; takes no lock and writes nothing.

use std::borrow::Cow;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::args::Output;
use super::context::{Context, LoadedChecklist};
use super::exit::{Done, Exit, Failed};
use super::signals;
use crate::journal::{self, Condition, Folder, Head, Header, Held};
use crate::plain::{Out, gate_lines, heading_line, held_line, step_lines};
use crate::run::{
    Applicability, Assessment, Doubt, Event, Mode, Moment, Run, StaleCause, Stamped, StatusReason,
    StepStatus, WaitProgress,
};
use crate::sanitize::escape_controls;
use crate::text::Text;

/// How often the journal and the lock are looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// Follows a run until it is sealed or the operator has seen enough.
pub(super) async fn watch(context: &Context, run: &str) -> Done {
    let folder = context.run_folder(run).map(Folder::at)?;
    let source = context.kept_checklist(&folder)?;
    let run = Run::new(Arc::clone(&source.checklist));
    let holding = String::new();
    let mut watched = Watched {
        context,
        source,
        run,
        read: None,
        last: None,
        latest: 0,
        printed: PrintedSteps::default(),
        going: None,
        holding,
        is_free: false,
    };
    let mut seen = looks(&folder);
    watched.read(&folder)?;
    watched.heading(&folder);
    loop {
        watched.holder(&folder);
        let now = watched.now();
        watched.show(now);
        // Nobody reads any more, or nothing gets there.
        if watched.run.is_sealed() || Out::is_over() {
            return Ok(Exit::Open);
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            signal = tokio::signal::ctrl_c() => if signal.is_ok() { return Ok(Exit::Interrupted) },
        }
        let now = looks(&folder);
        if now != seen {
            seen = now;
            watched.read(&folder)?;
        }
    }
}

/// What the journal looks like from outside: another look means that it was written to.
fn looks(folder: &Folder) -> Option<(u64, Option<SystemTime>)> {
    fs::metadata(folder.journal()).ok().map(|found| (found.len(), found.modified().ok()))
}

/// The run as far as its journal was read.
struct Watched<'a> {
    context: &'a Context,
    source: LoadedChecklist,
    run: Run,
    /// The first and the last record of it.
    read: Option<(Header, Head)>,
    last: Option<Moment>,
    /// The latest wall time that was looked at since: a clock that is set back makes nothing fresher here either.
    latest: i64,
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
fn told(event: &Event, text: Text) -> Option<String> {
    match event {
        Event::Resumed { by, .. } => {
            Some(text.watch_resumed(escape_controls(&by.user), escape_controls(&by.host)))
        }
        Event::GoBegun { by } => Some(text.watch_went(escape_controls(&by.user), escape_controls(&by.host))),
        Event::GoEnded { why } => Some(text.go_ended(*why)),
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
    fn heading(&self, folder: &Folder) {
        if self.context.output == Output::Json {
            return;
        }
        let text = self.context.text;
        let mut out = Out::stdout();
        out.line(&escape_controls(self.run.checklist().title.get(text.lang())));
        out.line(&text.run_folder(folder.path().display()));
        match self.run.mode() {
            Mode::Live => {}
            Mode::Rehearsal(_) => out.row(&text.plain_rehearsal()),
        }
    }

    /// Prints who has the run open, where that is another than was printed.
    fn holder(&mut self, folder: &Folder) {
        let text = self.context.text;
        let held = journal::held(folder);
        self.is_free = matches!(held, Held::Free);
        let holding = match held {
            Held::Free => text.watch_free(signals::KEY),
            Held::By(Some(by)) => text.watch_held(text.holder(&by), signals::KEY),
            Held::By(None) if self.holding.is_empty() => text.watch_held(text.holder_unknown(), signals::KEY),
            // It has just been taken: who did that is about to be said.
            Held::By(None) => return,
        };
        if holding != self.holding && self.context.output == Output::Text {
            Out::stdout().line(&holding);
        }
        self.holding = holding;
    }

    /// Takes in what was added to the journal, if it still is the one that was read before.
    fn read(&mut self, folder: &Folder) -> Result<(), Failed> {
        let text = self.context.text;
        let known = self.read.as_ref().map(|(_, head)| *head);
        let mut is_same = true;
        let mut added = Vec::new();
        let contents = journal::read_heads(folder, |head, stamped: Stamped| match known {
            Some(known) if head.seq < known.seq => {}
            Some(known) if head.seq == known.seq => is_same = head == known,
            Some(_) | None => added.push(stamped),
        })
        .map_err(|error| self.context.journal_failed(&error))?;
        self.context.is_the_runs_own(&self.source, contents.header.checklist)?;
        let damaged = match contents.condition {
            // The last record is being written, as a rule.
            Condition::Whole | Condition::Torn { .. } => None,
            Condition::Damaged { record, what } => {
                Some(Failed::new(Exit::Damaged, text.journal_damaged(record, &what)))
            }
            Condition::Newer(newer) => Some(Failed::new(Exit::Newer, text.newer(&newer))),
        };
        if let Some((header, head)) = &self.read
            && (*header != contents.header || contents.head.seq < head.seq || !is_same)
        {
            return Err(damaged.unwrap_or_else(|| Failed::new(Exit::Damaged, text.watch_changed(head.seq))));
        }
        self.read = Some((contents.header, contents.head));
        for stamped in &added {
            self.add(stamped)?;
        }
        damaged.map_or(Ok(()), Err)
    }

    fn add(&mut self, stamped: &Stamped) -> Result<(), Failed> {
        let text = self.context.text;
        self.run.evolve(stamped.at, &stamped.event);
        self.last = Some(stamped.at);
        self.latest = stamped.at.wall;
        if self.context.output == Output::Json {
            let line = serde_json::to_string(stamped)
                .map_err(|error| Failed::new(Exit::Fault, error.to_string()))?;
            Out::stdout().json_text(&format!("{line}\n"));
        } else if self.printed.0.is_some() {
            if let Some(line) = told(&stamped.event, text) {
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
        // Somebody may open it again, and goes on from what is written.
        let mut run = Cow::Borrowed(&self.run);
        if self.is_free {
            run.to_mut().nobody_goes_on(self.last.unwrap_or_default());
        }
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

    /// This moment by the clocks of the process that has the run open.
    fn now(&mut self) -> Moment {
        let wall = jiff::Timestamp::now().as_millisecond().max(self.latest);
        self.latest = wall;
        let last = self.last.unwrap_or_default();
        let since = u64::try_from(wall.saturating_sub(last.wall)).unwrap_or(0);
        Moment { wall, mono: last.mono.saturating_add(since) }
    }
}
